//! The text with its paragraphs, tables, numbers and notes.

use std::collections::HashMap;

use super::bytes::size_at;
use super::fib::Fib;
use super::fib::Table;
use super::list;
use super::piece;
use super::piece::Char;
use super::property;
use super::property::CharProperties;
use super::property::ParagraphProperties;
use super::property::Stretches;
use super::style;
use super::style::Styles;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::TEXT_TOO_LARGE;
use crate::extract::block::Block;
use crate::extract::block::Cell;
use crate::extract::block::Row;
use crate::extract::block::on_one_line;
use crate::extract::finding::Counted;
use crate::extract::limit;
use crate::extract::list::Lists;
use crate::extract::number::symbol;
use crate::extract::runs::Runs;
use crate::text::Legacy;

/// Everything that does not change while the text is read.
struct Context {
    chars: Vec<Char>,
    of_chars: Stretches<CharProperties>,
    of_paragraphs: Stretches<ParagraphProperties>,
    styles: Styles,
    fonts: Vec<Option<Legacy>>,
    /// Positions of the marks of notes, with the number of the note.
    marks: HashMap<usize, usize>,
}

/// A table while it is read.
#[derive(Default)]
struct OpenTable {
    rows: Vec<Row>,
    row: Row,
    cell: Cell,
}

/// What is known from one paragraph to the next.
struct Reader<'c> {
    context: &'c Context,
    lists: Lists,
    blocks: Vec<Block>,
    tables: Vec<OpenTable>,
    /// For each field that is open, whether its instruction is being read.
    fields: Vec<bool>,
    n_deleted: usize,
    n_hidden: usize,
    n_pictures: usize,
    converted: HashMap<Legacy, usize>,
    /// Text of paragraphs whose marks are deleted; it goes on in the next paragraph.
    carried: Runs,
    /// Bytes of the text so far.
    n_bytes: usize,
    /// Whether the character before was left out for the same reason.
    leaves_out: Option<bool>,
}

/// Reads body, notes and text boxes, in this order.
pub(super) fn read(
    fib: &Fib<'_>,
    document: &[u8],
    table: &[u8],
) -> Result<(Vec<Block>, Vec<Finding>), ExtractError> {
    let part = |which| fib.table(table, which, false);
    let fonts = style::fonts(part(Table::Fonts));
    let lists = list::read(
        fib.table(table, Table::Lists, true),
        fib.table(table, Table::ListUses, true),
        &fonts,
    );
    let [body, notes, headers, macros, comments, endnotes, boxes] = fib.lengths;
    let notes_at = body;
    let endnotes_at = [headers, macros, comments]
        .iter()
        .fold(body.saturating_add(notes), |sum, part| {
            sum.saturating_add(*part)
        });
    let kinds = [
        (Table::NoteMarks, Table::NoteTexts, notes_at, 2),
        (Table::EndnoteMarks, Table::EndnoteTexts, endnotes_at, 2),
    ];
    let mut marks = HashMap::new();
    let mut texts = Vec::new();
    for (mark, text, start, extra) in kinds {
        let positions = positions(part(mark), extra);
        let ends = positions_of_texts(part(text), start);
        for (position, range) in positions.into_iter().zip(ends) {
            texts.push(range);
            marks.insert(position, texts.len());
        }
    }
    let context = Context {
        chars: piece::chars(part(Table::Pieces), document)?,
        of_chars: property::of_chars(part(Table::Runs), document),
        of_paragraphs: property::of_paragraphs(part(Table::Paragraphs), document),
        styles: Styles::read(part(Table::Styles)),
        fonts,
        marks,
    };
    let mut reader = Reader::new(&context, lists);
    let mut blocks = reader.part(0, body);
    let boxes_at = endnotes_at.saturating_add(endnotes);
    blocks.extend(reader.part(boxes_at, boxes_at.saturating_add(boxes)));
    for (number, (start, end)) in (1..).zip(texts) {
        let words = on_one_line(&reader.part(start, end));
        blocks.push(Block::Line(format!("[{number}] {words}")));
    }
    if reader.is_too_large() {
        return Err(TEXT_TOO_LARGE);
    }
    Ok((blocks, reader.findings()))
}

/// The positions in a table of positions with `extra` bytes for each but the last.
fn positions(table: &[u8], extra: usize) -> Vec<usize> {
    let n = table.len().saturating_sub(4) / (4 + extra);
    (0..n).filter_map(|at| size_at(table, 4 * at)).collect()
}

/// Where the text of each note starts and ends.
fn positions_of_texts(table: &[u8], start: usize) -> Vec<(usize, usize)> {
    let ends: Vec<usize> = (0..table.len() / 4)
        .filter_map(|at| size_at(table, 4 * at)?.checked_add(start))
        .collect();
    // In order, so that a broken table cannot give the same text over and over.
    let mut last = 0;
    let mut ranges: Vec<(usize, usize)> = Vec::new();
    for (start, end) in ends.iter().copied().zip(ends.iter().copied().skip(1)) {
        if start < last || end < start {
            break;
        }
        last = end;
        ranges.push((start, end));
    }
    ranges
}

impl<'c> Reader<'c> {
    fn new(context: &'c Context, lists: Lists) -> Self {
        Self {
            context,
            lists,
            blocks: Vec::new(),
            tables: Vec::new(),
            fields: Vec::new(),
            n_deleted: 0,
            n_hidden: 0,
            n_pictures: 0,
            converted: HashMap::new(),
            carried: Runs::default(),
            n_bytes: 0,
            leaves_out: None,
        }
    }

    /// Reads the characters from `start` to `end`.
    fn part(&mut self, start: usize, end: usize) -> Vec<Block> {
        let context = self.context;
        let end = end.min(context.chars.len());
        let chars = context.chars.get(start..end).unwrap_or_default();
        let is_end = |c: &Char| match c.unit {
            0x07 | 0x0d => true,
            // The break of a section ends a paragraph, that of a page stands in one.
            0x0c => {
                let end = c.offset + usize::from(c.width);
                context.of_paragraphs.ends_at(c.offset, end)
            }
            _ => false,
        };
        let mut position = start;
        for paragraph in chars.split_inclusive(is_end) {
            if self.is_too_large() {
                break;
            }
            self.paragraph(paragraph, position);
            position += paragraph.len();
        }
        self.set_depth(0);
        self.end_carried();
        self.fields.clear();
        std::mem::take(&mut self.blocks)
    }

    fn paragraph(&mut self, chars: &[Char], position: usize) {
        let Some(mark) = chars.last() else { return };
        let properties = self.context.of_paragraphs.at(mark.offset);
        let own = self.runs(chars, position, &properties);
        let depth = match properties.depth {
            0 => usize::from(properties.in_table),
            depth => depth as usize,
        };
        let depth = depth.min(limit::TABLES);
        self.set_depth(depth);
        if properties.ends_row || properties.ends_inner_row {
            if let Some(table) = self.tables.last_mut() {
                table.rows.push(std::mem::take(&mut table.row));
            }
            return;
        }
        if self.context.styles.is_contents(properties.style) && depth == 0 {
            return;
        }
        let mut runs = std::mem::take(&mut self.carried);
        runs.append(own);
        if self.is_deleted(mark, &properties) {
            self.carried = runs;
            return;
        }
        // In a column of running numbers they are all there is.
        let is_broken_off = mark.unit == 0x0c && runs.is_blank();
        if !is_broken_off
            && let Some((label, encoding)) = self.label(&properties)
            && (depth > 0 || !runs.is_blank())
            && !label.is_empty()
        {
            runs.label(encoding, &label);
        }
        let text = self.text(&runs);
        let outline = properties
            .outline
            .or_else(|| self.context.styles.outline(properties.style));
        let block = match outline.filter(|level| *level < 6 && !text.trim().is_empty()) {
            Some(level) => Block::Heading(level + 1, text),
            None => Block::Line(text),
        };
        self.push(block);
        if mark.unit == 0x07 || properties.ends_inner_cell {
            self.end_cell();
        }
    }

    /// Adds a block to the innermost table, or to what stands in none.
    fn push(&mut self, block: Block) {
        let cell = self.tables.last_mut().map(|table| &mut table.cell);
        cell.unwrap_or(&mut self.blocks).push(block);
    }

    fn end_cell(&mut self) {
        if let Some(table) = self.tables.last_mut() {
            table.row.push(std::mem::take(&mut table.cell));
        }
    }

    /// Whether the mark of a paragraph is deleted: with all changes accepted the next one goes on
    /// where this one ends, and they have one number.
    fn is_deleted(&self, mark: &Char, of: &ParagraphProperties) -> bool {
        let own = self.context.of_chars.at(mark.offset);
        mark.unit == 0x0d && !of.ends_inner_cell && own.deleted == Some(true)
    }

    /// Ends the paragraphs whose marks are deleted where no other follows that they could go on in.
    fn end_carried(&mut self) {
        let runs = std::mem::take(&mut self.carried);
        if !runs.is_blank() {
            let text = self.text(&runs);
            self.push(Block::Line(text));
        }
    }

    /// The text of a paragraph; what of it was converted is noted.
    fn text(&mut self, runs: &Runs) -> String {
        let text = runs.text(|encoding| *self.converted.entry(encoding).or_default() += 1);
        self.n_bytes = self.n_bytes.saturating_add(text.len());
        text
    }

    /// Whether there is more text than any document has: labels can make much of little.
    fn is_too_large(&self) -> bool {
        self.n_bytes > limit::CANONICAL_BYTES
    }

    /// Opens or closes tables until `depth` of them are open.
    fn set_depth(&mut self, depth: usize) {
        if self.tables.len() != depth {
            self.end_carried();
        }
        self.close_tables(depth);
        while self.tables.len() < depth {
            self.tables.push(OpenTable::default());
        }
    }

    /// Closes the tables that lie deeper than `depth`.
    fn close_tables(&mut self, depth: usize) {
        while self.tables.len() > depth {
            let Some(mut table) = self.tables.pop() else {
                return;
            };
            if !table.cell.is_empty() {
                table.row.push(table.cell);
            }
            if !table.row.is_empty() {
                table.rows.push(table.row);
            }
            let above = self.tables.last_mut().map(|table| &mut table.cell);
            above
                .unwrap_or(&mut self.blocks)
                .push(Block::Table(table.rows));
        }
    }

    /// The automatic number of a paragraph.
    fn label(&mut self, properties: &ParagraphProperties) -> Option<(String, Option<Legacy>)> {
        let (style_list, style_level) = self.context.styles.list(properties.style);
        let list = properties.list.or(style_list)?;
        let level = properties.level.or(style_level).unwrap_or(0);
        self.lists.next(&list.to_string(), usize::from(level))
    }

    /// The text of a paragraph without its mark.
    fn runs(&mut self, chars: &[Char], position: usize, of: &ParagraphProperties) -> Runs {
        let mut runs = Runs::default();
        let mut units: Vec<u16> = Vec::new();
        let mut last: Option<Option<Legacy>> = None;
        for (at, c) in chars.iter().enumerate() {
            let own = self.context.of_chars.at(c.offset);
            let properties = own.or(self.context.styles.chars(own.style, of.style));
            let is_mark = at + 1 == chars.len() && matches!(c.unit, 0x07 | 0x0c | 0x0d);
            if is_mark || !self.shows(c.unit, &properties) {
                continue;
            }
            let encoding = properties
                .font
                .and_then(|font| *self.context.fonts.get(usize::from(font))?);
            if last.is_some_and(|last| last != encoding) {
                flush(&mut units, last.flatten(), &mut runs);
            }
            last = Some(encoding);
            match self.sign(c.unit, position + at, &properties) {
                Some(text) => {
                    flush(&mut units, encoding, &mut runs);
                    runs.push(encoding.filter(|_| text.trim().is_empty()), &text);
                }
                // An optional hyphen is the `ư` of TCVN3.
                None if c.unit == 0x1f => units.push(0xad),
                None => units.push(c.unit),
            }
        }
        flush(&mut units, last.flatten(), &mut runs);
        runs
    }

    /// Whether a character is seen: not deleted, not hidden, not in the instruction of a field.
    fn shows(&mut self, unit: u16, properties: &CharProperties) -> bool {
        let is_special = properties.special == Some(true);
        match unit {
            0x13 if is_special => self.fields.push(true),
            0x14 if is_special => {
                if let Some(field) = self.fields.last_mut() {
                    *field = false;
                }
            }
            0x15 if is_special => {
                self.fields.pop();
            }
            _ => {}
        }
        let in_instruction = self.fields.iter().any(|reads| *reads);
        let left_out = if properties.deleted == Some(true) {
            Some(true)
        } else {
            (properties.hidden == Some(true) && !in_instruction).then_some(false)
        };
        if left_out != self.leaves_out {
            match left_out {
                Some(true) => self.n_deleted += 1,
                Some(false) => self.n_hidden += 1,
                None => {}
            }
            self.leaves_out = left_out;
        }
        left_out.is_none() && !in_instruction && !matches!(unit, 0x13..=0x15)
    }

    /// What a character that is no letter stands for; `None` for a letter.
    fn sign(&mut self, unit: u16, position: usize, properties: &CharProperties) -> Option<String> {
        let is_special = properties.special == Some(true);
        let text = match unit {
            0x09 => "\t".to_owned(),
            0x0b | 0x0c | 0x0e => "\n".to_owned(),
            0x1e => "-".to_owned(),
            0x02 if is_special => {
                let number = self.context.marks.get(&position);
                number
                    .map(|number| format!("[{number}]"))
                    .unwrap_or_default()
            }
            0x01 | 0x08 if is_special => {
                self.n_pictures += 1;
                String::new()
            }
            0x28 if properties.symbol.is_some() => {
                let code = properties.symbol.unwrap_or_default();
                let code = u32::from(if code < 0x100 { code + 0xf000 } else { code });
                char::from_u32(code).map(|c| symbol(c).to_string())?
            }
            0x00..0x1f => String::new(),
            _ => return None,
        };
        Some(text)
    }

    fn findings(&self) -> Vec<Finding> {
        Counted {
            n_deleted: self.n_deleted,
            n_hidden: self.n_hidden,
            n_pictures: self.n_pictures,
            converted: &self.converted,
        }
        .findings()
    }
}

/// Adds the letters read so far to the runs.
fn flush(units: &mut Vec<u16>, encoding: Option<Legacy>, runs: &mut Runs) {
    if units.is_empty() {
        return;
    }
    let chars = char::decode_utf16(units.drain(..));
    let text: String = chars
        .map(|c| c.map_or(char::REPLACEMENT_CHARACTER, symbol))
        .collect();
    runs.push(encoding, &text);
}
