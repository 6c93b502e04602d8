//! A parsed text: its provisions in reading order and the ways to walk them.

use crate::document::Diagnostic;
use crate::document::Facts;
use crate::document::Level;
use crate::text::Span;

/// One division of a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provision {
    /// What kind of division it is.
    pub level: Level,
    /// Its number as printed, without leading zeros: `5`, `3a`, `đ`, `II`, `2.1`, `thứ nhất`. Empty
    /// for the root, the closing block and an appendix without a number.
    pub label: String,
    /// 1, or more where the source repeats a number under the same parent.
    pub occurrence: usize,
    /// The words of its heading, where it has one.
    pub heading: Option<Span>,
    /// Everything that belongs to it, children included.
    pub span: Span,
    /// From its start to its first child, or to its end where it has none.
    pub own: Span,
    /// The provision around it; `None` for the root only.
    pub parent: Option<usize>,
    /// Where the provisions below it end: the index after its last descendant.
    pub(super) subtree_end: usize,
}

/// A canonical text with its structure and the facts that its head and closing provisions state.
///
/// Provisions stand in reading order, parents before children; index 0 is the whole text. Spans of
/// siblings touch: a provision's own text and its children's spans, joined, are its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    /// The canonical text that every span points into.
    pub text: String,
    /// The divisions in reading order; never empty.
    pub provisions: Vec<Provision>,
    /// What the text says about itself.
    pub facts: Facts,
    /// The stretches over several lines that quote the words of another document.
    pub(super) quoted: Vec<Span>,
    /// What was odd, in reading order.
    pub diagnostics: Vec<Diagnostic>,
}

impl Document {
    /// The words of `span`, or nothing where it does not fit this text.
    pub fn slice(&self, span: Span) -> &str {
        span.slice(&self.text).unwrap_or_default()
    }

    /// The heading of a provision as one line of text.
    pub fn heading(&self, index: usize) -> Option<&str> {
        self.provisions
            .get(index)?
            .heading
            .map(|span| self.slice(span))
    }

    /// The provisions around `index`, from its parent to the root.
    pub fn ancestors(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let parent = move |at: usize| self.provisions.get(at).and_then(|p| p.parent);
        std::iter::successors(parent(index), move |&at| parent(at))
    }

    /// The provisions directly below `index`, in order.
    pub fn children(&self, index: usize) -> impl Iterator<Item = usize> + '_ {
        let end = self.provisions.get(index).map_or(0, |p| p.subtree_end);
        let first = Some(index + 1).filter(move |&at| at < end);
        std::iter::successors(first, move |&at| {
            self.provisions
                .get(at)
                .map(|p| p.subtree_end)
                .filter(|&next| next < end)
        })
    }

    /// All provisions below `index`, at any depth.
    pub fn descendants(&self, index: usize) -> std::ops::Range<usize> {
        let end = self.provisions.get(index).map_or(index, |p| p.subtree_end);
        (index + 1).min(end)..end
    }

    /// The provisions that have no children, in order.
    pub fn leaves(&self) -> impl Iterator<Item = usize> + '_ {
        (0..self.provisions.len()).filter(|&at| self.descendants(at).is_empty())
    }

    /// The deepest provision that holds all of `span`; the root where none below it does.
    pub fn provision_at(&self, span: Span) -> usize {
        let mut at = 0;
        while let Some(child) = self.children(at).find(|&c| {
            self.provisions
                .get(c)
                .is_some_and(|p| p.span.contains(span))
        }) {
            at = child;
        }
        at
    }
}
