//! The file information block: where everything else is (MS-DOC 2.5).

use super::bytes::size_at;
use super::bytes::u16_at;
use crate::extract::ExtractError;

/// The versions from Word 97 on.
const VERSION_MIN: u16 = 0x00c1;
/// Offset of the pairs of offset and length.
const PAIRS_AT: usize = 154;

/// What the block says.
#[derive(Debug)]
pub(super) struct Fib<'b> {
    bytes: &'b [u8],
    /// Whether the table stream is `1Table`.
    pub(super) uses_table_1: bool,
    /// Lengths of the parts of the text, one after the other: body, notes, headers, macros,
    /// comments, endnotes, text boxes.
    pub(super) lengths: [usize; 7],
}

/// A stretch of the table stream, by its position in the block.
#[derive(Clone, Copy, Debug)]
pub(super) enum Table {
    Styles = 1,
    NoteMarks = 2,
    NoteTexts = 3,
    Runs = 12,
    Paragraphs = 13,
    Fonts = 15,
    Pieces = 33,
    EndnoteMarks = 46,
    EndnoteTexts = 47,
    Lists = 73,
    ListUses = 74,
}

impl<'b> Fib<'b> {
    pub(super) fn read(bytes: &'b [u8]) -> Result<Self, ExtractError> {
        let short = || ExtractError::Damaged {
            reason: "it breaks off in its header".to_owned(),
        };
        let flags = u16_at(bytes, 10).ok_or_else(short)?;
        if u16_at(bytes, 2).ok_or_else(short)? < VERSION_MIN {
            return Err(ExtractError::Unsupported {
                found: "a file of Word 95 or older; save it as .docx",
            });
        }
        if flags & 0x0100 != 0 {
            return Err(ExtractError::Encrypted);
        }
        let mut lengths = [0; 7];
        for (at, length) in lengths.iter_mut().enumerate() {
            *length = size_at(bytes, 76 + 4 * at).ok_or_else(short)?;
        }
        Ok(Self {
            bytes,
            uses_table_1: flags & 0x0200 != 0,
            lengths,
        })
    }

    /// The stretch `which` of the table stream, and everything behind it where it is `open`:
    /// some structures go on beyond the length that is given.
    pub(super) fn table<'t>(&self, stream: &'t [u8], which: Table, open: bool) -> &'t [u8] {
        let at = PAIRS_AT + 8 * which as usize;
        let found = size_at(self.bytes, at)
            .zip(size_at(self.bytes, at + 4))
            .filter(|&(_, length)| length > 0)
            .and_then(|(start, length)| {
                let end = if open {
                    stream.len()
                } else {
                    start.checked_add(length)?
                };
                stream.get(start..end)
            });
        found.unwrap_or_default()
    }
}
