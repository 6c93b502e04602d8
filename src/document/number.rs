//! Document numbers (số ký hiệu): `120/2025/NĐ-CP`, `60/2014/QH13`, `16-TB/TU`.

use std::fmt;
use std::str::FromStr;

use crate::document::DocumentKind;
use crate::text::strip_diacritics;

/// The number of a document.
///
/// Decree 30/2020/NĐ-CP, Appendix I, prescribes `number/kind-issuer`; legal normative documents put
/// the year between; the Party writes `number-kind/issuer`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct DocumentNumber {
    /// Without leading zeros; a few have a part after a dot (`66.7`).
    pub number: String,
    /// Normative documents carry it, others do not.
    pub year: Option<u16>,
    /// Kind and issuer as printed: `NĐ-CP`, `QH13`, `TB/TU`; never empty.
    pub suffix: String,
    /// Whether it ends in `-MẪU`: a sample document that nobody issued.
    pub is_sample: bool,
}

/// Codes of local bodies, without marks and case: Ủy ban and Hội đồng nhân dân, and the chairman of
/// the first; until 2004 committees also wrote `QĐ-UB`.
const LOCAL: [&str; 4] = ["ubnd", "hdnd", "ub", "ctubnd"];

/// A text that is no document number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotANumber;

impl fmt::Display for NotANumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a document number such as `120/2025/NĐ-CP`")
    }
}

impl std::error::Error for NotANumber {}

impl fmt::Display for DocumentNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            number,
            year,
            suffix,
            is_sample,
        } = self;
        match year {
            Some(year) => write!(f, "{number:0>2}/{year}/{suffix}")?,
            None if suffix.contains('/') => write!(f, "{number:0>2}-{suffix}")?,
            None => write!(f, "{number:0>2}/{suffix}")?,
        }
        f.write_str(if *is_sample { "-MẪU" } else { "" })
    }
}

impl FromStr for DocumentNumber {
    type Err = NotANumber;

    /// Reads a number that fills the whole text.
    fn from_str(text: &str) -> Result<Self, NotANumber> {
        let parts = Parts::read(text.trim()).ok_or(NotANumber)?;
        if parts.len != text.trim().len() {
            return Err(NotANumber);
        }
        parts.complete().ok_or(NotANumber)
    }
}

impl DocumentNumber {
    /// The kind of document that the suffix names. A number of the National Assembly (`QH13`) may
    /// be a law's or a resolution's and says nothing.
    pub fn kind(&self) -> Option<DocumentKind> {
        self.suffix
            .split(['-', '/'])
            .next()
            .and_then(DocumentKind::of_code)
    }

    /// Whether a local body counts it: People's Committees and Councils all begin with 1.
    pub fn is_local(&self) -> bool {
        let codes = self.suffix.split(['-', '/']);
        codes.map(plain).any(|code| LOCAL.contains(&code.as_str()))
    }

    /// What all spellings of one number share; leading zeros, marks, case and spaces do not count.
    ///
    /// # Example
    /// ```
    /// use camnang::document::DocumentNumber;
    /// let number: DocumentNumber = "07/2021/NĐ-CP".parse().unwrap();
    /// assert_eq!(number.key(), "7/2021/nd-cp");
    /// ```
    pub fn key(&self) -> String {
        let year = self.year.map(|year| year.to_string()).unwrap_or_default();
        let number = self.number.trim_start_matches('0');
        format!("{number}/{year}/{}", plain(&self.suffix))
    }

    /// The first complete number in `text`.
    pub(super) fn first_in(text: &str) -> Option<Self> {
        let clean = text.replace(['*', '_'], "");
        let mut ends = 0;
        let mut starts = clean.match_indices(|c: char| c.is_ascii_digit());
        starts.find_map(|(at, _)| {
            let is_part = clean
                .get(..at)
                .is_some_and(|before| before.ends_with(['/', '-', '.']));
            let parts = Parts::read(clean.get(at..)?).filter(|_| at >= ends && !is_part)?;
            ends = at + parts.len;
            parts.complete()
        })
    }

    /// Whether two suffixes name the same kind and issuer; marks, case and spaces do not count, and
    /// the issuer may be missing (`NĐ` for `NĐ-CP`).
    pub(super) fn same_suffix(a: &str, b: &str) -> bool {
        let (a, b) = (plain(a), plain(b));
        let begins = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|rest| rest.is_empty() || rest.starts_with(['-', '/']))
        };
        begins(&a, &b) || begins(&b, &a)
    }
}

/// A suffix without marks, case and spaces.
fn plain(suffix: &str) -> String {
    strip_diacritics(suffix).to_lowercase().replace(' ', "")
}

/// A number as far as a text gives it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Parts {
    pub(super) number: String,
    pub(super) year: Option<u16>,
    pub(super) suffix: Option<String>,
    pub(super) is_sample: bool,
    /// How many bytes were read.
    pub(super) len: usize,
}

impl Parts {
    /// Reads a number at the start of `text`.
    pub(super) fn read(text: &str) -> Option<Self> {
        let digits = digits(text)?;
        let mut number = digits.trim_start_matches('0').to_owned();
        let mut rest = text.get(digits.len()..)?;
        if let Some(part) = rest
            .strip_prefix('.')
            .and_then(|r| r.find('/').and_then(|end| r.get(..end)))
            && !part.is_empty()
            && part.len() <= 2
            && part.bytes().all(|b| b.is_ascii_digit())
        {
            number = format!("{number}.{part}");
            rest = rest.get(1 + part.len()..)?;
        }
        if number.is_empty() || digits.len() > 5 {
            return None;
        }
        let year = year(rest);
        rest = if year.is_some() { rest.get(5..)? } else { rest };
        let (suffix, rest) =
            suffix(rest, year.is_some()).map_or((None, rest), |(s, r)| (Some(s), r));
        let sample = suffix.and_then(|s| s.strip_suffix("-MẪU").or_else(|| s.strip_suffix("-MAU")));
        let suffix = sample.or(suffix).map(|s| s.replace(' ', ""));
        let len = text.len() - rest.len();
        Some(Self {
            number,
            year,
            suffix,
            is_sample: sample.is_some(),
            len,
        })
    }

    /// The number, if its suffix is given.
    pub(super) fn complete(self) -> Option<DocumentNumber> {
        let Self {
            number,
            year,
            suffix,
            is_sample,
            ..
        } = self;
        suffix.map(|suffix| DocumentNumber {
            number,
            year,
            suffix,
            is_sample,
        })
    }
}

fn digits(text: &str) -> Option<&str> {
    let end = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    text.get(..end).filter(|digits| !digits.is_empty())
}

/// `/2025`, with nothing behind that would make it a longer number.
fn year(rest: &str) -> Option<u16> {
    let year = digits(rest.strip_prefix('/')?).filter(|digits| digits.len() == 4)?;
    let closed = rest
        .get(5..)
        .is_some_and(|after| !after.starts_with(char::is_alphabetic));
    year.parse()
        .ok()
        .filter(|year| closed && (1945..2100).contains(year))
}

/// `/NĐ-CP`, `-TB/TU`, `/QĐ-BNN&MT`: letters and digits in groups. Hyphens may have a space behind them, as page
/// layout leaves it (`TT- BTC`).
fn suffix(rest: &str, after_year: bool) -> Option<(&str, &str)> {
    let body = rest.strip_prefix('/').or_else(|| rest.strip_prefix('-'))?;
    if !body.starts_with(char::is_alphabetic) {
        return None;
    }
    let end = suffix_end(body);
    let suffix = body.get(..end)?;
    let is_party = !rest.starts_with('-') || after_year || suffix.contains('/');
    let is_code = suffix.chars().count() > 1 && is_party;
    is_code.then(|| (suffix, body.get(end..).unwrap_or_default()))
}

fn suffix_end(body: &str) -> usize {
    let mut end = 0;
    let mut chars = body.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let next = chars.peek().map_or(' ', |&(_, next)| next);
        let spaced = c == '-'
            && next == ' '
            && body
                .get(at + 2..)
                .is_some_and(|b| b.starts_with(char::is_uppercase));
        if c.is_alphanumeric() {
            end = at + c.len_utf8();
        } else if spaced {
            chars.next();
        } else if !(matches!(c, '-' | '/' | '&') && next.is_alphanumeric()) {
            break;
        }
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, number: &str, year: Option<u16>, suffix: &str) {
        let parsed: DocumentNumber = text.parse().expect(text);
        assert_eq!(
            (parsed.number.as_str(), parsed.year, parsed.suffix.as_str()),
            (number, year, suffix)
        );
    }

    #[test]
    fn numbers_of_every_form_are_read() {
        check("120/2025/NĐ-CP", "120", Some(2025), "NĐ-CP");
        check("60/2014/QH13", "60", Some(2014), "QH13");
        check("07/2021/TT-BTP", "7", Some(2021), "TT-BTP");
        check("66.7/2025/NQ-CP", "66.7", Some(2025), "NQ-CP");
        check("16-TB/TU", "16", None, "TB/TU");
        check("557/BKHCN-CĐSQG", "557", None, "BKHCN-CĐSQG");
        check("03/2016/TT- BLĐTBXH", "3", Some(2016), "TT-BLĐTBXH");
        check(
            "16/2013/TTLT-BYT-BNN&PTNT",
            "16",
            Some(2013),
            "TTLT-BYT-BNN&PTNT",
        );
    }

    #[test]
    fn samples_are_marked() {
        let number: DocumentNumber = "01/HD-UBND-MẪU".parse().expect("a number");
        assert!(number.is_sample && number.suffix == "HD-UBND");
        assert_eq!(number.to_string(), "01/HD-UBND-MẪU");
    }

    #[test]
    fn other_texts_are_no_numbers() {
        for text in [
            "",
            "120",
            "120/2025",
            "15/6/2025",
            "x/2025/NĐ-CP",
            "120/2025/NĐ-CP và",
            "60km/h",
            "0/2025/NĐ-CP",
        ] {
            assert_eq!(text.parse::<DocumentNumber>(), Err(NotANumber), "{text}");
        }
    }

    #[test]
    fn display_reads_back() {
        for text in [
            "120/2025/NĐ-CP",
            "16-TB/TU",
            "557/BKHCN-CĐSQG",
            "01/HD-UBND-MẪU",
        ] {
            let number: DocumentNumber = text.parse().expect(text);
            assert_eq!(number.to_string(), text);
        }
    }

    #[test]
    fn numbers_of_committees_are_local_in_their_old_forms_too() {
        let is_local = |text: &str| text.parse::<DocumentNumber>().expect(text).is_local();
        for text in [
            "05/2003/QĐ-UB",
            "12/2020/QĐ-UBND",
            "31/QĐ-CTUBND",
            "8/2016/NQ-HĐND",
        ] {
            assert!(is_local(text), "{text}");
        }
        for text in ["120/2025/NĐ-CP", "5/2003/QĐ-UBDT", "834/VBHN-BLĐTBXH"] {
            assert!(!is_local(text), "{text}");
        }
    }

    #[test]
    fn kind_comes_from_the_suffix() {
        let kind = |text: &str| text.parse::<DocumentNumber>().expect(text).kind();
        assert_eq!(kind("120/2025/NĐ-CP"), Some(DocumentKind::Decree));
        assert_eq!(kind("25/2025/TT-BYT"), Some(DocumentKind::Circular));
        assert_eq!(kind("60/2014/QH13"), None);
    }
}
