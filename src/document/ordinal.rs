//! What a label counts: `3a`, `II`, `đ` and `thứ nhất` as places in a numbering.

/// The letters that number điểm, in order; f, j, w and z are not used (Decree 34/2016/NĐ-CP,
/// Article 62, and the practice before it).
const LETTERS: [char; 23] = [
    'a', 'b', 'c', 'd', 'đ', 'e', 'g', 'h', 'i', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't',
    'u', 'v', 'x', 'y',
];

/// Number words after `thứ`, as in `Phần thứ nhất`; the second form is the one without marks.
const NUMBER_WORDS: [(&str, u32); 12] = [
    ("nhất", 1),
    ("hai", 2),
    ("nhì", 2),
    ("ba", 3),
    ("tư", 4),
    ("năm", 5),
    ("sáu", 6),
    ("bảy", 7),
    ("bẩy", 7),
    ("tám", 8),
    ("chín", 9),
    ("mười", 10),
];

/// A place in a numbering: the number, then the provisions inserted after it (`3a` is 3, 1).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Ordinal {
    /// 1-based; 0 stands for a label that counts nothing.
    pub(super) number: u32,
    /// 0 for the number itself, 1 for `a`, 2 for `b`, …
    pub(super) inserted: u32,
}

impl Ordinal {
    /// The plain `number`-th place.
    pub(super) fn plain(number: u32) -> Self {
        Self {
            number,
            inserted: 0,
        }
    }

    /// `5`, `03`, `3a`, `12đ`; at most four digits and one letter.
    pub(super) fn arabic(label: &str) -> Option<Self> {
        let digits_end = label
            .find(|c: char| !c.is_ascii_digit())
            .unwrap_or(label.len());
        let (digits, rest) = label.split_at_checked(digits_end)?;
        if digits.is_empty() || digits.len() > 4 {
            return None;
        }
        let number = digits.parse().ok()?;
        let mut letters = rest.chars();
        let inserted = match letters.next() {
            None => 0,
            Some(c) => letter_place(c)?,
        };
        letters
            .next()
            .is_none()
            .then_some(Self { number, inserted })
    }

    /// `a`, `đ`: the place of a letter among those that number điểm.
    pub(super) fn letter(c: char) -> Option<Self> {
        letter_place(c).map(Self::plain)
    }

    /// `I`, `iv`, `XII`, with an inserted letter in lower case (`IIa`); below 90.
    pub(super) fn roman(label: &str) -> Option<Self> {
        let end = label
            .find(|c: char| !matches!(c.to_ascii_uppercase(), 'I' | 'V' | 'X' | 'L'))
            .unwrap_or(label.len());
        let (numeral, rest) = label.split_at_checked(end)?;
        let mut letters = rest.chars();
        let inserted = match letters.next() {
            None => 0,
            Some(c) if c.is_lowercase() => letter_place(c)?,
            Some(_) => return None,
        };
        let number = roman_value(numeral)?;
        letters
            .next()
            .is_none()
            .then_some(Self { number, inserted })
    }

    /// `nhất`, `hai`, … or a figure, after the word `thứ`.
    pub(super) fn word(word: &str) -> Option<Self> {
        let word = word.to_lowercase();
        let bare = crate::text::strip_diacritics(&word);
        let known = NUMBER_WORDS.iter().find(|(name, _)| {
            *name == word || (bare == word && crate::text::strip_diacritics(name) == bare)
        });
        known
            .map(|&(_, number)| Self::plain(number))
            .or_else(|| Self::arabic(&word))
    }

    /// Whether `self` is what a numbering expects right after `previous`.
    pub(super) fn follows(self, previous: Self) -> bool {
        let next_number = self.inserted == 0 && self.number == previous.number + 1;
        let inserted = self.number == previous.number && self.inserted == previous.inserted + 1;
        next_number || inserted
    }
}

fn letter_place(c: char) -> Option<u32> {
    let lower = c.to_lowercase().next()?;
    LETTERS
        .iter()
        .position(|&l| l == lower)
        .and_then(|at| u32::try_from(at + 1).ok())
}

/// The value of a well-formed Roman numeral.
fn roman_value(numeral: &str) -> Option<u32> {
    const STEPS: [(&str, u32); 7] = [
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    if numeral.is_empty() || numeral.len() > 8 {
        return None;
    }
    let upper = numeral.to_ascii_uppercase();
    let mut rest = upper.as_str();
    let mut value = 0;
    for (symbol, step) in STEPS {
        while let Some(tail) = rest.strip_prefix(symbol) {
            rest = tail;
            value += step;
        }
    }
    (rest.is_empty() && to_roman(value) == upper).then_some(value)
}

fn to_roman(mut value: u32) -> String {
    const STEPS: [(&str, u32); 7] = [
        ("L", 50),
        ("XL", 40),
        ("X", 10),
        ("IX", 9),
        ("V", 5),
        ("IV", 4),
        ("I", 1),
    ];
    let mut numeral = String::new();
    for (symbol, step) in STEPS {
        while value >= step {
            numeral.push_str(symbol);
            value -= step;
        }
    }
    numeral
}

/// A range of numbers that is longer is misread.
const RANGE_MAX: u16 = 80;

/// The numbers that a range leaves out: of `2 đến 5` 3 and 4. None where one of the two is no number.
pub(super) fn numbers_between(first: &str, last: &str) -> Vec<String> {
    let (Ok(from), Ok(to)) = (first.parse::<u16>(), last.parse::<u16>()) else {
        return Vec::new();
    };
    let is_short = from < to && to - from < RANGE_MAX;
    let to = if is_short { to } else { from };
    (from.saturating_add(1)..to)
        .map(|n| n.to_string())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(ordinal: Option<Ordinal>, expected: Option<(u32, u32)>) {
        assert_eq!(ordinal.map(|o| (o.number, o.inserted)), expected);
    }

    #[test]
    fn arabic_labels_count() {
        check(Ordinal::arabic("5"), Some((5, 0)));
        check(Ordinal::arabic("03"), Some((3, 0)));
        check(Ordinal::arabic("3đ"), Some((3, 5)));
        check(Ordinal::arabic("3ab"), None);
        check(Ordinal::arabic("12345"), None);
        check(Ordinal::arabic("a"), None);
    }

    #[test]
    fn roman_labels_count_when_well_formed() {
        check(Ordinal::roman("XIV"), Some((14, 0)));
        check(Ordinal::roman("IIa"), Some((2, 1)));
        check(Ordinal::roman("IIII"), None);
        check(Ordinal::roman("VIX"), None);
        check(Ordinal::roman(""), None);
    }

    #[test]
    fn letters_and_words_count() {
        check(Ordinal::letter('đ'), Some((5, 0)));
        check(Ordinal::letter('G'), Some((7, 0)));
        check(Ordinal::letter('f'), None);
        check(Ordinal::word("NHẤT"), Some((1, 0)));
        check(Ordinal::word("nhat"), Some((1, 0)));
        check(Ordinal::word("3"), Some((3, 0)));
        check(Ordinal::word("nhật"), None);
    }

    #[test]
    fn follows_next_number_or_inserted_letter() {
        let at = |number, inserted| Ordinal { number, inserted };
        assert!(at(4, 0).follows(at(3, 0)) && at(3, 1).follows(at(3, 0)));
        assert!(at(4, 0).follows(at(3, 2)) && at(3, 2).follows(at(3, 1)));
        assert!(!at(5, 0).follows(at(3, 0)) && !at(3, 0).follows(at(3, 0)));
    }
}
