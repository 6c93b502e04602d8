//! The head of a procedure sheet (TCVN ISO 9001): a table with issuer, title, code and date.
//!
//! ```text
//! | SỞ TƯ PHÁP | QUY TRÌNH | Mã hiệu: QT 05/CX-HCTP |
//! | | Đăng ký nhận cha, mẹ, con | Lần ban hành: 01 |
//! | | | Ngày ban hành: 07/7/2025 |
//! ```

use crate::document::Date;
use crate::document::DocumentNumber;
use crate::document::Facts;
use crate::document::letterhead::is_issuer;

/// How many lines from the start may hold the table.
const LINES_MAX: usize = 12;
/// What stands before the code of a sheet.
const CODE: &str = "Mã hiệu:";
/// What such sheets call themselves.
const NAMES: [&str; 3] = ["QUY TRÌNH", "HƯỚNG DẪN CÔNG VIỆC", "THỦ TỤC"];

/// Reads the table; nothing where a text does not begin with one.
pub(super) fn read(text: &str) -> Facts {
    let rows = rows(text);
    let stated = |label: &str| {
        let mut cells = rows.iter().flatten();
        cells.find_map(|cell| cell.strip_prefix(label))
    };
    let Some(code) = stated(CODE) else {
        return Facts::default();
    };
    let mut cells = rows.iter().flatten();
    Facts {
        number: DocumentNumber::first_in(code),
        issuer: cells
            .find(|cell| is_issuer(cell))
            .map(|cell| (*cell).to_owned()),
        issued: stated("Ngày ban hành:").and_then(Date::find_in),
        title: title(&rows),
        ..Facts::default()
    }
}

/// Whether `text` begins with the table.
pub(super) fn is_sheet(text: &str) -> bool {
    let mut cells = rows(text).into_iter().flatten();
    cells.any(|cell| cell.starts_with(CODE))
}

/// The rows of the first table.
fn rows(text: &str) -> Vec<Vec<&str>> {
    text.lines()
        .take(LINES_MAX)
        .skip_while(|line| !line.starts_with('|'))
        .take_while(|line| line.starts_with('|'))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect()
}

/// What stands behind the name of the sheet, or below it.
fn title(rows: &[Vec<&str>]) -> Option<String> {
    for (at, row) in rows.iter().enumerate() {
        let Some((column, rest)) = row
            .iter()
            .enumerate()
            .find_map(|(column, cell)| Some((column, unnamed(cell)?)))
        else {
            continue;
        };
        let below = || rows.get(at + 1)?.get(column).copied();
        let title = Some(rest).filter(|rest| !rest.is_empty()).or_else(below)?;
        return Some(title.to_owned()).filter(|title| !title.is_empty());
    }
    None
}

/// What stands behind the name of a sheet in the cell that begins with it.
fn unnamed(cell: &str) -> Option<&str> {
    let rest = NAMES.iter().find_map(|name| cell.strip_prefix(name));
    rest.map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: [Option<&str>; 4]) {
        let facts = read(text);
        let found = [
            facts.number.map(|number| number.to_string()),
            facts.issuer,
            facts.issued.map(Date::to_iso),
            facts.title,
        ];
        assert_eq!(found.each_ref().map(Option::as_deref), expected);
    }

    #[test]
    fn sheets_state_their_facts() {
        check(
            "| SỞ TƯ PHÁP | QUY TRÌNH | Mã hiệu: QT 05/CX-HCTP |\n| | Đăng ký giám hộ | Lần ban hành: 01 |\n| | | Ngày ban hành: 07/7/2025 |\n\nMỤC LỤC",
            [
                Some("05/CX-HCTP"),
                Some("SỞ TƯ PHÁP"),
                Some("2025-07-07"),
                Some("Đăng ký giám hộ"),
            ],
        );
        check(
            "| SỞ Y TẾ | QUY TRÌNH Cấp giấy | Mã hiệu: QT 1/CX-Y |\n| | | Lần ban hành: 01 |",
            [Some("01/CX-Y"), Some("SỞ Y TẾ"), None, Some("Cấp giấy")],
        );
    }

    #[test]
    fn other_tables_state_nothing() {
        check("| STT | QUY TRÌNH |\n| 1 | Nộp |", [None; 4]);
        check("Mã hiệu: QT 05/CX-HCTP", [None; 4]);
    }
}
