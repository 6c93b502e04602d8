//! Clauses: how the own text of a provision is cut before it is read.

use crate::document::relation::Flat;
use crate::document::relation::verb::Words;
use crate::text::Span;

/// How far behind its beginning a clause says that it changes single words.
const PHRASE_WORDS_MAX: usize = 12;

/// A clause with its words.
#[derive(Debug)]
pub(in crate::document) struct Clause<'t> {
    pub(in crate::document) span: Span,
    pub(in crate::document) text: &'t str,
    pub(in crate::document) words: Words,
    /// The word at which it says what it does.
    pub(in crate::document) first: usize,
    /// Whether it changes single words: `thay cụm từ`.
    pub(in crate::document) is_phrase: bool,
}

impl<'t> Clause<'t> {
    /// The clause at `span` of `flat`.
    pub(in crate::document) fn of(flat: &'t Flat, span: Span) -> Self {
        let text = flat.slice(span);
        let words = Words::of(text, span.start);
        let first = opening(text, &words, span.start);
        let at = words.find("cụm từ", first);
        let at = at.or_else(|| quoted_word(text, &words, span.start));
        let is_phrase = at.is_some_and(|at| at < first + PHRASE_WORDS_MAX);
        Self {
            span,
            text,
            words,
            first,
            is_phrase,
        }
    }

    /// The word at which an exception begins behind word `from`: `, trừ Điều 12`.
    pub(in crate::document) fn exception(&self, from: usize) -> Option<usize> {
        let words = &self.words;
        let word = |at: usize| words.bare.get(at).map_or("", String::as_str);
        (from..words.bare.len()).find(|&at| {
            let is_besides = word(at) == "ngoai" && word(at + 1) == "ra";
            words.after_comma[at] && matches!(word(at), "tru" | "ngoai") && !is_besides
        })
    }
}

/// The word `từ` with a quotation behind it: `bãi bỏ từ “huyện”`.
fn quoted_word(text: &str, words: &Words, base: usize) -> Option<usize> {
    let is_quoted = |span: &Span| {
        let rest = text.get(span.end - base..).unwrap_or_default();
        rest.trim_start().starts_with('~')
    };
    let mut all = words.marked.iter().zip(&words.spans);
    all.position(|(word, span)| word == "từ" && is_quoted(span))
}

/// The sentences of `text`; a stop ends one where a capital, a figure or a quotation follows.
pub(in crate::document) fn sentences(text: &str, base: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for (at, _) in text.match_indices('.') {
        let rest = text.get(at + 1..).unwrap_or_default();
        let next = rest.trim_start().chars().next();
        let ends = rest.starts_with(char::is_whitespace)
            && next.is_none_or(|c| c.is_uppercase() || c.is_ascii_digit() || !c.is_alphanumeric());
        if ends {
            found.push(Span::new(base + start, base + at + 1));
            start = at + 1;
        }
    }
    found.push(Span::new(base + start, base + text.len()));
    found
}

/// The words before the first colon, and those behind it.
pub(in crate::document) fn halves(text: &str, span: Span) -> (Span, Option<Span>) {
    let ends = |at: &usize| {
        let next = text.get(at + 1..).and_then(|rest| rest.chars().next());
        next.is_none_or(|c| c.is_whitespace() || c == '~')
    };
    match text.match_indices(':').map(|(at, _)| at).find(ends) {
        Some(at) => (
            Span::new(span.start, span.start + at),
            Some(Span::new(span.start + at + 1, span.end)),
        ),
        None => (span, None),
    }
}

/// The members of a list that runs on in one line: `a) Khoản 3 Điều 1; b) Điều 30`.
pub(in crate::document) fn members(text: &str, base: usize) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut cut = |start: &mut usize, end: usize| {
        if text.get(*start..end).is_some_and(|m| !m.trim().is_empty()) {
            found.push(Span::new(base + *start, base + end));
        }
        *start = end;
    };
    for (at, c) in text.char_indices() {
        let rest = text.get(at + c.len_utf8()..).unwrap_or_default();
        if c.is_whitespace() && label(rest) > 0 && !rest.starts_with(|c: char| c.is_ascii_digit()) {
            cut(&mut start, at + 1);
        }
    }
    let end = text.len();
    cut(&mut start, end);
    found
}

/// How many bytes a label and the signs before it take up at the start of `text`: `- `, `đ) `, `2. `.
pub(in crate::document) fn label(text: &str) -> usize {
    let body = text.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '~');
    let signs = text.len() - body.len();
    let Some(end) = body.find([')', '.', ',', ' ']) else {
        return 0;
    };
    let (word, rest) = body.split_at(end);
    let is_figure = word.chars().all(|c| c.is_ascii_digit());
    let is_letter = word.chars().next().is_some_and(char::is_lowercase)
        && word.chars().skip(1).all(|c| c.is_ascii_digit());
    // Scanners read the stop behind a figure as a comma.
    let is_closed = rest.starts_with(')') || rest.starts_with(['.', ',']) && is_figure;
    let is_short = !word.is_empty() && word.chars().count() <= 3;
    if is_short && (is_figure || is_letter) && is_closed {
        signs + end + 1
    } else {
        0
    }
}

/// The word at which a clause says what it does, behind its label and `Kể từ ngày …,`.
pub(in crate::document) fn opening(text: &str, words: &Words, base: usize) -> usize {
    let label_end = base + label(text);
    let first = words.spans.partition_point(|span| span.start < label_end);
    let starts = |phrase: &str| words.find(phrase, first) == Some(first);
    if !starts("kể từ ngày") && !starts("từ ngày") {
        return first;
    }
    let from = words.start(first).unwrap_or(label_end) - base;
    let comma = text.get(from..).and_then(|rest| rest.find(','));
    let Some(comma) = comma else { return first };
    words
        .spans
        .partition_point(|span| span.start < base + from + comma)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_measured() {
        assert_eq!(label("a) Khoản"), 2);
        assert_eq!(label("- đ1) Khoản"), 6);
        assert_eq!(label("12. Bãi bỏ"), 3);
        assert_eq!(label("6, Sửa đổi"), 2);
        assert_eq!(label("Điều 3 Nghị định"), 0);
        assert_eq!(label("khoản 2)"), 0);
    }

    #[test]
    fn members_of_a_list_are_cut() {
        let text = " a) Khoản 3 Điều 1; khoản 7; b) Điều 30.";
        let found: Vec<&str> = members(text, 0)
            .iter()
            .filter_map(|s| s.slice(text))
            .collect();
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[1].trim(), "b) Điều 30.");
    }

    #[test]
    fn sentences_end_before_a_capital() {
        let text = "1. Bãi bỏ Điều 5. Nghị định số 66.7/2025/NQ-CP hết hiệu lực.";
        let found: Vec<&str> = sentences(text, 0)
            .iter()
            .filter_map(|s| s.slice(text))
            .map(str::trim)
            .filter(|s| !s.is_empty())
            .collect();
        assert_eq!(
            found,
            [
                "1.",
                "Bãi bỏ Điều 5.",
                "Nghị định số 66.7/2025/NQ-CP hết hiệu lực."
            ]
        );
    }

    #[test]
    fn opening_stands_behind_the_date() {
        let text = "2. Kể từ ngày Thông tư này có hiệu lực, bãi bỏ Điều 5";
        let words = Words::of(text, 10);
        let at = opening(text, &words, 10);
        assert_eq!(words.bare[at], "bai");
    }
}
