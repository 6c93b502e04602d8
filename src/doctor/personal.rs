//! Personal identifiers: numbers and addresses that should not be shown to every reader.
//!
//! Only their number is told, never they themselves. Names are left out: every document is signed.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::text::PLACEHOLDERS;
use crate::text::mask_identifiers;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let text = &case.document.text;
    let masked = mask_identifiers(text);
    let counts: Vec<(usize, &str)> = PLACEHOLDERS
        .iter()
        .filter(|placeholder| **placeholder != "tên")
        .map(|placeholder| {
            let written = format!("[{placeholder}]");
            let n_masked = masked.matches(&written).count();
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
