//! A weighted sum over how far each feature of a candidate stands out among the candidates.
//!
//! Counted in standard deviations of this question's own candidates, a feature says the same in a
//! store of fifty documents and in one of a hundred thousand. So what is learned this way holds on
//! collections that it was not learned on, where trees mislead.

use serde::Deserialize;

use super::spread::Spread;

/// Keeps a feature that is the same for all candidates from dividing by nothing.
const DEVIATION_MIN: f32 = 1e-3;
/// The same for candidates that start from nothing.
const START_MIN: f32 = 1e-3;

/// Weights of features.
#[derive(Debug, Deserialize)]
pub(super) struct Line {
    /// One a feature, for each standard deviation above the mean of the candidates.
    weights: Vec<f32>,
    start: Start,
}

/// The score that is corrected.
#[derive(Debug, Deserialize)]
struct Start {
    /// Which feature it is, as a share of the best.
    feature: usize,
    /// What its natural logarithm counts more than one.
    weight: f32,
}

impl Line {
    /// How many features it weighs; none where it starts from one that it does not weigh.
    pub(super) fn n_features(&self) -> usize {
        let n = self.weights.len();
        if self.start.feature < n { n } else { 0 }
    }

    /// What each feature of each of the candidates with the features `described` adds to its sum.
    pub(super) fn shares(&self, described: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let spreads: Vec<Spread> = (0..self.weights.len())
            .map(|at| Spread::of(described.iter().map(|features| features[at])))
            .collect();
        let of_candidate = |features: &Vec<f32>| {
            let weighed = features.iter().zip(&spreads).zip(&self.weights);
            let mut shares: Vec<f32> = weighed
                .map(|((x, s), w)| w * ((x - s.mean) / (s.deviation + DEVIATION_MIN)))
                .collect();
            let start = &self.start;
            shares[start.feature] += start.weight * features[start.feature].max(START_MIN).ln();
            shares
        };
        described.iter().map(of_candidate).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shares(described: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let line = r#"{"weights":[0.0,2.0],"start":{"feature":0,"weight":0.5}}"#;
        serde_json::from_str::<Line>(line)
            .unwrap()
            .shares(described)
    }

    #[test]
    fn features_count_by_how_far_they_stand_out() {
        let found = shares(&[vec![1.0, 30.0], vec![1.0, 10.0]]);
        assert!((found[0][1] - 2.0).abs() < 1e-3 && (found[1][1] + 2.0).abs() < 1e-3);
        let scaled = shares(&[vec![1.0, 300.0], vec![1.0, 100.0]]);
        assert!((found[0][1] - scaled[0][1]).abs() < 1e-3, "{scaled:?}");
        assert_eq!(shares(&vec![vec![1.0, 7.0]; 3])[2], [0.0, 0.0]);
        assert_eq!(shares(&[]), Vec::<Vec<f32>>::new());
    }

    #[test]
    fn the_start_counts_by_its_logarithm() {
        let found = shares(&[vec![1.0, 0.0], vec![0.5, 0.0], vec![0.0, 0.0]]);
        assert_eq!(found[0], [0.0, 0.0]);
        assert!((found[1][0] - 0.5 * 0.5_f32.ln()).abs() < 1e-6, "{found:?}");
        assert!(found[2][0].is_finite());
    }
}
