//! What a candidate shows beside the other candidates: how far it falls behind the best of them,
//! and how much it resembles the first ones.
//!
//! Whether others of the same document are found too is left out on purpose: it helps on questions
//! about one body of statutes (+.003 nDCG@10, Zalo) and misleads on every other set (-.005).

use super::meaning::directed;
use super::meaning::product;

/// Number of features of a candidate.
pub(super) const N_FEATURES: usize = 4;
/// What they are about, for people.
pub(super) const TOPIC: &str = "meaning beside the other passages";

/// First candidates whose mean meaning says what the question is about (pseudo-relevance
/// feedback; Rocchio, 1971).
const N_FIRST: usize = 6;

/// Features of each candidate from the vectors of their words, in BM25's order: cosine with the
/// question, how far that and the match of words (`matches`) fall behind the best, and resemblance
/// to the first others.
pub(super) fn features(
    vectors: &[&[f32]],
    direction: &[f32],
    matches: &[f32],
) -> Vec<[f32; N_FEATURES]> {
    let vectors: Vec<Vec<f32>> = vectors.iter().map(|vector| directed(vector)).collect();
    let cosines: Vec<f32> = vectors.iter().map(|v| product(v, direction)).collect();
    let nearest = largest(&cosines);
    let best_match = largest(matches);
    let features = (0..vectors.len()).map(|at| {
        [
            cosines[at],
            cosines[at] - nearest,
            matches.get(at).copied().unwrap_or_default() - best_match,
            resemblance(&vectors, at),
        ]
    });
    features.collect()
}

fn largest(values: &[f32]) -> f32 {
    values.iter().copied().fold(f32::MIN, f32::max)
}

/// Cosine with the mean of the first other candidates.
fn resemblance(vectors: &[Vec<f32>], at: usize) -> f32 {
    let first = vectors.iter().take(N_FIRST).enumerate();
    let others = first.filter(|(other, _)| *other != at).take(N_FIRST - 1);
    let mut sum = vec![0.0; vectors[at].len()];
    for (_, other) in others {
        for (sum, x) in sum.iter_mut().zip(other) {
            *sum += x;
        }
    }
    let length = product(&sum, &sum).sqrt().max(f32::MIN_POSITIVE);
    product(&sum, &vectors[at]) / length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn candidates_are_compared_with_the_best_and_the_first() {
        let vectors: [&[f32]; 3] = [&[1.0, 0.0], &[2.0, 0.0], &[0.0, 1.0]];
        let found = features(&vectors, &[1.0, 0.0], &[0.5, 0.9, 0.1]);
        assert_eq!(found[0][..2], [1.0, 0.0]);
        assert_eq!(found[2][..2], [0.0, -1.0]);
        assert!((found[0][2] + 0.4).abs() < 1e-6, "{found:?}");
        assert!(found[0][3] > found[2][3], "{found:?}");
        assert_eq!(features(&[], &[], &[]), Vec::<[f32; N_FEATURES]>::new());
        let alone = features(&vectors[..1], &[1.0, 0.0], &[0.5]);
        assert!(alone[0].iter().all(|f| f.is_finite()), "{alone:?}");
    }
}
