//! Whether the evidence answers, and what a reader must be told before it.

use crate::answer;
use crate::answer::Composed;
use crate::answer::Confidence;
use crate::answer::Features;
use crate::answer::Meaning;
use crate::answer::Terms;
use crate::answer::wording;
use crate::document::Mention;
use crate::index;
use crate::index::Entry;
use crate::index::Form;
use crate::index::Generation;
use crate::qa::sources::name;
use crate::rank::Question;
use crate::rank::Ranking;
use crate::text::words;

/// Whether the evidence answers, and what a reader must be told first.
pub(super) struct Judgement {
    pub(super) answers: bool,
    /// Whether the statements are at least worth reading.
    pub(super) is_related: bool,
    pub(super) confidence: f32,
    pub(super) features: Features,
    pub(super) notices: Vec<String>,
    pub(super) missing: Vec<String>,
    pub(super) message: &'static str,
}

pub(super) fn judge(
    question: &Question,
    terms: &Terms,
    ranking: &Ranking,
    composed: &Composed,
    generation: &Generation,
) -> Result<Judgement, index::Error> {
    let (notices, rests_on_nothing) = premises(question, generation)?;
    let is_pinned = ranking.hits.iter().any(|hit| hit.pinned.is_some());
    let features = match &composed.best {
        Some(best) => features(question, ranking, best),
        None => Features::default(),
    };
    let Confidence {
        probability: confidence,
        is_enough,
        is_related,
    } = if is_pinned {
        Confidence::CERTAIN
    } else {
        Confidence::of(&features)
    };
    let answers = is_enough && !rests_on_nothing && !composed.statements.is_empty();
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
    let is_related = !terms.is_empty() && is_related;
    Ok(Judgement {
        answers,
        is_related,
        confidence,
        features,
        notices,
        missing,
        message,
    })
}

/// What the probability of an answer is computed from.
fn features(question: &Question, ranking: &Ranking, best: &answer::Best) -> Features {
    #[expect(clippy::cast_precision_loss, reason = "questions have few words")]
    let n_words = words(&question.understood).count() as f32;
    Features {
        syllables: best.syllables,
        passage: best.passage,
        figure: if best.lacks_figure { 0.0 } else { 1.0 },
        fifth: ranking.fifth,
        length: n_words.max(1.0).ln(),
        gap: best.gap,
        meaning: meaning(ranking, best),
        odds: best.odds,
    }
}

/// How near what was found is to the question; none where no model can tell.
fn meaning(ranking: &Ranking, best: &answer::Best) -> Option<Meaning> {
    let cosines = ranking.hits.iter().filter_map(|hit| hit.cosine);
    Some(Meaning {
        evidence: best.nearness?,
        nearest_evidence: best.nearest?,
        passage: ranking.hits.first()?.cosine?,
        nearest_passage: cosines.max_by(f32::total_cmp)?,
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
                // What others say of it is not its own wording at the place asked for.
                n_unknown += usize::from(!question.locators.is_empty());
                notices.push(wording::document_only_mentioned(shown));
            }
            [] => {
                n_unknown += 1;
                let number = mention.number();
                let is_known = number.is_some_and(|n| generation.law().is_known(&n));
                notices.push(if is_known {
                    wording::document_not_stored(shown)
                } else {
                    wording::no_such_document(shown)
                });
            }
            [one] => {
                let missing = missing_provisions(question, one, generation)?;
                n_unknown += usize::from(!missing.is_empty());
                notices.extend(missing);
            }
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
fn is_mentioned(mention: &Mention, generation: &Generation) -> Result<bool, index::Error> {
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
