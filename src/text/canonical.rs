//! The canonical form of a text: the form that is stored, indexed and quoted.

use std::borrow::Cow;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// Brings `text` into canonical form.
///
/// NFC; one kind of space, line end, hyphen and apostrophe; no zero-width or control characters;
/// no space at line ends, no run of spaces, at most one empty line in a row, none at either end.
/// The Latin eth `Ð`, which old converters put in place of `Đ`, becomes `Đ`. No word changes, and
/// applying it twice changes nothing.
///
/// # Example
/// ```
/// use camnang::text::canonicalise;
/// assert_eq!(canonicalise("Ðie\u{302}\u{300}u\u{a0} 5.\r\n\r\n\r\n1.\u{200b} Khai sinh "), "Điều 5.\n\n1. Khai sinh");
/// ```
pub fn canonicalise(text: &str) -> String {
    // Invisible characters go first: one may stand between a letter and its mark.
    let visible: Cow<'_, str> = if text.contains(is_invisible) {
        text.chars()
            .filter(|&c| !is_invisible(c))
            .collect::<String>()
            .into()
    } else {
        text.into()
    };
    let composed: Cow<'_, str> = if is_nfc_quick(visible.chars()) == IsNormalized::Yes {
        visible
    } else {
        visible.nfc().collect::<String>().into()
    };
    tidy(&composed)
}

/// Zero-width characters, soft hyphens, byte order marks and control characters other than breaks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{feff}')
        || (c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{b}' | '\u{c}' | '\u{85}'))
}

/// The one representative of characters that look and mean the same.
fn representative(c: char) -> char {
    match c {
        '\u{2010}' | '\u{2011}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => '-',
        '\u{2012}' | '\u{2015}' => '–',
        '\u{2018}' | '\u{2019}' | '\u{201b}' | '\u{2bc}' | '\u{b4}' => '\'',
        '\u{201e}' | '\u{201f}' => '“',
        '\u{2033}' | '\u{ff02}' => '"',
        '\u{d0}' | '\u{189}' => 'Đ',
        '\u{f0}' => 'đ',
        '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' | '\r' => '\n',
        c if c.is_whitespace() && c != '\n' => ' ',
        c => c,
    }
}

fn tidy(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut breaks = 0usize;
    let mut space = false;
    let mut previous = '\0';
    for original in text.chars() {
        let c = representative(original);
        let is_crlf = original == '\n' && previous == '\r';
        previous = original;
        match c {
            '\n' if is_crlf => {}
            '\n' => {
                breaks += 1;
                space = false;
            }
            ' ' => space = true,
            c => {
                if !out.is_empty() {
                    for _ in 0..breaks.min(2) {
                        out.push('\n');
                    }
                    if space && breaks == 0 {
                        out.push(' ');
                    }
                }
                breaks = 0;
                space = false;
                out.push(c);
            }
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        assert_eq!(canonicalise(input), expected);
    }

    #[test]
    fn decomposed_letters_are_composed() {
        check("Uy\u{309} ban", "Uỷ ban");
        check("d\u{323}\u{302}", "\u{1e0d}\u{302}");
    }

    #[test]
    fn spaces_and_breaks_are_tidied() {
        check("  a\u{a0}\t b \r\n\r\n \r\nc\u{c}d ", "a b\n\nc\nd");
        check(" \n \u{feff}", "");
    }

    #[test]
    fn lookalikes_get_one_form() {
        check("NĐ\u{2011}CP \u{2212}5 \u{2018}x\u{2019}", "NĐ-CP -5 'x'");
        check("\u{d0}ộc lập", "Độc lập");
    }

    #[test]
    fn invisible_characters_go_before_composition() {
        check("e\u{200b}\u{302}", "ê");
        check("a\u{0}b\u{ad}c", "abc");
    }

    #[test]
    fn curly_quotes_stay() {
        check("“Điều 3a. …”", "“Điều 3a. …”");
    }

    fn vietnamese_like() -> impl Strategy<Value = String> {
        let pieces = prop::sample::select(vec![
            "Điều",
            " ",
            "\n",
            "\r\n",
            "\r",
            "e\u{302}\u{301}",
            "hoà",
            "\u{a0}",
            "\u{200b}",
            "“",
            "’",
            "\u{d0}",
            "1.",
            "\u{301}",
            "\u{2028}",
            "\t",
            "–",
            "\u{ad}",
            "o\u{31b}",
        ]);
        prop::collection::vec(pieces, 0..40).prop_map(|v| v.concat())
    }

    proptest! {
        #[test]
        fn canonicalise_is_idempotent(text in prop_oneof![any::<String>(), vietnamese_like()]) {
            let once = canonicalise(&text);
            prop_assert_eq!(canonicalise(&once), once);
        }

        #[test]
        fn canonicalise_ignores_the_normal_form(text in prop_oneof![any::<String>(), vietnamese_like()]) {
            let nfd: String = text.nfd().collect();
            let nfc: String = text.nfc().collect();
            prop_assert_eq!(canonicalise(&nfd), canonicalise(&nfc));
        }

        #[test]
        fn canonicalise_changes_no_word(text in vietnamese_like()) {
            let letters = |t: &str| t.nfc().map(|c| if c == '\u{d0}' { 'Đ' } else { c }).filter(|c| c.is_alphanumeric()).collect::<String>();
            let visible: String = text.chars().filter(|&c| !is_invisible(c)).collect();
            prop_assert_eq!(letters(&canonicalise(&text)), letters(&visible));
        }
    }
}
