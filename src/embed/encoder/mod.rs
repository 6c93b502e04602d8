//! BERT and XLM-RoBERTa: encoders of one architecture, computed without padding.
//!
//! The tokens of all texts of a share stand in one matrix, one row a token, texts one after the
//! other. All but attention works on rows alone and need not know where a text ends; attention
//! goes text by text. So no work is done for padding, and a text's numbers do not depend on the
//! texts beside it.
//!
//! [`panels`] holds the matrix product, [`layer`] the order of steps.

#![expect(
    clippy::inline_always,
    reason = "loops use wide vector units only where they are compiled into `Arch::dispatch`"
)]
#![expect(
    clippy::cast_precision_loss,
    reason = "sizes of vectors are far below what f32 counts exactly"
)]

mod activation;
mod attention;
mod config;
mod layer;
mod linear;
mod math;
mod norm;
mod panels;
mod view;
mod vocabulary;

use pulp::Arch;

pub(super) use self::config::Config;

use self::activation::Activation;
use self::layer::Layer;
use self::layer::Room;
use self::vocabulary::Vocabulary;
use super::Error;
use super::Pooling;
use super::Sequence;
use super::Weights;

/// An encoder in memory.
pub(super) struct Encoder {
    arch: Arch,
    config: Config,
    vocabulary: Vocabulary,
    layers: Vec<Layer>,
    pooling: Pooling,
}

impl Encoder {
    /// Takes what `config` promises from `weights`.
    pub(super) fn open(config: Config, weights: &Weights, pooling: Pooling) -> Result<Self, Error> {
        let arch = Arch::new();
        let prefix = Vocabulary::prefix(weights)?;
        let layers = 0..config.num_hidden_layers;
        let layer = |at: usize| {
            let name = format!("{prefix}encoder.layer.{at}");
            Layer::open(arch, &config, weights, &name)
        };
        Ok(Self {
            arch,
            vocabulary: Vocabulary::open(&config, weights, &prefix)?,
            layers: layers.map(layer).collect::<Result<_, _>>()?,
            pooling,
            config,
        })
    }

    /// Numbers in a vector.
    pub(super) fn dimensions(&self) -> usize {
        self.config.hidden_size
    }

    /// Rows of the table of word vectors.
    pub(super) fn n_rows(&self) -> usize {
        self.config.vocab_size
    }

    /// The longest sequence it can read.
    pub(super) fn n_positions(&self) -> usize {
        self.config.n_positions()
    }

    /// One vector a sequence; zero for a sequence without ids. Runs on the calling thread alone.
    pub(super) fn pooled(&self, sequences: &[&Sequence]) -> Vec<Vec<f32>> {
        let lengths: Vec<usize> = sequences.iter().map(|s| s.ids.len()).collect();
        let mut hidden = self.vocabulary.rows(self.arch, sequences);
        let mut room = Room::new(self.arch, &self.config, lengths.iter().sum());
        for layer in &self.layers {
            layer.apply(&mut hidden, &lengths, &mut room);
        }
        let mut rest = hidden.as_slice();
        let pooled = lengths.iter().map(|length| {
            let (text, after) = rest.split_at(length * self.config.hidden_size);
            rest = after;
            self.pool(text)
        });
        pooled.collect()
    }

    /// The vector of one text from those of its tokens; its length has no meaning.
    fn pool(&self, text: &[f32]) -> Vec<f32> {
        let rows = text.chunks_exact(self.config.hidden_size);
        let n_pooled = match self.pooling {
            Pooling::Mean => rows.len(),
            Pooling::Cls => 1,
        };
        let mut sum = vec![0.0; self.config.hidden_size];
        for row in rows.take(n_pooled) {
            sum.iter_mut().zip(row).for_each(|(sum, x)| *sum += x);
        }
        sum
    }
}
