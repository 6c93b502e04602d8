//! Tables over page breaks: the head that every page repeats, and the row that a break cuts.

use crate::extract::pdf::line;
use crate::extract::pdf::marker;

/// The table that came last, as far as it has come.
#[derive(Debug, Default)]
pub(super) struct Running {
    rows: Vec<Vec<String>>,
    /// How many rows of its head this page has repeated, while it repeats them.
    repeated: Option<usize>,
}

/// What a row is to the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    /// Empty, or part of the head that the page repeats.
    Nothing,
    /// It went on with the last row, from the page before.
    GoesOn,
    Starts,
}

impl Running {
    pub(super) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The row that came last, on one line as in Markdown.
    pub(super) fn last(&self) -> String {
        // The bar divides cells.
        let cells = self.rows.last().into_iter().flatten();
        let cells: Vec<String> = cells.map(|cell| cell.replace('|', "/")).collect();
        format!("| {} |", cells.join(" | "))
    }

    /// Ends the table.
    pub(super) fn clear(&mut self) {
        self.rows.clear();
    }

    /// Begins a page.
    pub(super) fn turn(&mut self) {
        self.repeated = Some(0);
    }

    /// Adds a row.
    pub(super) fn take(&mut self, cells: Vec<String>) -> Next {
        let is_first = self.repeated.is_some();
        if let Some(n) = self.repeated.take()
            && self.rows.get(n) == Some(&cells)
        {
            self.repeated = Some(n + 1);
            return Next::Nothing;
        }
        if cells.iter().all(String::is_empty) {
            return Next::Nothing;
        }
        if is_first
            && let Some(last) = self.rows.last_mut()
            && is_rest(last, &cells)
        {
            for (above, below) in last.iter_mut().zip(&cells) {
                if !below.is_empty() {
                    line::append(above, below);
                }
            }
            return Next::GoesOn;
        }
        self.rows.push(cells);
        Next::Starts
    }
}

/// Whether `below`, the first row of a page, is what a break cut off the row `above`: every cell
/// goes on with one, and at least one of them in the middle of a sentence. A row that starts has
/// something of its own in its first cell, or nothing in small letters.
fn is_rest(above: &[String], below: &[String]) -> bool {
    let cut = |above: &String, below: &String| marker::goes_on(below) && !marker::ends(above);
    let mut pairs = above.iter().zip(below);
    above.len() == below.len()
        && pairs
            .clone()
            .all(|(above, below)| below.is_empty() || !above.is_empty())
        && pairs.clone().any(|(above, below)| cut(above, below))
        && pairs
            .next()
            .is_some_and(|(above, below)| below.is_empty() || cut(above, below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cells(row: &[&str]) -> Vec<String> {
        row.iter().map(|cell| (*cell).to_owned()).collect()
    }

    /// What the first row of a second page is to a table of one row.
    fn next(above: &[&str], below: &[&str]) -> Next {
        let mut table = Running::default();
        table.turn();
        assert_eq!(table.take(cells(above)), Next::Starts);
        table.turn();
        table.take(cells(below))
    }

    #[test]
    fn a_row_goes_on_behind_a_page_break() {
        let above = ["1", "Giấy tờ do cơ quan có", "Bản chính"];
        assert_eq!(next(&above, &["", "thẩm quyền cấp", ""]), Next::GoesOn);
        assert_eq!(
            next(&["Cơ quan có", "A"], &["thẩm quyền", ""]),
            Next::GoesOn
        );
    }

    #[test]
    fn a_row_of_its_own_starts() {
        let above = ["1", "Giấy tờ do cơ quan có", ""];
        for below in [
            ["2", "thẩm quyền cấp", ""],
            ["", "Trong đó:", ""],
            ["", "- công nghiệp", ""],
            ["", "thẩm quyền cấp", "Bản sao"],
        ] {
            assert_eq!(next(&above, &below), Next::Starts, "{below:?}");
        }
        assert_eq!(next(&["1", "Tờ khai."], &["", "và"]), Next::Starts);
        assert_eq!(next(&["1", "có"], &["", "và", ""]), Next::Starts);
    }

    #[test]
    fn only_the_first_row_of_a_page_goes_on() {
        let mut table = Running::default();
        table.turn();
        table.take(cells(&["1", "Giấy tờ có"]));
        assert_eq!(table.take(cells(&["", "thẩm quyền"])), Next::Starts);
    }
}
