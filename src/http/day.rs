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
    fn one_date_in_either_form_is_a_day() {
        let expected = Date::new(2025, 7, 1);
        for text in ["2025-07-01", "1/7/2025", "01/07/2025", " 01/7/2025\n"] {
            assert_eq!(day(Some(text)).unwrap(), expected, "{text}");
        }
        for nothing in [None, Some(""), Some("  ")] {
            assert_eq!(day(nothing).unwrap(), None);
        }
    }

    #[test]
    fn what_is_not_one_date_alone_is_refused() {
        for text in [
            "2025-06-30 đến 2025-12-31",
            "2025-06-30, 2025-12-31",
            "từ 30/6/2025",
            "30/6/2025-31/12/2025",
            "2025-06-30T00:00:00",
            "31/6/2025",
            "30/6/25",
            "+025-06-30",
            "2025-06-+1",
            "2025/06/30",
            "2025-06",
            "hôm qua",
        ] {
            assert!(matches!(day(Some(text)), Err(ApiError::BadDay)), "{text}");
        }
    }
}
