//! What was repaired, left out or could not be read while a file was extracted.

use std::fmt;

use crate::extract::ExtractError;

/// One thing that a maintainer should know about an extracted text.
#[derive(Clone, Debug, PartialEq)]
pub enum Finding {
    /// This entry of an archive could not be read; its text is empty.
    Unread(ExtractError),
    /// The page could not be read.
    PageUnread {
        /// Number of the page, from 1.
        page: u32,
        /// Why.
        reason: String,
    },
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(error) => error.fmt(f),
            Self::PageUnread { page, reason } => write!(f, "page {page} cannot be read: {reason}"),
        }
    }
}
