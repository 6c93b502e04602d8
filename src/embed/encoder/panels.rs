//! Products with one matrix, laid out for it in advance.
//!
//! All time of a model goes into matrix products whose right side is known when the model is
//! opened. A general library lays that side out anew in each call, which for the few tokens of a
//! question costs as much as the product. Here it is done once: the matrix is cut into panels as
//! wide as two vector registers, so that the inner loop reads it from one end to the other.

use pulp::Arch;
use pulp::Simd;
use pulp::WithSimd;

use super::view::View;
use super::view::ViewMut;

/// Registers side by side in a panel: two products for each number read from the left side.
const N_VECTORS: usize = 2;
/// Rows of a tile where there are 32 registers: 24 of them hold sums.
const TALL: usize = 12;
/// Rows of a tile where there are 16 registers, and at the end of a matrix.
const SHORT: usize = 4;
/// Numbers of the left side laid out at a time: they stay in the second-level cache.
const BLOCK: usize = 1 << 16;

/// The right side of products and what is added to each row of the result.
pub(super) struct Panels {
    n_rows: usize,
    n_columns: usize,
    width: usize,
    /// Panel by panel, row by row; what goes beyond `n_columns` is zero.
    data: Vec<f32>,
    /// One for each column of a panel.
    bias: Vec<f32>,
}

impl Panels {
    /// No matrix yet, for products on `arch`.
    pub(super) fn new(arch: Arch) -> Self {
        Self {
            n_rows: 0,
            n_columns: 0,
            width: arch.dispatch(PanelWidth),
            data: Vec::new(),
            bias: Vec::new(),
        }
    }

    pub(super) fn n_rows(&self) -> usize {
        self.n_rows
    }

    /// Takes `matrix` as it is.
    pub(super) fn pack(&mut self, matrix: View<'_>) {
        self.resize(matrix.n_rows(), matrix.n_columns());
        let (width, n_rows) = (self.width, self.n_rows);
        for (at, panel) in self.data.chunks_exact_mut(width * n_rows).enumerate() {
            let n = width.min(matrix.n_columns() - at * width);
            let part = matrix.columns(at * width, n);
            for (row, line) in panel.chunks_exact_mut(width).enumerate() {
                line[..n].copy_from_slice(part.row(row));
            }
        }
    }

    /// Takes `matrix` with rows and columns exchanged.
    pub(super) fn pack_transposed(&mut self, matrix: View<'_>) {
        self.resize(matrix.n_columns(), matrix.n_rows());
        let (width, n_rows) = (self.width, self.n_rows);
        for (at, panel) in self.data.chunks_exact_mut(width * n_rows).enumerate() {
            let n = width.min(matrix.n_rows() - at * width);
            for column in 0..n {
                let numbers = matrix.row(at * width + column);
                for (line, number) in panel.chunks_exact_mut(width).zip(numbers) {
                    line[column] = *number;
                }
            }
        }
    }

    /// Adds `bias` to each row of all products.
    pub(super) fn set_bias(&mut self, bias: &[f32]) {
        self.bias[..bias.len()].copy_from_slice(bias);
    }

    fn resize(&mut self, n_rows: usize, n_columns: usize) {
        let padded = n_columns.next_multiple_of(self.width);
        self.n_rows = n_rows;
        self.n_columns = n_columns;
        self.data.clear();
        self.data.resize(padded * n_rows, 0.0);
        self.bias.clear();
        self.bias.resize(padded, 0.0);
    }

    /// Writes the product of `left` with this matrix to `output`, which has as many rows.
    ///
    /// Each number of the result is summed in one order, whatever rows stand beside it, so that
    /// the rows of a text come out the same alone and among others. `tiles` is room to work in.
    pub(super) fn multiply(
        &self,
        arch: Arch,
        left: View<'_>,
        output: ViewMut<'_>,
        tiles: &mut Vec<f32>,
    ) {
        arch.dispatch(Product {
            left,
            right: self,
            output,
            tiles,
        });
    }
}

/// Columns of a panel, which depend on the processor.
struct PanelWidth;

impl WithSimd for PanelWidth {
    type Output = usize;

    #[inline(always)]
    fn with_simd<S: Simd>(self, _: S) -> usize {
        N_VECTORS * S::F32_LANES
    }
}

struct Product<'a> {
    left: View<'a>,
    right: &'a Panels,
    output: ViewMut<'a>,
    tiles: &'a mut Vec<f32>,
}

impl WithSimd for Product<'_> {
    type Output = ();

    #[inline(always)]
    fn with_simd<S: Simd>(mut self, simd: S) {
        let n_rows = self.left.n_rows();
        let per_block = (BLOCK / self.right.n_rows).next_multiple_of(TALL);
        for first in (0..n_rows).step_by(per_block) {
            self.block(simd, first, n_rows.min(first + per_block));
        }
    }
}

impl Product<'_> {
    /// Rows `first` to `end` of the result. Both kinds of tile take their turn at a panel, so that
    /// it comes from memory once.
    #[inline(always)]
    fn block<S: Simd>(&mut self, simd: S, first: usize, end: usize) {
        let (n_inner, width) = (self.right.n_rows, N_VECTORS * S::F32_LANES);
        let n_tall = match S::REGISTER_COUNT {
            32.. => (end - first) / TALL,
            _ => 0,
        };
        let split = first + n_tall * TALL;
        let n_short = (end - split).div_ceil(SHORT);
        self.tiles
            .resize((n_tall * TALL + n_short * SHORT) * n_inner, 0.0);
        let (tall, short) = self.tiles.split_at_mut(n_tall * TALL * n_inner);
        lay_out::<TALL>(self.left.rows(first, split - first), tall);
        lay_out::<SHORT>(self.left.rows(split, end - split), short);
        let panels = self.right.data.chunks_exact(width * n_inner);
        for (at, (panel, bias)) in panels.zip(self.right.bias.chunks_exact(width)).enumerate() {
            let n_columns = width.min(self.right.n_columns - at * width);
            let mut write = |row: usize, sums: &[S::f32s; N_VECTORS]| {
                store(simd, sums, self.output.part(row, at * width, n_columns));
            };
            for (tile, row) in tall
                .chunks_exact(TALL * n_inner)
                .zip((first..).step_by(TALL))
            {
                let sums = tile_product::<S, TALL>(simd, tile, panel, bias);
                sums.iter()
                    .zip(row..)
                    .for_each(|(sums, row)| write(row, sums));
            }
            for (tile, row) in short
                .chunks_exact(SHORT * n_inner)
                .zip((split..).step_by(SHORT))
            {
                let sums = tile_product::<S, SHORT>(simd, tile, panel, bias);
                sums.iter()
                    .zip(row..end)
                    .for_each(|(sums, row)| write(row, sums));
            }
        }
    }
}

/// Writes `rows` to `tiles`, `N` at a time: first numbers of all of them, second numbers, and so on.
/// What is left of the last tile is never looked at.
#[inline(always)]
fn lay_out<const N: usize>(rows: View<'_>, tiles: &mut [f32]) {
    for (at, tile) in tiles.chunks_exact_mut(N * rows.n_columns()).enumerate() {
        let (columns, _) = tile.as_chunks_mut::<N>();
        for row in at * N..rows.n_rows().min(at * N + N) {
            for (column, number) in columns.iter_mut().zip(rows.row(row)) {
                column[row - at * N] = *number;
            }
        }
    }
}

/// `N` rows of one panel's columns.
#[inline(always)]
fn tile_product<S: Simd, const N: usize>(
    simd: S,
    left: &[f32],
    panel: &[f32],
    bias: &[f32],
) -> [[S::f32s; N_VECTORS]; N] {
    let (left, _) = left.as_chunks::<N>();
    let (panel, _) = S::as_simd_f32s(panel);
    let (panel, _) = panel.as_chunks::<N_VECTORS>();
    let (bias, _) = S::as_simd_f32s(bias);
    let mut sums = [[bias[0], bias[1]]; N];
    for (numbers, line) in left.iter().zip(panel) {
        for (sums, number) in sums.iter_mut().zip(numbers) {
            let number = simd.splat_f32s(*number);
            for (sum, line) in sums.iter_mut().zip(line) {
                *sum = simd.mul_add_f32s(number, *line, *sum);
            }
        }
    }
    sums
}

/// The first numbers of `sums`, as many as there is room for.
#[inline(always)]
fn store<S: Simd>(simd: S, sums: &[S::f32s; N_VECTORS], output: &mut [f32]) {
    let (whole, rest) = S::as_mut_simd_f32s(output);
    for (target, sum) in whole.iter_mut().zip(sums) {
        *target = *sum;
    }
    if let Some(sum) = sums.get(whole.len()) {
        simd.partial_store_f32s(rest, *sum);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Small whole numbers in no order, so that sums are exact.
    fn numbers(n: usize) -> Vec<f32> {
        (0..n)
            .map(|at| ((at * 37 + at / 7) % 11) as f32 - 5.0)
            .collect()
    }

    /// All that this processor can do, down to one number at a time.
    fn arches() -> Vec<Arch> {
        let mut arches = vec![Arch::Scalar, Arch::new()];
        #[cfg(target_arch = "x86_64")]
        arches.extend(pulp::x86::V3::try_new().map(Arch::V3));
        arches
    }

    /// The product by its definition; `right` is by columns.
    fn expected(left: View<'_>, right: View<'_>, bias: &[f32]) -> Vec<f32> {
        let mut product = Vec::new();
        for row in 0..left.n_rows() {
            for (column, bias) in bias.iter().enumerate() {
                let pairs = left.row(row).iter().zip(right.row(column));
                product.push(pairs.map(|(x, y)| x * y).sum::<f32>() + bias);
            }
        }
        product
    }

    #[test]
    fn panels_product_is_that_of_the_definition_at_every_size() {
        let data = numbers(71 * 70);
        for arch in arches() {
            for (n_rows, n_inner, n_columns) in [
                (1, 1, 1),
                (3, 5, 2),
                (4, 7, 31),
                (12, 8, 32),
                (13, 9, 33),
                (29, 70, 70),
            ] {
                let left = View::new(&data, 70).columns(0, n_inner).rows(0, n_rows);
                let right = View::new(&data[1..], 70)
                    .columns(0, n_inner)
                    .rows(0, n_columns);
                let bias = numbers(n_columns);
                let mut panels = Panels::new(arch);
                panels.pack_transposed(right);
                panels.set_bias(&bias);
                let mut product = vec![f32::NAN; n_rows * n_columns];
                panels.multiply(
                    arch,
                    left,
                    ViewMut::new(&mut product, n_columns),
                    &mut Vec::new(),
                );
                assert_eq!(
                    product,
                    expected(left, right, &bias),
                    "{n_rows} {n_inner} {n_columns}"
                );
            }
        }
    }

    #[test]
    fn panels_of_a_matrix_are_those_of_its_transpose_transposed() {
        let (data, mut transposed) = (numbers(40 * 50), Vec::new());
        for column in 0..50 {
            transposed.extend(data.iter().skip(column).step_by(50));
        }
        for arch in arches() {
            let (mut one, mut other) = (Panels::new(arch), Panels::new(arch));
            one.pack(View::new(&data, 50));
            other.pack_transposed(View::new(&transposed, 40));
            assert_eq!(one.data, other.data);
        }
    }

    #[test]
    fn panels_product_touches_only_its_own_columns() {
        let arch = Arch::new();
        let (data, mut output) = (numbers(9), vec![0.5; 5 * 3]);
        let mut panels = Panels::new(arch);
        panels.pack(View::new(&data, 3));
        let place = ViewMut::new(&mut output, 5).at(0, 1);
        panels.multiply(arch, View::new(&data, 3), place, &mut Vec::new());
        for row in output.chunks_exact(5) {
            assert_eq!((row[0], row[4]), (0.5, 0.5));
        }
    }
}
