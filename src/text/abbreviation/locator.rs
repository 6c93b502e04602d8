//! Letters that belong to the address of a provision: `điểm k`, `đ đ k 3 Đ 16`, `điều 5 k 2`.
//!
//! `k` is a clause before it is a chat word, a letter after `điểm` is a name, not a word, and the `v`
//! of `chương v` is a number. What is written without spaces (`đ5k2`) is one word here and stays as it
//! is.

use crate::text::abbreviation::question::Question;

/// Words that a letter names something after: `điểm k`, `tiết đ2`.
const LABELLED: [&str; 3] = ["diem", "khoan", "tiet"];

/// Words that join such letters: `điểm a, e và k`.
const JOINTS: [&str; 4] = ["va", "hoac", "den", "hay"];

/// Words and letters for Điều.
const ARTICLES: [&str; 2] = ["dieu", "d"];

/// Whether word `at` is the letter of a point, the number of a chapter or the like.
pub(super) fn is_label(question: &Question<'_>, at: usize) -> bool {
    let is_numeral = is_roman(question, at);
    let is_listed = |i: usize| {
        let is_joint = i != at && JOINTS.contains(&question.bare(i));
        is_joint || is_letter(question, i) || (is_numeral && is_roman(question, i))
    };
    let mut i = at;
    while is_listed(i) {
        let before = question.bare_before(i);
        if LABELLED.contains(&before) || is_point_mark(question, i.wrapping_sub(1)) {
            return true;
        }
        if is_numeral && is_part(question, i.wrapping_sub(1)) {
            return true;
        }
        let Some(previous) = i.checked_sub(1) else {
            return false;
        };
        i = previous;
    }
    false
}

/// The word that word `at` stands for, if it is the `đ`, `k` or `Đ` of an address.
pub(super) fn full_word(question: &Question<'_>, at: usize) -> Option<&'static str> {
    let token = question.tokens.get(at)?;
    if !is_letter(question, at) || !question.gap_after(at).chars().all(char::is_whitespace) {
        return None;
    }
    let is_capital = token.word.starts_with(char::is_uppercase);
    match token.folded.bare.as_str() {
        "d" if is_point_mark(question, at) => Some("điểm"),
        "d" if is_article_mark(question, at) => {
            Some(if is_capital { "Điều" } else { "điều" })
        }
        "k" if is_clause_mark(question, at) => Some("khoản"),
        _ => None,
    }
}

/// Whether word `at` is `chương`, `phụ lục` or `mục`, which Roman numerals count.
fn is_part(question: &Question<'_>, at: usize) -> bool {
    let Some(token) = question.tokens.get(at) else {
        return false;
    };
    let before = question.bare_before(at);
    match token.folded.bare.as_str() {
        "chuong" => true,
        "luc" => before == "phu",
        // Neither `mức` nor a `danh mục` has a number.
        "muc" => before != "danh" && (token.word.is_ascii() || token.folded.marked == "muc\u{323}"),
        _ => false,
    }
}

/// Whether word `at` is a Roman numeral below forty.
fn is_roman(question: &Question<'_>, at: usize) -> bool {
    let bare = question.bare(at);
    !bare.is_empty() && bare.chars().all(|c| "ivx".contains(c))
}

fn is_letter(question: &Question<'_>, at: usize) -> bool {
    let word = question.tokens.get(at).map_or("", |token| token.word);
    word.chars().count() == 1 && word.chars().all(char::is_alphabetic)
}

/// `đ` before the letter of a point that a clause follows: `đ b k 3`.
fn is_point_mark(question: &Question<'_>, at: usize) -> bool {
    question
        .tokens
        .get(at)
        .is_some_and(|token| token.folded.bare == "d")
        && is_letter(question, at + 1)
        && matches!(question.bare(at + 2), "k" | "khoan")
        && is_ordinal(question, at + 3)
}

/// `Đ` before a number, unless it is the currency after one: `5.000 đ 2 bản`.
fn is_article_mark(question: &Question<'_>, at: usize) -> bool {
    let after_clause =
        at >= 2 && matches!(question.bare(at - 2), "k" | "khoan") && is_ordinal(question, at - 1);
    let before_clause =
        matches!(question.bare(at + 2), "k" | "khoan") && is_ordinal(question, at + 3);
    let is_marked = question
        .tokens
        .get(at)
        .is_some_and(|token| !token.word.is_ascii());
    let after_number = question
        .bare_before(at)
        .starts_with(|c: char| c.is_ascii_digit());
    is_ordinal(question, at + 1)
        && (after_clause || (!after_number && (before_clause || is_marked)))
}

/// `k` before a number, next to an article, after a point or before the document.
fn is_clause_mark(question: &Question<'_>, at: usize) -> bool {
    let after_article =
        at >= 2 && ARTICLES.contains(&question.bare(at - 2)) && is_ordinal(question, at - 1);
    let after_point =
        at >= 2 && (question.bare(at - 2) == "diem" || is_point_mark(question, at - 2));
    let next = question.bare(at + 2);
    let before_article = ARTICLES.contains(&next) && is_ordinal(question, at + 3);
    is_ordinal(question, at + 1)
        && (after_article || after_point || before_article || matches!(next, "nd" | "nghi"))
}

/// The number of an article or clause: `5`, `3a`, never a sum or a year.
fn is_ordinal(question: &Question<'_>, at: usize) -> bool {
    let bare = question.bare(at);
    let digits = bare.trim_end_matches(|c: char| c.is_ascii_lowercase());
    let is_number = (1..=3).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    is_number && bare.len() <= digits.len() + 1
}
