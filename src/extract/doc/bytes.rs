//! Little-endian numbers at an offset; `None` beyond the end, so that a broken file cannot lead
//! anywhere.

pub(super) fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let found = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(found.try_into().ok()?))
}

pub(super) fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(found.try_into().ok()?))
}

/// As [`u32_at`], as an offset or a count.
pub(super) fn size_at(bytes: &[u8], at: usize) -> Option<usize> {
    u32_at(bytes, at).and_then(|number| number.try_into().ok())
}

pub(super) fn i32_at(bytes: &[u8], at: usize) -> Option<i32> {
    let found = bytes.get(at..at.checked_add(4)?)?;
    Some(i32::from_le_bytes(found.try_into().ok()?))
}

/// `len` bytes from `at`.
pub(super) fn slice(bytes: &[u8], at: usize, len: usize) -> Option<&[u8]> {
    bytes.get(at..at.checked_add(len)?)
}

/// UTF-16 text of `n_units` units at `at`; what is no text becomes a replacement character.
pub(super) fn utf16(bytes: &[u8], at: usize, n_units: usize) -> Option<String> {
    let units = slice(bytes, at, n_units.checked_mul(2)?)?.chunks_exact(2);
    let units = units.filter_map(|pair| Some(u16::from_le_bytes(pair.try_into().ok()?)));
    let chars = char::decode_utf16(units);
    Some(
        chars
            .map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER))
            .collect(),
    )
}
