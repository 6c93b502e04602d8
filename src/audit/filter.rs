//! Which answers of the record are asked for.

use jiff::Timestamp;
use serde::Deserialize;

/// Which answers a list or an export has; the default is all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Asked at this moment or later.
    pub from: Option<Timestamp>,
    /// Asked before this moment.
    pub until: Option<Timestamp>,
    /// Which of those asked then.
    pub show: Show,
}

/// Which answers a reviewer wants to see.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Show {
    /// Whatever was answered and judged.
    #[default]
    All,
    /// Those with a citation that nobody has judged yet.
    Open,
    /// Those with at least one verdict.
    Judged,
    /// Those that say that the documents hold no answer.
    Abstained,
}

impl Show {
    /// The word that the statements of `read` have for it.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Open => "open",
            Self::Judged => "judged",
            Self::Abstained => "abstained",
        }
    }
}
