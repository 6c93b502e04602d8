//! The body of a document: paragraphs, tables, and what wraps them.

use std::collections::HashMap;

use roxmltree::Document;
use roxmltree::Node;

use super::numbering::Numbering;
use super::style::Styles;
use super::xml::attribute;
use super::xml::child;
use super::xml::name;
use crate::extract::Finding;
use crate::extract::block::Block;
use crate::extract::block::Row;
use crate::extract::block::on_one_line;
use crate::extract::finding::Counted;
use crate::extract::limit;
use crate::extract::runs::Runs;
use crate::text::Legacy;

/// Walks the tree and keeps what must be known from one paragraph to the next.
pub(super) struct Reader<'s> {
    pub(super) styles: &'s Styles,
    pub(super) numbering: Numbering,
    /// The number of each note: 0 for footnotes, 1 for endnotes, and the id.
    pub(super) noted: HashMap<(usize, String), usize>,
    /// How many tables are open.
    pub(super) n_tables: usize,
    pub(super) n_deleted: usize,
    pub(super) n_hidden: usize,
    pub(super) n_pictures: usize,
    /// Text of paragraphs whose marks are deleted; it goes on in the next paragraph.
    pub(super) carried: Runs,
    /// Bytes of the text so far.
    n_bytes: usize,
    converted: HashMap<Legacy, usize>,
}

impl<'s> Reader<'s> {
    pub(super) fn new(styles: &'s Styles, numbering: Numbering) -> Self {
        Self {
            styles,
            numbering,
            noted: HashMap::new(),
            n_tables: 0,
            n_deleted: 0,
            n_hidden: 0,
            n_pictures: 0,
            carried: Runs::default(),
            n_bytes: 0,
            converted: HashMap::new(),
        }
    }

    /// The paragraphs and tables of the document element.
    pub(super) fn body(&mut self, document: Node<'_, '_>) -> Vec<Block> {
        child(document, "body").map_or_else(Vec::new, |body| self.blocks(body, 0))
    }

    /// The paragraphs and tables in `node`, `depth` wrappers below the body.
    pub(super) fn blocks(&mut self, node: Node<'_, '_>, depth: usize) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.collect(node, depth, &mut blocks);
        self.end_carried(&mut blocks);
        blocks
    }

    fn collect(&mut self, node: Node<'_, '_>, depth: usize, out: &mut Vec<Block>) {
        if depth > limit::NESTING {
            return;
        }
        for node in node.children().filter(Node::is_element) {
            if self.is_too_large() {
                return;
            }
            match name(node) {
                "p" => self.paragraph(node, depth, out),
                "tbl" => {
                    self.end_carried(out);
                    self.n_tables += 1;
                    let rows = self.rows(node, depth + 1);
                    self.n_tables -= 1;
                    out.push(Block::Table(rows));
                }
                "del" | "moveFrom" => self.n_deleted += 1,
                "sectPr" | "sdtPr" => {}
                "AlternateContent" => {
                    if let Some(chosen) = child(node, "Choice").or_else(|| child(node, "Fallback"))
                    {
                        self.collect(chosen, depth + 1, out);
                    }
                }
                _ => self.collect(node, depth + 1, out),
            }
        }
    }

    fn rows(&mut self, table: Node<'_, '_>, depth: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for node in parts(table, "tr", depth) {
            let properties = child(node, "trPr");
            if properties.is_some_and(|p| child(p, "del").is_some()) {
                self.n_deleted += 1;
                continue;
            }
            let cells = parts(node, "tc", depth);
            rows.push(
                cells
                    .into_iter()
                    .map(|cell| self.blocks(cell, depth))
                    .collect(),
            );
        }
        rows
    }

    /// The notes that the text refers to, one line each.
    pub(super) fn notes(&mut self, parts: [Option<&Document<'_>>; 2]) -> Vec<Block> {
        let mut lines = Vec::new();
        // A note may not refer to another one, but a broken file may do so for ever.
        let noted = std::mem::take(&mut self.noted);
        for (kind, part) in parts.into_iter().enumerate() {
            let nodes = part
                .into_iter()
                .flat_map(|part| part.root_element().children());
            for node in nodes {
                let id = attribute(node, "id").unwrap_or_default().to_owned();
                if let Some(number) = noted.get(&(kind, id)) {
                    let words = on_one_line(&self.blocks(node, 1));
                    lines.push((*number, Block::Line(format!("[{number}] {words}"))));
                }
            }
        }
        lines.sort_by_key(|(number, _)| *number);
        lines.into_iter().map(|(_, line)| line).collect()
    }

    /// The text of a paragraph; what of it was converted is noted.
    pub(super) fn text(&mut self, runs: &Runs) -> String {
        let text = runs.text(|encoding| {
            let encoding = match encoding {
                Legacy::Tcvn3Capitals => Legacy::Tcvn3,
                encoding => encoding,
            };
            *self.converted.entry(encoding).or_default() += 1;
        });
        self.n_bytes = self.n_bytes.saturating_add(text.len());
        text
    }

    /// Whether there is more text than any document has: labels and notes can make much of little.
    pub(super) fn is_too_large(&self) -> bool {
        self.n_bytes > limit::CANONICAL_BYTES
    }

    /// What the maintainer should know.
    pub(super) fn findings(&self) -> Vec<Finding> {
        Counted {
            n_deleted: self.n_deleted,
            n_hidden: self.n_hidden,
            n_pictures: self.n_pictures,
            converted: &self.converted,
        }
        .findings()
    }
}

/// The rows of a table or the cells of a row, also where something wraps them.
fn parts<'a, 'd>(node: Node<'a, 'd>, wanted: &str, depth: usize) -> Vec<Node<'a, 'd>> {
    let mut found = Vec::new();
    for child in node.children().filter(Node::is_element) {
        match name(child) {
            part if part == wanted => found.push(child),
            "sdt" | "sdtContent" | "ins" | "customXml" | "moveTo" if depth <= limit::NESTING => {
                found.extend(parts(child, wanted, depth + 1));
            }
            _ => {}
        }
    }
    found
}
