//! The tables made searchable: rows by their first word, and full forms in a text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::abbreviation::administrative::ADMINISTRATIVE;
use crate::text::abbreviation::chat::CHAT;
use crate::text::abbreviation::question::Question;
use crate::text::abbreviation::row::{Row, Rule};
use crate::text::{Folded, Span, fold_word, has_diacritics, words};

/// A row with its short form cut into words.
pub(super) struct Pattern {
    pub(super) row: &'static Row,
    words: Vec<(&'static str, Folded)>,
    gaps: Vec<&'static str>,
}

impl Pattern {
    fn compile(row: &'static Row) -> Self {
        let found: Vec<_> = words(row.0).collect();
        let between = |pair: &[(&'static str, Span)]| match pair {
            [(_, a), (_, b)] => row.0.get(a.end..b.start).unwrap_or_default().trim(),
            _ => "",
        };
        let gaps = found.windows(2).map(between).collect();
        let words = found
            .iter()
            .map(|(word, _)| (*word, fold_word(word)))
            .collect();
        Self { row, words, gaps }
    }

    /// How many words of a question the short form takes.
    pub(super) fn n_words(&self) -> usize {
        self.words.len()
    }

    /// Whether the short form stands at word `at`, in any letter case.
    pub(super) fn stands_at(&self, question: &Question<'_>, at: usize) -> bool {
        let is_word = |i: usize, folded: &Folded| {
            question.tokens.get(at + i).is_some_and(|token| {
                token.folded.marked == folded.marked
                    || (token.word.is_ascii() && token.folded.bare == folded.bare)
            })
        };
        self.words
            .iter()
            .enumerate()
            .all(|(i, (_, folded))| is_word(i, folded))
            && self
                .gaps
                .iter()
                .enumerate()
                .all(|(i, gap)| question.gap_after(at + i).trim() == *gap)
    }

    /// Whether it stands there letter for letter.
    pub(super) fn is_exact(&self, question: &Question<'_>, at: usize) -> bool {
        let words = question.tokens.iter().skip(at).map(|token| token.word);
        self.words
            .iter()
            .map(|(word, _)| *word)
            .eq(words.take(self.n_words()))
    }

    /// Whether it stands there with its diacritics.
    pub(super) fn is_marked(&self, question: &Question<'_>, at: usize) -> bool {
        let marked = question
            .tokens
            .iter()
            .skip(at)
            .map(|token| &token.folded.marked);
        self.words
            .iter()
            .map(|(_, folded)| &folded.marked)
            .eq(marked.take(self.n_words()))
    }
}

/// Patterns by the bare form of their first word, the longest first.
static PATTERNS: LazyLock<HashMap<String, Vec<Pattern>>> = LazyLock::new(|| {
    let mut patterns: HashMap<String, Vec<Pattern>> = HashMap::new();
    for pattern in ADMINISTRATIVE.iter().chain(CHAT).map(Pattern::compile) {
        let first = pattern.words.first().map(|(_, folded)| folded.bare.clone());
        patterns
            .entry(first.unwrap_or_default())
            .or_default()
            .push(pattern);
    }
    for rows in patterns.values_mut() {
        rows.sort_by_key(|pattern| std::cmp::Reverse(pattern.n_words()));
    }
    patterns
});

/// The patterns whose first word is `bare`, the longest first.
pub(super) fn candidates(bare: &str) -> &'static [Pattern] {
    PATTERNS.get(bare).map_or(&[], Vec::as_slice)
}

/// Whether `bare` alone is a short form.
pub(super) fn is_short_word(bare: &str) -> bool {
    candidates(bare)
        .iter()
        .any(|pattern| pattern.n_words() == 1)
}

/// Whether `bare` alone names a kind of document.
pub(super) fn is_kind_word(bare: &str) -> bool {
    let is_kind = |pattern: &Pattern| {
        pattern.n_words() == 1 && matches!(pattern.row.1, Rule::Kind | Rule::Paper)
    };
    candidates(bare).iter().any(is_kind)
}

/// The abbreviations whose full form occurs in `text`, so that a search for the one finds the other.
///
/// Only those with a single reading; kinds of documents are left out, because `NĐ` or `QĐ` stands in
/// every document number. A text without diacritics is compared without them.
///
/// # Example
/// ```
/// use camnang::text::short_forms;
/// assert_eq!(short_forms("Thủ tục hành chính tại Uỷ ban nhân dân xã"), ["UBND", "TTHC"]);
/// assert_eq!(short_forms("uy ban nhan dan"), ["UBND"]);
/// ```
pub fn short_forms(text: &str) -> Vec<String> {
    let is_marked = has_diacritics(text);
    let form = |word: &str| {
        let folded = fold_word(word);
        if is_marked {
            folded.marked
        } else {
            folded.bare
        }
    };
    let forms = |text: &str| {
        words(text)
            .map(|(word, _)| form(word))
            .collect::<Vec<String>>()
    };
    let text = forms(text);
    let occurs = |full: &str| {
        let full = forms(full);
        text.windows(full.len()).any(|window| window == full)
    };
    let rows = ADMINISTRATIVE.iter().filter(|row| has_reverse(row));
    rows.filter(|row| row.2.iter().any(|full| occurs(full)))
        .map(|row| row.0.to_owned())
        .collect()
}

/// Whether texts use the short form of `row` for its one full form.
fn has_reverse(row: &Row) -> bool {
    let is_written = match row.1 {
        Rule::Free | Rule::Capitals => true,
        Rule::Name => row.0.contains(char::is_uppercase),
        _ => false,
    };
    is_written && row.2.len() == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_full_form_with_one_reading_gives_its_short_form() {
        for row in ADMINISTRATIVE.iter().filter(|row| has_reverse(row)) {
            assert!(
                short_forms(row.2[0]).contains(&row.0.to_owned()),
                "{}",
                row.0
            );
        }
    }

    #[test]
    fn marks_decide_where_the_text_has_them() {
        assert_eq!(short_forms("Uỷ Ban Nhân Dân"), ["UBND"]);
        assert!(short_forms("ủy bán nhận dân").is_empty());
        assert!(short_forms("nghị định, thông tư").is_empty());
        assert!(short_forms("").is_empty());
    }

    #[test]
    fn free_short_forms_are_no_words_of_full_forms() {
        let free = ADMINISTRATIVE
            .iter()
            .filter(|row| row.1 == Rule::Free && words(row.0).count() == 1);
        let full: Vec<String> = ADMINISTRATIVE
            .iter()
            .chain(CHAT)
            .flat_map(|row| row.2.iter().flat_map(|full| words(full)))
            .map(|(word, _)| fold_word(word).bare)
            .collect();
        for row in free {
            assert!(!full.contains(&fold_word(row.0).bare), "{}", row.0);
        }
    }

    #[test]
    fn no_two_rows_share_a_short_form_under_the_same_rule() {
        let rows: Vec<&Row> = ADMINISTRATIVE.iter().chain(CHAT).collect();
        for (i, row) in rows.iter().enumerate() {
            assert!(
                !rows
                    .iter()
                    .skip(i + 1)
                    .any(|other| other.0 == row.0 && other.1 == row.1),
                "{}",
                row.0
            );
        }
    }
}
