//! From a text to the ids that a model reads.

use std::path::Path;
use std::sync::Arc;

use tokenizers::Encoding;
use tokenizers::Tokenizer;

use super::Error;
use super::marks;
use super::marks::Pieces;

/// Ids of what a later window of a text begins with, at most: about a heading.
const LEAD_MAX: usize = 40;

/// Tables may have rows to spare, up to a multiple of 64 or for pieces that came to nothing
/// (multilingual-e5-small: 35 of 250,037); one in ten is another model's table.
const SPARE_ROWS_PART: usize = 10;

/// The ids of what is read at once.
pub(super) struct Sequence {
    pub(super) ids: Vec<u32>,
    /// What each id is to the other text where two are read; empty where one is.
    pub(super) marks: Vec<u8>,
    /// The text was longer than the model reads.
    pub(super) is_truncated: bool,
}

/// The tokenizer of a model, with its own padding and silent truncation switched off.
pub(super) struct Tokens {
    tokenizer: Arc<Tokenizer>,
    max: usize,
}

/// Reads a tokenizer; `path` is for messages.
pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Tokenizer, Error> {
    let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(|e| Error::tokenizer(path, &e))?;
    tokenizer
        .with_padding(None)
        .with_truncation(None)
        .map_err(|e| Error::tokenizer(path, &e))?;
    Ok(tokenizer)
}

impl Tokens {
    /// No sequence of `tokenizer` will be longer than `max` ids, and none will hold an id of `n_rows`
    /// or more, nor leave a good part of the rows unused; `path` is for messages.
    pub(super) fn of(
        path: &Path,
        tokenizer: Arc<Tokenizer>,
        max: usize,
        n_rows: usize,
    ) -> Result<Self, Error> {
        let vocabulary = tokenizer.get_vocab(true);
        let n_pieces = vocabulary.len();
        match vocabulary.into_values().max() {
            None => Err(Error::tokenizer(path, &"it has no vocabulary")),
            Some(id_max) if id_max as usize >= n_rows => Err(Error::TokenizerTooLarge {
                path: path.to_owned(),
                id_max,
                n_rows,
            }),
            Some(_) if n_pieces < n_rows - n_rows / SPARE_ROWS_PART => {
                Err(Error::TokenizerTooSmall {
                    path: path.to_owned(),
                    n_pieces,
                    n_rows,
                })
            }
            Some(_) => Ok(Self { tokenizer, max }),
        }
    }

    /// The ids of `text` between the special ones that the model was trained with.
    ///
    /// What is too long loses its end, but keeps a final special token: models were trained to
    /// find one there.
    pub(super) fn encode(&self, text: &str) -> Result<Sequence, Error> {
        let Framed { before, ids, after } = self.framed(text, true)?;
        let room = self.room(&before, &after);
        Ok(Sequence {
            is_truncated: ids.len() > room,
            ids: self.joined(&[&before, &ids[..ids.len().min(room)], &after]),
            marks: Vec::new(),
        })
    }

    /// The ids of a `question` and a `text` in one sequence, with special ones around and between
    /// them. The question loses its end to be no longer than `n_question`; the text has room for the
    /// rest, so that what is read of it does not hang on the question.
    pub(super) fn pair(
        &self,
        question: &Prefixed<'_>,
        text: &Prefixed<'_>,
        n_question: usize,
    ) -> Result<Sequence, Error> {
        let (asked, question) = self.pieces(question)?;
        let (said, text) = self.pieces(text)?;
        let [of_question, of_text] = marks::marks(&question, &text);
        let n_text = self.max.saturating_sub(n_question + said.after.len());
        let n_text = said.ids.len().min(n_text);
        let n_special = asked.before.len() + asked.after.len();
        let n_question = asked.ids.len().min(n_question.saturating_sub(n_special));
        let ids = self.joined(&[
            &asked.before,
            &asked.ids[..n_question],
            &asked.after,
            &said.ids[..n_text],
            &said.after,
        ]);
        let mut marks = [
            vec![0; asked.before.len()],
            of_question[..n_question].to_vec(),
            vec![0; asked.after.len()],
            of_text[..n_text].to_vec(),
            vec![marks::SECOND; said.after.len()],
        ]
        .concat();
        marks.truncate(ids.len());
        Ok(Sequence {
            ids,
            marks,
            is_truncated: n_question < asked.ids.len() || n_text < said.ids.len(),
        })
    }

    /// The ids of a text, and the words they are pieces of.
    fn pieces(&self, text: &Prefixed<'_>) -> Result<(Framed, Pieces), Error> {
        let whole = format!("{}{}", text.prefix, text.text);
        // The fast way says nothing of what ids stand for.
        let encoding = self.tokenizer.encode(whole, true).map_err(unreadable)?;
        let framed = Framed::of(&encoding);
        let tokens = &encoding.get_tokens()[framed.before.len()..][..framed.ids.len()];
        let pieces = Pieces::of(tokens, text.prefix.split_whitespace().count());
        Ok((framed, pieces))
    }

    /// The ids of `text` in as many sequences as it takes, but at most `n_max`; all but the first
    /// begin with `lead`.
    pub(super) fn windows(
        &self,
        lead: &str,
        text: &str,
        n_max: usize,
    ) -> Result<Vec<Sequence>, Error> {
        let Framed { before, ids, after } = self.framed(text, true)?;
        let room = self.room(&before, &after);
        let (first, mut rest) = ids.split_at(ids.len().min(room));
        let mut windows = vec![self.joined(&[&before, first, &after])];
        let lead = if rest.is_empty() {
            Vec::new()
        } else {
            self.framed(lead, false)?.ids
        };
        let lead = &lead[..lead.len().min(LEAD_MAX).min(room / 2)];
        while !rest.is_empty() && windows.len() < n_max {
            let (next, later) = rest.split_at(rest.len().min(room - lead.len()));
            windows.push(self.joined(&[&before, lead, next, &after]));
            rest = later;
        }
        let n_windows = windows.len();
        let of_ids = windows.into_iter().enumerate();
        Ok(of_ids
            .map(|(at, ids)| Sequence {
                ids,
                marks: Vec::new(),
                is_truncated: at + 1 == n_windows && !rest.is_empty(),
            })
            .collect())
    }

    /// One sequence of `parts`, which is not too long even where there is room for special ids only.
    fn joined(&self, parts: &[&[u32]]) -> Vec<u32> {
        let mut ids = parts.concat();
        ids.truncate(self.max);
        ids
    }

    /// How many ids of a text a sequence has room for; for one at least.
    fn room(&self, before: &[u32], after: &[u32]) -> usize {
        self.max.saturating_sub(before.len() + after.len()).max(1)
    }

    fn framed(&self, text: &str, has_special: bool) -> Result<Framed, Error> {
        let encoding = self.tokenizer.encode_fast(text, has_special);
        encoding.map(|e| Framed::of(&e)).map_err(unreadable)
    }
}

#[expect(clippy::needless_pass_by_value, reason = "an adapter for `map_err`")]
fn unreadable(error: tokenizers::Error) -> Error {
    Error::Text {
        reason: error.to_string(),
    }
}

/// A text behind its prefix.
pub(super) struct Prefixed<'a> {
    pub(super) prefix: &'a str,
    pub(super) text: &'a str,
}

/// The ids of a text, and the special ones around them.
struct Framed {
    before: Vec<u32>,
    ids: Vec<u32>,
    after: Vec<u32>,
}

impl Framed {
    fn of(encoding: &Encoding) -> Self {
        let ids = encoding.get_ids();
        let mut special = encoding.get_special_tokens_mask().iter();
        let n_before = special.by_ref().take_while(|is| **is == 1).count();
        let n_after = special.rev().take_while(|is| **is == 1).count();
        let n_after = n_after.min(ids.len() - n_before);
        let (before, rest) = ids.split_at(n_before);
        let (ids, after) = rest.split_at(rest.len() - n_after);
        Self {
            before: before.to_vec(),
            ids: ids.to_vec(),
            after: after.to_vec(),
        }
    }
}
