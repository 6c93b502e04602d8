//! Columns: what stands side by side on a page without ruled lines.

use crate::extract::pdf::letterhead;
use crate::extract::pdf::line::Line;
use crate::extract::pdf::line::Part;
use crate::extract::pdf::marker;
use crate::extract::pdf::row::Row;

/// A gap of this many times the size parts two columns.
const GAP_MIN: f32 = 2.0;
/// And of this many times the usual gap between words of its row: justified lines have wide gaps.
const GAP_RATIO_MIN: f32 = 3.0;
/// A gutter stays at least this wide, in sizes.
const GUTTER_MIN: f32 = 1.0;
/// Rows of one block follow each other within this many times their size; between an office and the
/// name below it there is room for a signature.
const PITCH_MAX: f32 = 9.0;
/// A list sign or number before a tab is this short.
const SIGN_CHARS_MAX: usize = 5;

/// Puts `rows` into reading order.
pub(super) fn parts(mut rows: &[Row]) -> Vec<Part> {
    let mut parts = Vec::new();
    while let Some(head) = letterhead::find(rows) {
        parts.extend(blocks(rows.get(..head.start).unwrap_or_default()));
        parts.extend(head.parts);
        rows = rows.get(head.end..).unwrap_or_default();
    }
    parts.extend(blocks(rows));
    parts
}

fn blocks(rows: &[Row]) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut at = 0;
    while let Some(row) = rows.get(at) {
        let rest = rows.get(at..).unwrap_or_default();
        if let Some((block, n)) = table(rest).or_else(|| pair(rest)) {
            parts.extend(block);
            at += n;
        } else {
            parts.push(Part::Line(Line::from(row)));
            at += 1;
        }
    }
    parts
}

/// The numbers of the words that start a column.
fn starts(row: &Row) -> Vec<usize> {
    let gaps: Vec<f32> = row
        .words
        .windows(2)
        .map(|pair| match pair {
            [left, right] => right.x0 - left.x1,
            _ => 0.0,
        })
        .collect();
    let mut sorted = gaps.clone();
    sorted.sort_by(f32::total_cmp);
    let usual = sorted.get(sorted.len() / 2).copied().unwrap_or_default();
    let few = gaps.len() < 4;
    let is_wide = |gap: f32| gap > GAP_MIN * row.size && (few || gap > GAP_RATIO_MIN * usual);
    let mut starts = Vec::new();
    for (at, gap) in (1..).zip(&gaps) {
        let is_sign = at == 1
            && row.words.first().is_some_and(|word| {
                word.text.chars().count() <= SIGN_CHARS_MAX && marker::opens(&word.text)
            });
        if is_wide(*gap) && !is_sign {
            starts.push(at);
        }
    }
    starts
}

/// Rows of three columns and more at the head of `rows`: a table without borders.
fn table(rows: &[Row]) -> Option<(Vec<Part>, usize)> {
    let n = rows.iter().take_while(|row| starts(row).len() >= 2).count();
    let cells = |row: &Row| {
        let mut cells = Vec::new();
        let mut rest = row.clone();
        for start in starts(row).into_iter().rev() {
            let (before, cell) = rest.split(start);
            cells.push(cell.text());
            rest = before;
        }
        cells.push(rest.text());
        cells.reverse();
        Part::Cells(cells)
    };
    (n >= 2).then(|| (rows.iter().take(n).map(cells).collect(), n))
}

/// Two columns at the head of `rows`: read the left one, then the right one.
fn pair(rows: &[Row]) -> Option<(Vec<Part>, usize)> {
    let first = rows.first()?;
    let [start] = starts(first)[..] else {
        return None;
    };
    let mut gutter = Gutter {
        from: first.words.get(start.checked_sub(1)?)?.x1,
        to: first.words.get(start)?.x0,
    };
    let (mut left, mut right) = (Vec::new(), Vec::new());
    let mut n = 0;
    let mut y = first.y;
    for row in rows {
        if row.y - y > PITCH_MAX * row.size || (n > 0 && marker::is_heading(&row.text())) {
            break;
        }
        let Some(at) = gutter.admit(row) else { break };
        let (before, behind) = row.clone().split(at);
        if behind.words.is_empty() && !right.is_empty() && leaves(&left, row) {
            break;
        }
        left.extend((!before.words.is_empty()).then(|| Line::from(&before)));
        right.extend((!behind.words.is_empty()).then(|| Line::from(&behind)));
        y = row.y;
        n += 1;
    }
    (n > 1 && right.len() > 1).then(|| (vec![Part::Aside(left), Part::Aside(right)], n))
}

/// Whether `row` begins further left than the column `left` and stands in another middle: the text
/// below two signatures.
fn leaves(left: &[Line], row: &Row) -> bool {
    left.first().is_some_and(|first| {
        let middle = f32::midpoint(first.x0, first.x1);
        first.x0 - row.x0() > row.size
            && (middle - f32::midpoint(row.x0(), row.x1())).abs() > GUTTER_MIN * row.size
    })
}

/// The empty strip between two columns.
struct Gutter {
    from: f32,
    to: f32,
}

impl Gutter {
    /// Narrows the strip so that `row` stays clear of it and gives the number of the first word
    /// behind it; `None` where the row crosses.
    fn admit(&mut self, row: &Row) -> Option<usize> {
        let middle = f32::midpoint(self.from, self.to);
        let at = row.words.partition_point(|word| word.x0 < middle);
        let from = at
            .checked_sub(1)
            .and_then(|last| row.words.get(last))
            .map_or(self.from, |word| word.x1.max(self.from));
        let to = row
            .words
            .get(at)
            .map_or(self.to, |word| word.x0.min(self.to));
        if to - from < GUTTER_MIN * row.size {
            return None;
        }
        (self.from, self.to) = (from, to);
        Some(at)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::row::row;

    fn shown(parts: &[Part]) -> Vec<String> {
        parts
            .iter()
            .map(|part| match part {
                Part::Line(line) => line.text.clone(),
                Part::Aside(lines) => {
                    let texts: Vec<&str> = lines.iter().map(|line| line.text.as_str()).collect();
                    format!("[{}]", texts.join(" / "))
                }
                Part::Cells(cells) => cells.join(" | "),
            })
            .collect()
    }

    #[test]
    fn a_signature_is_read_column_by_column() {
        let rows = [
            row(
                100.0,
                &[(60.0, "chịu trách nhiệm thi hành Nghị quyết này.")],
            ),
            row(120.0, &[(60.0, "Nơi nhận:"), (300.0, "TM. CHÍNH PHỦ")]),
            row(134.0, &[(60.0, "- Như trên;"), (310.0, "THỦ TƯỚNG")]),
            row(148.0, &[(60.0, "- Lưu: VT.")]),
            row(200.0, &[(305.0, "Lê Văn An")]),
        ];
        assert_eq!(
            shown(&parts(&rows)),
            [
                "chịu trách nhiệm thi hành Nghị quyết này.",
                "[Nơi nhận: / - Như trên; / - Lưu: VT.]",
                "[TM. CHÍNH PHỦ / THỦ TƯỚNG / Lê Văn An]"
            ]
        );
    }

    #[test]
    fn the_text_below_two_signatures_is_of_neither() {
        let rows = [
            row(100.0, &[(100.0, "NGƯỜI LẬP"), (330.0, "GIÁM ĐỐC")]),
            row(114.0, &[(85.0, "(Ký, họ tên)"), (320.0, "(Ký, đóng dấu)")]),
            row(160.0, &[(60.0, "Ghi chú:")]),
            row(174.0, &[(60.0, "- Trường hợp còn sống")]),
        ];
        assert_eq!(
            shown(&parts(&rows)),
            [
                "[NGƯỜI LẬP / (Ký, họ tên)]",
                "[GIÁM ĐỐC / (Ký, đóng dấu)]",
                "Ghi chú:",
                "- Trường hợp còn sống"
            ]
        );
    }

    #[test]
    fn a_tab_behind_a_list_sign_is_no_column() {
        let rows = [
            row(100.0, &[(60.0, "1."), (110.0, "Hồ sơ gồm")]),
            row(114.0, &[(60.0, "2."), (110.0, "Thời hạn")]),
        ];
        assert_eq!(shown(&parts(&rows)), ["1. Hồ sơ gồm", "2. Thời hạn"]);
    }

    #[test]
    fn three_columns_are_a_table() {
        let rows = [
            row(100.0, &[(60.0, "TT"), (150.0, "Tên"), (300.0, "Mức phí")]),
            row(
                114.0,
                &[(60.0, "1"), (150.0, "Khai sinh"), (300.0, "8.000")],
            ),
        ];
        assert_eq!(
            shown(&parts(&rows)),
            ["TT | Tên | Mức phí", "1 | Khai sinh | 8.000"]
        );
    }
}
