//! How much streams of old kinds unpack to, without unpacking them.

/// The bytes of an ASCII base-85 stream: four for five characters.
pub(super) fn ascii_85(text: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(text.len());
    let mut group: Vec<u8> = Vec::with_capacity(5);
    for &c in text {
        match c {
            b'~' => break,
            b'z' if group.is_empty() => bytes.extend([0; 4]),
            b'!'..=b'u' => group.push(c - b'!'),
            _ => {}
        }
        if group.len() == 5 {
            bytes.extend(word(&group));
            group.clear();
        }
    }
    let n = group.len();
    if n > 1 {
        group.resize(5, 84);
        bytes.extend(word(&group).into_iter().take(n - 1));
    }
    bytes
}

fn word(group: &[u8]) -> [u8; 4] {
    group
        .iter()
        .fold(0u32, |word, digit| {
            word.wrapping_mul(85).wrapping_add(u32::from(*digit))
        })
        .to_be_bytes()
}

/// The bytes of a hexadecimal stream.
pub(super) fn ascii_hex(text: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = text
        .iter()
        .take_while(|c| **c != b'>')
        .filter_map(|c| char::from(*c).to_digit(16))
        .filter_map(|digit| u8::try_from(digit).ok())
        .collect();
    digits
        .chunks(2)
        .map(|pair| pair.iter().fold(0, |byte, digit| byte << 4 | digit) << (4 * (2 - pair.len())))
        .collect()
}

/// What a run-length stream unpacks to.
pub(super) fn run_length_size(packed: &[u8]) -> u64 {
    let (mut size, mut at) = (0, 0);
    while let Some(&n) = packed.get(at) {
        let (gives, takes) = match n {
            128 => break,
            0..128 => (u64::from(n) + 1, usize::from(n) + 2),
            129.. => (257 - u64::from(n), 2),
        };
        size += gives;
        at += takes;
    }
    size
}

/// What an LZW stream unpacks to, counted up to `limit`. Each code stands for a string; only the
/// lengths of the strings are kept.
pub(super) fn lzw_size(packed: &[u8], limit: u64) -> u64 {
    const CLEAR: u32 = 256;
    const END: u32 = 257;
    let mut lengths: Vec<u64> = Vec::new();
    let (mut size, mut last) = (0, None::<u64>);
    let (mut bits, mut n_bits, mut width) = (0u32, 0, 9);
    for &byte in packed {
        bits = bits << 8 | u32::from(byte);
        n_bits += 8;
        if n_bits < width {
            continue;
        }
        n_bits -= width;
        let code = bits >> n_bits & ((1 << width) - 1);
        bits &= (1 << n_bits) - 1;
        if code == CLEAR {
            lengths.clear();
            (last, width) = (None, 9);
            continue;
        }
        if code == END || size > limit {
            break;
        }
        let known = match code {
            0..CLEAR => Some(1),
            code => lengths.get((code - END - 1) as usize).copied(),
        };
        let length = known.or(last.map(|last| last + 1)).unwrap_or(1);
        if let Some(last) = last.filter(|_| lengths.len() < 4096 - 258) {
            lengths.push(last + 1);
        }
        size += length;
        last = Some(length);
        // The usual coders change the width one code early.
        width = match lengths.len() + 258 + 1 {
            ..511 => 9,
            511..1023 => 10,
            1023..2047 => 11,
            _ => 12,
        };
    }
    size
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_filters_are_undone() {
        assert_eq!(ascii_85(b"87cURD]i,\"Ebo80~>"), b"Hello World!");
        assert_eq!(ascii_85(b"z"), [0; 4]);
        assert_eq!(ascii_hex(b"48 65 6C 6c 6F 7>"), b"Hellop");
    }

    #[test]
    fn runs_are_counted() {
        // Three bytes as they are, then one byte 100 times.
        assert_eq!(run_length_size(&[2, 1, 2, 3, 157, 9, 128, 5]), 103);
        assert_eq!(run_length_size(&[]), 0);
    }

    #[test]
    fn strings_of_codes_are_counted() {
        // The example of the PDF reference: ten bytes of text.
        let packed = [0x80, 0x0b, 0x60, 0x50, 0x22, 0x0c, 0x0c, 0x85, 0x01];
        assert_eq!(lzw_size(&packed, u64::MAX), 10);
    }

    #[test]
    fn a_string_that_grows_with_every_code_is_counted_up_to_the_limit() {
        let packed = vec![0xff; 200_000];
        assert!(lzw_size(&packed, 1 << 20) > 1 << 20);
    }
}
