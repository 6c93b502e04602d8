//! A second look at the best candidates, with a model that reads sentences.
//!
//! Words and their vectors put most of what matters among the first twenty; a transformer tells
//! better which of these speaks of the same thing in the same sense. Its vectors of passages are in
//! the index, so that a question costs one short text to read. What is not looked at twice keeps
//! its order and stays behind.

use super::learned::Learned;
use super::lexical::float;
use super::meaning::directed;
use super::meaning::product;
use super::spread::Spread;
use crate::embed;
use crate::index::PassageCandidate;
use crate::index::PassageHit;

/// Candidates that are looked at twice.
const N_COMPARED: usize = 20;
/// Number of features that the second look adds.
pub(super) const N_FEATURES: usize = 4;

/// What each of them is about, for people.
pub(super) const TOPICS: [&str; N_FEATURES] = [
    "meaning of the sentences",
    "meaning of the sentences",
    "meaning of the sentences",
    "first look",
];

/// Knows the sentence vectors that an index does not hold.
pub trait Missing {
    /// Those of the passages found, in their order: one after the other for each window of a
    /// passage, each of length one.
    ///
    /// # Errors
    /// When a model cannot read a passage.
    fn vectors(&self, hits: &[&PassageHit]) -> Result<Vec<Vec<f32>>, embed::Error>;
}

/// What ranking makes of a candidate.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Correction {
    /// What BM25's score is to be multiplied by.
    pub(super) factor: f32,
    /// How near the passage is to the question in meaning; none where nobody looked.
    pub(super) cosine: Option<f32>,
}

impl Correction {
    /// Of a candidate that a sentence model did not see.
    pub(super) fn by_words(factor: f32) -> Self {
        Self {
            factor,
            cosine: None,
        }
    }
}

/// What the sentence model sees.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Look {
    /// How near each candidate is to the question; none of those whose vectors nobody knows.
    pub(super) cosines: Vec<Option<f32>>,
    /// Those that are ordered anew, best by words first.
    pub(super) compared: Vec<Compared>,
}

impl Look {
    /// The features of those compared, after the `described` ones of all candidates.
    pub(super) fn described(&self, described: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let of_one = |one: &Compared| [described[one.at].as_slice(), &one.features].concat();
        self.compared.iter().map(of_one).collect()
    }
}

/// A candidate that is ordered anew.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Compared {
    /// Its place among the candidates.
    pub(super) at: usize,
    /// How near it is to the question, how far that falls behind the best, and how many standard
    /// deviations it lies above the mean of those compared; then its score as a share of the best.
    pub(super) features: [f32; N_FEATURES],
}

/// Looks at `candidates` from the question with the vector `asked`, and compares the best of them by their score and `factors`.
///
/// `n_words` is where in the stored vectors that of the sentences begins. Where they end there,
/// `missing` is asked for those to be compared, and without it nothing is seen.
///
/// # Errors
/// As [`Missing::vectors`].
pub(super) fn look(
    asked: &[f32],
    candidates: &[PassageCandidate],
    (factors, n_words): (&[f32], usize),
    missing: Option<&dyn Missing>,
) -> Result<Look, embed::Error> {
    let stored = |c: &PassageCandidate| cosine(c.vector.get(n_words..)?, asked);
    let mut cosines: Vec<Option<f32>> = candidates.iter().map(stored).collect();
    let scores = corrected(candidates, factors);
    let best = best(&scores);
    if cosines.iter().any(Option::is_none) {
        let Some(missing) = missing else {
            return Ok(Look::default());
        };
        let hits: Vec<&PassageHit> = best.iter().map(|&at| &candidates[at].hit).collect();
        for (&at, windows) in best.iter().zip(missing.vectors(&hits)?) {
            cosines[at] = cosine(&windows, asked);
        }
    }
    let seen = best.into_iter().filter_map(|at| Some((at, cosines[at]?)));
    let seen: Vec<(usize, f32)> = seen.collect();
    let beside = Beside::of(&seen.iter().map(|(_, cosine)| *cosine).collect::<Vec<_>>());
    let best = seen.first().map_or(1.0, |&(at, _)| scores[at]);
    let compared = seen.into_iter().map(|(at, cosine)| {
        let [cosine, behind, deviations] = beside.features(cosine);
        let share = scores[at] / best.max(f32::MIN_POSITIVE);
        Compared {
            at,
            features: [cosine, behind, deviations, share],
        }
    });
    Ok(Look {
        compared: compared.collect(),
        cosines,
    })
}

/// How near a passage with the vectors of its `windows` is to the question with the vector `asked`:
/// halfway between the cosine of the nearest window, where an answer may stand, and their mean,
/// which tells whether the whole is about it. Nothing where there is no window.
pub(super) fn cosine(windows: &[f32], asked: &[f32]) -> Option<f32> {
    let windows = windows.chunks_exact(asked.len().max(1));
    let cosines: Vec<f32> = windows.map(|w| product(&directed(w), asked)).collect();
    let nearest = cosines.iter().copied().max_by(f32::total_cmp)?;
    let mean = cosines.iter().sum::<f32>() / float(cosines.len());
    Some(f32::midpoint(nearest, mean))
}

/// Places of the best `scores`, best first; of equal ones the first.
fn best(scores: &[f32]) -> Vec<usize> {
    let mut best: Vec<usize> = (0..scores.len()).collect();
    best.sort_by(|&a, &b| scores[b].total_cmp(&scores[a]).then(a.cmp(&b)));
    best.truncate(N_COMPARED);
    best
}

/// The scores as `learned` corrects them again for those compared, whose features it gets after the `described` ones; the
/// others keep that of `factors` and stay behind. The best score stays what it was.
pub(super) fn reorder(
    learned: &Learned,
    candidates: &[PassageCandidate],
    (factors, described): (&[f32], &[Vec<f32>]),
    look: &Look,
) -> Vec<Correction> {
    let by_words = factors.iter().copied().map(Correction::by_words);
    let mut corrections: Vec<Correction> = by_words.collect();
    for (correction, cosine) in corrections.iter_mut().zip(&look.cosines) {
        correction.cosine = *cosine;
    }
    if look.compared.is_empty() {
        return corrections;
    }
    let first = corrected(candidates, factors);
    let mut second = vec![None; candidates.len()];
    let corrected_again = learned.factors(&look.described(described));
    for (one, factor) in look.compared.iter().zip(corrected_again) {
        second[one.at] = Some(first[one.at] * factor);
    }
    let best = first.iter().copied().fold(f32::MIN_POSITIVE, f32::max);
    let seen = || second.iter().copied().flatten();
    let scale = best / seen().fold(f32::MIN_POSITIVE, f32::max);
    let lowest = scale * seen().fold(f32::MAX, f32::min);
    let unseen = first.iter().zip(&second).filter(|(_, s)| s.is_none());
    let highest_unseen = unseen.map(|(s, _)| *s).fold(f32::MIN_POSITIVE, f32::max);
    let behind = (lowest / highest_unseen).min(1.0);
    for (at, correction) in corrections.iter_mut().enumerate() {
        let bm25 = candidates[at].hit.score.max(f32::MIN_POSITIVE);
        correction.factor = match second[at] {
            Some(score) => scale * score / bm25,
            None => behind * correction.factor,
        };
    }
    corrections
}

/// BM25's scores, each times its factor.
fn corrected(candidates: &[PassageCandidate], factors: &[f32]) -> Vec<f32> {
    let scores = candidates.iter().zip(factors);
    scores.map(|(c, factor)| c.hit.score * factor).collect()
}

/// What the cosines of the candidates are together.
struct Beside {
    largest: f32,
    spread: Spread,
}

impl Beside {
    fn of(cosines: &[f32]) -> Self {
        Self {
            largest: cosines.iter().copied().fold(f32::MIN, f32::max),
            spread: Spread::of(cosines.iter().copied()),
        }
    }

    fn features(&self, cosine: f32) -> [f32; 3] {
        let Spread { mean, deviation } = self.spread;
        [
            cosine,
            cosine - self.largest,
            (cosine - mean) / deviation.max(1e-3),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::index::Wording;
    use crate::text::Span;

    /// Candidates with scores of 10, 9, 8, …
    fn candidates(n: u8) -> Vec<PassageCandidate> {
        let candidate = |at: u8| PassageCandidate {
            hit: PassageHit {
                document: at.to_string(),
                span: Span::new(0, 0),
                score: 10.0 - f32::from(at),
            },
            wording: Wording::default(),
            vector: Vec::new(),
        };
        (0..n).map(candidate).collect()
    }

    /// A look at the first candidates.
    fn look(cosines: &[f32]) -> Look {
        let compared = cosines.iter().enumerate();
        Look {
            cosines: cosines.iter().copied().map(Some).collect(),
            compared: compared
                .map(|(at, cosine)| Compared {
                    at,
                    features: [*cosine; N_FEATURES],
                })
                .collect(),
        }
    }

    /// One feature before those of the second look; the first of these tells which is wanted.
    fn learned() -> Learned {
        let json = br#"{"n_features":5,"trees":[[[1,0.5,1,2],[-1.0],[1.0]]]}"#;
        Learned::read(json, 5).unwrap()
    }

    fn order(corrections: &[Correction], candidates: &[PassageCandidate]) -> Vec<usize> {
        let score = |at: usize| corrections[at].factor * candidates[at].hit.score;
        let mut order: Vec<usize> = (0..candidates.len()).collect();
        order.sort_by(|&a, &b| score(b).total_cmp(&score(a)));
        order
    }

    #[test]
    fn what_was_compared_is_reordered_and_the_rest_stays_behind() {
        let (candidates, factors) = (candidates(5), [1.0; 5]);
        let described = vec![vec![0.0]; 5];
        let look = look(&[0.1, 0.2, 0.9]);
        let corrections = reorder(&learned(), &candidates, (&factors, &described), &look);
        assert_eq!(order(&corrections, &candidates), [2, 0, 1, 3, 4]);
        assert_eq!(corrections[2].cosine, Some(0.9));
        assert_eq!(corrections[3].cosine, None);
        let best = corrections[2].factor * candidates[2].hit.score;
        assert!((best - 10.0).abs() < 1e-4, "{best}");
    }

    #[test]
    fn where_nothing_was_compared_words_decide() {
        let (candidates, factors) = (candidates(3), [0.5, 2.0, 1.0]);
        let described = vec![vec![0.0]; 3];
        let corrections = reorder(&learned(), &candidates, (&factors, &described), &look(&[]));
        assert_eq!(corrections, factors.map(Correction::by_words));
    }

    #[test]
    fn passages_are_as_near_as_their_windows() {
        let asked = [1.0, 0.0];
        assert_eq!(cosine(&[], &asked), None);
        assert_eq!(cosine(&[2.0, 0.0], &asked), Some(1.0));
        // One window that says it and one that does not.
        assert_eq!(cosine(&[0.0, 1.0, 1.0, 0.0], &asked), Some(0.75));
    }

    #[test]
    fn cosines_are_seen_beside_each_other() {
        let beside = Beside::of(&[0.2, 0.4, 0.6]);
        let [cosine, behind, deviations] = beside.features(0.4);
        assert!((cosine - 0.4).abs() < 1e-6 && (behind + 0.2).abs() < 1e-6);
        assert!(deviations.abs() < 1e-5, "{deviations}");
        let none = Beside::of(&[]).features(0.0);
        assert!(none.iter().all(|f| f.is_finite()));
        assert!(
            Beside::of(&[0.5; 4])
                .features(0.5)
                .iter()
                .all(|f| f.is_finite())
        );
    }
}
