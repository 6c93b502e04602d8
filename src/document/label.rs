//! Labels of locator steps: the `3a`, `đ2`, `II`, `2.1` or `01/TKN` behind the name of a level.

use crate::document::Level;
use crate::document::ordinal::Ordinal;
use crate::document::piece::Piece;
use crate::document::piece::follow;
use crate::document::piece::is_number;
use crate::document::piece::is_word;

/// Paragraphs of a long table run to five digits.
const DIGITS_MAX: usize = 6;

/// The label of a step at `level`, as provisions carry it, and the piece that follows.
pub(super) fn read_label(pieces: &[Piece<'_>], at: usize, level: Level) -> Option<(String, usize)> {
    let piece = pieces.get(at)?;
    match level {
        Level::Point | Level::Subpoint => letter_label(pieces, at),
        Level::Article | Level::Clause | Level::Case | Level::Question | Level::Paragraph => {
            number_label(pieces, at).filter(|_| is_number(piece))
        }
        Level::Form => compound_label(pieces, at)
            .filter(|(label, _)| label.contains(|c: char| c.is_ascii_digit())),
        Level::Appendix => compound_label(pieces, at).filter(|(label, _)| counts(label)),
        _ => ordinal_word(pieces, at).or_else(|| heading_label(pieces, at)),
    }
}

/// `5`, `3a`, `05`: an inserted letter is glued to its number and ends there.
fn number_label(pieces: &[Piece<'_>], at: usize) -> Option<(String, usize)> {
    let digits = pieces
        .get(at)
        .filter(|p| is_number(p) && p.text.len() <= DIGITS_MAX)?;
    let short = digits.text.trim_start_matches('0');
    let mut label = if short.is_empty() { digits.text } else { short }.to_owned();
    let letter = pieces
        .get(at + 1)
        .filter(|p| p.is_glued && p.text.chars().count() == 1 && !p.bare.is_empty());
    let ends = !pieces
        .get(at + 2)
        .is_some_and(|p| p.is_glued && is_number(p));
    if let Some(letter) = letter.filter(|_| ends) {
        label.push_str(&letter.text.to_lowercase());
        return Some((label, at + 2));
    }
    Some((label, at + 1))
}

/// `b`, `đ2`, `a.1`.
fn letter_label(pieces: &[Piece<'_>], at: usize) -> Option<(String, usize)> {
    let letter = pieces
        .get(at)
        .filter(|p| p.text.chars().count() == 1 && !p.bare.is_empty())?;
    let mut label = letter.text.to_lowercase();
    let dot = pieces
        .get(at + 1)
        .is_some_and(|p| p.is_glued && p.text == ".");
    let number = at + 1 + usize::from(dot);
    if let Some(digits) = pieces
        .get(number)
        .filter(|p| p.is_glued && is_number(p) && p.text.len() <= 2)
    {
        label.push_str(if dot { "." } else { "" });
        label.push_str(digits.text);
        return Some((label, number + 1));
    }
    Some((label, at + 1))
}

/// `thứ nhất`, `thứ 3`.
fn ordinal_word(pieces: &[Piece<'_>], at: usize) -> Option<(String, usize)> {
    let word = pieces
        .get(at + 1)
        .filter(|_| follow(pieces, at, &["thu"]))?;
    Ordinal::word(word.text)?;
    Some((format!("thứ {}", word.text.to_lowercase()), at + 2))
}

/// `II`, `2.1`, `3a`, `B`.
fn heading_label(pieces: &[Piece<'_>], at: usize) -> Option<(String, usize)> {
    let piece = pieces.get(at)?;
    if !is_number(piece) {
        let upper = piece.text.to_uppercase();
        let single = piece.text.chars().count() == 1 && piece.text == upper;
        let is_label = Ordinal::roman(&upper).is_some() || single && !piece.bare.is_empty();
        return is_label.then(|| (upper, at + 1));
    }
    let (mut label, mut next) = number_label(pieces, at)?;
    while pieces
        .get(next)
        .is_some_and(|p| p.is_glued && p.text == ".")
        && let Some(digits) = pieces.get(next + 1).filter(|p| p.is_glued && is_number(p))
    {
        label.push('.');
        label.push_str(digits.text);
        next += 2;
    }
    Some((label, next))
}

/// `I.2`, `01/TKN-CNKD`: pieces glued by `.`, `/` and `-`.
fn compound_label(pieces: &[Piece<'_>], at: usize) -> Option<(String, usize)> {
    let mut label = pieces
        .get(at)
        .filter(|p| is_word(p))?
        .text
        .trim_start_matches('0')
        .to_owned();
    let mut next = at + 1;
    while let Some(piece) = pieces.get(next).filter(|p| p.is_glued) {
        let joins = matches!(piece.text, "." | "/" | "-");
        let joined = joins
            && pieces
                .get(next + 1)
                .is_some_and(|p| p.is_glued && is_word(p));
        if !is_word(piece) && !joined {
            break;
        }
        label.push_str(piece.text);
        next += 1;
    }
    Some((label, next))
}

/// Whether an appendix may be numbered so: `II`, `IIa`, `B`, `1.2`, also with a footnote glued on.
fn counts(label: &str) -> bool {
    let end = label
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(label.len());
    let head = label.get(..end).unwrap_or_default();
    let stem = head.trim_end_matches(char::is_lowercase);
    let is_roman = |text: &str| Ordinal::roman(&text.to_uppercase()).is_some();
    let is_single = stem.chars().count() == 1;
    head.is_empty() || is_roman(head) || is_roman(stem) || is_single
}
