//! Answers on gold questions: was the expected provision cited, was what has no answer declined,
//! does every citation hold.

use serde::{Deserialize, Serialize};

use super::metrics::share;
use super::reliability::Reliability;
use crate::answer;
use crate::document::Date;
use crate::document::Document;
use crate::document::Locator;
use crate::index::Generation;
use crate::qa;
use crate::qa::Clock;
use crate::rank::Ranker;
use crate::text::Span;
use crate::wire;

/// One gold question, as in `tests/gold/*.jsonl`.
#[derive(Clone, Debug, Deserialize)]
pub struct GoldQuestion {
    /// Unique in its file.
    pub id: String,
    /// `formal`, `chat` or `bare`.
    pub style: String,
    /// The question.
    pub question: String,
    /// Whether the corpus answers it.
    pub answerable: bool,
    /// Provisions of which one must be cited.
    #[serde(default)]
    pub expect: Vec<Expected>,
    /// The day whose law is wanted, `YYYY-MM-DD`; that of the question, or today, where left out.
    #[serde(default)]
    pub as_of: Option<String>,
    /// Words that the answer must show.
    #[serde(default)]
    pub contains: Option<String>,
}

/// A provision that would be a right citation.
#[derive(Clone, Debug, Deserialize)]
pub struct Expected {
    /// Document id.
    pub document: String,
    /// Its address.
    pub locator: String,
}

/// How one question went.
#[derive(Clone, Debug, Serialize)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent findings on one question"
)]
pub struct Outcome {
    /// Id of the question.
    pub id: String,
    /// Its style.
    pub style: String,
    /// The question.
    pub question: String,
    /// Whether it has an answer.
    pub answerable: bool,
    /// Whether one was given.
    pub answered: bool,
    /// Probability that the answer holds.
    pub confidence: f32,
    /// What that probability was computed from.
    pub evidence: answer::Features,
    /// Whether an expected provision is among the citations of an answer that was given.
    pub cited: bool,
    /// Whether an expected provision is among the citations, given or withheld.
    pub found: bool,
    /// Whether the words that must be shown are shown.
    pub contains: bool,
    /// Citations that do not verify; must be 0.
    pub n_unverified: usize,
    /// Citations that are no law on the day asked about and not told of as such; must be 0.
    pub n_silent: usize,
    /// Locators cited, with their documents.
    pub citations: Vec<String>,
}

/// Figures over all questions.
#[derive(Clone, Debug, Serialize)]
pub struct GoldReport {
    /// Share of answerable questions with an expected provision cited.
    pub cited: f64,
    /// Share of answerable questions whose answer shows the words it must.
    pub contains: f64,
    /// Share of unanswerable questions declined.
    pub abstained: f64,
    /// Number of answerable questions.
    pub n_answerable: usize,
    /// Number of unanswerable questions.
    pub n_unanswerable: usize,
    /// Citations given, over all questions.
    pub n_citations: usize,
    /// Citations that do not verify.
    pub n_unverified: usize,
    /// Citations that are no law on the day asked about and not told of as such.
    pub n_silent: usize,
    /// Whether the probability of an answer means what it says; right is an answer, given or
    /// withheld, that cites an expected provision.
    pub reliability: Reliability,
    /// Each question.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub outcomes: Vec<Outcome>,
}

/// Asks every question of `generation` as of `today` and judges the answers.
///
/// # Errors
/// When the index cannot be read, or an expected provision does not exist: a gold question that
/// expects what is not there proves nothing.
pub fn evaluate_gold(
    questions: &[GoldQuestion],
    generation: &Generation,
    ranker: &Ranker,
    today: Date,
) -> anyhow::Result<GoldReport> {
    let missing: Vec<String> = questions
        .iter()
        .flat_map(|gold| gold.expect.iter().map(move |e| (gold, e)))
        .filter_map(|(gold, e)| {
            provision(e, generation)
                .err()
                .map(|error| format!("{}: {error:#}", gold.id))
        })
        .collect();
    anyhow::ensure!(
        missing.is_empty(),
        "expected provisions that do not exist:\n{}",
        missing.join("\n")
    );
    let outcomes = questions
        .iter()
        .map(|q| judge(q, generation, ranker, today))
        .collect::<anyhow::Result<Vec<Outcome>>>()?;
    let among = |of: &dyn Fn(&Outcome) -> bool, is: &dyn Fn(&Outcome) -> bool| {
        let all: Vec<&Outcome> = outcomes.iter().filter(|o| of(o)).collect();
        (
            share(all.iter().filter(|o| is(o)).count(), all.len()),
            all.len(),
        )
    };
    let (cited, n_answerable) = among(&|o| o.answerable, &|o| o.cited);
    let (contains, _) = among(&|o| o.answerable, &|o| o.cited && o.contains);
    let (abstained, n_unanswerable) = among(&|o| !o.answerable, &|o| !o.answered);
    Ok(GoldReport {
        cited,
        contains,
        abstained,
        n_answerable,
        n_unanswerable,
        n_citations: outcomes.iter().map(|o| o.citations.len()).sum(),
        n_unverified: outcomes.iter().map(|o| o.n_unverified).sum(),
        n_silent: outcomes.iter().map(|o| o.n_silent).sum(),
        reliability: reliability(&outcomes),
        outcomes,
    })
}

fn reliability(outcomes: &[Outcome]) -> Reliability {
    let judged = outcomes
        .iter()
        .map(|o| (f64::from(o.confidence), o.answerable && o.found));
    Reliability::of(&judged.collect::<Vec<_>>())
}

fn judge(
    gold: &GoldQuestion,
    generation: &Generation,
    ranker: &Ranker,
    today: Date,
) -> anyhow::Result<Outcome> {
    let as_of = gold.as_of.as_deref().and_then(Date::find_in);
    let clock = Clock { today, as_of };
    let given = qa::answer(&gold.question, generation, ranker, clock)?;
    let expected = gold
        .expect
        .iter()
        .filter_map(|e| provision(e, generation).ok())
        .collect::<Vec<(String, Span)>>();
    let is_expected = |c: &wire::Citation| {
        let span = Span::new(c.span.start, c.span.end);
        expected
            .iter()
            .any(|(document, provision)| *document == c.document_id && provision.contains(span))
    };
    let found = given.citations.iter().any(is_expected);
    let answered = given.status == wire::Status::Answered;
    let shown = |words: &String| {
        given.statements.iter().any(|s| {
            s.text.contains(words.as_str())
                || s.heading
                    .as_ref()
                    .is_some_and(|h| h.contains(words.as_str()))
        })
    };
    let mut n_unverified = 0;
    for citation in &given.citations {
        n_unverified += usize::from(!holds(citation, generation)?);
    }
    Ok(Outcome {
        id: gold.id.clone(),
        style: gold.style.clone(),
        question: gold.question.clone(),
        answerable: gold.answerable,
        answered,
        confidence: given.confidence,
        evidence: given.evidence,
        cited: answered && found,
        found,
        contains: gold.contains.as_ref().is_none_or(shown),
        n_unverified,
        n_silent: given
            .citations
            .iter()
            .filter(|c| is_silent(c, &given))
            .count(),
        citations: given
            .citations
            .iter()
            .map(|c| format!("{}: {}", c.document_id, c.locator))
            .collect(),
    })
}

/// Whether a citation is no law on the day asked about, and no notice says so of its document.
fn is_silent(citation: &wire::Citation, given: &wire::Answer) -> bool {
    let Some(standing) = &citation.standing else {
        return true;
    };
    let name = citation.number.as_deref().unwrap_or(&citation.title);
    let is_told = given.notices.iter().any(|notice| notice.contains(name));
    standing.state.is_void() && !is_told
}

fn provision(expected: &Expected, generation: &Generation) -> anyhow::Result<(String, Span)> {
    let Expected {
        document: id,
        locator,
    } = expected;
    let Some((_, document)) = generation.document(id)? else {
        anyhow::bail!("no document `{id}`")
    };
    let parsed: Locator = locator
        .parse()
        .map_err(|e| anyhow::anyhow!("`{locator}`: {e}"))?;
    let span =
        resolve(&document, &parsed).ok_or_else(|| anyhow::anyhow!("`{id}` has no `{locator}`"))?;
    Ok((id.clone(), span))
}

fn resolve(document: &Document, locator: &Locator) -> Option<Span> {
    document
        .resolve(locator)
        .and_then(|at| document.provisions.get(at))
        .map(|p| p.span)
}

/// The verifier's word on a citation as it was given, from the wire form.
fn holds(citation: &wire::Citation, generation: &Generation) -> anyhow::Result<bool> {
    let Some((entry, document)) = generation.document(&citation.document_id)? else {
        return Ok(false);
    };
    let inner = answer::Citation {
        document: citation.document_id.clone(),
        version: citation.document_version.clone(),
        locator: citation.locator.clone(),
        quote: citation.quote.clone(),
        span: Span::new(citation.span.start, citation.span.end),
    };
    Ok(answer::verify(&inner, &document).is_ok() && entry.version == citation.document_version)
}
