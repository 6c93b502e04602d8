//! Quoted text that spans lines: an amending document quotes the divisions of another one.
//!
//! `1. Sửa đổi khoản 2 Điều 5 như sau: “2. …` runs on until `”`. Nothing inside may become a
//! provision here. Sources lose closing quotes, so a quotation also ends where the next one is
//! announced, and one that never closes is no quotation.

use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Level;
use crate::document::line::Line;
use crate::document::mark;
use crate::document::mark::Mark;
use crate::document::mark::Shape;
use crate::text::Span;

/// How many lines a quotation may run that does not open a division of another document.
const INLINE_LINES_MAX: usize = 4;

/// The quoted stretches of a text, found line by line in one pass.
#[derive(Debug, Default)]
pub(super) struct Quotes {
    spans: Vec<Span>,
    open: Option<Open>,
    /// Start of the last line that announces a quotation (ends with `:`).
    announced_at: Option<usize>,
    diagnostics: Vec<Diagnostic>,
}

/// A quotation that has begun.
#[derive(Clone, Copy, Debug)]
struct Open {
    at: usize,
    /// Lines seen since.
    n_lines: usize,
    /// Whether it opens with a division (`“Điều 3a.`, `“2.`) and may run over many lines.
    is_block: bool,
    /// Whether its first line is a Markdown heading.
    is_hashed: bool,
}

/// What one line does to quotations: signs that have no partner on it.
#[derive(Clone, Copy, Debug, Default)]
struct Signs {
    /// Offset in the line of the last opening sign without its closing one.
    opener: Option<usize>,
    /// Offset just past the first closing sign without its opening one.
    closer: Option<usize>,
}

impl Quotes {
    /// Takes in the next line and its mark.
    pub(super) fn push(&mut self, line: &Line<'_>, mark: Option<&Mark>) {
        if mark.is_some_and(|mark| self.is_own(line, mark)) {
            self.break_off(line.start);
        }
        if has_sign(line.body) {
            self.take_signs(line);
        }
        self.expire();
        self.announced_at = line.body.ends_with(':').then_some(line.start);
    }

    /// Whether a heading inside an open quotation can only be this document's own: one that amends
    /// (`Điều 3. Sửa đổi …`), or a Markdown heading while the quotation is plain text.
    fn is_own(&self, line: &Line<'_>, mark: &Mark) -> bool {
        let Some(open) = self.open.filter(|open| open.is_block && open.n_lines > 0) else {
            return false;
        };
        mark.shape == Shape::Keyword(Level::Article)
            && (line.hashes > 0 && !open.is_hashed || mark::amends(line.body))
    }

    fn take_signs(&mut self, line: &Line<'_>) {
        let mut signs = unpaired(line.body, self.open.is_some());
        let starts = line.body.starts_with(['“', '"']);
        match (self.open, self.announced_at, signs.closer) {
            (Some(open), Some(announced), _) if starts && open.is_block && open.at < announced => {
                self.break_off(announced);
                signs = unpaired(line.body, false);
            }
            (Some(_), _, Some(closer)) => self.close(line.body_start + closer),
            _ => {}
        }
        if self.open.is_none()
            && let Some(at) = signs.opener
        {
            let is_block = opens_block(line.body, at);
            let is_hashed = line.hashes > 0;
            self.open = Some(Open {
                at: line.body_start + at,
                n_lines: 0,
                is_block,
                is_hashed,
            });
        }
    }

    fn expire(&mut self) {
        if let Some(open) = &mut self.open {
            open.n_lines += 1;
            if !open.is_block && open.n_lines > INLINE_LINES_MAX {
                self.open = None;
            }
        }
    }

    fn close(&mut self, end: usize) {
        if let Some(open) = self.open.take() {
            self.spans.push(Span::new(open.at, end.max(open.at)));
        }
    }

    /// Ends a quotation whose closing sign is missing.
    fn break_off(&mut self, end: usize) {
        if let Some(open) = self.open {
            self.close(end);
            self.diagnose(open.at);
        }
    }

    fn diagnose(&mut self, at: usize) {
        let span = Span::new(at, at);
        self.diagnostics.push(Diagnostic {
            kind: DiagnosticKind::QuoteUnclosed,
            span,
        });
    }

    /// The quoted stretches, in order, and what was odd.
    pub(super) fn finish(mut self) -> (Vec<Span>, Vec<Diagnostic>) {
        if let Some(open) = self.open.filter(|open| open.is_block) {
            self.diagnose(open.at);
        }
        (self.spans, self.diagnostics)
    }
}

fn has_sign(body: &str) -> bool {
    let bytes = body.as_bytes();
    bytes.contains(&b'"')
        || bytes
            .windows(2)
            .any(|pair| pair == [0x80, 0x9c] || pair == [0x80, 0x9d])
}

/// Pairs the signs of one line. A straight sign closes when something is open and opens otherwise.
fn unpaired(body: &str, inside: bool) -> Signs {
    let mut signs = Signs::default();
    let mut stack: Vec<usize> = Vec::new();
    for (at, c) in body.char_indices() {
        let opens = match c {
            '“' => true,
            '”' => false,
            '"' => stack.is_empty() && (!inside || signs.closer.is_some() || opens_word(body, at)),
            _ => continue,
        };
        if opens {
            stack.push(at);
        } else if stack.pop().is_none() && signs.closer.is_none() {
            signs.closer = Some(at + c.len_utf8());
        }
    }
    signs.opener = stack.pop();
    signs
}

/// Whether a straight sign stands before a word: `("abc`, not `abc")`.
fn opens_word(body: &str, at: usize) -> bool {
    let before = body.get(..at).and_then(|b| b.chars().next_back());
    let after = body.get(at + 1..).and_then(|a| a.chars().next());
    before.is_none_or(|c| c == ' ' || c == '(') && after.is_some_and(char::is_alphanumeric)
}

/// Whether a division stands behind the sign, at the line start or after a colon.
fn opens_block(body: &str, at: usize) -> bool {
    let before = body.get(..at).unwrap_or_default().trim_end();
    let quoted = body
        .get(at..)
        .unwrap_or_default()
        .trim_start_matches(['“', '"', ' ', '*']);
    (before.is_empty() || before.ends_with(':')) && mark::recognise(quoted, 0).is_some()
}

/// Whether `at` lies in one of `spans`, which are in order.
pub(super) fn is_quoted(spans: &[Span], at: usize) -> bool {
    let next = spans.partition_point(|span| span.end <= at);
    spans.get(next).is_some_and(|span| span.start <= at)
}
