//! Containers: appendices, forms and attached regulations, inside which numbering restarts.
//!
//! A line such as `Phụ lục II` opens one or merely mentions it. The Điều tell: where their numbering
//! runs on across the line it was a mention, and where numbering restarts without any such line, an
//! unnamed text begins.

use crate::document::Level;
use crate::document::mark::Mark;
use crate::document::mark::Shape;
use crate::document::ordinal::Ordinal;
use crate::document::outline::CONTAINER;
use crate::document::outline::FORM_OR_CLOSING;
use crate::document::sequence::STRONG;
use crate::document::title;
use crate::document::tree::Division;

/// A form whose text is shorter, and which comes again later, is an entry in a list of forms.
const LISTED_BYTES_MAX: usize = 300;
/// How many later containers are searched for the same form.
const LISTED_WINDOW: usize = 100;

/// What a container is called that nothing names.
const UNNAMED: &str = "Văn bản";

/// A container that was accepted.
#[derive(Debug)]
pub(super) struct Container {
    /// Its first mark.
    pub(super) from: usize,
    /// Whether that mark is its own heading, and not the first one inside.
    pub(super) is_marked: bool,
    /// Whether the text names it; otherwise only the numbering shows it.
    pub(super) is_announced: bool,
    pub(super) division: Division,
}

/// Marks outside quotations that may open a container.
pub(super) fn candidates(text: &str, marks: &[Mark]) -> Vec<usize> {
    let is_candidate = |mark: &Mark| {
        let Shape::Keyword(level) = mark.shape else {
            return false;
        };
        level.is_container()
            && !mark.is_quoted
            && mark.weight >= STRONG - 1
            && !title::runs_on(text, mark)
            && (level != Level::Attachment || title::is_issued_with(text, mark))
    };
    (0..marks.len())
        .filter(|&at| is_candidate(&marks[at]))
        .collect()
}

/// The containers among the candidates, and those that only the numbering of the Điều shows.
pub(super) fn choose(
    text: &str,
    marks: &[Mark],
    candidates: &[usize],
    articles: &[usize],
) -> Vec<Container> {
    let kept: Vec<usize> = candidates
        .iter()
        .copied()
        .filter(|&c| !is_crossed(marks, articles, c))
        .collect();
    let end = |at: usize| {
        kept.get(at + 1)
            .map_or(text.len(), |&next| marks[next].start)
    };
    let same = |a: &Mark, b: &Mark| a.shape == b.shape && a.label == b.label;
    let is_listed = |at: usize| {
        let mark = &marks[kept[at]];
        let mut later = kept.iter().skip(at + 1).take(LISTED_WINDOW);
        end(at) - mark.start < LISTED_BYTES_MAX && later.any(|&l| same(&marks[l], mark))
    };
    let named = (0..kept.len())
        .filter(|&at| !is_listed(at))
        .map(|at| named(text, marks, kept[at]));
    let mut containers: Vec<Container> = named.collect();
    let unnamed = unnamed(marks, articles, &containers);
    containers.extend(unnamed);
    if articles.is_empty() {
        let end = kept.first().copied().unwrap_or(marks.len());
        containers.extend(forms(text, marks.get(..end).unwrap_or_default()));
    }
    containers.sort_by_key(|container| container.from);
    containers
}

/// Whether the numbering of the Điều runs across the mark, or begins behind it.
fn is_crossed(marks: &[Mark], articles: &[usize], container: usize) -> bool {
    let next = articles.partition_point(|&a| a < container);
    let after = articles.get(next).map(|&a| marks[a].ordinal);
    match next.checked_sub(1).and_then(|before| articles.get(before)) {
        Some(&before) => after.is_some_and(|after| after > marks[before].ordinal),
        None => after.is_some(),
    }
}

fn named(text: &str, marks: &[Mark], from: usize) -> Container {
    let is_form = marks[from].shape == Shape::Keyword(Level::Form);
    let depth = if is_form { FORM_OR_CLOSING } else { CONTAINER };
    let division = title::division(text, &marks[from], depth);
    Container {
        from,
        is_marked: true,
        is_announced: true,
        division,
    }
}

/// The texts that begin where numbering restarts outside any named container.
fn unnamed(marks: &[Mark], articles: &[usize], named: &[Container]) -> Vec<Container> {
    let scope = |at: usize| named.partition_point(|c| c.from < at);
    let restarts = |pair: &&[usize]| {
        marks[pair[1]].ordinal < marks[pair[0]].ordinal && scope(pair[0]) == scope(pair[1])
    };
    let open = |pair: &[usize]| {
        let from = first_mark(marks, pair[0] + 1, pair[1]);
        let division = Division {
            level: Level::Attachment,
            label: UNNAMED.to_owned(),
            start: marks[from].start,
            heading: None,
            depth: CONTAINER,
        };
        Container {
            from,
            is_marked: false,
            is_announced: false,
            division,
        }
    };
    articles.windows(2).filter(restarts).map(open).collect()
}

/// The forms behind guidance that no line names: each begins with a letterhead of its own. `marks`
/// are those before the first named container.
fn forms<'m>(text: &'m str, marks: &'m [Mark]) -> impl Iterator<Item = Container> + 'm {
    let is_numbered = |mark: &Mark| mark.weight >= STRONG && mark.ordinal == Ordinal::plain(1);
    let body = marks.iter().position(is_numbered).unwrap_or(marks.len());
    let is_form = move |at: &usize| marks[*at].shape == Shape::Letterhead && !marks[*at].is_quoted;
    (body..marks.len()).filter(is_form).map(move |from| {
        let next = marks.get(from + 1).map_or(text.len(), |mark| mark.start);
        Container {
            from,
            is_marked: true,
            is_announced: true,
            division: Division {
                level: Level::Attachment,
                label: UNNAMED.to_owned(),
                start: marks[from].start,
                heading: title::below_letterhead(text, &marks[from]).filter(|t| t.start < next),
                depth: CONTAINER,
            },
        }
    })
}

/// Where the text around the Điều at `article` begins: at its letterhead or its first Chương.
fn first_mark(marks: &[Mark], from: usize, article: usize) -> usize {
    let is_head = |&at: &usize| match marks[at].shape {
        Shape::Letterhead => true,
        Shape::Keyword(Level::Part | Level::Chapter) => marks[at].ordinal.number == 1,
        _ => false,
    };
    (from..article).rev().find(is_head).unwrap_or(article)
}
