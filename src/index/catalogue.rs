//! What is known of every document of a generation, small enough to stay in memory.

use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::Error;
use super::lines;
use crate::document::Date;
use crate::document::DocumentNumber;
use crate::document::Mention;

/// One document of a generation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Entry {
    /// Unique in the corpus; part of URLs.
    pub id: String,
    /// Số ký hiệu, as written.
    pub number: Option<String>,
    /// Nghị định, Thông tư, Hướng dẫn…
    pub kind: Option<String>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Trích yếu, or the best there is.
    pub title: String,
    /// Date of issue.
    #[serde(with = "iso")]
    pub issued: Option<Date>,
    /// In force from.
    #[serde(with = "iso")]
    pub effective: Option<Date>,
    /// No longer in force from.
    #[serde(with = "iso")]
    pub expires: Option<Date>,
    /// A label a reader must see, such as that the text is historical.
    pub note: Option<String>,
    /// The file it was read from, relative to the corpus.
    pub source_file: String,
    /// Hash of the source with its overrides: tells whether it changed.
    pub source_hash: String,
    /// Hash of the canonical text: names the version that a citation quotes.
    pub version: String,
    /// Number of passages in the index.
    pub n_passages: u32,
    /// Number of things the parser found strange.
    pub n_diagnostics: u32,
}

/// All documents of a generation, in order of id.
#[derive(Debug, Default)]
pub struct Catalogue {
    entries: Vec<Entry>,
    numbers: Vec<Option<DocumentNumber>>,
    by_id: HashMap<String, usize>,
}

impl Catalogue {
    /// The catalogue of `entries`.
    pub fn new(mut entries: Vec<Entry>) -> Self {
        entries.sort_by(|a, b| a.id.cmp(&b.id));
        let by_id = entries
            .iter()
            .enumerate()
            .map(|(at, entry)| (entry.id.clone(), at))
            .collect();
        let numbers = entries
            .iter()
            .map(|e| e.number.as_deref().and_then(|number| number.parse().ok()))
            .collect();
        Self {
            entries,
            numbers,
            by_id,
        }
    }

    /// All entries, in order of id.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The document called `id`.
    pub fn entry(&self, id: &str) -> Option<&Entry> {
        self.by_id.get(id).and_then(|&at| self.entries.get(at))
    }

    /// Documents whose number agrees with `mention`.
    pub fn mentioned<'a>(&'a self, mention: &'a Mention) -> impl Iterator<Item = &'a Entry> {
        let agrees =
            |number: &Option<DocumentNumber>| number.as_ref().is_some_and(|n| mention.matches(n));
        self.entries
            .iter()
            .zip(&self.numbers)
            .filter(move |(_, number)| agrees(number))
            .map(|(entry, _)| entry)
    }

    pub(super) fn read(path: &Path) -> Result<Self, Error> {
        Ok(Self::new(lines::read(path)?))
    }

    pub(super) fn write(&self, path: &Path) -> Result<(), Error> {
        lines::write(path, &self.entries)
    }
}

/// Dates as `YYYY-MM-DD`.
pub(super) mod iso {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::document::Date;

    #[expect(
        clippy::ref_option,
        clippy::trivially_copy_pass_by_ref,
        reason = "the signature serde calls"
    )]
    pub(in crate::index) fn serialize<S: Serializer>(
        date: &Option<Date>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        match date {
            Some(d) => serializer.serialize_some(&d.to_iso()),
            None => serializer.serialize_none(),
        }
    }

    pub(in crate::index) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Date>, D::Error> {
        let text: Option<String> = Option::deserialize(deserializer)?;
        text.map(|t| Date::find_in(&t).ok_or_else(|| serde::de::Error::custom("expected a date")))
            .transpose()
    }
}
