//! UTF-8 that some program took for Windows-1252: `Nghá»‹ Ä‘á»‹nh` for `Nghị định`.

/// What the numbers 0x80 to 0x9F stand for in Windows-1252; the five that stand for nothing keep
/// their number.
const HIGH_CONTROLS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8d}Ž\u{8f}\u{90}‘’“”•–—˜™š›œ\u{9d}žŸ";

/// Beginnings of Vietnamese letters in UTF-8, as Windows-1252 shows them.
const BEGINNINGS: [&str; 8] = ["á»", "áº", "Ã¡", "Ã´", "Ä‘", "Æ°", "Æ¡", "Ã¢"];

/// Whether `text` has the look of it.
pub(super) fn is_marked(text: &str) -> bool {
    BEGINNINGS
        .iter()
        .map(|beginning| text.matches(beginning).count())
        .sum::<usize>()
        >= 2
}

/// `text` with every run of such characters put together again, and whether that went through
/// for all of them: a byte that was lost on the way cannot be guessed.
pub(super) fn decode(text: &str) -> (String, bool) {
    let mut out = String::with_capacity(text.len());
    let mut run: Vec<u8> = Vec::new();
    let mut taken = String::new();
    let mut whole = true;
    let mut flush = |run: &mut Vec<u8>, taken: &mut String, out: &mut String| {
        if let Ok(mended) = std::str::from_utf8(run) {
            out.push_str(mended);
        } else {
            whole = false;
            out.push_str(taken);
        }
        run.clear();
        taken.clear();
    };
    for c in text.chars() {
        // A character that Windows-1252 does not have was never part of it.
        if let Some(byte) = byte(c).filter(|&byte| byte >= 0x80) {
            run.push(byte);
            taken.push(c);
        } else {
            flush(&mut run, &mut taken, &mut out);
            out.push(c);
        }
    }
    flush(&mut run, &mut taken, &mut out);
    (out, whole)
}

/// The number of `c` in Windows-1252.
fn byte(c: char) -> Option<u8> {
    if let Ok(byte @ (..0x80 | 0xa0..)) = u8::try_from(u32::from(c)) {
        return Some(byte);
    }
    let at = HIGH_CONTROLS.chars().position(|known| known == c)?;
    u8::try_from(0x80 + at).ok()
}

/// The other way, for tests.
#[cfg(test)]
pub(super) fn encode(text: &str) -> String {
    let character = |byte: u8| match byte {
        0x80..=0x9f => HIGH_CONTROLS.chars().nth(usize::from(byte - 0x80)),
        byte => Some(char::from(byte)),
    };
    text.bytes().filter_map(character).collect()
}
