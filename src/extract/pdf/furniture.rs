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
/// A page number has no more digits than this.
const NUMBER_DIGITS_MAX: usize = 4;

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
        let n_head = n_at_edge(&sheet.rows, sheet.height, is_furniture);
        sheet.rows.drain(..n_head);
        sheet.rows.reverse();
        let n_foot = n_at_edge(&sheet.rows, sheet.height, is_furniture);
        sheet.rows.drain(..n_foot);
        sheet.rows.reverse();
    }
}

/// How many of the first `rows`, which start at an edge of the page, are furniture. A page has one
/// number at an edge: the next row of digits is the rest of a sentence.
fn n_at_edge(rows: &[Row], height: f32, is_furniture: impl Fn(&Row) -> bool) -> usize {
    let mut n_numbers = 0;
    let n = rows
        .iter()
        .take(ROWS_MAX)
        .take_while(|row| {
            n_numbers += usize::from(key(row).is_none());
            n_numbers <= 1 && is_at_edge(row, height) && is_furniture(row)
        })
        .count();
    stands_off(n, rows)
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

/// `15`, `- 15 -`, `15/20`, `Trang 15`. A row such as `2025.` or `30%;` ends a sentence that began on
/// the page before.
fn is_page_number(row: &Row) -> bool {
    let text = row.text();
    let number = text
        .trim_start_matches(|c: char| c.is_alphabetic() || is_beside_number(c) || c == ':')
        .trim_end_matches(is_beside_number);
    let is_number = |digits: &str| {
        let digits = digits.trim();
        (1..=NUMBER_DIGITS_MAX).contains(&digits.len())
            && digits.bytes().all(|b| b.is_ascii_digit())
    };
    match number.split_once('/') {
        Some((number, of)) => is_number(number) && is_number(of),
        None => is_number(number),
    }
}

/// Signs that are set on either side of a page number.
fn is_beside_number(c: char) -> bool {
    c == ' ' || "-–—/|()[]~*".contains(c)
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
    fn page_numbers_are_told_from_the_ends_of_sentences() {
        for text in [
            "15",
            "- 15 -",
            "– 7 –",
            "15/20",
            "1 / 20",
            "(3)",
            "Trang 15",
            "Trang: 1/2",
        ] {
            assert!(is_page_number(&row(40.0, text)), "{text}");
        }
        for text in [
            "2025.",
            "1.500.000;",
            "(01).",
            "30%;",
            "15/2025.",
            "01/7/2025",
            "2021-2025",
            "8.000",
            "trang 8.",
            "-",
            "/",
        ] {
            assert!(!is_page_number(&row(40.0, text)), "{text}");
        }
    }

    #[test]
    fn the_rest_of_a_sentence_below_or_above_a_page_number_stays() {
        let mut sheets: Vec<Sheet> = ["2025.", "30%;", "2026"]
            .into_iter()
            .zip(8..)
            .map(|(rest, number)| {
                sheet(
                    number,
                    vec![
                        row(30.0, &number.to_string()),
                        row(57.0, rest),
                        row(84.0, "2. Khoản hai"),
                        row(740.0, rest),
                        row(770.0, &format!("- {number} -")),
                    ],
                )
            })
            .collect();
        remove(&mut sheets);
        assert_eq!(
            left(&sheets),
            ["2025.", "30%;", "2026"]
                .map(|rest| [rest, "2. Khoản hai", rest])
                .concat()
        );
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
