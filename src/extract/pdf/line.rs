//! Lines: rows of words after tables, columns and page furniture have been told apart.

use crate::extract::pdf::glyph::is_raised_digit;
use crate::extract::pdf::row::Row;

/// One line of running text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Line {
    pub(super) text: String,
    pub(super) x0: f32,
    pub(super) x1: f32,
    pub(super) y: f32,
    pub(super) size: f32,
    /// Whether every word is bold.
    pub(super) is_bold: bool,
    /// Width of what could have stood at the end of the line before: the first word, or its part up
    /// to a hyphen.
    pub(super) first_width: f32,
}

impl From<&Row> for Line {
    fn from(row: &Row) -> Self {
        Self {
            text: row.text(),
            x0: row.x0(),
            x1: row.x1(),
            y: row.y,
            size: row.size,
            is_bold: row.words.iter().all(|word| word.is_bold),
            first_width: first_width(row),
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "words have few letters")]
fn first_width(row: &Row) -> f32 {
    let Some(word) = row.words.first() else {
        return 0.0;
    };
    let n = word.text.chars().count().max(1);
    let first = word
        .text
        .chars()
        .position(|c| c == '-')
        .map_or(n, |at| at + 1);
    (word.x1 - word.x0) * first as f32 / n as f32
}

/// Adds `next` to `text`. A line that breaks behind a hyphen or slash inside a number
/// (`29/2014/TTLT-` `BLĐTBXH`) goes on without a space.
pub(super) fn append(text: &mut String, next: &str) {
    if !text.is_empty() && !breaks_inside(text) {
        text.push(' ');
    }
    text.push_str(next);
}

/// Whether the last word of `text` was cut behind a hyphen or slash.
pub(super) fn breaks_inside(text: &str) -> bool {
    text.strip_suffix(['-', '/'])
        .is_some_and(|head| head.ends_with(char::is_alphanumeric))
}

/// The text of a cell: its lines one after the other.
pub(super) fn joined(rows: &[Row]) -> String {
    let mut text = String::new();
    for row in rows {
        append(&mut text, &row.text());
    }
    text
}

/// A piece of a page in reading order.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Part {
    /// A line of the text that runs through the page.
    Line(Line),
    /// A column that is read on its own: one side of a letterhead or of a signature.
    Aside(Vec<Line>),
    /// A row of a table.
    Cells(Vec<String>),
}

impl Part {
    /// Changes every text in it.
    pub(super) fn edit(&mut self, change: impl Fn(&str) -> String) {
        let texts: Vec<&mut String> = match self {
            Self::Line(line) => vec![&mut line.text],
            Self::Aside(lines) => lines.iter_mut().map(|line| &mut line.text).collect(),
            Self::Cells(cells) => cells.iter_mut().collect(),
        };
        for text in texts {
            if text.contains(is_raised_digit) {
                *text = change(text);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_joined_and_cut_numbers_are_closed() {
        let mut text = String::from("Lao động -");
        append(&mut text, "Thương binh, số 29/2014/TTLT-");
        append(&mut text, "BLĐTBXH");
        assert_eq!(text, "Lao động - Thương binh, số 29/2014/TTLT-BLĐTBXH");
    }
}
