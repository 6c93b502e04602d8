//! The words of a passage as numbers, kept beside its postings.
//!
//! Postings say how often a term occurs; ranking also wants to know in which order words stand and
//! which part of a passage they stand in. Each word is kept as 22 bits: a hash of its bare form
//! above a hash of its marked form, so that one column serves questions with and without
//! diacritics.

use std::ops::Range;

use tantivy::DocId;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

use super::analyzer::Form;
use crate::text::Folded;
use crate::text::words;

pub(super) const WORDS: &str = "words";
pub(super) const HEADING_AT: &str = "heading_at";
pub(super) const TEXT_AT: &str = "text_at";

const BARE_BITS: u32 = 16;
const MARKED_BITS: u32 = 6;

/// The words of a text or passage, in order, as numbers comparable within one [`Form`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    words: Vec<u32>,
    heading_at: usize,
    text_at: usize,
}

impl Wording {
    /// The words of a question.
    pub fn of(text: &str, form: Form) -> Self {
        let mut words = Vec::new();
        push_words(text, &mut words);
        let mut wording = Self {
            words,
            heading_at: 0,
            text_at: 0,
        };
        wording.reduce(form);
        wording
    }

    /// The words of a passage on their way into the index, in both forms at once.
    pub(super) fn of_passage(context: &str, heading: &str, text: &str) -> Self {
        let mut words = Vec::new();
        push_words(context, &mut words);
        let heading_at = words.len();
        push_words(heading, &mut words);
        let text_at = words.len();
        push_words(text, &mut words);
        Self {
            words,
            heading_at,
            text_at,
        }
    }

    /// Keeps of each word what tells it apart in `form`.
    fn reduce(&mut self, form: Form) {
        if form == Form::Bare {
            for word in &mut self.words {
                *word >>= MARKED_BITS;
            }
        }
    }

    /// All words: context, heading, text.
    pub fn all(&self) -> &[u32] {
        &self.words
    }

    /// The words of the passage's own heading.
    pub fn heading(&self) -> &[u32] {
        self.part(self.heading_at..self.text_at)
    }

    /// The words of its text.
    pub fn text(&self) -> &[u32] {
        self.part(self.text_at..self.words.len())
    }

    fn part(&self, range: Range<usize>) -> &[u32] {
        self.words.get(range).unwrap_or_default()
    }

    pub(super) fn heading_at(&self) -> u64 {
        self.heading_at as u64
    }

    pub(super) fn text_at(&self) -> u64 {
        self.text_at as u64
    }
}

/// The columns of one segment that hold wordings.
pub(super) struct Wordings {
    words: Column<u64>,
    heading_at: Column<u64>,
    text_at: Column<u64>,
}

impl Wordings {
    pub(super) fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            words: columns.u64(WORDS)?,
            heading_at: columns.u64(HEADING_AT)?,
            text_at: columns.u64(TEXT_AT)?,
        })
    }

    pub(super) fn read(&self, passage: DocId, form: Form) -> Wording {
        let offset = |column: &Column<u64>| {
            let value = column.first(passage).unwrap_or_default();
            usize::try_from(value).unwrap_or_default()
        };
        let words = self.words.values_for_doc(passage);
        let mut wording = Wording {
            words: words.filter_map(|word| u32::try_from(word).ok()).collect(),
            heading_at: offset(&self.heading_at),
            text_at: offset(&self.text_at),
        };
        wording.reduce(form);
        wording
    }
}

fn push_words(text: &str, into: &mut Vec<u32>) {
    let mut folded = Folded::default();
    for (word, _) in words(text) {
        folded.assign(word);
        let bare = hash(&folded.bare) & ((1 << BARE_BITS) - 1);
        let marked = hash(&folded.marked) & ((1 << MARKED_BITS) - 1);
        into.push((bare << MARKED_BITS) | marked);
    }
}

/// FNV-1a with its high bits folded in: the same on every machine and in every version.
fn hash(word: &str) -> u32 {
    let full = word.bytes().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
    });
    full ^ (full >> 16)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_compare_as_the_analyzer_does() {
        let marked = |text| Wording::of(text, Form::Marked);
        let bare = |text| Wording::of(text, Form::Bare);
        assert_eq!(marked("Hòa giải"), marked("hoà GIẢI"));
        assert_ne!(marked("đất"), marked("dat"));
        assert_eq!(bare("đất đai"), bare("dat dai"));
        assert_ne!(bare("đất"), bare("nhà"));
    }

    #[test]
    fn parts_of_a_passage_stay_apart() {
        let wording = Wording::of_passage("Luật", "Điều 5. Phí", "Mức phí là 8.000 đồng");
        assert_eq!(wording.all().len(), 9);
        assert_eq!(
            wording.heading(),
            Wording::of("Điều 5. Phí", Form::Marked).all()
        );
        assert_eq!(
            wording.text(),
            Wording::of("mức phí là 8000 đồng", Form::Marked).all()
        );
    }
}
