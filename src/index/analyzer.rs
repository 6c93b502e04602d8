//! The tantivy analyzer: single syllables and adjacent-syllable bigrams, in one of two forms.
//!
//! Vietnamese writes a space between syllables, not between words. Bigrams of adjacent syllables
//! stand in for word segmentation; both kinds of term share one field, so that they share its
//! length and statistics.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

use crate::text::Folded;
use crate::text::words;

/// Longer words (encoded data, tables without spaces) are not indexed.
const WORD_BYTES_MAX: usize = 48;

/// Which search form of the words becomes terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// With diacritics.
    Marked,
    /// Without, for questions typed without.
    Bare,
}

/// Splits a text into folded syllables and the bigrams of neighbours.
#[derive(Clone, Copy, Debug)]
pub struct Analyzer {
    form: Form,
}

impl Analyzer {
    /// The analyzer that yields terms in `form`.
    pub fn new(form: Form) -> Self {
        Self { form }
    }

    /// The terms of `text`, in order: each syllable, then the bigram it closes.
    ///
    /// # Example
    /// ```
    /// use camnang::index::{Analyzer, Form};
    /// assert_eq!(Analyzer::new(Form::Bare).terms("Khai sinh, Điều 05"),
    ///     ["khai", "sinh", "khai sinh", "dieu", "sinh dieu", "5", "dieu 5"]);
    /// ```
    pub fn terms(mut self, text: &str) -> Vec<String> {
        let mut stream = self.token_stream(text);
        let mut terms = Vec::new();
        while stream.advance() {
            terms.push(stream.token().text.clone());
        }
        terms
    }
}

impl Tokenizer for Analyzer {
    type TokenStream<'a> = Syllables<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Syllables<'a> {
        Syllables {
            words: Box::new(words(text)),
            form: self.form,
            folded: Folded::default(),
            previous: String::new(),
            bigram_due: false,
            token: Token::default(),
        }
    }
}

/// The token stream of [`Analyzer`].
pub struct Syllables<'a> {
    words: Box<dyn Iterator<Item = (&'a str, crate::text::Span)> + 'a>,
    form: Form,
    folded: Folded,
    previous: String,
    /// The syllable just given closes a bigram that comes next.
    bigram_due: bool,
    token: Token,
}

impl Syllables<'_> {
    fn give_bigram(&mut self) {
        // `token.text` holds the syllable; the bigram is `previous syllable`.
        let syllable = std::mem::take(&mut self.token.text);
        self.token.text.push_str(&self.previous);
        self.token.text.push(' ');
        self.token.text.push_str(&syllable);
        self.previous = syllable;
        self.bigram_due = false;
    }

    fn give_syllable(&mut self) -> bool {
        let Some((word, span)) = self
            .words
            .by_ref()
            .find(|(word, _)| word.len() <= WORD_BYTES_MAX)
        else {
            return false;
        };
        if self.token.position != usize::MAX && self.previous.is_empty() {
            self.previous.push_str(&self.token.text);
        }
        self.folded.assign(word);
        let text = match self.form {
            Form::Marked => &self.folded.marked,
            Form::Bare => &self.folded.bare,
        };
        self.token.text.clear();
        self.token.text.push_str(text);
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = span.start;
        self.token.offset_to = span.end;
        self.bigram_due = !self.previous.is_empty();
        true
    }
}

impl TokenStream for Syllables<'_> {
    fn advance(&mut self) -> bool {
        if self.bigram_due {
            self.give_bigram();
            return true;
        }
        self.give_syllable()
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_and_bigrams_come_in_both_forms() {
        let marked = Analyzer::new(Form::Marked).terms("Hòa giải ở xã");
        assert_eq!(marked.len(), 7);
        assert_eq!(marked, Analyzer::new(Form::Marked).terms("hoà giải ở xã"));
        assert_eq!(
            Analyzer::new(Form::Bare).terms("Hòa giải ở xã"),
            ["hoa", "giai", "hoa giai", "o", "giai o", "xa", "o xa"]
        );
    }

    #[test]
    fn empty_and_single_words_have_no_bigram() {
        assert!(Analyzer::new(Form::Marked).terms(" … ").is_empty());
        assert_eq!(Analyzer::new(Form::Marked).terms("xã").len(), 1);
    }

    #[test]
    fn document_number_terms_keep_number_and_year_together() {
        let terms = Analyzer::new(Form::Bare).terms("120/2025/NĐ-CP");
        assert!(terms.contains(&"120 2025".to_owned()), "{terms:?}");
    }
}
