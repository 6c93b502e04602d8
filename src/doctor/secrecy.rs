//! A marking of state secrecy: such a document must not be stored here.
//!
//! The stamp stands in a frame in the head (Circular 24/2020/TT-BCA), so it is a line of its own, or
//! beside the number or the date where two columns became one line; laws about secrets name the same
//! words in sentences.

use crate::corpus::Source;
use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::text::canonicalise;

/// The degrees of secrecy (Law on Protection of State Secrets, Article 8).
const DEGREES: [&str; 3] = ["TUYỆT MẬT", "TỐI MẬT", "MẬT"];
/// Stamps of urgency (Decree 30/2020/NĐ-CP, Appendix I), which share a frame or a line with the degree.
const URGENCIES: [&str; 5] = [
    "HỎA TỐC HẸN GIỜ",
    "HỎA TỐC",
    "HOẢ TỐC",
    "THƯỢNG KHẨN",
    "KHẨN",
];
/// How many lines from the start may carry the stamp.
const HEAD_LINES: usize = 60;
/// What may stand before the degree, and a colon.
const LEADS: [&str; 2] = ["độ mật", "mức độ mật"];
/// A place is at most this many words: `Thành phố Hồ Chí Minh`.
const PLACE_WORDS_MAX: usize = 6;
/// A day is at most this many words behind `ngày`: `05 tháng 6 năm 2025`.
const DAY_WORDS_MAX: usize = 5;

/// A marking and where it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Marking {
    /// The degree of secrecy, as it is stamped.
    pub degree: &'static str,
    /// The line of the canonical text, from 1.
    pub line: usize,
}

/// The marking for which `source` must stay out; none where it carries none, or where its maintainer
/// states that it is no secret.
pub fn forbidding(source: &Source) -> Option<Marking> {
    let is_free = source.overrides.not_secret == Some(true);
    marking(&canonicalise(&source.text)).filter(|_| !is_free)
}

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let Some(Marking { degree, line }) = marking(&case.document.text) else {
        return Vec::new();
    };
    let said = format!("carries the security marking {degree}");
    let concern = if case.source.overrides.not_secret == Some(true) {
        let said = format!("{said} and is stated to be no secret");
        Concern::new("security-marking", Gravity::Note, said, "")
    } else {
        Concern::new(
            "security-marking",
            Gravity::Refusal,
            said,
            "keep it out; only if the marking was lifted: state `not_secret = true` for it in `manifest.toml`",
        )
    };
    vec![Concern {
        line: Some(line),
        ..concern
    }]
}

/// The first marking that a canonical text carries.
fn marking(text: &str) -> Option<Marking> {
    text.split('\n').enumerate().find_map(|(at, line)| {
        let stamped = |cell| stamp(cell).or_else(|| beside(cell));
        let is_in_head = at < HEAD_LINES && !is_item(line);
        // A row of a letterhead table may hold it in one of its cells.
        let mut degrees = line.split('|').filter_map(|cell| {
            let stated = stated(cell);
            if is_in_head {
                stated.or_else(|| stamped(cell))
            } else {
                stated
            }
        });
        let degree = degrees.next()?;
        // A row that names several is the head of a table about them.
        let is_only = degrees.all(|other| other == degree);
        let line = at + 1;
        is_only.then_some(Marking { degree, line })
    })
}

/// Whether `line` is one of a list, which has other degrees beside it.
fn is_item(line: &str) -> bool {
    let dashes = ['-', '–'];
    line.starts_with(dashes) && !line.ends_with(dashes)
}

/// The degree that a cell states: `Độ mật: Tối mật`.
fn stated(cell: &str) -> Option<&'static str> {
    let cell = cell.trim_matches(is_frame);
    if !cell.starts_with(['Đ', 'đ', 'M', 'm']) {
        return None;
    }
    let lower = cell.to_lowercase();
    let degree = LEADS.iter().find_map(|lead| {
        let rest = lower.strip_prefix(lead)?.trim_start();
        rest.strip_prefix(':')
    })?;
    stamp(&degree.to_uppercase())
}

/// The degree that a cell is, perhaps with an urgency: `TỐI MẬT`, `(M Ậ T)`, `HỎA TỐC - MẬT`.
fn stamp(cell: &str) -> Option<&'static str> {
    let pressed = pressed(cell);
    let mut rest = pressed.as_str();
    for urgency in URGENCIES.map(self::pressed) {
        rest = rest.strip_prefix(urgency.as_str()).unwrap_or(rest);
        rest = rest.strip_suffix(urgency.as_str()).unwrap_or(rest);
    }
    let is_it = |degree: &&&str| self::pressed(degree) == rest;
    DEGREES.iter().find(is_it).copied()
}

/// `cell` without frames and spaces: words of a stamp may be set with spaces between their letters.
fn pressed(cell: &str) -> String {
    cell.chars().filter(|&c| !is_frame(c)).collect()
}

/// What stands around a stamp, or between two.
fn is_frame(c: char) -> bool {
    c.is_whitespace() || "*_#[]()\"-–—.;,/".contains(c)
}

/// The degree stamped beside the number of a document, its place and date: `Số: 05/BC-UBND MẬT`.
fn beside(cell: &str) -> Option<&'static str> {
    let is_apart = |c: char| c.is_whitespace() || matches!(c, '(' | ')' | '[' | ']' | '*');
    DEGREES.into_iter().find(|degree| {
        let mut found = cell.match_indices(degree);
        found.any(|(at, _)| {
            let Some((before, rest)) = cell.split_at_checked(at) else {
                return false;
            };
            let after = rest.strip_prefix(degree).unwrap_or_default();
            let stands_alone = (before.is_empty() || before.ends_with(is_apart))
                && (after.is_empty() || after.starts_with(is_apart));
            let (before, after) = (before.trim_matches(is_frame), after.trim_matches(is_frame));
            let is_in_line = |side: &str| side.is_empty() || is_reference(side);
            let is_alone = before.is_empty() && after.is_empty();
            stands_alone && !is_alone && is_in_line(before) && is_in_line(after)
        })
    })
}

/// Whether `text` is the number of a document, the place and date of its issue, or both.
fn is_reference(text: &str) -> bool {
    let number = text.strip_prefix("Số").map(str::trim_start);
    let Some(rest) = number.and_then(|rest| rest.strip_prefix(':')) else {
        return is_place_and_day(text);
    };
    let is_of_number = |word: &&str| word.contains(|c: char| c == '/' || c.is_ascii_digit());
    let rest: Vec<&str> = rest.split_whitespace().skip_while(is_of_number).collect();
    rest.is_empty() || is_place_and_day(&rest.join(" "))
}

/// Whether `text` is a line such as `Tân An, ngày 05 tháng 6 năm 2025`; numbers may be left blank.
fn is_place_and_day(text: &str) -> bool {
    let Some((place, day)) = text.split_once(", ngày") else {
        return false;
    };
    let is_capital = |word: &str| word.starts_with(char::is_uppercase);
    let is_name = place.split(' ').count() <= PLACE_WORDS_MAX && place.split(' ').all(is_capital);
    let is_day = day.contains("tháng") && day.contains("năm");
    is_name && is_day && day.split_whitespace().count() <= DAY_WORDS_MAX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn degree(text: &str) -> Option<&'static str> {
        marking(&canonicalise(text)).map(|marking| marking.degree)
    }

    #[test]
    fn stamps_are_found_in_every_setting() {
        for (text, expected) in [
            ("(MẬT)", "MẬT"),
            ("**[TỐI MẬT]**", "TỐI MẬT"),
            ("M Ậ T", "MẬT"),
            ("T U Y Ệ T  M Ậ T", "TUYỆT MẬT"),
            ("HỎA TỐC - TỐI MẬT", "TỐI MẬT"),
            ("TỐI MẬT; HỎA TỐC", "TỐI MẬT"),
            ("MẬT\tTHƯỢNG KHẨN", "MẬT"),
            ("| UBND XÃ TÂN AN | MẬT |", "MẬT"),
            ("Độ mật : MẬT", "MẬT"),
            ("Độ Mật: Mật", "MẬT"),
            ("ĐỘ MẬT: TUYỆT MẬT", "TUYỆT MẬT"),
            ("Mức độ mật: tối mật.", "TỐI MẬT"),
            ("Số: 05/BC-UBND\tMẬT", "MẬT"),
            ("Số : 05/BC-UBND (TỐI MẬT)", "TỐI MẬT"),
            ("Số:     /BC-UBND\tMẬT", "MẬT"),
            ("MẬT\tSố: 05/BC-UBND", "MẬT"),
            ("MẬT\tHà Nội, ngày 05 tháng 6 năm 2025", "MẬT"),
            ("Tân An, ngày … tháng … năm 2025\tTUYỆT MẬT", "TUYỆT MẬT"),
            (
                "Số: 05/BC-UBND\tMẬT\tTP. Hồ Chí Minh, ngày 05 tháng 6 năm 2025",
                "MẬT",
            ),
            (
                "Số: 05/BC-UBND\tTân An, ngày 05 tháng 6 năm 2025\tMẬT",
                "MẬT",
            ),
        ] {
            assert_eq!(degree(text), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_about_secrets_are_no_stamps() {
        for text in [
            "Bí mật nhà nước gồm: TUYỆT MẬT; TỐI MẬT; MẬT.",
            "TUYỆT MẬT, TỐI MẬT, MẬT",
            "| TT | TUYỆT MẬT | TỐI MẬT | MẬT |",
            "- MẬT",
            "BẢO VỆ BÍ MẬT NHÀ NƯỚC",
            "Số: 05/QĐ-UBND VỀ BẢO VỆ BÍ MẬT",
            "Số: 05/BC-MẬT",
            "c) Mật.",
            "Mật",
            "Điều 2. Độ mật",
            "Độ mật: do người ký quyết định",
            "Độ mật: ……",
            "Công văn số 05/BC-UBND ngày 05 tháng 6 năm 2025 đóng dấu MẬT",
            "MẬT ONG RỪNG",
            "Số lượng tài liệu MẬT",
            "HỎA TỐC",
            "",
        ] {
            assert_eq!(degree(text), None, "{text}");
        }
    }

    #[test]
    fn stamps_count_in_the_head_and_statements_everywhere() {
        let far = "Nội dung.\n".repeat(HEAD_LINES);
        for line in ["MẬT", "Số: 05/BC-UBND\tMẬT"] {
            assert_eq!(degree(&format!("{far}{line}")), None);
        }
        let stated = canonicalise(&format!("{far}Độ mật: Mật"));
        let (degree, line) = ("MẬT", HEAD_LINES + 1);
        assert_eq!(marking(&stated), Some(Marking { degree, line }));
    }
}
