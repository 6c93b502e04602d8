//! The words of a passage as numbers, kept beside its postings.
//!
//! Postings say how often a term occurs; ranking also wants to know in which order words stand and
//! which part of a passage they stand in.

use std::ops::Range;

use tantivy::DocId;
use tantivy::SegmentReader;
use tantivy::columnar::Column;

use crate::text::WordNumber;

pub(super) const WORDS: &str = "words";
pub(super) const HEADING_AT: &str = "heading_at";
pub(super) const TEXT_AT: &str = "text_at";

/// The words of a passage, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Wording {
    words: Vec<WordNumber>,
    heading_at: usize,
    text_at: usize,
}

impl Wording {
    /// The words of what a reader knows before reading, of the heading and of the text.
    pub fn new(context: &str, heading: &str, text: &str) -> Self {
        let mut words: Vec<WordNumber> = WordNumber::all(context).collect();
        let heading_at = words.len();
        words.extend(WordNumber::all(heading));
        let text_at = words.len();
        words.extend(WordNumber::all(text));
        Self {
            words,
            heading_at,
            text_at,
        }
    }

    /// All words: context, heading, text.
    pub fn words(&self) -> &[WordNumber] {
        &self.words
    }

    /// Which of them are the heading.
    pub fn heading(&self) -> Range<usize> {
        self.heading_at..self.text_at
    }

    /// Which of them are the text.
    pub fn text(&self) -> Range<usize> {
        self.text_at..self.words.len()
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

    pub(super) fn read(&self, passage: DocId) -> Wording {
        let words = self.words.values_for_doc(passage);
        let words: Vec<WordNumber> = words
            .filter_map(|bits| u32::try_from(bits).ok())
            .map(WordNumber::from_bits)
            .collect();
        let offset = |column: &Column<u64>| {
            let value = column.first(passage).unwrap_or_default();
            usize::try_from(value).unwrap_or_default().min(words.len())
        };
        let text_at = offset(&self.text_at);
        Wording {
            heading_at: offset(&self.heading_at).min(text_at),
            text_at,
            words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_passage_stay_apart() {
        let wording = Wording::new("Luật", "Điều 5. Phí", "Mức phí là 8.000 đồng");
        assert_eq!(wording.words().len(), 9);
        let numbers = |text| WordNumber::all(text).collect::<Vec<_>>();
        assert_eq!(wording.words()[wording.heading()], numbers("Điều 5. Phí"));
        assert_eq!(
            wording.words()[wording.text()],
            numbers("mức phí là 8000 đồng")
        );
    }
}
