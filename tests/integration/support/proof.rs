//! The proof of an answer from outside, by what anybody can read: the documents.

use camnang::wire::{Answer, Citation, DocumentText};

/// Proves that every statement stands on citations and every citation on the text of its document,
/// which `read` gets by its id.
#[track_caller]
pub(crate) fn prove(answer: &Answer, mut read: impl FnMut(&str) -> DocumentText) {
    for (at, citation) in answer.citations.iter().enumerate() {
        assert_eq!(citation.index, at + 1, "{answer:?}");
        prove_citation(citation, &read(&citation.document_id));
    }
    for statement in &answer.statements {
        assert!(
            !statement.citations.is_empty(),
            "a statement without a chip: {statement:?}"
        );
        let cited: Vec<&Citation> = statement
            .citations
            .iter()
            .map(|&at| &answer.citations[at])
            .collect();
        let holds = |citation: &&Citation| citation.quote.contains(&statement.text);
        assert!(
            cited.iter().any(holds),
            "not in what it cites: {statement:?}"
        );
        assert!(
            statement
                .lead
                .as_ref()
                .is_none_or(|lead| statement.text.contains(lead.as_str())),
            "{statement:?}"
        );
    }
}

#[track_caller]
fn prove_citation(citation: &Citation, source: &DocumentText) {
    let (document, span) = (&source.document, citation.span);
    assert_eq!(
        source.text.get(span.start..span.end),
        Some(citation.quote.as_str()),
        "{citation:?}"
    );
    assert!(!citation.quote.trim().is_empty(), "{citation:?}");
    assert_eq!(citation.document_version, document.version);
    assert_eq!(
        (&citation.number, &citation.title),
        (&document.number, &document.title)
    );
    assert_eq!(citation.source_file, document.source_file);
    assert_eq!(
        (&citation.effective, &citation.expires),
        (&document.effective, &document.expires)
    );
    let mut named = source
        .provisions
        .iter()
        .filter(|provision| provision.locator == citation.locator);
    let holds =
        named.any(|provision| provision.span.start <= span.start && span.end <= provision.span.end);
    assert!(
        holds || citation.locator == "toàn văn",
        "not at its locator: {citation:?}"
    );
}
