//! What models tell of evidence that words have found: how near each unit is to the question, and
//! whether the best answers it.

use std::borrow::Cow;

use crate::text::clip;

use super::evidence::Evidence;
use super::nearness::Nearness;
use super::table;

/// What a unit loses in relevance by each unit of cosine that the nearest is nearer to the question.
const DISTANCE_COST: f32 = 1.5;
/// Units whose nearness is asked for, those first that words put first.
const N_NEAR: usize = 40;
/// Units after the best that are judged with it where it is not believed.
const N_RIVALS_MAX: usize = 11;
/// Log odds from which a unit is believed to answer.
const BELIEVED_MIN: f32 = 0.0;
/// By so much log odds another must be likelier than the best to go before it. For 942 written
/// questions over texts that no model had seen, 60 more are answered with the right clause for it and
/// 3 less. Asking for half as much moves a third more, and what moves is less sure to be right.
const PREFERENCE_MIN: f32 = 4.0;
/// A unit is read with so much of its heading and of what leads into it.
const AROUND_BYTES_MAX: usize = 160;

/// Takes from each unit what it loses by not being the nearest to the question. Only the first are
/// read; the others lose as much as the farthest of these.
pub(super) fn bring_near(evidence: &mut [Evidence<'_>], nearness: &dyn Nearness) {
    let first = evidence.iter().take(N_NEAR);
    let texts: Vec<String> = first.map(read_with_context).collect();
    let cosines = nearness.cosines(&texts).unwrap_or_default();
    let nearest = cosines.iter().copied().fold(f32::MIN, f32::max);
    let farthest = cosines.iter().copied().fold(f32::MAX, f32::min);
    if cosines.is_empty() {
        return;
    }
    for (at, one) in evidence.iter_mut().enumerate() {
        one.nearness = cosines.get(at).copied();
        one.relevance -= DISTANCE_COST * (nearest - one.nearness.unwrap_or(farthest));
    }
}

/// Tells how likely the best answers. Before one that is not believed goes another that is and is
/// clearly preferred.
pub(super) fn judge(evidence: &mut [Evidence<'_>], nearness: &dyn Nearness) {
    let judged = |unit: &Evidence<'_>| nearness.log_odds_of(read_with_context(unit));
    let Some(best) = evidence.first_mut() else {
        return;
    };
    best.odds = judged(best);
    let relevance = best.relevance;
    let is_doubted = best.odds.is_some_and(|odds| odds < BELIEVED_MIN);
    let preferred = is_doubted.then(|| preferred(evidence, nearness)).flatten();
    if let Some(at) = preferred {
        evidence[..=at].rotate_right(1);
        evidence[0].relevance = relevance;
        evidence[0].odds = judged(&evidence[0]);
    }
}

/// Which of the next few is believed and clearly preferred to the first. What is no law on the day
/// asked about is not.
fn preferred(evidence: &[Evidence<'_>], nearness: &dyn Nearness) -> Option<usize> {
    let (best, next) = evidence.split_first()?;
    let next = (1..).zip(next).take(N_RIVALS_MAX);
    let holds = |e: &Evidence<'_>| !e.is_of_other_time && !e.is_void;
    let rivals: Vec<(usize, &Evidence<'_>)> = next.filter(|(_, e)| holds(e)).collect();
    if rivals.is_empty() {
        return None;
    }
    let judged = std::iter::once(best).chain(rivals.iter().map(|&(_, e)| e));
    let texts: Vec<String> = judged.map(read_with_title).collect();
    let odds = nearness.log_odds(&texts)?;
    let (odds_of_best, odds) = odds.split_first()?;
    let judged = rivals.iter().zip(odds).map(|((at, _), odds)| (*at, *odds));
    let (likeliest, odds) = judged.max_by(|(_, a), (_, b)| a.total_cmp(b))?;
    let is_clear = odds > BELIEVED_MIN && odds >= odds_of_best + PREFERENCE_MIN;
    is_clear.then_some(likeliest)
}

/// A unit below the title of its document as well: which text rules is half of whether it answers.
/// Cosines are of what lies below, or all units of a document would be alike.
fn read_with_title(evidence: &Evidence<'_>) -> String {
    let title = clip(evidence.title, AROUND_BYTES_MAX);
    [title, &read_with_context(evidence)].join("\n")
}

/// A unit below its heading and what leads into it.
fn read_with_context(evidence: &Evidence<'_>) -> String {
    let document = evidence.source.document;
    let heading = document
        .nearest_heading(evidence.provision)
        .unwrap_or_default();
    let parent = document.ancestors(evidence.provision).find(|&at| at > 0);
    let lead = parent
        .and_then(|at| document.provisions.get(at))
        .map(|p| document.slice(p.own));
    let lead = lead
        .filter(|lead| heading.is_empty() || !lead.contains(heading))
        .unwrap_or_default();
    let own = document.slice(evidence.span);
    let head = table::head(document, evidence.provision);
    let own = head.map_or(Cow::Borrowed(own), |head| table::in_words(head, own).into());
    [
        clip(heading, AROUND_BYTES_MAX),
        clip(lead, AROUND_BYTES_MAX),
        &own,
    ]
    .join("\n")
}
