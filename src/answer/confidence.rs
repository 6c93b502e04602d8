//! How likely it is that the best evidence answers the question.

use serde::{Deserialize, Serialize};

use super::precedent::Likeness;

/// Numbers that the probability is computed from.
const N_VALUES: usize = 12;

/// What the probability is computed from. It is recorded with each answer: fields are added, never
/// renamed, and have a default where old records lack them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Features {
    /// Weighted share of the question's syllables in the evidence and what it hangs on, 0 to 1.
    pub syllables: f32,
    /// The share of syllables in the whole passage.
    pub passage: f32,
    /// 1 when a figure was asked for and the evidence has one, or none was asked for.
    pub figure: f32,
    /// The fifth passage's retrieval score as a share of the first's: near 1 when nothing stands
    /// out.
    pub fifth: f32,
    /// Natural logarithm of the number of words: half of a long question covered says more than
    /// half of a short one.
    pub length: f32,
    /// What the heaviest syllable weighs that the evidence lacks, as a share of the heaviest of all:
    /// `tối thiểu` is no small part of `lương tối thiểu`.
    #[serde(default)]
    pub gap: f32,
    /// What a sentence model says; none where there is none.
    #[serde(default)]
    pub meaning: Option<Meaning>,
    /// How likely the best evidence answers, read together with the question: log odds; none where
    /// there is no reader.
    #[serde(default)]
    pub odds: Option<f32>,
    /// How likely the statements answer, read as one below the title of their document: log odds;
    /// none where there is no reader.
    #[serde(default)]
    pub said: Option<f32>,
    /// How like the question asked is one that people have found the best evidence to answer; none where
    /// there is no such question.
    #[serde(default)]
    pub likeness: Option<Likeness>,
}

impl Features {
    /// All of them; zero where a model is missing that tells.
    fn values(&self) -> [f32; N_VALUES] {
        let meaning = self.meaning.unwrap_or_default();
        [
            self.syllables,
            self.passage,
            self.figure,
            self.fifth,
            self.length,
            self.gap,
            meaning.evidence,
            meaning.nearest_evidence,
            meaning.passage,
            meaning.nearest_passage,
            self.odds.unwrap_or_default(),
            self.said.unwrap_or_default(),
        ]
    }
}

/// How near what was found is to the question: cosines, -1 to 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Meaning {
    /// The best evidence.
    pub evidence: f32,
    /// The nearest evidence, which words may have put further down.
    pub nearest_evidence: f32,
    /// The first passage.
    pub passage: f32,
    /// The nearest passage.
    pub nearest_passage: f32,
}

/// Fitted by logistic regression, each weight bounded to the sign it must have, on three kinds of
/// questions, none of them gold questions: the hard ones of `tests/gold/tuning.jsonl` (130 whose
/// provision was found, 79 near misses without an answer), and at a fifth of the weight 168 headings
/// of the corpus turned into questions and 160 legal questions about other matters. Without the
/// easy kinds the fit trusts the length of a question and answers four out of five questions about
/// other matters. Ten-fold on the hard kind, the area under the curve is .78.
const BY_WORDS: Fit = Fit {
    weights: [
        2.7, 1.65, 1.36, -3.98, 0.53, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0,
    ],
    bias: -2.12,
    enough: 0.62,
    related: 0.2,
};

/// The same with a sentence model, on the 170 and 79 questions of `tests/gold/tuning.jsonl`, and at a
/// fifth of the weight 136 headings and 500 questions about other matters (law, health, civil law);
/// right is an answer that cites an expected provision. Ten-fold, the area under the curve is .88 on
/// the hard kind and .96 with the other matters. The weight of the length is bounded to about what it
/// is in [`BY_WORDS`]: in the tuning questions it tells more than it can elsewhere. Answered are then
/// 67 in a hundred of the hard questions with the right provision, 14 of the near misses and 3 of the
/// questions about other matters.
const BY_MEANING: Fit = Fit {
    weights: [
        0.52, 0.39, 1.99, -2.51, 0.6, -1.9, 5.8, 3.85, 2.71, 2.02, 0.0, 0.0,
    ],
    bias: -7.29,
    enough: 0.5,
    related: 0.12,
};

/// The same with a reader, on the same questions. Ten-fold, the area under the curve is .91 on the
/// hard kind and .98 with the other matters. Answered are then 75 in a hundred of the hard questions
/// with the right provision, 8 of the near misses and 1 of the questions about other matters. What is
/// said, read as a whole below the title, tells more than the best clause alone: .89 without. Weights
/// fitted on 1,385 written questions over other texts, which neither model had seen, tell the hard
/// kind as well.
const BY_READING: Fit = Fit {
    weights: [
        0.42, 0.68, 1.45, -2.22, 0.6, -1.78, 1.24, 0.53, 0.97, 1.13, 0.296, 0.331,
    ],
    bias: -1.6,
    enough: 0.55,
    related: 0.07,
};

/// Log odds of a precedent from which on it says anything: what is unlike one question that people have
/// verified may still be like none of the others. Above it, its log odds are added whole. Of
/// `tests/gold/tuning.jsonl`, with three questions by another hand for each provision of the corpus as
/// precedents, 83 in a hundred are then answered with the right provision instead of 78, and no more of
/// the near misses.
const PRECEDENT_MIN: f32 = -2.0;

/// A logistic regression, and from which probability on an answer is given or at least shown.
struct Fit {
    /// In the order of [`Features::values`]; nothing weighs what was not known when it was fitted.
    weights: [f32; N_VALUES],
    bias: f32,
    enough: f32,
    related: f32,
}

impl Fit {
    fn confidence(&self, features: &Features) -> Confidence {
        let weighed = self.weights.iter().zip(features.values());
        let known = |likeness: Likeness| (likeness.read - PRECEDENT_MIN).max(0.0);
        let sum = self.bias
            + weighed.map(|(weight, value)| weight * value).sum::<f32>()
            + features.likeness.map_or(0.0, known);
        let probability = 1.0 / (1.0 + (-sum).exp());
        Confidence {
            probability,
            is_enough: probability >= self.enough,
            is_related: probability >= self.related,
        }
    }
}

/// How sure it is that evidence answers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Confidence {
    /// From 0 to 1.
    pub probability: f32,
    /// Whether an answer may be given; otherwise it is withheld.
    pub is_enough: bool,
    /// Whether what was found is at least worth reading.
    pub is_related: bool,
}

impl Confidence {
    /// Where the question names the provision that is quoted.
    pub const CERTAIN: Self = Self {
        probability: 1.0,
        is_enough: true,
        is_related: true,
    };

    /// How sure it is that evidence with these features answers.
    pub fn of(features: &Features) -> Self {
        let fit = match (features.meaning, features.odds) {
            (None, _) => BY_WORDS,
            (Some(_), None) => BY_MEANING,
            (Some(_), Some(_)) => BY_READING,
        };
        fit.confidence(features)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Evidence that holds `share` of the question, as near to it as `cosine`.
    fn features(share: f32, cosine: Option<f32>) -> Features {
        Features {
            syllables: share,
            passage: share,
            figure: 1.0,
            fifth: 1.0 - 0.7 * share,
            length: 2.3,
            gap: 1.0 - share,
            meaning: cosine.map(|cosine| Meaning {
                evidence: cosine,
                nearest_evidence: cosine,
                passage: cosine,
                nearest_passage: cosine,
            }),
            odds: None,
            said: None,
            likeness: None,
        }
    }

    #[test]
    fn full_coverage_is_likelier_than_none() {
        for cosines in [[None, None], [Some(0.6), Some(0.3)]] {
            let [full, none] = [(1.0, cosines[0]), (0.0, cosines[1])]
                .map(|(share, cosine)| Confidence::of(&features(share, cosine)));
            assert!(full.is_enough && !none.is_enough, "{full:?} {none:?}");
            assert!(full.probability > none.probability);
        }
    }

    #[test]
    fn what_a_reader_finds_likely_needs_fewer_words() {
        let [likely, unlikely] = [3.0, -4.0].map(|odds| {
            let features = Features {
                odds: Some(odds),
                said: Some(odds),
                ..features(0.6, Some(0.3))
            };
            Confidence::of(&features)
        });
        assert!(likely.is_enough && !unlikely.is_enough);
        assert!(unlikely.is_related, "{unlikely:?}");
    }

    #[test]
    fn what_answered_a_like_question_is_surer_and_what_did_not_is_no_less_sure() {
        let probability = |read: Option<f32>| {
            let features = Features {
                odds: Some(-1.0),
                said: Some(-1.0),
                likeness: read.map(|read| Likeness { cosine: 0.6, read }),
                ..features(0.4, Some(0.3))
            };
            Confidence::of(&features).probability
        };
        let unheard_of = probability(None);
        assert!(probability(Some(1.0)) > unheard_of);
        assert!(probability(Some(4.0)) > probability(Some(1.0)));
        let unlike = probability(Some(-6.0));
        assert!((unlike - unheard_of).abs() < 1e-6, "{unlike} {unheard_of}");
    }

    #[test]
    fn what_means_the_same_needs_fewer_words() {
        let [near, far] = [0.5, 0.3].map(|c| Confidence::of(&features(0.6, Some(c))).is_enough);
        assert!(near && !far);
    }
}
