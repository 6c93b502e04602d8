//! Relations: what a document does to other documents.
//!
//! The titles and the amending and closing provisions of a text say which documents it replaces,
//! amends, repeals, suspends, guides or corrects, from when, and down to which điểm. Their forms
//! follow the Law on Promulgation of Legal Documents (64/2025/QH15) and Decree 78/2025/NĐ-CP on
//! drafting. What a text merely tells of others (`Luật A đã được sửa đổi bởi Luật B`) is no relation
//! of its own.
//!
//! Start reading at `reader.rs`; the words that it knows are in `verb.rs`.

mod active;
mod attachment;
mod chain;
mod clause;
mod content;
mod context;
mod enumeration;
mod flat;
mod passive;
mod preamble;
mod rank;
mod reader;
mod record;
mod reference;
mod share;
mod subject;
mod targets;
mod verb;
mod when;

#[cfg(test)]
mod tests;

pub(super) use clause::sentences;
pub(super) use enumeration::Enumeration;
pub(super) use enumeration::enumerations;
pub(super) use flat::Flat;
pub use reference::Reference;
pub(super) use reference::bare_title;
pub(super) use verb::Verb;
pub(super) use when::When;
pub(super) use when::last_day;

use crate::document::Date;
use crate::document::Document;
use crate::document::Locator;
use crate::text::Span;

/// What a document does to another one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RelationKind {
    /// Thay thế: takes its place.
    Replaces,
    /// Sửa đổi, bổ sung; also a change of single words.
    Amends,
    /// Bãi bỏ, or a sentence that ends its force (`… hết hiệu lực kể từ ngày …`).
    Repeals,
    /// Ngưng hiệu lực: for a time.
    Suspends,
    /// Quy định chi tiết, hướng dẫn.
    Guides,
    /// Đính chính: a slip of the pen is put right.
    Corrects,
    /// Hợp nhất: works the amendments into the text, and has no force of its own.
    Consolidates,
    /// Moves a power to another authority and leaves the words as they are.
    TransfersCompetence,
}

/// Each kind with the name that people and files use for it.
const NAMES: [(RelationKind, &str); 8] = [
    (RelationKind::Replaces, "replaces"),
    (RelationKind::Amends, "amends"),
    (RelationKind::Repeals, "repeals"),
    (RelationKind::Suspends, "suspends"),
    (RelationKind::Guides, "guides"),
    (RelationKind::Corrects, "corrects"),
    (RelationKind::Consolidates, "consolidates"),
    (RelationKind::TransfersCompetence, "transfers-competence"),
];

impl RelationKind {
    /// All kinds, in order.
    pub fn all() -> impl Iterator<Item = Self> {
        NAMES.iter().map(|&(kind, _)| kind)
    }

    /// The name that files use: `repeals`.
    pub fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|row| row.0 == self)
            .map_or("", |row| row.1)
    }

    /// The kind that `name` names.
    ///
    /// # Example
    /// ```
    /// use camnang::document::RelationKind;
    /// assert_eq!(RelationKind::of_name("repeals"), Some(RelationKind::Repeals));
    /// ```
    pub fn of_name(name: &str) -> Option<Self> {
        NAMES.iter().find(|row| row.1 == name).map(|row| row.0)
    }
}

/// One thing that a document does to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Relation {
    /// What it does.
    pub kind: RelationKind,
    /// The clause that says so, in the canonical text.
    pub span: Span,
    /// The provision that the clause stands in.
    pub provision: usize,
    /// Its address, for those who do not hold the text.
    pub locator: Locator,
    /// To what.
    pub target: Target,
    /// The first day it holds, where the clause or the document's entry into force says so.
    pub from: Option<Date>,
    /// The last day it holds, for what ends by itself.
    pub until: Option<Date>,
}

/// What a relation acts on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The document.
    pub document: Reference,
    /// Its provisions; none where the whole document is meant, or where the clause names the part
    /// in words that are no addresses.
    pub locators: Vec<Locator>,
    /// Whether the clause speaks of a part only.
    pub is_partial: bool,
    /// The words that are changed, where only words are.
    pub phrase: Option<Phrase>,
}

/// A change of single words: `thay thế cụm từ “A” bằng cụm từ “B”`, `bãi bỏ cụm từ “A”`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// The words that go, or beside which others are put.
    pub old: String,
    /// The words that come.
    pub new: Option<String>,
}

impl Document {
    /// What this document does to others, in reading order, nothing twice.
    ///
    /// # Example
    /// ```
    /// use camnang::document;
    /// use camnang::document::RelationKind;
    /// let text = "Điều 9. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2026 và thay thế Nghị \
    ///             định số 15/2021/NĐ-CP.";
    /// let relations = document::parse(text).relations();
    /// assert_eq!(relations[0].kind, RelationKind::Replaces);
    /// assert_eq!(relations[0].target.document.to_string(), "15/2021/NĐ-CP");
    /// assert_eq!(relations[0].from.unwrap().to_iso(), "2026-07-01");
    /// ```
    pub fn relations(&self) -> Vec<Relation> {
        reader::read(self)
    }
}
