//! Letterheads: issuer and number on the left, motto, place and date on the right.

use crate::extract::pdf::line::Line;
use crate::extract::pdf::line::Part;
use crate::extract::pdf::row::Row;
use crate::text::strip_diacritics;

/// The motto, without marks: a scan may lose some.
const MOTTO: [&str; 4] = ["CONG", "HOA", "XA", "HOI"];
/// The same place in documents of the Party.
const PARTY: [&str; 4] = ["DANG", "CONG", "SAN", "VIET"];
/// A letterhead ends at most this many rows below the motto.
const ROWS_MAX: usize = 9;
/// How many rows of the issuer's name may stand above the motto.
const ROWS_ABOVE_MAX: usize = 2;
/// Rows of one letterhead follow each other within this many times their size.
const PITCH_MAX: f32 = 3.0;
/// The columns part this close to where the motto starts, in points: the line below it may be
/// longer.
const REACH: f32 = 90.0;
/// A row with number, place and date is at most this long; longer ones cite other documents.
const DATE_BYTES_MAX: usize = 110;

/// Where the letterhead lies in a list of rows, and its columns.
#[derive(Debug)]
pub(super) struct Letterhead {
    pub(super) start: usize,
    /// Just past the last row.
    pub(super) end: usize,
    pub(super) parts: Vec<Part>,
}

/// The first letterhead in `rows`, or `None`.
pub(super) fn find(rows: &[Row]) -> Option<Letterhead> {
    let (motto, word) = rows
        .iter()
        .enumerate()
        .find_map(|(at, row)| Some((at, motto_in(row)?)))?;
    let edge = rows.get(motto)?.words.get(word)?.x0;
    let below = end_of_right(rows, motto);
    let end = end_of_left(rows, below, edge);
    let start = start_of_left(rows, motto, edge);
    let (mut left, mut right) = (Vec::new(), Vec::new());
    for (at, row) in rows.iter().enumerate().take(end).skip(start) {
        let at_word = if at == motto {
            word
        } else {
            parting(row, edge)
        };
        let (before, behind) = row.clone().split(at_word);
        left.extend((!before.words.is_empty()).then(|| Line::from(&before)));
        right.extend((!behind.words.is_empty()).then(|| Line::from(&behind)));
    }
    // A motto alone in the middle of a form is no letterhead of two columns.
    (!left.is_empty()).then(|| Letterhead {
        start,
        end,
        parts: vec![Part::Aside(left), Part::Aside(right)],
    })
}

/// The number of the word with which the motto starts.
fn motto_in(row: &Row) -> Option<usize> {
    let bare: Vec<String> = row
        .words
        .iter()
        .map(|word| strip_diacritics(&word.text).into_owned())
        .collect();
    bare.windows(MOTTO.len())
        .position(|words| words == MOTTO || words == PARTY)
}

/// Just past the row with place and date, or with the second line of the motto.
fn end_of_right(rows: &[Row], motto: usize) -> usize {
    let mut end = motto + 1;
    for (at, row) in rows.iter().enumerate().skip(motto + 1).take(ROWS_MAX) {
        let Some(above) = rows.get(at - 1) else { break };
        if row.y - above.y > 2.0 * PITCH_MAX * row.size {
            break;
        }
        let text = strip_diacritics(&row.text()).to_lowercase();
        if text.contains("doc lap") {
            end = at + 1;
        }
        let has_date = text.contains(", ngay") && text.contains("thang");
        if has_date && text.len() <= DATE_BYTES_MAX {
            return at + 1;
        }
    }
    end
}

/// Takes in the rows below that stand wholly on the left: `V/v hướng dẫn …`.
fn end_of_left(rows: &[Row], mut end: usize, edge: f32) -> usize {
    while let (Some(row), Some(above)) = (rows.get(end), rows.get(end - 1)) {
        if row.x1() > edge || row.y - above.y > PITCH_MAX * row.size / 1.5 {
            break;
        }
        end += 1;
    }
    end
}

/// Takes in the rows above that stand wholly on the left.
fn start_of_left(rows: &[Row], motto: usize, edge: f32) -> usize {
    let mut start = motto;
    while let (Some(row), Some(below)) = (
        start.checked_sub(1).and_then(|above| rows.get(above)),
        rows.get(start),
    ) {
        if motto - start == ROWS_ABOVE_MAX
            || row.x1() > edge
            || below.y - row.y > PITCH_MAX * row.size / 1.5
        {
            break;
        }
        start -= 1;
    }
    start
}

/// The number of the first word of the right column.
fn parting(row: &Row, edge: f32) -> usize {
    let n = row.words.len();
    if row.x1() <= edge {
        return n;
    }
    let widest = row
        .words
        .windows(2)
        .enumerate()
        .filter_map(|(at, pair)| {
            let (left, right) = (pair.first()?, pair.last()?);
            (right.x0 > edge - REACH && left.x1 < edge + REACH)
                .then_some((at + 1, right.x0 - left.x1))
        })
        .filter(|(_, gap)| *gap > 0.5 * row.size)
        .max_by(|a, b| a.1.total_cmp(&b.1));
    let is_right = row.x0() > edge - REACH;
    widest.map_or(if is_right { 0 } else { n }, |(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::row::row;

    fn texts(part: &Part) -> Vec<&str> {
        match part {
            Part::Aside(lines) => lines.iter().map(|line| line.text.as_str()).collect(),
            _ => Vec::new(),
        }
    }

    #[test]
    fn left_column_comes_before_the_right_one() {
        let rows = [
            row(90.0, &[(60.0, "ỦY BAN NHÂN DÂN")]),
            row(
                104.0,
                &[
                    (70.0, "XÃ TÂN AN"),
                    (200.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
                ],
            ),
            row(118.0, &[(230.0, "Độc lập - Tự do - Hạnh phúc")]),
            row(
                140.0,
                &[
                    (60.0, "Số: 12/QĐ-UBND"),
                    (190.0, "Tân An, ngày 5 tháng 3 năm 2026"),
                ],
            ),
            row(156.0, &[(60.0, "V/v đăng ký")]),
            row(190.0, &[(150.0, "QUYẾT ĐỊNH")]),
        ];
        let found = find(&rows).expect("a letterhead");
        assert_eq!((found.start, found.end), (0, 5));
        assert_eq!(
            texts(&found.parts[0]),
            [
                "ỦY BAN NHÂN DÂN",
                "XÃ TÂN AN",
                "Số: 12/QĐ-UBND",
                "V/v đăng ký"
            ]
        );
        assert_eq!(
            texts(&found.parts[1]),
            [
                "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
                "Độc lập - Tự do - Hạnh phúc",
                "Tân An, ngày 5 tháng 3 năm 2026"
            ]
        );
    }

    #[test]
    fn columns_without_a_gap_part_at_the_motto() {
        let rows = [
            row(
                100.0,
                &[(20.0, "BỘ LAO ĐỘNG CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")],
            ),
            row(
                114.0,
                &[(20.0, "VÀ XÃ HỘI"), (120.0, "Độc lập - Tự do - Hạnh phúc")],
            ),
        ];
        let found = find(&rows).expect("a letterhead");
        assert_eq!(texts(&found.parts[0]), ["BỘ LAO ĐỘNG", "VÀ XÃ HỘI"]);
    }

    #[test]
    fn a_motto_alone_is_left_where_it_is() {
        let rows = [
            row(100.0, &[(150.0, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]),
            row(114.0, &[(180.0, "Độc lập - Tự do - Hạnh phúc")]),
            row(140.0, &[(180.0, "TỜ KHAI")]),
        ];
        assert!(find(&rows).is_none());
    }
}
