//! Whether a probability means what it says: among answers given 70 in 100, seven in ten must hold.

use serde::Serialize;

use super::metrics::as_f64;

/// Bins of equal width from 0 to 1.
const N_BINS: usize = 10;

/// Answers whose probability falls into one tenth.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bin {
    /// From this probability on.
    pub from: f64,
    /// Below this probability; 1 belongs to the last bin.
    pub to: f64,
    /// Number of answers.
    pub n: usize,
    /// Mean of their probabilities.
    pub mean_probability: f64,
    /// Share of them that are right.
    pub share_right: f64,
}

/// How far stated probabilities can be relied on.
#[derive(Clone, Debug, Default, PartialEq, Serialize)]
pub struct Reliability {
    /// Bins that hold an answer, lowest first.
    pub bins: Vec<Bin>,
    /// Mean squared distance of the probability from 0 or 1 as it turned out (Brier, 1950): 0 is
    /// perfect, .25 is what saying one half to everything gets.
    pub brier: f64,
    /// Mean distance between probability and share of right answers over the bins, weighted by their
    /// size (expected calibration error; Guo et al., 2017).
    pub ece: f64,
}

impl Reliability {
    /// Of `answers`, each a probability from 0 to 1 and whether the answer was right.
    pub fn of(answers: &[(f64, bool)]) -> Self {
        let n_all = as_f64(answers.len().max(1));
        let squared = answers
            .iter()
            .map(|&(p, is_right)| (p - truth(is_right)).powi(2));
        let bins: Vec<Bin> = (0..N_BINS).filter_map(|at| bin(at, answers)).collect();
        let distances = bins
            .iter()
            .map(|bin| as_f64(bin.n) * (bin.mean_probability - bin.share_right).abs());
        Self {
            brier: squared.sum::<f64>() / n_all,
            ece: distances.sum::<f64>() / n_all,
            bins,
        }
    }
}

fn truth(is_right: bool) -> f64 {
    f64::from(u8::from(is_right))
}

fn bin(at: usize, answers: &[(f64, bool)]) -> Option<Bin> {
    let edge = |at: usize| as_f64(at) / as_f64(N_BINS);
    let (from, to) = (edge(at), edge(at + 1));
    let is_last = at + 1 == N_BINS;
    let (mut n, mut probability, mut right) = (0, 0.0, 0.0);
    for &(p, is_right) in answers {
        if p >= from && (p < to || is_last) {
            n += 1;
            probability += p;
            right += truth(is_right);
        }
    }
    (n > 0).then(|| Bin {
        from,
        to,
        n,
        mean_probability: probability / as_f64(n),
        share_right: right / as_f64(n),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn close(a: f64, b: f64) {
        assert!((a - b).abs() < 1e-12, "{a} {b}");
    }

    #[test]
    fn sure_and_right_is_perfect_sure_and_wrong_the_worst() {
        let perfect = Reliability::of(&[(1.0, true), (0.0, false)]);
        assert_eq!((perfect.brier, perfect.ece), (0.0, 0.0));
        let worst = Reliability::of(&[(0.0, true), (1.0, false)]);
        assert_eq!((worst.brier, worst.ece), (1.0, 1.0));
        assert_eq!(Reliability::of(&[]), Reliability::default());
    }

    #[test]
    fn bins_hold_their_lower_edge_and_the_last_one_holds_one() {
        let found = Reliability::of(&[(0.0, false), (0.1, false), (0.9, true), (1.0, true)]);
        let sizes: Vec<(f64, usize)> = found.bins.iter().map(|b| (b.from, b.n)).collect();
        assert_eq!(sizes, [(0.0, 1), (0.1, 1), (0.9, 2)]);
    }

    #[test]
    fn distances_are_weighted_by_the_size_of_the_bin() {
        // Three at .8 of which two hold, one at .2 that does not.
        let found = Reliability::of(&[(0.8, true), (0.8, true), (0.8, false), (0.2, false)]);
        close(found.brier, (2.0 * 0.04 + 0.64 + 0.04) / 4.0);
        close(found.ece, (3.0 * (0.8 - 2.0 / 3.0) + 0.2) / 4.0);
        let upper = found.bins.last().unwrap();
        close(upper.mean_probability, 0.8);
        close(upper.share_right, 2.0 / 3.0);
    }

    #[test]
    fn a_coin_that_knows_it_is_one_is_calibrated_but_useless() {
        let found = Reliability::of(&[(0.5, true), (0.5, false)]);
        close(found.ece, 0.0);
        close(found.brier, 0.25);
    }
}
