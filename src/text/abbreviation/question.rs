//! A question cut into words, with what the rules ask about their surroundings.

use crate::text::abbreviation::lexicon::is_short_word;
use crate::text::{Folded, Span, fold_word, has_diacritics, words};

/// One word of a question.
pub(super) struct Token<'t> {
    pub(super) word: &'t str,
    pub(super) span: Span,
    pub(super) folded: Folded,
}

/// The words of a question and how it was typed.
pub(super) struct Question<'t> {
    pub(super) text: &'t str,
    pub(super) tokens: Vec<Token<'t>>,
    /// Typed without diacritics; what is put in is without them too.
    pub(super) is_plain: bool,
    /// Typed in capitals throughout, so that capitals do not mark an abbreviation.
    pub(super) is_shouted: bool,
}

impl<'t> Question<'t> {
    pub(super) fn read(text: &'t str) -> Self {
        let token = |(word, span)| Token {
            word,
            span,
            folded: fold_word(word),
        };
        let tokens: Vec<Token<'t>> = words(text).map(token).collect();
        let is_ordinary = |t: &&Token<'_>| {
            t.word.chars().all(char::is_alphabetic) && !is_short_word(&t.folded.bare)
        };
        let ordinary: Vec<&str> = tokens.iter().filter(is_ordinary).map(|t| t.word).collect();
        let is_plain = !has_diacritics(text) && !ordinary.is_empty();
        let is_shouted = ordinary.iter().any(|word| word.chars().count() > 1)
            && !ordinary
                .iter()
                .any(|word| word.contains(char::is_lowercase));
        Self {
            text,
            tokens,
            is_plain,
            is_shouted,
        }
    }

    /// The diacritics-free search form of word `at`, empty past either end.
    pub(super) fn bare(&self, at: usize) -> &str {
        self.tokens.get(at).map_or("", |token| &token.folded.bare)
    }

    /// The word before `at`, empty at the start.
    pub(super) fn bare_before(&self, at: usize) -> &str {
        at.checked_sub(1).map_or("", |before| self.bare(before))
    }

    /// The bare forms of the two words before `at`, or of the one that is there.
    pub(super) fn two_before(&self, at: usize) -> String {
        match at.checked_sub(2) {
            Some(first) => format!("{} {}", self.bare(first), self.bare(first + 1)),
            None => self.bare_before(at).to_owned(),
        }
    }

    /// The bare forms of the two words after `at`; none where the question ends, or one of several.
    pub(super) fn two_after(&self, at: usize) -> String {
        match (self.bare(at + 1), self.bare(at + 2)) {
            _ if self.gap_after(at).contains('?') => String::new(),
            (next, "") => next.to_owned(),
            (next, then) => format!("{next} {then}"),
        }
    }

    /// What stands between word `at` and the next one, or the end.
    pub(super) fn gap_after(&self, at: usize) -> &'t str {
        let start = self
            .tokens
            .get(at)
            .map_or(self.text.len(), |token| token.span.end);
        let end = self
            .tokens
            .get(at + 1)
            .map_or(self.text.len(), |token| token.span.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// What stands between word `at` and the one before; at the start, what stands before it.
    pub(super) fn gap_before(&self, at: usize) -> &'t str {
        match at.checked_sub(1) {
            Some(before) => self.gap_after(before),
            None => self
                .tokens
                .first()
                .and_then(|t| self.text.get(..t.span.start))
                .unwrap_or_default(),
        }
    }

    /// Whether word `at` is made of digits alone.
    pub(super) fn is_number(&self, at: usize) -> bool {
        let word = self.tokens.get(at).map_or("", |token| token.word);
        !word.is_empty() && word.chars().all(|c| c.is_ascii_digit())
    }

    /// The number that word `at` is followed by, with or without `số` between.
    pub(super) fn number_after(&self, at: usize) -> Option<usize> {
        let next = if self.bare(at + 1) == "so" {
            at + 2
        } else {
            at + 1
        };
        let is_apart = (at..next).all(|i| self.gap_after(i).trim().is_empty());
        (is_apart && self.is_number(next)).then_some(next)
    }

    /// Whether word `at` is part of a document number: `120/2025/NĐ-CP`, `06/QĐ-TTg`.
    pub(super) fn is_in_document_number(&self, at: usize) -> bool {
        let mut crossed = false;
        for i in (0..at).rev() {
            match self.gap_after(i).trim() {
                "/" => crossed = true,
                "-" if self.gap_after(i) == "-" => {}
                _ => return false,
            }
            if crossed && self.is_number(i) {
                return true;
            }
        }
        false
    }

    /// Whether word `at` stands between spaces, apart from punctuation that touches it.
    pub(super) fn is_apart(&self, at: usize) -> bool {
        let is_last = at + 1 >= self.tokens.len();
        let is_open = |gap: &str| gap.contains(char::is_whitespace);
        (at == 0 || is_open(self.gap_before(at))) && (is_last || is_open(self.gap_after(at)))
    }
}
