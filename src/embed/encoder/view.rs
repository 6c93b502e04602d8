//! Part of the columns of a row-major matrix.

/// Columns of some rows, read.
#[derive(Clone, Copy)]
pub(super) struct View<'a> {
    data: &'a [f32],
    stride: usize,
    n_columns: usize,
    n_rows: usize,
}

impl<'a> View<'a> {
    /// All of a matrix of `n_columns`.
    pub(super) fn new(data: &'a [f32], n_columns: usize) -> Self {
        Self {
            data,
            stride: n_columns,
            n_columns,
            n_rows: data.len() / n_columns,
        }
    }

    /// `n_columns` from column `first` on.
    pub(super) fn columns(self, first: usize, n_columns: usize) -> Self {
        Self {
            data: self.data.get(first..).unwrap_or_default(),
            n_columns,
            ..self
        }
    }

    /// `n_rows` from row `first` on.
    pub(super) fn rows(self, first: usize, n_rows: usize) -> Self {
        Self {
            data: self.data.get(first * self.stride..).unwrap_or_default(),
            n_rows,
            ..self
        }
    }

    pub(super) fn n_rows(self) -> usize {
        self.n_rows
    }

    pub(super) fn n_columns(self) -> usize {
        self.n_columns
    }

    #[inline(always)]
    pub(super) fn row(self, at: usize) -> &'a [f32] {
        &self.data[at * self.stride..][..self.n_columns]
    }
}

/// Columns of some rows, written.
pub(super) struct ViewMut<'a> {
    data: &'a mut [f32],
    stride: usize,
}

impl<'a> ViewMut<'a> {
    /// All of a matrix of `n_columns`.
    pub(super) fn new(data: &'a mut [f32], n_columns: usize) -> Self {
        Self {
            data,
            stride: n_columns,
        }
    }

    /// From row `row` and column `column` on.
    pub(super) fn at(self, row: usize, column: usize) -> Self {
        Self {
            data: &mut self.data[row * self.stride + column..],
            stride: self.stride,
        }
    }

    /// `n` numbers of row `row` from column `column` on.
    #[inline(always)]
    pub(super) fn part(&mut self, row: usize, column: usize, n: usize) -> &mut [f32] {
        &mut self.data[row * self.stride + column..][..n]
    }
}
