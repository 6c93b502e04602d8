//! Figures in a text: lengths of time, sums of money, dates, counts; and bodies in charge.

use crate::text::Span;
use crate::text::fold_word;
use crate::text::words;

use super::intent::Intent;

/// Units after a number, without diacritics, longest first, by what they measure.
const UNITS: &[(&str, Intent)] = &[
    ("ngay lam viec", Intent::Duration),
    ("gio lam viec", Intent::Duration),
    ("ngay", Intent::Duration),
    ("thang", Intent::Duration),
    ("gio", Intent::Duration),
    ("tuan", Intent::Duration),
    ("nam", Intent::Duration),
    ("phut", Intent::Duration),
    ("dong trang", Intent::Money),
    ("dong thang", Intent::Money),
    ("dong nguoi thang", Intent::Money),
    ("dong truong hop", Intent::Money),
    ("dong ban", Intent::Money),
    ("dong", Intent::Money),
    ("d", Intent::Money),
    ("trieu dong", Intent::Money),
];

/// Beginnings of names of bodies, without diacritics, with the words that complete them.
const BODIES: &[&str] = &[
    "chu tich uy ban nhan dan cap tinh",
    "chu tich uy ban nhan dan cap xa",
    "chu tich ubnd cap tinh",
    "chu tich ubnd cap xa",
    "chu tich ubnd tinh",
    "chu tich ubnd xa",
    "uy ban nhan dan cap tinh",
    "uy ban nhan dan cap xa",
    "ubnd cap tinh",
    "ubnd cap xa",
    "ubnd tinh",
    "ubnd xa",
    "uy ban nhan dan tinh",
    "uy ban nhan dan xa",
    "so tu phap",
    "hoi dong nhan dan cap tinh",
    "hdnd tinh",
    "hdnd cap tinh",
    "trung tam phuc vu hanh chinh cong",
    "van phong dang ky dat dai",
    "cong an xa",
    "co quan dang ky kinh doanh cap xa",
];

/// One word in both the forms needed here.
struct Word {
    bare: String,
    span: Span,
}

/// The figures of the kind `intent` asks for, in reading order; for [`Intent::Authority`] the
/// bodies named.
pub(super) fn figures(text: &str, intent: Intent) -> Vec<Span> {
    let words: Vec<Word> = words(text)
        .map(|(w, span)| Word {
            bare: fold_word(w).bare,
            span,
        })
        .collect();
    match intent {
        Intent::Duration | Intent::Money => measures(text, &words, intent),
        Intent::Date => dates(text, &words),
        Intent::Count => numbers(&words),
        Intent::Authority => bodies(&words),
        Intent::Contact | Intent::Definition | Intent::List | Intent::Statement => Vec::new(),
    }
}

fn is_number(word: &Word) -> bool {
    word.bare.bytes().all(|b| b.is_ascii_digit())
}

fn measures(text: &str, words: &[Word], intent: Intent) -> Vec<Span> {
    let mut found = Vec::new();
    for (at, word) in words.iter().enumerate().filter(|(_, w)| is_number(w)) {
        let rest = words.get(at + 1..).unwrap_or_default();
        let unit = UNITS
            .iter()
            .filter(|(_, kind)| *kind == intent)
            .filter_map(|(unit, _)| unit_end(rest, unit))
            .max();
        let Some(end) = unit else { continue };
        let span = Span::new(word.span.start, end);
        // `Điều 5 ngày …` and `ngày 01 tháng 7 năm 2025` are no lengths of time.
        let is_date = intent == Intent::Duration
            && at > 0
            && matches!(words.get(at - 1), Some(w) if matches!(w.bare.as_str(), "ngai" | "ngay" | "thang" | "dieu" | "khoan" | "quy" | "qui"));
        let is_close = span
            .slice(text)
            .is_some_and(|s| !s.contains(['\n', ';', ':', ',']));
        if !is_date && is_close {
            found.push(span);
        }
    }
    found
}

/// Where `unit` ends if `words` begin with it.
fn unit_end(words: &[Word], unit: &str) -> Option<usize> {
    let mut end = None;
    for (at, part) in unit.split(' ').enumerate() {
        let word = words.get(at).filter(|w| w.bare == fold_word(part).bare)?;
        end = Some(word.span.end);
    }
    end
}

/// `01/7/2025` and `ngày 01 tháng 7 năm 2025`.
fn dates(text: &str, words: &[Word]) -> Vec<Span> {
    let year = |w: &Word| {
        is_number(w) && w.bare.len() == 4 && (w.bare.starts_with("19") || w.bare.starts_with("20"))
    };
    let mut found = Vec::new();
    for window in words.windows(3) {
        if let [day, month, last] = window
            && is_number(day)
            && is_number(month)
            && year(last)
            && day.bare.len() <= 2
            && month.bare.len() <= 2
            && joined(text, day, month, "/")
            && joined(text, month, last, "/")
        {
            found.push(Span::new(day.span.start, last.span.end));
        }
    }
    for window in words.windows(6) {
        if let [a, day, b, month, c, last] = window
            && (a.bare.as_str(), b.bare.as_str(), c.bare.as_str()) == ("ngay", "thang", "nam")
            && is_number(day)
            && is_number(month)
            && year(last)
        {
            found.push(Span::new(a.span.start, last.span.end));
        }
    }
    found.sort_unstable();
    found
}

fn joined(text: &str, a: &Word, b: &Word, by: &str) -> bool {
    text.get(a.span.end..b.span.start) == Some(by)
}

fn numbers(words: &[Word]) -> Vec<Span> {
    let is_reference = |at: usize| {
        at > 0
            && matches!(words.get(at - 1), Some(w) if matches!(w.bare.as_str(), "dieu" | "khoan" | "so" | "ngay" | "thang" | "nam" | "muc" | "chuong"))
    };
    words
        .iter()
        .enumerate()
        .filter(|&(at, w)| at > 0 && is_number(w) && !is_reference(at))
        .map(|(_, w)| w.span)
        .collect()
}

fn bodies(words: &[Word]) -> Vec<Span> {
    let mut found: Vec<Span> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let rest = words.get(at..).unwrap_or_default();
        // `Chủ tịch, Phó Chủ tịch …`: several may, and no single name says so.
        let is_deputy = at > 0 && words.get(at - 1).is_some_and(|before| before.bare == "pho");
        if is_deputy {
            return Vec::new();
        }
        if let Some(end) = BODIES.iter().filter_map(|body| unit_end(rest, body)).max()
            && found.last().is_none_or(|last| last.end <= word.span.start)
        {
            found.push(Span::new(word.span.start, end));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, intent: Intent, expected: &[&str]) {
        let found: Vec<&str> = figures(text, intent)
            .into_iter()
            .filter_map(|s| s.slice(text))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn lengths_of_time_are_found_with_their_unit() {
        check(
            "Trong thời hạn 60 ngày kể từ ngày sinh",
            Intent::Duration,
            &["60 ngày"],
        );
        check(
            "không quá 05 ngày làm việc; xác minh 10 ngày làm việc",
            Intent::Duration,
            &["05 ngày làm việc", "10 ngày làm việc"],
        );
        check(
            "từ ngày 01 tháng 7 năm 2025, Điều 5 ngày",
            Intent::Duration,
            &[],
        );
    }

    #[test]
    fn sums_keep_their_dots_and_rate() {
        check(
            "mức 540.000 đồng/tháng",
            Intent::Money,
            &["540.000 đồng/tháng"],
        );
        check(
            "2.000 đồng/trang cho 02 trang đầu",
            Intent::Money,
            &["2.000 đồng/trang"],
        );
    }

    #[test]
    fn dates_in_both_spellings() {
        check(
            "từ 01/7/2026 đến ngày 28 tháng 02 năm 2027",
            Intent::Date,
            &["01/7/2026", "ngày 28 tháng 02 năm 2027"],
        );
        check("120/2025/NĐ-CP", Intent::Date, &[]);
    }

    #[test]
    fn bodies_are_the_longest_names() {
        check(
            "Chủ tịch UBND cấp tỉnh thu hồi; Sở Tư pháp giúp việc",
            Intent::Authority,
            &["Chủ tịch UBND cấp tỉnh", "Sở Tư pháp"],
        );
    }

    #[test]
    fn deputies_are_not_taken_for_chairmen() {
        check(
            "Chủ tịch, Phó Chủ tịch UBND cấp xã ký",
            Intent::Authority,
            &[],
        );
    }

    #[test]
    fn counts_leave_out_references() {
        check(
            "Theo Điều 5, cả nước có 3.321 đơn vị",
            Intent::Count,
            &["3.321"],
        );
    }
}
