//! From a text to the ids that a model reads.

use std::path::Path;

use tokenizers::Tokenizer;

use super::Error;

/// The ids of one text.
pub(super) struct Sequence {
    pub(super) ids: Vec<u32>,
    /// The text was longer than the model reads.
    pub(super) is_truncated: bool,
}

/// The tokenizer of a model, with its own padding and silent truncation switched off.
pub(super) struct Tokens {
    tokenizer: Tokenizer,
    max: usize,
}

impl Tokens {
    /// Reads a tokenizer; `path` is for messages. No sequence will be longer than `max` ids, and
    /// none will hold an id of `n_rows` or more.
    pub(super) fn parse(
        path: &Path,
        bytes: &[u8],
        max: usize,
        n_rows: usize,
    ) -> Result<Self, Error> {
        let mut tokenizer = Tokenizer::from_bytes(bytes).map_err(|e| Error::tokenizer(path, &e))?;
        tokenizer
            .with_padding(None)
            .with_truncation(None)
            .map_err(|e| Error::tokenizer(path, &e))?;
        match tokenizer.get_vocab(true).into_values().max() {
            None => Err(Error::tokenizer(path, &"it has no vocabulary")),
            Some(id_max) if id_max as usize >= n_rows => Err(Error::TokenizerTooLarge {
                path: path.to_owned(),
                id_max,
                n_rows,
            }),
            Some(_) => Ok(Self { tokenizer, max }),
        }
    }

    /// The ids of `text` between the special ones that the model was trained with.
    ///
    /// What is too long loses its end, but keeps a final special token: models were trained to
    /// find one there.
    pub(super) fn encode(&self, text: &str) -> Result<Sequence, Error> {
        let encoding = self.tokenizer.encode_fast(text, true);
        let encoding = encoding.map_err(|e| Error::Text {
            reason: e.to_string(),
        })?;
        let is_truncated = encoding.len() > self.max;
        let mut ids = encoding.get_ids().to_vec();
        let ends_special = encoding.get_special_tokens_mask().last() == Some(&1);
        if let (true, Some(&last)) = (is_truncated, ids.last()) {
            ids.truncate(self.max);
            if let (true, Some(end)) = (ends_special, ids.last_mut()) {
                *end = last;
            }
        }
        Ok(Sequence { ids, is_truncated })
    }
}
