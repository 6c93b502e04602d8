//! Text from before Unicode: TCVN3 (ABC) and VNI, and UTF-8 that was read as Windows-1252.
//!
//! All three look like Western letters in odd places: `NghÞ ®Þnh`, `Nghò ñònh`, `Nghá»‹ Ä‘á»‹nh`. A font
//! name settles the first two; without one a text is converted only where that is certain, which
//! [`is_syllable`] decides: hardly any marked word is a syllable before, nearly all are after. Signs
//! of sums and units (`×`, `÷`, `·`, `µ`), which the old encodings use for letters, decide nothing.

mod mojibake;
mod tcvn3;
mod vni;

use std::borrow::Cow;
use std::cmp::Ordering;

use crate::text::is_syllable;

/// A way of writing Vietnamese without Unicode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Legacy {
    /// TCVN 5712:1993, fonts `.VnTime`, `.VnArial`…
    Tcvn3,
    /// The same in a font that shows capitals only: `.VnTimeH`.
    Tcvn3Capitals,
    /// VNI for Windows, fonts `VNI-Times`…
    Vni,
    /// UTF-8 bytes taken for Windows-1252.
    Mojibake,
}

impl Legacy {
    /// The name people know it by.
    pub fn name(self) -> &'static str {
        match self {
            Self::Tcvn3 | Self::Tcvn3Capitals => "TCVN3 (ABC)",
            Self::Vni => "VNI",
            Self::Mojibake => "UTF-8 read as Windows-1252",
        }
    }

    /// The encoding that text in the font `name` is written in; `None` for Unicode fonts.
    pub fn of_font(name: &str) -> Option<Self> {
        let lower = name.trim().to_ascii_lowercase();
        if let Some(rest) = lower.strip_prefix(".vn") {
            let capitals = rest.len() > 1 && rest.ends_with('h') && name.trim_end().ends_with('H');
            return Some(if capitals {
                Self::Tcvn3Capitals
            } else {
                Self::Tcvn3
            });
        }
        lower.starts_with("vni-").then_some(Self::Vni)
    }

    /// `text`, which is set in a font of this encoding, in Unicode; `None` where it needs nothing,
    /// as in texts that were converted while their fonts stayed.
    pub fn decode_run(self, text: &str) -> Option<String> {
        if text.contains(is_unicode_letter) {
            return None;
        }
        let decoded = self.decode(text);
        (decoded != text && n_syllables(&decoded) >= n_syllables(text)).then_some(decoded)
    }

    /// As [`Legacy::decode_run`], of a text that somebody added words in Unicode to while the font
    /// stayed: the other words are converted; `None` where there are none, or no such words.
    ///
    /// A word that may be in either (`cá`, which is `cỏ` in TCVN3) goes with the words around it,
    /// and stays as it is next to one in Unicode.
    pub fn decode_words(self, text: &str) -> Option<String> {
        if !text.contains(is_unicode_letter) {
            return None;
        }
        let words: Vec<&str> = text.split_inclusive(char::is_whitespace).collect();
        let mut gains: Vec<Ordering> = words.iter().map(|word| self.gain(word)).collect();
        spread_loss(gains.iter_mut());
        spread_loss(gains.iter_mut().rev());
        if !gains.contains(&Ordering::Greater) {
            return None;
        }
        let mut out = String::with_capacity(text.len());
        for (word, gain) in words.into_iter().zip(gains) {
            match gain {
                Ordering::Less => out.push_str(word),
                Ordering::Equal | Ordering::Greater => out.push_str(&self.decode(word)),
            }
        }
        Some(out)
    }

    /// Whether `word` is more of a syllable once it is decoded, or less.
    fn gain(self, word: &str) -> Ordering {
        if word.contains(is_unicode_letter) {
            return Ordering::Less;
        }
        if has_capital_inside(word) {
            return Ordering::Greater;
        }
        n_syllables(&self.decode(word)).cmp(&n_syllables(word))
    }

    /// `text` in Unicode. What is no letter of the encoding stays.
    pub fn decode(self, text: &str) -> String {
        match self {
            Self::Tcvn3 => tcvn3::decode(text),
            Self::Tcvn3Capitals => tcvn3::decode(text).to_uppercase(),
            Self::Vni => vni::decode(text),
            Self::Mojibake => mojibake::decode(text).0,
        }
    }

    /// Whether `line` may be in this encoding. Of a line with letters that only Unicode has, nothing
    /// but runs that prove to be UTF-8 may be converted.
    fn may_hold(self, line: &str) -> bool {
        self == Self::Mojibake || !line.contains(is_unicode_letter)
    }
}

/// How many of the words of `text` that have letters beyond ASCII are syllables.
fn n_syllables(text: &str) -> usize {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_ascii() && is_syllable(word))
        .count()
}

/// Whether a marked capital stands behind a small letter: `ChÝnh` may be a syllable, but nobody
/// writes one so.
fn has_capital_inside(word: &str) -> bool {
    let mut pairs = word.chars().zip(word.chars().skip(1));
    pairs.any(|(before, c)| before.is_lowercase() && c.is_uppercase() && !c.is_ascii())
}

/// Makes what neither gains nor loses a loss, where what was told last before it is one.
fn spread_loss<'g>(gains: impl Iterator<Item = &'g mut Ordering>) {
    let mut last = Ordering::Equal;
    for gain in gains {
        match *gain {
            Ordering::Equal if last == Ordering::Less => *gain = Ordering::Less,
            Ordering::Equal => {}
            told => last = told,
        }
    }
}

/// What [`repair_legacy`] found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LegacyFound {
    /// The encoding.
    pub encoding: Legacy,
    /// How many lines are written in it.
    pub n_lines: usize,
    /// Whether they were converted; a line that is not certain stays as it is.
    pub repaired: bool,
}

/// How many marked words a text must have before its encoding is judged.
const MARKED_WORDS_MIN: usize = 3;
/// How many marked words of a text that is correct as it stands may be no syllables.
const CORRECT_MIN: f32 = 0.5;
/// What `µ` is put before to name a unit: `µm`, `µg`. No syllable ends so: `àm`, `àg`.
const UNITS: [char; 8] = ['m', 'g', 'l', 's', 'L', 'A', 'V', 'W'];
/// How many marked words of a converted text must be syllables.
const CONVERTED_MIN: f32 = 0.85;

/// Converts a text that has no font names, or the lines of it that need it, where that is certain.
///
/// Correct Unicode Vietnamese comes back as it is.
///
/// # Example
/// ```
/// use camnang::text::repair_legacy;
/// let (text, found) = repair_legacy("NghÞ ®Þnh cña ChÝnh phñ quy ®Þnh chi tiÕt");
/// assert_eq!(text, "Nghị định của Chính phủ quy định chi tiết");
/// assert!(found.iter().all(|found| found.repaired));
/// ```
pub fn repair_legacy(text: &str) -> (Cow<'_, str>, Vec<LegacyFound>) {
    if !text.contains(is_foreign_letter) {
        return (text.into(), Vec::new());
    }
    let whole = detect(text).and_then(|encoding| whole(text, encoding));
    whole.map_or_else(|| by_line(text), |(text, found)| (text.into(), vec![found]))
}

/// A text in one encoding, but for lines that somebody added in Unicode; `None` where all are such.
fn whole(text: &str, encoding: Legacy) -> Option<(String, LegacyFound)> {
    let mut out = String::with_capacity(text.len());
    let mut n_lines = 0;
    for line in text.split_inclusive('\n') {
        if encoding.may_hold(line) {
            n_lines += usize::from(!line.is_ascii());
            out.push_str(&encoding.decode(line));
        } else {
            out.push_str(line);
        }
    }
    let found = LegacyFound {
        encoding,
        n_lines,
        repaired: true,
    };
    (n_lines > 0).then_some((out, found))
}

/// The lines of a mixed text, each judged alone.
fn by_line(text: &str) -> (Cow<'_, str>, Vec<LegacyFound>) {
    let mut out = String::with_capacity(text.len());
    let mut found: Vec<LegacyFound> = Vec::new();
    let mut note = |encoding, repaired| match found
        .iter_mut()
        .find(|f| f.encoding == encoding && f.repaired == repaired)
    {
        Some(known) => known.n_lines += 1,
        None => found.push(LegacyFound {
            encoding,
            n_lines: 1,
            repaired,
        }),
    };
    for line in text.split_inclusive('\n') {
        if let Some(encoding) = detect(line).filter(|encoding| encoding.may_hold(line)) {
            note(encoding, true);
            out.push_str(&encoding.decode(line));
            continue;
        }
        if mojibake::is_marked(line) {
            let (mended, whole) = mojibake::decode(line);
            note(Legacy::Mojibake, whole);
            out.push_str(if whole { &mended } else { line });
            continue;
        }
        out.push_str(line);
    }
    if found.is_empty() {
        (text.into(), found)
    } else {
        (out.into(), found)
    }
}

/// The encoding that `text` is certainly written in, for one in none that is Unicode.
fn detect(text: &str) -> Option<Legacy> {
    if !text.contains(is_foreign_letter) || share_of_syllables(text)? >= CORRECT_MIN {
        return None;
    }
    let certain = |encoding: Legacy| {
        let (decoded, whole) = match encoding {
            Legacy::Mojibake => mojibake::decode(text),
            _ => (encoding.decode(text), true),
        };
        let share =
            share_of_syllables(&decoded).filter(|&share| whole && share >= CONVERTED_MIN)?;
        Some((encoding, share))
    };
    [Legacy::Mojibake, Legacy::Tcvn3, Legacy::Vni]
        .into_iter()
        .filter_map(certain)
        .max_by(|a, b| a.1.total_cmp(&b.1))
        .map(|(encoding, _)| encoding)
}

/// Western letters and signs that hardly any Vietnamese text holds: what the old encodings are
/// made of.
fn is_foreign_letter(c: char) -> bool {
    matches!(
        c,
        '\u{80}'..='\u{ff}' | '\u{152}' | '\u{153}' | '\u{160}' | '\u{178}' | '\u{17d}' | '\u{192}'
    ) && !"àáâãèéêìíòóôõùúýÀÁÂÃÈÉÊÌÍÒÓÔÕÙÚÝ\u{a0}\u{ad}".contains(c)
        || matches!(c, 'Ã' | 'ù' | 'ø' | 'õ')
}

/// Letters of Vietnamese that no encoding of one byte a letter shows: `ă`, `đ`, `ư`, `ế`.
fn is_unicode_letter(c: char) -> bool {
    matches!(c, '\u{102}'..='\u{1b0}' | '\u{1ea0}'..='\u{1ef9}' | '\u{300}'..='\u{323}')
        && !matches!(
            c,
            '\u{152}'
                | '\u{153}'
                | '\u{160}'
                | '\u{161}'
                | '\u{178}'
                | '\u{17d}'
                | '\u{17e}'
                | '\u{192}'
        )
}

/// How many of the words of `text` that have letters beyond ASCII are syllables, as a share of 1;
/// `None` where there are too few of them to tell.
fn share_of_syllables(text: &str) -> Option<f32> {
    let (mut n_marked, mut n_syllables) = (0_u16, 0_u16);
    let is_apart = |c: char| {
        c.is_ascii() && !c.is_ascii_alphabetic()
            || matches!(
                c,
                '\u{a0}' | '“' | '”' | '–' | '…' | '’' | '‘' | '×' | '÷' | '·'
            )
    };
    for word in text.split(is_apart).filter(|word| is_marked(word)) {
        n_marked += 1;
        n_syllables += u16::from(is_syllable(word));
        if n_marked == u16::MAX {
            break;
        }
    }
    (usize::from(n_marked) >= MARKED_WORDS_MIN)
        .then(|| f32::from(n_syllables) / f32::from(n_marked))
}

/// Whether `word` has letters beyond ASCII and is no sign: `Ø`, `±`, `µ`, `µm`.
fn is_marked(word: &str) -> bool {
    let is_sign = word.strip_suffix(UNITS).unwrap_or(word) == "µ"
        || word.chars().count() == 1 && word.contains(is_foreign_letter);
    !word.is_ascii() && word.contains(char::is_alphabetic) && !is_sign
}

#[cfg(test)]
mod tests;
