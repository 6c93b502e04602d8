//! One thing that looks wrong, and what to do about it.

use std::fmt;

use crate::doctor::Case;

/// How much a concern weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Gravity {
    /// Good to know.
    Note,
    /// Answers may suffer.
    Warning,
    /// The document must stay out.
    Refusal,
}

impl fmt::Display for Gravity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Refusal => "refused",
        })
    }
}

/// One thing that looks wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Concern {
    /// Names the kind of concern for programs: `article-gap`.
    pub code: &'static str,
    /// How much it weighs.
    pub gravity: Gravity,
    /// Where, as a line of the canonical text, from 1.
    pub line: Option<usize>,
    /// What looks wrong; no personal data, whatever the text holds.
    pub message: String,
    /// What to do; empty where there is nothing to be done.
    pub advice: &'static str,
}

impl Concern {
    /// A concern about the whole text.
    pub(super) fn new(
        code: &'static str,
        gravity: Gravity,
        message: impl Into<String>,
        advice: &'static str,
    ) -> Self {
        Self {
            code,
            gravity,
            line: None,
            message: message.into(),
            advice,
        }
    }

    /// The same at the byte `start` of the text.
    pub(super) fn at(mut self, case: &Case<'_>, start: usize) -> Self {
        self.line = Some(case.lines.partition_point(|&end| end < start) + 1);
        self
    }
}

impl fmt::Display for Concern {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: ", self.gravity)?;
        if let Some(line) = self.line {
            write!(f, "line {line}: ")?;
        }
        f.write_str(&self.message)?;
        if self.advice.is_empty() {
            Ok(())
        } else {
            write!(f, " -> {}", self.advice)
        }
    }
}
