//! A day as a client gives it.

use super::error::ApiError;
use crate::document::Date;

/// Reads `YYYY-MM-DD`, where anything is given.
pub(super) fn day(text: Option<&str>) -> Result<Option<Date>, ApiError> {
    match text.map(str::trim).filter(|text| !text.is_empty()) {
        None => Ok(None),
        Some(text) => Date::find_in(text).map(Some).ok_or(ApiError::BadDay),
    }
}
