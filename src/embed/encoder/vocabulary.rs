//! The first vectors of tokens: what each is, where it stands.

use std::sync::Arc;

use pulp::Arch;

use super::Config;
use super::norm::Norm;
use crate::embed::Error;
use crate::embed::Sequence;
use crate::embed::Weights;
use crate::embed::marks::N_MARKS;

/// Table by which every file of this family is told.
const WORDS: &str = "embeddings.word_embeddings.weight";

/// Table of what marks add, which only a reader has.
const MARKS: &str = "embeddings.mark_embeddings.weight";

/// Tables of word and position vectors.
pub(super) struct Vocabulary {
    words: Arc<[f32]>,
    /// With the vector of the only type of token added: no text here comes in two parts.
    positions: Vec<f32>,
    /// One row a mark; empty where the model was taught none.
    marks: Vec<f32>,
    norm: Norm,
    hidden_size: usize,
    padding: Option<u32>,
}

impl Vocabulary {
    /// What stands before all names of tensors in `weights`.
    pub(super) fn prefix(weights: &Weights) -> Result<String, Error> {
        weights.prefix(WORDS)
    }

    /// The tables under `prefix`.
    pub(super) fn open(config: &Config, weights: &Weights, prefix: &str) -> Result<Self, Error> {
        let size = config.hidden_size;
        let table = |name: &str, n_rows: usize| {
            weights.take(
                &format!("{prefix}embeddings.{name}.weight"),
                &[n_rows, size],
            )
        };
        let types = table("token_type_embeddings", config.type_vocab_size)?;
        let mut positions = table("position_embeddings", config.max_position_embeddings)?;
        for row in positions.chunks_exact_mut(size) {
            row.iter_mut()
                .zip(&types)
                .for_each(|(x, of_type)| *x += of_type);
        }
        let norm = format!("{prefix}embeddings.LayerNorm");
        Ok(Self {
            words: weights.take_shared(&format!("{prefix}{WORDS}"), &[config.vocab_size, size])?,
            positions,
            marks: weights.take_added(MARKS, &[N_MARKS, size])?,
            norm: Norm::open(weights, &norm, size, config.layer_norm_eps)?,
            hidden_size: size,
            padding: config.padding(),
        })
    }

    /// One row a token, texts one after the other without a gap.
    pub(super) fn rows(&self, arch: Arch, sequences: &[&Sequence]) -> Vec<f32> {
        let n_tokens: usize = sequences.iter().map(|s| s.ids.len()).sum();
        let mut rows = Vec::with_capacity(n_tokens * self.hidden_size);
        for Sequence { ids, marks, .. } in sequences {
            let first = rows.len();
            for (id, position) in ids.iter().zip(positions(ids, self.padding)) {
                let word = self.row(&self.words, *id as usize);
                let position = self.row(&self.positions, position);
                rows.extend(word.iter().zip(position).map(|(x, y)| x + y));
            }
            if self.marks.is_empty() {
                continue;
            }
            let tokens = rows[first..].chunks_exact_mut(self.hidden_size);
            for (token, mark) in tokens.zip(marks) {
                let mark = self.row(&self.marks, usize::from(*mark));
                token.iter_mut().zip(mark).for_each(|(x, y)| *x += y);
            }
        }
        self.norm.apply(arch, &mut rows);
        rows
    }

    fn row<'t>(&self, table: &'t [f32], at: usize) -> &'t [f32] {
        &table[at * self.hidden_size..][..self.hidden_size]
    }
}

/// The position of each of `ids`.
///
/// A text may spell out the padding token; where padding has a position of its own, such a token
/// has that one and is not counted.
fn positions(ids: &[u32], padding: Option<u32>) -> impl Iterator<Item = usize> {
    let mut next = padding.map_or(0, |padding| padding as usize + 1);
    ids.iter().map(move |id| match padding {
        Some(padding) if padding == *id => padding as usize,
        _ => {
            next += 1;
            next - 1
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vocabulary_positions_start_behind_padding_and_do_not_count_it() {
        let positions = |padding| positions(&[7, 1, 8, 1, 9], padding).collect::<Vec<_>>();
        assert_eq!(positions(None), [0, 1, 2, 3, 4]);
        assert_eq!(positions(Some(1)), [2, 1, 3, 1, 4]);
    }
}
