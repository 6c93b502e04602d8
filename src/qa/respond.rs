//! From a question to an answer: rank, compose, prove, judge.

use std::cmp::Ordering;
use std::time::Instant;

use crate::answer;
use crate::answer::Asked;
use crate::answer::Candidate;
use crate::answer::Composed;
use crate::answer::Nearness;
use crate::answer::Source;
use crate::answer::Terms;
use crate::index;
use crate::index::Generation;
use crate::qa::Clock;
use crate::qa::Error;
use crate::qa::check;
use crate::qa::competence;
use crate::qa::frame::frame;
use crate::qa::frame::listed;
use crate::qa::judge::judge;
use crate::qa::notices::all_later;
use crate::qa::notices::notices;
use crate::qa::notices::shortened;
use crate::qa::sources::Sources;
use crate::qa::sources::source_of;
use crate::qa::sources::sources;
use crate::qa::validity;
use crate::rank::Hit;
use crate::rank::Origin;
use crate::rank::Question;
use crate::rank::Ranker;
use crate::rank::rank;
use crate::text::salience;
use crate::wire;

/// Passages that are ranked.
const N_LOOKED_AT: usize = 100;
/// Passages whose spans may become statements: the first.
const N_EVIDENCE_PASSAGES: usize = 10;
/// And of the others those nearest to the question in meaning.
const N_NEAREST_PASSAGES: usize = 5;
/// Passages listed with an answer.
const N_LISTED_PASSAGES: usize = 10;

/// The answer of `generation` to `text` for the day that `clock` and question say, not yet recorded:
/// without id and time.
///
/// # Errors
/// When the index cannot be read.
pub fn answer(
    text: &str,
    generation: &Generation,
    ranker: &Ranker,
    clock: Clock,
) -> Result<wire::Answer, Error> {
    let started = Instant::now();
    let question = Question::new(text);
    let day = clock.day(&question);
    let ranking = rank(&question, generation, ranker, day, N_LOOKED_AT)?;
    let search_ms = milliseconds(started);
    let started = Instant::now();
    let hits = &evidence_hits(&ranking.hits);
    let mut sources = sources(hits, generation, day)?;
    let terms = terms(&question, generation)?;
    let nearness = ranker.nearness(&question);
    let asked = Asked {
        question: &question.understood,
        terms: &terms,
        intent: question.intent,
        day,
        nearness: nearness.as_ref().map(|n| n as &dyn Nearness),
    };
    let mut composed = compose(&asked, (hits, &sources));
    let store = (generation, ranker, day);
    let mut judged = judge(&question, &terms, &ranking, &composed, store)?;
    if judged.is_related {
        validity::renew(
            &mut composed,
            (&question, &terms),
            &mut sources,
            generation,
            day,
        )?;
        let asked = (&question, &terms);
        let told = competence::transferred(&mut composed, asked, &mut sources, generation, day)?;
        judged.notices.extend(told);
        prove(&mut composed, &sources);
    } else {
        composed.statements.clear();
        composed.citations.clear();
    }
    let days = (day, clock.today);
    let standings = validity::standings(&composed, &sources, generation, day);
    if day < clock.today && all_later(&composed, &standings, &sources, day) {
        judged.answers = false;
    }
    judged.notices.extend(shortened(hits, &composed, &sources));
    let cited = (&composed, standings.as_slice());
    let told = notices(&question, cited, &sources, (generation, ranker), days);
    judged.notices.extend(told);
    let mut answer = frame(&question, judged, composed, &sources);
    for (citation, standing) in answer.citations.iter_mut().zip(standings) {
        citation.standing = standing;
    }
    answer.as_of = day.to_iso();
    answer.passages = listed(
        &hits[..hits.len().min(N_LISTED_PASSAGES)],
        &sources,
        generation,
        day,
    );
    answer.generation = generation.manifest().number;
    answer.timings_ms = wire::Timings {
        total: 0.0,
        search: search_ms,
        compose: milliseconds(started),
    };
    Ok(answer)
}

/// The best passages for `text`, for people who want to read rather than be answered.
///
/// # Errors
/// When the index cannot be read.
pub fn search(
    text: &str,
    generation: &Generation,
    ranker: &Ranker,
    clock: Clock,
    (limit, explain): (usize, bool),
) -> Result<Vec<wire::Passage>, Error> {
    check(text)?;
    let question = Question::new(text);
    let day = clock.day(&question);
    let hits = rank(&question, generation, ranker, day, limit)?.hits;
    let mut passages = listed(&hits, &sources(&hits, generation, day)?, generation, day);
    if explain {
        let store = (generation, ranker);
        let explained = crate::rank::explain(&question, store, (&hits, limit))?;
        for (passage, parts) in passages.iter_mut().zip(explained) {
            let wired = parts.into_iter().map(|part| wire::Contribution {
                term: part.name,
                field: match part.origin {
                    Origin::Field(field) => format!("{field:?}").to_lowercase(),
                    Origin::Ranking => "ranking".to_owned(),
                },
                score: part.score,
            });
            passage.explanation = Some(wired.collect());
        }
    }
    Ok(passages)
}

pub(super) fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

/// The terms of `question` with their weights.
fn terms(question: &Question, generation: &Generation) -> Result<Terms, index::Error> {
    let ceiling = generation.passages().rarity(question.query().form(), "")?;
    let mut failed = None;
    let terms = Terms::new(&question.topic, question.uses_marks(), |term| {
        rarity(generation, question, ceiling, term).unwrap_or_else(|error| {
            failed = Some(error);
            0.0
        })
    });
    match failed {
        Some(error) => Err(error),
        None => Ok(terms.with_synonyms(&question.synonyms)),
    }
}

/// What a term of the question weighs: how rare it is in the store, but no more than it tells in
/// questions at large (`ceiling` being the rarity of what the store lacks); a bigram no more than
/// its syllables.
fn rarity(
    generation: &Generation,
    question: &Question,
    ceiling: f32,
    term: &str,
) -> Result<f32, index::Error> {
    let stored = generation
        .passages()
        .rarity(question.query().form(), term)?;
    let rarest = |most: f32, syllable| salience(syllable, question.uses_marks()).max(most);
    let at_large = term.split(' ').fold(0.0, rarest);
    Ok(stored.min(ceiling * at_large))
}

/// The passages that may answer: the first ones, then those that only meaning finds.
fn evidence_hits(hits: &[Hit]) -> Vec<Hit> {
    let (first, others) = hits.split_at(hits.len().min(N_EVIDENCE_PASSAGES));
    let mut near: Vec<&Hit> = others.iter().filter(|hit| hit.cosine.is_some()).collect();
    near.sort_by(|a, b| b.cosine.partial_cmp(&a.cosine).unwrap_or(Ordering::Equal));
    near.truncate(N_NEAREST_PASSAGES);
    first.iter().chain(near).cloned().collect()
}

fn compose(asked: &Asked<'_>, (hits, sources): (&[Hit], &Sources<'_>)) -> Composed {
    let best = hits
        .iter()
        .map(|hit| hit.bm25)
        .fold(f32::MIN_POSITIVE, f32::max);
    let candidate = |hit| {
        source_of(hit, sources).map(|source| Candidate {
            source,
            span: hit.span,
            score: hit.bm25 / best,
            is_expired: hit.is_expired,
            is_foreign: hit.is_foreign,
        })
    };
    let candidates: Vec<Candidate<'_>> = hits.iter().filter_map(candidate).collect();
    let pinned: Vec<(Source<'_>, usize)> = hits
        .iter()
        .filter_map(|hit| Some((source_of(hit, sources)?, hit.pinned?)))
        .collect();
    let mut composed = answer::compose(asked, &candidates, &pinned);
    prove(&mut composed, sources);
    composed
}

/// Takes out every statement with a citation that cannot be proved, and every citation that then
/// stands alone. None ever should be.
fn prove(composed: &mut Composed, sources: &Sources<'_>) {
    let holds: Vec<bool> = composed
        .citations
        .iter()
        .map(|c| is_proved(c, sources))
        .collect();
    if holds.iter().all(|&holds| holds) {
        return;
    }
    let is_kept = |at: &usize| holds.get(*at).copied().unwrap_or(false);
    let place = |at: &usize| (0..*at).filter(is_kept).count();
    composed
        .statements
        .retain(|statement| statement.citations.iter().all(is_kept));
    for statement in &mut composed.statements {
        statement.citations = statement.citations.iter().map(place).collect();
    }
    let mut kept = holds.iter();
    composed
        .citations
        .retain(|_| kept.next().copied().unwrap_or(false));
}

fn is_proved(citation: &answer::Citation, sources: &Sources<'_>) -> bool {
    let Some(stored) = sources.get(&citation.document) else {
        return false;
    };
    let proof = answer::verify(citation, &stored.document);
    if let Err(reason) = &proof {
        tracing::error!(document.id = %citation.document, locator = %citation.locator, %reason, "a citation was withheld");
    }
    proof.is_ok()
}
