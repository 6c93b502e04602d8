//! A day as a client gives it.

use super::error::ApiError;
use crate::document::Date;

/// Reads `YYYY-MM-DD` or `D/M/YYYY`, where anything is given.
///
/// Anything else beside the date is refused: of a period only the first day would count, unnoticed.
pub(super) fn day(text: Option<&str>) -> Result<Option<Date>, ApiError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => Date::alone(text).map(Some).ok_or(ApiError::BadDay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_may_be_left_out_but_not_be_written_as_one_likes() {
        assert_eq!(day(Some(" 01/7/2025\n")).unwrap(), Date::new(2025, 7, 1));
        for nothing in [None, Some(""), Some("  ")] {
            assert_eq!(day(nothing).unwrap(), None);
        }
        assert!(matches!(day(Some("hôm qua")), Err(ApiError::BadDay)));
    }
}
