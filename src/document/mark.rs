//! Marks: what the start of one line says about the division it may open.
//!
//! Everything here is lexical and looks at one line and the end of the one before. Whether a mark
//! truly opens a division is decided by the numbering as a whole ([`super::sequence`]).

use crate::document::Level;
use crate::document::keyword;
use crate::document::line::Line;
use crate::document::line::ends_sentence;
use crate::document::line::is_upper;
use crate::document::line::starts_lower;
use crate::document::ordinal::Ordinal;
use crate::document::sequence::STRONG;
use crate::text::Span;
use crate::text::fold_word;
use crate::text::words;

/// The name of an entry, before its colon, is at most this long.
const ENTRY_NAME_BYTES_MAX: usize = 100;

/// How a mark is written; marks of one numbering share their shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) enum Shape {
    /// `Điều 5.`, `Chương I`, `Tình huống số 2`: the word names the level.
    Keyword(Level),
    /// `II.`
    Roman,
    /// `B.`
    Capital,
    /// `2.`, `2)`, `2/`; with the sign behind the number.
    Number(char),
    /// `2.1.`; with how many numbers.
    Decimal(usize),
    /// `b)`, `b.`; with the sign behind the letter.
    Letter(char),
    /// `đ2)`.
    LetterNumber,
    /// `## Tên mục` without a number; with how many hashes.
    Markdown(usize),
    /// `Nơi nhận:`, `TM. CHÍNH PHỦ`.
    Signature,
    /// `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`, at the head of a document or form.
    Letterhead,
}

/// The start of a line that may open a division.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) shape: Shape,
    /// As printed, without its sign: `5`, `3a`, `II`, `2.1`, `đ2`.
    pub(super) label: String,
    pub(super) ordinal: Ordinal,
    /// Where the line starts.
    pub(super) start: usize,
    /// What follows the mark on its line; may be empty.
    pub(super) title: Span,
    /// How much the line looks like a heading.
    pub(super) weight: i32,
    /// Hashes before it, 0 outside Markdown.
    pub(super) hashes: usize,
    /// Whether it stands inside a quotation.
    pub(super) is_quoted: bool,
}

/// A mark as found in the words of a line, before the line around it is considered.
pub(super) struct Found<'t> {
    pub(super) shape: Shape,
    pub(super) label: String,
    pub(super) ordinal: Ordinal,
    /// The words behind the mark.
    pub(super) rest: &'t str,
    pub(super) weight: i32,
}

/// Reads the mark of `line`, if it has one. `previous` is the last line before it that holds words.
pub(super) fn read(line: &Line<'_>, previous: Option<&Line<'_>>) -> Option<Mark> {
    let found = recognise(line.body, line.hashes)?;
    let standing = line.hashes > 0 || line.is_bold || line.after_blank || is_upper(line.body);
    let fits = standing || previous.is_none_or(|p| ends_sentence(p.body));
    let mut weight = if fits { found.weight } else { found.weight - 2 };
    let is_article = found.shape == Shape::Keyword(Level::Article);
    if is_article
        && line.hashes == 0
        && !amends(line.body)
        && previous.is_some_and(announces_amendment)
    {
        weight -= 2 * STRONG;
    }
    let title = found.rest.trim_start_matches(['*', '_', ' ']);
    let end = line.body_end();
    Some(Mark {
        shape: found.shape,
        label: found.label,
        ordinal: found.ordinal,
        start: line.start,
        title: Span::new(end - title.len(), end),
        weight,
        hashes: line.hashes,
        is_quoted: false,
    })
}

/// Whether the line says that another document's text follows.
fn announces_amendment(line: &Line<'_>) -> bool {
    line.body.ends_with("như sau:")
        && ["ửa đổi", "ổ sung", "hay thế"]
            .iter()
            .any(|verb| line.body.contains(verb))
}

/// Whether a heading says that it changes another document.
pub(super) fn amends(body: &str) -> bool {
    let title = body.split_once(['.', ':']).map_or("", |(_, title)| title);
    let mut found = words(title).take(2).map(|(word, _)| fold_word(word).bare);
    let verb = (
        found.next().unwrap_or_default(),
        found.next().unwrap_or_default(),
    );
    matches!(
        (verb.0.as_str(), verb.1.as_str()),
        ("sua", "doi") | ("bo", "sung") | ("thay", "the") | ("bai", "bo")
    )
}

/// The mark at the start of `body`.
pub(super) fn recognise(body: &str, hashes: usize) -> Option<Found<'_>> {
    let first = body.chars().next()?;
    let found = if first.is_ascii_digit() {
        number(body)
    } else if first.is_alphabetic() {
        letter(body, first)
            .or_else(|| roman(body))
            .or_else(|| keyword::recognise(body, hashes))
    } else {
        littered(body)
    };
    found.or_else(|| (hashes > 0).then(|| markdown(body, hashes)))
}

/// An Điều behind the litter of a scan or a list sign: `- Điều 15.`, `: ### Điều 4.`.
fn littered(body: &str) -> Option<Found<'_>> {
    let clean = body.trim_start_matches(|c: char| !c.is_alphanumeric() && !matches!(c, '“' | '"'));
    let found = keyword::recognise(clean, 0).filter(|_| clean.starts_with(['Đ', 'D']))?;
    let is_article = found.shape == Shape::Keyword(Level::Article);
    is_article.then(|| Found {
        weight: found.weight - 2,
        ..found
    })
}

fn markdown(body: &str, hashes: usize) -> Found<'_> {
    Found {
        shape: Shape::Markdown(hashes),
        label: String::new(),
        ordinal: Ordinal::default(),
        rest: body,
        weight: STRONG,
    }
}

/// `2.`, `2a)`, `2/`, `2.1.`, `1. Tình huống số 01:`.
fn number(body: &str) -> Option<Found<'_>> {
    let end = body
        .find(|c: char| !c.is_ascii_alphanumeric() && c != 'đ')
        .unwrap_or(body.len());
    let (label, rest) = body.split_at_checked(end)?;
    if let Some(found) = decimal(body) {
        return Some(found);
    }
    let is_plain = !label.contains(char::is_uppercase);
    let ordinal = Ordinal::arabic(label).filter(|o| is_plain && o.number < 1000)?;
    let sign = rest
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ')' | '/'))?;
    let rest = rest.get(1..)?;
    if !is_open(rest) {
        return None;
    }
    if let Some(case) = keyword::situation(rest.trim_start_matches(['*', '_', ' '])) {
        return Some(case);
    }
    let weight = if starts_lower(rest.trim_start()) {
        STRONG - 1
    } else {
        STRONG
    };
    Some(Found {
        shape: Shape::Number(sign),
        label: keyword::trimmed(label),
        ordinal,
        rest,
        weight,
    })
}

/// Whether words may follow here: after a sign comes a space, a letter or the end of the line, not
/// a digit as in `2.000`.
fn is_open(rest: &str) -> bool {
    rest.chars()
        .next()
        .is_none_or(|c| !c.is_ascii_digit() && !matches!(c, '.' | ',' | ')' | '/'))
}

/// `2.1`, `2.1.`, `1.2.3)`, up to four numbers below 100 each.
fn decimal(body: &str) -> Option<Found<'_>> {
    let end = body
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(body.len());
    let (digits, rest) = body.split_at_checked(end)?;
    let label = digits.trim_end_matches('.');
    let parts: Vec<&str> = label.split('.').collect();
    let is_small = |part: &&str| !part.is_empty() && part.len() <= 2;
    if !(2..=4).contains(&parts.len()) || !parts.iter().all(is_small) {
        return None;
    }
    let closed = digits.len() > label.len() || rest.starts_with(')');
    let rest = rest.strip_prefix(')').unwrap_or(rest);
    let words = rest.trim_start_matches(['*', '_', ' ']);
    let titled = words.chars().next().is_some_and(char::is_uppercase);
    if !(titled || closed && (words.is_empty() || rest.starts_with(' '))) {
        return None;
    }
    let ordinal = Ordinal::arabic(parts.last()?)?;
    let weight = if titled { STRONG } else { STRONG - 2 };
    let shape = Shape::Decimal(parts.len());
    Some(Found {
        shape,
        label: keyword::trimmed(label),
        ordinal,
        rest,
        weight,
    })
}

/// `b)`, `đ.`, `đ2)`, `a.1)`, `B.`.
fn letter(body: &str, first: char) -> Option<Found<'_>> {
    let rest = body.get(first.len_utf8()..)?;
    let sign = rest.chars().next()?;
    if matches!(sign, ')' | '.') && is_open(rest.get(1..)?) {
        return single_letter(first, sign, rest.get(1..)?);
    }
    if sign == ' ' {
        return unsigned_entry(first, rest);
    }
    let digits = rest.strip_prefix('.').unwrap_or(rest);
    let end = digits
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(digits.len());
    let tail = digits.get(end..)?;
    let closed = tail.strip_prefix(')').or_else(|| tail.strip_prefix('.'))?;
    if !first.is_lowercase() || end == 0 || end > 2 || !is_open(closed) {
        return None;
    }
    let ordinal = Ordinal::arabic(digits.get(..end)?)?;
    Ordinal::letter(first)?;
    let label = body.get(..body.len() - tail.len())?.to_owned();
    Some(Found {
        shape: Shape::LetterNumber,
        label,
        ordinal,
        rest: closed,
        weight: STRONG,
    })
}

/// `c Đối tượng thực hiện: Cá nhân`: an entry of a procedure sheet whose dot was forgotten. It
/// counts where it goes on with the entries around it.
fn unsigned_entry(first: char, rest: &str) -> Option<Found<'_>> {
    let ordinal = Ordinal::letter(first).filter(|o| first.is_lowercase() && o.number > 1)?;
    let (name, _) = rest.split_once(':')?;
    let is_name = name.len() <= ENTRY_NAME_BYTES_MAX
        && name.trim_start().starts_with(char::is_uppercase)
        && !name.contains(['.', ';']);
    is_name.then(|| Found {
        shape: Shape::Letter('.'),
        label: first.to_string(),
        ordinal,
        rest,
        weight: STRONG - 2,
    })
}

fn single_letter(first: char, sign: char, rest: &str) -> Option<Found<'_>> {
    let label = first.to_string();
    if first.is_lowercase() {
        let ordinal = Ordinal::letter(first)?;
        let weight = if sign == ')' { STRONG } else { STRONG - 1 };
        return Some(Found {
            shape: Shape::Letter(sign),
            label,
            ordinal,
            rest,
            weight,
        });
    }
    // `I.` and `V.` count as Roman; a lettered numbering takes them back where it needs them.
    if let Some(ordinal) = Ordinal::roman(&label) {
        return Some(Found {
            shape: Shape::Roman,
            label,
            ordinal,
            rest,
            weight: STRONG,
        });
    }
    let ordinal = Ordinal::letter(first)?;
    Some(Found {
        shape: Shape::Capital,
        label,
        ordinal,
        rest,
        weight: STRONG - 1,
    })
}

/// `II.`, `IV)`, `III - `.
fn roman(body: &str) -> Option<Found<'_>> {
    let end = body.find(|c: char| !matches!(c, 'I' | 'V' | 'X' | 'L'))?;
    let (label, rest) = body
        .split_at_checked(end)
        .filter(|(label, _)| !label.is_empty())?;
    let ordinal = Ordinal::roman(label)?;
    let spaced = rest.trim_start();
    let sign = spaced
        .chars()
        .next()
        .filter(|c| matches!(c, '.' | ')' | '/' | '-' | '–' | ':'))?;
    let rest = spaced.get(sign.len_utf8()..).filter(|rest| is_open(rest))?;
    let dashed = matches!(sign, '-' | '–');
    if dashed && !is_upper(rest) {
        return None;
    }
    Some(Found {
        shape: Shape::Roman,
        label: label.to_owned(),
        ordinal,
        rest,
        weight: STRONG,
    })
}
