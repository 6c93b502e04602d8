//! `manifest.toml` at the root of the corpus: corrections by document id.
//!
//! ```toml
//! [documents."khai-sinh"]
//! number = "01/HD-UBND"
//! effective = 2026-07-15
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;

use super::front_matter::Overrides;
use super::problem::{Problem, ProblemKind};

pub(super) const FILE: &str = "manifest.toml";

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Manifest {
    #[serde(default)]
    pub(super) documents: BTreeMap<String, Overrides>,
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
            });
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
}
