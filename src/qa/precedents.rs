//! The passages that hold what answered questions like the one asked.

use crate::answer::Composed;
use crate::answer::Precedent;
use crate::document::Document;
use crate::index;
use crate::index::Generation;
use crate::rank::Hit;
use crate::rank::Ranker;
use crate::text::Span;

/// Log odds from which what answered another question is looked at for this one.
const ODDS_MIN: f32 = -2.0;
/// Passages that are looked at for it.
const N_PASSAGES: usize = 3;

/// `hits`, and behind them those passages of `found`, or of the store, that hold what `precedents` say.
pub(super) fn with_precedents(
    mut hits: Vec<Hit>,
    found: &[Hit],
    precedents: &[Precedent<'_>],
    (generation, ranker): (&Generation, &Ranker),
) -> Result<Vec<Hit>, index::Error> {
    let likely = precedents.iter().filter(|p| p.likeness.odds() >= ODDS_MIN);
    let n_most = hits.len() + N_PASSAGES;
    for precedent in likely {
        if hits.len() == n_most {
            break;
        }
        let Some((entry, document)) = generation.document(precedent.document)? else {
            continue;
        };
        for span in passages(&document, precedent.span) {
            let is_it = |hit: &&Hit| hit.document == entry.id && hit.span == span;
            if hits.len() == n_most || hits.iter().any(|hit| is_it(&hit)) {
                continue;
            }
            let hit = found.iter().find(is_it).cloned();
            hits.push(hit.unwrap_or_else(|| Hit {
                is_foreign: ranker.is_foreign(entry),
                ..unfound(&entry.id, span)
            }));
        }
    }
    Ok(hits)
}

/// The question of the likeliest of `precedents` that is as likely as not to be the one asked, and that
/// what is cited answers.
pub(super) fn followed<'p>(precedents: &[Precedent<'p>], composed: &Composed) -> Option<&'p str> {
    let is_cited = |precedent: &&Precedent<'_>| {
        let mut citations = composed.citations.iter();
        citations.any(|c| precedent.covers(&c.document, c.span))
    };
    let mut likely = precedents.iter().filter(|p| p.likeness.odds() > 0.0);
    likely.find(is_cited).map(|precedent| precedent.question)
}

/// Where the passages of `document` lie that hold what stands at `span`, or a part of it.
fn passages(document: &Document, span: Span) -> impl Iterator<Item = Span> {
    let spans = document.passages().into_iter().map(|passage| passage.span);
    spans.filter(move |passage| passage.contains(span) || span.contains(*passage))
}

/// A passage that no word of the question leads to.
fn unfound(document: &str, span: Span) -> Hit {
    Hit {
        document: document.to_owned(),
        span,
        score: 0.0,
        bm25: 0.0,
        learned: 1.0,
        cosine: None,
        is_expired: false,
        is_foreign: false,
        pinned: None,
    }
}
