//! Abbreviations of administrative writing and of chat, read both ways.
//!
//! [`expand`] writes out what a question abbreviates; [`short_forms`] names the abbreviations of
//! what it writes out. The tables hold no rules: when a short form counts as one is its row's
//! `Rule`, and neighbouring words decide between readings. What they leave open stays as typed, and
//! every reading is offered for the search. Document numbers (`120/2025/NĐ-CP`) are never touched.
//!
//! # Ambiguities
//! TT (thông tư, trung tâm, thông tin, thị trấn), CT (chỉ thị, chủ tịch, chương trình), CV, KH, TB,
//! CC, TC, HN, BTC, TTCP, GDĐT, and in chat `tt`, `ct`, `đk`, `bh`, `cs`, `vc`, `hs`, `kh`, `ns`.
//! Before a number a kind of document is that kind; `context` lists the words that settle the others.
//! Without diacritics `so do` is left open too, since it may be `sổ đỏ` or `sơ đồ`.

mod administrative;
mod chat;
mod context;
mod lexicon;
mod locator;
mod question;
mod reading;
mod row;
#[cfg(test)]
mod tests;

pub use lexicon::short_forms;

use question::Question;
use reading::{Found, Reading, find};

use crate::text::{Span, strip_diacritics};

/// Bound on the passes over a question; each settles a form that the one before left open.
const ROUNDS_MAX: usize = 8;

/// A question as it was understood.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expanded {
    /// The question with its abbreviations written out in place.
    pub text: String,
    /// Further phrases to search for: all readings of what the context leaves open, each once.
    pub alternatives: Vec<String>,
    /// What was written out: where it stood in the original question, and what for.
    pub notes: Vec<(Span, String)>,
}

/// Writes out the abbreviations of a question.
///
/// What is put in has no diacritics where the question has none, and is in capitals where all of it
/// is. Expanding an expanded text changes nothing.
///
/// # Example
/// ```
/// use camnang::text::expand;
/// let understood = expand("Nộp TTHC theo khoản 2 Điều 5 NĐ 120/2025 dc k?");
/// assert_eq!(understood.text, "Nộp thủ tục hành chính theo khoản 2 Điều 5 Nghị định 120/2025 được không?");
/// assert_eq!(expand("gpxd nha o").text, "giay phep xay dung nha o");
/// assert_eq!(expand("Hỏi TT?").alternatives, ["thông tư", "trung tâm", "thông tin", "thị trấn"]);
/// ```
pub fn expand(question: &str) -> Expanded {
    let mut expanded = expand_once(question);
    for _ in 0..ROUNDS_MAX {
        let next = expand_once(&expanded.text);
        if next.notes.is_empty() {
            break;
        }
        expanded.follow(next);
    }
    expanded
}

/// One pass: a form that its neighbours leave open may be settled once these are written out.
fn expand_once(question: &str) -> Expanded {
    let question = Question::read(question);
    let mut expanded = Expanded::default();
    let mut copied = 0;
    let mut at = 0;
    while at < question.tokens.len() {
        let Some(found) = find(&question, at) else {
            at += 1;
            continue;
        };
        if let Some(span) = found_span(&question, at, &found) {
            expanded.record(&question, span, &found.reading, &mut copied);
        }
        at += found.n_words;
    }
    let rest = question.text.get(copied..).unwrap_or_default();
    expanded.text.push_str(rest);
    expanded
}

/// Where the short form stands, with its full stop if that belongs to it.
fn found_span(question: &Question<'_>, at: usize, found: &Found) -> Option<Span> {
    let first = question.tokens.get(at)?.span;
    let last = question.tokens.get(at + found.n_words - 1)?.span;
    Some(Span::new(
        first.start,
        last.end + usize::from(found.with_stop),
    ))
}

impl Expanded {
    /// Takes over the result of a further pass over this text.
    fn follow(&mut self, next: Self) {
        let moved = |(span, full): (Span, String)| {
            let start = self.original_offset(span.start);
            (Span::new(start, start + span.len()), full)
        };
        let notes: Vec<(Span, String)> = next.notes.into_iter().map(moved).collect();
        self.notes.extend(notes);
        self.notes.sort();
        self.text = next.text;
        self.alternatives = next.alternatives;
    }

    /// Where the character at `offset` of the text, which was copied, stood in the question.
    fn original_offset(&self, offset: usize) -> usize {
        let (mut original, mut here) = (0, 0);
        for (span, full) in &self.notes {
            let end = here + (span.start - original) + full.len();
            if offset < end {
                break;
            }
            (original, here) = (span.end, end);
        }
        original + (offset - here)
    }

    /// Takes over a reading; `copied` is how much of the question is already in the text.
    fn record(
        &mut self,
        question: &Question<'_>,
        span: Span,
        reading: &Reading,
        copied: &mut usize,
    ) {
        match reading {
            Reading::Sure(full) => {
                let full = as_typed(question, full);
                self.text
                    .push_str(question.text.get(*copied..span.start).unwrap_or_default());
                self.text.push_str(&full);
                self.notes.push((span, full));
                *copied = span.end;
            }
            Reading::Open(readings) => {
                for reading in readings.iter().map(|full| as_typed(question, full)) {
                    if !self.alternatives.contains(&reading) {
                        self.alternatives.push(reading);
                    }
                }
            }
        }
    }
}

/// `full` in the manner of the question: without diacritics, or in capitals.
fn as_typed(question: &Question<'_>, full: &str) -> String {
    let plain = if question.is_plain {
        strip_diacritics(full)
    } else {
        full.into()
    };
    if question.is_shouted {
        plain.to_uppercase()
    } else {
        plain.into_owned()
    }
}
