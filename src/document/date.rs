//! Calendar dates as documents print them.

use std::fmt;
use std::str::FromStr;

use crate::text::words;

/// A day of the Gregorian calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Date {
    year: u16,
    month: u8,
    day: u8,
}

impl Date {
    /// The day, if the calendar has it and the year lies between 1900 and 2199.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// assert_eq!(Date::new(2024, 2, 29).unwrap().to_string(), "29/02/2024");
    /// assert_eq!(Date::new(2025, 2, 29), None);
    /// ```
    pub fn new(year: u16, month: u8, day: u8) -> Option<Self> {
        let is_leap =
            year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
        let days = match month {
            4 | 6 | 9 | 11 => 30,
            2 if is_leap => 29,
            2 => 28,
            1..=12 => 31,
            _ => return None,
        };
        let is_day = (1900..2200).contains(&year) && (1..=days).contains(&day);
        is_day.then_some(Self { year, month, day })
    }

    /// The year, four digits.
    pub fn year(self) -> u16 {
        self.year
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u8 {
        self.month
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u8 {
        self.day
    }

    /// The day before.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// let day = Date::new(2024, 3, 1).unwrap();
    /// assert_eq!(day.previous(), Date::new(2024, 2, 29));
    /// ```
    pub fn previous(self) -> Option<Self> {
        let last = |year: u16, month: u8| (28..=31).rev().find_map(|d| Self::new(year, month, d));
        match (self.month, self.day) {
            (1, 1) => last(self.year - 1, 12),
            (month, 1) => last(self.year, month - 1),
            (month, day) => Self::new(self.year, month, day - 1),
        }
    }

    /// The day `days` later, for terms that are counted from the day of signing.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// let signed = Date::new(2025, 12, 1).unwrap();
    /// assert_eq!(signed.plus(45), Date::new(2026, 1, 15));
    /// ```
    pub fn plus(self, days: u16) -> Option<Self> {
        let next = |date: Self| {
            Self::new(date.year, date.month, date.day + 1)
                .or_else(|| Self::new(date.year, date.month + 1, 1))
                .or_else(|| Self::new(date.year + 1, 1, 1))
        };
        (0..days).try_fold(self, |date, _| next(date))
    }

    /// `YYYY-MM-DD`, the form that machines exchange.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// assert_eq!(Date::new(2025, 7, 1).unwrap().to_iso(), "2025-07-01");
    /// ```
    pub fn to_iso(self) -> String {
        format!("{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }

    /// The first date that `text` holds: `ngày 09 tháng 12 năm 2022`, `09/12/2022`, `9.12.2022` or
    /// `2022-12-09`.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// let date = Date::find_in("Hà Nội, ngày 09 tháng 12 năm 2022").unwrap();
    /// assert_eq!(date, Date::new(2022, 12, 9).unwrap());
    /// ```
    pub fn find_in(text: &str) -> Option<Self> {
        let words: Vec<&str> = words(text).map(|(word, _)| word).collect();
        (0..words.len()).find_map(|at| Some(Self::at_start(words.get(at..)?)?.0))
    }

    /// The date that `words` begin with, with or without diacritics, and how many words it has.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// let date = Date::new(2022, 12, 9).unwrap();
    /// assert_eq!(Date::at_start(&["09", "12", "2022", "thì"]), Some((date, 3)));
    /// assert_eq!(Date::at_start(&["9", "tháng", "12", "năm", "2022"]), Some((date, 5)));
    /// ```
    pub fn at_start(words: &[&str]) -> Option<(Self, usize)> {
        let number = |at: usize| words.get(at)?.parse::<u16>().ok();
        let small = |at: usize| number(at).and_then(|n| u8::try_from(n).ok());
        let is = |at: usize, names: [&str; 2]| words.get(at).is_some_and(|w| names.contains(w));
        let is_year = |at: usize| words.get(at).is_some_and(|word| word.len() == 4);
        let (year, month, day, n_words) = if is(1, ["tháng", "thang"]) && is(3, ["năm", "nam"]) {
            (4, 2, 0, 5)
        } else if is_year(0) {
            (0, 1, 2, 3)
        } else {
            (2, 1, 0, 3)
        };
        let date = Self::new(number(year)?, small(month)?, small(day)?)?;
        is_year(year).then_some((date, n_words))
    }

    /// The date that is all of `text`: `2022-12-09` or `9/12/2022`. Of a period somebody would have to
    /// choose the day, and none is chosen unnoticed.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// assert_eq!(Date::alone("9/12/2022"), Date::new(2022, 12, 9));
    /// assert_eq!(Date::alone("2022-12-09 đến 2022-12-31"), None);
    /// ```
    pub fn alone(text: &str) -> Option<Self> {
        let year_first: Vec<&str> = text.split('-').collect();
        let day_first: Vec<&str> = text.split('/').collect();
        match (year_first.as_slice(), day_first.as_slice()) {
            ([year, month, day], _) | (_, [day, month, year]) if year.len() == 4 => {
                Self::new(digits(year)?, digits(month)?, digits(day)?)
            }
            _ => None,
        }
    }
}

/// A number of digits alone; the parser of numbers takes a sign too.
fn digits<N: FromStr>(text: &str) -> Option<N> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|_| is_number)
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Days below 10 and the months 1 and 2 take a zero, so that nobody adds a stroke (Decree
        // 30/2020/NĐ-CP, Appendix I).
        let width = if self.month <= 2 { 2 } else { 1 };
        write!(f, "{:02}/{:0width$}/{}", self.day, self.month, self.year)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(
            Date::find_in(text)
                .map(|d| d.to_string())
                .unwrap_or_default(),
            expected,
            "{text}"
        );
    }

    #[test]
    fn dates_are_found_in_every_form() {
        check("có hiệu lực từ ngày 1 tháng 7 năm 2025.", "01/7/2025");
        check("ngay 15 thang 3 nam 2026", "15/3/2026");
        check("từ 5/6/2024 đến 7/8/2024", "05/6/2024");
        check("date: 2026-02-15", "15/02/2026");
    }

    #[test]
    fn dates_that_do_not_exist_are_passed_over() {
        check("31/02/2025", "");
        check("ngày ... tháng ... năm 2025", "");
        check("120/2025/NĐ-CP", "");
        check("00/01/2025", "");
    }

    #[test]
    fn date_alone_is_one_date_in_either_form() {
        let expected = Date::new(2025, 7, 1);
        for text in ["2025-07-01", "1/7/2025", "01/07/2025", "01/7/2025"] {
            assert_eq!(Date::alone(text), expected, "{text}");
        }
        for text in [
            "2025-06-30 đến 2025-12-31",
            "2025-06-30, 2025-12-31",
            "từ 30/6/2025",
            "30/6/2025-31/12/2025",
            "2025-06-30T00:00:00",
            "31/6/2025",
            "30/6/25",
            "+025-06-30",
            "2025-06-+1",
            "2025/06/30",
            "2025-06",
            "",
        ] {
            assert_eq!(Date::alone(text), None, "{text}");
        }
    }

    #[test]
    fn dates_compare_in_time() {
        assert!(Date::new(2025, 7, 1) > Date::new(2025, 6, 30));
    }
}
