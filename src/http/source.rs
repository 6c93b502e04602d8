//! What the store holds now of the words that an answer cited.
//!
//! A document may have changed since. Its provisions often share words, a time limit above all, so
//! the quote is looked for at the cited address only: the same words elsewhere are another rule.

use serde::Serialize;

use super::error::ApiError;
use crate::document::{Document, Locator};
use crate::index::Generation;
use crate::text::{Span, clip};
use crate::wire;

/// Bytes of source text shown on each side of a quote.
const CONTEXT_BYTES: usize = 300;
/// Bytes shown of a provision that has other words now; an appendix may run over many pages.
const PROVISION_BYTES_MAX: usize = 4_000;

/// What has become of a quote.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
enum State {
    /// It stands at the cited provision.
    Stands,
    /// The provision has other words now.
    Differs,
    /// The document has no such provision.
    ProvisionGone,
    /// The store has no such document.
    DocumentGone,
}

/// The source of one citation as it is stored now.
#[derive(Debug, Serialize)]
pub(super) struct SourceText {
    citation: usize,
    document_id: String,
    state: State,
    /// Whether the document is, to the letter, the one that was quoted.
    same_version: bool,
    /// Where `quote` lies now; nothing where document or provision is gone.
    span: Option<wire::Span>,
    context_before: String,
    /// The quote where it stands, else what the provision says now; empty where that is gone.
    quote: String,
    context_after: String,
}

impl SourceText {
    /// Looks `citation` up in the documents of `generation`.
    pub(super) fn of(citation: &wire::Citation, generation: &Generation) -> Result<Self, ApiError> {
        let mut source = Self {
            citation: citation.index,
            document_id: citation.document_id.clone(),
            state: State::DocumentGone,
            same_version: false,
            span: None,
            context_before: String::new(),
            quote: String::new(),
            context_after: String::new(),
        };
        if let Some((entry, document)) = generation.document(&citation.document_id)? {
            source.same_version = entry.version == citation.document_version;
            let (state, span) = place(citation, source.same_version, &document);
            source.state = state;
            source.show(span, &document.text);
        }
        Ok(source)
    }

    /// Takes over the words at `span` and what stands around them.
    fn show(&mut self, span: Option<Span>, text: &str) {
        let Some(span) = span else { return };
        let before = text.floor_char_boundary(span.start.saturating_sub(CONTEXT_BYTES));
        let after = text.floor_char_boundary(span.end.saturating_add(CONTEXT_BYTES));
        let slice = |from: usize, to: usize| text.get(from..to).unwrap_or_default().to_owned();
        self.span = Some(span.into());
        self.context_before = slice(before, span.start);
        self.quote = slice(span.start, span.end);
        self.context_after = slice(span.end, after);
    }
}

/// What has become of the quote in `document`, and where the words to be shown lie.
fn place(
    citation: &wire::Citation,
    same_version: bool,
    document: &Document,
) -> (State, Option<Span>) {
    let cited = Span {
        start: citation.span.start,
        end: citation.span.end,
    };
    if same_version && document.slice(cited) == citation.quote {
        return (State::Stands, Some(cited));
    }
    let Some(provision) = provision(&citation.locator, document) else {
        return (State::ProvisionGone, None);
    };
    let Some(at) = document.slice(provision).find(&citation.quote) else {
        return (State::Differs, Some(beginning(provision, &document.text)));
    };
    let start = provision.start + at;
    let end = start + citation.quote.len();
    (State::Stands, Some(Span { start, end }))
}

/// The provision at `address`. Resolving alone is too kind here: where khoản 2 of Điều 2 is gone it
/// goes on to the one in an appendix that has a khoản 2 Điều 2 of its own.
fn provision(address: &str, document: &Document) -> Option<Span> {
    let locator: Locator = address.parse().ok()?;
    let at = document.resolve(&locator)?;
    let is_as_deep = document.locator(at).steps.len() == locator.steps.len();
    let provision = document.provisions.get(at)?;
    is_as_deep.then_some(provision.span)
}

/// As much of `span` as is shown: whole lines, where it is too long.
fn beginning(span: Span, text: &str) -> Span {
    let whole = span.slice(text).unwrap_or_default();
    let clipped = clip(whole, PROVISION_BYTES_MAX);
    let lines = clipped.rsplit_once('\n').map(|(lines, _)| lines);
    let is_cut = clipped.len() < whole.len();
    let shown = lines.filter(|_| is_cut).unwrap_or(clipped).trim_end();
    Span {
        start: span.start,
        end: span.start + shown.len(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    const QUOTE: &str = "2. Thời hạn giải quyết: 05 ngày làm việc.";

    /// khoản 2 Điều 2 of a text of two articles.
    fn cited() -> wire::Citation {
        let text = guidance(QUOTE, QUOTE);
        let start = text.rfind(QUOTE).unwrap();
        let end = start + QUOTE.len();
        wire::Citation {
            index: 1,
            document_id: "thu-vien".to_owned(),
            document_version: String::new(),
            number: None,
            title: String::new(),
            locator: "khoản 2 Điều 2".to_owned(),
            quote: QUOTE.to_owned(),
            span: wire::Span { start, end },
            source_file: String::new(),
            page: None,
            is_recognised: false,
            note: None,
            effective: None,
            expires: None,
            standing: None,
        }
    }

    /// Two articles whose second clauses are `first` and `second`.
    fn guidance(first: &str, second: &str) -> String {
        format!(
            "Điều 1. Cấp thẻ\n1. Nộp tại thư viện.\n{first}\nĐiều 2. Tổ chức ngày hội\n1. Nộp tại xã.\n{second}\nĐiều 3. Thi hành\nTừ ngày ký.\n"
        )
    }

    /// What has become of the citation in `text`, another version, and the words to be shown.
    fn now(text: &str) -> (State, Option<String>) {
        let document = parse(text);
        let (state, span) = place(&cited(), false, &document);
        (state, span.map(|span| document.slice(span).to_owned()))
    }

    #[test]
    fn quote_in_an_unchanged_text_stands_where_it_was_cited() {
        let document = parse(&guidance(QUOTE, QUOTE));
        let (state, span) = place(&cited(), true, &document);
        assert_eq!(
            (state, span.map(wire::Span::from)),
            (State::Stands, Some(cited().span))
        );
    }

    #[test]
    fn quote_that_moved_with_its_provision_stands() {
        let text = format!("Lời nói đầu.\n{}", guidance(QUOTE, QUOTE));
        let (state, span) = place(&cited(), false, &parse(&text));
        assert_eq!(state, State::Stands);
        assert_eq!(span.unwrap().start, text.rfind(QUOTE).unwrap());
    }

    #[test]
    fn same_words_in_another_provision_are_not_the_quote() {
        let words = "2. Thời hạn giải quyết: 10 ngày làm việc.";
        assert_eq!(
            now(&guidance(QUOTE, words)),
            (State::Differs, Some(words.to_owned()))
        );
    }

    #[test]
    fn same_words_at_the_same_bytes_of_a_renumbered_provision_are_not_the_quote() {
        let text = guidance(QUOTE, QUOTE).replace("Điều 2.", "Điều 4.");
        assert_eq!(now(&text), (State::ProvisionGone, None));
    }

    #[test]
    fn provision_of_an_appendix_does_not_stand_in_for_one_that_is_gone() {
        let inner = guidance(QUOTE, QUOTE);
        let text = format!("Điều 1. Ban hành quy chế\nKèm theo.\nPHỤ LỤC I\nQUY CHẾ\n{inner}");
        assert_eq!(now(&text), (State::ProvisionGone, None));
    }

    #[test]
    fn long_provision_is_shown_in_whole_lines_up_to_a_bound() {
        let lines = format!(
            "2. Danh mục:\n{}",
            "Hồ sơ và giấy tờ kèm theo.\n".repeat(400)
        );
        let (state, words) = now(&guidance(QUOTE, &lines));
        let words = words.unwrap();
        assert_eq!(state, State::Differs);
        assert!(words.len() <= PROVISION_BYTES_MAX, "{}", words.len());
        assert!(words.len() > PROVISION_BYTES_MAX / 2 && words.ends_with("kèm theo."));
    }
}
