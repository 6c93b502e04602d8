//! Tables: what the cells of a row mean is said by the row that stands before all others.

use crate::document::Document;
use crate::document::Level;

/// The first row of the table that a row stands in, unless it is that row.
pub(super) fn head(document: &Document, at: usize) -> Option<&str> {
    row(document, at)?;
    let before = (0..at).rev().map_while(|at| row(document, at)).last()?;
    before.lines().next()
}

/// A row as words: `Việc: Tiếp công dân; Hiện nay: Công chức xã`. Sentences are what models have
/// learned to read, rows are not.
pub(super) fn in_words(head: &str, row: &str) -> String {
    let names = cells(head).chain(std::iter::repeat(""));
    let parts = names.zip(cells(row)).filter(|(_, cell)| !cell.is_empty());
    let parts: Vec<String> = parts
        .map(|(name, cell)| match name {
            "" => cell.to_owned(),
            name => format!("{name}: {cell}"),
        })
        .collect();
    parts.join("; ")
}

/// The text of a paragraph that is a row.
fn row(document: &Document, at: usize) -> Option<&str> {
    let provision = document.provisions.get(at)?;
    let text = document.slice(provision.span).trim();
    (provision.level == Level::Paragraph && text.starts_with('|')).then_some(text)
}

fn cells(row: &str) -> impl Iterator<Item = &str> {
    row.trim().trim_matches('|').split('|').map(str::trim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    #[test]
    fn head_is_the_first_row_of_the_same_table() {
        let text = "Bảng một\n| Việc | Nơi |\n|---|---|\n| Khai sinh | Xã |\n| Khai tử | Xã |\nGiữa hai \
                    bảng.\n| Phí | Mức |\n|---|---|\n| Sao y | 2.000 đồng |";
        let document = document::parse(text);
        let head_of = |words: &str| {
            let holds = |p: &document::Provision| document.slice(p.own).contains(words);
            let at = document.provisions.iter().rposition(holds).unwrap();
            head(&document, at)
        };
        assert_eq!(head_of("Khai tử"), Some("| Việc | Nơi |"));
        assert_eq!(head_of("Sao y"), Some("| Phí | Mức |"));
        assert_eq!(head_of("Việc"), None);
        assert_eq!(head_of("Giữa hai"), None);
    }

    #[test]
    fn cells_are_named_by_their_columns() {
        let row = "| Khai sinh |  | Xã | ghi chú |";
        let named = in_words("| Việc | Trước đây | |", row);
        assert_eq!(named, "Việc: Khai sinh; Xã; ghi chú");
        assert_eq!(in_words("| Việc | Nơi |", "| Khai tử |"), "Việc: Khai tử");
    }
}
