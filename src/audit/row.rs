//! What is stored and what comes back. These types are the record's wire format (JSON, export).

use jiff::Timestamp;
use serde::{Deserialize, Serialize, Serializer};
use serde_json::value::RawValue;

/// Whether an answer was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    /// Statements with citations were shown.
    Answered,
    /// The documents hold no answer, and the reply said so.
    Abstained,
}

impl Status {
    /// The word that is stored and exported.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Answered => "answered",
            Self::Abstained => "abstained",
        }
    }
}

/// What a reviewer says of a citation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    /// The quote is at the place named and supports the statement.
    Correct,
    /// The statement holds, but another provision says so.
    WrongPlace,
    /// The quote does not support the statement.
    Unsupported,
    /// The quote was not in force on the day asked about.
    Outdated,
}

impl Verdict {
    /// The word that is stored and exported.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Correct => "correct",
            Self::WrongPlace => "wrong_place",
            Self::Unsupported => "unsupported",
            Self::Outdated => "outdated",
        }
    }
}

/// An answer about to be shown.
#[derive(Clone, Debug, PartialEq)]
pub struct NewAnswer {
    /// From [`new_id`](super::new_id); the answer shown carries the same.
    pub id: String,
    /// When the question arrived; stored to the millisecond.
    pub asked_at: Timestamp,
    /// The question with personal identifiers masked.
    pub question_masked: String,
    /// The question as it was understood, masked too.
    pub understood: String,
    /// Whether an answer was found.
    pub status: Status,
    /// The index generation that was searched.
    pub generation: String,
    /// The fingerprint of that index: schema, analyzer, model, corpus.
    pub fingerprint: String,
    /// The whole answer as compact JSON, as `serde_json::to_string` writes it.
    pub body: String,
    /// From question to answer, in milliseconds.
    pub total_ms: u64,
    /// In the order of the answer: the first is citation 1.
    pub citations: Vec<Citation>,
    /// Best first: the first has rank 1. Scores must be numbers, not NaN.
    pub passages: Vec<Passage>,
}

/// A quote, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Citation {
    /// The document's id in the corpus.
    pub document_id: String,
    /// Hash of the document's content at the time.
    pub document_version: String,
    /// Số ký hiệu; empty where the document has none.
    pub number: String,
    /// The document's title.
    pub title: String,
    /// The provision, such as `điểm b khoản 2 Điều 5`.
    pub locator: String,
    /// First byte of the quote in the document's canonical text.
    pub span_start: usize,
    /// Just past the last byte.
    pub span_end: usize,
    /// The text at that span, to the letter.
    pub quote: String,
}

/// A passage that was ranked for the question.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Passage {
    /// The document's id in the corpus.
    pub document_id: String,
    /// The provision.
    pub locator: String,
    /// Higher is better.
    pub score: f32,
}

/// An answer as it was recorded, with everything said of it since.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StoredAnswer {
    /// The answer's id.
    pub id: String,
    /// When the question arrived.
    pub asked_at: Timestamp,
    /// The question with personal identifiers masked.
    pub question_masked: String,
    /// The question as it was understood.
    pub understood: String,
    /// Whether an answer was found.
    pub status: Status,
    /// The index generation that was searched.
    pub generation: String,
    /// The fingerprint of that index.
    pub fingerprint: String,
    /// From question to answer, in milliseconds.
    pub total_ms: u64,
    /// In the order of the answer.
    pub citations: Vec<StoredCitation>,
    /// Best first.
    pub passages: Vec<Passage>,
    /// The whole answer as it was shown: JSON text, serialised as JSON and not as a string.
    #[serde(serialize_with = "as_json")]
    pub body: String,
}

/// A citation with its place in the answer and its verdicts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StoredCitation {
    /// 1-based, as printed in the answer.
    pub ordinal: u32,
    /// The quote and its place.
    #[serde(flatten)]
    pub citation: Citation,
    /// Oldest first; the last one counts.
    pub verdicts: Vec<VerdictRow>,
}

impl StoredCitation {
    /// The verdict that counts, or `None` before a reviewer has spoken.
    pub fn verdict(&self) -> Option<&VerdictRow> {
        self.verdicts.last()
    }
}

/// A verdict about to be recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NewVerdict<'a> {
    /// The answer judged.
    pub answer_id: &'a str,
    /// The ordinal of the citation judged, from 1.
    pub citation: u32,
    /// What the reviewer says.
    pub verdict: Verdict,
    /// Why; may be empty. At most [`COMMENT_CHARS_MAX`](super::COMMENT_CHARS_MAX) characters.
    pub comment: &'a str,
    /// Who; empty where nobody is signed in. At most
    /// [`REVIEWER_CHARS_MAX`](super::REVIEWER_CHARS_MAX) characters.
    pub reviewer: &'a str,
}

/// A verdict as it was recorded.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct VerdictRow {
    /// Grows with each verdict in the record.
    pub id: i64,
    /// The answer judged.
    pub answer_id: String,
    /// The ordinal of the citation judged.
    pub citation: u32,
    /// What the reviewer said.
    pub verdict: Verdict,
    /// Why; may be empty.
    pub comment: String,
    /// Who; may be empty.
    pub reviewer: String,
    /// When.
    pub recorded_at: Timestamp,
}

/// A part of the list of answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Page {
    /// How many answers the whole list has.
    pub total: u64,
    /// Newest first.
    pub rows: Vec<AnswerRow>,
}

/// One line of the list of answers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AnswerRow {
    /// The answer's id.
    pub id: String,
    /// When the question arrived.
    pub asked_at: Timestamp,
    /// The question with personal identifiers masked.
    pub question_masked: String,
    /// Whether an answer was found.
    pub status: Status,
    /// How many citations the answer has.
    pub n_citations: u32,
    /// How many verdicts were given, later ones on the same citation included.
    pub n_verdicts: u32,
    /// How many of the citations have a verdict.
    pub n_judged: u32,
}

/// Puts JSON text into JSON as it is. The database holds valid JSON only, so this fails for no row.
fn as_json<S: Serializer>(body: &str, serializer: S) -> Result<S::Ok, S::Error> {
    serde_json::from_str::<&RawValue>(body)
        .map_err(serde::ser::Error::custom)?
        .serialize(serializer)
}
