//! What a hit's score is made of, adding up to it.

use super::Hit;
use super::Question;
use crate::index;
use crate::index::FieldName;
use crate::index::Generation;
use crate::index::PassageHit;

/// One summand of a score.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// The term in search form, or what else changed the score.
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

/// The summands of a hit's score: terms, largest first, then what ranking changed.
///
/// # Errors
/// When the index cannot be read.
pub fn explain(
    question: &Question,
    generation: &Generation,
    hit: &Hit,
) -> Result<Vec<Part>, index::Error> {
    let ranking = |name: &str, score| Part {
        name: name.to_owned(),
        origin: Origin::Ranking,
        score,
    };
    if hit.pinned.is_some() {
        return Ok(vec![ranking("provision asked for", hit.score)]);
    }
    let passage = PassageHit {
        document: hit.document.clone(),
        span: hit.span,
        score: hit.bm25,
    };
    let terms = generation.passages().explain(&question.query, &passage)?;
    let mut parts: Vec<Part> = terms
        .into_iter()
        .map(|term| Part {
            name: term.term,
            origin: Origin::Field(term.field),
            score: term.score,
        })
        .collect();
    let learned = hit.bm25 * hit.learned;
    parts.push(ranking("learned order", learned - hit.bm25));
    if hit.score < learned {
        parts.push(ranking("out of force", hit.score - learned));
    } else if hit.score > learned {
        parts.push(ranking("document named", hit.score - learned));
    }
    Ok(parts)
}
