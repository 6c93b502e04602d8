//! What stands before the first Điều: the title, the sentence that promulgates, and in a
//! consolidated text the documents that it was made from.

use crate::document::Document;
use crate::document::DocumentKind;
use crate::document::Level;
use crate::document::RelationKind;
use crate::document::relation::clause;
use crate::document::relation::context::Context;
use crate::document::relation::reader::Reader;
use crate::document::relation::reference::references;
use crate::document::relation::verb::Voice;
use crate::document::relation::verb::Words;
use crate::text::Span;

/// How many lines a title may take.
const TITLE_LINES_MAX: usize = 8;
/// What a consolidated text says of itself (Ordinance 01/2012/UBTVQH13).
const CONSOLIDATED: [&str; 4] = [
    "được hợp nhất từ",
    "được sửa đổi, bổ sung bởi:",
    "sửa đổi, bổ sung bởi:",
    "Văn bản hợp nhất này",
];
/// What follows a title on the same line where a converter joined them.
const AFTER_TITLE: [&str; 5] = [
    " Căn cứ ",
    " BỘ TRƯỞNG ",
    " CHÍNH PHỦ ",
    " THỦ TƯỚNG ",
    " QUỐC HỘI ",
];

/// Where the body begins: at the first Điều, or at the start of a text without any.
pub(in crate::document) fn end(document: &Document) -> usize {
    let first = document
        .provisions
        .iter()
        .find(|p| p.level == Level::Article);
    first.map_or(0, |article| article.span.start)
}

/// Adds the documents that a consolidated text was made from; whether it is one.
pub(in crate::document) fn consolidates(reader: &mut Reader<'_>) -> bool {
    let text = &reader.document.text;
    let head = text.get(..end(reader.document)).unwrap_or_default();
    let is_consolidated = reader.document.facts.kind == Some(DocumentKind::Consolidation)
        || CONSOLIDATED.iter().any(|words| head.contains(words));
    if !is_consolidated {
        return false;
    }
    for line in lines(head) {
        let words = line.slice(text).unwrap_or_default();
        let is_told = ["Căn cứ", "(", "“"]
            .iter()
            .any(|first| words.starts_with(first));
        let is_listed =
            !is_told && (words.contains("có hiệu lực") || words.contains("về việc đính chính"));
        let found = references(reader.flat.slice(line), line.start, reader.laws);
        // A number that opens its line goes on with the line before.
        let named = |span: Span| {
            span.start > line.start || !words.starts_with(|c: char| c.is_ascii_digit())
        };
        let numbered = found.into_iter().find(|one| {
            let name = one.span.slice(text).unwrap_or_default();
            name.contains(|c: char| c.is_ascii_digit()) && !name.contains("VBHN")
        });
        if let Some(first) = numbered.filter(|first| is_listed && named(first.span)) {
            reader.state(RelationKind::Consolidates, first.span, first.reference);
        }
    }
    true
}

/// Reads the title and the sentence that promulgates.
pub(in crate::document) fn titles(reader: &mut Reader<'_>) {
    let head = Span::new(0, end(reader.document));
    let text = head.slice(&reader.document.text).unwrap_or_default();
    let lines = lines(text);
    for (at, line) in lines.iter().enumerate() {
        let title = title(reader, &lines, at).or_else(|| promulgated(reader, &lines, at, *line));
        if let Some(span) = title {
            reader.clause(span, true, false, &mut Context::default());
        }
    }
}

/// A title that begins with a verb on line `at`: `Sửa đổi, bổ sung một số điều của …`.
fn title(reader: &Reader<'_>, lines: &[Span], at: usize) -> Option<Span> {
    let line = *lines.get(at)?;
    if line.slice(&reader.document.text)?.starts_with('|') {
        return None;
    }
    let words = Words::of(reader.flat.slice(line), line.start);
    let first = clause::opening(reader.flat.slice(line), &words, line.start);
    let is_verb = words
        .verb_at(first)
        .is_some_and(|v| v.voice == Voice::Active);
    is_verb.then(|| joined(reader, lines, at, words.start(first).unwrap_or(line.start)))
}

/// `Chính phủ ban hành Nghị định sửa đổi, bổ sung một số điều của …`: from the verb on.
fn promulgated(reader: &Reader<'_>, lines: &[Span], at: usize, line: Span) -> Option<Span> {
    let words = Words::of(reader.flat.slice(line), line.start);
    let issues = words.find("ban hành", 0)?;
    let from = (issues + 3..issues + 7)
        .find(|&w| words.verb_at(w).is_some_and(|v| v.voice == Voice::Active))?;
    Some(joined(reader, lines, at, words.start(from)?))
}

/// From `start` to the end of the sentence that begins on line `at`.
fn joined(reader: &Reader<'_>, lines: &[Span], at: usize, start: usize) -> Span {
    let text = &reader.document.text;
    let mut end = lines.get(at).map_or(start, |line| line.end);
    for pair in lines.windows(2).skip(at).take(TITLE_LINES_MAX) {
        let [line, next] = pair else { break };
        let body = next.slice(text).unwrap_or_default().trim_start();
        let is_closed = line
            .slice(text)
            .is_some_and(|l| l.trim_end().ends_with(['.', ';', ':']));
        let is_apart = text
            .get(line.end..next.start)
            .is_some_and(|gap| gap.matches('\n').count() > 1);
        let goes_on = body.starts_with(|c: char| c.is_lowercase() || c.is_ascii_digit())
            || body.starts_with("Luật")
            || body.starts_with("Nghị định số");
        if is_closed || is_apart || !goes_on {
            break;
        }
        end = next.end;
    }
    let span = Span::new(start, end.max(start));
    let words = span.slice(text).unwrap_or_default();
    let cut = AFTER_TITLE
        .iter()
        .filter_map(|after| words.find(after))
        .min();
    Span::new(start, cut.map_or(span.end, |cut| start + cut))
}

/// The lines of `text` that hold anything.
fn lines(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if end > start {
            found.push(Span::new(start, end));
        }
        start += line.len();
    }
    found
}
