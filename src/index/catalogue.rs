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
    /// Where the pages of its file start in the text; empty where the format knows no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// Number of passages in the index.
    pub n_passages: u32,
    /// Number of things the parser found strange.
    pub n_diagnostics: u32,
}

/// A page of the file that a document was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// From 1, in the order of the file.
    pub number: u32,
    /// Offset of its first byte in the canonical text.
    pub start: usize,
    /// Whether its text was recognised from a picture.
    pub is_recognised: bool,
}

impl Entry {
    /// The page that the text at `offset` stands on.
    pub fn page_at(&self, offset: usize) -> Option<Page> {
        let n_begun = self.pages.partition_point(|page| page.start <= offset);
        self.pages.get(n_begun.checked_sub(1)?).copied()
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_is_the_last_that_has_begun() {
        let page = |number, start| Page {
            number,
            start,
            is_recognised: false,
        };
        let entry = Entry {
            pages: vec![page(1, 0), page(2, 100), page(4, 250)],
            ..Entry::default()
        };
        let at = |offset| entry.page_at(offset).map(|page| page.number);
        assert_eq!(
            [at(0), at(99), at(100), at(900)],
            [Some(1), Some(1), Some(2), Some(4)]
        );
        assert_eq!(Entry::default().page_at(5), None);
    }
}
