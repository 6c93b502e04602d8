//! Attention: each token of a text looks at all tokens of the same text.

use pulp::Arch;
use pulp::NullaryFnOnce;

use super::Config;
use super::math::exp;
use super::math::largest;
use super::math::sum_of;
use super::panels::Panels;
use super::view::View;
use super::view::ViewMut;

/// Rows of scores computed at a time, so that those of a long text stay in the cache.
const ROWS: usize = 96;

/// Sizes of attention, and room to work in.
pub(super) struct Attention {
    arch: Arch,
    n_heads: usize,
    head_size: usize,
    keys: Panels,
    values: Panels,
    scores: Vec<f32>,
}

impl Attention {
    /// For models of `config`.
    pub(super) fn new(arch: Arch, config: &Config) -> Self {
        Self {
            arch,
            n_heads: config.num_attention_heads,
            head_size: config.head_size(),
            keys: Panels::new(arch),
            values: Panels::new(arch),
            scores: Vec::new(),
        }
    }

    /// What each token gathers from the tokens of its text.
    ///
    /// `projected` has one row a token: its query, key and value, each of all heads. `output` has
    /// one row a token: the heads beside each other. `lengths` are tokens of each text in turn.
    pub(super) fn apply(
        &mut self,
        projected: &[f32],
        lengths: &[usize],
        output: &mut [f32],
        tiles: &mut Vec<f32>,
    ) {
        let head_size = self.head_size;
        let hidden_size = self.n_heads * head_size;
        let projected = View::new(projected, 3 * hidden_size);
        let mut first = 0;
        for &length in lengths.iter().filter(|length| **length > 0) {
            let text = projected.rows(first, length);
            for head in 0..self.n_heads {
                let column = head * head_size;
                let part = |nth: usize| text.columns(nth * hidden_size + column, head_size);
                self.keys.pack_transposed(part(1));
                self.values.pack(part(2));
                for row in (0..length).step_by(ROWS) {
                    let queries = part(0).rows(row, ROWS.min(length - row));
                    let output = ViewMut::new(output, hidden_size).at(first + row, column);
                    self.gather(queries, length, output, tiles);
                }
            }
            first += length;
        }
    }

    /// The means of the values of one head, weighted by how well keys match `queries`.
    fn gather(
        &mut self,
        queries: View<'_>,
        length: usize,
        output: ViewMut<'_>,
        tiles: &mut Vec<f32>,
    ) {
        self.scores.clear();
        self.scores.resize(queries.n_rows() * length, 0.0);
        let scores = ViewMut::new(&mut self.scores, length);
        self.keys.multiply(self.arch, queries, scores, tiles);
        self.arch.dispatch(Softmax {
            scores: &mut self.scores,
            length,
            head_size: self.head_size,
        });
        let weights = View::new(&self.scores, length);
        self.values.multiply(self.arch, weights, output, tiles);
    }
}

/// Makes each row of `length` scores positive with the sum one.
///
/// Scores are sums of `head_size` products; divided by the root of that, they spread alike in
/// heads of any size.
struct Softmax<'a> {
    scores: &'a mut [f32],
    length: usize,
    head_size: usize,
}

impl NullaryFnOnce for Softmax<'_> {
    type Output = ();

    #[inline(always)]
    fn call(self) {
        let scale = (self.head_size as f32).sqrt().recip();
        for row in self.scores.chunks_exact_mut(self.length) {
            let top = largest(row);
            for score in &mut *row {
                *score = exp((*score - top) * scale);
            }
            let share = sum_of(row, |x| x).recip();
            for score in row {
                *score *= share;
            }
        }
    }
}
