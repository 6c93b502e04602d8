//! Identity, telephone and other long numbers.
//!
//! A single run of nine or more digits is always one, whatever it touches, unless money follows it.
//! Digits in groups are one only in the usual groupings and with a leading zero or `+84`, so that
//! sums and dates stay.

use crate::text::Span;
use crate::text::mask::Masked;

const IDENTITY: &str = "[số định danh]";
const PHONE: &str = "[số điện thoại]";

/// From as many digits on a single run is an identifier.
const LONG: usize = 9;

/// Bound on the groups of one number.
const GROUPS_MAX: usize = 6;

/// How the twelve digits of a citizen's number or the nine of the old card are grouped.
const IDENTITY_GROUPS: [&[usize]; 7] = [
    &[3, 3, 3, 3],
    &[4, 4, 4],
    &[3, 1, 2, 6],
    &[3, 3, 6],
    &[6, 6],
    &[3, 9],
    &[3, 3, 3],
];

/// What follows a sum of money.
const CURRENCIES: [&str; 5] = ["đồng", "đ", "dong", "vnd", "vnđ"];

/// The numbers in `text`, in order.
pub(super) fn find(text: &str) -> Vec<Masked> {
    let groups = digit_groups(text);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(rest) = groups.get(at..).filter(|rest| !rest.is_empty()) {
        match identifier(text, rest) {
            Some((n_groups, masked)) => {
                found.push(masked);
                at += n_groups;
            }
            None => at += 1,
        }
    }
    found
}

/// Runs of digits that are not part of a word or of a number with strokes.
fn digit_groups(text: &str) -> Vec<Span> {
    let runs = digit_runs(text);
    let is_group = |(at, run): &(usize, &Span)| run.len() >= LONG || !is_part(text, &runs, *at);
    runs.iter()
        .enumerate()
        .filter(is_group)
        .map(|(_, run)| *run)
        .collect()
}

/// All digits of `text` that follow each other.
fn digit_runs(text: &str) -> Vec<Span> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text
        .get(at..)
        .and_then(|rest| rest.find(is_digit))
        .map(|i| at + i)
    {
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        found.push(Span::new(start, end));
        at = end;
    }
    found
}

/// Whether run `at` belongs to something longer: it touches a letter or a stroke, and makes no
/// identifier without that, as both numbers of `0912.345.678/0987.654.321` do.
fn is_part(text: &str, runs: &[Span], at: usize) -> bool {
    let Some(run) = runs.get(at) else {
        return false;
    };
    let before = text
        .get(..run.start)
        .and_then(|head| head.chars().next_back());
    let after = text.get(run.end..).and_then(|tail| tail.chars().next());
    let opens = || {
        runs.get(at..)
            .is_some_and(|runs| shape(text, runs).is_some())
    };
    let closes = || {
        runs.get(..=at)
            .is_some_and(|runs| ends_identifier(text, runs))
    };
    (before.is_some_and(is_joined) && !opens()) || (after.is_some_and(is_joined) && !closes())
}

/// Whether the last of `runs` ends an identifier in groups.
fn ends_identifier(text: &str, runs: &[Span]) -> bool {
    (2..=GROUPS_MAX).any(|n_groups| {
        let first = runs.len().checked_sub(n_groups);
        let groups = first.and_then(|first| runs.get(first..));
        let found = groups.and_then(|groups| shape(text, groups));
        found.is_some_and(|(n_found, _)| n_found == n_groups)
    })
}

/// The identifier that the first of `groups` begins, and how many groups it takes.
fn identifier(text: &str, groups: &[Span]) -> Option<(usize, Masked)> {
    let first = *groups.first()?;
    let digits = first.slice(text)?;
    let international = country_code(text, first);
    if digits.len() >= LONG {
        return whole(text, first, digits, international);
    }
    if is_continued(text, first) {
        return None;
    }
    let (n_groups, placeholder) = shape(text, groups)?;
    let start = international.unwrap_or(first.start);
    let start = bracket(text, start, first.end).unwrap_or(start);
    let last = groups.get(n_groups - 1)?;
    Some((n_groups, (Span::new(start, last.end), placeholder)))
}

/// How many of `groups` make an identifier from the first on, and which.
fn shape(text: &str, groups: &[Span]) -> Option<(usize, &'static str)> {
    let first = *groups.first()?;
    let is_international = country_code(text, first).is_some();
    if !(first.slice(text)?.starts_with('0') || is_international) {
        return None;
    }
    let n_adjacent = 1 + groups
        .windows(2)
        .take_while(|pair| is_adjacent(text, pair[0], pair[1]))
        .count();
    let run = groups.get(..n_adjacent.min(GROUPS_MAX))?;
    let lengths: Vec<usize> = run.iter().map(|group| group.len()).collect();
    let (n_groups, placeholder) = grouping(&lengths, is_international)?;
    // A date that begins in them may go on behind them.
    let near = groups.get(..n_adjacent.min(n_groups + 2))?;
    (!holds_date(text, near)).then_some((n_groups, placeholder))
}

/// An unbroken run of nine digits or more.
fn whole(
    text: &str,
    group: Span,
    digits: &str,
    international: Option<usize>,
) -> Option<(usize, Masked)> {
    let rest = text.get(group.end..)?;
    if !digits.starts_with('0') && opens_with_currency(rest) {
        return None;
    }
    let is_national = digits.starts_with('0') && matches!(digits.len(), 10 | 11);
    let is_abroad = digits.starts_with("84") && digits.len() == 11;
    let is_phone = is_national || is_abroad || international.is_some();
    let start = international.unwrap_or(group.start);
    Some((
        1,
        (
            Span::new(start, group.end),
            if is_phone { PHONE } else { IDENTITY },
        ),
    ))
}

/// Whether a currency comes first: ` đồng`, `đ/tháng`.
fn opens_with_currency(rest: &str) -> bool {
    let rest = rest.trim_start();
    let end = rest
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(rest.len());
    let word = rest.get(..end).unwrap_or_default().to_lowercase();
    CURRENCIES.contains(&word.as_str())
}

/// How many groups of these lengths make an identifier, and which.
fn grouping(lengths: &[usize], is_international: bool) -> Option<(usize, &'static str)> {
    let identity = IDENTITY_GROUPS
        .iter()
        .find(|shape| lengths.starts_with(shape));
    if let Some(shape) = identity.filter(|_| !is_international) {
        return Some((shape.len(), IDENTITY));
    }
    // `84` and nine digits, or ten of a landline.
    let sizes = if is_international { 11..=12 } else { 10..=11 };
    let total = |n: &usize| lengths.iter().take(*n).sum::<usize>();
    let n_groups = (2..=lengths.len()).find(|n| sizes.contains(&total(n)))?;
    // A code of a procedure opens with six: `1.001193.000.00.00.H10`.
    let is_usual =
        lengths.iter().take(n_groups).all(|length| *length >= 2) && *lengths.first()? <= 5;
    is_usual.then_some((n_groups, PHONE))
}

/// Where the `+` of `+84` stands, if that opens the group.
fn country_code(text: &str, group: Span) -> Option<usize> {
    let plus = group.start.checked_sub(1)?;
    let is_country = text.get(plus..)?.starts_with("+84");
    is_country.then_some(plus)
}

/// Whether one space, dot or hyphen stands between two groups, or a bracket: `(024) 3845 6789`.
fn is_adjacent(text: &str, left: Span, right: Span) -> bool {
    let is_bracketed = || {
        let start = country_code(text, left).unwrap_or(left.start);
        bracket(text, start, left.end).is_some()
    };
    match text.get(left.end..right.start) {
        Some(" " | "." | "-") => true,
        Some(")" | ") ") => is_bracketed(),
        _ => false,
    }
}

/// Where the bracket before `start` stands, if one closes at `end`.
fn bracket(text: &str, start: usize, end: usize) -> Option<usize> {
    let before = start.checked_sub(1)?;
    let is_open = text.get(before..)?.starts_with('(');
    (is_open && text.get(end..)?.starts_with(')')).then_some(before)
}

/// Whether the group goes on with a sum or a date: the `000` of `2.000.000.000`.
fn is_continued(text: &str, group: Span) -> bool {
    let before = text.get(..group.start).unwrap_or_default();
    before
        .strip_suffix(['.', '-'])
        .is_some_and(|head| head.ends_with(is_digit))
}

/// Whether a date is among the groups: `08.30 01.07.2025`.
fn holds_date(text: &str, run: &[Span]) -> bool {
    run.windows(3).any(|groups| match groups {
        [day, month, year] => is_date(text, *day, *month, *year),
        _ => false,
    })
}

/// `01.07.2025` or `1-7-2025`.
fn is_date(text: &str, day: Span, month: Span, year: Span) -> bool {
    let number = |span: Span| {
        span.slice(text)
            .and_then(|digits| digits.parse::<u32>().ok())
            .unwrap_or_default()
    };
    let is_spaced = [(day, month), (month, year)]
        .iter()
        .any(|(a, b)| text.get(a.end..b.start) == Some(" "));
    !is_spaced
        && (1..=31).contains(&number(day))
        && (1..=12).contains(&number(month))
        && (1900..2100).contains(&number(year))
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// Whether a digit that this character touches is part of something longer.
fn is_joined(c: char) -> bool {
    c.is_alphanumeric() || c == '/'
}

#[cfg(test)]
mod tests {
    use crate::text::mask_identifiers;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(mask_identifiers(text), expected);
    }

    #[test]
    fn identity_numbers_are_masked_in_every_grouping() {
        for number in [
            "001085012345",
            "012345678",
            "001 085 012 345",
            "001.085.012345",
            "0010 8501 2345",
            "012 345 678",
        ] {
            check(
                &format!("CCCD {number}, nộp 5 bản"),
                "CCCD [số định danh], nộp 5 bản",
            );
        }
        check("STK 19034567890123", "STK [số định danh]");
    }

    #[test]
    fn phone_numbers_are_masked_in_every_grouping() {
        for number in [
            "0912345678",
            "0912 345 678",
            "0912.345.678",
            "09 1234 5678",
            "+84912345678",
            "+84 912 345 678",
            "84912345678",
            "024-3845-6789",
        ] {
            check(&format!("gọi {number}."), "gọi [số điện thoại].");
        }
    }

    #[test]
    fn numbers_side_by_side_are_masked_apart() {
        check("0912345678 0987654321", "[số điện thoại] [số điện thoại]");
        check("0912 345 678 - 20 ngày", "[số điện thoại] - 20 ngày");
    }

    #[test]
    fn long_numbers_are_masked_whatever_they_touch() {
        check(
            "ĐT 0912345678/0987654321",
            "ĐT [số điện thoại]/[số điện thoại]",
        );
        check("CCCD001085012345", "CCCD[số định danh]");
        check(
            "sđt0912345678, 0912345678ạ",
            "sđt[số điện thoại], [số điện thoại]ạ",
        );
        check(
            "thẻ DN4797912345678 hết hạn",
            "thẻ DN[số định danh] hết hạn",
        );
    }

    #[test]
    fn groups_beside_a_stroke_or_a_letter_are_masked() {
        let both = "[số điện thoại]/[số điện thoại]";
        for text in [
            "0912.345.678/0987.654.321",
            "0912 345 678/0987654321",
            "0912345678/0987 654 321",
        ] {
            check(text, both);
        }
        check("sđt0912.345.678ạ", "sđt[số điện thoại]ạ");
        check("0912 345 678/Zalo", "[số điện thoại]/Zalo");
        check("0912 345 678 01.07.2025", "[số điện thoại] 01.07.2025");
    }

    #[test]
    fn landlines_with_brackets_and_abroad_are_masked() {
        for number in [
            "(024) 3845 6789",
            "(024)38456789",
            "(+84) 912 345 678",
            "+84 24 3845 6789",
            "+842438456789",
        ] {
            check(&format!("gọi {number}."), "gọi [số điện thoại].");
        }
        check("(0912 345 678)", "([số điện thoại])");
    }

    #[test]
    fn sums_and_dates_stay() {
        for text in [
            "2.000.000.000 đồng",
            "500 000 000",
            "2500000000đ",
            "2500000000đ/tháng",
            "01/07/2025/QĐ, 12/01.07.2025",
            "mục (01) 2025, (02) 120/2025",
            "08.30 01.07.2025",
            "08.04.2022 15.30",
            "từ 05 đến 10",
            "120/2025",
        ] {
            check(text, text);
        }
    }
}
