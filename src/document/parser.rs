//! From a canonical text to a [`Document`]: total, lossless, one pass per step.
//!
//! 1. Every line's mark is read ([`super::mark`]), which of them are quoted ([`super::quote`]) and
//!    which only list what comes ([`super::contents`]).
//! 2. The numbering of Điều tells which marks are headings ([`super::outline`]), then the numbering
//!    inside each Điều or, in guidance, of each kind of heading ([`super::inside`]).
//! 3. What is left without divisions is cut into paragraphs ([`super::paragraph`]).
//! 4. The headings are nested ([`super::tree`]).

use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Document;
use crate::document::Facts;
use crate::document::Level;
use crate::document::Provision;
use crate::document::contents;
use crate::document::line::Line;
use crate::document::line::lines;
use crate::document::mark;
use crate::document::mark::Mark;
use crate::document::outline;
use crate::document::paragraph;
use crate::document::quote::Quotes;
use crate::document::quote::is_quoted;
use crate::document::stated;
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
    let (mut marks, quoted, mut diagnostics) = scan(text);
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
    diagnostics.extend(empty(text, &provisions));
    diagnostics.sort_by_key(|d| (d.span, d.kind));
    let mut document = Document {
        text: text.to_owned(),
        provisions,
        facts: Facts::default(),
        quoted,
        diagnostics,
    };
    document.facts = stated::facts(&document);
    document
}

/// The marks of all lines in order, the quoted stretches, and what was odd about those.
fn scan(text: &str) -> (Vec<Mark>, Vec<Span>, Vec<Diagnostic>) {
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
    contents::remove(text, &mut marks);
    (marks, quoted, diagnostics)
}

/// The divisions that hold nothing but their number.
fn empty(text: &str, provisions: &[Provision]) -> Vec<Diagnostic> {
    let has_words = |p: &Provision| {
        let words = p.span.slice(text).unwrap_or_default().split_whitespace();
        p.heading.is_some()
            || words
                .skip(2)
                .any(|word| word.contains(char::is_alphanumeric))
    };
    let is_empty = |p: &&Provision| {
        matches!(p.level, Level::Part | Level::Chapter | Level::Article) && !has_words(p)
    };
    let kind = DiagnosticKind::HeadingEmpty;
    provisions
        .iter()
        .filter(is_empty)
        .map(|p| Diagnostic { kind, span: p.span })
        .collect()
}
