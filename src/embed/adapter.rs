//! What further training changed in the matrices of a model.
//!
//! To each matrix it touched, the product of two narrow ones is to be added, so that a second task
//! costs a fraction of a second model (`LoRA`; Hu et al., 2021, <https://arxiv.org/abs/2106.09685>).
//! Files and names are those of the [`peft`][1] library.
//!
//! [1]: https://github.com/huggingface/peft

use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;
use serde_json::Value;

use super::Error;
use super::weights::Weights;

/// Stands behind the name of a matrix where what it is changed by begins.
const DOWN: &str = ".lora_A.weight";
const UP: &str = ".lora_B.weight";

/// `adapter_config.json`, as far as it matters when the model is used.
#[derive(Deserialize)]
pub(super) struct Config {
    /// Inner size of the products.
    r: u16,
    /// The products are multiplied by this over `r`.
    lora_alpha: f32,
    /// Folder of the model it belongs to, from the folder of the adapter.
    #[serde(rename = "base_model_name_or_path")]
    pub(super) base: String,
    /// These and the next change the products or their weight: without them the sum would be another
    /// one, and nothing would tell. None of them is computed here.
    #[serde(default)]
    use_rslora: Value,
    #[serde(default)]
    use_dora: Value,
    #[serde(default)]
    alpha_pattern: Value,
    #[serde(default)]
    rank_pattern: Value,
}

impl Config {
    /// Reads a configuration; `path` is for messages.
    pub(super) fn parse(path: &Path, bytes: &[u8]) -> Result<Self, Error> {
        let config: Self = serde_json::from_slice(bytes).map_err(|e| Error::config(path, &e))?;
        if config.r == 0 || !config.lora_alpha.is_finite() {
            let reason = format!("r is {} and lora_alpha {}", config.r, config.lora_alpha);
            return Err(Error::config(path, &reason));
        }
        if let Some(option) = config.unknown_option() {
            let reason = format!("`{option}` is set, which this program does not compute");
            return Err(Error::config(path, &reason));
        }
        Ok(config)
    }

    /// An option that is set and would be ignored.
    fn unknown_option(&self) -> Option<&'static str> {
        let options = [
            ("use_rslora", &self.use_rslora),
            ("use_dora", &self.use_dora),
            ("alpha_pattern", &self.alpha_pattern),
            ("rank_pattern", &self.rank_pattern),
        ];
        let set = options.into_iter().find(|(_, value)| is_set(value));
        set.map(|(name, _)| name)
    }
}

/// Whether an option says anything: the library writes all of them, most as `false` or `{}`.
fn is_set(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => false,
        Value::Object(entries) => !entries.is_empty(),
        Value::Bool(true) | Value::Number(_) | Value::String(_) | Value::Array(_) => true,
    }
}

/// Changes of some matrices.
pub(super) struct Adapter {
    weights: Weights,
    config: Config,
}

impl Adapter {
    pub(super) fn new(config: Config, weights: Weights) -> Self {
        Self { weights, config }
    }

    /// All its tensors: those of a head stand beside the changes.
    pub(super) fn weights(&self) -> &Weights {
        &self.weights
    }

    /// What the changed matrices are called, without `.weight`.
    pub(super) fn changed(&self) -> Vec<String> {
        let names = self.weights.names();
        let changed = names.iter().filter_map(|name| name.strip_suffix(DOWN));
        changed.map(str::to_owned).collect()
    }

    /// Adds what was learned about the matrix called `changed`, which has rows of `n_inputs` numbers.
    pub(super) fn add(
        &self,
        changed: &str,
        matrix: &mut [f32],
        n_inputs: usize,
    ) -> Result<(), Error> {
        let rank = usize::from(self.config.r);
        let n_outputs = matrix.len() / n_inputs.max(1);
        let take = |side: &str, shape: [usize; 2]| {
            let name = format!("{changed}{side}");
            self.weights.take(&name, &shape)
        };
        let down = take(DOWN, [rank, n_inputs])?;
        let up = take(UP, [n_outputs, rank])?;
        let scale = self.config.lora_alpha / f32::from(self.config.r);
        let rows = matrix.par_chunks_exact_mut(n_inputs);
        rows.zip(up.par_chunks_exact(rank)).for_each(|(row, up)| {
            for (share, direction) in up.iter().zip(down.chunks_exact(n_inputs)) {
                let share = share * scale;
                row.iter_mut()
                    .zip(direction)
                    .for_each(|(number, along)| *number += share * along);
            }
        });
        Ok(())
    }
}
