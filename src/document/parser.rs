//! From a canonical text to a [`Document`]: total, lossless, one pass per step.
//!
//! 1. Every line's mark is read ([`super::mark`]), and which of them are quoted ([`super::quote`]).
//! 2. The numbering of Điều tells which marks are headings ([`super::outline`]), then the numbering
//!    inside each Điều or, in guidance, of each kind of heading ([`super::inside`]).
//! 3. What is left without divisions is cut into paragraphs ([`super::paragraph`]).
//! 4. The headings are nested ([`super::tree`]).

use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Document;
use crate::document::Facts;
use crate::document::line::Line;
use crate::document::line::lines;
use crate::document::mark;
use crate::document::mark::Mark;
use crate::document::outline;
use crate::document::paragraph;
use crate::document::quote::Quotes;
use crate::document::quote::is_quoted;
use crate::document::tree;
use crate::text::Span;

/// Parses a canonical text.
///
/// Never fails: a text without any structure has a root and paragraphs. `text` should come from
/// [`crate::text::canonicalise`]; on other text the structure may be missed but spans stay right.
///
/// # Example
/// ```
/// use camnang::document;
/// let document = document::parse("Chương I\nQUY ĐỊNH CHUNG\nĐiều 1. Phạm vi\n1. Khai sinh.\n2. Khai tử.");
/// let clause = document.resolve(&"khoản 2 Điều 1".parse().unwrap()).unwrap();
/// assert_eq!(document.slice(document.provisions[clause].span), "2. Khai tử.");
/// ```
pub fn parse(text: &str) -> Document {
    let (mut marks, mut diagnostics) = scan(text);
    let outline = outline::choose(text, &mut marks);
    diagnostics.extend(outline.diagnostics);
    if outline.divisions.is_empty() {
        let span = Span::new(0, text.len());
        diagnostics.push(Diagnostic {
            kind: DiagnosticKind::NoStructure,
            span,
        });
    }
    let divisions = paragraph::add(text, outline.divisions, outline.is_statute);
    let mut provisions = tree::assemble(text.len(), divisions);
    diagnostics.extend(tree::name(&mut provisions));
    diagnostics.sort_by_key(|d| (d.span, d.kind));
    let mut document = Document {
        text: text.to_owned(),
        provisions,
        facts: Facts::default(),
        diagnostics,
    };
    document.facts = Facts::of(&document);
    document
}

/// The marks of all lines, in order, and what was odd about the quotations.
fn scan(text: &str) -> (Vec<Mark>, Vec<Diagnostic>) {
    let mut quotes = Quotes::default();
    let mut marks = Vec::new();
    let mut previous: Option<Line<'_>> = None;
    for line in lines(text) {
        let mark = mark::read(&line, previous.as_ref());
        quotes.push(&line, mark.as_ref());
        marks.extend(mark);
        previous = Some(line);
    }
    let (quoted, diagnostics) = quotes.finish();
    for mark in &mut marks {
        mark.is_quoted = is_quoted(&quoted, mark.start);
    }
    (marks, diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Level;
    use proptest::prelude::*;

    /// The outline of a text: one line per provision with its locator's first step and heading.
    fn outline(document: &Document) -> String {
        let mut lines = Vec::new();
        for at in 1..document.provisions.len() {
            let depth = document.ancestors(at).count() - 1;
            let step = document.locator(at).steps.first().map(ToString::to_string);
            let heading = document
                .heading(at)
                .map(|h| format!(" | {h}"))
                .unwrap_or_default();
            lines.push(format!(
                "{}{}{heading}",
                "  ".repeat(depth),
                step.unwrap_or_default()
            ));
        }
        lines.join("\n")
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let document = parse(text);
        assert_lossless(&document);
        let expected: Vec<&str> = expected.trim_matches('\n').lines().collect();
        let margin = expected
            .first()
            .map_or(0, |l| l.len() - l.trim_start().len());
        let expected: Vec<&str> = expected
            .iter()
            .map(|l| l.get(margin..).unwrap_or(l))
            .collect();
        assert_eq!(outline(&document), expected.join("\n"));
    }

    #[track_caller]
    fn check_diagnostic(text: &str, kind: DiagnosticKind) {
        let kinds: Vec<DiagnosticKind> = parse(text).diagnostics.iter().map(|d| d.kind).collect();
        assert!(kinds.contains(&kind), "{kind} not among {kinds:?}");
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
                end = document.provisions[child].span.end;
            }
            assert_eq!(end, provision.span.end);
            assert!(provision.span.slice(&document.text).is_some());
            let locator = document.locator(at);
            assert_eq!(document.resolve(&locator), Some(at), "{locator}");
        }
    }

    #[test]
    fn parse_legal_text_nests_all_levels() {
        check(
            "Chương I\nQUY ĐỊNH CHUNG\nMục 1. ĐĂNG KÝ\nĐiều 1. Phạm vi\nLời dẫn.\n1. Một:\na) A;\nđ) Đ:\nđ1) Tiết một;\nđ2) Tiết hai.\n2. Hai.\nĐiều 2. Đối tượng\nMột câu.\nĐiều 3a. Chèn\nChương II\nTHI HÀNH\nĐiều 4. Hiệu lực\nNơi nhận:\n- Như trên.",
            "
            Chương I | QUY ĐỊNH CHUNG
              mục 1 | ĐĂNG KÝ
            ",
        );
    }
}
