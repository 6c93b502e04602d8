//! Headings: the words that stand behind a number or on the lines below it.

use crate::document::Level;
use crate::document::line::is_upper;
use crate::document::line::lines;
use crate::document::line::starts_lower;
use crate::document::mark;
use crate::document::mark::Mark;
use crate::document::mark::Shape;
use crate::document::tree::Division;
use crate::text::Span;

/// A heading of an Điều is at most this long; longer first lines are its text.
const TITLE_BYTES_MAX: usize = 400;
/// The name of an entry, before its colon, is at most this long.
const NAME_BYTES_MAX: usize = 100;
/// A heading in capitals may run over this many lines.
const TITLE_LINES_MAX: usize = 5;

/// The division that `mark` opens at `depth`.
pub(super) fn division(text: &str, mark: &Mark, depth: usize) -> Division {
    let level = level(mark);
    let heading = match level {
        Level::Signature | Level::Clause | Level::Point | Level::Subpoint => None,
        Level::Article => article_heading(text, mark),
        Level::Heading | Level::Case | Level::Question => on_line(mark),
        _ => capitals(text, mark),
    };
    Division {
        level,
        label: mark.label.clone(),
        start: mark.start,
        heading,
        depth,
    }
}

/// The division that `mark` opens in guidance: whatever is no điểm is a heading, and a điểm may have
/// a title of its own (`a) Bối cảnh tình huống`).
pub(super) fn guidance(text: &str, mark: &Mark, depth: usize) -> Division {
    let mut division = division(text, mark, depth);
    match division.level {
        Level::Point | Level::Subpoint => division.heading = short_title(text, mark),
        Level::Case | Level::Question => {}
        _ => division.level = Level::Heading,
    }
    if division.level == Level::Heading {
        division.heading = on_line(mark);
        if matches!(mark.shape, Shape::Keyword(level) if level.is_container()) {
            division.label.clear();
        }
    }
    division
}

/// The words on the line of a mark before a colon, or all of them if they are no sentence.
fn short_title(text: &str, mark: &Mark) -> Option<Span> {
    let line = on_line(mark)?;
    let words = line.slice(text)?;
    let name = words.split_once(':').map(|(name, _)| name.trim_end());
    if let Some(name) = name.filter(|name| is_name(name)) {
        return Some(Span::new(line.start, line.start + name.len()));
    }
    let is_title = words.len() <= TITLE_BYTES_MAX / 2 && !words.ends_with(['.', ';', ',']);
    is_title.then_some(line)
}

/// Whether words before a colon name what follows: `Phí, lệ phí: Không`.
fn is_name(words: &str) -> bool {
    words.len() <= NAME_BYTES_MAX
        && words.starts_with(char::is_uppercase)
        && !words.contains(['.', ';'])
}

/// The level of a mark where nothing else says it.
fn level(mark: &Mark) -> Level {
    match mark.shape {
        Shape::Keyword(level) => level,
        Shape::Letter(_) => Level::Point,
        Shape::LetterNumber => Level::Subpoint,
        Shape::Signature => Level::Signature,
        _ => Level::Heading,
    }
}

fn on_line(mark: &Mark) -> Option<Span> {
    Some(mark.title).filter(|title| !title.is_empty())
}

/// The title of an Điều: on its line, or on the next where the line holds the number only. A first
/// line that is a sentence is text, not a title.
fn article_heading(text: &str, mark: &Mark) -> Option<Span> {
    let title = on_line(mark).or_else(|| {
        let next = lines_after(text, mark)
            .next()
            .filter(|next| !opens_division(text, *next))?;
        let opens = |body: &str| body.starts_with(char::is_uppercase);
        text.get(next.start..next.end)
            .filter(|body| opens(body))
            .map(|_| next)
    })?;
    let words = title.slice(text)?;
    let is_title = title.len() <= TITLE_BYTES_MAX && !words.ends_with(['.', ';', ':']);
    is_title.then_some(title)
}

/// A title behind the label and the lines in capitals that follow.
fn capitals(text: &str, mark: &Mark) -> Option<Span> {
    let below = lines_after(text, mark)
        .take(TITLE_LINES_MAX)
        .take_while(|span| span.slice(text).is_some_and(is_upper))
        .take_while(|span| !opens_division(text, *span));
    let mut title = on_line(mark).filter(|title| title.len() <= TITLE_BYTES_MAX);
    if title.is_some_and(|t| t.slice(text).is_some_and(|words| !is_upper(words))) {
        return title;
    }
    for line in below {
        title = Some(Span::new(title.map_or(line.start, |t| t.start), line.end));
    }
    title
}

/// The title of a form: the first line in capitals below its letterhead.
pub(super) fn below_letterhead(text: &str, mark: &Mark) -> Option<Span> {
    let mut below = lines_after(text, mark).take(TITLE_LINES_MAX);
    below.find(|span| {
        span.slice(text)
            .is_some_and(|line| is_upper(line) && !line.starts_with("ĐỘC LẬP"))
    })
}

/// Whether the words at `span` open a division of their own.
fn opens_division(text: &str, span: Span) -> bool {
    let found = span.slice(text).and_then(|line| mark::recognise(line, 0));
    // `QUY ĐỊNH CHUNG` heads a Chương; it is a regulation only where the text says so.
    found.is_some_and(|found| found.shape != Shape::Keyword(Level::Attachment))
}

/// The lines below the mark's own, as spans of the whole text without decoration.
fn lines_after<'t>(text: &'t str, mark: &Mark) -> impl Iterator<Item = Span> + 't {
    let from = mark.title.end;
    let rest = text.get(from..).unwrap_or_default();
    let line_end = rest.find('\n').unwrap_or(rest.len());
    let base = from + line_end;
    lines(rest.get(line_end..).unwrap_or_default())
        .map(move |line| Span::new(base + line.body_start, base + line.body_end()))
}

/// Whether the sentence that the mark's line belongs to goes on in the next line, as where
/// `Phụ lục I` stands alone on a wrapped line.
pub(super) fn runs_on(text: &str, mark: &Mark) -> bool {
    let next = lines_after(text, mark)
        .next()
        .and_then(|span| span.slice(text));
    mark.title.is_empty()
        && next.is_some_and(|line| starts_lower(line) || line.starts_with([',', ';']))
}

/// Whether one of the next lines says that this was issued with a document.
pub(super) fn is_issued_with(text: &str, mark: &Mark) -> bool {
    let mut below = lines_after(text, mark).take(TITLE_LINES_MAX);
    below.any(|span| {
        span.slice(text)
            .is_some_and(|line| line.contains("èm theo"))
    })
}
