//! The outline of a text: containers, Phần to Điều, the closing block; then what lies inside.
//!
//! Điều decide. Their numbering runs through the whole text, so the best chain of numbers over all
//! candidate lines tells headings from references, and tells appendices (where numbering restarts)
//! from lines that merely mention one (where it runs on).

use crate::document::Diagnostic;
use crate::document::DiagnosticKind;
use crate::document::Level;
use crate::document::container;
use crate::document::container::Container;
use crate::document::inside;
use crate::document::mark::Mark;
use crate::document::mark::Shape;
use crate::document::sequence::Candidate;
use crate::document::sequence::STRONG;
use crate::document::sequence::best_chain;
use crate::document::title;
use crate::document::tree::Division;
use crate::text::Span;

/// Depths of the divisions of a legal text; what [`inside`] finds lies deeper.
pub(super) const CONTAINER: usize = 1;
pub(super) const FORM_OR_CLOSING: usize = 2;
const MARKDOWN: usize = 3;
const PART: usize = 4;
pub(super) const ARTICLE: usize = 8;

/// An Điều that reads as one outweighs a small gap before it; a khoản does not.
const ARTICLE_BONUS: i32 = 2;
/// Added where no two such lines compete: more than any gap in the numbering costs.
const UNAMBIGUOUS_BONUS: i32 = 8;

/// The accepted headings of a text.
#[derive(Debug, Default)]
pub(super) struct Outline {
    pub(super) divisions: Vec<Division>,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// Whether the text has Điều outside its appendices.
    pub(super) is_statute: bool,
}

/// Chooses the headings of `text` among its marks.
pub(super) fn choose(text: &str, marks: &mut Vec<Mark>) -> Outline {
    let mut outline = Outline::default();
    let candidates = container::candidates(text, marks);
    let mut articles = articles(marks, &candidates);
    release(marks, &mut articles);
    let marks: &[Mark] = marks;
    let candidates = container::candidates(text, marks);
    let containers = container::choose(text, marks, &candidates, &articles);
    outline.diagnose_articles(marks, &articles, &containers);
    let first = containers
        .first()
        .map_or(marks.len(), |container| container.from);
    outline.is_statute = articles.first().is_some_and(|&article| article < first);
    let ends: Vec<usize> = containers
        .iter()
        .map(|c| c.from)
        .chain([marks.len()])
        .collect();
    let is_statute = outline.is_statute;
    let mut scope = Scope {
        text,
        marks,
        from: 0,
        to: first,
        articles: &[],
        is_statute,
    };
    scope.take_articles(&articles);
    scope.divide(&mut outline);
    for (at, container) in containers.into_iter().enumerate() {
        outline.divisions.push(container.division);
        scope.from = container.from + usize::from(container.is_marked);
        scope.to = ends[at + 1];
        scope.take_articles(&articles);
        scope.divide(&mut outline);
    }
    outline
}

/// The marks that open an Điều. A quoted one counts only where it fills a gap exactly: footnotes of
/// consolidated texts are quoted, and page breaks put the text itself inside them.
fn articles(marks: &[Mark], containers: &[usize]) -> Vec<usize> {
    let is_article = |&at: &usize| marks[at].shape == Shape::Keyword(Level::Article);
    let found: Vec<usize> = (0..marks.len()).filter(is_article).collect();
    let scope = |at: usize| containers.partition_point(|&c| c < at);
    let bonus = if is_unambiguous(marks, &found, scope) {
        UNAMBIGUOUS_BONUS
    } else {
        ARTICLE_BONUS
    };
    let weight = |mark: &Mark| match mark.weight {
        _ if mark.is_quoted => -1,
        weight if weight >= STRONG => weight + bonus,
        weight => weight,
    };
    let candidates: Vec<Candidate> = found
        .iter()
        .map(|&at| Candidate {
            ordinal: marks[at].ordinal,
            scope: scope(at),
            weight: weight(&marks[at]),
        })
        .collect();
    best_chain(&candidates)
        .into_iter()
        .map(|at| found[at])
        .collect()
}

/// Whether every line that looks like the head of an Điều has a higher number than the one before
/// it in its scope. Then none of them competes with another, and an abridged text, which leaves
/// Điều out at will, is taken as it numbers itself.
fn is_unambiguous(marks: &[Mark], found: &[usize], scope: impl Fn(usize) -> usize) -> bool {
    let sure: Vec<usize> = found
        .iter()
        .copied()
        .filter(|&at| !marks[at].is_quoted && marks[at].weight >= STRONG)
        .collect();
    sure.windows(2).all(|pair| {
        scope(pair[0]) != scope(pair[1]) || marks[pair[0]].ordinal < marks[pair[1]].ordinal
    })
}

/// Drops the quoted marks; where an Điều was accepted inside a quotation, the rest of that stretch
/// counts as this document's own.
fn release(marks: &mut Vec<Mark>, articles: &mut Vec<usize>) {
    let mut kept = Vec::with_capacity(marks.len());
    let mut positions = Vec::with_capacity(articles.len());
    let mut is_released = false;
    for (at, mark) in marks.drain(..).enumerate() {
        let is_accepted = articles.binary_search(&at).is_ok();
        is_released = mark.is_quoted && (is_released || is_accepted);
        if is_accepted {
            positions.push(kept.len());
        }
        if !mark.is_quoted || is_released {
            kept.push(Mark {
                is_quoted: false,
                ..mark
            });
        }
    }
    *marks = kept;
    *articles = positions;
}

impl Outline {
    fn diagnose_articles(&mut self, marks: &[Mark], articles: &[usize], containers: &[Container]) {
        let scope = |at: usize| containers.partition_point(|c| c.from <= at && c.is_announced);
        let mut previous: Option<usize> = None;
        for &at in articles {
            let (mark, ordinal) = (&marks[at], marks[at].ordinal);
            let kind = match previous {
                None if ordinal.number > 1 => Some(DiagnosticKind::ArticleGap),
                Some(p) if ordinal < marks[p].ordinal && scope(p) == scope(at) => {
                    Some(DiagnosticKind::NumberingRestarts)
                }
                Some(p) if ordinal > marks[p].ordinal && !ordinal.follows(marks[p].ordinal) => {
                    Some(DiagnosticKind::ArticleGap)
                }
                _ => None,
            };
            self.diagnostics.extend(kind.map(|kind| Diagnostic {
                kind,
                span: mark.title,
            }));
            previous = Some(at);
        }
        let is_ignored = |at: &usize| {
            marks[*at].shape == Shape::Keyword(Level::Article)
                && marks[*at].weight >= STRONG
                && articles.binary_search(at).is_err()
        };
        let ignored = (0..marks.len()).filter(is_ignored);
        self.diagnostics.extend(ignored.map(|at| Diagnostic {
            kind: DiagnosticKind::HeadingIgnored,
            span: marks[at].title,
        }));
    }
}

/// The marks between two containers.
struct Scope<'t> {
    text: &'t str,
    marks: &'t [Mark],
    from: usize,
    to: usize,
    articles: &'t [usize],
    is_statute: bool,
}

impl<'t> Scope<'t> {
    /// Keeps those of all accepted Điều that lie in this scope.
    fn take_articles(&mut self, articles: &'t [usize]) {
        let first = articles.partition_point(|&a| a < self.from);
        let last = articles.partition_point(|&a| a < self.to);
        self.articles = articles.get(first..last).unwrap_or_default();
    }

    /// Adds the divisions of this scope to the outline, in order.
    fn divide(&self, outline: &mut Outline) {
        let mut chosen: Vec<(usize, Division)> = Vec::new();
        self.add_groupings(&mut chosen);
        for &at in self.articles {
            chosen.push((at, title::division(self.text, &self.marks[at], ARTICLE)));
        }
        self.add_markdown(&mut chosen);
        chosen.sort_by_key(|&(at, _)| at);
        self.add_closing(&mut chosen);
        self.add_inside(chosen, outline);
    }

    /// Phần, Chương, Mục and Tiểu mục, each numbered afresh inside the wider ones.
    fn add_groupings(&self, chosen: &mut Vec<(usize, Division)>) {
        let mut wider: Vec<usize> = Vec::new();
        let levels = [
            Level::Part,
            Level::Chapter,
            Level::Section,
            Level::Subsection,
        ];
        for (below, level) in levels.into_iter().enumerate() {
            let found: Vec<usize> = (self.from..self.to)
                .filter(|&at| self.marks[at].shape == Shape::Keyword(level))
                .filter(|&at| !title::runs_on(self.text, &self.marks[at]))
                .collect();
            let scope = |at: usize| wider.partition_point(|&w| w < at);
            let candidate = |&at: &usize| Candidate {
                ordinal: self.marks[at].ordinal,
                scope: scope(at),
                weight: self.marks[at].weight,
            };
            let candidates: Vec<Candidate> = found.iter().map(candidate).collect();
            let kept: Vec<usize> = best_chain(&candidates)
                .into_iter()
                .map(|c| found[c])
                .collect();
            for &at in &kept {
                chosen.push((
                    at,
                    title::division(self.text, &self.marks[at], PART + below),
                ));
            }
            wider.extend(kept);
            wider.sort_unstable();
        }
    }

    /// Markdown headings without a number around the Điều: a summary before, notes behind.
    fn add_markdown(&self, chosen: &mut Vec<(usize, Division)>) {
        let (Some(&first), Some(&last)) = (self.articles.first(), self.articles.last()) else {
            return;
        };
        let taken = |at: usize| chosen.iter().any(|&(c, _)| c == at);
        let outer = chosen
            .iter()
            .map(|&(at, _)| self.marks[at].hashes)
            .min()
            .unwrap_or(0);
        let first_chosen = chosen.iter().map(|&(at, _)| at).min().unwrap_or(first);
        let found: Vec<usize> = (self.from..self.to)
            .filter(|&at| matches!(self.marks[at].shape, Shape::Markdown(_)) && !taken(at))
            .filter(|&at| at < first_chosen || at > last && self.marks[at].hashes <= outer)
            .collect();
        for at in found {
            chosen.push((at, title::division(self.text, &self.marks[at], MARKDOWN)));
        }
    }

    /// The first signature line behind the last Điều.
    fn add_closing(&self, chosen: &mut Vec<(usize, Division)>) {
        let Some(&last) = self.articles.last() else {
            return;
        };
        let is_closing = |&at: &usize| self.marks[at].shape == Shape::Signature;
        if let Some(at) = (last + 1..self.to).find(is_closing) {
            let division = title::division(self.text, &self.marks[at], FORM_OR_CLOSING);
            chosen.retain(|&(other, _)| other < at);
            chosen.push((at, division));
        }
    }

    /// Moves the chosen headings to the outline, each followed by what lies inside it.
    fn add_inside(&self, chosen: Vec<(usize, Division)>, outline: &mut Outline) {
        let starts: Vec<usize> = chosen.iter().map(|&(at, _)| at).chain([self.to]).collect();
        let is_plain = self.articles.is_empty();
        if is_plain {
            let marks = &self.marks[self.from..starts[0]];
            inside::divide_guidance(self.text, marks, outline);
        }
        for (at, (mark, division)) in chosen.into_iter().enumerate() {
            let marks = &self.marks[mark + 1..starts[at + 1]];
            let level = division.level;
            outline.divisions.push(division);
            if level == Level::Article {
                inside::divide_article(self.text, marks, outline);
            } else if is_plain && (!self.is_statute || level != Level::Signature) {
                inside::divide_guidance(self.text, marks, outline);
            }
        }
    }
}

impl Outline {
    /// Notes that a numbering skips at `span`.
    pub(super) fn diagnose(&mut self, kind: DiagnosticKind, span: Span) {
        self.diagnostics.push(Diagnostic { kind, span });
    }
}
