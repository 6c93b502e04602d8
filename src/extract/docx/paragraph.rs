//! One paragraph: its runs, its number, the text boxes that hang on it.

use roxmltree::Node;

use super::body::Reader;
use super::style;
use super::xml::attribute;
use super::xml::child;
use super::xml::name;
use super::xml::switch;
use super::xml::value;
use crate::extract::block::Block;
use crate::extract::limit;
use crate::extract::number::symbol;
use crate::extract::runs::Runs;
use crate::text::Legacy;

/// A paragraph while it is read.
pub(super) struct Paragraph<'p> {
    runs: Runs,
    /// What stands in text boxes: they follow the paragraph.
    boxes: Vec<Block>,
    style: Option<&'p str>,
}

/// A run while it is read.
#[derive(Clone, Copy)]
struct Run {
    encoding: Option<Legacy>,
    is_hidden: bool,
}

impl Reader<'_> {
    /// Reads the paragraph `node` into `out`.
    pub(super) fn paragraph(&mut self, node: Node<'_, '_>, depth: usize, out: &mut Vec<Block>) {
        let properties = child(node, "pPr");
        let style = properties.and_then(|p| value(p, "pStyle"));
        if self.styles.is_contents(style) {
            return;
        }
        let mut paragraph = Paragraph {
            runs: std::mem::take(&mut self.carried),
            boxes: Vec::new(),
            style,
        };
        self.inline(node, depth, &mut paragraph);
        if properties.is_some_and(is_mark_deleted) {
            self.carried = paragraph.runs;
            out.append(&mut paragraph.boxes);
            return;
        }
        // An empty paragraph of a list is counted, but a number alone is nothing to read, unless it
        // stands in a column of running numbers.
        if let Some((label, encoding)) = self.label(properties, style)
            && (self.n_tables > 0 || !paragraph.runs.is_blank())
            && !label.is_empty()
        {
            paragraph.runs.label(encoding, &label);
        }
        let text = self.text(&paragraph.runs);
        let level = properties
            .and_then(style::outline)
            .or_else(|| self.styles.outline(style))
            .filter(|_| !text.trim().is_empty());
        out.push(match level {
            Some(level) => Block::Heading(level, text),
            None => Block::Line(text),
        });
        out.append(&mut paragraph.boxes);
    }

    /// Ends the paragraphs whose marks are deleted where no other follows that they could go on in.
    pub(super) fn end_carried(&mut self, out: &mut Vec<Block>) {
        let runs = std::mem::take(&mut self.carried);
        if !runs.is_blank() {
            out.push(Block::Line(self.text(&runs)));
        }
    }

    /// The automatic number of a paragraph.
    fn label(
        &mut self,
        properties: Option<Node<'_, '_>>,
        style: Option<&str>,
    ) -> Option<(String, Option<Legacy>)> {
        let own = properties.and_then(|p| child(p, "numPr"));
        let own_list = own.and_then(|o| value(o, "numId"));
        let own_level = own
            .and_then(|o| value(o, "ilvl"))
            .and_then(|level| level.parse::<usize>().ok());
        let of_style = self.styles.list(style);
        let list = own_list.or(of_style.map(|(list, _)| list))?;
        let by_style = || {
            let (list, _) = of_style.filter(|_| own_list.is_none())?;
            let mut styles = self.styles.in_list(style);
            styles.find_map(|style| self.numbering.level_of_style(list, style))
        };
        let level = own_level
            .or_else(by_style)
            .or_else(|| of_style.and_then(|(_, level)| level))
            .unwrap_or(0);
        self.numbering.next(list, level)
    }

    /// Reads what stands in a paragraph, or in a part of one.
    fn inline(&mut self, node: Node<'_, '_>, depth: usize, paragraph: &mut Paragraph<'_>) {
        if depth > limit::NESTING {
            return;
        }
        for child in node.children() {
            match name(child) {
                "r" => self.run(child, depth, paragraph),
                "del" | "moveFrom" => self.n_deleted += 1,
                "pPr" | "sdtPr" | "rPr" => {}
                "oMath" | "oMathPara" => {
                    for text in child.descendants().filter(|n| name(*n) == "t") {
                        paragraph.runs.push(None, text.text().unwrap_or_default());
                    }
                }
                _ if child.is_element() => self.inline(child, depth + 1, paragraph),
                _ => {}
            }
        }
    }

    fn run(&mut self, node: Node<'_, '_>, depth: usize, paragraph: &mut Paragraph<'_>) {
        let properties = child(node, "rPr");
        let style = properties.and_then(|p| value(p, "rStyle"));
        let own_font = properties.and_then(style::font);
        let font = own_font
            .as_deref()
            .or_else(|| self.styles.font(style, paragraph.style));
        let run = Run {
            encoding: font.and_then(Legacy::of_font),
            is_hidden: properties
                .and_then(|p| switch(p, "vanish"))
                .unwrap_or_else(|| self.styles.hides(style, paragraph.style)),
        };
        if run.is_hidden {
            let has_text = node.children().any(|n| name(n) == "t");
            self.n_hidden += usize::from(has_text);
            return;
        }
        self.content(node, run, depth, paragraph);
    }

    fn content(
        &mut self,
        node: Node<'_, '_>,
        run: Run,
        depth: usize,
        paragraph: &mut Paragraph<'_>,
    ) {
        if depth > limit::NESTING {
            return;
        }
        for child in node.children() {
            match name(child) {
                "t" => paragraph
                    .runs
                    .push(run.encoding, child.text().unwrap_or_default()),
                "tab" | "ptab" => paragraph.runs.push(run.encoding, "\t"),
                "br" | "cr" => paragraph.runs.push(run.encoding, "\n"),
                "noBreakHyphen" => paragraph.runs.push(run.encoding, "-"),
                // Nothing to see, but it is the `ư` of TCVN3.
                "softHyphen" => paragraph.runs.push(run.encoding, "\u{ad}"),
                "sym" => {
                    let code =
                        attribute(child, "char").and_then(|c| u32::from_str_radix(c, 16).ok());
                    // Numbers below the private area mean the same sign of the font.
                    let code = code.map(|c| if c < 0x100 { c + 0xf000 } else { c });
                    let sign = code.and_then(char::from_u32).map(symbol);
                    paragraph
                        .runs
                        .push(None, &sign.map(String::from).unwrap_or_default());
                }
                "footnoteReference" => self.note(0, child, &mut paragraph.runs),
                "endnoteReference" => self.note(1, child, &mut paragraph.runs),
                "AlternateContent" => self.content_of_one(child, run, depth, paragraph),
                "drawing" | "pict" | "object" => self.drawn(child, depth, paragraph),
                "ruby" => self.content(child, run, depth + 1, paragraph),
                _ => {}
            }
        }
    }

    /// The same content in two forms for old and new programs: one of them is read.
    fn content_of_one(
        &mut self,
        node: Node<'_, '_>,
        run: Run,
        depth: usize,
        paragraph: &mut Paragraph<'_>,
    ) {
        let chosen = child(node, "Choice").or_else(|| child(node, "Fallback"));
        if let Some(chosen) = chosen {
            self.content(chosen, run, depth + 1, paragraph);
        }
    }

    /// A drawing: the text boxes in it.
    fn drawn(&mut self, node: Node<'_, '_>, depth: usize, paragraph: &mut Paragraph<'_>) {
        let n_boxes = self.boxes(node, depth + 1, &mut paragraph.boxes);
        if n_boxes == 0 {
            self.n_pictures += 1;
        }
    }

    /// Reads the outermost text boxes below `node`, and counts them.
    fn boxes(&mut self, node: Node<'_, '_>, depth: usize, out: &mut Vec<Block>) -> usize {
        if depth > limit::NESTING {
            return 0;
        }
        let mut n_boxes = 0;
        for child in node.children().filter(Node::is_element) {
            match name(child) {
                "txbxContent" => {
                    out.extend(self.blocks(child, depth + 1));
                    n_boxes += 1;
                }
                "AlternateContent" => {
                    let chosen = super::xml::child(child, "Choice")
                        .or_else(|| super::xml::child(child, "Fallback"));
                    n_boxes += chosen.map_or(0, |chosen| self.boxes(chosen, depth + 1, out));
                }
                _ => n_boxes += self.boxes(child, depth + 1, out),
            }
        }
        n_boxes
    }

    /// The mark of a note in the text.
    fn note(&mut self, kind: usize, node: Node<'_, '_>, runs: &mut Runs) {
        let Some(id) = attribute(node, "id") else {
            return;
        };
        let note = (kind, id.to_owned());
        let next = self.noted.len() + 1;
        let number = *self.noted.entry(note).or_insert(next);
        runs.push(None, &format!("[{number}]"));
    }
}

/// Whether the mark at the end of a paragraph is deleted: with all changes accepted the next one
/// goes on where this one ends, and they have one number.
fn is_mark_deleted(properties: Node<'_, '_>) -> bool {
    child(properties, "rPr").is_some_and(|mark| {
        mark.children()
            .any(|change| matches!(name(change), "del" | "moveFrom"))
    })
}
