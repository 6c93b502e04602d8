//! VNI for Windows: a vowel, then a Western letter that stands for its marks.

/// Base vowel with the mark behind it, and the letter they make; capitals likewise.
const PAIRS: [(char, &str, &str); 7] = [
    ('a', "ùøûõïêéèúüëâáàåãä", "áàảãạăắằẳẵặâấầẩẫậ"),
    ('e', "ùøûõïâáàåãä", "éèẻẽẹêếềểễệ"),
    ('o', "ùøûõïâáàåãä", "óòỏõọôốồổỗộ"),
    ('ô', "ùøûõï", "ớờởỡợ"),
    ('u', "ùøûõï", "úùủũụ"),
    ('ö', "ùøûõï", "ứừửữự"),
    ('y', "ùøûõ", "ýỳỷỹ"),
];

/// Letters that stand for another one by themselves.
const SINGLE: [(char, char); 9] = [
    ('ô', 'ơ'),
    ('ö', 'ư'),
    ('ñ', 'đ'),
    ('í', 'í'),
    ('ì', 'ì'),
    ('æ', 'ỉ'),
    ('ó', 'ĩ'),
    ('ò', 'ị'),
    ('î', 'ỵ'),
];

/// `text` with every letter of the encoding in Unicode.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        if let Some(letter) = chars.peek().and_then(|&mark| paired(c, mark)) {
            out.push(letter);
            chars.next();
            continue;
        }
        out.push(single(c).unwrap_or(c));
    }
    out
}

fn paired(base: char, mark: char) -> Option<char> {
    let (_, marks, letters) = PAIRS.iter().find(|row| row.0 == lower(base))?;
    let at = marks.chars().position(|m| m == lower(mark))?;
    letters.chars().nth(at).map(|letter| like(base, letter))
}

fn single(c: char) -> Option<char> {
    let (_, letter) = SINGLE.iter().find(|row| row.0 == lower(c))?;
    Some(like(c, *letter))
}

fn lower(c: char) -> char {
    c.to_lowercase().next().unwrap_or(c)
}

/// `letter` in the case of `model`.
fn like(model: char, letter: char) -> char {
    if model.is_uppercase() {
        letter.to_uppercase().next().unwrap_or(letter)
    } else {
        letter
    }
}

/// The other way, for tests.
#[cfg(test)]
pub(super) fn encode(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        let small = lower(c);
        let pair = PAIRS.iter().find_map(|(base, marks, letters)| {
            let at = letters.chars().position(|letter| letter == small)?;
            Some((*base, marks.chars().nth(at)?))
        });
        let alone = SINGLE.iter().find(|(_, letter)| *letter == small);
        match (pair, alone) {
            (Some((base, mark)), _) => out.extend([like(c, base), like(c, mark)]),
            (None, Some((code, _))) => out.push(like(c, *code)),
            (None, None) => out.push(c),
        }
    }
    out
}
