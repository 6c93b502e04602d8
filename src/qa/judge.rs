//! Whether the evidence answers, and what a reader must be told before it.

use std::collections::BTreeSet;

use crate::answer;
use crate::answer::Composed;
use crate::answer::Confidence;
use crate::answer::Features;
use crate::answer::Meaning;
use crate::answer::wording;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Mention;
use crate::index;
use crate::index::Entry;
use crate::index::Generation;
use crate::qa::inquiry::Inquiry;
use crate::qa::sources::name;
use crate::rank::Hit;
use crate::rank::Inserted;
use crate::rank::Question;
use crate::rank::Ranking;
use crate::rank::inserted;
use crate::text::words;
use crate::wire::Clause;
use crate::wire::called;

/// Whether the evidence answers, and what a reader must be told first.
pub(super) struct Judgement {
    pub(super) answers: bool,
    /// Whether the statements are at least worth reading.
    pub(super) is_related: bool,
    pub(super) confidence: f32,
    pub(super) features: Features,
    /// The gold question that the answer follows.
    pub(super) precedent: Option<String>,
    pub(super) notices: Vec<String>,
    pub(super) missing: Vec<String>,
    pub(super) message: &'static str,
}

pub(super) fn judge(
    composed: &Composed,
    ranking: &Ranking,
    inquiry: &Inquiry<'_>,
) -> Result<Judgement, index::Error> {
    let (notices, rests_on_nothing) = premises(inquiry, &ranking.hits)?;
    let features = match &composed.best {
        Some(best) => features(inquiry.question, ranking, best),
        None => Features::default(),
    };
    let Confidence {
        probability: confidence,
        is_enough,
        is_related,
    } = if ranking.is_pinned() {
        Confidence::CERTAIN
    } else {
        Confidence::of(&features)
    };
    let answers = is_enough && !rests_on_nothing && !composed.statements.is_empty();
    let message = if inquiry.generation.catalogue().entries().is_empty() {
        wording::EMPTY_STORE
    } else if inquiry.terms.is_empty() {
        wording::NOTHING_ASKED
    } else {
        wording::ABSTAINED
    };
    let missing = composed
        .best
        .as_ref()
        .map(|best| best.missing.clone())
        .unwrap_or_default();
    let is_related = !inquiry.terms.is_empty() && is_related;
    Ok(Judgement {
        answers,
        is_related,
        confidence,
        features,
        precedent: None,
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
        said: best.said,
        likeness: best.likeness,
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
fn premises(inquiry: &Inquiry<'_>, hits: &[Hit]) -> Result<(Vec<String>, bool), index::Error> {
    let question = inquiry.question;
    let (mut notices, mut n_unknown) = (Vec::new(), 0);
    for (at, (shown, mention)) in question.mentions.iter().enumerate() {
        let stored = inquiry.meant(mention);
        let places: Vec<&Locator> = question.locators_in(at).collect();
        match stored.as_slice() {
            [] if is_mentioned(mention, hits, inquiry.generation)? => {
                // What others say of it is not its own wording at the place asked for.
                n_unknown += usize::from(!places.is_empty());
                notices.push(wording::document_only_mentioned(shown));
            }
            [] => {
                n_unknown += 1;
                let number = mention.number();
                let is_known = number.is_some_and(|n| inquiry.generation.law().is_known(&n));
                notices.push(if is_known {
                    wording::document_not_stored(shown)
                } else {
                    wording::no_such_document(shown)
                });
            }
            [one] => {
                let (told, is_missing) = absent_provisions(&places, one, inquiry)?;
                n_unknown += usize::from(is_missing);
                notices.extend(told);
            }
            several => notices.extend(not_one(several, shown, mention)),
        }
    }
    let rests_on_nothing = n_unknown > 0 && n_unknown == question.mentions.len();
    // Who names a document twice is told of it once.
    let mut seen = BTreeSet::new();
    notices.retain(|notice| seen.insert(notice.clone()));
    Ok((notices, rests_on_nothing))
}

/// That a mention can mean several documents: of several years, or of several bodies.
fn not_one(stored: &[&Entry], shown: &str, mention: &Mention) -> Option<String> {
    if mention.year.is_none() {
        let readings: Vec<String> = stored.iter().map(|entry| name(entry)).collect();
        return Some(wording::ambiguous_number(shown, &readings));
    }
    let issuers: BTreeSet<&str> = stored.iter().filter_map(|e| e.issuer.as_deref()).collect();
    let reading = |issuer: &&str| format!("văn bản của {issuer}");
    let readings: Vec<String> = issuers.iter().map(reading).collect();
    (readings.len() > 1).then(|| wording::shared_number(shown, &readings))
}

/// Whether one of the passages found speaks of the document. Its number makes these stand out.
fn is_mentioned(
    mention: &Mention,
    hits: &[Hit],
    generation: &Generation,
) -> Result<bool, index::Error> {
    let is_it = |other: &Mention| {
        let is_year = mention.year.is_none() || mention.year == other.year;
        mention.number == other.number && is_year
    };
    for hit in hits {
        if let Some((_, document)) = generation.document(&hit.document)? {
            let named = DocumentNumber::find_in(document.slice(hit.span));
            if named.iter().any(|(_, other)| is_it(other)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// What is to be said of provisions asked for that do not stand in the document itself; and whether
/// one of them stands nowhere.
fn absent_provisions(
    places: &[&Locator],
    entry: &Entry,
    inquiry: &Inquiry<'_>,
) -> Result<(Vec<String>, bool), index::Error> {
    let (mut told, mut is_missing) = (Vec::new(), false);
    let Some((_, document)) = inquiry.generation.document(&entry.id)? else {
        return Ok((told, is_missing));
    };
    for &locator in places {
        if document.resolve(locator).is_some() {
            continue;
        }
        let clause = inserted(inquiry.generation, &entry.id, locator, inquiry.day)?;
        is_missing |= clause.is_none();
        told.push(match clause {
            Some(clause) => put_elsewhere(locator, entry, &clause, inquiry.generation),
            None => wording::no_such_provision(&locator.to_string(), &name(entry)),
        });
    }
    Ok((told, is_missing))
}

/// That a provision stands in the clause of another document.
fn put_elsewhere(
    locator: &Locator,
    entry: &Entry,
    clause: &Inserted,
    generation: &Generation,
) -> String {
    let cited = format!(
        "{locator} {}",
        called(entry.number.as_deref(), &entry.title)
    );
    let by = Clause::of(&clause.by, generation);
    let by = by.map(|clause| clause.name()).unwrap_or_default();
    if clause.is_new {
        wording::provision_added(&cited, &by)
    } else {
        wording::provision_changed(&cited, &by)
    }
}
