//! Pieces of what people write: runs of letters, runs of digits and signs, one by one.
//!
//! Locators are read from pieces because short forms leave no space: `đ5k2` is four pieces.

use crate::text::Span;
use crate::text::fold_word;

/// The names with all their marks, for words that mean something else with other marks (`điểm`,
/// `điềm`; `mục`, `mức`).
const MARKED: [&str; 16] = [
    "tiểu", "mục", "tình", "huống", "số", "phụ", "lục", "mẫu", "câu", "hỏi", "phần", "chương",
    "điều", "khoản", "tiết", "đoạn",
];

/// A run of letters, of digits, or one other sign.
#[derive(Clone, Debug)]
pub(super) struct Piece<'t> {
    pub(super) text: &'t str,
    pub(super) span: Span,
    /// Search form without marks; empty for signs.
    pub(super) bare: String,
    /// Whether it is written with the marks of a keyword, or with none.
    pub(super) is_keyword: bool,
    /// Whether nothing stands between it and the piece before.
    pub(super) is_glued: bool,
}

pub(super) fn pieces(text: &str) -> Vec<Piece<'_>> {
    let kind = |c: char| {
        if c.is_ascii_digit() {
            0
        } else if c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c) {
            1
        } else {
            2
        }
    };
    let mut found: Vec<Piece<'_>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        let mut end = start + c.len_utf8();
        while let Some(&(at, next)) = chars
            .peek()
            .filter(|&&(_, n)| kind(n) == kind(c) && kind(c) < 2)
        {
            end = at + next.len_utf8();
            chars.next();
        }
        if !c.is_whitespace() {
            let is_glued = found.last().is_some_and(|p| p.span.end == start);
            found.extend(piece(text, Span::new(start, end), kind(c) == 1, is_glued));
        }
    }
    found
}

fn piece(text: &str, span: Span, is_word: bool, is_glued: bool) -> Option<Piece<'_>> {
    let slice = span.slice(text)?;
    if !is_word {
        return Some(Piece {
            text: slice,
            span,
            bare: String::new(),
            is_keyword: false,
            is_glued,
        });
    }
    let folded = fold_word(slice);
    let is_plain = folded.marked == folded.bare;
    let is_marked = MARKED
        .iter()
        .any(|name| fold_word(name).marked == folded.marked)
        || matches!(folded.marked.as_str(), "đ" | "điêm\u{309}");
    Some(Piece {
        text: slice,
        span,
        bare: folded.bare,
        is_keyword: is_plain || is_marked,
        is_glued,
    })
}

pub(super) fn follow(pieces: &[Piece<'_>], at: usize, words: &[&str]) -> bool {
    words
        .iter()
        .enumerate()
        .all(|(i, word)| pieces.get(at + i).is_some_and(|p| p.bare == *word))
}

pub(super) fn is_number(piece: &Piece<'_>) -> bool {
    piece.text.starts_with(|c: char| c.is_ascii_digit())
}

pub(super) fn is_word(piece: &Piece<'_>) -> bool {
    is_number(piece) || !piece.bare.is_empty()
}
