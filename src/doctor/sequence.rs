//! Numbers that are missing, repeated or out of order.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Level;
use crate::document::Provision;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let is_article = |provision: &&Provision| provision.level == Level::Article;
    let articles: Vec<&Provision> = case.document.provisions.iter().filter(is_article).collect();
    case.document
        .diagnostics
        .iter()
        .map(|diagnostic| concern(case, &articles, diagnostic))
        .collect()
}

fn concern(case: &Case<'_>, articles: &[&Provision], diagnostic: &Diagnostic) -> Concern {
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
        DiagnosticKind::ArticleGap => missing(articles, diagnostic),
        _ => None,
    };
    let message = message.unwrap_or_else(|| diagnostic.kind.to_string());
    Concern::new(code, gravity, message, advice).at(case, diagnostic.span.start)
}

/// Which Điều are missing before the one that the diagnostic points to.
fn missing(articles: &[&Provision], diagnostic: &Diagnostic) -> Option<String> {
    let n = articles.partition_point(|article| article.span.start <= diagnostic.span.start);
    let (here, above) = articles.get(..n)?.split_last()?;
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
