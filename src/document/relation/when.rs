//! From when a clause holds: `kể từ ngày 01 tháng 7 năm 2026`, `kể từ ngày Thông tư này có hiệu lực`.

use crate::document::Date;
use crate::document::relation::verb::Words;
use crate::text::clip;

/// How far behind `từ ngày` its date reaches.
const DATE_BYTES_MAX: usize = 60;
/// How far behind `từ ngày` the text stands whose entry into force is meant.
const ENTRY_BYTES_MAX: usize = 140;

/// How many words `Thông tư liên tịch này` has, the longest name of a document for itself.
const KIND_WORDS_MAX: usize = 5;

/// The first day of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::document) enum When {
    /// A day of the calendar.
    Day(Date),
    /// The day on which this document enters into force.
    Entry,
    /// The day on which it was signed, promulgated or adopted.
    Signed,
    /// So many days after that. Old texts count them from the day of the gazette, which they do not say: days
    /// or weeks too early is better than never, for what they replace would be shown as valid.
    After(u16),
    /// A day that this text does not say, such as another document's entry into force.
    Elsewhere,
}

impl When {
    /// Reads the first day that `text` gives behind `từ ngày`.
    pub(in crate::document) fn find_in(text: &str) -> Option<Self> {
        if let Some(days) = term(text) {
            return Some(Self::After(days));
        }
        let at = text.find("từ ngày").or_else(|| text.find("Từ ngày"))?;
        let rest = text.get(at + "từ ngày".len()..)?;
        Some(Self::read(rest))
    }

    /// Reads the first day that `text`, which begins with the title of a document, gives behind it. Titles
    /// name days of their own (`mức trợ cấp từ ngày 01/01/2022 đối với cán bộ`), so that it must close the
    /// text or be set off by a comma.
    pub(in crate::document) fn find_behind(text: &str) -> Option<Self> {
        let (before, rest) = text.split_at_checked(text.rfind("từ ngày")?)?;
        let rest = rest.strip_prefix("từ ngày")?;
        let before = before.trim_end().strip_suffix("kể").unwrap_or_default();
        let is_set_off = before.trim_end().ends_with([',', ';']);
        let is_date = |word: &String| {
            let is_number = |c: char| c.is_ascii_digit() || matches!(c, '/' | '-' | '.');
            word.chars().all(is_number) || word == "thang" || word == "nam"
        };
        let closes = || Words::of(rest, 0).bare.iter().all(is_date);
        (is_set_off || closes()).then(|| Self::read(rest))
    }

    /// The day itself, for a document that was issued and enters into force on the given days.
    pub(in crate::document) fn day(
        self,
        issued: Option<Date>,
        entry: Option<Date>,
    ) -> Option<Date> {
        match self {
            Self::Day(day) => Some(day),
            Self::Entry => entry,
            Self::Signed => issued,
            Self::After(days) => issued.and_then(|day| day.plus(days)),
            Self::Elsewhere => None,
        }
    }

    /// Reads the words behind `từ ngày`.
    fn read(rest: &str) -> Self {
        let rest = rest.trim_start();
        let is_digit = rest.starts_with(|c: char| c.is_ascii_digit());
        if is_digit && let Some(date) = Date::find_in(clip(rest, DATE_BYTES_MAX)) {
            return Self::Day(date);
        }
        let signed = ["ký", "kí", "ban hành", "được thông qua", "thông qua"];
        if signed.iter().any(|word| rest.starts_with(word)) {
            return Self::Signed;
        }
        let words = Words::of(clip(rest, ENTRY_BYTES_MAX), 0);
        let is_own = words
            .bare
            .iter()
            .take(KIND_WORDS_MAX)
            .any(|word| word == "nay");
        if is_own { Self::Entry } else { Self::Elsewhere }
    }
}

/// `sau 45 ngày kể từ ngày ký`: the number of days.
fn term(text: &str) -> Option<u16> {
    let at = text.find("sau ")?;
    let rest = text.get(at + "sau ".len()..)?;
    let rest = rest.strip_prefix("đủ ").unwrap_or(rest);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let tail = rest.get(digits.len()..)?.trim_start();
    let is_term = tail.starts_with("ngày") && clip(tail, ENTRY_BYTES_MAX).contains("từ ngày ");
    digits.parse().ok().filter(|_| is_term)
}

/// The last day of a clause: `đến hết ngày 30/12/2026`, `đến trước ngày 01/3/2027`.
pub(in crate::document) fn last_day(text: &str) -> Option<Date> {
    let at = text.find(" đến ")?;
    let rest = text.get(at + " đến ".len()..)?;
    let rest = rest.trim_start().trim_start_matches("hết ").trim_start();
    let before = rest.strip_prefix("trước ").map(str::trim_start);
    let rest = before.unwrap_or(rest);
    let rest = rest.get(rest.find("ngày")?..)?;
    let day = rest.strip_prefix("ngày")?.trim_start();
    let is_date = day.starts_with(|c: char| c.is_ascii_digit()) && !text.contains('~');
    let date = Date::find_in(clip(day, DATE_BYTES_MAX)).filter(|_| is_date)?;
    if before.is_some() {
        date.previous()
    } else {
        Some(date)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_days_are_read_in_every_form() {
        let check = |text: &str, expected: Option<When>| {
            assert_eq!(When::find_in(text), expected, "{text}");
        };
        let day = Date::new(2026, 7, 1).map(When::Day);
        check("kể từ ngày 01 tháng 7 năm 2026.", day);
        check("từ ngày 1/7/2026", day);
        check("kể từ ngày ký ban hành", Some(When::Signed));
        check("từ ngày được thông qua", Some(When::Signed));
        check(
            "kể từ ngày Thông tư này có hiệu lực thi hành",
            Some(When::Entry),
        );
        check(
            "kể từ ngày Luật Đầu tư có hiệu lực thi hành",
            Some(When::Elsewhere),
        );
        check("sau 45 ngày kể từ ngày ký ban hành", Some(When::After(45)));
        check("không nói gì", None);
    }

    #[test]
    fn days_of_titles_are_no_days_of_clauses() {
        let check = |text: &str, expected: Option<When>| {
            assert_eq!(When::find_behind(text), expected, "{text}");
        };
        let day = Date::new(2022, 7, 1).map(When::Day);
        check("của Luật quảng cáo kể từ ngày 01 tháng 7 năm 2022.", day);
        check("về quảng cáo từ ngày 01/7/2022", day);
        check("về quảng cáo, kể từ ngày 01/7/2022 tại các tỉnh", day);
        check("về mức trợ cấp từ ngày 01/7/2022 đối với cán bộ", None);
        check("bảng giá từ ngày 01/01/2020 đến ngày 31/12/2024", None);
    }

    #[test]
    fn last_days_are_inclusive() {
        let day = |text: &str| last_day(text).map(Date::to_iso).unwrap_or_default();
        assert_eq!(
            day("từ ngày ký đến hết ngày 31 tháng 12 năm 2027"),
            "2027-12-31"
        );
        assert_eq!(
            day("từ ngày 29/4/2026 đến trước ngày 01/3/2027"),
            "2027-02-28"
        );
        assert_eq!(day("đến nay"), "");
    }
}
