//! `manifest.toml` at the root of the corpus: corrections by document id, and what is known of
//! documents that the corpus does not hold, by number.
//!
//! ```toml
//! [documents."khai-sinh"]
//! number = "01/HD-UBND"
//! effective = 2026-07-15
//!
//! [known."175/2024/NĐ-CP"]
//! effective = 2024-12-30
//! relations = [{ kind = "replaces", target = "15/2021/NĐ-CP" }]
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::front_matter::Overrides;
use super::problem::{Problem, ProblemKind};
use crate::document::DocumentNumber;
use crate::document::NotANumber;

pub(super) const FILE: &str = "manifest.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    #[serde(default)]
    pub(super) documents: BTreeMap<String, Overrides>,
    #[serde(default)]
    pub(super) known: BTreeMap<String, Overrides>,
}

/// What the manifest at `root` says of documents that the corpus does not hold, by number.
///
/// They are no sources, but what they do to others counts. A manifest that cannot be read says
/// nothing; the scan reports it.
pub fn known(root: &Path) -> BTreeMap<String, Overrides> {
    let base = if root.is_file() {
        root.parent().unwrap_or(root)
    } else {
        root
    };
    Manifest::read(base).0.known
}

impl Manifest {
    /// The manifest of the corpus at `root`; empty where there is none or it cannot be used.
    pub(super) fn read(root: &Path) -> (Self, Option<Problem>) {
        let path = root.join(FILE);
        if !path.exists() {
            return (Self::default(), None);
        }
        let read = std::fs::read_to_string(&path)
            .map_err(|e| ProblemKind::Unreadable(e.to_string()))
            .and_then(|text| {
                toml::from_str(&text).map_err(|e| ProblemKind::BadOverrides(e.message().to_owned()))
            })
            .and_then(Self::checked);
        match read {
            Ok(manifest) => (manifest, None),
            Err(kind) => (
                Self::default(),
                Some(Problem {
                    path: FILE.into(),
                    kind,
                }),
            ),
        }
    }

    /// Refuses a known document whose key is no number.
    fn checked(self) -> Result<Self, ProblemKind> {
        let is_no_number = |key: &&String| key.parse::<DocumentNumber>().is_err();
        match self.known.keys().find(is_no_number) {
            Some(key) => Err(ProblemKind::BadOverrides(format!(
                "`known`: `{key}` is {NotANumber}"
            ))),
            None => Ok(self),
        }
    }
}
