//! One complete, immutable state of the index.

use std::collections::VecDeque;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use serde::{Deserialize, Serialize};

use super::catalogue::{Catalogue, Entry};
use super::documents::DocumentStore;
use super::error::Error;
use super::gold;
use super::gold::GoldRow;
use super::passages::PassageIndex;
use super::rows::LAW;
use super::rows::Rows;
use crate::document;
use crate::document::Document;
use crate::document::Law;

pub(super) const MANIFEST: &str = "generation.json";
pub(super) const CATALOGUE: &str = "catalogue.jsonl";
pub(super) const PASSAGES: &str = "passages";
pub(super) const DOCUMENTS: &str = "documents";

/// Changes whenever schema, analyzer, parser or passage rule change what an index holds.
pub(super) const FORMAT: &str = "camnang-7";

/// Parsed documents kept for the next question.
const N_CACHED_DOCUMENTS: usize = 48;

/// What a generation says of itself; written last, so that its presence means completeness.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// 1 for the first generation, then counting up.
    pub number: u64,
    /// Form of the files; see [`Error::Stale`].
    pub format: String,
    /// Hash over the model and the versions of all documents: equal corpora give equal fingerprints.
    pub fingerprint: String,
    /// Fingerprint of the model whose vectors the passages carry; none where they carry none.
    #[serde(default)]
    pub model: Option<String>,
    /// When the build ended, RFC 3339, UTC.
    pub built_at: String,
    /// Number of documents.
    pub n_documents: u64,
    /// Number of passages.
    pub n_passages: u64,
}

/// An open generation. Cheap to share; valid even after its files are unlinked.
pub struct Generation {
    manifest: Manifest,
    catalogue: Catalogue,
    law: Law,
    gold: Vec<GoldRow>,
    passages: PassageIndex,
    documents: DocumentStore,
    parsed: Mutex<VecDeque<(String, Arc<Document>)>>,
}

impl Generation {
    /// Opens the generation in `dir` and checks that its parts agree.
    ///
    /// # Errors
    /// [`Error::Stale`] or [`Error::Damaged`], saying what was found; [`Error::Denied`] when it may
    /// not be read.
    pub fn open(dir: &Path) -> Result<Self, Error> {
        let manifest = read_manifest(dir)?;
        let catalogue = Catalogue::read(&dir.join(CATALOGUE))?;
        let generation = Self {
            law: Rows::read(&dir.join(LAW))?.law(catalogue.entries()),
            catalogue,
            gold: gold::read(dir)?,
            passages: PassageIndex::open(&dir.join(PASSAGES))?,
            documents: DocumentStore::open(&dir.join(DOCUMENTS))?,
            parsed: Mutex::default(),
            manifest,
        };
        generation.check(dir)?;
        Ok(generation)
    }

    fn check(&self, dir: &Path) -> Result<(), Error> {
        let m = &self.manifest;
        let counts = [
            (
                "documents in the catalogue",
                m.n_documents,
                self.catalogue.entries().len() as u64,
            ),
            (
                "stored documents",
                m.n_documents,
                self.documents.n_documents(),
            ),
            ("passages", m.n_passages, self.passages.n_passages()),
        ];
        for (what, expected, found) in counts {
            if expected != found {
                let reason = format!("expected {expected} {what}, found {found}");
                return Err(Error::Damaged {
                    root: dir.to_owned(),
                    reason,
                });
            }
        }
        Ok(())
    }

    /// What this generation says of itself.
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// Whether its passages carry vectors of the model with this fingerprint.
    ///
    /// # Errors
    /// [`Error::OtherModel`] when they carry none or those of another model.
    pub fn check_model(&self, fingerprint: &str) -> Result<(), Error> {
        let found = self.manifest.model.as_deref();
        if found == Some(fingerprint) {
            return Ok(());
        }
        Err(Error::OtherModel {
            found: found.unwrap_or("none").to_owned(),
            expected: fingerprint.to_owned(),
        })
    }

    /// What is known of its documents.
    pub fn catalogue(&self) -> &Catalogue {
        &self.catalogue
    }

    /// What its documents do to each other, to be asked about any day.
    pub fn law(&self) -> &Law {
        &self.law
    }

    /// Gold questions whose answers it is to know.
    pub fn gold(&self) -> &[GoldRow] {
        &self.gold
    }

    /// Its passages.
    pub fn passages(&self) -> &PassageIndex {
        &self.passages
    }

    /// What is known of the document `id`, and its parsed text.
    ///
    /// # Errors
    /// When the store cannot be read.
    pub fn document(&self, id: &str) -> Result<Option<(&Entry, Arc<Document>)>, Error> {
        let Some(entry) = self.catalogue.entry(id) else {
            return Ok(None);
        };
        if let Some(document) = self.cached(id) {
            return Ok(Some((entry, document)));
        }
        let Some(text) = self.documents.text(id)? else {
            return Ok(None);
        };
        let document = Arc::new(document::parse(&text));
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        parsed.push_front((id.to_owned(), Arc::clone(&document)));
        parsed.truncate(N_CACHED_DOCUMENTS);
        Ok(Some((entry, document)))
    }

    fn cached(&self, id: &str) -> Option<Arc<Document>> {
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        let at = parsed.iter().position(|(known, _)| known == id)?;
        let hit = parsed.remove(at)?;
        let document = Arc::clone(&hit.1);
        parsed.push_front(hit);
        Some(document)
    }
}

/// Reads the manifest in `dir` and refuses other formats.
pub(super) fn read_manifest(dir: &Path) -> Result<Manifest, Error> {
    let manifest = read_any_manifest(dir)?;
    if manifest.format != FORMAT {
        let expected = FORMAT.to_owned();
        return Err(Error::Stale {
            root: dir.to_owned(),
            found: manifest.format,
            expected,
        });
    }
    Ok(manifest)
}

/// The catalogue in `dir`, whatever the format of the rest.
pub(super) fn read_catalogue(dir: &Path) -> Result<Catalogue, Error> {
    let expected = read_any_manifest(dir)?.n_documents;
    let catalogue = Catalogue::read(&dir.join(CATALOGUE))?;
    let found = catalogue.entries().len() as u64;
    if expected != found {
        return Err(Error::Damaged {
            root: dir.to_owned(),
            reason: format!("expected {expected} documents in the catalogue, found {found}"),
        });
    }
    Ok(catalogue)
}

fn read_any_manifest(dir: &Path) -> Result<Manifest, Error> {
    let path = dir.join(MANIFEST);
    let bytes = fs::read(&path).map_err(Error::opening(&path))?;
    serde_json::from_slice(&bytes).map_err(|e| Error::Damaged {
        root: dir.to_owned(),
        reason: format!("`{MANIFEST}`: {e}"),
    })
}

/// The folder of generation `number` under `root`.
pub(super) fn dir_of(root: &Path, number: u64) -> PathBuf {
    root.join(format!("gen-{number:06}"))
}
