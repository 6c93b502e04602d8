//! What the parser found odd in a text; for the maintainer, never for the asker.

use std::fmt;

use crate::text::Span;

/// One oddity and where it lies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// What is odd.
    pub kind: DiagnosticKind,
    /// Where; for something missing, the heading after the gap.
    pub span: Span,
}

/// The closed list of oddities.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DiagnosticKind {
    /// The number of an Điều does not follow the one before it.
    ArticleGap,
    /// A khoản, điểm or other number does not follow the one before it.
    NumberSkipped,
    /// A number occurs twice in one parent; the second locator says `(lần 2)`.
    NumberRepeated,
    /// The numbering of Điều starts again without an appendix or form in between.
    NumberingRestarts,
    /// A quotation that opens before a heading is never closed.
    QuoteUnclosed,
    /// An Điều, Chương or the like has neither a heading nor text.
    HeadingEmpty,
    /// A line reads like the heading of an Điều but does not fit the numbering; it stays text.
    HeadingIgnored,
    /// No division was found: the text is cited by paragraphs.
    NoStructure,
}

impl fmt::Display for DiagnosticKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ArticleGap => "article number does not follow the one before it",
            Self::NumberSkipped => "number does not follow the one before it",
            Self::NumberRepeated => "number occurs twice in the same parent",
            Self::NumberingRestarts => "article numbering starts again without an appendix",
            Self::QuoteUnclosed => "quotation is never closed",
            Self::HeadingEmpty => "division has neither heading nor text",
            Self::HeadingIgnored => {
                "line looks like an article heading but does not fit the numbering"
            }
            Self::NoStructure => "no division was found",
        })
    }
}

impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "bytes {}..{}: {}",
            self.span.start, self.span.end, self.kind
        )
    }
}
