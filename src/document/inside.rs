//! What lies inside a division: khoản and điểm in an Điều, headings of any kind in guidance.

use crate::document::DiagnosticKind;
use crate::document::Level;
use crate::document::mark::Mark;
use crate::document::mark::Shape;
use crate::document::ordinal::Ordinal;
use crate::document::outline::ARTICLE;
use crate::document::outline::Outline;
use crate::document::sequence::Candidate;
use crate::document::sequence::best_chain;
use crate::document::title;

/// How deep headings of guidance nest; also bounds the work on hostile input.
const NESTING_MAX: usize = 8;
/// How many kinds of numbering are tried in one stretch.
const FAMILIES_MAX: usize = 6;

/// Adds the khoản, điểm and tiết among the marks of one Điều.
pub(super) fn divide_article(text: &str, marks: &[Mark], outline: &mut Outline) {
    let sign = marks.iter().find_map(|mark| match mark.shape {
        Shape::Number(sign) if mark.ordinal == Ordinal::plain(1) => Some(sign),
        _ => None,
    });
    let is_clause = |mark: &Mark| mark.shape == Shape::Number(sign.unwrap_or('.'));
    split(marks, is_clause, outline, |part, outline| match part {
        Part::Before(marks) => divide_points(text, marks, outline),
        Part::Child(mark, marks) => {
            let mut division = title::division(text, mark, ARTICLE + 1);
            division.level = Level::Clause;
            division.heading = None;
            outline.divisions.push(division);
            divide_points(text, marks, outline);
        }
    });
}

/// Adds the điểm among `marks`, and the tiết of each.
fn divide_points(text: &str, marks: &[Mark], outline: &mut Outline) {
    let sign = marks.iter().find_map(|mark| match mark.shape {
        Shape::Letter(sign) if mark.ordinal == Ordinal::plain(1) => Some(sign),
        _ => None,
    });
    let Some(sign) = sign else { return };
    split(
        marks,
        |mark| mark.shape == Shape::Letter(sign),
        outline,
        |part, outline| {
            let Part::Child(mark, marks) = part else {
                return;
            };
            outline
                .divisions
                .push(title::division(text, mark, ARTICLE + 2));
            divide_subpoints(text, mark, marks, ARTICLE + 3, outline);
        },
    );
}

/// Adds the tiết of one điểm: those that begin with its letter.
fn divide_subpoints(text: &str, point: &Mark, marks: &[Mark], depth: usize, outline: &mut Outline) {
    let is_tiet = |m: &Mark| m.shape == Shape::LetterNumber && m.label.starts_with(&point.label);
    split(marks, is_tiet, outline, |part, outline| {
        if let Part::Child(mark, _) = part {
            outline.divisions.push(title::division(text, mark, depth));
        }
    });
}

/// A stretch of marks cut at the members of one numbering.
enum Part<'m> {
    /// What stands before the first member.
    Before(&'m [Mark]),
    /// A member and the marks up to the next one.
    Child(&'m Mark, &'m [Mark]),
}

/// Cuts `marks` at the best numbering among those that `is_member` picks. Says whether there is one.
fn split<'m>(
    marks: &'m [Mark],
    is_member: impl Fn(&Mark) -> bool,
    outline: &mut Outline,
    mut visit: impl FnMut(Part<'m>, &mut Outline),
) -> bool {
    let chain = chain(marks, is_member, outline);
    let first = chain.first().copied().unwrap_or(marks.len());
    visit(
        Part::Before(marks.get(..first).unwrap_or_default()),
        outline,
    );
    for (at, &member) in chain.iter().enumerate() {
        let end = chain.get(at + 1).copied().unwrap_or(marks.len());
        visit(
            Part::Child(&marks[member], &marks[member + 1..end]),
            outline,
        );
    }
    !chain.is_empty()
}

/// The members of the best numbering, by position. Numbering never restarts inside a division, and
/// Markdown headings need no number.
fn chain(marks: &[Mark], is_member: impl Fn(&Mark) -> bool, outline: &mut Outline) -> Vec<usize> {
    let found: Vec<usize> = (0..marks.len())
        .filter(|&at| is_member(&marks[at]))
        .collect();
    if found.first().is_some_and(|&at| marks[at].hashes > 0) {
        return found;
    }
    let candidates: Vec<Candidate> = found
        .iter()
        .map(|&at| Candidate {
            ordinal: marks[at].ordinal,
            scope: 0,
            weight: marks[at].weight,
        })
        .collect();
    let mut chain: Vec<usize> = best_chain(&candidates)
        .into_iter()
        .map(|at| found[at])
        .collect();
    let backwards = |w: &[usize]| marks[w[1]].ordinal < marks[w[0]].ordinal;
    if let Some(restart) = chain.windows(2).position(backwards) {
        chain.truncate(restart + 1);
    }
    for pair in chain.windows(2) {
        if !marks[pair[1]].ordinal.follows(marks[pair[0]].ordinal) {
            outline.diagnose(DiagnosticKind::NumberSkipped, marks[pair[1]].title);
        }
    }
    chain
}

/// Adds the headings, situations and questions of a stretch without Điều.
pub(super) fn divide_guidance(text: &str, marks: &[Mark], outline: &mut Outline) {
    divide_headings(text, marks, &mut Vec::new(), outline);
}

/// `above` holds the numberings of the headings around this stretch: the same one cannot nest in
/// itself.
fn divide_headings(text: &str, marks: &[Mark], above: &mut Vec<Family>, outline: &mut Outline) {
    let depth = ARTICLE + 1 + above.len();
    let hashed = Family::hashed(marks);
    let mut tried: Vec<Family> = Vec::new();
    let starts = if above.len() < NESTING_MAX {
        marks
    } else {
        &[]
    };
    for start in starts {
        let is_new = |f: &Family| !tried.contains(f) && !above.contains(f);
        let opened = hashed.clone().or_else(|| Family::opened_by(start));
        let Some(family) = opened.filter(is_new) else {
            continue;
        };
        above.push(family.clone());
        let done = split(
            marks,
            |mark| family.has(mark),
            outline,
            |part, outline| {
                let (mark, marks) = match part {
                    Part::Child(mark, marks) => (mark, marks),
                    Part::Before(marks) => {
                        divide_before(text, marks, &family, above, outline);
                        return;
                    }
                };
                outline.divisions.push(title::guidance(text, mark, depth));
                match mark.shape {
                    // Below a điểm come tiết only, as in law.
                    Shape::Letter(_) => divide_subpoints(text, mark, marks, depth + 1, outline),
                    Shape::LetterNumber => {}
                    _ => divide_headings(text, marks, above, outline),
                }
            },
        );
        above.pop();
        tried.push(family);
        if done || tried.len() == FAMILIES_MAX {
            return;
        }
    }
}

/// Adds the headings before the first one of `family`, which is the last in `above`.
///
/// Only before Markdown headings, and only where there are none: a numbered text with forms behind
/// it whose titles alone are set as headings.
fn divide_before(
    text: &str,
    marks: &[Mark],
    family: &Family,
    above: &mut Vec<Family>,
    outline: &mut Outline,
) {
    let is_numbered = marks.iter().all(|mark| mark.hashes == 0);
    if !is_numbered || !matches!(family, Family::Hashed(_)) {
        return;
    }
    let family = above.pop();
    divide_headings(text, marks, above, outline);
    above.extend(family);
}

/// The marks that make one numbering of headings.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Family {
    /// All Markdown headings of one rank, numbered or not.
    Hashed(usize),
    /// One way of numbering; for `2.1` with the numbers before the last, which siblings share.
    Numbered(Shape, String),
}

impl Family {
    /// The widest Markdown headings among `marks`: they go before all others.
    fn hashed(marks: &[Mark]) -> Option<Self> {
        let hashes = marks.iter().map(|mark| mark.hashes);
        hashes.filter(|&hashes| hashes > 0).min().map(Self::Hashed)
    }

    /// The numbering that `start` opens, if it can open one: it counts 1.
    fn opened_by(start: &Mark) -> Option<Self> {
        let can_open = match start.shape {
            Shape::Keyword(level) => is_heading(level),
            Shape::Signature | Shape::Letterhead => false,
            _ => true,
        };
        let opens = can_open && start.ordinal == Ordinal::plain(1);
        opens.then(|| Self::Numbered(start.shape, prefix(start).to_owned()))
    }

    fn has(&self, mark: &Mark) -> bool {
        match self {
            Self::Hashed(hashes) => mark.hashes == *hashes,
            Self::Numbered(shape, numbers) => mark.shape == *shape && prefix(mark) == numbers,
        }
    }
}

/// Whether the name of this level heads a division of guidance.
fn is_heading(level: Level) -> bool {
    matches!(level, Level::Case | Level::Question | Level::Section)
}

/// `2` of `2.1`; nothing for other shapes.
fn prefix(mark: &Mark) -> &str {
    match mark.shape {
        Shape::Decimal(_) => mark.label.rsplit_once('.').map_or("", |(prefix, _)| prefix),
        _ => "",
    }
}
