//! Footnotes: the small lines below a short stroke at the foot of a page.

use crate::extract::pdf::glyph::is_raised_digit;
use crate::extract::pdf::glyph::plain_digit;
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
    /// Its number as `[1]`; empty where it goes on from the page before.
    pub(super) mark: String,
    /// Its text, mark included.
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
        let words = text.trim_start_matches(is_raised_digit);
        let mark = mark(text.get(..text.len() - words.len()).unwrap_or_default());
        if let Some(note) = notes.last_mut().filter(|_| mark.is_empty()) {
            line::append(&mut note.text, words);
        } else {
            let text = [mark.as_str(), words.trim_start()].join(" ");
            notes.push(Note {
                mark,
                text: text.trim_start().to_owned(),
            });
        }
    }
    notes
}

/// `[12]` for `¹²`: how footnotes are written in every format, so that `5.² Hồ sơ` is no `5.2`.
fn mark(raised: &str) -> String {
    let digits: String = raised.chars().filter_map(plain_digit).collect();
    if digits.is_empty() {
        digits
    } else {
        format!("[{digits}]")
    }
}

/// Writes the raised numbers of `notes` in `text` as marks; other raised digits are powers.
pub(super) fn marked(text: &str, notes: &[Note]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_raised_digit) {
        let (before, raised) = rest.split_at_checked(at).unwrap_or((rest, ""));
        let behind = raised.trim_start_matches(is_raised_digit);
        let raised = raised
            .get(..raised.len() - behind.len())
            .unwrap_or_default();
        let mark = mark(raised);
        out.push_str(before);
        if !is_unit(before) && notes.iter().any(|note| note.mark == mark) {
            out.push_str(&mark);
        } else {
            out.push_str(raised);
        }
        rest = behind;
    }
    out.push_str(rest);
    out
}

/// Whether `before` ends with a unit of length, whose raised digit is a power: `100 m²`.
fn is_unit(before: &str) -> bool {
    let digits_and_unit = before.rsplit(' ').next().unwrap_or_default();
    let unit = digits_and_unit.trim_start_matches(|c: char| !c.is_alphabetic());
    matches!(unit, "m" | "km" | "dm" | "cm" | "mm")
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
            let has_number = |row: &Row| row.text().starts_with(is_raised_digit);
            // Below a stroke, a raised number is enough; forms are set as small as footnotes.
            let starts = notes.first().is_some_and(has_number);
            let is_note =
                starts || (goes_on || notes.iter().any(has_number)) && notes.iter().all(is_small);
            (!notes.is_empty() && is_note).then_some(at)
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
                legacy: None,
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
                "[1] Khoản này được sửa đổi theo Điều 2 Nghị định này.",
                "[2] Được bãi bỏ."
            ]
        );
        assert_eq!(rows.len(), 2);
        let marked = |text: &str| marked(text, &notes);
        assert_eq!(marked("1.¹ Thời hạn²"), "1.[1] Thời hạn[2]");
        assert_eq!(
            marked("rộng 100 m² và 5m², mũ ⁹"),
            "rộng 100 m² và 5m², mũ ⁹"
        );
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
