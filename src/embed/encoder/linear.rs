//! A learned matrix and what is added to its products.

use pulp::Arch;

use super::panels::Panels;
use super::view::View;
use super::view::ViewMut;
use crate::embed::Error;
use crate::embed::Weights;

/// Matrices with the same input, side by side so that the input is read once.
pub(super) struct Linear {
    panels: Panels,
    n_outputs: usize,
}

impl Linear {
    /// The matrices under `names`, each from `n_inputs` to `n_outputs` numbers, as one.
    pub(super) fn open(
        arch: Arch,
        weights: &Weights,
        names: &[String],
        [n_inputs, n_outputs]: [usize; 2],
    ) -> Result<Self, Error> {
        let mut matrix = Vec::with_capacity(names.len() * n_inputs * n_outputs);
        let mut bias = Vec::with_capacity(names.len() * n_outputs);
        for name in names {
            matrix.extend(weights.take(&format!("{name}.weight"), &[n_outputs, n_inputs])?);
            bias.extend(weights.take(&format!("{name}.bias"), &[n_outputs])?);
        }
        let mut panels = Panels::new(arch);
        panels.pack_transposed(View::new(&matrix, n_inputs));
        panels.set_bias(&bias);
        Ok(Self {
            panels,
            n_outputs: bias.len(),
        })
    }

    /// Rows of `output` from rows of `input`.
    pub(super) fn apply(
        &self,
        arch: Arch,
        input: &[f32],
        output: &mut [f32],
        tiles: &mut Vec<f32>,
    ) {
        let input = View::new(input, self.panels.n_rows());
        let output = ViewMut::new(output, self.n_outputs);
        self.panels.multiply(arch, input, output, tiles);
    }
}
