//! From a question to an answer: rank, compose, prove, judge.

use std::cmp::Ordering;
use std::time::Instant;

use crate::answer::Asked;
use crate::answer::Nearness;
use crate::answer::Terms;
use crate::index;
use crate::index::Generation;
use crate::qa::Clock;
use crate::qa::Error;
use crate::qa::check;
use crate::qa::competence::transferred;
use crate::qa::draft::Draft;
use crate::qa::frame::frame;
use crate::qa::frame::listed;
use crate::qa::inquiry::Inquiry;
use crate::qa::judge::judge;
use crate::qa::notices::all_later;
use crate::qa::notices::notices;
use crate::qa::notices::shortened;
use crate::qa::precedents::followed;
use crate::qa::precedents::with_precedents;
use crate::qa::sources::sources;
use crate::qa::validity::renew;
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
    let precedents = if ranking.is_pinned() {
        // What is asked for by its address is what that says.
        Vec::new()
    } else {
        ranker.precedents(&question, generation, day)?
    };
    let hits = evidence_hits(&ranking.hits);
    let hits = &with_precedents(hits, &ranking.hits, &precedents, (generation, ranker))?;
    let terms = terms(&question, generation)?;
    let inquiry = Inquiry {
        question: &question,
        terms: &terms,
        generation,
        ranker,
        day,
        today: clock.today,
    };
    let nearness = ranker.nearness(&question);
    let asked = Asked {
        precedents: &precedents,
        ..inquiry.asked(nearness.as_ref().map(|n| n as &dyn Nearness))
    };
    let mut draft = Draft::compose(&asked, hits, sources(hits, generation, day)?);
    let mut judged = judge(&draft.composed, &ranking, &inquiry)?;
    if judged.is_related {
        renew(&mut draft, &inquiry)?;
        judged.notices.extend(transferred(&mut draft, &inquiry)?);
        draft.prove();
    } else {
        draft.clear();
    }
    let standings = draft.standings(&inquiry);
    if day < clock.today && all_later(&draft, &standings, &inquiry) {
        judged.answers = false;
    }
    judged.notices.extend(shortened(hits, &draft));
    judged.notices.extend(notices(&draft, &standings, &inquiry));
    let listed_hits = &hits[..hits.len().min(N_LISTED_PASSAGES)];
    let passages = listed(listed_hits, &draft.sources, generation, day);
    if judged.answers {
        judged.precedent = followed(&precedents, &draft.composed).map(str::to_owned);
    }
    let mut answer = frame(&question, judged, draft);
    for (citation, standing) in answer.citations.iter_mut().zip(standings) {
        citation.standing = standing;
    }
    answer.as_of = day.to_iso();
    answer.passages = passages;
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
        let explained = crate::rank::explain(&question, generation, ranker, &hits, limit)?;
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
