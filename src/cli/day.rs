//! A day as an operator types it.

use crate::document::Date;

/// Reads `2025-06-30` or `30/6/2025`, and nothing beside it.
///
/// # Errors
/// A sentence for the operator.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::alone(text.trim())
        .ok_or_else(|| "expected a day of the calendar such as 2025-06-30 or 30/6/2025".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_in_both_forms() {
        let expected = Date::new(2025, 6, 30);
        assert_eq!(day("2025-06-30").ok(), expected);
        assert_eq!(day("30/6/2025").ok(), expected);
        for text in ["31/6/2025", "hôm qua", "30/6/2025 đến 31/12/2025"] {
            assert!(day(text).is_err(), "{text}");
        }
    }
}
