//! Automatic numbers of Word, in its new and its old form: formats, counting, labels.

use crate::extract::limit;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum NumberFormat {
    Decimal,
    DecimalZero,
    LowerLetter,
    UpperLetter,
    LowerRoman,
    UpperRoman,
    /// `một`, `hai`: Word's Vietnamese counting.
    Words,
    Bullet,
    None,
}

impl From<&str> for NumberFormat {
    /// From the name in the new format (ECMA-376, `ST_NumberFormat`).
    fn from(name: &str) -> Self {
        match name {
            "decimalZero" => Self::DecimalZero,
            "lowerLetter" => Self::LowerLetter,
            "upperLetter" => Self::UpperLetter,
            "lowerRoman" => Self::LowerRoman,
            "upperRoman" => Self::UpperRoman,
            "vietnameseCounting" => Self::Words,
            "bullet" => Self::Bullet,
            "none" => Self::None,
            _ => Self::Decimal,
        }
    }
}

impl From<u8> for NumberFormat {
    /// From the code in the binary format (MS-OSHARED, `MSONFC`).
    fn from(code: u8) -> Self {
        match code {
            1 => Self::UpperRoman,
            2 => Self::LowerRoman,
            3 => Self::UpperLetter,
            4 => Self::LowerLetter,
            22 => Self::DecimalZero,
            23 => Self::Bullet,
            56 => Self::Words,
            255 => Self::None,
            _ => Self::Decimal,
        }
    }
}

impl NumberFormat {
    /// `number` written in this format.
    pub(super) fn write(self, number: u32) -> String {
        match self {
            Self::DecimalZero => format!("{number:02}"),
            Self::LowerLetter => letters(number),
            Self::UpperLetter => letters(number).to_uppercase(),
            Self::LowerRoman => roman(number).to_lowercase(),
            Self::UpperRoman => roman(number),
            Self::Words => words(number),
            Self::Decimal | Self::Bullet => number.to_string(),
            Self::None => String::new(),
        }
    }
}

/// `a` to `z`, then `aa`, `bb`, as Word counts.
fn letters(number: u32) -> String {
    let Some(at) = number.checked_sub(1) else {
        return "0".to_owned();
    };
    let letter = u8::try_from(at % 26).map_or('a', |at| char::from(b'a' + at));
    let n_times = (at / 26 + 1).min(16);
    (0..n_times).map(|_| letter).collect()
}

fn roman(number: u32) -> String {
    const DIGITS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if !(1..4000).contains(&number) {
        return number.to_string();
    }
    let mut rest = number;
    let mut out = String::new();
    for (value, digit) in DIGITS {
        while rest >= value {
            out.push_str(digit);
            rest -= value;
        }
    }
    out
}

fn words(number: u32) -> String {
    const WORDS: [&str; 10] = [
        "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười",
    ];
    let at = (number as usize).checked_sub(1);
    at.and_then(|at| WORDS.get(at))
        .map_or_else(|| number.to_string(), |&word| word.to_owned())
}

/// The sign that a bullet stands for: symbol fonts keep their signs in a private area.
pub(super) fn symbol(c: char) -> char {
    match c {
        '\u{f0a7}' | '\u{f06e}' | '\u{f0a1}' => '▪',
        '\u{f0d8}' | '\u{f0d4}' => '➢',
        '\u{f0fc}' => '✓',
        '\u{f0e0}' | '\u{f0ae}' => '→',
        '\u{f076}' => '❖',
        '\u{f02d}' => '-',
        '\u{f02b}' => '+',
        '\u{f02a}' => '*',
        '\u{f0b3}' => '≥',
        '\u{f0a3}' => '≤',
        '\u{f0b1}' => '±',
        '\u{f0b4}' => '×',
        '\u{f06f}' | '\u{f071}' | '\u{f072}' => '□',
        '\u{f0fe}' | '\u{f052}' => '☑',
        // Most of the others are dots of one size or another.
        '\u{e000}'..='\u{f8ff}' => '•',
        c => c,
    }
}

/// One level of a list.
#[derive(Clone, Debug)]
pub(super) struct Level {
    pub(super) format: NumberFormat,
    /// The label with `%1` for the number of level 1.
    pub(super) text: String,
    pub(super) start: u32,
    /// Levels from 1: this one starts anew only after a paragraph on that level; 0: never.
    pub(super) restart: Option<u32>,
    /// Whether numbers of levels above are shown in digits, whatever their format.
    pub(super) is_decimal: bool,
    /// The encoding of the font of the label.
    pub(super) encoding: Option<crate::text::Legacy>,
}

impl Level {
    /// What Word does on a level that is not defined.
    pub(super) fn plain(at: usize) -> Self {
        Self {
            format: NumberFormat::Decimal,
            text: format!("%{}.", at + 1),
            start: 1,
            restart: None,
            is_decimal: false,
            encoding: None,
        }
    }
}

/// How far a list has counted, by level.
#[derive(Clone, Debug, Default)]
pub(super) struct Numbers {
    counted: Vec<Option<u32>>,
    /// Where a level starts at its next use, whatever its definition says.
    starts: Vec<Option<u32>>,
}

impl Numbers {
    /// Makes level `at` start anew at `start`.
    pub(super) fn restart(&mut self, at: usize, start: u32) {
        self.fit(at + 1);
        if let Some(slot) = self.counted.get_mut(at) {
            *slot = None;
        }
        if let Some(slot) = self.starts.get_mut(at) {
            *slot = Some(start);
        }
    }

    /// Counts one paragraph on level `at` of a list with these `levels` and gives its label,
    /// empty where the level shows none.
    pub(super) fn next(&mut self, at: usize, levels: &[Level]) -> Option<String> {
        let level = levels.get(at)?;
        self.fit(levels.len());
        let start = self.starts.get(at).copied().flatten();
        let slot = self.counted.get_mut(at)?;
        *slot = Some(match *slot {
            Some(number) => number.saturating_add(1),
            None => start.unwrap_or(level.start),
        });
        let used = u32::try_from(at + 1).unwrap_or(u32::MAX);
        for (deeper, slot) in self.counted.iter_mut().enumerate().skip(at + 1) {
            // By default a level starts anew after any level above it.
            let restarts = levels
                .get(deeper)
                .is_some_and(|level| level.restart.is_none_or(|after| after >= used));
            if restarts {
                *slot = None;
            }
        }
        if level.format == NumberFormat::Bullet {
            return Some(level.text.chars().map(symbol).collect());
        }
        Some(self.label(level, levels))
    }

    fn label(&self, level: &Level, levels: &[Level]) -> String {
        let mut label = String::new();
        let mut chars = level.text.chars().peekable();
        while let Some(c) = chars.next() {
            let named = chars.peek().and_then(|digit| digit.to_digit(10));
            let Some(above) = named.filter(|&n| c == '%' && n > 0).map(|n| n as usize - 1) else {
                label.push(c);
                continue;
            };
            chars.next();
            let Some(shown) = levels.get(above) else {
                continue;
            };
            let number = self.counted.get(above).copied().flatten();
            let format = if level.is_decimal {
                NumberFormat::Decimal
            } else {
                shown.format
            };
            label.push_str(&format.write(number.unwrap_or(shown.start)));
        }
        label.chars().take(limit::LABEL).collect()
    }

    fn fit(&mut self, n_levels: usize) {
        if self.counted.len() < n_levels {
            self.counted.resize(n_levels, None);
            self.starts.resize(n_levels, None);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn level(format: NumberFormat, text: &str) -> Level {
        Level {
            format,
            text: text.to_owned(),
            ..Level::plain(0)
        }
    }

    #[test]
    fn numbers_are_written_in_every_format() {
        for (format, number, expected) in [
            (NumberFormat::Decimal, 12, "12"),
            (NumberFormat::DecimalZero, 7, "07"),
            (NumberFormat::LowerLetter, 27, "aa"),
            (NumberFormat::UpperLetter, 3, "C"),
            (NumberFormat::LowerRoman, 14, "xiv"),
            (NumberFormat::UpperRoman, 1999, "MCMXCIX"),
            (NumberFormat::Words, 5, "năm"),
            (NumberFormat::None, 5, ""),
        ] {
            assert_eq!(format.write(number), expected);
        }
    }

    #[test]
    fn levels_count_and_start_anew_below_one_another() {
        let levels = [
            level(NumberFormat::Decimal, "Điều %1."),
            level(NumberFormat::Decimal, "%2."),
            level(NumberFormat::LowerLetter, "%3)"),
        ];
        let mut numbers = Numbers::default();
        let labels: Vec<String> = [0, 1, 2, 2, 1, 2, 0, 1]
            .iter()
            .filter_map(|&at| numbers.next(at, &levels))
            .collect();
        assert_eq!(
            labels,
            ["Điều 1.", "1.", "a)", "b)", "2.", "a)", "Điều 2.", "1."]
        );
    }

    #[test]
    fn levels_that_never_start_anew_go_on() {
        let mut article = level(NumberFormat::Decimal, "Điều %2.");
        article.restart = Some(0);
        let levels = [level(NumberFormat::UpperRoman, "Chương %1"), article];
        let mut numbers = Numbers::default();
        let labels: Vec<String> = [0, 1, 1, 0, 1]
            .iter()
            .filter_map(|&at| numbers.next(at, &levels))
            .collect();
        assert_eq!(
            labels,
            ["Chương I", "Điều 1.", "Điều 2.", "Chương II", "Điều 3."]
        );
    }

    #[test]
    fn restarts_and_numbers_of_levels_above_are_shown() {
        let mut second = level(NumberFormat::Decimal, "%1.%2");
        second.is_decimal = true;
        let levels = [level(NumberFormat::UpperRoman, "%1."), second];
        let mut numbers = Numbers::default();
        assert_eq!(numbers.next(1, &levels).as_deref(), Some("1.1"));
        assert_eq!(numbers.next(0, &levels).as_deref(), Some("I."));
        numbers.restart(0, 5);
        assert_eq!(numbers.next(0, &levels).as_deref(), Some("V."));
        assert_eq!(numbers.next(0, &levels).as_deref(), Some("VI."));
    }

    #[test]
    fn labels_are_not_longer_than_any_is() {
        let levels = [level(
            NumberFormat::UpperRoman,
            &"%1".repeat(limit::LABEL / 2),
        )];
        let mut numbers = Numbers::default();
        numbers.restart(0, 3888);
        let label = numbers.next(0, &levels).unwrap();
        assert_eq!(label.len(), limit::LABEL);
    }

    #[test]
    fn bullets_of_symbol_fonts_are_signs() {
        let mut numbers = Numbers::default();
        let levels = [level(NumberFormat::Bullet, "\u{f0b7}")];
        assert_eq!(numbers.next(0, &levels).as_deref(), Some("•"));
    }
}
