//! TCVN 5712:1993 (ABC): one byte a letter, seen as the Latin-1 character of the same number.

/// Letters from number 0xA1 on; a space where there is none.
const LETTERS: &str = "ĂÂÊÔƠƯĐăâêôơưđ      àảãáạ ằẳẵắ       ặầẩẫấậè ẻẽéẹềểễếệìỉ   ĩíịò ỏõóọồổỗốộờởỡớợù ủũúụừửữứựỳỷỹýỵ";

/// `text` with every letter of the encoding in Unicode.
pub(super) fn decode(text: &str) -> String {
    let letters: Vec<char> = LETTERS.chars().collect();
    text.chars()
        .map(|c| {
            let at = (c as usize).checked_sub(0xa1);
            at.and_then(|at| letters.get(at))
                .copied()
                .filter(|&letter| letter != ' ')
                .unwrap_or(c)
        })
        .collect()
}

/// The other way, for tests: `None` where a letter has no number.
#[cfg(test)]
pub(super) fn encode(text: &str) -> Option<String> {
    text.chars()
        .map(|c| {
            if c.is_ascii() {
                return Some(c);
            }
            let at = LETTERS.chars().position(|letter| letter == c)?;
            char::from_u32(u32::try_from(at).ok()? + 0xa1)
        })
        .collect()
}
