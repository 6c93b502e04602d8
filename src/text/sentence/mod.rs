//! Sentences of a canonical text: the units that are quoted and cited.
//!
//! A line is a paragraph of its own, unless it was wrapped: a line without final punctuation that
//! goes on in lower case. Inside a paragraph a full stop ends a sentence only where it is neither
//! part of a number (`1.500.000`, `01.7.2025`), nor a label (`Điều 5.`, `2.1.`), nor an abbreviation
//! (`TP.`, `KT.`). `120/2025/NĐ-CP.` is an ordinary end. List items divided by `;` stand alone.

mod stop;
#[cfg(test)]
mod tests;

use stop::is_bound_stop;

use crate::text::Span;

/// The sentences of `text`, in order.
///
/// The spans are trimmed, not empty and disjoint, and together cover every character that is not
/// a space. `text` is expected in canonical form; other text is split too, only less well.
///
/// # Example
/// ```
/// use camnang::text::sentences;
/// let text = "Điều 5. Lệ phí\n1. Lệ phí là 1.500 đồng. UBND TP. Huế thu:\na) Tiền mặt;\nb) Chuyển khoản.";
/// let found: Vec<&str> = sentences(text).filter_map(|span| span.slice(text)).collect();
/// assert_eq!(found, [
///     "Điều 5. Lệ phí",
///     "1. Lệ phí là 1.500 đồng.",
///     "UBND TP. Huế thu:",
///     "a) Tiền mặt;",
///     "b) Chuyển khoản.",
/// ]);
/// ```
pub fn sentences(text: &str) -> impl Iterator<Item = Span> {
    paragraphs(text)
        .into_iter()
        .flat_map(|paragraph| split(text, paragraph))
}

/// Lines, with wrapped ones joined.
fn paragraphs(text: &str) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    let mut previous = "";
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        match found.last_mut() {
            Some(open) if is_wrapped(previous, line) => open.end = end,
            _ => found.push(Span::new(start, end)),
        }
        previous = line.trim();
        start = end;
    }
    found
}

/// Whether `next` goes on with the sentence that `previous` left open.
fn is_wrapped(previous: &str, next: &str) -> bool {
    let is_open = previous
        .trim_end_matches(is_closer)
        .ends_with(|c: char| !is_final(c) && !matches!(c, ';' | ':'));
    is_open && next.trim_start().starts_with(char::is_lowercase) && !starts_item(next)
}

/// Whether `text` opens with the label of a list item: `a)`, `đ2)`, `b.`, `1)`.
fn starts_item(text: &str) -> bool {
    let Some(label) = text
        .split_whitespace()
        .next()
        .and_then(|word| word.strip_suffix([')', '.', '/']))
    else {
        return false;
    };
    let rest = label.strip_prefix(char::is_lowercase).unwrap_or(label);
    !label.is_empty() && label.chars().count() <= 3 && rest.chars().all(|c| c.is_ascii_digit())
}

/// The sentences of one paragraph.
fn split(text: &str, paragraph: Span) -> Vec<Span> {
    let body = paragraph.slice(text).unwrap_or_default();
    let mut found = Vec::new();
    let mut start = 0;
    for (at, mark) in body.char_indices() {
        if at >= start
            && let Some(end) = boundary(body, start, at, mark)
        {
            found.extend(trimmed(body, start, end, paragraph.start));
            start = end;
        }
    }
    found.extend(trimmed(body, start, body.len(), paragraph.start));
    found
}

/// `body[start..end]` without outer space, as a span of the text in which `body` starts at `base`.
fn trimmed(body: &str, start: usize, end: usize, base: usize) -> Option<Span> {
    let piece = body.get(start..end)?;
    let lead = piece.len() - piece.trim_start().len();
    let from = base + start + lead;
    let span = Span::new(from, from + piece.trim().len());
    (!span.is_empty()).then_some(span)
}

/// Where the sentence that began at `start` ends, if the character `mark` at `at` ends it.
fn boundary(body: &str, start: usize, at: usize, mark: char) -> Option<usize> {
    match mark {
        ';' | ':' => item_boundary(body, at),
        mark if is_final(mark) => final_boundary(body, start, at, mark),
        _ => None,
    }
}

/// A list that runs on in one line: `gồm: a) Tờ khai; b) Giấy chứng sinh`.
fn item_boundary(body: &str, at: usize) -> Option<usize> {
    let rest = body.get(at + 1..)?;
    (rest.starts_with(char::is_whitespace) && is_bracketed_item(rest)).then_some(at + 1)
}

fn is_bracketed_item(rest: &str) -> bool {
    starts_item(rest)
        && rest
            .split_whitespace()
            .next()
            .is_some_and(|word| word.ends_with(')'))
}

fn final_boundary(body: &str, start: usize, at: usize, mark: char) -> Option<usize> {
    let before = body.get(start..at)?;
    let tail = body.get(at..)?;
    if before.ends_with(is_final) {
        return None;
    }
    let run = tail.trim_start_matches(|c| is_final(c) || is_closer(c));
    let end = at + (tail.len() - run.len());
    let marks = body.get(at..end)?;
    let next = run.trim_start().chars().next()?;
    let goes_on = next.is_lowercase() && !is_bracketed_item(run);
    let may_go_on = matches!(mark, '.' | '…') || marks.ends_with(is_closer);
    let is_bound =
        is_blank(marks) || (mark == '.' && !marks.starts_with("..") && is_bound_stop(before));
    (run.starts_with(char::is_whitespace) && !(goes_on && may_go_on) && !is_bound).then_some(end)
}

/// The dotted line of a form, which is to be filled in: `Họ và tên: ........ Sinh ngày: ……`
fn is_blank(marks: &str) -> bool {
    marks.matches('.').count() > 3 || marks.matches('…').count() > 1
}

fn is_final(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…')
}

fn is_closer(c: char) -> bool {
    matches!(c, '”' | '"' | '»' | '\'' | '’' | ')' | ']')
}
