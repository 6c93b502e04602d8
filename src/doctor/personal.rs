//! Personal identifiers: numbers and addresses that should not be shown to every reader.
//!
//! Only their number is told, never they themselves. Names are left out: every document is signed.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::text::PLACEHOLDERS;
use crate::text::mask_identifiers;

/// How many bytes are masked at once.
const PIECE_BYTES: usize = 1000;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let text = &case.document.text;
    let masked: Vec<String> = pieces(text).map(mask_identifiers).collect();
    let counts: Vec<(usize, &str)> = PLACEHOLDERS
        .iter()
        .filter(|placeholder| **placeholder != "tên")
        .map(|placeholder| {
            let written = format!("[{placeholder}]");
            let n_masked: usize = masked.iter().map(|m| m.matches(&written).count()).sum();
            (
                n_masked.saturating_sub(text.matches(&written).count()),
                *placeholder,
            )
        })
        .filter(|(n, _)| *n > 0)
        .collect();
    if counts.is_empty() {
        return Vec::new();
    }
    let has_identity = counts
        .iter()
        .any(|(_, placeholder)| *placeholder == "số định danh");
    let listed: Vec<String> = counts
        .iter()
        .map(|(n, placeholder)| format!("{n} × {placeholder}"))
        .collect();
    let gravity = if has_identity {
        Gravity::Warning
    } else {
        Gravity::Note
    };
    vec![Concern::new(
        "personal-data",
        gravity,
        format!("may hold personal identifiers: {}", listed.join(", ")),
        "take out what the public must not see",
    )]
}

/// Lines, long ones cut between words: masking is made for questions and takes the square of the
/// length.
fn pieces(text: &str) -> impl Iterator<Item = &str> {
    text.lines().flat_map(|line| {
        let mut rest = line;
        std::iter::from_fn(move || {
            let limit = rest.floor_char_boundary(PIECE_BYTES);
            let cut = rest.get(..limit).and_then(|piece| piece.rfind(' '));
            let end = cut
                .filter(|&at| limit < rest.len() && at > 0)
                .unwrap_or(rest.len().min(limit));
            let (piece, after) = rest.split_at_checked(end)?;
            rest = after;
            (!piece.is_empty()).then_some(piece)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_bounded_and_lose_nothing() {
        let text = format!("{}\n\n{}", "Số 001085012345 ".repeat(300), "ệ".repeat(2000));
        assert!(pieces(&text).all(|piece| piece.len() <= PIECE_BYTES));
        assert_eq!(pieces(&text).collect::<String>(), text.replace('\n', ""));
        assert_eq!(pieces("").count(), 0);
    }
}
