//! Figures in a text: lengths of time, sums of money, dates, counts; and bodies in charge.

use crate::document::Date;
use crate::document::DocumentNumber;
use crate::text::Span;
use crate::text::fold_word;
use crate::text::words;

use super::intent::Intent;

/// Units after a number, without diacritics, by what they measure; of those that fit the longest counts.
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
    ("nghin dong", Intent::Money),
    ("ngan dong", Intent::Money),
    ("trieu dong", Intent::Money),
    ("trieu dong thang", Intent::Money),
    ("trieu dong nguoi thang", Intent::Money),
    ("trieu", Intent::Money),
    ("ty dong", Intent::Money),
];

/// Beginnings of names of bodies, without diacritics, with the words that complete them.
const BODIES: &[&str] = &[
    "chu tich uy ban nhan dan cap tinh",
    "chu tich uy ban nhan dan cap xa",
    "chu tich ubnd cap tinh",
    "chu tich ubnd cap xa",
    "chu tich uy ban nhan dan tinh",
    "chu tich uy ban nhan dan xa",
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

/// What before the name of a body makes it somebody else: its head, or whom it gave a power.
const NAMING_OTHERS: &[&str] = &["chu tich", "giam doc", "truong", "duoc"];

/// What stands before an end of a range.
const BOUNDS: &[&str] = &["den", "toi", "duoi", "tren"];
/// What ends a clause; a full stop or comma may belong to a number.
const CLAUSE_ENDS: [char; 3] = ['\n', ';', ':'];
const DASHES: [char; 2] = ['-', '–'];

/// One word in both the forms needed here.
struct Word {
    bare: String,
    span: Span,
}

/// The figures of the kind `intent` asks for, in reading order; for [`Intent::Authority`] the
/// bodies named.
pub(super) fn figures(text: &str, intent: Intent) -> Vec<Span> {
    let words = folded(text);
    match intent {
        Intent::Duration | Intent::Money => measures(text, &words, intent),
        Intent::Date => dates(text, &words),
        Intent::Count => numbers(text, &words)
            .into_iter()
            .filter_map(|at| numeral(text, &words, at))
            .collect(),
        Intent::Authority => bodies(&words),
        Intent::Contact | Intent::Definition | Intent::List | Intent::Statement => Vec::new(),
    }
}

/// The number at `span` with the unit behind it, where there is one: `10.000 đồng/trường hợp`.
pub(super) fn with_unit(text: &str, span: Span) -> Span {
    let kinds = [Intent::Money, Intent::Duration].into_iter();
    let measures = kinds.flat_map(|kind| figures(text, kind));
    let begin_there = measures.filter(|measure| measure.start == span.start);
    begin_there
        .max_by_key(|measure| measure.end)
        .unwrap_or(span)
}

/// Whether the figure at `span` stands in a clause with a range, of which neither end is the figure:
/// `từ 70 đến dưới 90 điểm`, `5–7 ngày`.
pub(super) fn is_in_range(text: &str, span: Span) -> bool {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    let is_behind_dash = before
        .trim_end()
        .strip_suffix(DASHES)
        .is_some_and(|rest| rest.trim_end().ends_with(|c: char| c.is_ascii_digit()));
    let clause = Span::new(
        before.rfind(CLAUSE_ENDS).map_or(0, |at| at + 1),
        span.end + after.find(CLAUSE_ENDS).unwrap_or(after.len()),
    );
    let words = folded(text);
    let is_bound = |at: &usize| {
        let bound = at.checked_sub(1).and_then(|before| words.get(before));
        bound.is_some_and(|word| BOUNDS.contains(&word.bare.as_str()))
    };
    let mut numbers = numbers(text, &words);
    numbers.retain(|&at| words.get(at).is_some_and(|w| clause.contains(w.span)));
    is_behind_dash || numbers.len() > 1 && numbers.iter().any(is_bound)
}

fn folded(text: &str) -> Vec<Word> {
    words(text)
        .map(|(word, span)| Word {
            bare: fold_word(word).bare,
            span,
        })
        .collect()
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
        let whole = at
            .checked_sub(1)
            .and_then(|before| words.get(before))
            .filter(|before| is_number(before) && is_decimal(text, before, word));
        // `Điều 5 ngày …` and `ngày 01 tháng 7 năm 2025` are no lengths of time.
        let is_date = intent == Intent::Duration
            && at > 0
            && matches!(words.get(at - 1), Some(w) if matches!(w.bare.as_str(), "ngay" | "thang" | "dieu" | "khoan" | "qui"));
        let is_close = span
            .slice(text)
            .is_some_and(|s| !s.contains(['\n', ';', ':', ',']));
        if !is_date && is_close {
            let start = whole.map_or(span.start, |whole| whole.span.start);
            found.push(Span::new(start, span.end));
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

/// Days of the calendar: `01/7/2025`, and `01 tháng 7 năm 2025` with `ngày` before it where it stands there.
fn dates(text: &str, words: &[Word]) -> Vec<Span> {
    let bare: Vec<&str> = words.iter().map(|word| word.bare.as_str()).collect();
    let found = (0..words.len()).filter_map(|at| {
        let (_, n_words) = Date::at_start(bare.get(at..)?)?;
        let date = words.get(at..at + n_words)?;
        let is_spelled = n_words > 3;
        let mut pairs = date.windows(2);
        let is_joined = pairs.all(|pair| matches!(pair, [a, b] if joined(text, a, b, "/")));
        let before = at.checked_sub(1).and_then(|before| words.get(before));
        let named = before.filter(|before| is_spelled && before.bare == "ngay");
        let (first, last) = (named.or(date.first())?, date.last()?);
        (is_spelled || is_joined).then(|| Span::new(first.span.start, last.span.end))
    });
    found.collect()
}

fn joined(text: &str, a: &Word, b: &Word, by: &str) -> bool {
    text.get(a.span.end..b.span.start) == Some(by)
}

/// Whether two numbers are one with a fraction: `1,5`.
fn is_decimal(text: &str, a: &Word, b: &Word) -> bool {
    joined(text, a, b, ",") || joined(text, a, b, ".")
}

/// The words that begin a number which counts something: no label, no part of a date or of the number
/// of a document, no address.
fn numbers(text: &str, words: &[Word]) -> Vec<usize> {
    let documents = DocumentNumber::find_in(text);
    let is_reference = |before: &Word| {
        matches!(
            before.bare.as_str(),
            "dieu" | "khoan" | "so" | "ngay" | "thang" | "nam" | "muc" | "chuong"
        )
    };
    let is_part = |word: &Word| {
        let before = text.get(..word.span.start).unwrap_or_default();
        let after = text.get(word.span.end..).unwrap_or_default();
        before.ends_with('/')
            || after.starts_with('/')
            || documents.iter().any(|(span, _)| span.contains(word.span))
    };
    let counts = |at: &usize| match (words.get(at - 1), words.get(*at)) {
        (Some(before), Some(word)) => {
            let is_fraction = is_number(before) && is_decimal(text, before, word);
            is_number(word) && !is_reference(before) && !is_fraction && !is_part(word)
        }
        _ => false,
    };
    (1..words.len()).filter(counts).collect()
}

/// The number that begins with the word `at`, with its fraction and per cent sign.
fn numeral(text: &str, words: &[Word], at: usize) -> Option<Span> {
    let first = words.get(at)?;
    let fraction = words
        .get(at + 1)
        .filter(|next| is_number(next) && is_decimal(text, first, next));
    let end = fraction.unwrap_or(first).span.end;
    let is_share = text.get(end..)?.starts_with('%');
    Some(Span::new(first.span.start, end + usize::from(is_share)))
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
            if names_others(words.get(..at).unwrap_or_default()) {
                return Vec::new();
            }
            found.push(Span::new(word.span.start, end));
        }
    }
    found
}

/// Whether a body that is named behind `words` is not the one in charge.
fn names_others(words: &[Word]) -> bool {
    let ends_with = |phrase: &&str| {
        let n_words = phrase.split(' ').count();
        let last = words
            .len()
            .checked_sub(n_words)
            .and_then(|at| words.get(at..));
        last.is_some_and(|last| unit_end(last, phrase).is_some())
    };
    NAMING_OTHERS.iter().any(ends_with)
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
        check(
            "01 tháng 7 năm 2025",
            Intent::Date,
            &["01 tháng 7 năm 2025"],
        );
        check("khoản 1, 2, 2025", Intent::Date, &[]);
        check("ngày 31/6/2025", Intent::Date, &[]);
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
    fn whose_name_goes_on_before_it_is_somebody_else() {
        check(
            "2. Chủ tịch Ủy ban nhân dân xã ra quyết định hưởng.",
            Intent::Authority,
            &["Chủ tịch Ủy ban nhân dân xã"],
        );
        for text in [
            "Chủ tịch Hội đồng nhân dân cấp tỉnh ký",
            "Giám đốc Sở Tư pháp bổ nhiệm",
            "b) Người được Chủ tịch UBND cấp xã ủy quyền hoặc phân công.",
        ] {
            check(text, Intent::Authority, &[]);
        }
    }

    #[test]
    fn counts_leave_out_references() {
        check(
            "Theo Điều 5, cả nước có 3.321 đơn vị",
            Intent::Count,
            &["3.321"],
        );
        check(
            "1. Nghị định số 173/2025/NĐ-CP cho phép ký hợp đồng với chuyên gia.",
            Intent::Count,
            &[],
        );
        check(
            "theo Nghị định 173, từ ngày 01/7/2025, hướng dẫn tháng 10/2025: 3 mẫu",
            Intent::Count,
            &["3"],
        );
    }

    #[test]
    fn numbers_keep_their_fraction_and_per_cent_sign() {
        check(
            "3. Kinh phí ký hợp đồng tối đa bằng 10% quỹ lương và 1,5% quỹ khác.",
            Intent::Count,
            &["10%", "1,5%"],
        );
        check("mức 2,5 triệu đồng", Intent::Money, &["2,5 triệu đồng"]);
        check(
            "50 nghìn đồng; 1,5 tỷ đồng, 2,5 triệu đồng/tháng và 5 triệu",
            Intent::Money,
            &[
                "50 nghìn đồng",
                "1,5 tỷ đồng",
                "2,5 triệu đồng/tháng",
                "5 triệu",
            ],
        );
    }

    #[test]
    fn ends_of_a_range_are_no_figure_alone() {
        #[track_caller]
        fn is_in_one(text: &str, figure: &str) -> bool {
            let start = text.find(figure).unwrap();
            is_in_range(text, Span::new(start, start + figure.len()))
        }
        assert!(is_in_one(
            "2. Từ 70 đến dưới 90 điểm: hoàn thành tốt.",
            "90"
        ));
        assert!(is_in_one(
            "phạt từ 1.000.000 đến 3.000.000 đồng",
            "3.000.000 đồng"
        ));
        assert!(is_in_one("trả trong 5–7 ngày", "7 ngày"));
        assert!(!is_in_one(
            "1. Từ 90 điểm trở lên: hoàn thành xuất sắc.",
            "90"
        ));
        assert!(!is_in_one(
            "Trẻ từ đủ 14 đến dưới 18 tuổi: 60 ngày.",
            "60 ngày"
        ));
        assert!(!is_in_one(
            "1. Từ ngày 01/7/2025 đến hết ngày 30/6/2026: 500.000 đồng/tháng",
            "500.000"
        ));
        assert!(!is_in_one(
            "trong 02 ngày làm việc kể từ khi đơn đến xã",
            "02 ngày"
        ));
    }
}
