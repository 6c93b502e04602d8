//! Glyphs: letters with their places on the page, and the repair of what PDFs say they mean.

use crate::extract::pdf::turn::Turn;
use crate::text::Legacy;

/// What writers draw for a hyphen, and the number of `ư` in TCVN3.
pub(super) const SOFT_HYPHEN: char = '\u{ad}';
/// `đ` in TCVN3, which any text in it has.
const OLD_D: char = '®';

/// A letter, or what a font draws as one, in points; `y` grows downwards. Places are those on the
/// page as it is held to read the letter.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Glyph {
    pub(super) text: Letters,
    /// Left edge.
    pub(super) x0: f32,
    /// Right edge: where the next letter would start.
    pub(super) x1: f32,
    /// The line it stands on.
    pub(super) y: f32,
    /// Size of its font.
    pub(super) size: f32,
    pub(super) is_bold: bool,
    /// How the page is held to read it.
    pub(super) turn: Turn,
    /// The encoding of its font, if that is from before Unicode.
    pub(super) legacy: Option<Legacy>,
}

impl Glyph {
    pub(super) fn is_space(&self) -> bool {
        matches!(self.text, Letters::One(c) if c.is_whitespace())
    }

    /// The letter, unless it is a space or none.
    pub(super) fn letter(&self) -> Option<char> {
        match self.text {
            Letters::One(c) if !c.is_whitespace() => Some(c),
            _ => None,
        }
    }

    /// Middle of the letter, whatever its shape.
    pub(super) fn middle(&self) -> (f32, f32) {
        (f32::midpoint(self.x0, self.x1), self.y - 0.3 * self.size)
    }
}

/// The text of a glyph: nearly always one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Letters {
    One(char),
    /// A ligature, a letter with its marks, or a recognised word.
    Many(Box<str>),
}

impl Letters {
    pub(super) fn push_to(&self, text: &mut String) {
        match self {
            Self::One(c) => text.push(*c),
            Self::Many(many) => text.push_str(many),
        }
    }

    /// Puts a combining mark behind what is there.
    pub(super) fn append(&mut self, mark: char) {
        let mut text = String::new();
        self.push_to(&mut text);
        text.push(mark);
        *self = Self::Many(text.into());
    }
}

/// Whether `c` is drawn over the letter before it.
pub(super) fn is_combining(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}')
}

/// What `c` stands for, or `None` where a font gives a code without a meaning.
///
/// Symbol fonts put their signs at U+F000 and above. A soft hyphen that is drawn is a hyphen: some
/// writers map every hyphen to it, and the canonical form would drop it.
pub(super) fn repaired(c: char) -> Option<Letters> {
    let c = match c {
        '\u{ad}' => '-',
        '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' | '\u{f076}' | '\u{f0fc}' => '•',
        '\u{f020}'..='\u{f07e}' => char::from_u32(c as u32 - 0xf000)?,
        '\u{fb00}' => return Some(Letters::Many("ff".into())),
        '\u{fb01}' => return Some(Letters::Many("fi".into())),
        '\u{fb02}' => return Some(Letters::Many("fl".into())),
        '\u{fb03}' => return Some(Letters::Many("ffi".into())),
        '\u{fb04}' => return Some(Letters::Many("ffl".into())),
        '\t' | '\n' | '\r' => ' ',
        '\u{fffd}' | '\u{e000}'..='\u{f8ff}' => return None,
        c if c.is_control() => return None,
        c => c,
    };
    Some(Letters::One(c))
}

/// Makes the soft hyphens of a page hyphens, but for those that may be `ư`: they stay until the
/// encoding of their font or of the page is settled.
pub(super) fn settle_hyphens(glyphs: &mut [Glyph]) {
    let letters = || glyphs.iter().filter_map(Glyph::letter);
    let n_old = letters().filter(|c| *c == OLD_D).count();
    let n_unicode = letters()
        .filter(|c| matches!(c, 'đ' | 'ơ' | 'ư' | '\u{1ea0}'..='\u{1ef9}'))
        .count();
    if n_old > n_unicode {
        return;
    }
    for glyph in glyphs {
        let is_old = matches!(glyph.legacy, Some(Legacy::Tcvn3 | Legacy::Tcvn3Capitals));
        if glyph.letter() == Some(SOFT_HYPHEN)
            && !is_old
            && let Some(hyphen) = repaired(SOFT_HYPHEN)
        {
            glyph.text = hyphen;
        }
    }
}

/// The small raised or lowered form of `c`, where Unicode has one.
pub(super) fn shifted(c: char, is_raised: bool) -> Option<char> {
    let digit = c.to_digit(10);
    if !is_raised {
        return digit.and_then(|digit| char::from_u32(0x2080 + digit));
    }
    match digit {
        Some(1) => Some('¹'),
        Some(2) => Some('²'),
        Some(3) => Some('³'),
        Some(digit) => char::from_u32(0x2070 + digit),
        None => None,
    }
}

/// Whether `c` is a raised digit: a footnote's number, or a power.
pub(super) fn is_raised_digit(c: char) -> bool {
    matches!(c, '¹' | '²' | '³' | '⁰' | '\u{2074}'..='\u{2079}')
}

/// The digit that `c` is the raised form of.
pub(super) fn plain_digit(c: char) -> Option<char> {
    ('0'..='9').find(|digit| shifted(*digit, true) == Some(c))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(c: char) -> String {
        let mut text = String::new();
        if let Some(letters) = repaired(c) {
            letters.push_to(&mut text);
        }
        text
    }

    #[test]
    fn ligatures_symbols_and_drawn_soft_hyphens_are_repaired() {
        assert_eq!(text('\u{fb03}'), "ffi");
        assert_eq!(text('\u{f0b7}'), "•");
        assert_eq!(text('\u{f041}'), "A");
        assert_eq!(text('\u{ad}'), "-");
    }

    #[test]
    fn soft_hyphens_stay_where_they_may_be_letters() {
        let settled = |text: &str, legacy: Option<Legacy>| -> String {
            let glyph = |c| Glyph {
                text: Letters::One(c),
                x0: 0.0,
                x1: 5.0,
                y: 0.0,
                size: 10.0,
                is_bold: false,
                turn: Turn::None,
                legacy,
            };
            let mut glyphs: Vec<Glyph> = text.chars().map(glyph).collect();
            settle_hyphens(&mut glyphs);
            glyphs.iter().filter_map(Glyph::letter).collect()
        };
        assert_eq!(settled("®\u{ad}îc", None), "®\u{ad}îc");
        assert_eq!(settled("t\u{ad}", Some(Legacy::Tcvn3)), "t\u{ad}");
        assert_eq!(settled("t\u{ad}", Some(Legacy::Vni)), "t-");
        assert_eq!(settled("NĐ\u{ad}CP", None), "NĐ-CP");
        assert_eq!(settled("Windows®,được\u{ad}", None), "Windows®,được-");
    }

    #[test]
    fn codes_without_a_meaning_are_none() {
        for c in ['\u{fffd}', '\u{e123}', '\u{f0e0}', '\u{0}', '\u{7}'] {
            assert_eq!(repaired(c), None, "{c:?}");
        }
    }

    #[test]
    fn digits_have_raised_and_lowered_forms() {
        let raised: String = ('0'..='9').filter_map(|c| shifted(c, true)).collect();
        assert_eq!(raised, "⁰¹²³⁴⁵⁶⁷⁸⁹");
        assert!(raised.chars().all(is_raised_digit));
        assert_eq!(shifted('2', false), Some('₂'));
        assert_eq!(shifted('a', true), None);
    }

    #[test]
    fn marks_stay_with_their_letter() {
        let mut letters = Letters::One('e');
        assert!(is_combining('\u{302}') && !is_combining('e'));
        letters.append('\u{302}');
        assert_eq!(letters, Letters::Many("e\u{302}".into()));
    }
}
