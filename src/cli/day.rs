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
    fn what_is_no_day_is_told_of() {
        assert_eq!(day(" 30/6/2025").ok(), Date::new(2025, 6, 30));
        assert!(day("hôm qua").unwrap_err().contains("30/6/2025"));
    }
}
