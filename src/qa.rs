//! Journey 1: from a question to a recorded answer. The one path; every way in takes it.
//!
//! No answer leaves without an audit record, no citation leaves unproved.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Instant;

use jiff::Timestamp;

use crate::answer;
use crate::answer::Candidate;
use crate::answer::Composed;
use crate::answer::Features;
use crate::answer::Intent;
use crate::answer::Source;
use crate::answer::Terms;
use crate::answer::wording;
use crate::audit;
use crate::audit::Record;
use crate::document::Document;
use crate::index;
use crate::index::Entry;
use crate::index::Form;
use crate::index::Generation;
use crate::index::Store;
use crate::rank::Hit;
use crate::rank::QUESTION_CHARS_MAX;
use crate::rank::Question;
use crate::rank::rank;
use crate::text::mask_identifiers;
use crate::text::rareness;
use crate::wire;

/// Passages whose spans may become statements.
const N_EVIDENCE_PASSAGES: usize = 10;
/// Passages listed with an answer.
const N_LISTED_PASSAGES: usize = 10;
/// Bytes of a passage shown in a list.
const SNIPPET_BYTES: usize = 280;

/// Why a question got no answer at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing in the question.
    #[error("the question is empty")]
    Empty,
    /// The question is longer than any question is.
    #[error("the question has {n_chars} characters; at most {QUESTION_CHARS_MAX} are accepted")]
    TooLong {
        /// Its length.
        n_chars: usize,
    },
    /// The index could not be read.
    #[error("searching failed")]
    Index(#[from] index::Error),
    /// The answer could not be recorded, so it is not shown.
    #[error("the answer could not be recorded")]
    Record(#[from] audit::Error),
}

/// Answers questions from a store and records every answer.
pub struct Service {
    store: Store,
    record: Record,
}

impl Service {
    /// A service over an open store and record.
    pub fn new(store: Store, record: Record) -> Self {
        Self { store, record }
    }

    /// The index.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// The audit record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Answers `text` from the live generation and records the answer before giving it.
    ///
    /// # Errors
    /// When the question cannot be taken, the index not read or the answer not recorded.
    pub fn ask(&self, text: &str) -> Result<wire::Answer, Error> {
        let started = Instant::now();
        let asked_at = Timestamp::now();
        check(text)?;
        let generation = self.store.live();
        let mut answer = answer(text, &generation)?;
        answer.id = audit::new_id();
        answer.asked_at = asked_at.to_string();
        answer.timings_ms.total = milliseconds(started);
        self.record.append(&row(&answer, &generation, asked_at))?;
        Ok(answer)
    }
}

fn check(text: &str) -> Result<(), Error> {
    let n_chars = text.trim().chars().count();
    if n_chars == 0 {
        return Err(Error::Empty);
    }
    if n_chars > QUESTION_CHARS_MAX {
        return Err(Error::TooLong { n_chars });
    }
    Ok(())
}

/// The answer of `generation` to `text`, not yet recorded: without id and time.
///
/// # Errors
/// When the index cannot be read.
pub fn answer(text: &str, generation: &Generation) -> Result<wire::Answer, Error> {
    let started = Instant::now();
    let question = Question::new(text);
    let hits = rank(
        &question,
        generation,
        N_LISTED_PASSAGES.max(N_EVIDENCE_PASSAGES),
    )?;
    let search_ms = milliseconds(started);
    let started = Instant::now();
    let sources = sources(&hits, generation)?;
    let mut failed = None;
    let terms = Terms::new(&question.understood, question.uses_marks(), |term| {
        rarity(generation, &question, term).unwrap_or_else(|error| {
            failed = Some(error);
            0.0
        })
    });
    let terms = terms.with_synonyms(&question.synonyms);
    if let Some(error) = failed {
        return Err(error.into());
    }
    let composed = compose(&question, &terms, &hits, &sources);
    let judged = judge(&question, &terms, &hits, &composed, generation)?;
    let mut answer = frame(&question, judged, composed, &sources);
    answer.passages = listed(&hits, &sources);
    answer.generation = generation.manifest().number;
    answer.timings_ms = wire::Timings {
        total: 0.0,
        search: search_ms,
        compose: milliseconds(started),
    };
    Ok(answer)
}

fn milliseconds(since: Instant) -> f64 {
    since.elapsed().as_secs_f64() * 1e3
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "durations are small and positive"
)]
fn whole_milliseconds(ms: f64) -> u64 {
    ms.round() as u64
}

/// What a term of the question weighs: how rare it is in the store, but no more than it is rare in
/// Vietnamese at large; a bigram no more than its syllables.
fn rarity(generation: &Generation, question: &Question, term: &str) -> Result<f32, index::Error> {
    let passages = generation.passages();
    let form = question.query().form();
    let stored = passages.rarity(form, term)?;
    let ceiling = passages.rarity(form, "")?;
    let rarest = |most: f32, syllable| rareness(syllable, question.uses_marks()).max(most);
    let at_large = term.split(' ').fold(0.0, rarest);
    Ok(stored.min(ceiling * at_large))
}

/// The documents of the hits, by id.
type Sources<'a> = HashMap<String, (&'a Entry, Arc<Document>, String)>;

fn sources<'a>(hits: &[Hit], generation: &'a Generation) -> Result<Sources<'a>, index::Error> {
    let mut sources = HashMap::new();
    for hit in hits {
        if !sources.contains_key(&hit.document)
            && let Some((entry, document)) = generation.document(&hit.document)?
        {
            let title = [entry.number.as_deref().unwrap_or_default(), &entry.title].join(" ");
            sources.insert(hit.document.clone(), (entry, document, title));
        }
    }
    Ok(sources)
}

fn source_of<'a>(hit: &'a Hit, sources: &'a Sources<'_>) -> Option<Source<'a>> {
    let (entry, document, title) = sources.get(&hit.document)?;
    Some(Source {
        id: &hit.document,
        version: &entry.version,
        title,
        document,
    })
}

fn compose(question: &Question, terms: &Terms, hits: &[Hit], sources: &Sources<'_>) -> Composed {
    let best = hits
        .iter()
        .map(|hit| hit.score)
        .fold(f32::MIN_POSITIVE, f32::max);
    let candidate = |hit| {
        source_of(hit, sources).map(|source| Candidate {
            source,
            span: hit.span,
            score: hit.score / best,
        })
    };
    let candidates: Vec<Candidate<'_>> = hits
        .iter()
        .take(N_EVIDENCE_PASSAGES)
        .filter_map(candidate)
        .collect();
    let pinned: Vec<(Source<'_>, usize)> = hits
        .iter()
        .filter_map(|hit| Some((source_of(hit, sources)?, hit.pinned?)))
        .collect();
    let mut composed = answer::compose(
        &question.understood,
        terms,
        question.intent,
        &candidates,
        &pinned,
    );
    prove(&mut composed, sources);
    composed
}

/// Takes out every statement with a citation that cannot be proved. None should ever be.
fn prove(composed: &mut Composed, sources: &Sources<'_>) {
    let citations = &composed.citations;
    let holds = |at: &usize| {
        let Some(citation) = citations.get(*at) else {
            return false;
        };
        let Some((_, document, _)) = sources.get(&citation.document) else {
            return false;
        };
        let proof = answer::verify(citation, document);
        if let Err(reason) = &proof {
            tracing::error!(document.id = %citation.document, locator = %citation.locator, %reason, "a citation was withheld");
        }
        proof.is_ok()
    };
    composed
        .statements
        .retain(|statement| statement.citations.iter().all(holds));
}

/// Whether the evidence answers, and what a reader must be told first.
struct Judgement {
    answers: bool,
    confidence: f32,
    features: Features,
    notices: Vec<String>,
    missing: Vec<String>,
    message: &'static str,
}

fn judge(
    question: &Question,
    terms: &Terms,
    hits: &[Hit],
    composed: &Composed,
    generation: &Generation,
) -> Result<Judgement, index::Error> {
    let (notices, rests_on_nothing) = premises(question, generation)?;
    let is_pinned = hits.iter().any(|hit| hit.pinned.is_some());
    let features = match &composed.best {
        Some(best) => features(question, hits, best, generation)?,
        None => Features::default(),
    };
    let confidence = if is_pinned {
        1.0
    } else {
        answer::probability(&features)
    };
    let answers = confidence >= answer::PROBABILITY_MIN
        && !rests_on_nothing
        && !composed.statements.is_empty();
    let message = if generation.catalogue().entries().is_empty() {
        wording::EMPTY_STORE
    } else if terms.is_empty() {
        wording::NOTHING_ASKED
    } else {
        wording::ABSTAINED
    };
    let missing = composed
        .best
        .as_ref()
        .map(|best| best.missing.clone())
        .unwrap_or_default();
    Ok(Judgement {
        answers,
        confidence,
        features,
        notices,
        missing,
        message,
    })
}

/// What the probability of an answer is computed from.
fn features(
    question: &Question,
    hits: &[Hit],
    best: &answer::Best,
    generation: &Generation,
) -> Result<Features, index::Error> {
    let ceiling = generation
        .passages()
        .ceiling(question.query())?
        .max(f32::MIN_POSITIVE);
    let wants_figure = !matches!(question.intent, Intent::List | Intent::Statement);
    Ok(Features {
        syllables: best.syllables,
        bigrams: best.bigrams,
        rarest_missing: best.rarest_missing,
        passage: best.passage,
        topic: best.topic,
        retrieval: hits.iter().map(|hit| hit.bm25).fold(0.0, f32::max) / ceiling,
        figure: if wants_figure && !best.has_figure {
            0.0
        } else {
            1.0
        },
    })
}

/// What the question takes for granted about the store and is not so; and whether it then rests
/// on nothing at all.
fn premises(
    question: &Question,
    generation: &Generation,
) -> Result<(Vec<String>, bool), index::Error> {
    let (mut notices, mut n_unknown) = (Vec::new(), 0);
    for (shown, mention) in &question.mentions {
        let stored: Vec<&Entry> = generation.catalogue().mentioned(mention).collect();
        match stored.as_slice() {
            [] if is_mentioned(mention, generation)? => {
                notices.push(wording::document_only_mentioned(shown))
            }
            [] => {
                n_unknown += 1;
                notices.push(wording::no_such_document(shown));
            }
            [one] => notices.extend(missing_provisions(question, one, generation)?),
            several => {
                let readings: Vec<String> = several.iter().map(|entry| name(entry)).collect();
                if mention.year.is_none() {
                    notices.push(wording::ambiguous_number(shown, &readings));
                }
            }
        }
    }
    let rests_on_nothing = n_unknown > 0 && n_unknown == question.mentions.len();
    Ok((notices, rests_on_nothing))
}

/// Whether any stored text speaks of the document: its number and year stand together somewhere.
fn is_mentioned(
    mention: &crate::document::Mention,
    generation: &Generation,
) -> Result<bool, index::Error> {
    let Some(year) = mention.year else {
        return Ok(true);
    };
    let last = mention.number.rsplit('.').next().unwrap_or_default();
    generation
        .passages()
        .contains(Form::Bare, &format!("{last} {year}"))
}

fn missing_provisions(
    question: &Question,
    entry: &Entry,
    generation: &Generation,
) -> Result<Vec<String>, index::Error> {
    let Some((_, document)) = generation.document(&entry.id)? else {
        return Ok(Vec::new());
    };
    let missing = question
        .locators
        .iter()
        .filter(|locator| document.resolve(locator).is_none());
    Ok(missing
        .map(|locator| wording::no_such_provision(&locator.to_string(), &name(entry)))
        .collect())
}

fn name(entry: &Entry) -> String {
    entry.number.as_ref().map_or_else(
        || entry.title.clone(),
        |number| format!("{number} ({})", entry.title),
    )
}

fn frame(
    question: &Question,
    judged: Judgement,
    composed: Composed,
    sources: &Sources<'_>,
) -> wire::Answer {
    let Composed {
        statements,
        citations,
        ..
    } = composed;
    let statements = statements.into_iter().map(|s| wire::Statement {
        lead: s.lead.filter(|_| judged.answers),
        text: s.text,
        heading: s.heading,
        citations: s.citations,
    });
    wire::Answer {
        id: String::new(),
        question: mask_identifiers(&question.asked),
        understood: mask_identifiers(&question.understood),
        asked_at: String::new(),
        status: if judged.answers {
            wire::Status::Answered
        } else {
            wire::Status::Abstained
        },
        confidence: judged.confidence,
        evidence: judged.features.into(),
        notices: judged.notices,
        message: (!judged.answers)
            .then(|| format!("{} {}", judged.message, wording::ASK_ELSEWHERE)),
        missing: if judged.answers {
            Vec::new()
        } else {
            judged
                .missing
                .into_iter()
                .map(|m| mask_identifiers(&m))
                .collect()
        },
        statements: statements.collect(),
        citations: citations
            .into_iter()
            .enumerate()
            .map(|(at, c)| cited(at, c, sources))
            .collect(),
        passages: Vec::new(),
        generation: 0,
        timings_ms: wire::Timings::default(),
    }
}

fn cited(at: usize, citation: answer::Citation, sources: &Sources<'_>) -> wire::Citation {
    let entry = sources
        .get(&citation.document)
        .map(|(entry, ..)| wire::Document::from(*entry));
    let (number, title, source_file, note, effective, expires) = entry
        .map(|e| {
            (
                e.number,
                e.title,
                e.source_file,
                e.note,
                e.effective,
                e.expires,
            )
        })
        .unwrap_or_default();
    wire::Citation {
        index: at + 1,
        document_id: citation.document,
        document_version: citation.version,
        number,
        title,
        locator: citation.locator,
        quote: citation.quote,
        span: citation.span.into(),
        source_file,
        note,
        effective,
        expires,
    }
}

/// The hits as the ways in list them.
fn listed(hits: &[Hit], sources: &Sources<'_>) -> Vec<wire::Passage> {
    let passage = |(at, hit): (usize, &Hit)| {
        let (entry, document, _) = sources.get(&hit.document)?;
        let provision = hit
            .pinned
            .unwrap_or_else(|| document.provision_at(hit.span));
        let text = document.slice(hit.span);
        Some(wire::Passage {
            rank: at + 1,
            score: hit.score,
            document_id: hit.document.clone(),
            number: entry.number.clone(),
            title: entry.title.clone(),
            locator: document.locator(provision).to_string(),
            heading: document.nearest_heading(provision).map(str::to_owned),
            snippet: text
                .get(..text.floor_char_boundary(SNIPPET_BYTES))
                .unwrap_or_default()
                .to_owned(),
            span: hit.span.into(),
            explanation: None,
        })
    };
    hits.iter().enumerate().filter_map(passage).collect()
}

/// The best passages for `text`, for people who want to read rather than be answered.
///
/// # Errors
/// When the index cannot be read.
pub fn search(
    text: &str,
    generation: &Generation,
    limit: usize,
    explain: bool,
) -> Result<Vec<wire::Passage>, Error> {
    check(text)?;
    let question = Question::new(text);
    let hits = rank(&question, generation, limit)?;
    let mut passages = listed(&hits, &sources(&hits, generation)?);
    if explain {
        for (passage, hit) in passages.iter_mut().zip(&hits) {
            let contributions = crate::rank::explain(&question, generation, hit)?;
            let wired = contributions.into_iter().map(|c| wire::Contribution {
                term: c.term,
                field: format!("{:?}", c.field).to_lowercase(),
                score: c.score,
            });
            passage.explanation = Some(wired.collect());
        }
    }
    Ok(passages)
}

fn row(answer: &wire::Answer, generation: &Generation, asked_at: Timestamp) -> audit::NewAnswer {
    let citations = answer.citations.iter().map(|c| audit::Citation {
        document_id: c.document_id.clone(),
        document_version: c.document_version.clone(),
        number: c.number.clone().unwrap_or_default(),
        title: c.title.clone(),
        locator: c.locator.clone(),
        span_start: c.span.start,
        span_end: c.span.end,
        quote: c.quote.clone(),
    });
    let passages = answer.passages.iter().map(|p| audit::Passage {
        document_id: p.document_id.clone(),
        locator: p.locator.clone(),
        score: p.score,
    });
    audit::NewAnswer {
        id: answer.id.clone(),
        asked_at,
        question_masked: answer.question.clone(),
        understood: answer.understood.clone(),
        status: match answer.status {
            wire::Status::Answered => audit::Status::Answered,
            wire::Status::Abstained => audit::Status::Abstained,
        },
        generation: answer.generation.to_string(),
        fingerprint: generation.manifest().fingerprint.clone(),
        body: serde_json::to_string(answer).unwrap_or_default(),
        total_ms: whole_milliseconds(answer.timings_ms.total),
        citations: citations.collect(),
        passages: passages.collect(),
    }
}
