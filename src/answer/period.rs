//! The time that a provision says it is about: `Từ ngày 01/7/2026: 07 ngày làm việc`, `Đến hết ngày
//! 31/12/2026 …`, `Trước ngày 01/7/2025, việc này do UBND cấp huyện làm`.
//!
//! Guidance tells the old rule beside the new one, in one text that is in force. Read is what opens a
//! provision, stands before its colon or follows an amount; a day elsewhere is a fact of some case.

use crate::document::Date;
use crate::document::Document;
use crate::document::Level;
use crate::text::Span;
use crate::text::clip;
use crate::text::fold_text;

use super::figure::figures;
use super::intent::Intent;

/// How far an opening reaches.
const OPENING_BYTES_MAX: usize = 90;

/// Days between which a provision is about, both included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// The first day; open where it is not said.
    pub from: Option<Date>,
    /// The last day; open where it is not said.
    pub until: Option<Date>,
}

impl Period {
    /// The period that `text`, a provision with its number, says it is about; none where it says
    /// none.
    ///
    /// # Example
    /// ```
    /// use camnang::answer::Period;
    /// use camnang::document::Date;
    /// let period = Period::of("2. Đơn nhận trước ngày 01/7/2026: thời hạn là 10 ngày.").unwrap();
    /// assert!(period.holds(Date::new(2026, 6, 30).unwrap()));
    /// assert!(!period.holds(Date::new(2026, 7, 1).unwrap()));
    /// assert_eq!(Period::of("1. Thời hạn là 10 ngày."), None);
    /// ```
    pub fn of(text: &str) -> Option<Self> {
        let text = without_label(text);
        let (opening, has_colon) = opening(text);
        read(opening, !has_colon)
            .or_else(|| read(behind_amount(text)?, false))
            .or_else(|| read(limited(text)?, false))
    }

    /// The period of the words at `span` of `document`, as [`Self::of`] reads it, ended where the next
    /// điểm of their list takes their place.
    pub fn in_list(document: &Document, span: Span) -> Option<Self> {
        let mut period = Self::of(document.slice(span))?;
        if let Self {
            from: Some(from),
            until: None,
        } = period
        {
            let all = in_turn(document, document.provision_at(span));
            let later = all.into_iter().map(|(_, start)| start);
            let next = later.filter(|start| *start > from).min();
            period.until = next.and_then(Date::previous);
        }
        Some(period)
    }

    /// Whether it holds on `day`.
    pub fn holds(self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// The điểm of which one takes the place of the other, each from its day on, where `at` is one of them:
/// `a) 360.000 đồng từ ngày 01/7/2021; b) 500.000 đồng từ ngày 01/7/2024`. They begin with the same
/// words, for else they are about different things.
pub(super) fn in_turn(document: &Document, at: usize) -> Vec<(usize, Date)> {
    let since = |at: usize| {
        let point = document.provisions.get(at);
        let text = document.slice(point.filter(|p| p.level == Level::Point)?.span);
        Some((beginning(text), Period::of(text)?.from?))
    };
    let (Some(parent), Some((own, _))) = (document.ancestors(at).next(), since(at)) else {
        return Vec::new();
    };
    let alike = document.children(parent).filter_map(|point| {
        let (beginning, from) = since(point)?;
        (beginning == own).then_some((point, from))
    });
    alike.collect()
}

/// The words before the first number, in search form.
fn beginning(text: &str) -> String {
    let mut parts = without_label(text).split(|c: char| c.is_ascii_digit());
    fold_text(parts.next().unwrap_or_default(), true)
}

/// What stands behind the first sum of money.
fn behind_amount(text: &str) -> Option<&str> {
    let amount = figures(text, Intent::Money).into_iter().next()?;
    Some(clip(text.get(amount.end..)?, OPENING_BYTES_MAX))
}

/// What stands behind `Nội dung này áp dụng`, `Quy định này áp dụng`: a provision that limits itself.
fn limited(text: &str) -> Option<&str> {
    let at = text.find(" này áp dụng ")?;
    let rest = text.get(at + " này áp dụng".len()..)?;
    rest.split(['.', ';', ',']).next()
}

/// `text` without `1.`, `a)` or `–` before it.
pub(super) fn without_label(text: &str) -> &str {
    let text = text.trim_start();
    let first = text.split_whitespace().next().unwrap_or_default();
    let is_label = first.ends_with(['.', ')']) && first.chars().count() <= 4
        || matches!(first, "-" | "–" | "+" | "*");
    if is_label {
        text.get(first.len()..).unwrap_or_default().trim_start()
    } else {
        text
    }
}

/// What stands before the first colon, where that is near; else the first phrase.
fn opening(text: &str) -> (&str, bool) {
    let near = clip(text, OPENING_BYTES_MAX);
    match near.split_once(':') {
        Some((before, _)) => (before, true),
        None => (near.split([',', ';']).next().unwrap_or(near), false),
    }
}

/// Reads the days of `phrase`, which it may have to begin with.
fn read(phrase: &str, must_begin: bool) -> Option<Period> {
    let folded = fold_text(phrase, false);
    let words: Vec<&str> = folded.split(' ').collect();
    let heads = [
        &["tu"][..],
        &["ke", "tu"],
        &["den", "het"],
        &["truoc"],
        &["sau"],
    ];
    if must_begin && !heads.iter().any(|head| words.starts_with(head)) {
        return None;
    }
    let mut period = Period::default();
    for at in 0..words.len() {
        let rest = words.get(at + 1..).unwrap_or_default().join(" ");
        let day = |skip: &str| {
            let rest = rest.strip_prefix(skip).unwrap_or(&rest);
            let rest = rest.strip_prefix("ngay ").unwrap_or(rest);
            let is_near = rest.starts_with(|c: char| c.is_ascii_digit());
            Date::find_in(rest).filter(|_| is_near)
        };
        match words.get(at) {
            Some(&"tu") => period.from = period.from.or(day("")),
            Some(&"sau") => period.from = period.from.or(day("").and_then(|d| d.plus(1))),
            Some(&"truoc") => period.until = period.until.or(day("").and_then(Date::previous)),
            Some(&"den") => period.until = period.until.or(day("het ")),
            _ => {}
        }
    }
    (period != Period::default()).then_some(period)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document;

    fn period(text: &str) -> (String, String) {
        let iso = |date: Option<Date>| date.map(Date::to_iso).unwrap_or_default();
        let period = Period::of(text).unwrap_or_default();
        (iso(period.from), iso(period.until))
    }

    #[track_caller]
    fn check(text: &str, from: &str, until: &str) {
        assert_eq!(period(text), (from.to_owned(), until.to_owned()), "{text}");
    }

    #[test]
    fn periods_are_read_where_a_provision_says_what_it_is_about() {
        check(
            "1. Đơn nhận từ ngày 01/7/2026: thụ lý trong 07 ngày làm việc.",
            "2026-07-01",
            "",
        );
        check(
            "1. Từ ngày 01/7/2025 đến hết ngày 30/6/2026: 500.000 đồng/tháng.",
            "2025-07-01",
            "2026-06-30",
        );
        check(
            "1. Đến hết ngày 31/12/2026 vẫn rà soát theo chuẩn nghèo cũ.",
            "",
            "2026-12-31",
        );
        check(
            "3. Trước ngày 01/7/2025, việc này do UBND cấp huyện làm.",
            "",
            "2025-06-30",
        );
        check(
            "Chủ tịch ký chứng thực.\nNội dung này áp dụng đến hết ngày 31/10/2025; sau đó theo văn bản mới.",
            "",
            "2025-10-31",
        );
        check(
            "a) 360.000 đồng/tháng từ ngày 01/7/2021, theo Nghị định số 20/2021/NĐ-CP.",
            "2021-07-01",
            "",
        );
    }

    /// The period of the provision that holds `words`.
    fn listed(text: &str, words: &str) -> (String, String) {
        let document = document::parse(text);
        let start = document.text.find(words).unwrap();
        let at = document.provision_at(Span::new(start, start + words.len()));
        let iso = |date: Option<Date>| date.map(Date::to_iso).unwrap_or_default();
        let period = Period::in_list(&document, document.provisions[at].span).unwrap();
        (iso(period.from), iso(period.until))
    }

    #[test]
    fn amounts_hold_until_the_next_one_of_their_list_does() {
        let list = "Điều 2. Mức chuẩn\n1. Các mức cũ:\na) 360.000 đồng/tháng từ ngày 01/7/2021, theo \
                    Nghị định số 20/2021/NĐ-CP.\nb) 500.000 đồng/tháng từ ngày 01/7/2024, theo Nghị định \
                    số 76/2024/NĐ-CP.\nc) 540.000 đồng/tháng từ ngày 01/7/2026.";
        for (words, from, until) in [
            ("360.000", "2021-07-01", "2024-06-30"),
            ("500.000", "2024-07-01", "2026-06-30"),
            ("540.000", "2026-07-01", ""),
        ] {
            assert_eq!(listed(list, words), (from.to_owned(), until.to_owned()));
        }
    }

    #[test]
    fn amounts_for_different_things_do_not_end_each_other() {
        let list = "Điều 2. Mức chi\n1. Mức chi như sau:\na) Người cao tuổi: 360.000 đồng từ ngày \
                    01/7/2021;\nb) Trẻ em: 500.000 đồng từ ngày 01/7/2024.";
        assert_eq!(
            listed(list, "360.000"),
            ("2021-07-01".to_owned(), String::new())
        );
        // Khoản are no list of amounts.
        let clauses = "Điều 3. Nộp hồ sơ\n1. Từ ngày 01/7/2025, hồ sơ nộp trực tuyến.\n2. Từ ngày \
                       05/8/2026, ki-ốt được công nhận.";
        assert_eq!(
            listed(clauses, "trực tuyến"),
            ("2025-07-01".to_owned(), String::new())
        );
    }

    #[test]
    fn days_of_a_case_are_no_period() {
        for text in [
            "3. Giấy tờ do cấp huyện cấp trước ngày 01/7/2025 còn hạn thì vẫn dùng được.",
            "2. Nghị định số 118/2025/NĐ-CP có hiệu lực từ ngày 01/7/2025.",
            "1. Trong thời hạn 60 ngày kể từ ngày sinh con, cha hoặc mẹ đăng ký.",
            "3. Hợp đồng ký trước ngày 01/7/2025 với bảo vệ được tiếp tục thực hiện.",
            "1. Nghị quyết của Hội đồng nhân dân ban hành trước ngày 01/7/2025 còn hiệu lực.",
            "Điều 5. Thời hạn",
            "",
        ] {
            check(text, "", "");
        }
    }
}
