//! Identity, telephone and other long numbers.
//!
//! A single run of nine or more digits is always one, unless money follows it. Digits in groups are
//! one only in the usual groupings and with a leading zero or `+84`, so that sums and dates stay.

use crate::text::Span;
use crate::text::mask::Masked;

const IDENTITY: &str = "[số định danh]";
const PHONE: &str = "[số điện thoại]";

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
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text
        .get(at..)
        .and_then(|rest| rest.find(is_digit))
        .map(|i| at + i)
    {
        let rest = text.get(start..).unwrap_or_default();
        let end = start + rest.find(|c| !is_digit(c)).unwrap_or(rest.len());
        let before = text.get(..start).and_then(|head| head.chars().next_back());
        let after = text.get(end..).and_then(|tail| tail.chars().next());
        if !before.is_some_and(is_joined) && !after.is_some_and(is_joined) {
            found.push(Span::new(start, end));
        }
        at = end;
    }
    found
}

/// The identifier that the first of `groups` begins, and how many groups it takes.
fn identifier(text: &str, groups: &[Span]) -> Option<(usize, Masked)> {
    let first = *groups.first()?;
    let digits = first.slice(text)?;
    let international = country_code(text, first);
    if digits.len() >= 9 {
        return whole(text, first, digits, international);
    }
    let n_adjacent = 1 + groups
        .windows(2)
        .take_while(|pair| is_adjacent(text, pair[0], pair[1]))
        .count();
    let run = groups.get(..n_adjacent.min(6))?;
    if !(digits.starts_with('0') || international.is_some())
        || holds_date(text, run)
        || is_continued(text, first)
    {
        return None;
    }
    let lengths: Vec<usize> = run.iter().map(|group| group.len()).collect();
    let (n_groups, placeholder) = grouping(&lengths, international.is_some())?;
    let start = international.unwrap_or(first.start);
    Some((
        n_groups,
        (Span::new(start, run.get(n_groups - 1)?.end), placeholder),
    ))
}

/// An unbroken run of nine digits or more.
fn whole(
    text: &str,
    group: Span,
    digits: &str,
    international: Option<usize>,
) -> Option<(usize, Masked)> {
    let rest = text.get(group.end..)?;
    let is_money =
        !digits.starts_with('0') && rest.split_whitespace().next().is_some_and(is_currency);
    if is_money {
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

fn is_currency(word: &str) -> bool {
    let word = word
        .trim_end_matches(|c: char| !c.is_alphabetic())
        .to_lowercase();
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
    let sizes = if is_international { 11..=11 } else { 10..=11 };
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

/// Whether one space, dot or hyphen stands between two groups.
fn is_adjacent(text: &str, left: Span, right: Span) -> bool {
    matches!(text.get(left.end..right.start), Some(" " | "." | "-"))
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
    fn sums_and_dates_stay() {
        for text in [
            "2.000.000.000 đồng",
            "500 000 000",
            "2500000000đ",
            "08.30 01.07.2025",
            "08.04.2022 15.30",
            "từ 05 đến 10",
            "120/2025",
        ] {
            check(text, text);
        }
    }
}
