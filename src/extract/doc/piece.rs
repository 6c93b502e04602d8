//! Pieces: the text lies in the file in stretches, in the order in which it was saved (MS-DOC
//! 2.4.1).

use super::bytes::size_at;
use super::bytes::u32_at;
use crate::extract::ExtractError;
use crate::extract::limit;

/// One character and its offset in the stream, by which its properties are found.
#[derive(Clone, Copy, Debug)]
pub(super) struct Char {
    pub(super) unit: u16,
    pub(super) offset: usize,
    /// How many bytes it takes there.
    pub(super) width: u8,
}

/// The characters of all parts of the document, in order.
pub(super) fn chars(pieces: &[u8], stream: &[u8]) -> Result<Vec<Char>, ExtractError> {
    let damaged = || ExtractError::Damaged {
        reason: "its text cannot be put together".to_owned(),
    };
    let table = piece_table(pieces).ok_or_else(damaged)?;
    // `n + 1` positions of 4 bytes, then `n` descriptions of 8.
    let n_pieces = table.len().saturating_sub(4) / 12;
    let mut chars = Vec::new();
    for at in 0..n_pieces {
        let position = |at: usize| size_at(table, 4 * at);
        let (start, end) = position(at).zip(position(at + 1)).ok_or_else(damaged)?;
        let description = 4 * (n_pieces + 1) + 8 * at + 2;
        let place = u32_at(table, description).ok_or_else(damaged)?;
        let n_chars = end.checked_sub(start).ok_or_else(damaged)?;
        // Pieces do not overlap, so there are no more characters than bytes.
        if chars.len() + n_chars > stream.len() {
            return Err(damaged());
        }
        if chars.len() + n_chars > limit::CHARACTERS {
            return Err(ExtractError::TooLarge {
                what: "the number of its characters",
                limit: limit::CHARACTERS as u64,
            });
        }
        read(place, n_chars, stream, &mut chars).ok_or_else(damaged)?;
    }
    if chars.is_empty() {
        return Err(damaged());
    }
    Ok(chars)
}

/// The table behind any formatting that comes before it.
fn piece_table(bytes: &[u8]) -> Option<&[u8]> {
    let mut at = 0;
    loop {
        match bytes.get(at)? {
            1 => at += 3 + usize::from(super::bytes::u16_at(bytes, at + 1)?),
            2 => return super::bytes::slice(bytes, at + 5, size_at(bytes, at + 1)?),
            _ => return None,
        }
    }
}

/// One piece; text that has Western letters only takes one byte a character.
fn read(place: u32, n_chars: usize, stream: &[u8], chars: &mut Vec<Char>) -> Option<()> {
    let start = usize::try_from(place & 0x3fff_ffff).ok()?;
    if place & 0x4000_0000 != 0 {
        let start = start / 2;
        let bytes = super::bytes::slice(stream, start, n_chars)?;
        chars.extend(bytes.iter().zip(start..).map(|(&byte, offset)| Char {
            unit: western(byte),
            offset,
            width: 1,
        }));
    } else {
        let bytes = super::bytes::slice(stream, start, n_chars.checked_mul(2)?)?;
        let units = bytes.chunks_exact(2).zip((start..).step_by(2));
        chars.extend(units.filter_map(|(pair, offset)| {
            Some(Char {
                unit: u16::from_le_bytes(pair.try_into().ok()?),
                offset,
                width: 2,
            })
        }));
    }
    Some(())
}

/// The character of a byte in Windows-1252.
fn western(byte: u8) -> u16 {
    if !(0x80..0xa0).contains(&byte) {
        return u16::from(byte);
    }
    let bytes = [byte];
    let (text, _) = encoding_rs::WINDOWS_1252.decode_without_bom_handling(&bytes);
    text.encode_utf16().next().unwrap_or_default()
}
