//! One layer: tokens look at each other, then each is worked on alone.
//!
//! Names and order are those of the [reference][1]; dropout does nothing when a model is used.
//!
//! [1]: https://github.com/huggingface/transformers/blob/v4.57.0/src/transformers/models/bert/modeling_bert.py

use pulp::Arch;

use super::Activation;
use super::Config;
use super::attention::Attention;
use super::linear::Linear;
use super::norm::Norm;
use crate::embed::Error;
use crate::embed::Weights;

/// Trained numbers of one layer.
pub(super) struct Layer {
    /// Query, key and value of all heads in one product.
    attention_input: Linear,
    attention_output: Linear,
    attention_norm: Norm,
    widen: Linear,
    activation: Activation,
    narrow: Linear,
    norm: Norm,
}

impl Layer {
    /// The layer under `name`.
    pub(super) fn open(
        arch: Arch,
        config: &Config,
        weights: &Weights,
        name: &str,
    ) -> Result<Self, Error> {
        let (hidden, inner) = (config.hidden_size, config.intermediate_size);
        let linear =
            |below: &str, sizes| Linear::open(arch, weights, &[format!("{name}.{below}")], sizes);
        let norm = |below: &str| {
            Norm::open(
                weights,
                &format!("{name}.{below}"),
                hidden,
                config.layer_norm_eps,
            )
        };
        let projections = ["query", "key", "value"].map(|p| format!("{name}.attention.self.{p}"));
        Ok(Self {
            attention_input: Linear::open(arch, weights, &projections, [hidden, hidden])?,
            attention_output: linear("attention.output.dense", [hidden, hidden])?,
            attention_norm: norm("attention.output.LayerNorm")?,
            widen: linear("intermediate.dense", [hidden, inner])?,
            activation: config.hidden_act,
            narrow: linear("output.dense", [inner, hidden])?,
            norm: norm("output.LayerNorm")?,
        })
    }

    /// Works on `hidden`, one row a token; `lengths` are tokens of each text in turn.
    pub(super) fn apply(&self, hidden: &mut [f32], lengths: &[usize], room: &mut Room) {
        let arch = room.arch;
        self.attention_input
            .apply(arch, hidden, &mut room.projected, &mut room.tiles);
        room.attention.apply(
            &room.projected,
            lengths,
            &mut room.gathered,
            &mut room.tiles,
        );
        self.attention_output
            .apply(arch, &room.gathered, &mut room.change, &mut room.tiles);
        self.attention_norm.add(arch, hidden, &room.change);
        self.widen
            .apply(arch, hidden, &mut room.wide, &mut room.tiles);
        self.activation.apply(arch, &mut room.wide);
        self.narrow
            .apply(arch, &room.wide, &mut room.change, &mut room.tiles);
        self.norm.add(arch, hidden, &room.change);
    }
}

/// Room for what all layers compute in between, for some number of tokens.
pub(super) struct Room {
    arch: Arch,
    attention: Attention,
    projected: Vec<f32>,
    gathered: Vec<f32>,
    change: Vec<f32>,
    wide: Vec<f32>,
    tiles: Vec<f32>,
}

impl Room {
    /// For `n_tokens` of a model of `config`.
    pub(super) fn new(arch: Arch, config: &Config, n_tokens: usize) -> Self {
        let rows = |n_columns: usize| vec![0.0; n_tokens * n_columns];
        Self {
            arch,
            attention: Attention::new(arch, config),
            projected: rows(3 * config.hidden_size),
            gathered: rows(config.hidden_size),
            change: rows(config.hidden_size),
            wide: rows(config.intermediate_size),
            tiles: Vec::new(),
        }
    }
}
