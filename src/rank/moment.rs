//! The day that a question asks about: `năm 2024`, `trước 01/7/2025`, `tại thời điểm 15/8/2025`.
//!
//! A day in a question is more often a fact of the case (`hồ sơ nộp trước ngày 01/7/2025`, `sinh
//! ngày …`) or a part of a name (`Luật Hộ tịch năm 2026`) than the day of the law. Read are the forms
//! that leave no doubt; in doubt the question is of today.

use std::ops::Range;

use crate::document::Date;
use crate::text::Span;
use crate::text::fold_word;
use crate::text::words;

/// Years that a question may be about.
const YEARS: Range<u16> = 1945..2100;

/// `ngày 9 tháng 12 năm 2022` without its first word.
const DATE_WORDS_MAX: usize = 5;

/// How many words before a year may belong to the name of a law.
const NAME_WORDS_MAX: usize = 9;

/// What stands between a law and a year that is not a part of its name.
const NAME_ENDS: [&str; 12] = [
    "thi", "trong", "vao", "tu", "truoc", "sau", "den", "tai", "o", "cua", "cho", "qui",
];

/// Kinds of documents, whose names hold years and days.
const KINDS: [&[&str]; 11] = [
    &["luat"],
    &["nghi", "dinh"],
    &["thong", "tu"],
    &["nghi", "quyet"],
    &["quyet", "dinh"],
    &["chi", "thi"],
    &["ke", "hoach"],
    &["cong", "van"],
    &["huong", "dan"],
    &["nd"],
    &["tt"],
];

/// What stands between a verb of the case and its place or day.
const PLACES: [&str; 4] = ["tai", "o", "vao", "trong"];

/// Verbs of the case: a day behind them is when something happened and not when the law held.
const EVENTS: [&[&str]; 18] = [
    &["nop"],
    &["lap"],
    &["chet"],
    &["xay", "dung"],
    &["xay"],
    &["mua"],
    &["sinh"],
    &["ki"],
    &["duoc", "cap"],
    &["da", "cap"],
    &["cap", "sai"],
    ISSUED,
    &["su", "dung"],
    &["tiep", "nhan"],
    &["thu", "li"],
    &["ban", "hanh"],
    &["hoan", "thanh"],
    &["vi", "pham"],
];

/// Farther from a day it is a level (`cấp xã`), or what somebody asks for.
const ISSUED: &[&str] = &["cap"];

/// What such a verb only describes: `thời hạn thụ lý`, `giấy phép xây dựng`.
const DESCRIBED: [&[&str]; 7] = [
    &["han"],
    &["quyen"],
    &["phi"],
    &["phep"],
    &["thu", "tuc"],
    &["trinh", "tu"],
    &["xu", "phat"],
];

/// Words with which a day that follows is one of the case or the end of a span.
const NOT_BEFORE: [&str; 14] = [
    "tu", "sau", "truoc", "den", "toi", "sinh", "doan", "cap", "ki", "lap", "mua", "xay", "hanh",
    "khoa",
];

/// What makes another word of such a verb: `khai sinh`, `đăng ký`, `tiền sử dụng đất`.
const COMPOUNDS: [(&str, &str); 20] = [
    ("khai", "sinh"),
    ("chung", "sinh"),
    ("hoc", "sinh"),
    ("dang", "ki"),
    ("chu", "ki"),
    ("thoi", "ki"),
    ("dinh", "ki"),
    ("nhiem", "ki"),
    ("bat", "ki"),
    ("tro", "cap"),
    ("phu", "cap"),
    ("cong", "lap"),
    ("doc", "lap"),
    ("tien", "su"),
    ("dich", "su"),
    ("hoach", "su"),
    ("hoach", "xay"),
    ("luat", "xay"),
    ("so", "xay"),
    ("bo", "xay"),
];

/// Words that ask.
const ASKING: [&str; 9] = [
    "ai", "nao", "may", "nhieu", "gi", "lau", "dau", "sao", "khong",
];

/// Words that go on from a day to what the law said on it: `… là bao lâu`, `… do ai cấp`.
const ASKING_ON: [&str; 6] = ["la", "do", "thuoc", "o", "gom", "bao"];

/// The time that a question is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// One day.
    Day(Date),
    /// The last day of a month.
    Month(u16, u8),
    /// The last day of a year.
    Year(u16),
    /// The last day of the year before the present one.
    LastYear,
}

impl Moment {
    /// The time that `question` names for the law, if it does.
    ///
    /// # Example
    /// ```
    /// use camnang::document::Date;
    /// use camnang::rank::Moment;
    /// let today = Date::new(2026, 11, 25).unwrap();
    /// let day = |question| Moment::find_in(question).map(|(_, m)| m.day(today).to_iso());
    /// assert_eq!(day("Trước 01/7/2025 ai cấp sổ đỏ?").as_deref(), Some("2025-06-30"));
    /// assert_eq!(day("luong co so nam 2024 la bao nhieu").as_deref(), Some("2024-12-31"));
    /// assert_eq!(day("Hồ sơ nộp trước ngày 01/7/2025 thì sao?"), None);
    /// ```
    pub fn find_in(question: &str) -> Option<(Span, Self)> {
        let words: Vec<Word> = words(question)
            .map(|(word, span)| Word {
                bare: fold_word(word).bare,
                span,
                begins_clause: question
                    .get(..span.start)
                    .is_some_and(|before| before.trim_end().ends_with([',', ';', ':', '?', '.'])),
            })
            .collect();
        let phrase = Phrase { words: &words };
        let (at, (moment, n_words)) = (0..words.len()).find_map(|at| Some((at, phrase.at(at)?)))?;
        let (first, last) = (words.get(at)?, words.get(at + n_words - 1)?);
        Some((Span::new(first.span.start, last.span.end), moment))
    }

    /// The day itself, for a question that is asked `today`. The last day of a year or month, because
    /// then all that changed in it has taken effect; today, where that is still to come.
    pub fn day(self, today: Date) -> Date {
        let last = |year: u16, month: u8| {
            let next = Date::new(year, month + 1, 1).or_else(|| Date::new(year + 1, 1, 1));
            next.and_then(Date::previous)
        };
        let is_now = |year: u16, month: Option<u8>| {
            year == today.year() && month.is_none_or(|month| month == today.month())
        };
        match self {
            Self::Day(day) => day,
            Self::Year(year) if is_now(year, None) => today,
            Self::Month(year, month) if is_now(year, Some(month)) => today,
            Self::Month(year, month) => last(year, month).unwrap_or(today),
            Self::Year(year) => last(year, 12).unwrap_or(today),
            Self::LastYear => last(today.year() - 1, 12).unwrap_or(today),
        }
    }
}

struct Word {
    bare: String,
    span: Span,
    /// Whether a comma or the like stands before it.
    begins_clause: bool,
}

struct Phrase<'w> {
    words: &'w [Word],
}

impl Phrase<'_> {
    fn word(&self, at: usize) -> &str {
        self.words.get(at).map_or("", |word| word.bare.as_str())
    }

    fn is(&self, at: usize, expected: &[&str]) -> bool {
        expected
            .iter()
            .enumerate()
            .all(|(n, word)| self.word(at + n) == *word)
    }

    /// The moment whose words begin at `at`, and how many they are.
    fn at(&self, at: usize) -> Option<(Moment, usize)> {
        if self.is(at, &["nam", "ngoai"]) {
            return Some((Moment::LastYear, 2)).filter(|_| self.is_of_law(at, at + 2));
        }
        if self.is(at, &["truoc"]) {
            let (day, n_words) = self.dated(at + 1).or_else(|| self.opening(at + 1))?;
            let is_of_law = self.is_of_law(at, at + 1 + n_words);
            let day = day.previous().filter(|_| is_of_law)?;
            return Some((Moment::Day(day), 1 + n_words));
        }
        if ["tu", "sau", "ke"].contains(&self.word(at)) {
            let lead = 1 + usize::from(self.is(at, &["ke", "tu"]));
            let (day, n_words) = self.dated(at + lead)?;
            let n_words = lead + n_words;
            return Some((Moment::Day(day), n_words)).filter(|_| self.is_of_law(at, at + n_words));
        }
        self.bare(at)
    }

    /// `ngày 15/8/2025`, `tại thời điểm 15/8/2025`, `tháng 3/2025`, `năm 2024` without a
    /// preposition of order.
    fn bare(&self, at: usize) -> Option<(Moment, usize)> {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        if NOT_BEFORE.contains(&before) && !self.is_compound(at - 1) {
            return None;
        }
        if self.is(at, &["thoi", "diem"]) || before == "vao" || before == "tai" {
            let lead = if self.is(at, &["thoi", "diem"]) { 2 } else { 0 };
            if let Some((day, n_words)) = self.dated(at + lead) {
                let n_words = lead + n_words;
                let is_of_law = lead > 0 || self.is_of_law(at, at + n_words);
                let is_moment = is_of_law && !self.is_named(at);
                return Some((Moment::Day(day), n_words)).filter(|_| is_moment);
            }
        }
        if self.is(at, &["ngay"]) {
            let (day, n_words) = self.dated(at)?;
            let is_of_law = !self.is_named(at) && self.is_of_law(at, at + n_words);
            return Some((Moment::Day(day), n_words)).filter(|_| is_of_law);
        }
        if self.is(at, &["thang"]) {
            let (month, year) = (self.number(at + 1)?, at + 2);
            let year = year + usize::from(self.is(year, &["nam"]));
            let is_month = (1..=12).contains(&month) && before != "ngay" && !self.is_day(at);
            let month = u8::try_from(month).ok()?;
            let month = Moment::Month(self.year(year)?, month);
            let n_words = year + 1 - at;
            return Some((month, n_words)).filter(|_| is_month && self.is_of_law(at, year + 1));
        }
        let year = self.is(at, &["nam"]).then(|| self.year(at + 1))??;
        let is_inside = self.is_month(at) || self.is_named(at) || self.is_span(at);
        Some((Moment::Year(year), 2)).filter(|_| !is_inside && self.is_of_law(at, at + 2))
    }

    /// The first day of `tháng 7 năm 2026` or `năm 2026` at `at`, and how many words it has.
    fn opening(&self, at: usize) -> Option<(Date, usize)> {
        if self.is(at, &["nam"]) {
            return Some((Date::new(self.year(at + 1)?, 1, 1)?, 2));
        }
        let month = self.is(at, &["thang"]).then(|| self.number(at + 1))??;
        let year = at + 2 + usize::from(self.is(at + 2, &["nam"]));
        let day = Date::new(self.year(year)?, u8::try_from(month).ok()?, 1)?;
        Some((day, year + 1 - at))
    }

    /// Whether the month at `at` is a part of `ngày 1 tháng 7`.
    fn is_day(&self, at: usize) -> bool {
        at >= 1 && self.number(at - 1).is_some()
    }

    /// Whether the year at `at` is a part of `tháng 7 năm 2025`.
    fn is_month(&self, at: usize) -> bool {
        at >= 2 && self.word(at - 2) == "thang"
    }

    /// Whether another year follows: `năm 2021 đến năm 2025`.
    fn is_span(&self, at: usize) -> bool {
        let next = at + 2;
        let next = next + usize::from(self.is(next, &["den"]));
        let next = next + usize::from(next > at + 2 && self.is(next, &["nam"]));
        self.year(next).is_some()
    }

    /// A date at `at`, in any form and with or without `ngày` before it, and how many words it has. Words
    /// are split at slashes and dashes.
    fn dated(&self, at: usize) -> Option<(Date, usize)> {
        let skipped = usize::from(self.is(at, &["ngay"]));
        let words = self.words.get(at + skipped..)?.iter().take(DATE_WORDS_MAX);
        let words: Vec<&str> = words.map(|word| word.bare.as_str()).collect();
        let (date, n_words) = Date::at_start(&words)?;
        YEARS
            .contains(&date.year())
            .then_some((date, n_words + skipped))
    }

    fn number(&self, at: usize) -> Option<u16> {
        self.word(at).parse().ok()
    }

    fn year(&self, at: usize) -> Option<u16> {
        self.number(at).filter(|year| YEARS.contains(year))
    }

    /// Whether the words at `at` end the name of a document: `Luật Đất đai năm 2024`, `ngày ký
    /// Nghị định 120/2025/NĐ-CP ngày 11/6/2025`.
    fn is_named(&self, at: usize) -> bool {
        let from = at.saturating_sub(NAME_WORDS_MAX);
        let kind = (from..at)
            .rev()
            .find(|&start| KINDS.iter().any(|kind| self.is(start, kind)));
        kind.is_some_and(|kind| {
            (kind + 1..at).all(|between| {
                let is_end = NAME_ENDS.contains(&self.word(between));
                !is_end && !self.words.get(between).is_some_and(|w| w.begins_clause)
            })
        })
    }

    /// How many words the event at `at` has; none where no verb of the case stands there, or one that is
    /// part of another word or only describes something.
    fn event(&self, at: usize) -> Option<usize> {
        let event = EVENTS.iter().find(|event| self.is(at, event))?;
        let describes = |thing: &&[&str]| {
            let from = at.checked_sub(thing.len());
            from.is_some_and(|from| self.is(from, thing))
        };
        let is_other = self.is_compound(at) || DESCRIBED.iter().any(describes);
        (!is_other).then_some(event.len())
    }

    /// Whether the phrase from `start` to `end` tells when the event at `at` happened: it stands next to
    /// it, or the event is over (`đã`), or at least nothing behind the phrase asks for the law.
    fn dates_event(&self, at: usize, start: usize, end: usize) -> bool {
        let Some(n_words) = self.event(at) else {
            return false;
        };
        let next = at + n_words;
        let is_near = next == start || PLACES.contains(&self.word(next));
        let is_over = (at.saturating_sub(2)..=at).any(|n| self.word(n) == "da");
        let is_loose = !self.is(at, ISSUED) && !self.asks_on(end);
        is_near || is_over || is_loose
    }

    /// Whether the words from `at` on go on to ask for the law.
    fn asks_on(&self, at: usize) -> bool {
        ASKING_ON.contains(&self.word(at)) && (at..self.words.len()).any(|at| self.asks(at))
    }

    fn asks(&self, at: usize) -> bool {
        ASKING.contains(&self.word(at))
    }

    /// Whether the word at `at` and the one before it make another word.
    fn is_compound(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map_or("", |before| self.word(before));
        COMPOUNDS.contains(&(before, self.word(at)))
    }

    /// Whether the phrase from `start` to `end` says when the law held: it opens its clause, or dates
    /// no event that stands before it there, or the question has been put before and ends with it.
    fn is_of_law(&self, start: usize, end: usize) -> bool {
        let opens = |at: usize| at == 0 || self.words.get(at).is_some_and(|w| w.begins_clause);
        let clause = (0..=start).rev().find(|&at| opens(at)).unwrap_or(0);
        let mut before = clause..start;
        let is_of_case = before.clone().any(|at| self.dates_event(at, start, end));
        let closes = end >= self.words.len() || opens(end);
        start == clause || !is_of_case || closes && before.any(|at| self.asks(at))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn day(question: &str) -> Option<String> {
        let today = Date::new(2026, 11, 25)?;
        Moment::find_in(question).map(|(_, moment)| moment.day(today).to_iso())
    }

    #[test]
    fn moments_of_the_law_are_read() {
        for (question, expected) in [
            (
                "Trước 01/7/2025, ai cấp giấy chứng nhận lần đầu?",
                "2025-06-30",
            ),
            ("truoc ngay 1/7/2025 ai cap gcn", "2025-06-30"),
            (
                "Thời hạn thụ lý khiếu nại trước ngày 01 tháng 7 năm 2026 là bao lâu?",
                "2026-06-30",
            ),
            (
                "Ai ký chứng thực chữ ký người dịch tại thời điểm 15/8/2025?",
                "2025-08-15",
            ),
            ("Lương cơ sở năm 2024 là bao nhiêu?", "2024-12-31"),
            ("Năm 2024 lương cơ sở bao nhiêu?", "2024-12-31"),
            ("Mức trợ cấp năm 2026 là bao nhiêu?", "2026-11-25"),
            ("năm ngoái mức chuẩn là bao nhiêu", "2025-12-31"),
            ("Ai cấp GPXD nhà ở vào tháng 3/2025?", "2025-03-31"),
            (
                "Từ ngày 01/3/2027 thời hạn đăng ký khai sinh là bao lâu?",
                "2027-03-01",
            ),
            ("Theo Luật Đất đai thì năm 2023 cấp sổ ở đâu?", "2023-12-31"),
            (
                "Thời hạn đăng ký khai sinh trước ngày 01/7/2025 là bao lâu?",
                "2025-06-30",
            ),
            (
                "UBND cấp huyện hay ủy ban nhân dân xã chứng nhận chữ ký trước 01/7/2025?",
                "2025-06-30",
            ),
            (
                "hoi truoc thang 7 nam 2026 chu tich xa phai tiep dan may ngay",
                "2026-06-30",
            ),
            ("Trước năm 2025 mức chuẩn là bao nhiêu?", "2024-12-31"),
            ("ngay 2/1/2026 ai cap so do lan dau", "2026-01-02"),
            (
                "Thời hạn cấp giấy phép xây dựng nhà ở riêng lẻ trước ngày 01/7/2026 là bao nhiêu ngày?",
                "2026-06-30",
            ),
            (
                "Thời hạn thụ lý trước ngày 01/7/2026 là mấy ngày?",
                "2026-06-30",
            ),
            (
                "Giấy chứng nhận quyền sử dụng đất trước ngày 01/7/2025 do cơ quan nào cấp?",
                "2025-06-30",
            ),
            (
                "Xử phạt vi phạm hành chính trước ngày 01/7/2025 thuộc thẩm quyền của ai?",
                "2025-06-30",
            ),
            (
                "Lệ phí đăng ký hộ tịch năm 2024 là bao nhiêu?",
                "2024-12-31",
            ),
            (
                "Nộp hồ sơ đất đai trước ngày 01/7/2025 ở đâu?",
                "2025-06-30",
            ),
            ("Luật Đất đai quy định năm 2023 cấp sổ ở đâu?", "2023-12-31"),
        ] {
            assert_eq!(day(question).as_deref(), Some(expected), "{question}");
        }
    }

    #[test]
    fn days_of_the_case_and_of_names_are_left() {
        for question in [
            "Hồ sơ hộ tịch nộp tại UBND cấp huyện trước ngày 01/7/2025 chưa giải quyết xong thì xử lý thế nào?",
            "Luật Hộ tịch năm 2026 đã được áp dụng để giải quyết hồ sơ hay chưa?",
            "Nghị định 120/2025/NĐ-CP ngày 11/6/2025 quy định gì?",
            "người sinh năm 1960 được hưởng trợ cấp từ khi nào",
            "Con sinh ngày 01/01/2025 thì khai sinh ở đâu?",
            "Con tôi sinh vào ngày 01/01/2025 thì khai sinh ở đâu?",
            "Nhà xây năm ngoái chưa có giấy phép thì xử lý thế nào?",
            "so do cap nam 2015 de trong thoi han thi ghi may nam",
            "Kế hoạch đào tạo giai đoạn năm 2021 đến năm 2025 có gì?",
            "Nhà xây trước ngày 15/10/1993 có được cấp sổ không?",
            "Nhà ở xây dựng trước ngày 15/10/1993 có được cấp sổ không?",
            "Nhà xây dựng năm 2010 chưa có giấy phép thì xử lý thế nào?",
            "Giấy phép xây dựng cấp trước ngày 01/7/2026 còn dùng được không?",
            "Đất sử dụng ổn định trước ngày 15/10/1993 có được cấp sổ không?",
            "Hợp đồng đã ký trước ngày 01/7/2025 với bảo vệ thì theo nghị định nào?",
            "Chứng thực ký trước ngày 01/11/2025 có phải làm lại theo mẫu mới không?",
            "Văn bản ký ngày 15/8/2025 thì ai được chứng thực?",
            "Đơn khiếu nại thụ lý trước ngày 01/7/2026 chưa giải quyết xong thì làm thế nào?",
            "Hồ sơ đã nộp đủ giấy tờ trước ngày 01/7/2025 do ai giải quyết?",
            "Người dân nộp hồ sơ trước ngày 01/7/2025 chưa có kết quả thì hỏi ai?",
            "trong năm đầu tiên có được miễn không",
            "Thời hạn đăng ký khai sinh là bao lâu?",
        ] {
            assert_eq!(day(question), None, "{question}");
        }
    }

    #[test]
    fn tables_are_in_search_form() {
        let compounds = COMPOUNDS.iter().flat_map(|(before, word)| [before, word]);
        let phrases = [&KINDS[..], &EVENTS, &DESCRIBED];
        let phrases = phrases.into_iter().flatten().copied().flatten();
        let words = [&NAME_ENDS[..], &PLACES, &NOT_BEFORE, &ASKING, &ASKING_ON];
        let words = words.into_iter().flatten();
        for word in compounds.chain(phrases).chain(words) {
            assert_eq!(fold_word(word).bare, *word);
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read(question in "(trước |từ |năm |ngày |tháng |[0-9]{1,4}[/ ]|Luật |, |nộp |sao )*") {
            let today = Date::new(2026, 11, 25).unwrap();
            if let Some((span, moment)) = Moment::find_in(&question) {
                prop_assert!(span.slice(&question).is_some());
                prop_assert!(moment.day(today).year() >= 1944);
            }
        }
    }
}
