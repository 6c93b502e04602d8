//! The search form of words: what the analyzer indexes and what questions are compared in.
//!
//! Rules: lower case; the tone mark leaves its letter and stands after the syllable, so that where
//! it was placed does not matter (`hòa` = `hoà`); `y` alone after h, k, l, m, s, t or `qu` becomes
//! `i` (`kỹ` = `kĩ`, `quý` = `quí`); digits lose leading zeros and thousands dots (`05` = `5`,
//! `540.000` = `540000`). The bare form also loses every mark and turns `đ` into `d`.

use std::ops::Range;
use std::{borrow::Cow, sync::LazyLock};
use unicode_normalization::UnicodeNormalization;

use crate::text::Span;

/// One word in both search forms.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Folded {
    /// Search form with marks: `hòa` and `hoà` give the same string.
    pub marked: String,
    /// The same without any diacritic: `hoa`.
    pub bare: String,
}

/// The five tones as combining marks: grave, acute, tilde, hook above, dot below.
const TONES: [char; 5] = ['\u{300}', '\u{301}', '\u{303}', '\u{309}', '\u{323}'];

/// What one character contributes: lower-case letter with its quality mark, the plain letter, and
/// the tone that leaves it. `'\0'` stands for none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Letter {
    marked: char,
    bare: char,
    tone: char,
}

/// Latin letters and combining marks.
const LATIN: Range<u32> = 0..0x370;
/// Latin Extended Additional: most letters with a tone.
const TONED: Range<u32> = 0x1e00..0x1f00;

/// Letters of these blocks, decomposed once: the analyzer reads hundreds of megabytes. No others, since
/// every start of the program waits for it.
static LETTERS: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    LATIN
        .chain(TONED)
        .map(|code| letter_slow(char::from_u32(code).unwrap_or(' ')))
        .collect()
});

fn letter(c: char) -> Letter {
    let code = u32::from(c);
    let at = match code {
        _ if LATIN.contains(&code) => code,
        _ if TONED.contains(&code) => LATIN.end + code - TONED.start,
        _ => return letter_slow(c),
    };
    let found = LETTERS.get(at as usize).copied();
    found.unwrap_or_else(|| letter_slow(c))
}

fn letter_slow(c: char) -> Letter {
    if TONES.contains(&c) {
        return Letter {
            marked: '\0',
            bare: '\0',
            tone: c,
        };
    }
    let lower = c.to_lowercase().next().unwrap_or(c);
    let lower = if lower == '\u{f0}' { 'đ' } else { lower };
    let mut tone = '\0';
    let mut kept = String::new();
    for part in std::iter::once(lower).nfd() {
        if TONES.contains(&part) && tone == '\0' {
            tone = part;
        } else {
            kept.push(part);
        }
    }
    let marked = kept.nfc().next().unwrap_or(lower);
    let bare = match marked {
        'đ' => 'd',
        other => std::iter::once(other).nfd().next().unwrap_or(other),
    };
    Letter { marked, bare, tone }
}

impl Folded {
    /// Replaces the content with the search forms of `word`, keeping the buffers.
    pub fn assign(&mut self, word: &str) {
        self.marked.clear();
        self.bare.clear();
        if word.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            self.assign_number(word);
            return;
        }
        let mut tones = ['\0'; 4];
        let mut n_tones = 0;
        for c in word.chars() {
            let letter = letter(c);
            if letter.tone != '\0' && n_tones < tones.len() {
                tones[n_tones] = letter.tone;
                n_tones += 1;
            }
            if letter.marked != '\0' {
                self.marked.push(letter.marked);
                self.bare.push(letter.bare);
            }
        }
        replace_final_y(&mut self.marked);
        replace_final_y(&mut self.bare);
        self.marked.extend(&tones[..n_tones]);
    }

    fn assign_number(&mut self, word: &str) {
        let digits = word.chars().filter(|c| *c != '.').map(|c| letter(c).bare);
        self.bare.extend(digits.skip_while(|c| *c == '0'));
        if !self.bare.as_bytes().first().is_some_and(u8::is_ascii_digit) {
            self.bare.insert(0, '0');
        }
        self.marked.push_str(&self.bare);
    }
}

/// `ky` → `ki`, `quy` → `qui`; `thuy`, `tay`, `y` stay.
fn replace_final_y(syllable: &mut String) {
    if matches!(
        syllable.as_str(),
        "hy" | "ky" | "ly" | "my" | "sy" | "ty" | "quy"
    ) {
        syllable.pop();
        syllable.push('i');
    }
}

/// The search forms of one word.
///
/// # Example
/// ```
/// use camnang::text::fold_word;
/// assert_eq!(fold_word("Hòa"), fold_word("hoà"));
/// assert_eq!(fold_word("KỸ"), fold_word("kĩ"));
/// assert_eq!(fold_word("Đường").bare, "duong");
/// assert_eq!(fold_word("540.000").bare, "540000");
/// ```
pub fn fold_word(word: &str) -> Folded {
    let mut folded = Folded::default();
    folded.assign(word);
    folded
}

/// The words of `text` with their spans: runs of letters, marks and digits, where a number keeps
/// its thousands dots (`2.530.000` is one word, `2.1` is two).
///
/// # Example
/// ```
/// use camnang::text::words;
/// let found: Vec<&str> = words("NĐ 120/2025: 2.530.000 đồng").map(|(word, _)| word).collect();
/// assert_eq!(found, ["NĐ", "120", "2025", "2.530.000", "đồng"]);
/// ```
pub fn words(text: &str) -> impl Iterator<Item = (&str, Span)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let (start, end) = next_word(text, at)?;
        at = end;
        Some((text.get(start..end)?, Span::new(start, end)))
    })
}

fn next_word(text: &str, from: usize) -> Option<(usize, usize)> {
    let rest = text.get(from..)?;
    let start = from + rest.find(is_word_char)?;
    let tail = text.get(start..)?;
    let end = start + tail.find(|c| !is_word_char(c)).unwrap_or(tail.len());
    Some((start, extend_number(text.as_bytes(), start, end)))
}

fn is_word_char(c: char) -> bool {
    if c.is_ascii() {
        c.is_ascii_alphanumeric()
    } else {
        c.is_alphanumeric() || ('\u{300}'..='\u{36f}').contains(&c)
    }
}

/// Extends `1` over `.234.567`: groups of exactly three digits.
fn extend_number(bytes: &[u8], start: usize, end: usize) -> usize {
    if end - start > 3 || !bytes[start..end].iter().all(u8::is_ascii_digit) {
        return end;
    }
    let mut end = end;
    while let Some(group) = bytes.get(end..end + 4) {
        let is_group = group[0] == b'.' && group[1..].iter().all(u8::is_ascii_digit);
        let closed = !bytes.get(end + 4).is_some_and(u8::is_ascii_alphanumeric);
        if !(is_group && closed) {
            break;
        }
        end += 4;
    }
    end
}

/// Whether the words of `phrase` follow each other in `text`, compared in search form.
///
/// # Example
/// ```
/// use camnang::text::contains_words;
/// assert!(contains_words("Việc này chưa có quy định", "chua co", false));
/// assert!(!contains_words("sửa chữa nhà ở", "chưa", true));
/// ```
pub fn contains_words(text: &str, phrase: &str, uses_marks: bool) -> bool {
    let spaced = |text: &str| format!(" {} ", fold_text(text, uses_marks));
    spaced(text).contains(&spaced(phrase))
}

/// The words of `text` in search form with single spaces between: what phrases are compared in.
///
/// # Example
/// ```
/// assert_eq!(camnang::text::fold_text("Quy định, 05 ngày", false), "qui dinh 5 ngay");
/// ```
pub fn fold_text(text: &str, uses_marks: bool) -> String {
    let mut out = String::with_capacity(text.len());
    let mut folded = Folded::default();
    for (word, _) in words(text) {
        folded.assign(word);
        if !out.is_empty() {
            out.push(' ');
        }
        out.push_str(if uses_marks {
            &folded.marked
        } else {
            &folded.bare
        });
    }
    out
}

/// Whether `text` carries any Vietnamese mark; a question that does not was typed without.
pub fn has_diacritics(text: &str) -> bool {
    text.chars()
        .any(|c| !c.is_ascii() && c.is_alphabetic() && letter(c).marked != letter(c).bare)
        || text
            .chars()
            .any(|c| !c.is_ascii() && letter(c).tone != '\0')
}

/// `text` without diacritics, case and everything else kept.
///
/// # Example
/// ```
/// assert_eq!(camnang::text::strip_diacritics("Đăng ký khai sinh"), "Dang ky khai sinh");
/// ```
pub fn strip_diacritics(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return text.into();
    }
    let plain = |c: char| match c {
        'đ' | '\u{f0}' => 'd',
        'Đ' | '\u{d0}' => 'D',
        other => other,
    };
    text.nfd()
        .filter(|c| !('\u{300}'..='\u{36f}').contains(c))
        .map(plain)
        .nfc()
        .collect::<String>()
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::canonicalise;
    use proptest::prelude::*;

    #[test]
    fn letters_that_were_decomposed_once_are_the_same() {
        for c in ('\0'..'\u{2100}').chain(['\u{ff21}', '\u{10400}']) {
            assert_eq!(letter(c), letter_slow(c), "{c:?}");
        }
    }

    #[test]
    fn tone_placement_does_not_matter() {
        for (a, b) in [
            ("hòa", "hoà"),
            ("thúy", "thuý"),
            ("ủy", "uỷ"),
            ("khoẻ", "khỏe"),
            ("HÒA", "hoà"),
        ] {
            assert_eq!(fold_word(a), fold_word(b), "{a} {b}");
        }
    }

    #[test]
    fn spelling_variants_agree() {
        for (a, b) in [
            ("kỹ", "kĩ"),
            ("Mỹ", "Mĩ"),
            ("quý", "quí"),
            ("lý", "lí"),
            ("sỹ", "sĩ"),
            ("tỷ", "tỉ"),
        ] {
            assert_eq!(fold_word(a), fold_word(b), "{a} {b}");
        }
    }

    #[test]
    fn different_words_stay_apart() {
        for (a, b) in [
            ("thúy", "thúi"),
            ("tay", "tai"),
            ("ma", "mà"),
            ("má", "mã"),
            ("đa", "da"),
            ("ơn", "ôn"),
            ("uỷ", "úy"),
        ] {
            assert_ne!(fold_word(a).marked, fold_word(b).marked, "{a} {b}");
        }
    }

    #[test]
    fn bare_form_is_plain_ascii_for_vietnamese() {
        let bare: Vec<String> = words("Thời hạn đăng ký khai sinh là bao lâu")
            .map(|(w, _)| fold_word(w).bare)
            .collect();
        assert_eq!(bare.join(" "), "thoi han dang ki khai sinh la bao lau");
    }

    #[test]
    fn numbers_lose_leading_zeros_and_dots() {
        for (input, expected) in [
            ("05", "5"),
            ("000", "0"),
            ("0", "0"),
            ("2.530.000", "2530000"),
            ("3A", "3a"),
            ("0a", "0a"),
        ] {
            assert_eq!(fold_word(input).bare, expected, "{input}");
        }
    }

    #[test]
    fn words_split_at_punctuation_but_not_in_thousands() {
        let split = |t: &str| words(t).map(|(w, _)| w.to_owned()).collect::<Vec<_>>();
        assert_eq!(
            split("mục 2.1, 1.000đ; 12.3456"),
            ["mục", "2", "1", "1.000", "đ", "12", "3456"]
        );
        assert_eq!(split("120/2025/NĐ-CP"), ["120", "2025", "NĐ", "CP"]);
        assert_eq!(split("…«»"), Vec::<String>::new());
    }

    #[test]
    fn diacritics_are_noticed_and_stripped() {
        assert!(has_diacritics("khai tử"));
        assert!(has_diacritics("khai tu\u{309}"));
        assert!(has_diacritics("đ"));
        assert!(!has_diacritics("thoi han 60 ngay?"));
        assert_eq!(strip_diacritics("Ủy ban, Đặc khu"), "Uy ban, Dac khu");
    }

    proptest! {
        #[test]
        fn folding_ignores_the_normal_form(text in "\\PC{0,40}") {
            let nfd: String = text.nfd().collect();
            let forms = |t: &str| words(&canonicalise(t)).map(|(w, _)| fold_word(w)).collect::<Vec<_>>();
            prop_assert_eq!(forms(&nfd), forms(&text));
        }

        #[test]
        fn stripping_first_gives_the_same_bare_form(text in "[a-zA-ZàáảãạăằắâấđĐêềếôốơờớưừứỳýỵ ]{0,40}") {
            let bare = |t: &str| words(t).map(|(w, _)| fold_word(w).bare).collect::<Vec<_>>();
            prop_assert_eq!(bare(&strip_diacritics(&text)), bare(&text));
        }

        #[test]
        fn words_lie_in_order_inside_the_text(text in "\\PC{0,60}") {
            let mut end = 0;
            for (word, span) in words(&text) {
                prop_assert!(span.start >= end && !word.is_empty());
                prop_assert_eq!(span.slice(&text), Some(word));
                end = span.end;
            }
        }
    }
}
