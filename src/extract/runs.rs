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

    /// Puts a label before everything else; one without an encoding has that of the text.
    pub(super) fn label(&mut self, encoding: Option<Legacy>, label: &str) {
        let first = self.pieces.iter().find_map(|(encoding, _)| *encoding);
        let encoding = encoding.or(first).filter(|_| !label.is_ascii());
        self.pieces.insert(0, (encoding, format!("{label} ")));
    }

    /// Whether there is anything to see.
    pub(super) fn is_blank(&self) -> bool {
        self.pieces.iter().all(|(_, text)| text.trim().is_empty())
    }

    /// The whole text in Unicode. `n_decoded` counts the pieces that were converted, by encoding.
    pub(super) fn text(&self, mut n_decoded: impl FnMut(Legacy)) -> String {
        let mut out = String::new();
        for (encoding, piece) in &self.pieces {
            match encoding.and_then(|encoding| Some((encoding, encoding.decode_run(piece)?))) {
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
