//! Answers on gold questions: was the expected provision cited, was what has no answer declined,
//! does every citation hold.

use std::collections::HashSet;

use serde::Serialize;

use super::metrics::share;
use super::reliability::Reliability;
use crate::answer;
use crate::corpus::Expected;
use crate::corpus::GoldQuestion;
use crate::document::Date;
use crate::document::DocumentNumber;
use crate::index::Generation;
use crate::index::NoPlace;
use crate::qa;
use crate::qa::Clock;
use crate::rank::Question;
use crate::rank::Ranker;
use crate::text::Span;
use crate::wire;

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
    /// Questions among those that the index was taught with their answers: they prove little.
    pub n_known: usize,
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
/// When the index cannot be read, or a question proves nothing: its day is none, it expects a provision
/// that is not there, or nothing though it has an answer, or something though it has none.
pub fn evaluate_gold(
    questions: &[GoldQuestion],
    generation: &Generation,
    ranker: &Ranker,
    today: Date,
) -> anyhow::Result<GoldReport> {
    let faults: Vec<String> = questions
        .iter()
        .flat_map(|gold| {
            let faults = gold.faults().chain(missing(gold, generation));
            faults.map(move |fault| format!("`{}`: {fault}", gold.id))
        })
        .collect();
    anyhow::ensure!(
        faults.is_empty(),
        "gold questions that prove nothing:\n{}\nhint: correct these rows",
        faults.join("\n")
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
        n_known: n_known(questions, generation),
        reliability: reliability(&outcomes),
        outcomes,
    })
}

/// Why expected provisions cannot be cited: they do not exist.
fn missing(gold: &GoldQuestion, generation: &Generation) -> impl Iterator<Item = String> {
    let errors = gold
        .expect
        .iter()
        .filter_map(move |e| provision(e, generation).err());
    errors.map(|error| error.to_string())
}

/// How many of `questions` the generation knows with their answers.
fn n_known(questions: &[GoldQuestion], generation: &Generation) -> usize {
    let known: HashSet<&str> = generation
        .gold()
        .iter()
        .map(|row| row.question.as_str())
        .collect();
    let is_known =
        |gold: &&GoldQuestion| known.contains(Question::new(&gold.question).asked.as_str());
    questions.iter().filter(is_known).count()
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
    let clock = Clock {
        today,
        as_of: gold.day(),
    };
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
    let number = citation.number.as_deref();
    let mut notices = given.notices.iter();
    let is_told = notices.any(|notice| tells_of(notice, number, &citation.title));
    standing.state.is_void() && !is_told
}

/// Whether `notice` names the document with that number and title: `15/2020/NĐ-CP` is not
/// `5/2020/NĐ-CP`, nor is a sample the document that it is a sample of.
fn tells_of(notice: &str, number: Option<&str>, title: &str) -> bool {
    let own = number.and_then(|number| numbers_in(number).next());
    match own {
        Some(own) => numbers_in(notice)
            .any(|other| (other.key(), other.is_sample) == (own.key(), own.is_sample)),
        // Not all that is printed as a number has the form of one.
        None => notice.contains(number.unwrap_or(title)),
    }
}

/// The full numbers that `text` names.
fn numbers_in(text: &str) -> impl Iterator<Item = DocumentNumber> {
    let named = DocumentNumber::find_in(text).into_iter();
    named.filter_map(|(span, _)| {
        // Behind the kind, in whose name there are no digits.
        let named = span.slice(text)?;
        let start = named.find(|c: char| c.is_ascii_digit())?;
        named.get(start..)?.parse().ok()
    })
}

fn provision(expected: &Expected, generation: &Generation) -> Result<(String, Span), NoPlace> {
    let Expected { document, locator } = expected;
    Ok((document.clone(), generation.place(document, locator)?))
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_apart_whole() {
        let told = |notice: &str, number: &str| tells_of(notice, Some(number), "Về hộ tịch");
        let notice = "Lưu ý: Điều 4 Nghị định 15/2020/NĐ-CP hết hiệu lực từ ngày 01/7/2025.";
        assert!(told(notice, "15/2020/NĐ-CP"));
        assert!(!told(notice, "5/2020/NĐ-CP"));
        assert!(!told(notice, "15/2020/NĐ-CP-MẪU"));
        let sample = "Lưu ý: khoản 1 Điều 5 05/HD-UBND-MẪU đã được thay thế.";
        assert!(told(sample, "05/HD-UBND-MẪU"));
        assert!(!told(sample, "05/HD-UBND"));
        assert!(told(
            "căn cứ nêu trong đoạn trích (Luật Hộ tịch 60/2014/QH13)",
            "60/2014/QH13"
        ));
        // No form of a number, or no number at all.
        assert!(told("Lưu ý: số 12 hết hiệu lực.", "số 12"));
        assert!(tells_of(
            "Lưu ý: Sổ tay tình huống hết hiệu lực.",
            None,
            "Sổ tay tình huống"
        ));
        assert!(!tells_of(notice, None, "Sổ tay tình huống"));
    }
}
