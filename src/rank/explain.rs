//! What a hit's score is made of, adding up to it.

use std::iter::repeat_n;

use rustc_hash::FxHashMap;

use super::Hit;
use super::Question;
use super::Ranker;
use super::candidates;
use super::company;
use super::lexical;
use super::meaning;
use super::second_look;
use crate::index;
use crate::index::Contribution;
use crate::index::FieldName;
use crate::index::Form;
use crate::index::Generation;
use crate::index::PassageCandidate;
use crate::index::PassageHit;
use crate::text::fold_word;
use crate::text::words;

/// One summand of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The term as it was asked, or what else changed the score.
    pub name: String,
    /// Where the term was found, or `Ranking`.
    pub origin: Origin,
    /// How much it added.
    pub score: f32,
}

/// Where a [`Part`] comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// BM25 of a term in a field.
    Field(FieldName),
    /// What ranking made of BM25's score.
    Ranking,
}

/// The summands of the score of each of the best `limit` hits, which [`rank`](super::rank) gave for
/// that limit: terms, largest first, then what ranking changed.
///
/// # Errors
/// When the index cannot be read.
pub fn explain(
    question: &Question,
    generation: &Generation,
    ranker: &Ranker,
    hits: &[Hit],
    limit: usize,
) -> Result<Vec<Vec<Part>>, index::Error> {
    let candidates = candidates(question, generation, ranker, limit)?;
    let shares = ranker.shares(question, &candidates, generation.passages())?;
    let explained = hits.iter().map(|hit| {
        if hit.pinned.is_some() {
            return Ok(vec![ranking("provision asked for", hit.score)]);
        }
        let is_hit =
            |c: &PassageCandidate| (&c.hit.document, c.hit.span) == (&hit.document, hit.span);
        let at = candidates.iter().position(is_hit);
        let shares = at.and_then(|at| shares.get(at));
        let mut parts = terms(question, generation, hit)?;
        parts.extend(learned(hit, &by_topic(shares.map_or(&[], |s| s))));
        parts.extend(exact(hit));
        Ok(parts)
    });
    explained.collect()
}

fn ranking(name: &str, score: f32) -> Part {
    Part {
        name: name.to_owned(),
        origin: Origin::Ranking,
        score,
    }
}

/// What each term adds to BM25.
fn terms(
    question: &Question,
    generation: &Generation,
    hit: &Hit,
) -> Result<Vec<Part>, index::Error> {
    let passage = PassageHit {
        document: hit.document.clone(),
        span: hit.span,
        score: hit.bm25,
    };
    let terms = generation.passages().explain(&question.query, &passage)?;
    let asked = as_asked(question);
    let readable = |term: &str| {
        let words = term.split(' ');
        let words = words.map(|key| asked.get(key).map_or(key, String::as_str));
        words.collect::<Vec<_>>().join(" ")
    };
    let part = |term: Contribution| Part {
        name: readable(&term.term),
        origin: Origin::Field(term.field),
        score: term.score,
    };
    Ok(terms.into_iter().map(part).collect())
}

/// The words of `question` by their search form, which keeps tones where nobody would write them.
fn as_asked(question: &Question) -> FxHashMap<String, String> {
    let form = question.query.form();
    let asked = words(&question.understood).map(|(word, _)| {
        let folded = fold_word(word);
        let key = match form {
            Form::Marked => folded.marked,
            Form::Bare => folded.bare,
        };
        (key, word.to_lowercase())
    });
    asked.collect()
}

/// What the learned order adds: a factor, each of whose logarithm's summands has its part of the
/// difference that the factor makes (logarithmic mean Divisia index; Ang, 2004).
fn learned(hit: &Hit, reasons: &[Reason]) -> Vec<Part> {
    let difference = hit.bm25 * (hit.learned - 1.0);
    let whole = hit.learned.ln();
    if whole.abs() < f32::EPSILON || reasons.is_empty() {
        return vec![ranking("learned order", difference)];
    }
    let points = |share: f32| difference * share / whole;
    let mut parts: Vec<Part> = reasons
        .iter()
        .filter(|reason| reason.share != 0.0)
        .map(|reason| ranking(reason.topic, points(reason.share)))
        .collect();
    parts.sort_by(|a, b| b.score.abs().total_cmp(&a.score.abs()));
    let told: f32 = reasons.iter().map(|reason| reason.share).sum();
    parts.push(ranking("all passages alike", points(whole - told)));
    parts
}

/// How much one topic moves a candidate.
struct Reason {
    /// What it is, for people.
    topic: &'static str,
    /// What it adds to the natural logarithm of the factor.
    share: f32,
}

/// Sums of `shares`, one a feature, over the features of each topic.
fn by_topic(shares: &[f32]) -> Vec<Reason> {
    let topics = lexical::TOPICS
        .into_iter()
        .chain(repeat_n(meaning::TOPIC, meaning::N_FEATURES))
        .chain(repeat_n(company::TOPIC, company::N_FEATURES))
        .chain(second_look::TOPICS);
    let mut reasons: Vec<Reason> = Vec::new();
    for (topic, &share) in topics.zip(shares) {
        match reasons.iter_mut().find(|reason| reason.topic == topic) {
            Some(reason) => reason.share += share,
            None => reasons.push(Reason { topic, share }),
        }
    }
    reasons
}

/// What rules add or take away.
fn exact(hit: &Hit) -> Option<Part> {
    let change = hit.score - hit.bm25 * hit.learned;
    if change < 0.0 {
        Some(ranking("out of force or of another province", change))
    } else if change > 0.0 {
        Some(ranking("document named", change))
    } else {
        None
    }
}
