//! The text as clauses are read from it: byte for byte as long, without layout and quotations.

use crate::document::Document;
use crate::document::Level;
use crate::text::Span;

/// What stands for every byte of a quotation.
const MASK: char = '~';
/// A remark in brackets that is longer is a paragraph that lost its closing bracket.
const REMARK_BYTES_MAX: usize = 900;

/// The text of a document in which line ends and Markdown are spaces, remarks in brackets are
/// blank and quotations are masked. Spans are those of the canonical text.
#[derive(Debug)]
pub(in crate::document) struct Flat {
    pub(in crate::document) text: String,
    /// The insides of quotations, in order.
    pub(in crate::document) quotes: Vec<Span>,
}

impl Flat {
    pub(in crate::document) fn of(document: &Document) -> Self {
        let text = &document.text;
        let mut quotes = inline_quotes(text);
        quotes.extend(
            document
                .quoted
                .iter()
                .map(|quote| trusted(document, *quote)),
        );
        quotes.sort_unstable();
        let mut masked = String::with_capacity(text.len());
        let mut remarks = Remarks::default();
        let mut next = quotes.iter().copied().peekable();
        let mut quoted_to = 0;
        for (at, c) in text.char_indices() {
            while let Some(quote) = next.next_if(|quote| quote.start <= at) {
                quoted_to = quoted_to.max(quote.end);
            }
            let plain = if at < quoted_to {
                MASK
            } else if remarks.holds(text, at, c) || is_layout(c) {
                ' '
            } else {
                c
            };
            let n_bytes = if plain == c { 1 } else { c.len_utf8() };
            masked.extend(std::iter::repeat_n(plain, n_bytes));
        }
        Self {
            text: masked,
            quotes,
        }
    }

    pub(in crate::document) fn slice(&self, span: Span) -> &str {
        span.slice(&self.text).unwrap_or_default()
    }

    /// The quotations that lie in `span`, as they stand in `text` without their signs.
    pub(in crate::document) fn quoted(&self, text: &str, span: Span) -> Vec<(Span, String)> {
        let first = self
            .quotes
            .partition_point(|quote| quote.start < span.start);
        let inside = self.quotes.iter().skip(first);
        inside
            .take_while(|quote| quote.end <= span.end)
            .filter_map(|quote| Some((*quote, quote.slice(text)?)))
            .map(|(quote, words)| (quote, words.trim_matches(is_sign).to_owned()))
            .collect()
    }
}

/// A quotation up to the first Điều inside that the parser took for this document's own: its closing
/// sign is lost.
fn trusted(document: &Document, quote: Span) -> Span {
    let provisions = &document.provisions;
    let first = provisions.partition_point(|p| p.span.start <= quote.start);
    let own = provisions
        .iter()
        .skip(first)
        .find(|p| p.level == Level::Article || p.level == Level::Signature);
    let end = own.map_or(quote.end, |own| {
        own.span.start.clamp(quote.start, quote.end)
    });
    Span::new(quote.start, end)
}

/// Follows remarks in brackets: `(sau đây gọi là Nghị định số 15/2021/NĐ-CP)`.
#[derive(Debug, Default)]
struct Remarks {
    end: usize,
}

impl Remarks {
    fn holds(&mut self, text: &str, at: usize, c: char) -> bool {
        if c == '(' && at >= self.end {
            self.end = close(text, at).unwrap_or(at);
        }
        at < self.end
    }
}

/// Where the bracket that opens at `at` closes.
fn close(text: &str, at: usize) -> Option<usize> {
    let mut depth = 0;
    let rest = text.get(at..)?.char_indices();
    for (offset, c) in rest.take_while(|(offset, _)| *offset <= REMARK_BYTES_MAX) {
        match c {
            '(' => depth += 1,
            ')' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at + offset + 1);
        }
    }
    None
}

/// Line ends and the signs of Markdown.
fn is_layout(c: char) -> bool {
    matches!(c, '\n' | '*' | '_' | '>' | '|' | '#' | '`')
}

fn is_sign(c: char) -> bool {
    matches!(c, '“' | '”' | '"' | ' ' | '*')
}

/// The quotations that open and close on one line.
fn inline_quotes(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut open: Option<(usize, char)> = None;
    for (at, c) in text.char_indices() {
        match (open, c) {
            (_, '\n') => open = None,
            (None, '“' | '"') => open = Some((at, c)),
            (Some((start, '“')), '”') | (Some((start, '"')), '"') => {
                found.push(Span::new(start, at + c.len_utf8()));
                open = None;
            }
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::parse;

    #[test]
    fn layout_remarks_and_quotations_are_taken_out() {
        let text = "**1.** Sửa “điểm a”\n(sau đây là A) hết";
        let flat = Flat::of(&parse(text));
        assert_eq!(flat.text.len(), text.len());
        assert!(flat.text.starts_with("  1.   Sửa ~~~") && flat.text.ends_with(" hết"));
        assert!(!flat.text.contains("sau đây"));
        let quoted = flat.quoted(text, Span::new(0, text.len()));
        assert_eq!(quoted.len(), 1);
        assert_eq!(quoted[0].1, "điểm a");
    }

    #[test]
    fn brackets_that_never_close_are_not_followed_to_the_end_of_the_text() {
        // Were each followed, it would be 2 * 10^11 steps.
        let text = format!("Điều 1. {}", "(".repeat(600_000));
        assert_eq!(Flat::of(&parse(&text)).text, text);
        let nested = format!("Theo {}a{} b", "(".repeat(100), ")".repeat(100));
        assert!(!Flat::of(&parse(&nested)).text.contains('a'));
    }

    #[test]
    fn bracket_of_a_point_is_no_remark() {
        let flat = Flat::of(&parse("a) Khai sinh (lần đầu"));
        assert_eq!(flat.text, "a) Khai sinh (lần đầu");
    }
}
