//! Tables: cells between ruled lines, and the text in them, row by row.

use crate::extract::pdf::glyph::Glyph;
use crate::extract::pdf::rule::Rule;
use crate::extract::pdf::rule::Rules;

/// Two lines meet, and a line covers a point, up to this, in points.
const MEET: f32 = 3.0;
/// Borders closer than this are one double border, in points.
const SAME_BORDER: f32 = 4.0;
/// A larger grid is squared paper or a drawing.
const CELLS_MAX: usize = 20_000;

/// A table with fewer columns and rows than these may lay out a page.
const LAYOUT_COLUMNS: usize = 4;
const LAYOUT_ROWS: usize = 8;
/// What only the head or foot of a document says, without spaces.
const LAYOUT_WORDS: [&str; 3] = ["CỘNGHÒAXÃHỘI", "CỘNGHOÀXÃHỘI", "ĐẢNGCỘNGSẢN"];
/// What opens the list of addressees at the foot of a document, likewise.
const ADDRESSEES: &str = "Nơinhận";

/// One table on a page.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Grid {
    /// Borders from left to right.
    xs: Vec<f32>,
    /// Borders from top to bottom.
    ys: Vec<f32>,
    /// For each field of the grid, row by row, the number of the cell that it is part of: that of
    /// the cell's first field.
    cell_of: Vec<usize>,
}

/// A table with its letters.
#[derive(Debug)]
pub(super) struct Filled {
    /// Upper edge on the page.
    pub(super) top: f32,
    /// The letters of each cell, row by row; a cell over several rows belongs to the first.
    pub(super) rows: Vec<Vec<Vec<Glyph>>>,
}

/// The tables that `rules` draw.
pub(super) fn grids(rules: &Rules) -> Vec<Grid> {
    let mut groups = Groups::new(rules.across.len() + rules.down.len());
    for (i, across) in rules.across.iter().enumerate() {
        for (j, down) in rules.down.iter().enumerate() {
            if covers(across, down.at) && covers(down, across.at) {
                groups.join(i, rules.across.len() + j);
            }
        }
    }
    let mut grids = Vec::new();
    for root in 0..rules.across.len() {
        if groups.find(root) != root {
            continue;
        }
        let mut of = |offset: usize, rules: &[Rule]| -> Vec<Rule> {
            rules
                .iter()
                .enumerate()
                .filter(|(i, _)| groups.find(offset + i) == root)
                .map(|(_, rule)| *rule)
                .collect()
        };
        let part = Rules {
            across: of(0, &rules.across),
            down: of(rules.across.len(), &rules.down),
        };
        grids.extend(Grid::new(&part));
    }
    grids
}

fn covers(rule: &Rule, at: f32) -> bool {
    rule.from - MEET <= at && at <= rule.to + MEET
}

/// The distinct places of `rules`.
fn borders(rules: &[Rule]) -> Vec<f32> {
    let mut places: Vec<f32> = rules.iter().map(|rule| rule.at).collect();
    places.sort_by(f32::total_cmp);
    places.dedup_by(|next, kept| *next - *kept < SAME_BORDER);
    places
}

/// The number of the strip between two `borders` that holds `place`.
fn strip(borders: &[f32], place: f32) -> Option<usize> {
    let at = borders.partition_point(|border| *border <= place);
    (at > 0 && at < borders.len()).then(|| at - 1)
}

impl Grid {
    /// `None` for a frame that divides nothing, which is no table.
    fn new(rules: &Rules) -> Option<Self> {
        let (xs, ys) = (borders(&rules.down), borders(&rules.across));
        let (n_columns, n_rows) = (xs.len().checked_sub(1)?, ys.len().checked_sub(1)?);
        if n_columns < 2 || n_rows < 1 || n_columns * n_rows > CELLS_MAX {
            return None;
        }
        let mut cells = Groups::new(n_columns * n_rows);
        for row in 0..n_rows {
            let middle = f32::midpoint(*ys.get(row)?, *ys.get(row + 1)?);
            for column in 0..n_columns {
                let field = row * n_columns + column;
                let center = f32::midpoint(*xs.get(column)?, *xs.get(column + 1)?);
                let (right, below) = (*xs.get(column + 1)?, *ys.get(row + 1)?);
                if column + 1 < n_columns && !is_drawn(&rules.down, right, middle) {
                    cells.join(field, field + 1);
                }
                if row + 1 < n_rows && !is_drawn(&rules.across, below, center) {
                    cells.join(field, field + n_columns);
                }
            }
        }
        let cell_of: Vec<usize> = (0..n_columns * n_rows).map(|i| cells.find(i)).collect();
        let divides = (0..n_rows).any(|row| {
            cell_of
                .get(row * n_columns..(row + 1) * n_columns)
                .is_some_and(|fields| fields.windows(2).any(|pair| pair.first() != pair.last()))
        });
        divides.then_some(Self { xs, ys, cell_of })
    }

    /// The row and the cell at a place on the page.
    fn cell_at(&self, (x, y): (f32, f32)) -> Option<usize> {
        let field = strip(&self.ys, y)? * (self.xs.len() - 1) + strip(&self.xs, x)?;
        self.cell_of.get(field).copied()
    }
}

/// Whether one of `rules` at the border `at` passes `place`.
fn is_drawn(rules: &[Rule], at: f32, place: f32) -> bool {
    rules
        .iter()
        .any(|rule| (rule.at - at).abs() < SAME_BORDER && rule.from <= place && place <= rule.to)
}

impl Filled {
    /// Whether the table lays out the head or foot of a document and holds no data.
    fn is_layout(&self) -> bool {
        let widest = self.rows.iter().map(Vec::len).max().unwrap_or_default();
        widest < LAYOUT_COLUMNS
            && self.rows.len() < LAYOUT_ROWS
            && self.rows.iter().flatten().any(|cell| is_official(cell))
    }
}

/// Whether a cell holds words of the head or foot of a document. `Nơi nhận hồ sơ` heads a column of
/// data; addressees follow a colon.
fn is_official(cell: &[Glyph]) -> bool {
    let letters: String = cell.iter().filter_map(Glyph::letter).collect();
    LAYOUT_WORDS.iter().any(|words| letters.contains(words))
        || letters
            .strip_prefix(ADDRESSEES)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with(':'))
}

/// Moves the letters inside of `grids` out of `glyphs` into their cells.
///
/// `place` says where a letter stands on the page as the grids lie on it.
pub(super) fn fill(
    grids: &[Grid],
    glyphs: &mut Vec<Glyph>,
    place: impl Fn(&Glyph) -> (f32, f32),
) -> Vec<Filled> {
    let mut cells: Vec<Vec<Vec<Glyph>>> = grids
        .iter()
        .map(|grid| vec![Vec::new(); grid.cell_of.len()])
        .collect();
    let mut outside = Vec::with_capacity(glyphs.len());
    for glyph in glyphs.drain(..) {
        let inside = grids
            .iter()
            .zip(&mut cells)
            .find_map(|(grid, cells)| cells.get_mut(grid.cell_at(place(&glyph))?));
        match inside {
            Some(cell) => cell.push(glyph),
            None => outside.push(glyph),
        }
    }
    *glyphs = outside;
    let mut tables = Vec::new();
    for (grid, cells) in grids.iter().zip(cells) {
        let table = grid.filled(cells);
        if table.is_layout() {
            glyphs.extend(table.rows.into_iter().flatten().flatten());
        } else {
            tables.push(table);
        }
    }
    tables
}

impl Grid {
    fn filled(&self, mut cells: Vec<Vec<Glyph>>) -> Filled {
        let n_columns = self.xs.len() - 1;
        let rows = (0..self.cell_of.len())
            .step_by(n_columns.max(1))
            .map(|start| {
                // A cell that began in a row above is empty here, so that columns stay columns.
                (start..start + n_columns)
                    .filter(|field| {
                        self.cell_of
                            .get(*field)
                            .is_some_and(|cell| cell % n_columns == field % n_columns)
                    })
                    .filter_map(|field| cells.get_mut(field).map(std::mem::take))
                    .collect()
            })
            .collect();
        Filled {
            top: self.ys.first().copied().unwrap_or_default(),
            rows,
        }
    }
}

/// Numbers in groups; a group is named by its smallest number.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Self {
        Self((0..n).collect())
    }

    fn find(&mut self, mut i: usize) -> usize {
        while let Some(&above) = self.0.get(i).filter(|above| **above != i) {
            let next = self.0.get(above).copied().unwrap_or(above);
            if let Some(slot) = self.0.get_mut(i) {
                *slot = next;
            }
            i = above;
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.find(a), self.find(b));
        if let Some(slot) = self.0.get_mut(a.max(b)) {
            *slot = a.min(b);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::glyph::Letters;
    use crate::extract::pdf::turn::Turn;

    fn rule(at: f32, from: f32, to: f32) -> Rule {
        Rule { at, from, to }
    }

    fn glyph(c: char, x: f32, y: f32) -> Glyph {
        Glyph {
            text: Letters::One(c),
            x0: x,
            x1: x + 5.0,
            y,
            size: 10.0,
            is_bold: false,
            turn: Turn::None,
            legacy: None,
        }
    }

    /// Three rows and two columns from (0, 0) to (100, 60); the first row is one cell.
    fn merged_head() -> Rules {
        Rules {
            across: vec![
                rule(0.0, 0.0, 100.0),
                rule(20.0, 0.0, 100.0),
                rule(40.0, 0.0, 100.0),
                rule(60.0, 0.0, 100.0),
            ],
            down: vec![
                rule(0.0, 0.0, 60.0),
                rule(50.0, 20.0, 60.0),
                rule(100.0, 0.0, 60.0),
            ],
        }
    }

    fn texts(filled: &Filled) -> Vec<Vec<String>> {
        let cell = |cell: &Vec<Glyph>| {
            let mut text = String::new();
            for glyph in cell {
                glyph.text.push_to(&mut text);
            }
            text
        };
        filled
            .rows
            .iter()
            .map(|row| row.iter().map(cell).collect())
            .collect()
    }

    #[test]
    fn letters_go_to_their_cells_and_merged_fields_are_one() {
        let grids = grids(&merged_head());
        let mut glyphs = vec![
            glyph('h', 60.0, 15.0),
            glyph('a', 10.0, 35.0),
            glyph('b', 60.0, 35.0),
            glyph('c', 10.0, 55.0),
            glyph('x', 10.0, 80.0),
        ];
        let filled = fill(&grids, &mut glyphs, Glyph::middle);
        assert_eq!(filled.len(), 1);
        let rows = texts(&filled[0]);
        assert_eq!(rows, [vec!["h"], vec!["a", "b"], vec!["c", ""]]);
        assert_eq!(glyphs.len(), 1, "what stands below the table stays out");
    }

    #[test]
    fn a_cell_over_two_rows_is_empty_in_the_second() {
        let mut rules = merged_head();
        // The border between the last two rows only runs below the second column.
        rules.across[2].from = 50.0;
        let mut glyphs = vec![
            glyph('a', 10.0, 45.0),
            glyph('b', 60.0, 35.0),
            glyph('c', 60.0, 55.0),
        ];
        let filled = fill(&grids(&rules), &mut glyphs, Glyph::middle);
        let rows = texts(&filled[0]);
        assert_eq!(rows, [vec![""], vec!["a", "b"], vec!["", "c"]]);
    }

    #[test]
    fn a_ruled_letterhead_stays_on_the_page() {
        let grids = grids(&merged_head());
        let mut glyphs: Vec<Glyph> = "Nơinhận:".chars().map(|c| glyph(c, 10.0, 35.0)).collect();
        glyphs.push(glyph('b', 60.0, 35.0));
        assert!(fill(&grids, &mut glyphs, Glyph::middle).is_empty());
        assert_eq!(glyphs.len(), 9);
    }

    #[test]
    fn a_column_of_where_to_hand_in_is_data() {
        let grids = grids(&merged_head());
        let mut glyphs: Vec<Glyph> = "Nơinhậnhồsơ"
            .chars()
            .map(|c| glyph(c, 10.0, 35.0))
            .collect();
        glyphs.push(glyph('b', 60.0, 35.0));
        let filled = fill(&grids, &mut glyphs, Glyph::middle);
        assert_eq!(texts(&filled[0])[1], ["Nơinhậnhồsơ", "b"]);
        assert!(glyphs.is_empty());
    }

    #[test]
    fn a_frame_is_no_table() {
        let frame = Rules {
            across: vec![rule(0.0, 0.0, 100.0), rule(60.0, 0.0, 100.0)],
            down: vec![rule(0.0, 0.0, 60.0), rule(100.0, 0.0, 60.0)],
        };
        assert!(grids(&frame).is_empty());
    }

    #[test]
    fn two_tables_that_do_not_touch_are_two() {
        let mut rules = merged_head();
        for mut across in merged_head().across {
            across.at += 200.0;
            rules.across.push(across);
        }
        for mut down in merged_head().down {
            down.from += 200.0;
            down.to += 200.0;
            rules.down.push(down);
        }
        assert_eq!(grids(&rules).len(), 2);
    }
}
