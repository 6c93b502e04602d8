//! Footnotes: the small lines below a short stroke at the foot of a page.

use crate::extract::pdf::glyph::is_raised_digit;
use crate::extract::pdf::line;
use crate::extract::pdf::row::Row;
use crate::extract::pdf::rule::Rule;

/// The stroke above footnotes is this long, in points: Word draws two inches.
const STROKE_MIN: f32 = 60.0;
const STROKE_MAX: f32 = 260.0;
/// It starts this close to the left edge of the text, in points.
const INDENT_MAX: f32 = 45.0;
/// Footnotes are set this much smaller than the text.
const SIZE_MAX: f32 = 0.93;

/// One footnote, on one line: what it quotes must not look like the headings of this document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Note {
    /// Its raised number; empty where it goes on from the page before.
    pub(super) number: String,
    /// Its text, number included.
    pub(super) text: String,
}

/// Takes the footnotes off the end of `rows`. With `goes_on`, the page before had footnotes, and the
/// last of them may go on here.
pub(super) fn take(rows: &mut Vec<Row>, strokes: &[Rule], goes_on: bool) -> Vec<Note> {
    let Some(at) = start(rows, strokes, goes_on) else {
        return Vec::new();
    };
    let mut notes: Vec<Note> = Vec::new();
    for row in rows.split_off(at) {
        let text = row.text();
        let number: String = text.chars().take_while(|c| is_raised_digit(*c)).collect();
        match notes.last_mut().filter(|_| number.is_empty()) {
            Some(note) => line::append(&mut note.text, &text),
            None => notes.push(Note { number, text }),
        }
    }
    notes
}

/// The number of the first row of the footnotes.
fn start(rows: &[Row], strokes: &[Rule], goes_on: bool) -> Option<usize> {
    let left = rows.iter().map(Row::x0).min_by(f32::total_cmp)?;
    strokes
        .iter()
        .filter(|stroke| {
            let length = stroke.to - stroke.from;
            // Word draws a stroke as wide as the text above a footnote that goes on.
            length >= STROKE_MIN
                && (length <= STROKE_MAX || goes_on)
                && (stroke.from - left).abs() <= INDENT_MAX
        })
        .filter_map(|stroke| {
            let at = rows.partition_point(|row| row.y <= stroke.at);
            let (body, notes) = rows.split_at_checked(at)?;
            let size = usual_size(body).or_else(|| usual_size(rows))?;
            let is_small = |row: &Row| row.size <= SIZE_MAX * size;
            let starts = goes_on
                || notes
                    .iter()
                    .any(|row| row.text().starts_with(is_raised_digit));
            (!notes.is_empty() && starts && notes.iter().all(is_small)).then_some(at)
        })
        .min()
}

/// The size of most rows.
fn usual_size(rows: &[Row]) -> Option<f32> {
    let mut sizes: Vec<f32> = rows.iter().map(|row| row.size).collect();
    sizes.sort_by(f32::total_cmp);
    sizes.get(sizes.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::row::Word;

    fn row(y: f32, size: f32, text: &str) -> Row {
        Row {
            words: vec![Word {
                text: text.to_owned(),
                x0: 60.0,
                x1: 400.0,
                is_bold: false,
            }],
            y,
            size,
        }
    }

    fn page() -> Vec<Row> {
        vec![
            row(100.0, 14.0, "1.¹ Thời hạn là 60 ngày"),
            row(120.0, 14.0, "kể từ ngày sinh."),
            row(700.0, 10.0, "¹ Khoản này được sửa đổi theo"),
            row(712.0, 10.0, "Điều 2 Nghị định này."),
            row(724.0, 10.0, "² Được bãi bỏ."),
        ]
    }

    #[test]
    fn notes_below_the_stroke_are_taken_one_line_each() {
        let mut rows = page();
        let stroke = Rule {
            at: 690.0,
            from: 60.0,
            to: 204.0,
        };
        let notes = take(&mut rows, &[stroke], false);
        let texts: Vec<&str> = notes.iter().map(|note| note.text.as_str()).collect();
        assert_eq!(
            texts,
            [
                "¹ Khoản này được sửa đổi theo Điều 2 Nghị định này.",
                "² Được bãi bỏ."
            ]
        );
        assert_eq!(notes[1].number, "²");
        assert_eq!(rows.len(), 2);
    }

    #[test]
    fn without_a_stroke_nothing_is_taken() {
        let mut rows = page();
        assert!(take(&mut rows, &[], false).is_empty());
        assert_eq!(rows.len(), 5);
    }

    #[test]
    fn an_underlined_title_is_no_stroke_above_notes() {
        let mut rows = page();
        let stroke = Rule {
            at: 105.0,
            from: 60.0,
            to: 204.0,
        };
        assert!(take(&mut rows, &[stroke], false).is_empty());
    }
}
