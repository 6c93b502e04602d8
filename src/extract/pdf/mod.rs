//! PDF: not read yet.

use crate::extract::ExtractError;
use crate::extract::Reading;

/// Reads a PDF.
///
/// # Errors
/// Always, for now.
pub(super) fn read(_bytes: &[u8]) -> Result<Reading, ExtractError> {
    Err(ExtractError::Unsupported {
        found: "a PDF, which is not read yet; save it as .docx",
    })
}
