//! What was repaired, left out or could not be read while a file was extracted.

use std::collections::HashMap;
use std::fmt;

use crate::extract::ExtractError;
use crate::text::Legacy;
use crate::text::LegacyFound;

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
    /// The file was saved in this encoding and not in UTF-8.
    Encoding(&'static str),
    /// Text from before Unicode, or text that was decoded wrongly.
    Legacy(LegacyFound),
    /// It carries macros; they were neither read nor run.
    Macros,
    /// So many stretches of text were marked as deleted and left out; the text reads as if all
    /// changes were accepted.
    Revisions(usize),
    /// So many stretches of hidden text were left out.
    Hidden(usize),
    /// So many pictures or drawn objects hold no text that can be read.
    Pictures(usize),
    /// What the name says of the format is not what the content is.
    Renamed {
        /// The extension of the name.
        extension: String,
        /// What the content is.
        format: crate::extract::Format,
    },
}

impl Finding {
    /// Whether something is missing from the text or may be wrong in it.
    pub fn is_warning(&self) -> bool {
        match self {
            Self::Unread(_) | Self::PageUnread { .. } => true,
            Self::Legacy(found) => !found.repaired,
            Self::Encoding(_)
            | Self::Macros
            | Self::Revisions(_)
            | Self::Hidden(_)
            | Self::Pictures(_)
            | Self::Renamed { .. } => false,
        }
    }
}

/// What a reader of Word files counted on its way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted<'a> {
    pub(super) n_deleted: usize,
    pub(super) n_hidden: usize,
    pub(super) n_pictures: usize,
    /// Pieces of text that were converted, by their encoding.
    pub(super) converted: &'a HashMap<Legacy, usize>,
}

impl Counted<'_> {
    /// What of it the maintainer should know.
    pub(super) fn findings(self) -> Vec<Finding> {
        let counted = [
            (self.n_deleted, Finding::Revisions as fn(usize) -> Finding),
            (self.n_hidden, Finding::Hidden),
            (self.n_pictures, Finding::Pictures),
        ];
        let mut findings: Vec<Finding> = counted
            .into_iter()
            .filter(|(n, _)| *n > 0)
            .map(|(n, finding)| finding(n))
            .collect();
        let mut converted: Vec<(&Legacy, &usize)> = self.converted.iter().collect();
        converted.sort_unstable();
        findings.extend(converted.into_iter().map(|(&encoding, &n_lines)| {
            Finding::Legacy(LegacyFound {
                encoding,
                n_lines,
                repaired: true,
            })
        }));
        findings
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unread(error) => error.fmt(f),
            Self::PageUnread { page, reason } => write!(f, "page {page} cannot be read: {reason}"),
            Self::Encoding(name) => write!(f, "was saved as {name}"),
            Self::Legacy(LegacyFound {
                encoding,
                n_lines,
                repaired: true,
            }) => write!(f, "{n_lines} lines in {} were converted", encoding.name()),
            Self::Legacy(found) => write!(
                f,
                "{} lines look like {} but bytes are lost; type them anew",
                found.n_lines,
                found.encoding.name()
            ),
            Self::Macros => f.write_str("carries macros, which were neither read nor run"),
            Self::Revisions(n) => write!(
                f,
                "{n} deleted stretches are still recorded as changes; they were left out"
            ),
            Self::Hidden(n) => write!(f, "{n} stretches of hidden text were left out"),
            Self::Pictures(n) => write!(f, "{n} pictures or drawings were left out"),
            Self::Renamed { extension, format } => {
                write!(f, "is {format} though its name ends in `.{extension}`")
            }
        }
    }
}
