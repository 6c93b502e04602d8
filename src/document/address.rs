//! Reading locators: from what people write to [`Locator`] values.
//!
//! Accepted: `điểm b khoản 2 Điều 5`, `Điều 5 khoản 2 điểm b`, `khoản 2, Điều 5`, `đ5k2`,
//! `đ đ k 3 Đ 16`, `muc III phu luc II`; any case, with or without marks.

use std::fmt;
use std::str::FromStr;

use crate::document::Level;
use crate::document::Locator;
use crate::document::Step;
use crate::document::keyword::ATTACHMENTS;
use crate::document::label::read_label;
use crate::document::ordinal::numbers_between;
use crate::document::piece::Piece;
use crate::document::piece::follow;
use crate::document::piece::is_number;
use crate::document::piece::pieces;
use crate::text::Span;
use crate::text::fold_word;

/// Names of levels in search form without marks, the longest first where one begins another.
const NAMES: [(&[&str], Level); 20] = [
    (&["tieu", "muc"], Level::Subsection),
    (&["tinh", "huong", "so"], Level::Case),
    (&["tinh", "huong"], Level::Case),
    (&["phu", "luc", "so"], Level::Appendix),
    (&["phu", "luc"], Level::Appendix),
    (&["pl"], Level::Appendix),
    (&["mau", "so"], Level::Form),
    (&["mau"], Level::Form),
    (&["cau", "hoi", "so"], Level::Question),
    (&["cau", "hoi"], Level::Question),
    (&["cau"], Level::Question),
    (&["phan"], Level::Part),
    (&["chuong"], Level::Chapter),
    (&["muc"], Level::Heading),
    (&["dieu"], Level::Article),
    (&["khoan"], Level::Clause),
    (&["diem"], Level::Point),
    (&["tiet"], Level::Subpoint),
    (&["doan"], Level::Paragraph),
    (&["k"], Level::Clause),
];

/// Lists in lists, such as `điểm a, b khoản 1, 2 Điều 3`, go no deeper than there are levels.
const LISTS_MAX: usize = 3;
/// A further label of a list is short; a longer word begins something else.
const LABEL_CHARS_MAX: usize = 4;

/// A text that is no locator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotALocator;

impl fmt::Display for NotALocator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a locator such as `điểm b khoản 2 Điều 5`")
    }
}

impl std::error::Error for NotALocator {}

impl FromStr for Locator {
    type Err = NotALocator;

    /// Reads one locator that fills the whole text.
    fn from_str(text: &str) -> Result<Self, NotALocator> {
        if text.trim() == "toàn văn" {
            return Ok(Self::default());
        }
        let pieces = pieces(text);
        let (_, locator, next) = read_run(&pieces, 0).ok_or(NotALocator)?;
        if next < pieces.len() {
            Err(NotALocator)
        } else {
            Ok(locator)
        }
    }
}

impl Locator {
    /// The locators that a text mentions, in order, with their places.
    ///
    /// A list shares what follows it: `điểm a, điểm b khoản 1 Điều 3` and `điểm a, b khoản 1 Điều 3`
    /// give two full locators.
    /// Single-letter short forms count only as parts of a longer locator (`đ5k2`), because they are
    /// common in other uses.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Locator;
    /// let found = Locator::find_in("Theo khoản 2 Điều 5, hồ sơ gồm gì?");
    /// assert_eq!(found[0].1.to_string(), "khoản 2 Điều 5");
    /// ```
    pub fn find_in(text: &str) -> Vec<(Span, Self)> {
        let pieces = pieces(text);
        let mut found = Vec::new();
        let mut at = 0;
        while at < pieces.len() {
            if let Some((list, next)) = read_list(&pieces, at, LISTS_MAX) {
                found.extend(list);
                at = next;
                continue;
            }
            match read_run(&pieces, at) {
                Some((span, locator, next)) if is_plausible(&pieces[at], &locator) => {
                    found.push((span, locator));
                    at = next;
                }
                _ => at += 1,
            }
        }
        share_upper_steps(text, &mut found);
        found
    }
}

/// Completes the members of a list from the one behind them: `điểm a, điểm b khoản 1`.
fn share_upper_steps(text: &str, found: &mut [(Span, Locator)]) {
    for at in (1..found.len()).rev() {
        let (before, after) = found.split_at_mut(at);
        let (Some((left, short)), Some((right, long))) = (before.last_mut(), after.first()) else {
            continue;
        };
        let between = text.get(left.end..right.start).unwrap_or("-");
        let is_list = matches!(
            between.trim(),
            "," | "và" | "va" | "hoặc" | "hoac" | ", và" | "đến" | "den"
        );
        let levels = |locator: &Locator| locator.steps.first().map(|step| step.level);
        if is_list && levels(short) == levels(long) && short.steps.len() == 1 {
            short.steps.extend(long.steps.iter().skip(1).cloned());
        }
    }
}

/// A short form alone (`k 2`, `đ5`) is too common to count in running text.
fn is_plausible(first: &Piece<'_>, locator: &Locator) -> bool {
    first.text.chars().count() > 1 || locator.steps.len() > 1
}

/// `khoản 1, 2 và 4 Điều 5`: labels that share one name and the wider steps behind them, without which
/// a figure behind a comma may count anything. At most `depth` such lists stand one in another.
fn read_list(
    pieces: &[Piece<'_>],
    at: usize,
    depth: usize,
) -> Option<(Vec<(Span, Locator)>, usize)> {
    let (level, label, mut next) = named_step(pieces, at)?;
    if depth == 0 || !matches!(level, Level::Clause | Level::Point | Level::Subpoint) {
        return None;
    }
    let mut labels = vec![(span_of(pieces, at, next)?, label)];
    while let Some((label, from, after)) = further_label(pieces, next, level) {
        let (sign, place) = (pieces.get(next)?, span_of(pieces, from, after)?);
        if is_range(sign) {
            let before = labels.last().map_or("", |(_, label)| label.as_str());
            let left_out = numbers_between(before, &label);
            labels.extend(left_out.into_iter().map(|label| (place, label)));
        }
        labels.push((place, label));
        next = after;
    }
    if labels.len() < 2 {
        return None;
    }
    let (wider, next) = wider(pieces, skip_links(pieces, next), level, depth - 1)?;
    if let Some((last, _)) = labels.last_mut() {
        last.end = pieces.get(next - 1)?.span.end;
    }
    let full = |(span, label): (Span, String)| (span, inside(level, label, &wider));
    Some((labels.into_iter().map(full).collect(), next))
}

/// What a list at `level` lies in, from piece `at` on, and which piece follows.
fn wider(
    pieces: &[Piece<'_>],
    at: usize,
    level: Level,
    depth: usize,
) -> Option<(Vec<Step>, usize)> {
    let (locator, next) = match read_list(pieces, at, depth) {
        Some((list, next)) => (list.into_iter().next()?.1, next),
        None => read_run(pieces, at).map(|(_, locator, next)| (locator, next))?,
    };
    let is_wider = rank(locator.steps.first()?.level) < rank(level);
    is_wider.then_some((locator.steps, next))
}

fn inside(level: Level, label: String, wider: &[Step]) -> Locator {
    let own = Step {
        level,
        label,
        occurrence: 1,
    };
    let steps = std::iter::once(own).chain(wider.iter().cloned()).collect();
    Locator { steps }.with_sections()
}

/// The place of the pieces from `at` up to `next`.
fn span_of(pieces: &[Piece<'_>], at: usize, next: usize) -> Option<Span> {
    let (first, last) = (pieces.get(at)?, pieces.get(next.checked_sub(1)?)?);
    Some(Span::new(first.span.start, last.span.end))
}

/// A further label behind a sign or word at `at`, where it starts, and the piece behind it.
fn further_label(pieces: &[Piece<'_>], at: usize, level: Level) -> Option<(String, usize, usize)> {
    let sign = pieces.get(at)?;
    let joins = |piece: &Piece<'_>| matches!(piece.text, "và" | "va" | "hoặc" | "hoac");
    if !(sign.text == "," || joins(sign) || is_range(sign)) {
        return None;
    }
    let from = at + 1 + usize::from(sign.text == "," && pieces.get(at + 1).is_some_and(joins));
    let first = pieces.get(from)?;
    let is_short = first.text.chars().count() <= LABEL_CHARS_MAX;
    // `điểm a, k2 đ5`: another level in short form.
    let is_step =
        matches!(first.bare.as_str(), "k" | "d") && pieces.get(from + 1).is_some_and(is_number);
    let (label, after) = read_label(pieces, from, level).filter(|_| is_short && !is_step)?;
    Some((label, from, after))
}

fn is_range(piece: &Piece<'_>) -> bool {
    matches!(piece.text, "đến" | "den")
}

/// Reads the steps of one locator from piece `at` on, and says which piece follows.
fn read_run(pieces: &[Piece<'_>], at: usize) -> Option<(Span, Locator, usize)> {
    let (first, mut next) = read_step(pieces, at)?;
    let mut steps: Vec<Read> = vec![first];
    let mut direction = 0;
    loop {
        let from = skip_links(pieces, next);
        let Some((step, after)) = read_step(pieces, from) else {
            break;
        };
        let Some(previous) = steps.last() else { break };
        let turn = turn(previous.step.level, step.step.level, from == next);
        let begins_anew = turn < 0 && from > next && is_inside_next(pieces, after, step.step.level);
        if turn == 0 || direction * turn < 0 || begins_anew {
            break;
        }
        direction = turn;
        steps.push(step);
        next = after;
    }
    let (span, locator) = locator(steps, direction)?;
    Some((span, locator, next))
}

/// Whether a step at `level` lies in the one at piece `at`: in `Điều 5, khoản 2 Điều 7` the khoản is
/// not of Điều 5.
fn is_inside_next(pieces: &[Piece<'_>], at: usize, level: Level) -> bool {
    let is_sign = pieces.get(at).is_some_and(|piece| piece.bare.is_empty());
    let from = if is_sign { at } else { skip_links(pieces, at) };
    read_step(pieces, from).is_some_and(|(next, _)| rank(next.step.level) < rank(level))
}

/// A step with its place.
#[derive(Clone, Debug)]
struct Read {
    step: Step,
    span: Span,
}

fn locator(mut steps: Vec<Read>, direction: i32) -> Option<(Span, Locator)> {
    let span = Span::new(steps.first()?.span.start, steps.last()?.span.end);
    if direction < 0 {
        steps.reverse();
    }
    let steps: Vec<Step> = steps.into_iter().map(|read| read.step).collect();
    Some((span, Locator { steps }.with_sections()))
}

/// 1 where the second level is wider than the first, -1 where it is narrower, 0 where the two do
/// not belong to one locator.
fn turn(from: Level, to: Level, is_adjacent: bool) -> i32 {
    match rank(from).cmp(&rank(to)) {
        std::cmp::Ordering::Greater => 1,
        std::cmp::Ordering::Less => -1,
        // Headings nest in headings: `mục 2.1 mục II`.
        std::cmp::Ordering::Equal => i32::from(is_adjacent && rank(from) == rank(Level::Heading)),
    }
}

/// How narrow a level is; levels of one rank may nest either way.
pub(super) fn rank(level: Level) -> u8 {
    match level {
        Level::Document => 0,
        Level::Appendix | Level::Attachment => 1,
        Level::Form => 2,
        Level::Part => 3,
        Level::Chapter => 4,
        Level::Section | Level::Subsection | Level::Heading | Level::Case | Level::Question => 5,
        Level::Article => 7,
        Level::Clause => 8,
        Level::Point => 9,
        Level::Subpoint => 10,
        Level::Signature => 11,
        Level::Paragraph => 12,
    }
}

/// Skips a comma or a linking word between two steps.
fn skip_links(pieces: &[Piece<'_>], at: usize) -> usize {
    let is_link = |piece: &Piece<'_>| {
        matches!(piece.text, "," | "-" | "–")
            || matches!(piece.text, "của" | "thuộc" | "tại" | "cua" | "thuoc")
    };
    at + usize::from(pieces.get(at).is_some_and(is_link))
}

/// Reads one step at piece `at`, and says which piece follows.
fn read_step(pieces: &[Piece<'_>], at: usize) -> Option<(Read, usize)> {
    let start = pieces.get(at)?.span.start;
    let (level, label, next) = fixed_step(pieces, at)
        .or_else(|| named_step(pieces, at))
        .or_else(|| lettered_step(pieces, at))?;
    let (occurrence, next) = read_occurrence(pieces, next).unwrap_or((1, next));
    let end = pieces.get(next - 1)?.span.end;
    Some((
        Read {
            step: Step {
                level,
                label,
                occurrence,
            },
            span: Span::new(start, end),
        },
        next,
    ))
}

/// `phần ký`, `Quy chế kèm theo`.
fn fixed_step(pieces: &[Piece<'_>], at: usize) -> Option<(Level, String, usize)> {
    if follow(pieces, at, &["phan", "ki"]) && pieces.get(at + 1)?.text.to_lowercase() == "ký" {
        return Some((Level::Signature, String::new(), at + 2));
    }
    let name = ATTACHMENTS.into_iter().find(|name| {
        let words: Vec<String> = name.split(' ').map(|word| fold_word(word).bare).collect();
        words
            .iter()
            .enumerate()
            .all(|(i, word)| pieces.get(at + i).is_some_and(|p| p.bare == *word))
    })?;
    let tail = at + 2 + 2 * usize::from(follow(pieces, at + 2, &["ban", "hanh"]));
    follow(pieces, tail, &["kem", "theo"]).then(|| (Level::Attachment, name.to_owned(), tail + 2))
}

/// `Điều 5`, `khoản 2a`, `Phụ lục`, `mục 2.1`, `k2`.
pub(super) fn named_step(pieces: &[Piece<'_>], at: usize) -> Option<(Level, String, usize)> {
    let (words, level) = NAMES.iter().find(|(words, _)| {
        follow(pieces, at, words) && pieces[at..at + words.len()].iter().all(|p| p.is_keyword)
    })?;
    let next = at + words.len();
    match read_label(pieces, next, *level) {
        Some((label, next)) => Some((*level, label, next)),
        None => (*level == Level::Appendix).then(|| (*level, String::new(), next)),
    }
}

/// `đ 5` is Điều 5 and `đ b` is điểm b; `d` stands for `đ` where marks are not typed.
fn lettered_step(pieces: &[Piece<'_>], at: usize) -> Option<(Level, String, usize)> {
    if !matches!(pieces.get(at)?.text, "đ" | "Đ" | "d" | "D") {
        return None;
    }
    let level = if is_number(pieces.get(at + 1)?) {
        Level::Article
    } else {
        Level::Point
    };
    let is_keyword = level == Level::Point && is_number_next(pieces, at + 1);
    if is_keyword {
        return None;
    }
    let (label, next) = read_label(pieces, at + 1, level)?;
    Some((level, label, next))
}

/// Whether the letter at `at` is itself a short form before a number: the `k` of `k 3`.
fn is_number_next(pieces: &[Piece<'_>], at: usize) -> bool {
    let is_short = pieces
        .get(at)
        .is_some_and(|p| matches!(p.bare.as_str(), "k" | "d"));
    is_short && pieces.get(at + 1).is_some_and(is_number) && !follow_label(pieces, at)
}

/// Whether digits are glued to the letter and make a tiết: `đ2` in `tiết đ2`.
fn follow_label(pieces: &[Piece<'_>], at: usize) -> bool {
    pieces.get(at + 1).is_some_and(|p| p.is_glued)
        && pieces
            .get(at)
            .is_some_and(|p| p.bare != "k" && p.bare != "d")
}

/// `(lần 2)`.
fn read_occurrence(pieces: &[Piece<'_>], at: usize) -> Option<(usize, usize)> {
    let is_marker = pieces.get(at)?.text == "(" && follow(pieces, at + 1, &["lan"]);
    let number = pieces
        .get(at + 2)
        .filter(|_| is_marker)?
        .text
        .parse()
        .ok()?;
    (pieces.get(at + 3)?.text == ")").then_some((number, at + 4))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let locator: Locator = text.parse().expect(text);
        assert_eq!(locator.to_string(), expected, "{text}");
    }

    #[track_caller]
    fn check_found(text: &str, expected: &[&str]) {
        let found: Vec<String> = Locator::find_in(text)
            .iter()
            .map(|(_, l)| l.to_string())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn locator_either_order_reads_alike() {
        check("điểm b khoản 2 Điều 5", "điểm b khoản 2 Điều 5");
        check("Điều 5 khoản 2 điểm b", "điểm b khoản 2 Điều 5");
        check("khoản 2, Điều 5", "khoản 2 Điều 5");
        check("khoản 2 của Điều 5", "khoản 2 Điều 5");
    }

    #[test]
    fn locator_short_forms_are_read() {
        check("đ5k2", "khoản 2 Điều 5");
        check("k2 đ5", "khoản 2 Điều 5");
        check("d5k2", "khoản 2 Điều 5");
        check("đ đ k 3 Đ 16", "điểm đ khoản 3 Điều 16");
        check("PL II", "Phụ lục II");
    }

    #[test]
    fn locator_without_marks_is_read() {
        check("khoan 2 dieu 5", "khoản 2 Điều 5");
        check("diem b khoan 1 dieu 3a", "điểm b khoản 1 Điều 3a");
        check("KHOẢN 02 ĐIỀU 05", "khoản 2 Điều 5");
    }

    #[test]
    fn locator_other_levels_are_read() {
        check(
            "tiết đ2 điểm đ khoản 3 Điều 16",
            "tiết đ2 điểm đ khoản 3 Điều 16",
        );
        check("mục III Phụ lục", "mục III Phụ lục");
        check("mục 2.1 mục II", "mục 2.1 mục II");
        check("Mục 1 Chương II", "Mục 1 Chương II");
        check("Phần thứ nhất", "Phần thứ nhất");
        check("Câu hỏi 3", "Câu 3");
        check("điểm a tình huống 2", "điểm a Tình huống 2");
        check(
            "Mẫu số 01/TKN-CNKD Phụ lục I",
            "Mẫu số 1/TKN-CNKD Phụ lục I",
        );
        check(
            "Điều 2 Quy chế ban hành kèm theo",
            "Điều 2 Quy chế kèm theo",
        );
        check("khoản 2 Điều 5 (lần 2)", "khoản 2 Điều 5 (lần 2)");
    }

    #[test]
    fn locator_other_texts_are_refused() {
        for text in [
            "",
            "Điều",
            "Điều kiện",
            "khoản tiền 5",
            "điểm yếu",
            "Điều 5 và",
            "5",
        ] {
            assert_eq!(text.parse::<Locator>(), Err(NotALocator), "{text}");
        }
    }

    #[test]
    fn locators_are_found_in_running_text() {
        check_found(
            "Theo khoản 2 Điều 5 và Điều 7, hồ sơ gồm gì?",
            &["khoản 2 Điều 5", "Điều 7"],
        );
        check_found("dieu 5 khoan 2 noi gi", &["khoản 2 Điều 5"]);
        check_found("đ5k2 NĐ 120/2025", &["khoản 2 Điều 5"]);
        check_found(
            "điểm a, điểm b khoản 1 Điều 3",
            &["điểm a khoản 1 Điều 3", "điểm b khoản 1 Điều 3"],
        );
    }

    #[test]
    fn labels_of_a_list_share_the_wider_steps_behind_them() {
        let clauses = ["khoản 1 Điều 5", "khoản 2 Điều 5"];
        check_found(
            "khoản 1, 2 Điều 5 Nghị định 120/2025/NĐ-CP quy định gì?",
            &clauses,
        );
        check_found("khoản 1 và 2 của Điều 5", &clauses);
        check_found("khoan 1 va 2 dieu 5", &clauses);
        check_found(
            "điểm a, b khoản 2 Điều 7 và Điều 9",
            &["điểm a khoản 2 Điều 7", "điểm b khoản 2 Điều 7", "Điều 9"],
        );
        check_found(
            "điểm a, b khoản 1, 2 Điều 5",
            &["điểm a khoản 1 Điều 5", "điểm b khoản 1 Điều 5"],
        );
        check_found(
            "khoản 2 đến 4 Điều 6",
            &["khoản 2 Điều 6", "khoản 3 Điều 6", "khoản 4 Điều 6"],
        );
        check_found(
            "từ khoản 2 đến khoản 3 Điều 6",
            &["khoản 2 Điều 6", "khoản 3 Điều 6"],
        );
        // What is no label behind the comma is none.
        check_found("khoản 1, 2 người làm chứng", &["khoản 1"]);
        check_found("khoản 1, k2 đ5", &["khoản 1 Điều 5", "khoản 2 Điều 5"]);
        check_found("điểm a, k2 đ5", &["điểm a khoản 2 Điều 5"]);
    }

    #[test]
    fn comma_begins_a_new_locator_where_a_wider_step_follows() {
        check_found(
            "Điều 5, khoản 2 Điều 7 Nghị định 120/2025/NĐ-CP",
            &["Điều 5", "khoản 2 Điều 7"],
        );
        check_found(
            "Điều 5, điểm a khoản 2 Điều 7",
            &["Điều 5", "điểm a khoản 2 Điều 7"],
        );
        check_found("Điều 5, khoản 2, điểm a", &["điểm a khoản 2 Điều 5"]);
    }

    #[test]
    fn locators_are_not_found_in_other_words() {
        check_found(
            "điều kiện, mục đích, phần trăm, đoàn 5 người, mức 3, k 3",
            &[],
        );
    }

    fn level_and_label() -> impl Strategy<Value = Vec<Step>> {
        let step = |level, label: &str| Step {
            level,
            label: label.to_owned(),
            occurrence: 1,
        };
        let point =
            prop::sample::select(vec!["a", "đ", "y"]).prop_map(move |l| step(Level::Point, l));
        let clause =
            prop::sample::select(vec!["1", "2a", "12"]).prop_map(move |l| step(Level::Clause, l));
        let article =
            prop::sample::select(vec!["5", "3a", "120"]).prop_map(move |l| step(Level::Article, l));
        let upper = prop::sample::select(vec![
            step(Level::Appendix, "II"),
            step(Level::Appendix, ""),
            step(Level::Form, "1/TKN-CNKD"),
            step(Level::Attachment, "Quy chế"),
        ]);
        (
            prop::option::of(point),
            prop::option::of(clause),
            article,
            prop::option::of(upper),
            1usize..3,
        )
            .prop_map(|(point, clause, mut article, upper, occurrence)| {
                article.occurrence = occurrence;
                point
                    .into_iter()
                    .chain(clause)
                    .chain([article])
                    .chain(upper)
                    .collect()
            })
    }

    proptest! {
        #[test]
        fn locator_printed_reads_back(steps in level_and_label()) {
            let locator = Locator { steps };
            prop_assert_eq!(locator.to_string().parse(), Ok(locator));
        }

        #[test]
        fn finding_locators_never_fails(text in prop_oneof!["\\PC{0,60}", "[đdkĐD0-9a-c .,()/]{0,40}"]) {
            for (span, _) in Locator::find_in(&text) {
                prop_assert!(span.slice(&text).is_some());
            }
        }
    }
}
