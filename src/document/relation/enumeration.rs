//! Lists of addresses: `điểm c khoản 1 và khoản 2 Điều 6, các Điều 3, 13 và 14`.
//!
//! Amending clauses run many addresses together and give each wider step once, behind the narrower
//! ones. A list is read from its end: what stands there is widest and is shared to the left.

use crate::document::Level;
use crate::document::Locator;
use crate::document::Step;
use crate::document::address::named_step;
use crate::document::address::rank;
use crate::document::label::read_label;
use crate::document::ordinal::Ordinal;
use crate::document::ordinal::numbers_between;
use crate::document::piece::Piece;
use crate::document::piece::follow;
use crate::document::piece::pieces;
use crate::text::Span;

/// The letters that may number điểm, in order.
const ALPHABET: &str = "abcdđeghiklmnopqrstuvxy";

/// Addresses that stand together, with their place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::document) struct Enumeration {
    pub(in crate::document) span: Span,
    pub(in crate::document) locators: Vec<Locator>,
}

/// The lists of addresses in `text`, in order; their places are moved by `base`.
pub(in crate::document) fn enumerations(text: &str, base: usize) -> Vec<Enumeration> {
    let pieces = pieces(text);
    let mut found = Vec::new();
    let mut at = 0;
    while at < pieces.len() {
        let Some((groups, next)) = read(&pieces, at) else {
            at += 1;
            continue;
        };
        let (first, last) = (&pieces[at], &pieces[next - 1]);
        found.push(Enumeration {
            span: Span::new(base + first.span.start, base + last.span.end),
            locators: locators(&groups),
        });
        at = next;
    }
    found
}

/// One level with its numbers: `khoản 2 và 3`.
#[derive(Debug)]
struct Group {
    level: Level,
    labels: Vec<String>,
    /// Whether the next group is the wider step of this one.
    is_inside_next: bool,
}

/// Reads groups from piece `at` on, and says which piece follows.
fn read(pieces: &[Piece<'_>], at: usize) -> Option<(Vec<Group>, usize)> {
    let (group, mut next) = read_group(pieces, at)?;
    let mut groups = vec![group];
    while let Some((link, from)) = link(pieces, next) {
        let Some((group, after)) = read_group(pieces, from) else {
            break;
        };
        let Some(last) = groups.last_mut() else { break };
        let is_wider = rank(group.level) < rank(last.level);
        let may_nest = matches!(group.level, Level::Article | Level::Clause);
        last.is_inside_next = is_wider
            && match link {
                Link::None => true,
                Link::Comma => may_nest,
                Link::And => false,
            };
        if link == Link::None && !is_wider {
            break;
        }
        groups.push(group);
        next = after;
    }
    Some((groups, next))
}

/// What stands between two groups.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    None,
    Comma,
    And,
}

/// The link at piece `at`, and the piece behind it.
fn link(pieces: &[Piece<'_>], at: usize) -> Option<(Link, usize)> {
    let piece = pieces.get(at)?;
    let (link, mut next) = match piece.text.to_lowercase().as_str() {
        "," => (Link::Comma, at + 1),
        ";" | "và" | "hoặc" => (Link::And, at + 1),
        _ => (Link::None, at),
    };
    if link == Link::Comma && pieces.get(next).is_some_and(is_conjunction) {
        next += 1;
    }
    let is_filler = |p: &Piece<'_>| {
        let word = p.text.to_lowercase();
        matches!(word.as_str(), "các" | "của" | "tại" | "thuộc" | "những")
    };
    while pieces.get(next).is_some_and(is_filler) {
        next += 1;
    }
    let wider =
        if link == Link::Comma && next > at + 1 && pieces.get(at + 1).is_some_and(is_conjunction) {
            Link::And
        } else {
            link
        };
    Some((wider, next))
}

fn is_conjunction(piece: &Piece<'_>) -> bool {
    matches!(piece.text.to_lowercase().as_str(), "và" | "hoặc")
}

/// `khoản 2, 3 và 4`, `các Điều 3, 13 và 14`, `Điều 5 đến Điều 8`.
fn read_group(pieces: &[Piece<'_>], at: usize) -> Option<(Group, usize)> {
    let (level, first, mut next) = named_step(pieces, at)
        .filter(|(_, label, _)| !label.is_empty() || is_capital(pieces, at))
        .or_else(|| misread_one(pieces, at))?;
    let mut labels = vec![first];
    while let Some((label, after, is_range)) = next_label(pieces, next, level) {
        if is_range {
            labels.extend(between(labels.last(), &label));
        }
        labels.push(label);
        next = after;
    }
    let group = Group {
        level,
        labels,
        is_inside_next: false,
    };
    Some((group, next))
}

/// Whether a level without a number is meant as a name: `Phụ lục`, and not `một số phụ lục`.
fn is_capital(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces
        .get(at)
        .is_some_and(|piece| piece.text.starts_with(char::is_uppercase))
}

/// `Điều I`: scanners read the figure as a letter.
fn misread_one(pieces: &[Piece<'_>], at: usize) -> Option<(Level, String, usize)> {
    let is_one = follow(pieces, at, &["dieu"]) && pieces.get(at + 1)?.text == "I";
    is_one.then(|| (Level::Article, "1".to_owned(), at + 2))
}

/// A further number of the same level, the piece behind it, and whether it ends a range.
fn next_label(pieces: &[Piece<'_>], at: usize, level: Level) -> Option<(String, usize, bool)> {
    if matches!(level, Level::Appendix | Level::Form) {
        return None;
    }
    let sign = pieces.get(at)?;
    let is_range = sign.text == "đến";
    let is_list = sign.text == "," || is_conjunction(sign);
    let mut next = at + 1;
    if sign.text == "," && pieces.get(next).is_some_and(is_conjunction) {
        next += 1;
    }
    if is_range && let Some((same, label, after)) = named_step(pieces, next) {
        return (same == level).then_some((label, after, true));
    }
    let (label, after) = read_label(pieces, next, level).filter(|_| is_list || is_range)?;
    let is_plain = pieces
        .get(next)
        .is_some_and(|p| p.text.chars().count() <= 4);
    is_plain.then_some((label, after, is_range))
}

/// The numbers or letters that a range leaves out.
fn between(first: Option<&String>, last: &str) -> Vec<String> {
    let letter = |label: &str| {
        let mut chars = label.chars().filter(|c| c.is_lowercase());
        let only = chars.next().filter(|_| label.chars().count() == 1)?;
        Ordinal::letter(only)
    };
    if let (Some(from), Some(to)) = (first.and_then(|f| letter(f)), letter(last)) {
        let is_between = |c: &char| Ordinal::letter(*c).is_some_and(|o| from < o && o < to);
        let inside = ALPHABET.chars().filter(is_between);
        return inside.map(|c| c.to_string()).collect();
    }
    numbers_between(first.map_or("", String::as_str), last)
}

/// The full addresses of a list.
fn locators(groups: &[Group]) -> Vec<Locator> {
    let mut found: Vec<Locator> = Vec::new();
    let mut wider: Vec<Step> = Vec::new();
    for (at, group) in groups.iter().enumerate().rev() {
        if !group.is_inside_next && group.level == Level::Article {
            // The appendix that follows in the same list is another place.
            wider.clear();
        } else if !group.is_inside_next {
            wider.retain(|step| rank(step.level) < rank(group.level));
        }
        let is_leaf = at == 0 || !groups[at - 1].is_inside_next;
        if is_leaf {
            let all = group.labels.iter().rev();
            found.extend(all.map(|label| address(group.level, label, &wider)));
        }
        if let Some(label) = group.labels.first() {
            wider.insert(0, step(group.level, label));
        }
    }
    found.reverse();
    found
}

fn address(level: Level, label: &str, wider: &[Step]) -> Locator {
    let steps = std::iter::once(step(level, label)).chain(wider.iter().cloned());
    Locator {
        steps: steps.collect(),
    }
    .with_sections()
}

fn step(level: Level, label: &str) -> Step {
    Step {
        level,
        label: label.to_owned(),
        occurrence: 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<String> = enumerations(text, 0)
            .iter()
            .flat_map(|list| &list.locators)
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn wider_steps_are_shared_to_the_left() {
        check(
            "điểm c khoản 1 và khoản 2 Điều 6",
            &["điểm c khoản 1 Điều 6", "khoản 2 Điều 6"],
        );
        check(
            "khoản 1, điểm c khoản 3 và khoản 4 Điều 18",
            &[
                "khoản 1 Điều 18",
                "điểm c khoản 3 Điều 18",
                "khoản 4 Điều 18",
            ],
        );
        check(
            "điểm e, g khoản 1 Điều 53; khoản 4 Điều 54",
            &[
                "điểm e khoản 1 Điều 53",
                "điểm g khoản 1 Điều 53",
                "khoản 4 Điều 54",
            ],
        );
    }

    #[test]
    fn numbers_share_the_name_of_their_level() {
        check(
            "các Điều 3, 13 và 14, khoản 4 Điều 17",
            &["Điều 3", "Điều 13", "Điều 14", "khoản 4 Điều 17"],
        );
        check(
            "các khoản 3, 4 và khoản 7 Điều 1",
            &["khoản 3 Điều 1", "khoản 4 Điều 1", "khoản 7 Điều 1"],
        );
        check(
            "từ Điều 5 đến Điều 8",
            &["Điều 5", "Điều 6", "Điều 7", "Điều 8"],
        );
        check(
            "từ điểm c đến điểm e khoản 2 Điều 5",
            &[
                "điểm c khoản 2 Điều 5",
                "điểm d khoản 2 Điều 5",
                "điểm đ khoản 2 Điều 5",
                "điểm e khoản 2 Điều 5",
            ],
        );
    }

    #[test]
    fn comma_before_a_wider_step_nests() {
        check("điểm a, khoản 2, Điều 5", &["điểm a khoản 2 Điều 5"]);
        check("Điều 5, khoản 2 Điều 7", &["Điều 5", "khoản 2 Điều 7"]);
    }

    #[test]
    fn appendices_hold_nothing_that_stands_before_a_comma() {
        check(
            "khoản 2 Điều 1, Điều 7a, Phụ lục Ia",
            &["khoản 2 Điều 1", "Điều 7a", "Phụ lục Ia"],
        );
        check("một số điều, phụ lục của Nghị định", &[]);
    }

    #[test]
    fn other_words_end_a_list() {
        check(
            "khoản 2 Điều 5 của Chính phủ, khoản này",
            &["khoản 2 Điều 5"],
        );
        check("Điều I Nghị định", &["Điều 1"]);
    }
}
