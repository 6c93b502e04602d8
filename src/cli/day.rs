//! A day as an operator types it.

use crate::document::Date;

/// Reads `2025-06-30` or `30/6/2025`.
///
/// # Errors
/// A sentence for the operator.
pub(super) fn day(text: &str) -> Result<Date, String> {
    Date::find_in(text)
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
        assert!(day("31/6/2025").is_err() && day("hôm qua").is_err());
    }
}
