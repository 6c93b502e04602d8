//! Lines and tables: what readers of word processors and web pages put a text together from.
//!
//! A table of data gives one line a row, `| cell | cell |`, the row of headings first, as in
//! Markdown. A table that only lays out a page (a letterhead, signatures, a frame around text)
//! gives its cells one after the other, so that each line of a letterhead is a line.

/// A paragraph or a table, in reading order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Block {
    /// A paragraph; line breaks in it are line ends.
    Line(String),
    /// A heading and its level, from 1.
    Heading(u8, String),
    /// Rows of cells.
    Table(Vec<Row>),
}

/// The cells of a row from left to right.
pub(super) type Row = Vec<Cell>;

/// What stands in one cell.
pub(super) type Cell = Vec<Block>;

/// Words that only a letterhead or the foot of a document puts into a table.
const LAYOUT_WORDS: [&str; 3] = ["CỘNG HÒA XÃ HỘI", "CỘNG HOÀ XÃ HỘI", "ĐẢNG CỘNG SẢN"];
/// The line that opens the list of addressees at the foot of a document.
const ADDRESSEES: &str = "Nơi nhận";
/// A cell with more paragraphs than this is running text in a frame.
const CELL_LINES_MAX: usize = 60;

/// A heading is at most this long.
const HEADING_BYTES_MAX: usize = 240;

/// `blocks` as lines.
///
/// Headings of a text without Điều carry `#` as in Markdown: nothing else tells that they are
/// some. A legal text says so in words.
pub(super) fn render(blocks: &[Block]) -> String {
    let mut out = String::new();
    write(blocks, !blocks.iter().any(is_article), &mut out);
    out
}

/// Whether a paragraph opens an Điều.
fn is_article(block: &Block) -> bool {
    let (Block::Line(text) | Block::Heading(_, text)) = block else {
        return false;
    };
    let number = text.trim_start().strip_prefix("Điều ");
    number.is_some_and(|number| number.starts_with(|c: char| c.is_ascii_digit()))
}

fn write(blocks: &[Block], marks_headings: bool, out: &mut String) {
    for block in blocks {
        match block {
            Block::Heading(level, text) => {
                if marks_headings && is_heading(text) {
                    out.extend(std::iter::repeat_n('#', usize::from(*level)));
                    out.push(' ');
                    out.push_str(&text.split_whitespace().collect::<Vec<_>>().join(" "));
                } else {
                    out.push_str(text);
                }
                out.push('\n');
            }
            Block::Line(line) => {
                out.push_str(line);
                out.push('\n');
            }
            Block::Table(rows) => write_table(rows, marks_headings, out),
        }
    }
}

/// Whether a paragraph in a heading's style can be one: offices use such styles for anything.
fn is_heading(text: &str) -> bool {
    let text = text.trim();
    let is_entry = text.starts_with(['-', '+', '•', '*', '–', '▪', '➢']);
    let goes_on = text.ends_with([';', ',', ':']);
    text.len() <= HEADING_BYTES_MAX && !is_entry && !goes_on
}

fn write_table(rows: &[Row], marks_headings: bool, out: &mut String) {
    if is_layout(rows) {
        for cell in rows.iter().flatten() {
            write(cell, marks_headings, out);
        }
        return;
    }
    // An empty line on either side keeps the rows together and apart from the text.
    out.push('\n');
    for row in rows {
        let cells: Vec<String> = row.iter().map(|cell| on_one_line(cell)).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            out.push_str("| ");
            out.push_str(&cells.join(" | "));
            out.push_str(" |\n");
        }
    }
    out.push('\n');
}

/// Whether a table lays out a page and holds no data.
fn is_layout(rows: &[Row]) -> bool {
    let widest = rows.iter().map(Vec::len).max().unwrap_or_default();
    let n_filled = rows
        .iter()
        .filter(|row| row.iter().any(|cell| has_words(cell)))
        .count();
    let has_frame = || {
        rows.iter()
            .flatten()
            .any(|cell| cell.len() > CELL_LINES_MAX)
    };
    let is_official = || rows.iter().flatten().any(|cell| is_official(cell));
    widest < 2 || n_filled < 2 || (widest < 4 && rows.len() < 8 && is_official()) || has_frame()
}

/// Whether a cell says anything. Nothing is put together to find out: tables may lie in one another.
fn has_words(cell: &[Block]) -> bool {
    cell.iter().any(|block| match block {
        Block::Line(text) | Block::Heading(_, text) => !text.trim().is_empty(),
        Block::Table(rows) => rows.iter().flatten().any(|cell| has_words(cell)),
    })
}

/// Whether a cell holds words of a letterhead or of the foot of a document.
fn is_official(cell: &[Block]) -> bool {
    cell.iter().any(|block| match block {
        Block::Line(text) | Block::Heading(_, text) => {
            LAYOUT_WORDS.iter().any(|words| text.contains(words))
                || text.lines().any(opens_addressees)
        }
        Block::Table(rows) => rows.iter().flatten().any(|cell| is_official(cell)),
    })
}

/// Whether a line is `Nơi nhận` or `Nơi nhận: …`. `Nơi nhận hồ sơ` heads a column of data.
fn opens_addressees(line: &str) -> bool {
    line.trim()
        .strip_prefix(ADDRESSEES)
        .is_some_and(|rest| rest.is_empty() || rest.trim_start().starts_with(':'))
}

/// The words of a cell on one line; a table in it gives its cells.
pub(super) fn on_one_line(cell: &[Block]) -> String {
    let mut words = String::new();
    add_words(cell, &mut words);
    words
}

fn add_words(cell: &[Block], out: &mut String) {
    for block in cell {
        match block {
            Block::Line(text) | Block::Heading(_, text) => {
                for word in text.split_whitespace() {
                    if !out.is_empty() {
                        out.push(' ');
                    }
                    // The bar divides cells.
                    out.extend(word.chars().map(|c| if c == '|' { '/' } else { c }));
                }
            }
            Block::Table(rows) => rows.iter().flatten().for_each(|cell| add_words(cell, out)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonicalise;

    fn cell(text: &str) -> Cell {
        text.split('\n')
            .map(|line| Block::Line(line.to_owned()))
            .collect()
    }

    fn table(rows: &[&[&str]]) -> Block {
        let row = |cells: &&[&str]| cells.iter().map(|text| cell(text)).collect();
        Block::Table(rows.iter().map(row).collect())
    }

    #[track_caller]
    fn check(blocks: &[Block], expected: &str) {
        assert_eq!(canonicalise(&render(blocks)), expected);
    }

    #[test]
    fn rows_of_data_stay_together() {
        let fees = table(&[
            &["STT", "Việc", "Mức thu"],
            &[
                "1",
                "Đăng ký kết hôn\ncó yếu tố nước ngoài",
                "1.000.000 đồng",
            ],
            &["", "", ""],
        ]);
        let blocks = [
            Block::Line("Biểu phí".into()),
            fees,
            Block::Line("Hết".into()),
        ];
        check(
            &blocks,
            "Biểu phí\n\n| STT | Việc | Mức thu |\n| 1 | Đăng ký kết hôn có yếu tố nước ngoài | 1.000.000 đồng |\n\nHết",
        );
    }

    #[test]
    fn letterheads_and_frames_give_lines() {
        check(
            &[table(&[
                &["CHÍNH PHỦ\n-------", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
                &["Số: 1/2025/NĐ-CP", "Hà Nội, ngày 1 tháng 1 năm 2025"],
            ])],
            "CHÍNH PHỦ\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 1/2025/NĐ-CP\nHà Nội, ngày 1 tháng 1 năm 2025",
        );
        check(&[table(&[&["a"], &["b"]])], "a\nb");
        check(&[table(&[&["a", "b"]])], "a\nb");
    }

    #[test]
    fn columns_of_where_to_hand_in_are_data_and_addressees_are_not() {
        check(
            &[table(&[
                &["Thủ tục", "Nơi nhận hồ sơ", "Thời hạn"],
                &["Đăng ký khai sinh", "UBND cấp xã", "Trong ngày"],
            ])],
            "| Thủ tục | Nơi nhận hồ sơ | Thời hạn |\n| Đăng ký khai sinh | UBND cấp xã | Trong ngày |",
        );
        for addressees in ["Nơi nhận:\n- Như trên;", "Nơi nhận :", "Nơi nhận"] {
            check(
                &[table(&[
                    &[addressees, "TM. ỦY BAN NHÂN DÂN"],
                    &["", "CHỦ TỊCH"],
                ])],
                &format!("{addressees}\nTM. ỦY BAN NHÂN DÂN\n\nCHỦ TỊCH"),
            );
        }
    }

    #[test]
    fn headings_are_marked_where_no_article_tells_the_structure() {
        let heading = |text: &str| Block::Heading(2, text.to_owned());
        check(&[heading("Hồ sơ"), Block::Line("a".into())], "## Hồ sơ\na");
        check(
            &[heading("Điều 1. Hồ sơ"), Block::Line("a".into())],
            "Điều 1. Hồ sơ\na",
        );
        check(
            &[heading("- Tờ khai;"), heading("Hồ sơ:")],
            "- Tờ khai;\nHồ sơ:",
        );
    }

    #[test]
    fn tables_in_one_another_are_read_once() {
        // Were each looked at twice by the one around it, the innermost would be 2^60 times.
        let mut inner = cell("Nơi nhận: Văn phòng");
        for _ in 0..60 {
            let rows = vec![vec![inner, cell("b")], vec![cell("a"), cell("c")]];
            inner = vec![Block::Table(rows)];
        }
        let text = render(&inner);
        assert_eq!(text.matches("Nơi nhận").count(), 1);
        assert_eq!(text.lines().count(), 1 + 3 * 60);
    }

    #[test]
    fn tables_in_cells_and_bars_in_words_keep_the_row_whole() {
        let inner = table(&[&["x", "y"], &["z", "w"]]);
        let row = vec![vec![inner], cell("a|b")];
        check(
            &[Block::Table(vec![row, vec![cell("1"), cell("2")]])],
            "| x y z w | a/b |\n| 1 | 2 |",
        );
    }
}
