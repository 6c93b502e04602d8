//! Properties of characters and paragraphs: lists of changes to the default, kept in pages of 512
//! bytes that stretches of the stream point to (MS-DOC 2.9, 2.6).

use super::bytes::i32_at;
use super::bytes::size_at;
use super::bytes::slice;
use super::bytes::u16_at;
use crate::extract::limit;

/// Length of a page.
const PAGE: usize = 512;

/// What is kept of the properties of a character; `None` is what the style says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct CharProperties {
    pub(super) deleted: Option<bool>,
    pub(super) hidden: Option<bool>,
    pub(super) special: Option<bool>,
    /// Number of the font of Western letters.
    pub(super) font: Option<u16>,
    /// A sign of a symbol font that stands for the character.
    pub(super) symbol: Option<u16>,
    /// Number of the character style.
    pub(super) style: Option<u16>,
}

/// What is kept of the properties of a paragraph.
#[expect(clippy::struct_excessive_bools, reason = "the format has them")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct ParagraphProperties {
    /// Number of the style.
    pub(super) style: u16,
    pub(super) in_table: bool,
    pub(super) ends_row: bool,
    pub(super) ends_inner_cell: bool,
    pub(super) ends_inner_row: bool,
    /// How many tables it stands in; 0 where that is not said.
    pub(super) depth: u32,
    /// Level in its list, from 0.
    pub(super) level: Option<u8>,
    /// Number of the use of a list, from 1; 0 for none.
    pub(super) list: Option<u16>,
    /// Level of the heading, from 0; 9 for none.
    pub(super) outline: Option<u8>,
}

/// One change: its code and what it carries.
struct Change<'b> {
    code: u16,
    operand: &'b [u8],
}

/// The changes in a list of them.
fn changes(bytes: &[u8]) -> impl Iterator<Item = Change<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let code = u16_at(bytes, at)?;
        let (skip, len) = match code >> 13 {
            0 | 1 => (0, 1),
            2 | 4 | 5 => (0, 2),
            3 => (0, 4),
            7 => (0, 3),
            // The definition of a table row gives its length in two bytes, one too many.
            _ if code == 0xd608 => (2, usize::from(u16_at(bytes, at + 2)?).checked_sub(1)?),
            _ => (1, usize::from(*bytes.get(at + 2)?)),
        };
        let operand = slice(bytes, at + 2 + skip, len)?;
        at += 2 + skip + len;
        Some(Change { code, operand })
    })
}

impl CharProperties {
    /// These with the changes in `bytes` made.
    pub(super) fn changed_by(mut self, bytes: &[u8]) -> Self {
        for Change { code, operand } in changes(bytes) {
            let first = operand.first().copied().unwrap_or_default();
            // 0x80 and 0x81 mean the same as, and the opposite of, what the style says; hidden
            // text is the exception and not the rule in styles.
            let on = Some(matches!(first, 1 | 0x81));
            match code {
                0x0800 => self.deleted = on,
                0x083c => self.hidden = on.filter(|_| first != 0x80),
                0x0855 => self.special = on,
                0x4a51 => self.font = u16_at(operand, 0),
                0x4a4f => self.font = self.font.or(u16_at(operand, 0)),
                0x6a09 => self.symbol = u16_at(operand, 2),
                0x4a30 => self.style = u16_at(operand, 0),
                _ => {}
            }
        }
        self
    }

    /// These, and where they say nothing those of the style.
    pub(super) fn or(self, style: Self) -> Self {
        Self {
            deleted: self.deleted.or(style.deleted),
            hidden: self.hidden.or(style.hidden),
            special: self.special.or(style.special),
            font: self.font.or(style.font),
            symbol: self.symbol.or(style.symbol),
            style: self.style.or(style.style),
        }
    }
}

impl ParagraphProperties {
    /// These with the changes in `bytes` made.
    pub(super) fn changed_by(mut self, bytes: &[u8]) -> Self {
        for Change { code, operand } in changes(bytes) {
            let first = operand.first().copied().unwrap_or_default();
            match code {
                0x2416 => self.in_table = first != 0,
                0x2417 => self.ends_row = first != 0,
                0x244b => self.ends_inner_cell = first != 0,
                0x244c => self.ends_inner_row = first != 0,
                0x6649 => self.depth = i32_at(operand, 0).unwrap_or(0).max(0).unsigned_abs(),
                0x260a => self.level = Some(first),
                0x460b => self.list = u16_at(operand, 0),
                0x2640 => self.outline = Some(first),
                _ => {}
            }
        }
        self
    }
}

/// Stretches of the stream in order, each with what was read of it.
#[derive(Debug)]
pub(super) struct Stretches<T> {
    list: Vec<(usize, usize, T)>,
}

impl<T: Copy + Default> Stretches<T> {
    /// What holds at `offset`; the default where nothing is said.
    pub(super) fn at(&self, offset: usize) -> T {
        self.stretch(offset)
            .map_or_else(T::default, |(_, _, value)| *value)
    }

    /// Whether the stretch that `offset` lies in ends at `end`; so it does where nothing is said.
    pub(super) fn ends_at(&self, offset: usize, end: usize) -> bool {
        self.stretch(offset).is_none_or(|(_, last, _)| *last == end)
    }

    fn stretch(&self, offset: usize) -> Option<&(usize, usize, T)> {
        let after = self.list.partition_point(|(start, _, _)| *start <= offset);
        let found = after.checked_sub(1).and_then(|at| self.list.get(at));
        found.filter(|(_, end, _)| offset < *end)
    }
}

/// Properties of runs of characters.
pub(super) fn of_chars(table: &[u8], stream: &[u8]) -> Stretches<CharProperties> {
    read(table, stream, 1, |page, entry| {
        let at = 2 * usize::from(*page.get(entry)?);
        let len = usize::from(*page.get(at).filter(|_| at > 0)?);
        Some(CharProperties::default().changed_by(slice(page, at + 1, len)?))
    })
}

/// Properties of paragraphs.
pub(super) fn of_paragraphs(table: &[u8], stream: &[u8]) -> Stretches<ParagraphProperties> {
    read(table, stream, 13, |page, entry| {
        let at = 2 * usize::from(*page.get(entry)?);
        let (start, len) = match usize::from(*page.get(at).filter(|_| at > 0)?) {
            0 => (at + 2, 2 * usize::from(*page.get(at + 1)?)),
            halves => (at + 1, 2 * halves - 1),
        };
        let bytes = slice(page, start, len)?;
        let properties = ParagraphProperties {
            style: u16_at(bytes, 0)?,
            ..ParagraphProperties::default()
        };
        Some(properties.changed_by(bytes.get(2..)?))
    })
}

/// Reads all pages that `table` lists. Behind the offsets of a page stand entries of `width` bytes,
/// each of which `one` turns into properties.
fn read<T: Copy + Default>(
    table: &[u8],
    stream: &[u8],
    width: usize,
    one: impl Fn(&[u8], usize) -> Option<T>,
) -> Stretches<T> {
    let n_pages = table.len().saturating_sub(4) / 8;
    let mut list = Vec::new();
    for at in 0..n_pages {
        let number = size_at(table, 4 * (n_pages + 1) + 4 * at);
        let page = number.and_then(|number| slice(stream, (number & 0x003f_ffff) * PAGE, PAGE));
        let Some(page) = page.filter(|_| list.len() < limit::STRETCHES) else {
            continue;
        };
        let n_entries = usize::from(page.last().copied().unwrap_or_default());
        for entry in 0..n_entries {
            let ends = size_at(page, 4 * entry).zip(size_at(page, 4 * (entry + 1)));
            let Some((start, end)) = ends.filter(|(start, end)| start < end) else {
                continue;
            };
            let value = one(page, 4 * (n_entries + 1) + width * entry).unwrap_or_default();
            list.push((start, end, value));
        }
    }
    list.sort_by_key(|(start, _, _)| *start);
    Stretches { list }
}
