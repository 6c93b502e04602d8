//! How a text names another document: by number, or a law by its title.

use std::fmt;

use crate::document::Date;
use crate::document::DocumentNumber;
use crate::document::Mention;
use crate::document::relation::Flat;
use crate::text::Span;
use crate::text::clip;
use crate::text::fold_text;

/// How far before its number the title of a law begins.
const TITLE_BYTES_MAX: usize = 160;
/// How laws are named, with the space before their title.
const LAWS: [&str; 3] = ["Bộ luật ", "Luật ", "Pháp lệnh "];
/// What ends the title of a law whose number the text never gives.
const TITLE_ENDS: [&str; 14] = [
    ",",
    ";",
    ":",
    ".",
    "(",
    " số ",
    " năm ",
    " ngày ",
    " được ",
    " đã ",
    " và ",
    " về ",
    " hết ",
    " có ",
];

/// Another document, as a text names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reference {
    /// By its full number.
    Number(DocumentNumber),
    /// By a number that lacks its year or its suffix.
    Mention(Mention),
    /// By its title: `Luật Công đoàn năm 1990`.
    Title {
        /// The title with the kind, on one line: `Luật Công đoàn`.
        title: String,
        /// The year, where it is given.
        year: Option<u16>,
    },
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(f),
            Self::Mention(mention) => {
                f.write_str(&mention.number)?;
                mention.year.map_or(Ok(()), |year| write!(f, "/{year}"))?;
                mention
                    .suffix
                    .as_ref()
                    .map_or(Ok(()), |suffix| write!(f, "/{suffix}"))
            }
            Self::Title { title, year } => {
                f.write_str(title)?;
                year.map_or(Ok(()), |year| write!(f, " năm {year}"))
            }
        }
    }
}

impl Reference {
    /// Whether this names a document with that number and title.
    pub fn names(&self, number: Option<&DocumentNumber>, title: Option<&str>) -> bool {
        match self {
            Self::Number(own) => number.is_some_and(|number| number.key() == own.key()),
            Self::Mention(mention) => number.is_some_and(|number| mention.matches(number)),
            Self::Title { title: own, year } => {
                let same_year = year.is_none_or(|year| {
                    number
                        .and_then(|number| number.year)
                        .is_none_or(|y| y == year)
                });
                same_year && title.is_some_and(|title| same_title(own, title))
            }
        }
    }

    /// Whether it says enough to act on: a number alone (`số 1`) counts something else.
    pub(in crate::document) fn is_clear(&self) -> bool {
        match self {
            Self::Mention(mention) => mention.year.is_some() || mention.number.contains('.'),
            _ => true,
        }
    }

    /// The year of the document, where it is known.
    pub(in crate::document) fn year(&self) -> Option<u16> {
        match self {
            Self::Number(number) => number.year,
            Self::Mention(mention) => mention.year,
            Self::Title { year, .. } => *year,
        }
    }

    fn of(mention: Mention) -> Self {
        mention
            .number()
            .map_or(Self::Mention(mention), Self::Number)
    }
}

/// Whether two titles of laws agree; the kind may be missing on one side.
fn same_title(a: &str, b: &str) -> bool {
    bare_title(a) == bare_title(b)
}

/// The title of a law in search form, without its kind.
pub(in crate::document) fn bare_title(title: &str) -> String {
    let folded = fold_text(title, false);
    folded.strip_prefix("luat ").unwrap_or(&folded).to_owned()
}

/// A reference with its place.
#[derive(Clone, Debug)]
pub(in crate::document) struct Found {
    pub(in crate::document) span: Span,
    pub(in crate::document) reference: Reference,
}

/// The laws that a text gives once with their number, so that the title alone means them too.
#[derive(Debug, Default)]
pub(in crate::document) struct Laws(Vec<(String, Reference)>);

impl Laws {
    /// Reads `Luật Đất đai số 31/2024/QH15` wherever it stands.
    pub(in crate::document) fn of(flat: &Flat) -> Self {
        let text = &flat.text;
        let mut laws = Vec::new();
        for (at, _) in text.match_indices("/QH") {
            let Some((number_at, number)) = number_before(text, at) else {
                continue;
            };
            let Some(start) = law_before(text, number_at) else {
                continue;
            };
            let title = text.get(start..number_at).unwrap_or_default();
            let title = title.trim().trim_end_matches("số").trim_end();
            let folded = fold_text(title, false);
            if folded.split(' ').count() > 1 && laws.iter().all(|(known, _)| *known != folded) {
                laws.push((folded, Reference::Number(number)));
            }
        }
        for base in ["Căn cứ Luật ", "Căn cứ Bộ luật "] {
            for (at, _) in text.match_indices(base) {
                let start = at + "Căn cứ ".len();
                laws.extend(based(text.get(start..).unwrap_or_default()));
            }
        }
        laws.sort_by_key(|(title, _)| std::cmp::Reverse(title.len()));
        Self(laws)
    }

    /// The law whose title begins `text`, and where the title ends.
    fn starting(&self, text: &str) -> Option<(&Reference, usize)> {
        let head = clip(text, TITLE_BYTES_MAX);
        let folded = fold_text(head, false);
        let is_title = |title: &str| {
            folded
                .strip_prefix(title)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        };
        let (title, law) = self.0.iter().find(|(title, _)| is_title(title))?;
        let n_words = title.split(' ').count();
        let (_, last) = crate::text::words(head).nth(n_words - 1)?;
        Some((law, last.end))
    }
}

/// A law that the legal bases give by its date: `Luật An toàn, vệ sinh lao động ngày 25 tháng 6 năm
/// 2015`. Its title may hold commas, which elsewhere end one.
fn based(text: &str) -> Option<(String, Reference)> {
    let head = clip(text, TITLE_BYTES_MAX);
    let end = head.find(" ngày ")?;
    let title = head.get(..end)?;
    let year = Date::find_in(head.get(end..)?).map(Date::year);
    let is_title = !title.contains([';', '.', ':']) && !title.contains("sửa đổi");
    let title = one_line(title);
    is_title.then(|| (fold_text(&title, false), Reference::Title { title, year }))
}

/// The number that holds the slash at `slash`, and where it starts.
fn number_before(text: &str, slash: usize) -> Option<(usize, DocumentNumber)> {
    let before = text.get(..slash)?;
    let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '/')?;
    let start = start + before.get(start..)?.chars().next()?.len_utf8();
    let found = DocumentNumber::find_in(clip(text.get(start..)?, 40));
    let (_, mention) = found.into_iter().next()?;
    match Reference::of(mention) {
        Reference::Number(number) => Some((start, number)),
        _ => None,
    }
}

/// Where the name of the law begins whose number stands at `number`.
fn law_before(text: &str, number: usize) -> Option<usize> {
    let mut from = number.saturating_sub(TITLE_BYTES_MAX);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let before = text.get(from..number)?;
    let start = LAWS.iter().filter_map(|law| before.rfind(law)).max()?;
    let code = before.get(..start)?.ends_with("Bộ ");
    let title = before.get(start..)?;
    let is_title = !title.contains([';', ':', '.', '~'])
        && !title.contains(|c: char| c.is_ascii_digit())
        && !title.contains("sửa đổi");
    is_title.then_some(from + start - if code { "Bộ ".len() } else { 0 })
}

/// The year that tells two laws of one title apart: ` năm 2014`, ` 2014`.
fn year_behind(text: &str) -> Option<u16> {
    let text = text.trim_start();
    let text = text.strip_prefix("năm ").unwrap_or(text);
    let year = text.get(..4)?.parse().ok()?;
    let ends = !text
        .get(4..)?
        .starts_with(|c: char| c.is_alphanumeric() || c == '/');
    (ends && (1945..2100).contains(&year)).then_some(year)
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<&str>>().join(" ")
}

/// The documents that `text` names, in order; their places are moved by `base`.
pub(in crate::document) fn references(text: &str, base: usize, laws: &Laws) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    for (span, mention) in DocumentNumber::find_in(text) {
        let is_law = mention
            .suffix
            .as_deref()
            .is_some_and(|suffix| suffix.contains("QH"));
        let start = law_before(text, span.start).filter(|_| is_law);
        let start = start.unwrap_or(span.start).min(span.start);
        found.push(Found {
            span: Span::new(start, span.end),
            reference: Reference::of(mention),
        });
    }
    let numbered = found.len();
    for law in ["Luật ", "Pháp lệnh "] {
        for (at, _) in text.match_indices(law) {
            let is_numbered = found
                .iter()
                .take(numbered)
                .any(|f| f.span.start <= at && at < f.span.end);
            found.extend(titled(text, at, law, laws).filter(|_| !is_numbered));
        }
    }
    for one in &mut found {
        one.span = Span::new(base + one.span.start, base + one.span.end);
    }
    found.sort_by_key(|one| one.span);
    found
}

/// The law that is named by its title at `at`.
fn titled(text: &str, at: usize, law: &str, laws: &Laws) -> Option<Found> {
    let rest = text.get(at..)?;
    if !rest.get(law.len()..)?.starts_with(char::is_uppercase) {
        return None;
    }
    if let Some((law, end)) = laws.starting(rest) {
        let year = year_behind(rest.get(end..)?);
        let is_other = year.is_some_and(|year| law.year().is_some_and(|own| own != year));
        let reference = if is_other {
            let title = one_line(rest.get(..end)?);
            Reference::Title { title, year }
        } else {
            law.clone()
        };
        return Some(Found {
            span: Span::new(at, at + end),
            reference,
        });
    }
    let head = clip(rest, TITLE_BYTES_MAX);
    let end = TITLE_ENDS.iter().filter_map(|end| head.find(end)).min();
    let title = head.get(..end.unwrap_or(head.len()))?.trim_end();
    let after = rest.get(title.len()..)?;
    let year = year_behind(after);
    let end = at + title.len();
    Some(Found {
        span: Span::new(at, end),
        reference: Reference::Title {
            title: one_line(title),
            year,
        },
    })
}
