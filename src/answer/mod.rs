//! Answers made of verbatim spans: choosing them, framing them, proving them, or abstaining.
//!
//! Pure: passages and term weights come in, [`Composed`] statements go out. It cannot invent, because
//! every statement is a span of a stored text ([`Citation::quote`]); it cannot leave unproved,
//! because [`verify()`] is run on every answer by the caller and again here in tests. All Vietnamese
//! words of ours are in `wording.rs`.

mod choose;
mod compose;
mod composed;
mod confidence;
mod coverage;
mod evidence;
mod figure;
mod intent;
mod lead;
mod life;
mod nearness;
mod period;
mod precedent;
mod reading;
mod table;
mod verify;
mod wanted;
pub mod wording;

pub use compose::{Asked, compose};
pub use composed::{Best, Composed};
pub use confidence::{Confidence, Features, Meaning};
pub use coverage::Terms;
pub use evidence::{Candidate, Source};
pub use intent::Intent;
pub use nearness::Nearness;
pub use period::Period;
pub use precedent::{Likeness, Precedent};
pub use verify::{Unverified, verify};

use crate::text::Span;

/// One verbatim statement with where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The figure or body asked for, taken from `text`; shown first.
    pub lead: Option<String>,
    /// Verbatim words of the source.
    pub text: String,
    /// Headings and lead-in words above it that a reader needs, verbatim too.
    pub heading: Option<String>,
    /// Positions in the answer's citations.
    pub citations: Vec<usize>,
}

/// A provision with the words quoted from it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Document id.
    pub document: String,
    /// Hash of the canonical text quoted.
    pub version: String,
    /// The provision, as `điểm b khoản 2 Điều 5`.
    pub locator: String,
    /// The words, equal to the canonical text at `span`.
    pub quote: String,
    /// Where the quote lies in the canonical text.
    pub span: Span,
}
