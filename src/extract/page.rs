//! Pages: where in the canonical text each one starts.

use crate::text::canonicalise;

/// A page of the file and where its text starts.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Page {
    /// Number of the page, from 1, in the order of the file.
    pub number: u32,
    /// Offset of its first byte in the canonical text.
    pub start: usize,
    /// Mean confidence, 0 to 1, where the text was recognised from a picture.
    pub ocr: Option<f32>,
}

/// A text that is put together page by page and canonical at every step, so that offsets hold.
#[derive(Clone, Debug, Default)]
pub(super) struct Paged {
    text: String,
    pages: Vec<Page>,
}

impl Paged {
    /// Adds the text of page `number`. With `runs_on`, its first line goes on with the last one
    /// of the page before: a sentence that the page break cut.
    pub(super) fn push(&mut self, number: u32, ocr: Option<f32>, text: &str, runs_on: bool) {
        let text = canonicalise(text);
        if !self.text.is_empty() && !text.is_empty() {
            self.text.push(if runs_on { ' ' } else { '\n' });
        }
        self.pages.push(Page {
            number,
            start: self.text.len(),
            ocr,
        });
        self.text.push_str(&text);
    }

    /// Bytes of the text so far.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }

    /// The canonical text and its pages.
    pub(super) fn finish(self) -> (String, Vec<Page>) {
        let text = canonicalise(&self.text);
        if text == self.text {
            return (text, self.pages);
        }
        // A page that begins with a combining mark would be composed with the letter before it.
        // Offsets then hold up to a few bytes; they are only moved to a character boundary.
        let mut pages = self.pages;
        for page in &mut pages {
            page.start = text.floor_char_boundary(page.start);
        }
        (text, pages)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn pages_start_where_their_text_does() {
        let mut paged = Paged::default();
        paged.push(1, None, " Điều 1.\u{a0}\r\n1. Trong thời hạn ", false);
        paged.push(2, Some(0.9), "\n\n60 ngày", true);
        paged.push(3, None, "", false);
        paged.push(4, None, "Điều 2.", false);
        let (text, pages) = paged.finish();
        assert_eq!(text, "Điều 1.\n1. Trong thời hạn 60 ngày\nĐiều 2.");
        let starts: Vec<&str> = pages
            .iter()
            .map(|page| text.get(page.start..).unwrap_or_default())
            .collect();
        assert_eq!(
            starts,
            [text.as_str(), "60 ngày\nĐiều 2.", "\nĐiều 2.", "Điều 2."]
        );
    }

    proptest! {
        #[test]
        fn paged_text_is_canonical_and_starts_are_in_order(texts in prop::collection::vec(any::<String>(), 0..6)) {
            let mut paged = Paged::default();
            for (number, text) in (1..).zip(&texts) {
                paged.push(number, None, text, number % 2 == 0);
            }
            let (text, pages) = paged.finish();
            prop_assert_eq!(&canonicalise(&text), &text);
            prop_assert!(pages.is_sorted_by_key(|page| page.start));
            prop_assert!(pages.iter().all(|page| text.is_char_boundary(page.start)));
        }
    }
}
