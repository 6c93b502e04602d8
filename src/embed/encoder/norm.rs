//! Layer normalisation: the numbers of each token brought to one mean and spread.

use pulp::Arch;
use pulp::NullaryFnOnce;

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
        for (value, change) in hidden.iter_mut().zip(change) {
            *value += change;
        }
        self.apply(arch, hidden);
    }

    /// Normalises each row of `hidden`.
    pub(super) fn apply(&self, arch: Arch, hidden: &mut [f32]) {
        arch.dispatch(Normalise { norm: self, hidden });
    }
}

struct Normalise<'a> {
    norm: &'a Norm,
    hidden: &'a mut [f32],
}

impl NullaryFnOnce for Normalise<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let Norm {
            scale,
            shift,
            epsilon,
        } = self.norm;
        let n = scale.len() as f32;
        for row in self.hidden.chunks_exact_mut(scale.len()) {
            let mean = sum_of(row, |x| x) / n;
            let variance = sum_of(row, |x| (x - mean) * (x - mean)) / n;
            let factor = (variance + epsilon).sqrt().recip();
            for ((value, scale), shift) in row.iter_mut().zip(scale).zip(shift) {
                *value = ((*value - mean) * factor).mul_add(*scale, *shift);
            }
        }
    }
}
