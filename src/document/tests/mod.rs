//! Golden outlines, one text per diagnostic, and the properties of the parser as a whole.

mod diagnostic;
mod facts;
mod guidance;
mod legal;
mod locator;
mod random;
mod sheet;

use super::*;
use crate::text::Span;

/// The outline of a text: one line per provision with its own step and its heading.
fn outline(document: &Document) -> String {
    let line = |at: usize| {
        let depth = document.ancestors(at).count() - 1;
        let step = document
            .locator(at)
            .steps
            .first()
            .map(ToString::to_string)
            .unwrap_or_default();
        let heading = document
            .heading(at)
            .map(|h| format!(" | {h}"))
            .unwrap_or_default();
        format!("{}{step}{heading}", "  ".repeat(depth)).replace('\n', " / ")
    };
    (1..document.provisions.len())
        .map(line)
        .collect::<Vec<_>>()
        .join("\n")
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    let document = parse(text);
    assert_lossless(&document);
    assert_eq!(outline(&document), expected.join("\n"));
}

#[track_caller]
fn check_diagnostic(text: &str, kind: DiagnosticKind) {
    let kinds: Vec<DiagnosticKind> = parse(text).diagnostics.iter().map(|d| d.kind).collect();
    assert!(kinds.contains(&kind), "`{kind}` not among {kinds:?}");
}

/// Own text and children, joined, are the span of every provision; every locator leads back.
#[track_caller]
fn assert_lossless(document: &Document) {
    assert_eq!(
        document.provisions[0].span,
        Span::new(0, document.text.len())
    );
    for (at, provision) in document.provisions.iter().enumerate() {
        let mut end = provision.own.end;
        assert_eq!(provision.own.start, provision.span.start);
        for child in document.children(at) {
            assert_eq!(document.provisions[child].span.start, end);
            assert_eq!(document.provisions[child].parent, Some(at));
            end = document.provisions[child].span.end;
        }
        assert_eq!(end, provision.span.end);
        assert!(provision.span.slice(&document.text).is_some());
        let locator = document.locator(at);
        assert_eq!(document.resolve(&locator), Some(at), "{locator}");
        assert_eq!(locator.to_string().parse(), Ok(locator));
    }
}
