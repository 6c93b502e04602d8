//! How numbers lie beside each other.

use super::lexical::float;

/// The middle of some numbers, and how far they lie from it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    /// Their mean; 0 of none.
    pub(super) mean: f32,
    /// Their standard deviation, all of them being known; 0 of none.
    pub(super) deviation: f32,
}

impl Spread {
    pub(super) fn of(values: impl ExactSizeIterator<Item = f32> + Clone) -> Self {
        let n = float(values.len().max(1));
        let mean = values.clone().sum::<f32>() / n;
        let squares = values.map(|x| (x - mean).powi(2));
        Self {
            mean,
            deviation: (squares.sum::<f32>() / n).sqrt(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lie_around_their_mean() {
        let spread = |values: &[f32]| Spread::of(values.iter().copied());
        let of = |mean, deviation| Spread { mean, deviation };
        assert_eq!(spread(&[1.0, 3.0]), of(2.0, 1.0));
        assert_eq!(spread(&[7.0]), of(7.0, 0.0));
        assert_eq!(spread(&[]), of(0.0, 0.0));
    }
}
