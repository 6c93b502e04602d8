//! From a question to ranked passages.
//!
//! A [`Question`] is understood (`question`); BM25's best hundred passages (`index`) get the learned order of `ranker`,
//! by words (`lexical`) and by meaning (`meaning`, `company`); `second_look` reads the best twenty again;
//! exact rules come last: what the question names stands first, what is no law steps back. Start at
//! [`rank`].

mod company;
mod explain;
mod forest;
mod inserted;
mod learned;
mod lexical;
mod line;
mod meaning;
mod moment;
mod nearness;
mod precedent;
mod question;
mod ranker;
mod second_look;
mod spread;
mod word_model;

use std::cmp::Ordering;

pub use self::explain::Origin;
pub use self::explain::Part;
pub use self::explain::explain;
pub use self::inserted::Inserted;
pub use self::inserted::Place;
pub use self::inserted::inserted;
pub use self::inserted::place;
pub use self::moment::Moment;
pub use self::nearness::Reading;
pub use self::question::QUESTION_CHARS_MAX;
pub use self::question::Question;
pub use self::ranker::Error;
pub use self::ranker::Ranker;
use self::second_look::Correction;
pub use self::second_look::Missing;
use crate::document::Date;
use crate::document::Locator;
use crate::document::Mention;
use crate::index;
use crate::index::Entry;
use crate::index::Generation;
use crate::index::PassageCandidate;
use crate::index::PassageHit;
use crate::index::PassageIndex;
use crate::text::Span;

/// How much more a passage of a document counts that the question names.
const NAMED_DOCUMENT_FACTOR: f32 = 1.4;
/// How much less a passage counts that another province decided.
const FOREIGN_FACTOR: f32 = 0.6;
/// How much less a passage counts whose document is out of force and not named in the question.
const EXPIRED_FACTOR: f32 = 0.5;
/// BM25 candidates that the exact rules may reorder.
const N_CANDIDATES: usize = 100;

/// A ranked passage, or a provision that the question names.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Document id.
    pub document: String,
    /// Where it lies in the canonical text.
    pub span: Span,
    /// What it is ranked by; comparable within one question only.
    pub score: f32,
    /// The part of the score that is BM25.
    pub bm25: f32,
    /// The factor by which what was learned corrects BM25.
    pub learned: f32,
    /// How near it is to the question in meaning; none where no sentence model compared them, or one without
    /// trees, whose cosine is in the score alone.
    pub cosine: Option<f32>,
    /// Whether its document is out of force and was not asked for by name.
    pub is_expired: bool,
    /// Whether a body of another province issued its document.
    pub is_foreign: bool,
    /// The provision that the question asked for by its address.
    pub pinned: Option<usize>,
}

/// The hits for a question, and how they stand out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ranking {
    /// Best first.
    pub hits: Vec<Hit>,
    /// BM25's fifth score as a share of its first: near 1 where nothing stands out. Of BM25 and not
    /// of the final order, so that a better order does not look like a surer answer.
    pub fifth: f32,
}

impl Ranking {
    /// Whether the question asked for a provision by its address.
    pub fn is_pinned(&self) -> bool {
        self.hits.iter().any(|hit| hit.pinned.is_some())
    }
}

/// The best `limit` hits for `question`, best first: provisions named by document and locator,
/// then passages by score. Documents out of force on `day` step back unless they are named.
///
/// # Errors
/// When the index cannot be read.
pub fn rank(
    question: &Question,
    generation: &Generation,
    ranker: &Ranker,
    day: Date,
    limit: usize,
) -> Result<Ranking, index::Error> {
    let passages = generation.passages();
    let candidates = candidates(question, generation, ranker, limit)?;
    let found = reranked(question, candidates, passages, ranker, None)?;
    let fifth = match found.as_slice() {
        [(first, _), _, _, _, (fifth, _), ..] => fifth.score / first.score,
        _ => 0.0,
    };
    let named: Vec<&str> = named_documents(question, generation, ranker);
    let mut hits: Vec<Hit> = found
        .into_iter()
        .map(|(hit, correction)| {
            let is_named = named.contains(&hit.document.as_str());
            let entry = generation.catalogue().entry(&hit.document);
            let steps_back = Steps {
                is_expired: !is_named && is_expired(&hit.document, generation, day),
                is_foreign: entry.is_some_and(|entry| ranker.is_foreign(entry)),
            };
            weigh(hit, correction, is_named, &steps_back)
        })
        .collect();
    hits.sort_by(by_rank);
    let best = hits.first().map_or(0.0, |hit| hit.score);
    let mut ranked = pinned(question, generation, ranker, day, best)?;
    hits.retain(|hit| {
        !ranked
            .iter()
            .any(|pin| pin.document == hit.document && pin.span == hit.span)
    });
    ranked.extend(hits);
    ranked.truncate(limit);
    Ok(Ranking {
        hits: ranked,
        fifth,
    })
}

/// BM25's best `limit` passages and more, with vectors where they are those of the ranker's model.
fn candidates(
    question: &Question,
    generation: &Generation,
    ranker: &Ranker,
    limit: usize,
) -> Result<Vec<PassageCandidate>, index::Error> {
    let n_candidates = limit.max(N_CANDIDATES);
    let passages = generation.passages();
    let mut candidates = passages.candidates(&question.query, n_candidates)?;
    if ranker.check(generation).is_err() {
        // Vectors of two models say nothing of each other, however many numbers they have.
        for candidate in &mut candidates {
            candidate.vector.clear();
        }
    }
    Ok(candidates)
}

/// The best `limit` passages in the learned order, whatever their documents are; sentence vectors
/// that the index does not hold come from `missing`.
///
/// # Errors
/// When the index cannot be read.
pub fn ordered(
    question: &Question,
    passages: &PassageIndex,
    ranker: &Ranker,
    limit: usize,
    missing: Option<&dyn Missing>,
) -> Result<Vec<PassageHit>, index::Error> {
    let candidates = passages.candidates(&question.query, limit)?;
    let mut hits = reranked(question, candidates, passages, ranker, missing)?;
    let score = |(hit, correction): &(PassageHit, Correction)| hit.score * correction.factor;
    // Stable: equal scores stay in the order of BM25.
    hits.sort_by(|a, b| score(b).total_cmp(&score(a)));
    Ok(hits.into_iter().map(|(hit, _)| hit).collect())
}

/// BM25's best `limit` passages, or those of them that `ranker` looks at twice, each with what
/// is learned from; `missing` as in [`ordered`].
///
/// # Errors
/// When the index cannot be read.
pub fn described(
    question: &Question,
    passages: &PassageIndex,
    ranker: &Ranker,
    limit: usize,
    missing: Option<&dyn Missing>,
) -> Result<Vec<(PassageHit, Vec<f32>)>, index::Error> {
    let candidates = passages.candidates(&question.query, limit)?;
    let features = ranker.features(question, &candidates, passages, missing)?;
    let features = features.into_iter();
    Ok(features
        .map(|(at, features)| (candidates[at].hit.clone(), features))
        .collect())
}

/// BM25's candidates, each with what is to be made of its score.
fn reranked(
    question: &Question,
    candidates: Vec<PassageCandidate>,
    passages: &PassageIndex,
    ranker: &Ranker,
    missing: Option<&dyn Missing>,
) -> Result<Vec<(PassageHit, Correction)>, index::Error> {
    let corrections = ranker.corrections(question, &candidates, passages, missing)?;
    let hits = candidates.into_iter().map(|c| c.hit);
    Ok(hits.zip(corrections).collect())
}

/// Stored documents that `mention` can mean: of those of one number the ones that bind at home, if any
/// do. Each province numbers its decisions from 1.
pub fn meant<'a>(
    mention: &'a Mention,
    generation: &'a Generation,
    ranker: &Ranker,
) -> Vec<&'a Entry> {
    let all: Vec<&Entry> = generation.catalogue().mentioned(mention).collect();
    let at_home = |entry: &&Entry| !ranker.is_foreign(entry);
    let binding: Vec<&Entry> = all.iter().copied().filter(at_home).collect();
    if binding.is_empty() { all } else { binding }
}

/// Ids of stored documents that the question names.
fn named_documents<'a>(
    question: &'a Question,
    generation: &'a Generation,
    ranker: &Ranker,
) -> Vec<&'a str> {
    let mentions = question.mentions.iter().map(|(_, mention)| mention);
    let entries = mentions.flat_map(|mention| meant(mention, generation, ranker));
    entries.map(|entry| entry.id.as_str()).collect()
}

/// Why a passage steps back.
struct Steps {
    is_expired: bool,
    is_foreign: bool,
}

fn weigh(hit: PassageHit, correction: Correction, is_named: bool, steps: &Steps) -> Hit {
    let learned = correction.factor;
    let PassageHit {
        document,
        span,
        score: bm25,
    } = hit;
    let factors = [
        (is_named, NAMED_DOCUMENT_FACTOR),
        (steps.is_expired, EXPIRED_FACTOR),
        (steps.is_foreign && !is_named, FOREIGN_FACTOR),
    ];
    let weighs = |(applies, factor)| if applies { factor } else { 1.0 };
    let factor: f32 = factors.into_iter().map(weighs).product();
    Hit {
        document,
        span,
        score: bm25 * learned * factor,
        bm25,
        learned,
        cosine: correction.cosine,
        is_expired: steps.is_expired,
        is_foreign: steps.is_foreign,
        pinned: None,
    }
}

/// Whether nobody may rest on the document on `day`: it is law no longer, or not yet.
fn is_expired(id: &str, generation: &Generation, day: Date) -> bool {
    let whole = Locator::default();
    generation.law().state(id, &whole, day).is_void()
}

fn by_rank(a: &Hit, b: &Hit) -> Ordering {
    b.score
        .total_cmp(&a.score)
        .then_with(|| a.document.cmp(&b.document))
        .then_with(|| a.span.cmp(&b.span))
}

/// Provisions that the question names together with their document, above every other hit. One that
/// the document has by another one stands there.
fn pinned(
    question: &Question,
    generation: &Generation,
    ranker: &Ranker,
    day: Date,
    best: f32,
) -> Result<Vec<Hit>, index::Error> {
    let mut pins: Vec<Hit> = Vec::new();
    let mentions = question.mentions.iter().enumerate();
    let named = mentions.flat_map(|(at, (_, mention))| {
        let meant = meant(mention, generation, ranker).into_iter();
        meant.map(move |entry| (at, entry.id.as_str()))
    });
    for (at, id) in named {
        let Some((_, document)) = generation.document(id)? else {
            continue;
        };
        for locator in question.locators_in(at) {
            let Some(place) = place(generation, (id, &document), locator, day)? else {
                continue;
            };
            let is_place = |pin: &Hit| pin.document == place.document && pin.span == place.span;
            if pins.iter().any(is_place) {
                continue;
            }
            pins.push(Hit {
                document: place.document,
                span: place.span,
                score: best + 1.0,
                bm25: 0.0,
                learned: 1.0,
                cosine: None,
                is_expired: false,
                is_foreign: false,
                pinned: Some(place.provision),
            });
        }
    }
    Ok(pins)
}
