//! From evidence to what is quoted of it, and in which order.

use crate::document::Date;
use crate::document::Document;
use crate::document::Level;
use crate::text::Span;

use super::evidence::{Evidence, Source, trimmed};
use super::intent::Intent;
use super::period::{Period, in_turn};

/// Statements of an answer that is no list.
const N_STATEMENTS_MAX: usize = 5;
/// Items of a list.
const N_ITEMS_MAX: usize = 14;
/// Further evidence must come this close to the best, by words alone and where it was read.
const RELEVANCE_SHARE_MIN: f32 = 0.82;
const RELEVANCE_SHARE_MIN_NEAR: f32 = 0.8;
/// Evidence of the same passage need not: a reader of one khoản looks at the next.
const FELLOW_SHARE_MIN: f32 = 0.6;
/// An item of a list of khoản must come this close to the best.
const ITEM_SHARE_MIN: f32 = 0.62;
/// Điểm are quoted together while they are no longer than this.
const FELLOW_BYTES_MAX: usize = 900;
/// A text of another time that has so much more of the question is what was asked about.
const MORE_SYLLABLES_MIN: f32 = 0.1;
/// A provision longer than this is not quoted whole.
const QUOTE_BYTES_MAX: usize = 3000;

/// A span chosen to be quoted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pick<'a> {
    pub(super) source: Source<'a>,
    pub(super) provision: usize,
    pub(super) span: Span,
    /// Whether it is what answers: of what else is quoted no figure may stand for the answer.
    pub(super) is_best: bool,
}

/// What answers of `evidence`, best first, to a question of kind `intent` about the law of `day`.
pub(super) fn choose<'a>(evidence: &[Evidence<'a>], intent: Intent, day: Date) -> Vec<Pick<'a>> {
    let Some(best) = evidence.first() else {
        return Vec::new();
    };
    let mut picks = around(best, evidence, intent, day);
    if let Some(span) = answering(best, evidence, day) {
        for pick in &mut picks {
            pick.is_best = pick.source.id == best.source.id && pick.span.contains(span);
        }
    }
    picks
}

/// The span that answers, where it is clear which: the best one, or the điểm that has taken its place
/// by `day`.
fn answering(best: &Evidence<'_>, evidence: &[Evidence<'_>], day: Date) -> Option<Span> {
    let document = best.source.document;
    let in_turn = in_turn(document, best.provision);
    let takes_turn = |e: &Evidence<'_>| in_turn.iter().any(|(at, _)| *at == e.provision);
    let is_rival = |e: &Evidence<'_>| {
        e.has_figure && e.source.id == best.source.id && !takes_turn(e) && rivals(e, best)
    };
    if best.is_void || evidence.iter().any(is_rival) {
        return None;
    }
    let begun = in_turn.iter().filter(|(_, from)| *from <= day);
    let latest = begun.max_by_key(|(_, from)| *from).map(|(at, _)| *at);
    let taken = latest.filter(|at| *at != best.provision);
    let taken = taken.and_then(|at| document.provisions.get(at));
    Some(taken.map_or(best.span, |p| trimmed(document, p.span)))
}

/// Whether `other`, of the same document, leaves in doubt that `best` answers. A text of another time
/// does that is more of what was asked about; and a điểm beside it with as much of the question: `a)
/// Vụ việc thông thường: 30 ngày; b) Vụ việc phức tạp: 45 ngày`.
fn rivals(other: &Evidence<'_>, best: &Evidence<'_>) -> bool {
    let document = best.source.document;
    let list = |e: &Evidence<'_>| {
        let provision = document.provisions.get(e.provision);
        provision.filter(|p| p.level == Level::Point)?.parent
    };
    if other.is_of_other_time {
        return other.syllables > best.syllables + MORE_SYLLABLES_MIN;
    }
    let is_beside = list(best).is_some() && list(other) == list(best);
    is_beside && other.provision != best.provision && other.syllables >= best.syllables
}

/// The evidence that is quoted, `best` or what stands around it.
fn around<'a>(
    best: &Evidence<'a>,
    evidence: &[Evidence<'a>],
    intent: Intent,
    day: Date,
) -> Vec<Pick<'a>> {
    if intent == Intent::List {
        let items = list(best, evidence);
        if items.len() > 1 {
            return items;
        }
    }
    let items = fellow_points(best, day);
    if items.len() > 1 {
        return items;
    }
    let closeness = match best.nearness {
        Some(_) => RELEVANCE_SHARE_MIN_NEAR,
        None => RELEVANCE_SHARE_MIN,
    };
    let is_close = |e: &&Evidence<'a>| {
        let is_fellow = e.source.id == best.source.id && e.passage_span == best.passage_span;
        let share = if is_fellow {
            FELLOW_SHARE_MIN
        } else {
            closeness
        };
        is_near(e.relevance, best.relevance, share)
            && (e.has_figure || !best.has_figure || is_fellow)
    };
    let close = evidence.iter().filter(is_close).take(N_STATEMENTS_MAX);
    let pick = |e: &Evidence<'a>| Pick {
        source: e.source,
        provision: e.provision,
        span: e.span,
        is_best: false,
    };
    let (mut other, mut now): (Vec<&Evidence<'a>>, Vec<&Evidence<'a>>) =
        close.partition(|e| e.is_of_other_time);
    // Of what comes close, the figure asked for is read first.
    now.sort_by_key(|e| !e.has_figure);
    if !now.is_empty() {
        other.retain(|e| !e.is_void);
    }
    let in_order =
        |of: Vec<&Evidence<'a>>| in_reading_order(&of.into_iter().map(pick).collect::<Vec<_>>());
    // What held at another time explains what holds now, and comes behind it; last what says so
    // itself.
    let tells_other_time = |e: &&Evidence<'a>| {
        Period::in_list(e.source.document, e.span).is_some_and(|period| !period.holds(day))
    };
    let (ended, now): (Vec<_>, Vec<_>) = now.into_iter().partition(tells_other_time);
    let (told, other): (Vec<_>, Vec<_>) = other.into_iter().partition(tells_other_time);
    let last = [ended, told].concat();
    [in_order(now), in_order(other), in_order(last)].concat()
}

/// Whether `relevance` lacks no more of the best one than `share` leaves. Both may be below zero: law that
/// is out of force, or of another province.
fn is_near(relevance: f32, best: f32, share: f32) -> bool {
    relevance >= best - (1.0 - share) * best.abs()
}

/// All điểm beside the best one, where it is a short one of few: half a table of fees misleads.
fn fellow_points<'a>(best: &Evidence<'a>, day: Date) -> Vec<Pick<'a>> {
    let (source, document) = (best.source, best.source.document);
    let level = |at: usize| document.provisions.get(at).map(|p| p.level);
    let parent = document.ancestors(best.provision).next();
    let Some(parent) =
        parent.filter(|_| best.has_figure && level(best.provision) == Some(Level::Point))
    else {
        return Vec::new();
    };
    let points: Vec<usize> = document
        .children(parent)
        .filter(|&at| level(at) == Some(Level::Point))
        .collect();
    let n_bytes: usize = points
        .iter()
        .filter_map(|&at| document.provisions.get(at))
        .map(|p| p.span.len())
        .sum();
    if n_bytes > FELLOW_BYTES_MAX {
        return Vec::new();
    }
    latest_first(document, points, day)
        .into_iter()
        .flat_map(|at| whole(source, at))
        .collect()
}

/// `points` with the one first that took the place of the others by `day`, and those last that do not
/// hold on it: of amounts that are each given from their day on, the last one holds.
fn latest_first(document: &Document, mut points: Vec<usize>, day: Date) -> Vec<usize> {
    points.sort_by_cached_key(|&at| {
        let period = document.provisions.get(at).map(|p| p.span);
        period
            .and_then(|span| Period::in_list(document, span))
            .is_some_and(|period| !period.holds(day))
    });
    let since = |at: &usize| {
        let span = document.provisions.get(*at)?.span;
        let period = Period::of(document.slice(span)).filter(|p| p.holds(day))?;
        period.from
    };
    let latest = (0..points.len())
        .filter_map(|n| Some((since(points.get(n)?)?, n)))
        .max();
    if let Some((_, n)) = latest {
        let first = points.remove(n);
        points.insert(0, first);
    }
    points
}

/// The items around the best evidence, where it stands in a list.
fn list<'a>(best: &Evidence<'a>, evidence: &[Evidence<'a>]) -> Vec<Pick<'a>> {
    let (source, document) = (best.source, best.source.document);
    let Some(container) = document.ancestors(best.provision).next() else {
        return Vec::new();
    };
    let level = |at: usize| document.provisions.get(at).map(|p| p.level);
    let are_points = matches!(level(best.provision), Some(Level::Point | Level::Subpoint));
    let is_relevant = |at: usize| {
        let Some(span) = document.provisions.get(at).map(|p| p.span) else {
            return false;
        };
        let of_item = evidence
            .iter()
            .filter(|e| e.source.id == source.id && span.contains(e.span));
        let relevance = of_item.map(|e| e.relevance).fold(f32::MIN, f32::max);
        is_near(relevance, best.relevance, ITEM_SHARE_MIN)
    };
    let items = document
        .children(container)
        .filter(|&at| are_points || is_relevant(at));
    items
        .take(N_ITEMS_MAX)
        .flat_map(|at| whole(source, at))
        .collect()
}

/// A whole provision; a very long one as the lead-in words of its parts.
pub(super) fn whole(source: Source<'_>, at: usize) -> Vec<Pick<'_>> {
    let document = source.document;
    let Some(provision) = document.provisions.get(at) else {
        return Vec::new();
    };
    let pick = |at: usize, span: Span| Pick {
        source,
        provision: at,
        span: trimmed(document, span),
        is_best: false,
    };
    let mut picks = Vec::new();
    if provision.span.len() <= QUOTE_BYTES_MAX || document.descendants(at).is_empty() {
        picks.push(pick(at, cut(document, provision.span)));
    } else {
        picks.push(pick(at, provision.own));
        let parts = document
            .children(at)
            .take(N_ITEMS_MAX)
            .filter_map(|c| Some((c, document.provisions.get(c)?.own)));
        picks.extend(parts.map(|(child, own)| pick(child, own)));
    }
    picks.retain(|pick| !pick.span.is_empty());
    picks
}

/// `span`, ended at the last sentence that fits a quote.
fn cut(document: &Document, span: Span) -> Span {
    let text = document.slice(span);
    if text.len() <= QUOTE_BYTES_MAX {
        return span;
    }
    let fits = crate::text::sentences(text)
        .take_while(|s| s.end <= QUOTE_BYTES_MAX)
        .last();
    let end = fits.map_or_else(|| text.floor_char_boundary(QUOTE_BYTES_MAX), |s| s.end);
    Span::new(span.start, span.start + end)
}

/// Articles in order of their best pick, picks of one article in order of their place: what answers
/// best is read first, and a khoản not before the one it follows.
fn in_reading_order<'a>(picks: &[Pick<'a>]) -> Vec<Pick<'a>> {
    let mut ordered: Vec<Pick<'_>> = Vec::with_capacity(picks.len());
    for pick in picks {
        let is_beside =
            |other: &Pick<'_>| other.source.id == pick.source.id && article(other) == article(pick);
        if ordered.iter().any(is_beside) {
            continue;
        }
        let mut of_article: Vec<Pick<'_>> =
            picks.iter().filter(|p| is_beside(p)).copied().collect();
        of_article.sort_by_key(|p| p.span);
        ordered.extend(of_article);
    }
    ordered
}

/// The Điều that a pick stands in, or the widest division of a text without any.
fn article(pick: &Pick<'_>) -> usize {
    let document = pick.source.document;
    let level = |at: &usize| document.provisions.get(*at).map(|p| p.level);
    let above = || std::iter::once(pick.provision).chain(document.ancestors(pick.provision));
    let own = above().find(|at| level(at) == Some(Level::Article));
    own.or_else(|| above().filter(|&at| at > 0).last())
        .unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearness_holds_below_zero_too() {
        assert!(is_near(-0.1, -0.1, 0.8), "the best is near itself");
        assert!(is_near(-0.11, -0.1, 0.8) && !is_near(-0.2, -0.1, 0.8));
        assert!(is_near(0.8, 1.0, 0.8) && !is_near(0.7, 1.0, 0.8));
    }
}
