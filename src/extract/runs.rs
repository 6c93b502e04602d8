//! The text of one paragraph, put together from runs that may each be in an old encoding.

use crate::text::Legacy;

/// Runs of a paragraph; neighbours in one encoding are decoded together, since a letter and its
/// mark may stand in two of them.
#[derive(Debug, Default)]
pub(super) struct Runs {
    pieces: Vec<(Option<Legacy>, String)>,
}

impl Runs {
    /// Adds text in the encoding of its font.
    pub(super) fn push(&mut self, encoding: Option<Legacy>, text: &str) {
        match self.pieces.last_mut() {
            Some((last, piece)) if *last == encoding => piece.push_str(text),
            _ => self.pieces.push((encoding, text.to_owned())),
        }
    }

    /// Adds all that `other` holds.
    pub(super) fn append(&mut self, other: Self) {
        for (encoding, text) in other.pieces {
            self.push(encoding, &text);
        }
    }

    /// Puts a label before everything else; one without an encoding has that of the text.
    pub(super) fn label(&mut self, encoding: Option<Legacy>, label: &str) {
        let first = self.pieces.iter().find_map(|(encoding, _)| *encoding);
        self.trim_start();
        let encoding = encoding.or(first).filter(|_| !label.is_ascii());
        self.pieces.insert(0, (encoding, format!("{label} ")));
    }

    /// Drops what is blank before the text: a label would stand alone before a page break.
    fn trim_start(&mut self) {
        let blank = self.pieces.iter();
        let n_blank = blank.take_while(|(_, text)| text.trim().is_empty()).count();
        self.pieces.drain(..n_blank);
        if let Some((_, piece)) = self.pieces.first_mut() {
            let n_bytes = piece.len() - piece.trim_start().len();
            piece.drain(..n_bytes);
        }
    }

    /// Whether there is anything to see.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The whole text in Unicode. `n_decoded` counts the pieces that were converted, by encoding.
    pub(super) fn text(&self, mut n_decoded: impl FnMut(Legacy)) -> String {
        let mut out = String::new();
        for (encoding, piece) in &self.pieces {
            match encoding.and_then(|encoding| Some((encoding, decoded(encoding, piece)?))) {
                Some((encoding, decoded)) => {
                    n_decoded(encoding);
                    out.push_str(&decoded);
                }
                None => out.push_str(piece),
            }
        }
        out
    }
}

/// `piece` in Unicode; `None` where it needs nothing. Somebody may have added a word in Unicode to
/// an old text, of which the font stayed.
fn decoded(encoding: Legacy, piece: &str) -> Option<String> {
    encoding
        .decode_run(piece)
        .or_else(|| encoding.decode_words(piece))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn word_in_unicode_does_not_keep_the_others_from_being_decoded() {
        let mut runs = Runs::default();
        runs.push(Some(Legacy::Tcvn3), "NghÞ ®Þnh cña ChÝnh phñ ");
        runs.push(Some(Legacy::Tcvn3), "của năm");
        let mut n_decoded = 0;
        let text = runs.text(|_| n_decoded += 1);
        assert_eq!(text, "Nghị định của Chính phủ của năm");
        assert_eq!(n_decoded, 1);
    }

    #[test]
    fn label_stands_on_the_line_of_the_text() {
        let mut runs = Runs::default();
        for text in ["\n", " \nMột\n", "hai"] {
            runs.push(None, text);
        }
        runs.label(None, "1.");
        assert_eq!(runs.text(|_| {}), "1. Một\nhai");
        let mut blank = Runs::default();
        blank.push(None, "\n");
        blank.label(None, "1.");
        assert_eq!(blank.text(|_| {}), "1. ");
    }
}
