//! Layer normalisation: the numbers of each token brought to one mean and spread.

use pulp::Arch;

use super::math::sum_of;
use crate::embed::Error;
use crate::embed::Weights;

/// The learned spread and mean, after normalisation.
pub(super) struct Norm {
    scale: Vec<f32>,
    shift: Vec<f32>,
    epsilon: f32,
}

impl Norm {
    /// The norm under `name`, for vectors of `size` numbers.
    pub(super) fn open(
        weights: &Weights,
        name: &str,
        size: usize,
        epsilon: f32,
    ) -> Result<Self, Error> {
        Ok(Self {
            scale: weights.take(&format!("{name}.weight"), &[size])?,
            shift: weights.take(&format!("{name}.bias"), &[size])?,
            epsilon,
        })
    }

    /// Adds `change` to `hidden`, then normalises each row of `hidden`.
    pub(super) fn add(&self, arch: Arch, hidden: &mut [f32], change: &[f32]) {
        arch.dispatch(|| {
            let size = self.scale.len();
            for (row, change) in hidden.chunks_exact_mut(size).zip(change.chunks_exact(size)) {
                for (value, change) in row.iter_mut().zip(change) {
                    *value += change;
                }
                self.normalise(row);
            }
        });
    }

    /// Normalises each row of `hidden`.
    pub(super) fn apply(&self, arch: Arch, hidden: &mut [f32]) {
        arch.dispatch(|| {
            hidden
                .chunks_exact_mut(self.scale.len())
                .for_each(|row| self.normalise(row));
        });
    }

    #[inline(always)]
    fn normalise(&self, row: &mut [f32]) {
        let n = row.len() as f32;
        let mean = sum_of(row, |x| x) / n;
        let variance = sum_of(row, |x| (x - mean) * (x - mean)) / n;
        let factor = (variance + self.epsilon).sqrt().recip();
        for ((value, scale), shift) in row.iter_mut().zip(&self.scale).zip(&self.shift) {
            *value = ((*value - mean) * factor).mul_add(*scale, *shift);
        }
    }
}
