//! From the accepted headings, in reading order, to nested provisions.

use std::collections::HashMap;

use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Level;
use crate::document::Provision;
use crate::document::locator::cited_parent;
use crate::document::locator::same_name;
use crate::text::Span;

/// A heading that was accepted: where a provision starts and how deep it lies.
#[derive(Clone, Debug)]
pub(super) struct Division {
    pub(super) level: Level,
    pub(super) label: String,
    /// Where its first line starts.
    pub(super) start: usize,
    /// Its heading, or what stands behind its number on the first line.
    pub(super) heading: Option<Span>,
    /// A division closes every open one of the same or a greater depth.
    pub(super) depth: usize,
}

/// Builds the provisions of a text of `len` bytes. `divisions` are in order of their starts.
pub(super) fn assemble(len: usize, divisions: Vec<Division>) -> Vec<Provision> {
    let mut provisions = vec![provision(Level::Document, String::new(), None, 0, None)];
    let mut open: Vec<(usize, usize)> = vec![(0, 0)];
    for division in divisions {
        while open.len() > 1
            && open
                .last()
                .is_some_and(|&(_, depth)| depth >= division.depth)
        {
            close(&mut provisions, open.pop(), division.start);
        }
        let parent = open.last().map(|&(at, _)| at);
        let at = provisions.len();
        if let Some(parent) = parent.and_then(|at| provisions.get_mut(at))
            && parent.subtree_end == 0
        {
            parent.own.end = division.start;
            parent.subtree_end = 1;
        }
        let Division {
            level,
            label,
            start,
            heading,
            depth,
        } = division;
        provisions.push(provision(level, label, heading, start, parent));
        open.push((at, depth));
    }
    while let Some(last) = open.pop() {
        close(&mut provisions, Some(last), len);
    }
    provisions
}

fn provision(
    level: Level,
    label: String,
    heading: Option<Span>,
    start: usize,
    parent: Option<usize>,
) -> Provision {
    let span = Span::new(start, start);
    Provision {
        level,
        label,
        occurrence: 1,
        heading,
        span,
        own: span,
        parent,
        subtree_end: 0,
    }
}

fn close(provisions: &mut [Provision], open: Option<(usize, usize)>, end: usize) {
    let n_provisions = provisions.len();
    if let Some(provision) = open.and_then(|(at, _)| provisions.get_mut(at)) {
        provision.span.end = end;
        if provision.subtree_end == 0 {
            provision.own.end = end;
        }
        provision.subtree_end = n_provisions;
    }
}

/// Numbers the headings that have none by their place, and tells repeated numbers apart.
pub(super) fn name(provisions: &mut [Provision]) -> Vec<Diagnostic> {
    name_unnumbered(provisions);
    let mut seen: HashMap<(usize, &'static str, String), usize> = HashMap::new();
    let mut diagnostics = Vec::new();
    for at in 1..provisions.len() {
        let parent = cited_parent(provisions, at).unwrap_or(0);
        let Some(provision) = provisions.get_mut(at) else {
            break;
        };
        let (name, label) = same_name(provision.level, &provision.label);
        let count = seen.entry((parent, name, label)).or_default();
        *count += 1;
        provision.occurrence = *count;
        // What is attached without a name has no number that could be repeated.
        if *count > 1 && provision.level != Level::Attachment {
            let span = Span::new(provision.span.start, provision.own.end);
            diagnostics.push(Diagnostic {
                kind: DiagnosticKind::NumberRepeated,
                span,
            });
        }
    }
    diagnostics
}

/// `mục thứ 3`, `đoạn 3`: the place among the siblings that have no number of their own.
fn name_unnumbered(provisions: &mut [Provision]) {
    let mut counts: HashMap<(usize, Level), usize> = HashMap::new();
    for provision in provisions {
        let is_counted = matches!(
            provision.level,
            Level::Heading | Level::Section | Level::Paragraph
        );
        if !is_counted || !provision.label.is_empty() {
            continue;
        }
        let parent = provision.parent.unwrap_or(0);
        let count = counts.entry((parent, provision.level)).or_default();
        *count += 1;
        provision.label = match provision.level {
            Level::Paragraph => count.to_string(),
            _ => format!("thứ {count}"),
        };
    }
}
