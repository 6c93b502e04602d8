//! The JSON shapes that the command line, HTTP and the audit record share.
//!
//! Spans are byte offsets into the canonical UTF-8 text. Dates are `YYYY-MM-DD`, instants RFC 3339
//! in UTC. Fields are added, never renamed.

mod standing;
mod timeline;

use std::path::Path;

use serde::{Deserialize, Serialize};

pub use self::standing::Clause;
pub use self::standing::Force;
pub use self::standing::Standing;
pub use self::standing::called;
pub use self::timeline::Event;
pub use self::timeline::timeline;
use crate::answer::Features;
use crate::corpus;
use crate::document::Date;
use crate::document::Locator;
use crate::index::Generation;

/// An answer, as every way in shows it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Answer {
    /// Names the answer in the audit record.
    pub id: String,
    /// As asked, personal identifiers masked.
    pub question: String,
    /// With abbreviations written out.
    pub understood: String,
    /// When it was asked.
    pub asked_at: String,
    /// The day whose law it tells; empty in answers given before days were recorded.
    #[serde(default)]
    pub as_of: String,
    /// Whether the store answers.
    pub status: Status,
    /// Calibrated probability that the statements answer, 0 to 1.
    pub confidence: f32,
    /// What the confidence was computed from.
    pub evidence: Features,
    /// A question like it that people have verified, where what is cited answered that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub precedent: Option<String>,
    /// Sentences of ours that a reader must see first.
    pub notices: Vec<String>,
    /// Our frame around an abstention.
    pub message: Option<String>,
    /// Words of the question that nothing looked at has; only when abstaining.
    pub missing: Vec<String>,
    /// Verbatim statements; when abstaining, what is merely related.
    pub statements: Vec<Statement>,
    /// What the statements stand on.
    pub citations: Vec<Citation>,
    /// The passages considered, best first.
    pub passages: Vec<Passage>,
    /// Number of the index generation that answered.
    pub generation: u64,
    /// How long each step took.
    pub timings_ms: Timings,
}

/// Whether the store answers the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// The statements answer.
    Answered,
    /// They do not.
    Abstained,
}

/// One verbatim statement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Statement {
    /// The figure or body asked for; a part of `text`.
    pub lead: Option<String>,
    /// Verbatim words of the source.
    pub text: String,
    /// Headings above it, verbatim.
    pub heading: Option<String>,
    /// Positions in `citations`, from 0.
    pub citations: Vec<usize>,
}

/// What a statement stands on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Citation {
    /// The number on its chip, from 1.
    pub index: usize,
    /// Document id.
    pub document_id: String,
    /// Hash of the canonical text quoted.
    pub document_version: String,
    /// Số ký hiệu.
    pub number: Option<String>,
    /// Trích yếu.
    pub title: String,
    /// Điểm – khoản – điều.
    pub locator: String,
    /// Verbatim words.
    pub quote: String,
    /// Where the quote lies.
    pub span: Span,
    /// The file it came from, relative to the corpus.
    pub source_file: String,
    /// The page of that file, where the format knows pages.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Whether the page was recognised from a picture, so that letters may be wrong.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_recognised: bool,
    /// A label that a reader must see.
    pub note: Option<String>,
    /// In force from.
    pub effective: Option<String>,
    /// No longer in force from.
    pub expires: Option<String>,
    /// Whether it is law on the day asked about; not in answers given before that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

/// A byte range.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: usize,
    /// Just past the last byte.
    pub end: usize,
}

impl From<crate::text::Span> for Span {
    fn from(span: crate::text::Span) -> Self {
        Self {
            start: span.start,
            end: span.end,
        }
    }
}

/// A passage that was considered.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Passage {
    /// From 1.
    pub rank: usize,
    /// Comparable within one question only.
    pub score: f32,
    /// Document id.
    pub document_id: String,
    /// Số ký hiệu.
    pub number: Option<String>,
    /// Title of the document.
    pub title: String,
    /// Where it is.
    pub locator: String,
    /// Its heading.
    pub heading: Option<String>,
    /// Its beginning.
    pub snippet: String,
    /// Where it lies.
    pub span: Span,
    /// A label that a reader must see.
    pub note: Option<String>,
    /// In force from.
    pub effective: Option<String>,
    /// No longer in force from.
    pub expires: Option<String>,
    /// Whether it is law on the day asked about; not in answers given before that was known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// What each term added; only when asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub explanation: Option<Vec<Contribution>>,
}

/// What one term, or the ranking, added to a score.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Contribution {
    /// The term, in search form, or what the ranking went by.
    pub term: String,
    /// `body`, `heading` or `ranking`.
    pub field: String,
    /// How much it added.
    pub score: f32,
}

/// Milliseconds each step took.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Timings {
    /// From the question to the recorded answer.
    pub total: f64,
    /// Finding and ranking passages.
    pub search: f64,
    /// Choosing and proving statements.
    pub compose: f64,
}

/// What is known of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// Document id.
    pub id: String,
    /// Số ký hiệu.
    pub number: Option<String>,
    /// Nghị định, Hướng dẫn…
    pub kind: Option<String>,
    /// Cơ quan ban hành.
    pub issuer: Option<String>,
    /// Trích yếu.
    pub title: String,
    /// Date of issue.
    pub issued: Option<String>,
    /// In force from.
    pub effective: Option<String>,
    /// No longer in force from.
    pub expires: Option<String>,
    /// A label that a reader must see.
    pub note: Option<String>,
    /// The file it came from.
    pub source_file: String,
    /// Hash of its canonical text.
    pub version: String,
    /// Number of passages in the index.
    pub n_passages: u32,
    /// Whether it is law on the day asked about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
}

impl Document {
    /// What is known of a stored document, and whether it is law on `day`.
    pub fn on(entry: &crate::index::Entry, generation: &Generation, day: Date) -> Self {
        let whole = Locator::default();
        let standing = Standing::of(generation, &entry.id, &whole, day);
        Self {
            standing: Some(standing),
            ..Self::from(entry)
        }
    }
}

impl From<&crate::index::Entry> for Document {
    fn from(entry: &crate::index::Entry) -> Self {
        Self {
            id: entry.id.clone(),
            number: entry.number.clone(),
            kind: entry.kind.clone(),
            issuer: entry.issuer.clone(),
            title: entry.title.clone(),
            issued: entry.issued.map(Date::to_iso),
            effective: entry.effective.map(Date::to_iso),
            expires: entry.expires.map(Date::to_iso),
            note: entry.note.clone(),
            source_file: entry.source_file.clone(),
            version: entry.version.clone(),
            n_passages: entry.n_passages,
            standing: None,
        }
    }
}

/// A document with its text and structure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct DocumentText {
    /// What is known of it.
    #[serde(flatten)]
    pub document: Document,
    /// The whole canonical text.
    pub text: String,
    /// Whether the file it came from can be had: a row of JSON lines is no file of its own.
    #[serde(default)]
    pub has_file: bool,
    /// Where each page of that file starts in the text; left out where the format knows no pages.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pages: Vec<Page>,
    /// What happened to the whole of it, in order.
    #[serde(default)]
    pub timeline: Vec<Event>,
    /// Its provisions in reading order, the root left out.
    pub provisions: Vec<Provision>,
}

/// A page of the file that a document came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// Its number in the file, from 1.
    pub number: u32,
    /// Its first byte in the text.
    pub start: usize,
}

/// One provision of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Provision {
    /// `article`, `clause`…
    pub level: String,
    /// Its number as printed.
    pub label: String,
    /// Its address.
    pub locator: String,
    /// The words of its heading.
    pub heading: Option<String>,
    /// Everything in it.
    pub span: Span,
    /// How many provisions it stands in, from 0.
    pub depth: usize,
    /// Whether it is law on the day asked about, where that is not what the whole document is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub standing: Option<Standing>,
    /// What was done to it in particular, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub timeline: Vec<Event>,
}

impl From<&crate::index::Page> for Page {
    fn from(page: &crate::index::Page) -> Self {
        Self {
            number: page.number,
            start: page.start,
        }
    }
}

impl DocumentText {
    /// The wire form of a stored document on `day`.
    pub fn new(
        entry: &crate::index::Entry,
        document: &crate::document::Document,
        generation: &Generation,
        day: Date,
    ) -> Self {
        let whole = Document::on(entry, generation, day);
        let law = generation.law();
        let of_whole = law.state(&entry.id, &Locator::default(), day);
        let n_events = law.history(&entry.id, &Locator::default()).len();
        let provision = |at: usize| {
            let provision = document.provisions.get(at)?;
            let locator = document.locator(at);
            let state = law.state(&entry.id, &locator, day);
            let is_own = !of_whole.is_void() && (state.is_void() || state.cause().is_some());
            let own = |event: &Event| event.by.is_some();
            let mut events = Vec::new();
            // Most provisions have no history of their own: the document has none but its dates.
            if n_events > 2 {
                events = timeline(generation, &entry.id, &locator);
                events.retain(own);
            }
            Some(Provision {
                level: format!("{:?}", provision.level).to_lowercase(),
                label: provision.label.clone(),
                heading: document.heading(at).map(str::to_owned),
                span: provision.span.into(),
                depth: document.ancestors(at).count().saturating_sub(1),
                standing: is_own.then(|| Standing::of(generation, &entry.id, &locator, day)),
                timeline: events,
                locator: locator.to_string(),
            })
        };
        let provisions = (1..document.provisions.len())
            .filter_map(provision)
            .collect();
        Self {
            document: whole,
            text: document.text.clone(),
            has_file: !corpus::holds_rows(Path::new(&entry.source_file)),
            pages: entry.pages.iter().map(Page::from).collect(),
            timeline: timeline(generation, &entry.id, &Locator::default()),
            provisions,
        }
    }
}
