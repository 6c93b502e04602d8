//! Numbers that are missing, repeated or out of order.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Document;
use crate::document::Level;
use crate::document::Provision;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    case.document
        .diagnostics
        .iter()
        .map(|diagnostic| concern(case.document, diagnostic))
        .collect()
}

fn concern(document: &Document, diagnostic: &Diagnostic) -> Concern {
    let (code, gravity, advice) = match diagnostic.kind {
        DiagnosticKind::ArticleGap => (
            "article-gap",
            Gravity::Warning,
            "compare it with the source: text may be missing",
        ),
        DiagnosticKind::NumberSkipped => (
            "number-skipped",
            Gravity::Warning,
            "compare it with the source",
        ),
        DiagnosticKind::NumberRepeated => (
            "number-repeated",
            Gravity::Warning,
            "compare it with the source: two citations look alike",
        ),
        DiagnosticKind::NumberingRestarts => (
            "numbering-restarts",
            Gravity::Warning,
            "if two documents are in one file, divide it",
        ),
        DiagnosticKind::QuoteUnclosed => ("quote-unclosed", Gravity::Note, "close the quotation"),
        DiagnosticKind::HeadingEmpty => {
            ("heading-empty", Gravity::Note, "compare it with the source")
        }
        DiagnosticKind::HeadingIgnored => (
            "heading-ignored",
            Gravity::Warning,
            "compare it with the source",
        ),
        DiagnosticKind::NoStructure => (
            "no-structure",
            Gravity::Note,
            "citations name paragraphs; headings would be better",
        ),
    };
    let message = match diagnostic.kind {
        DiagnosticKind::ArticleGap => missing(document, diagnostic),
        _ => None,
    };
    let message = message.unwrap_or_else(|| diagnostic.kind.to_string());
    Concern::new(code, gravity, message, advice).at(document, diagnostic.span.start)
}

/// Which Điều are missing before the one that the diagnostic points to.
fn missing(document: &Document, diagnostic: &Diagnostic) -> Option<String> {
    let until = |article: &&Provision| article.span.start <= diagnostic.span.start;
    let articles: Vec<&Provision> = document
        .provisions
        .iter()
        .filter(|provision| provision.level == Level::Article)
        .take_while(until)
        .collect();
    let (here, above) = articles.split_last()?;
    let before = above
        .last()
        .map_or(Some(0), |article| number(&article.label))?;
    let (first, last) = (before + 1, number(&here.label)?.checked_sub(1)?);
    match last.checked_sub(first)? {
        0 => Some(format!(
            "Điều {first} is missing before Điều {}",
            here.label
        )),
        _ => Some(format!(
            "Điều {first} to {last} are missing before Điều {}",
            here.label
        )),
    }
}

fn number(label: &str) -> Option<u32> {
    label
        .trim_end_matches(|c: char| !c.is_ascii_digit())
        .parse()
        .ok()
}
