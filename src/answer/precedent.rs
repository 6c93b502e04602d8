//! What people have found to answer a question like the one asked.

use serde::Deserialize;
use serde::Serialize;

use super::evidence::Evidence;
use crate::text::Span;

/// A provision that answers a question like the one asked, as people have verified.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Precedent<'a> {
    /// That question.
    pub question: &'a str,
    /// The id of the document that has the provision.
    pub document: &'a str,
    /// Where it lies there.
    pub span: Span,
    /// How like that question is the one asked.
    pub likeness: Likeness,
}

/// How like two questions are. It is recorded with each answer: fields are added, never renamed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Likeness {
    /// The cosine of their words.
    pub cosine: f32,
    /// What a reader makes of both together: log odds.
    pub read: f32,
}

// Logistic regression on the four nearest of 170, 580 and 1,730 gold questions to each question of
// `tests/gold/tuning.jsonl`. It is calibrated for few and for many: of few, the nearest is less near.
const COSINE_WEIGHT: f32 = 9.1;
const READ_WEIGHT: f32 = 0.46;
const BIAS: f32 = -3.93;

/// What a unit gains in relevance that surely answers, as people have found of a like question.
const GAIN: f32 = 0.8;

impl Likeness {
    /// How likely what answers one of them answers the other: log odds, 0 is as likely as not. The reader
    /// alone trusts questions that share no word; the words alone trust near misses.
    pub fn odds(self) -> f32 {
        let fitted = COSINE_WEIGHT * self.cosine + READ_WEIGHT * self.read + BIAS;
        fitted.min(self.read)
    }
}

impl Precedent<'_> {
    /// Whether what stands at `span` of a document is the provision or a part of it, or the other way
    /// round: a row of a table may be named by what it says first.
    pub fn covers(&self, document: &str, span: Span) -> bool {
        self.document == document && (self.span.contains(span) || span.contains(self.span))
    }
}

/// Tells of each unit how like the question that it is known to answer is, and gives it what it gains by
/// that; `precedents` come likeliest first.
pub(super) fn follow(evidence: &mut [Evidence<'_>], precedents: &[Precedent<'_>]) {
    for unit in evidence {
        let mut own = precedents
            .iter()
            .filter(|p| p.covers(unit.source.id, unit.span));
        unit.likeness = own.next().map(|precedent| precedent.likeness);
        if let Some(likeness) = unit.likeness {
            unit.relevance += GAIN / (1.0 + (-likeness.odds()).exp());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_words_and_reader_must_find_two_questions_alike() {
        let odds = |cosine, read| Likeness { cosine, read }.odds();
        assert!(odds(0.9, 3.0) > 2.0);
        assert!(odds(0.9, -3.0) < -2.0, "a near miss");
        assert!(odds(0.2, 3.0) < 0.0, "no word in common");
    }

    #[test]
    fn precedent_covers_its_provision_and_parts_of_it() {
        let precedent = Precedent {
            question: "?",
            document: "a",
            span: Span::new(10, 20),
            likeness: Likeness::default(),
        };
        let covers = |start, end| precedent.covers("a", Span::new(start, end));
        assert!(covers(10, 20) && covers(12, 15) && covers(5, 25));
        assert!(!covers(20, 30) && !covers(15, 25));
        assert!(!precedent.covers("b", Span::new(10, 20)));
    }
}
