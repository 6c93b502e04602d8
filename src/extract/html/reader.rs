//! Elements to lines and tables.

use scraper::ElementRef;
use scraper::Node;

use super::label;
use super::page::is_around;
use super::page::is_unseen;
use crate::extract::block::Block;
use crate::extract::block::Cell;
use crate::extract::block::Row;
use crate::extract::limit;
use crate::extract::number::NumberFormat;
use crate::text::Legacy;

/// Elements that begin and end a line.
const LINES: [&str; 24] = [
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
    "caption",
    "form",
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
/// How deep elements may nest: of deeper ones only the words and where their lines end are read.
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
    /// Whether line ends in the page are line ends of its text.
    is_pre: bool,
    /// How many stretches are marked as deleted.
    pub(super) n_deleted: usize,
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
            } else if let Some(element) = ElementRef::wrap(child) {
                self.child(element, depth);
            }
        }
    }

    /// Reads an element in one at `depth`, unless it only surrounds the text.
    fn child(&mut self, element: ElementRef<'_>, depth: usize) {
        if is_around(element) {
            return;
        }
        if depth < DEPTH_MAX {
            self.element(element, depth + 1);
        } else {
            self.flat(element);
        }
    }

    /// Reads `element` without going down into it: the words, and where their lines end.
    fn flat(&mut self, element: ElementRef<'_>) {
        // What is still to be read, the next one last; nothing where a line ends.
        let mut rest = vec![Some(*element)];
        while let Some(next) = rest.pop() {
            let Some(node) = next else {
                self.end_line();
                continue;
            };
            if let Node::Text(text) = node.value() {
                self.words(text);
            }
            // To ask of each what all below it says would take the square of their number.
            let Some(element) = ElementRef::wrap(node).filter(|element| !is_unseen(*element))
            else {
                continue;
            };
            match element.value().name() {
                "br" => self.line.push('\n'),
                "del" => self.n_deleted += 1,
                name => {
                    if ends_lines(name) {
                        self.end_line();
                        rest.push(None);
                    }
                    rest.extend(node.children().rev().map(Some));
                }
            }
        }
    }

    fn element(&mut self, element: ElementRef<'_>, depth: usize) {
        match element.value().name() {
            "br" => self.line.push('\n'),
            // As in files of Word, changes are read as if all of them were accepted.
            "del" => self.n_deleted += 1,
            "table" => {
                self.end_line();
                self.captions(element, depth);
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
            "pre" => {
                self.end_line();
                let before = std::mem::replace(&mut self.is_pre, true);
                self.children(element, depth);
                self.is_pre = before;
                self.end_line();
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
    fn list(&mut self, list: ElementRef<'_>, depth: usize) {
        self.end_line();
        let format = label::stated(list).unwrap_or(NumberFormat::Decimal);
        let mut number = label::number(list, "start").unwrap_or(1);
        for item in list.child_elements().filter(|item| !is_around(*item)) {
            self.end_line();
            if item.value().name() == "li" {
                number = label::number(item, "value").unwrap_or(number);
                let format = label::stated(item).unwrap_or(format);
                // The line holds the number of an item around this one, if anything.
                self.line.push_str(&label::written(format, number));
                self.label = self.line.len();
                number = number.saturating_add(1);
                self.children(item, depth + 1);
            } else {
                self.child(item, depth);
            }
            self.label = 0;
            self.end_line();
        }
    }

    /// What a table is called.
    fn captions(&mut self, table: ElementRef<'_>, depth: usize) {
        for caption in table.child_elements() {
            if caption.value().name() == "caption" {
                self.child(caption, depth);
            }
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
            is_pre: self.is_pre,
            n_spanned: self.n_spanned,
            ..Self::default()
        };
        if depth < limit::NESTING {
            inner.children(cell, depth + 1);
        } else {
            inner.flat(cell);
        }
        inner.end_line();
        self.n_spanned = inner.n_spanned;
        self.n_deleted += inner.n_deleted;
        inner.blocks
    }

    /// Adds words; runs of white space are one space, as a browser shows them, but for the line ends
    /// that a page sets off as they are.
    fn words(&mut self, text: &str) {
        let decoded = self.encoding.and_then(|encoding| encoding.decode_run(text));
        let text = decoded.as_deref().unwrap_or(text);
        for c in text.chars() {
            let is_space = matches!(c, ' ' | '\n' | '\r' | '\t');
            if !is_space || c == '\n' && self.is_pre {
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

/// Whether a line ends before and behind an element.
fn ends_lines(name: &str) -> bool {
    LINES.contains(&name)
        || matches!(name, "table" | "tr" | "td" | "th")
        || matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6")
}
