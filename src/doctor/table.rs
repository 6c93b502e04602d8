//! Tables that came apart: each cell on a line of its own, so that no row can be cited.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;

/// Headings of the column of running numbers.
const FIRST_HEADINGS: [&str; 4] = ["STT", "TT", "Số TT", "Stt"];
/// A line that may be a cell is at most this long, in bytes.
const CELL_BYTES_MAX: usize = 60;
/// How many such lines must follow the heading.
const CELLS_MIN: usize = 6;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let lines: Vec<&str> = case.document.text.split('\n').collect();
    let mut start = 0;
    let mut concerns = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let below = lines.iter().skip(at + 1).take(2 * CELLS_MIN);
        let cells = below.filter(|line| !line.is_empty()).take(CELLS_MIN);
        let is_cell = |line: &&&str| line.len() <= CELL_BYTES_MAX && !line.starts_with('|');
        if FIRST_HEADINGS.contains(&line.trim()) && cells.filter(is_cell).count() == CELLS_MIN {
            let concern = Concern::new(
                "table-flattened",
                Gravity::Warning,
                "a table came apart: each cell is a line",
                "give its rows as `| cell | cell |`, or take the Word file",
            );
            concerns.push(concern.at(case, start));
        }
        start += line.len() + 1;
    }
    concerns
}
