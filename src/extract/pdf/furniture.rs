//! Page furniture: running heads, running feet and page numbers, which are no part of the text.

use std::collections::HashMap;

use crate::extract::pdf::glyph::is_raised_digit;
use crate::extract::pdf::marker;
use crate::extract::pdf::row::Row;
use crate::extract::pdf::sheet::Sheet;

/// Furniture stands in the first and in the last part of a page this large.
const ZONE: f32 = 0.13;
/// And among this many rows from the top or the bottom.
const ROWS_MAX: usize = 3;
/// What stands on this many pages is furniture.
const PAGES_MIN: usize = 3;
/// In a document this short, what stands on every page but one.
const SHORT_PAGES: usize = 4;
/// Rows at one place differ by less than this, in points.
const SAME_PLACE: f32 = 8.0;
/// Furniture stands off from the text by more than this many times the size.
const GAP_MIN: f32 = 1.6;
/// A row that is longer and ends as sentences do is one.
const SENTENCE_BYTES_MIN: usize = 60;
/// A page number has no more characters than this.
const NUMBER_CHARS_MAX: usize = 10;

/// What a row says apart from its numbers, and roughly where it stands.
type Key = (String, i32);

/// Takes furniture off all pages.
pub(super) fn remove(sheets: &mut [Sheet]) {
    let mut seen: HashMap<Key, usize> = HashMap::new();
    for sheet in sheets.iter() {
        let mut keys: Vec<Key> = edges(sheet)
            .into_iter()
            .filter_map(|at| key(sheet.rows.get(at)?))
            .collect();
        keys.sort();
        keys.dedup();
        for key in keys {
            *seen.entry(key).or_default() += 1;
        }
    }
    let needed = if sheets.len() <= SHORT_PAGES {
        (sheets.len().saturating_sub(1)).max(2)
    } else {
        PAGES_MIN
    };
    for sheet in sheets {
        sheet
            .turned
            .retain(|row| !(is_gazette(row) || key(row).is_none() && is_page_number(row)));
        let is_furniture = |row: &Row| is_furniture(row, &seen, needed);
        let (height, n) = (sheet.height, sheet.rows.len());
        let in_zone = |row: &&Row| is_at_edge(row, height);
        let head = sheet.rows.iter().take_while(in_zone).take(ROWS_MAX);
        let n_head = stands_off(
            head.take_while(|row| is_furniture(row)).count(),
            &sheet.rows,
        );
        sheet.rows.drain(..n_head.min(n));
        sheet.rows.reverse();
        let foot = sheet.rows.iter().take_while(in_zone).take(ROWS_MAX);
        let n_foot = stands_off(
            foot.take_while(|row| is_furniture(row)).count(),
            &sheet.rows,
        );
        sheet.rows.drain(..n_foot.min(sheet.rows.len()));
        sheet.rows.reverse();
    }
}

/// How many of the first `n` rows are set off from the next one: what only looks like furniture
/// because several pages say it, such as the last line of a footnote, is not.
fn stands_off(mut n: usize, rows: &[Row]) -> usize {
    while let (Some(last), Some(next)) = (
        n.checked_sub(1).and_then(|last| rows.get(last)),
        rows.get(n),
    ) {
        if (next.y - last.y).abs() > GAP_MIN * last.size.max(next.size) {
            break;
        }
        n -= 1;
    }
    n
}

fn is_at_edge(row: &Row, height: f32) -> bool {
    row.y < ZONE * height || row.y > (1.0 - ZONE) * height
}

/// The numbers of the rows where furniture may stand.
fn edges(sheet: &Sheet) -> Vec<usize> {
    let n = sheet.rows.len();
    (0..n)
        .filter(|&at| at < ROWS_MAX || at + ROWS_MAX >= n)
        .filter(|&at| {
            sheet
                .rows
                .get(at)
                .is_some_and(|row| is_at_edge(row, sheet.height))
        })
        .collect()
}

/// `None` for a row of nothing but a number.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a page has some thousand points"
)]
fn key(row: &Row) -> Option<Key> {
    let words: String = row
        .text()
        .chars()
        .filter(|c| c.is_alphabetic())
        .flat_map(char::to_lowercase)
        .collect();
    (!words.is_empty()).then_some((words, (row.y / SAME_PLACE).round() as i32))
}

fn is_furniture(row: &Row, seen: &HashMap<Key, usize>, needed: usize) -> bool {
    let Some((words, place)) = key(row) else {
        return is_page_number(row);
    };
    // A place may be rounded up on one page and down on the next.
    let n: usize = (place - 1..=place + 1)
        .filter_map(|place| seen.get(&(words.clone(), place)))
        .sum();
    // `Mẫu số 7` at the head of every form is no running head.
    is_gazette(row)
        || words == "trang" && is_page_number(row)
        || n >= needed && !is_text(&row.text())
}

/// Whether a row is text even where several pages say it: headings of forms, sentences, footnotes.
fn is_text(text: &str) -> bool {
    marker::is_heading(text)
        || text.starts_with(is_raised_digit)
        || text.len() > SENTENCE_BYTES_MIN && marker::ends(text)
}

/// `15`, `- 15 -`, `15/20`, `Trang 15`.
fn is_page_number(row: &Row) -> bool {
    let text = row.text();
    text.chars().count() <= NUMBER_CHARS_MAX && text.contains(|c: char| c.is_ascii_digit())
}

/// The running head of the Official Gazette, which an excerpt of one page has only once.
fn is_gazette(row: &Row) -> bool {
    let text = row.text();
    text.contains("CÔNG BÁO/Số") && text.contains("/Ngày")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::row::Word;

    fn row(y: f32, text: &str) -> Row {
        Row {
            words: vec![Word {
                text: text.to_owned(),
                x0: 100.0,
                x1: 200.0,
                is_bold: false,
                legacy: None,
            }],
            y,
            size: 12.0,
        }
    }

    fn sheet(number: u32, rows: Vec<Row>) -> Sheet {
        Sheet {
            number,
            width: 600.0,
            height: 800.0,
            ocr: None,
            rows,
            tables: Vec::new(),
            turned: Vec::new(),
            strokes: Vec::new(),
        }
    }

    fn left(sheets: &[Sheet]) -> Vec<String> {
        sheets
            .iter()
            .flat_map(|sheet| sheet.rows.iter().map(Row::text))
            .collect()
    }

    #[test]
    fn repeated_heads_and_lone_numbers_go() {
        let mut sheets: Vec<Sheet> = (1..=4u32)
            .map(|number| {
                sheet(
                    number,
                    vec![
                        row(40.0, &format!("Bản tin số {number}")),
                        row(300.0, "Điều 1."),
                        row(780.0, &format!("- {number} -")),
                    ],
                )
            })
            .collect();
        remove(&mut sheets);
        assert_eq!(left(&sheets), ["Điều 1."; 4]);
    }

    #[test]
    fn text_that_is_repeated_in_the_middle_or_elsewhere_stays() {
        let mut sheets: Vec<Sheet> = (1..=4u16)
            .map(|number| {
                sheet(
                    number.into(),
                    vec![
                        row(20.0 + 20.0 * f32::from(number), "Mẫu số"),
                        row(400.0, "12"),
                    ],
                )
            })
            .collect();
        remove(&mut sheets);
        assert_eq!(left(&sheets).len(), 8);
    }

    #[test]
    fn the_last_line_of_a_footnote_that_pages_share_stays() {
        let mut sheets: Vec<Sheet> = ["một", "hai", "ba", "bốn"]
            .into_iter()
            .zip(1..)
            .map(|(word, number)| {
                sheet(
                    number,
                    vec![
                        row(747.0, word),
                        row(762.0, "Cụm từ này được thay thế theo"),
                        row(777.0, "Nghị định số 21/2024/NĐ-CP."),
                    ],
                )
            })
            .collect();
        remove(&mut sheets);
        assert_eq!(left(&sheets).len(), 12);
    }

    #[test]
    fn the_gazette_head_goes_from_a_single_page() {
        let mut sheets = vec![sheet(
            1,
            vec![
                row(40.0, "CÔNG BÁO/Số 659 + 660/Ngày 05-7-2021 15"),
                row(90.0, "THÔNG TƯ"),
            ],
        )];
        remove(&mut sheets);
        assert_eq!(left(&sheets), ["THÔNG TƯ"]);
    }
}
