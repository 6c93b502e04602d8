//! What a word of a question stands for: which row, and which of its readings.

use crate::text::abbreviation::context::{is_foreign, reading_between};
use crate::text::abbreviation::lexicon::{Pattern, candidates, is_kind_word};
use crate::text::abbreviation::locator;
use crate::text::abbreviation::question::Question;
use crate::text::abbreviation::row::Rule;
use crate::text::fold_word;

/// A short form found in a question.
pub(super) struct Found {
    /// How many words it takes.
    pub(super) n_words: usize,
    /// Whether the full stop after it belongs to it.
    pub(super) with_stop: bool,
    pub(super) reading: Reading,
}

/// What a short form stands for.
pub(super) enum Reading {
    /// This, written in its place.
    Sure(String),
    /// One of these; the short form stays.
    Open(&'static [&'static str]),
}

impl Found {
    fn word(full: String) -> Self {
        Self {
            n_words: 1,
            with_stop: false,
            reading: Reading::Sure(full),
        }
    }
}

/// The short form that begins at word `at`, if one does.
pub(super) fn find(question: &Question<'_>, at: usize) -> Option<Found> {
    if question.is_in_document_number(at) {
        return None;
    }
    if let Some(full) = locator::full_word(question, at) {
        return Some(Found::word(full.to_owned()));
    }
    if locator::is_label(question, at) || is_foreign(question.bare(at), question.bare_before(at)) {
        return None;
    }
    if let Some(full) = thousands(question, at).or_else(|| glued_kind(question, at)) {
        return Some(Found::word(full));
    }
    let pattern = candidates(question.bare(at))
        .iter()
        .find(|pattern| admits(pattern, question, at))?;
    let with_stop = pattern.row.1 == Rule::Dotted;
    Some(Found {
        n_words: pattern.n_words(),
        with_stop,
        reading: choose(pattern, question, at),
    })
}

/// Whether the short form of `pattern` stands at word `at` and counts as one there.
fn admits(pattern: &Pattern, question: &Question<'_>, at: usize) -> bool {
    if !pattern.stands_at(question, at) || is_split_name(pattern, question, at) {
        return false;
    }
    let is_printed = !question.is_shouted && pattern.is_exact(question, at);
    match pattern.row.1 {
        Rule::Free => true,
        Rule::Capitals => is_printed,
        Rule::Kind => is_printed || is_numbered(pattern, question, at),
        Rule::Paper => is_printed || is_cited(pattern, question, at),
        Rule::Dotted => pattern.is_exact(question, at) && question.gap_after(at).starts_with('.'),
        Rule::Marked => pattern.is_marked(question, at),
        Rule::Name => admits_name(pattern, question, at, is_printed),
        Rule::Chat => admits_chat(pattern, question, at),
    }
}

/// Whether the pattern would take only a part of `TT-BYT` or `QĐ-UBND`, which name one thing.
fn is_split_name(pattern: &Pattern, question: &Question<'_>, at: usize) -> bool {
    let last = at + pattern.n_words() - 1;
    let opens = question.gap_after(last) == "-" && is_kind_word(question.bare(last));
    let closes = question.gap_before(at) == "-" && is_kind_word(question.bare_before(at));
    opens || closes
}

/// Whether a number of two digits or more follows, or any number with a stroke.
fn is_numbered(pattern: &Pattern, question: &Question<'_>, at: usize) -> bool {
    let number = question.number_after(at + pattern.n_words() - 1);
    let is_long = number.is_some_and(|i| {
        question
            .tokens
            .get(i)
            .is_some_and(|token| token.word.len() > 1)
    });
    is_long || is_cited(pattern, question, at)
}

/// Whether a number with a stroke follows: `kh 12/KH-UBND`.
fn is_cited(pattern: &Pattern, question: &Question<'_>, at: usize) -> bool {
    let number = question.number_after(at + pattern.n_words() - 1);
    number.is_some_and(|i| question.gap_after(i).trim() == "/")
}

/// `VNeID` and `AI` as printed; `so do` only where diacritics are missing, and not in `ho so do`.
fn admits_name(pattern: &Pattern, question: &Question<'_>, at: usize, is_printed: bool) -> bool {
    let is_typed_plain = !pattern.row.0.contains(char::is_uppercase);
    if is_typed_plain {
        question.is_plain && question.bare_before(at) != "ho"
    } else {
        is_printed || pattern.row.0.len() > 2
    }
}

/// Small letters (the first may be a capital, as at a sentence start); single letters stand apart.
fn admits_chat(pattern: &Pattern, question: &Question<'_>, at: usize) -> bool {
    let mut letters = question
        .tokens
        .get(at)
        .map_or("", |token| token.word)
        .chars();
    let first = letters.next().unwrap_or_default();
    let is_single = letters.as_str().is_empty() && pattern.n_words() == 1;
    let is_small = !letters.as_str().contains(char::is_uppercase);
    match pattern.row.0 {
        _ if is_single => first.is_lowercase() && question.is_apart(at),
        "ad" => is_small && is_addressed(question, at),
        _ => is_small || question.is_shouted,
    }
}

/// Whether word `at` opens or closes the question, or is called: `ad ơi`, `ad cho hỏi`.
fn is_addressed(question: &Question<'_>, at: usize) -> bool {
    let is_called = matches!(question.bare(at + 1), "oi" | "cho" | "giup");
    at == 0 || at + 1 == question.tokens.len() || is_called
}

fn choose(pattern: &Pattern, question: &Question<'_>, at: usize) -> Reading {
    let (short, rule, readings) = *pattern.row;
    let last = at + pattern.n_words() - 1;
    let is_kind = matches!(rule, Rule::Kind | Rule::Paper);
    let has_number = is_kind && question.number_after(last).is_some();
    let between = || {
        let (before, after) = (question.two_before(at), question.two_after(last));
        reading_between(question.bare(at), &before, &after, readings)
    };
    let full = match readings {
        _ if rule == Rule::Name => None,
        [only] => Some(*only),
        [first, ..] if has_number => Some(*first),
        _ => between(),
    };
    let is_title = has_number && is_capital(question, at) && short.starts_with(char::is_uppercase);
    full.map_or(Reading::Open(readings), |full| {
        Reading::Sure(if is_title {
            capitalised(full)
        } else {
            full.to_owned()
        })
    })
}

fn is_capital(question: &Question<'_>, at: usize) -> bool {
    question
        .tokens
        .get(at)
        .is_some_and(|token| token.word.starts_with(char::is_uppercase))
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// A sum in thousands: `500k` is 500.000. `điều 5k` is an article.
fn thousands(question: &Question<'_>, at: usize) -> Option<String> {
    let digits = question.tokens.get(at)?.word.strip_suffix('k')?;
    let is_sum = (1..=4).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit());
    let is_address = matches!(
        question.bare_before(at),
        "dieu" | "khoan" | "diem" | "d" | "k"
    );
    if !is_sum || is_address || digits.starts_with('0') {
        return None;
    }
    let (millions, rest) = digits.split_at_checked(digits.len().saturating_sub(3))?;
    let dot = if millions.is_empty() { "" } else { "." };
    Some(format!("{millions}{dot}{rest}.000"))
}

/// A kind of document written together with its number: `NĐ154/2026`.
fn glued_kind(question: &Question<'_>, at: usize) -> Option<String> {
    let word = question.tokens.get(at)?.word;
    let (short, digits) = word.split_at_checked(word.find(|c: char| c.is_ascii_digit())?)?;
    let is_number = digits.len() > 1 && digits.chars().all(|c| c.is_ascii_digit());
    let bare = fold_word(short).bare;
    let is_kind = |pattern: &&Pattern| pattern.n_words() == 1 && pattern.row.1 == Rule::Kind;
    let full = candidates(&bare).iter().find(is_kind)?.row.2.first()?;
    let full = if is_capital(question, at) {
        capitalised(full)
    } else {
        (*full).to_owned()
    };
    is_number.then(|| format!("{full} {digits}"))
}
