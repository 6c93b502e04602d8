//! Vietnamese text: canonical form, search form, old encodings, abbreviations, sentences, personal
//! identifiers.
//!
//! Two forms exist and are never mixed. The **canonical** form ([`canonicalise`]) is what is stored
//! and quoted: it changes no word. The **search** form ([`fold`]) is what is compared: case, tone
//! placement and spelling variants are gone. Nothing here knows of documents or of the index.

mod abbreviation;
mod canonical;
mod fold;
mod legacy;
mod mask;
mod salience;
mod sentence;
mod syllable;
mod synonym;
mod word_number;

pub use abbreviation::{Expanded, expand, short_forms};
pub use canonical::canonicalise;
pub use fold::{Folded, contains_words, fold_text, fold_word};
pub use fold::{has_diacritics, strip_diacritics, words};
pub use legacy::{Legacy, LegacyFound, repair_legacy};
pub use mask::{PLACEHOLDERS, mask_identifiers};
pub use salience::salience;
pub use sentence::sentences;
pub use syllable::is_syllable;
pub use synonym::{Synonym, synonyms};
pub use word_number::WordNumber;

/// The first `n_bytes` of `text` at most, ended between two characters.
///
/// # Example
/// ```
/// assert_eq!(camnang::text::clip("xã Ea", 2), "x");
/// assert_eq!(camnang::text::clip("xã", 9), "xã");
/// ```
pub fn clip(text: &str, n_bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(n_bytes))
        .unwrap_or(text)
}

/// A byte range in a canonical text; both ends lie on character boundaries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// Offset of the first byte.
    pub start: usize,
    /// Offset just past the last byte.
    pub end: usize,
}

impl Span {
    /// The range from `start` to `end`, in bytes.
    ///
    /// # Panics
    /// If `end` lies before `start`.
    pub fn new(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span cannot end before it starts");
        Self { start, end }
    }

    /// Length in bytes.
    pub fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether the span covers nothing.
    pub fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether `other` lies wholly inside this span.
    pub fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether both have a byte in common.
    pub fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// The words of `text` in this span, or `None` where the span does not fit the text.
    pub fn slice(self, text: &str) -> Option<&str> {
        text.get(self.start..self.end)
    }
}
