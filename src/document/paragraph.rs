//! Paragraphs: how a stretch without divisions is cited.
//!
//! Guidance that is no legal text often has long stretches without numbers, and a citation must
//! still point at one place. Inside an Điều the law cites by khoản and điểm, and a form is blanks
//! to be filled in, so neither is cut further.

use crate::document::Level;
use crate::document::line::Line;
use crate::document::line::lines;
use crate::document::line::starts_lower;
use crate::document::tree::Division;
use crate::text::Span;

/// The depth of paragraphs: below everything.
const DEPTH: usize = usize::MAX;

/// Adds the paragraphs of every division that has none below it. `is_statute` says that the text
/// has Điều: then what stands before the first division is letterhead and stays whole.
pub(super) fn add(text: &str, divisions: Vec<Division>, is_statute: bool) -> Vec<Division> {
    let starts: Vec<usize> = divisions
        .iter()
        .map(|d| d.start)
        .chain([text.len()])
        .collect();
    let mut all = Vec::with_capacity(divisions.len());
    if !is_statute {
        all.extend(split(
            text,
            Span::new(0, starts.first().copied().unwrap_or(0)),
            None,
        ));
    }
    let depths: Vec<usize> = divisions.iter().map(|d| d.depth).chain([0]).collect();
    let mut closed = usize::MAX;
    for (at, division) in divisions.into_iter().enumerate() {
        if division.depth <= closed {
            closed = usize::MAX;
            if matches!(
                division.level,
                Level::Article | Level::Form | Level::Signature
            ) {
                closed = division.depth;
            }
        }
        let is_leaf = depths[at + 1] <= division.depth;
        let span = Span::new(division.start, starts[at + 1]);
        let heading = division.heading;
        let is_cut = is_leaf && closed == usize::MAX;
        all.push(division);
        if is_cut {
            all.extend(split(text, span, heading));
        }
    }
    all
}

/// The paragraphs in `span` behind its heading; none where there is only one.
fn split(text: &str, span: Span, heading: Option<Span>) -> Vec<Division> {
    let body = span.slice(text).unwrap_or_default();
    let first_line_end = span.start + body.find('\n').unwrap_or(body.len());
    let from = heading.map_or(span.start, |h| h.end.max(first_line_end));
    let mut starts: Vec<usize> = Vec::new();
    for line in lines(body) {
        let at = span.start + line.start;
        if at >= from && (starts.is_empty() || opens(&line)) {
            starts.push(at);
        }
    }
    if starts.len() < 2 {
        return Vec::new();
    }
    let division = |start| Division {
        level: Level::Paragraph,
        label: String::new(),
        start,
        heading: None,
        depth: DEPTH,
    };
    starts.into_iter().map(division).collect()
}

/// Whether a line begins a paragraph. A line in lower case goes on with the one before, as the
/// lines of a scanned page do; the rule below a table's header belongs to the header.
fn opens(line: &Line<'_>) -> bool {
    let is_rule = !line.body.contains(char::is_alphanumeric);
    !is_rule && !starts_lower(line.body)
}
