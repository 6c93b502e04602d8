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
use std::path::{Path, PathBuf};

use serde::Deserialize;

use super::front_matter::Overrides;
use super::scan::{base_of, is_absent};
use crate::document::DocumentNumber;

pub(super) const FILE: &str = "manifest.toml";

/// What the maintainer of a corpus states of its documents and of others; empty where there is no
/// manifest.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Manifest {
    #[serde(default)]
    pub(super) documents: BTreeMap<String, Overrides>,
    #[serde(default)]
    known: BTreeMap<Number, Overrides>,
}

/// A manifest that is there and cannot be used. To go on without it would take back all that it
/// states, and let what was repealed pass for valid.
#[derive(Debug, thiserror::Error)]
#[error("`{}` cannot be used: {reason}\nhint: mend it; the index stays as it is until then", path.display())]
pub struct ManifestError {
    path: PathBuf,
    reason: String,
}

/// The number of a document that the corpus does not hold, as the manifest writes it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(try_from = "String")]
struct Number(String);

impl TryFrom<String> for Number {
    type Error = String;

    fn try_from(key: String) -> Result<Self, String> {
        let number: Result<DocumentNumber, _> = key.parse();
        match number {
            Ok(_) => Ok(Self(key)),
            Err(error) => Err(format!("`{key}` is {error}")),
        }
    }
}

impl Manifest {
    /// The manifest of the corpus at `root`, a folder or a single file.
    ///
    /// # Errors
    /// When there is one and it cannot be read as what it should be.
    pub fn of(root: &Path) -> Result<Self, ManifestError> {
        let path = base_of(root).join(FILE);
        let read = match std::fs::read_to_string(&path) {
            Err(error) if is_absent(&path, &error) => return Ok(Self::default()),
            read => read.map_err(|error| error.to_string()),
        };
        read.and_then(|text| toml::from_str(&text).map_err(|error| reason(&text, &error)))
            .map_err(|reason| ManifestError { path, reason })
    }

    /// What it says of documents that the corpus does not hold, with their numbers. They are no
    /// sources, but what they do to others counts.
    pub fn known(&self) -> impl Iterator<Item = (&str, &Overrides)> {
        let known = self.known.iter();
        known.map(|(number, stated)| (number.0.as_str(), stated))
    }
}

/// What is wrong with `text`, and in which line.
fn reason(text: &str, error: &toml::de::Error) -> String {
    let before = error.span().and_then(|span| text.get(..span.start));
    match before {
        Some(before) => {
            let line = before.matches('\n').count() + 1;
            format!("line {line}: {}", error.message())
        }
        None => error.message().to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What is said of a corpus with the manifest `text`.
    fn refused(text: &str) -> String {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE), text).unwrap();
        Manifest::of(folder.path()).unwrap_err().to_string()
    }

    #[test]
    fn corpus_without_a_manifest_has_nothing_stated() {
        let folder = tempfile::tempdir().unwrap();
        let manifest = Manifest::of(folder.path()).unwrap();
        assert!(manifest.documents.is_empty() && manifest.known().next().is_none());
    }

    #[test]
    fn manifest_that_cannot_be_used_is_an_error_with_its_line() {
        let first = "[known.\"9/2024/NĐ-CP\"]\neffective = 2024-03-01\n";
        for (rest, said) in [
            ("effective = 31/01/2026\n", "line 3: "),
            ("\n[documents\n", "line 4: "),
            ("exprires = 2026-01-31\n", "line 3: unknown field"),
            (
                "[known.\"nghị định\"]\n",
                "line 3: `nghị định` is not a document number",
            ),
            (
                "expires = 2300-01-01\n",
                "line 3: expected a day between 1900 and 2199",
            ),
        ] {
            let told = refused(&format!("{first}{rest}"));
            assert!(
                told.contains(&format!("manifest.toml` cannot be used: {said}")),
                "{told}"
            );
        }
    }

    #[cfg(unix)]
    #[test]
    fn manifest_that_leads_nowhere_is_not_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        std::os::unix::fs::symlink("nowhere", folder.path().join(FILE)).unwrap();
        assert!(Manifest::of(folder.path()).is_err());
    }
}
