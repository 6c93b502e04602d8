//! Elements to lines and tables.

use scraper::ElementRef;
use scraper::Node;

use super::page::is_around;
use crate::extract::block::Block;
use crate::extract::block::Cell;
use crate::extract::block::Row;
use crate::extract::limit;
use crate::extract::number::NumberFormat;
use crate::text::Legacy;

/// Elements that begin and end a line.
const LINES: [&str; 22] = [
    "p",
    "div",
    "section",
    "article",
    "main",
    "header",
    "blockquote",
    "pre",
    "dl",
    "dt",
    "dd",
    "figure",
    "figcaption",
    "address",
    "center",
    "fieldset",
    "body",
    "html",
    "hr",
    "ul",
    "ol",
    "li",
];
/// How many rows or columns a cell takes at most.
const SPAN_MAX: usize = 50;
/// How deep elements may nest: deeper ones are read as if they stood at this depth.
const DEPTH_MAX: usize = 200;

/// Puts lines and tables together while it walks the tree.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) blocks: Vec<Block>,
    line: String,
    heading: Option<u8>,
    encoding: Option<Legacy>,
    /// Length of the number that a line of a list begins with, while there is nothing behind it.
    label: usize,
    /// How many empty cells were added where a cell reaches over rows and columns; a little more
    /// than [`limit::SPANNED_CELLS`] at most.
    pub(super) n_spanned: usize,
}

impl Reader {
    /// Reads everything in `element`.
    pub(super) fn children(&mut self, element: ElementRef<'_>, depth: usize) {
        for child in element.children() {
            if let Node::Text(text) = child.value() {
                self.words(text);
            } else if let Some(element) = ElementRef::wrap(child)
                && !is_around(element)
                && depth < DEPTH_MAX
            {
                self.element(element, depth + 1);
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        match element.value().name() {
            "br" => self.line.push('\n'),
            "table" => {
                self.end_line();
                let rows = self.rows(element, depth);
                self.blocks.push(Block::Table(rows));
            }
            "ol" => self.list(element, depth),
            name @ ("h1" | "h2" | "h3" | "h4" | "h5" | "h6") => {
                self.end_line();
                self.heading = name.get(1..).and_then(|level| level.parse().ok());
                self.children(element, depth);
                self.end_line();
            }
            "font" => {
                let before = self.encoding;
                self.encoding = element.value().attr("face").and_then(Legacy::of_font);
                self.children(element, depth);
                self.encoding = before;
            }
            name if LINES.contains(&name) => {
                self.end_line();
                self.children(element, depth);
                self.end_line();
            }
            _ => self.children(element, depth),
        }
    }

    /// A numbered list: the numbers are in no text and must be written out.
    fn list(&mut self, element: ElementRef<'_>, depth: usize) {
        self.end_line();
        let format = match element.value().attr("type") {
            Some("a") => NumberFormat::LowerLetter,
            Some("A") => NumberFormat::UpperLetter,
            Some("i") => NumberFormat::LowerRoman,
            Some("I") => NumberFormat::UpperRoman,
            _ => NumberFormat::Decimal,
        };
        let start = element
            .value()
            .attr("start")
            .and_then(|start| start.parse().ok());
        let end = if format == NumberFormat::LowerLetter {
            ')'
        } else {
            '.'
        };
        let mut number: u32 = start.unwrap_or(1);
        for item in element.child_elements().filter(|item| !is_around(*item)) {
            self.end_line();
            if item.value().name() == "li" {
                self.line = format!("{}{end} ", format.write(number));
                self.label = self.line.len();
                number = number.saturating_add(1);
            }
            self.children(item, depth + 1);
            self.label = 0;
            self.end_line();
        }
    }

    fn rows(&mut self, table: ElementRef<'_>, depth: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        // Cells that reach down from a row above: how many rows further, by column.
        let mut reaching: Vec<usize> = Vec::new();
        for child in table.child_elements() {
            match child.value().name() {
                "tr" => rows.push(self.row(child, depth, &mut reaching)),
                "thead" | "tbody" | "tfoot" => {
                    for row in child
                        .child_elements()
                        .filter(|row| row.value().name() == "tr")
                    {
                        rows.push(self.row(row, depth, &mut reaching));
                    }
                }
                _ => {}
            }
        }
        rows
    }

    /// The cells of a row, empty ones where a cell from above reaches down, so that columns stay.
    fn row(&mut self, row: ElementRef<'_>, depth: usize, reaching: &mut Vec<usize>) -> Row {
        let mut cells = Row::new();
        let own = row
            .child_elements()
            .filter(|cell| matches!(cell.value().name(), "td" | "th"));
        for cell in own {
            self.fill(&mut cells, reaching);
            let n_rows = self.span(cell, "rowspan");
            let n_columns = self.span(cell, "colspan");
            let column = cells.len();
            if reaching.len() < column + n_columns {
                reaching.resize(column + n_columns, 0);
            }
            for slot in reaching.iter_mut().skip(column).take(n_columns) {
                *slot = n_rows - 1;
            }
            cells.push(self.cell(cell, depth));
            cells.extend(std::iter::repeat_n(Vec::new(), n_columns - 1));
            self.n_spanned += n_columns - 1;
        }
        self.fill(&mut cells, reaching);
        cells
    }

    /// How many rows or columns a cell takes.
    fn span(&self, cell: ElementRef<'_>, name: &str) -> usize {
        if self.n_spanned > limit::SPANNED_CELLS {
            return 1;
        }
        let stated = cell.value().attr(name).and_then(|n| n.trim().parse().ok());
        stated.unwrap_or(1).clamp(1, SPAN_MAX)
    }

    /// Puts empty cells where cells from above reach into the row, up to the next free column.
    fn fill(&mut self, cells: &mut Row, reaching: &mut [usize]) {
        while let Some(n_rows) = reaching.get_mut(cells.len()).filter(|n_rows| **n_rows > 0)
            && self.n_spanned <= limit::SPANNED_CELLS
        {
            *n_rows -= 1;
            self.n_spanned += 1;
            cells.push(Vec::new());
        }
    }

    fn cell(&mut self, cell: ElementRef<'_>, depth: usize) -> Cell {
        let mut inner = Self {
            encoding: self.encoding,
            n_spanned: self.n_spanned,
            ..Self::default()
        };
        if depth < limit::NESTING {
            inner.children(cell, depth + 1);
        } else {
            inner.words(&cell.text().collect::<String>());
        }
        inner.end_line();
        self.n_spanned = inner.n_spanned;
        inner.blocks
    }

    /// Adds words; runs of white space are one space, as a browser shows them.
    fn words(&mut self, text: &str) {
        let decoded = self.encoding.and_then(|encoding| encoding.decode_run(text));
        let text = decoded.as_deref().unwrap_or(text);
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_space {
                self.line.push(c);
            } else if !self.line.is_empty() && !self.line.ends_with([' ', '\n']) {
                self.line.push(' ');
            }
        }
    }

    /// Closes the line that is open.
    pub(super) fn end_line(&mut self) {
        if self.label > 0 && self.line.len() == self.label {
            return;
        }
        self.label = 0;
        let line = std::mem::take(&mut self.line);
        let heading = self.heading.take();
        if !line.trim().is_empty() {
            self.blocks.push(match heading {
                Some(level) => Block::Heading(level, line),
                None => Block::Line(line),
            });
        }
    }
}
