//! Mentions of documents by number, in questions and in texts.

use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::number::Parts;
use crate::text::Span;
use crate::text::fold_word;
use crate::text::words;

/// How far before a number its kind is looked for.
const LOOKBACK_BYTES: usize = 60;

/// A document as somebody names it: `NĐ 120/2025`, `Luật 60/2014/QH13`, `nghi dinh 335`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The kind, where it is named.
    pub kind: Option<DocumentKind>,
    /// Without leading zeros.
    pub number: String,
    /// The year, where it is given.
    pub year: Option<u16>,
    /// Kind and issuer, where they are given.
    pub suffix: Option<String>,
}

impl Mention {
    /// The full number, where the mention gives it: only the Government issues decrees, so that their
    /// suffix may be left out.
    ///
    /// # Example
    /// ```
    /// use camnang::document::DocumentNumber;
    /// let (_, mention) = &DocumentNumber::find_in("nghi dinh 61/2018")[0];
    /// assert_eq!(mention.number().unwrap().to_string(), "61/2018/NĐ-CP");
    /// ```
    pub fn number(&self) -> Option<DocumentNumber> {
        let is_decree = self.kind == Some(DocumentKind::Decree) && self.year.is_some();
        let suffix = self.suffix.clone();
        Some(DocumentNumber {
            number: self.number.clone(),
            year: self.year,
            suffix: suffix.or_else(|| is_decree.then(|| "NĐ-CP".to_owned()))?,
            is_sample: false,
        })
    }

    /// Whether this may mean the document `number`.
    ///
    /// The numbers agree exactly; year, suffix and kind agree where both sides have them. A mention
    /// without a year fits every year. A document without a year in its number (`116/NQ-CP`) fits a
    /// mention with one only when the kinds agree.
    ///
    /// # Example
    /// ```
    /// use camnang::document::DocumentNumber;
    /// let (_, mention) = &DocumentNumber::find_in("theo nghi dinh 120/2025")[0];
    /// assert!(mention.matches(&"120/2025/NĐ-CP".parse().unwrap()));
    /// assert!(!mention.matches(&"120/2020/NĐ-CP".parse().unwrap()));
    /// ```
    pub fn matches(&self, number: &DocumentNumber) -> bool {
        let kind_agrees = self.kind.map(|kind| is_kind(kind, number));
        let year_agrees = match (self.year, number.year) {
            (Some(a), Some(b)) => a == b,
            (Some(_), None) => kind_agrees == Some(true),
            (None, _) => true,
        };
        let suffix_agrees = self
            .suffix
            .as_ref()
            .is_none_or(|s| DocumentNumber::same_suffix(s, &number.suffix));
        self.number == number.number && year_agrees && suffix_agrees && kind_agrees != Some(false)
    }
}

/// Whether a document with this number can be of that kind.
fn is_kind(kind: DocumentKind, number: &DocumentNumber) -> bool {
    match number.kind() {
        Some(known) => known == kind,
        // Laws, codes and resolutions of the National Assembly share `QH13`, resolutions and
        // ordinances of its Standing Committee `UBTVQH15`; official letters carry no code of their
        // kind at all.
        None if number.suffix.starts_with("QH") => {
            matches!(
                kind,
                DocumentKind::Law
                    | DocumentKind::Code
                    | DocumentKind::Resolution
                    | DocumentKind::Ordinance
            )
        }
        None if number.suffix.starts_with("UBTVQH") => {
            matches!(kind, DocumentKind::Resolution | DocumentKind::Ordinance)
        }
        None => matches!(
            kind,
            DocumentKind::OfficialLetter | DocumentKind::Consolidation
        ),
    }
}

impl DocumentNumber {
    /// The documents that a text mentions by number, in order, with their places. The place covers
    /// the kind where it stands right before the number.
    ///
    /// Dates, sums, fractions and form numbers are passed over. A number alone counts when its kind
    /// stands before it (`NĐ 335`).
    pub fn find_in(text: &str) -> Vec<(Span, Mention)> {
        let mut found = Vec::new();
        let mut at = 0;
        while let Some(start) = next_number(text, at) {
            let (next, mention) = match read(text, start) {
                Some((span, mention)) => (span.end, Some((span, mention))),
                None => (number_end(text, start), None),
            };
            found.extend(mention);
            at = next;
        }
        found
    }
}

/// Where the next digit stands that begins a number.
fn next_number(text: &str, from: usize) -> Option<usize> {
    let tail = text.get(from..)?;
    let start = from + tail.find(|c: char| c.is_ascii_digit())?;
    Some(start)
}

/// Where the run of digits, dots and slashes at `start` ends, so that no part of it is read alone.
fn number_end(text: &str, start: usize) -> usize {
    let tail = text.get(start..).unwrap_or_default();
    let is_inside = |c: char| c.is_ascii_digit() || matches!(c, '.' | '/' | ',');
    start + tail.find(|c| !is_inside(c)).unwrap_or(tail.len())
}

fn read(text: &str, start: usize) -> Option<(Span, Mention)> {
    let before = before(text, start);
    let last = before.text.chars().next_back();
    if last.is_some_and(|c| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | ',')) {
        return None;
    }
    let parts = Parts::read(text.get(start..)?)?;
    let end = start + parts.len;
    let after = text.get(end..).and_then(|rest| rest.chars().next());
    if after.is_some_and(|c| c.is_alphanumeric() || c == '%') || is_decimal(text, end) {
        return None;
    }
    let (kind, kind_start) = before.kind();
    let known = kind.is_some() || parts.suffix.as_deref().is_some_and(is_code);
    let is_bare_year = parts.year.is_some() && !before.counts_time(&parts.number);
    let is_mention = match (&parts.suffix, parts.year) {
        (Some(suffix), _) => {
            known || parts.year.is_some() || is_issuer(suffix) && !before.names_form()
        }
        (None, Some(_)) => kind.is_some() || is_bare_year,
        (None, None) => kind.is_some_and(|kind| before.is_named(kind)),
    };
    let span = Span::new(if kind.is_some() { kind_start } else { start }, end);
    let Parts {
        number,
        year,
        suffix,
        ..
    } = parts;
    (is_mention && !before.names_form()).then_some((
        span,
        Mention {
            kind,
            number,
            year,
            suffix,
        },
    ))
}

/// Whether the number goes on behind a dot, comma or slash: `5.000`, `3/4`.
fn is_decimal(text: &str, end: usize) -> bool {
    let mut rest = text.get(end..).unwrap_or_default().chars();
    rest.next().is_some_and(|c| matches!(c, '.' | ',' | '/'))
        && rest.next().is_some_and(|c| c.is_ascii_digit())
}

/// Whether the suffix begins with the code of a kind.
fn is_code(suffix: &str) -> bool {
    suffix
        .split(['-', '/'])
        .next()
        .and_then(DocumentKind::of_code)
        .is_some()
        && suffix.len() > 1
}

/// Whether a suffix without the code of a kind looks like an issuer's: `BKHCN-CĐSQG`.
fn is_issuer(suffix: &str) -> bool {
    suffix.contains('-') && suffix.chars().all(|c| !c.is_lowercase())
}

/// The words before a number.
struct Before<'t> {
    text: &'t str,
    start: usize,
    words: Vec<(String, Span)>,
}

fn before(text: &str, start: usize) -> Before<'_> {
    let mut from = start.saturating_sub(LOOKBACK_BYTES);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let slice = text.get(from..start).unwrap_or_default();
    // A kind in the sentence before is another document's.
    let cut = slice
        .rfind(['.', ';', ',', '(', '\n', '"', '“'])
        .map_or(0, |at| at + 1);
    let from = from + cut;
    let slice = text.get(from..start).unwrap_or_default();
    let words = words(slice)
        .map(|(word, span)| (fold_word(word).bare, span))
        .collect();
    Before {
        text: slice,
        start: from,
        words,
    }
}

impl Before<'_> {
    /// The kind that stands right before the number, and where its name starts.
    fn kind(&self) -> (Option<DocumentKind>, usize) {
        let mut bare: Vec<String> = self.words.iter().map(|(word, _)| word.clone()).collect();
        while bare.last().is_some_and(|word| word == "so") {
            bare.pop();
        }
        let kind = DocumentKind::ending(&bare);
        let is_full = |n: usize| {
            let first = bare.len().checked_sub(n)?;
            let span = self.words.get(first)?.1;
            let named = DocumentKind::starting(self.text.get(span.start..)?)?;
            (Some(named.0) == kind && named.1 == n).then_some(self.start + span.start)
        };
        let full = (1..=4).rev().find_map(is_full);
        let short = bare.len().checked_sub(1).and_then(|at| self.words.get(at));
        (
            kind,
            full.or(short.map(|(_, span)| self.start + span.start))
                .unwrap_or(self.start),
        )
    }

    /// Whether `N/YYYY` is a month or quarter here: `tháng 6/2025`.
    fn counts_time(&self, number: &str) -> bool {
        let last = self.words.last().map_or("", |(word, _)| word.as_str());
        let is_month = number.parse::<u8>().is_ok_and(|n| n <= 12);
        matches!(last, "thang" | "qui" | "ngay" | "ki" | "nam" | "den" | "tu") && is_month
    }

    /// Whether the number is a form's: `Mẫu số 01/TKN-CNKD`.
    fn names_form(&self) -> bool {
        let mut words = self.words.iter().rev().map(|(word, _)| word.as_str());
        let last = words.find(|word| *word != "so");
        matches!(last, Some("mau" | "bieu"))
    }

    /// Whether a number without year and suffix may be meant: with `số`, in a short form, or after a
    /// kind that is seldom followed by a count.
    fn is_named(&self, kind: DocumentKind) -> bool {
        let last = self.words.last().map_or("", |(word, _)| word.as_str());
        let is_short = DocumentKind::of_code(last).is_some() && last.len() > 1;
        let is_numbered = matches!(
            kind,
            DocumentKind::Decree
                | DocumentKind::Circular
                | DocumentKind::JointCircular
                | DocumentKind::Resolution
                | DocumentKind::Directive
        );
        last == "so" || is_short || is_numbered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let found: Vec<&str> = DocumentNumber::find_in(text)
            .into_iter()
            .filter_map(|(span, _)| span.slice(text))
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[track_caller]
    fn matches(mention: &str, number: &str) -> bool {
        let found = DocumentNumber::find_in(mention);
        assert_eq!(found.len(), 1, "{mention}");
        found[0].1.matches(&number.parse().expect(number))
    }

    #[test]
    fn mentions_are_found_in_every_form() {
        check(
            "Theo Nghị định số 120/2025/NĐ-CP thì sao?",
            &["Nghị định số 120/2025/NĐ-CP"],
        );
        check(
            "NĐ 120/2025 và TT 25/2025/TT-BYT",
            &["NĐ 120/2025", "TT 25/2025/TT-BYT"],
        );
        check("nghi dinh 120/2025", &["nghi dinh 120/2025"]);
        check("NĐ 335 quy định gì", &["NĐ 335"]);
        check("Luật 60/2014/QH13", &["Luật 60/2014/QH13"]);
        check(
            "Công văn 16-TB/TU, công văn 557/BKHCN-CĐSQG",
            &["Công văn 16-TB/TU", "công văn 557/BKHCN-CĐSQG"],
        );
        check("66.7/2025/NQ-CP", &["66.7/2025/NQ-CP"]);
        check("văn bản 120/2025 nói gì", &["120/2025"]);
    }

    #[test]
    fn other_numbers_are_passed_over() {
        check("ngày 15/6/2025, tháng 6/2025, quý 2/2025", &[]);
        check("tốc độ 60/h, 3/4 số hộ, 5.000 đồng, 30/ngày", &[]);
        check("Mẫu số 01/TKN-CNKD", &[]);
        check("quyết định 3 việc; luật 2 cấp", &[]);
        check("Điều 5 khoản 2", &[]);
    }

    #[test]
    fn neighbours_never_match() {
        for other in [
            "120/2020/NĐ-CP",
            "1200/2025/NĐ-CP",
            "20/2025/NĐ-CP",
            "12/2025/NĐ-CP",
        ] {
            assert!(!matches("Nghị định 120/2025", other), "{other}");
        }
        assert!(matches("Nghị định 120/2025", "120/2025/NĐ-CP"));
    }

    #[test]
    fn kinds_must_agree() {
        assert!(!matches("NĐ 63/2025", "63/2025/QH15"));
        assert!(!matches("NĐ 63/2024", "63/2025/QH15"));
        assert!(matches("Luật 63/2025", "63/2025/QH15"));
        assert!(matches("nghị quyết 121/2020", "121/2020/QH14"));
        assert!(!matches("Thông tư 25/2025", "25/2025/NĐ-CP"));
        assert!(matches("TT 25/2025/TT-BYT", "25/2025/TT-BYT"));
        assert!(!matches("TT 25/2025/TT-BYT", "25/2025/TT-BTC"));
    }

    #[test]
    fn numbers_of_the_standing_committee_are_resolutions_and_ordinances() {
        assert!(matches("Nghị quyết 89/2025/UBTVQH15", "89/2025/UBTVQH15"));
        assert!(matches("NQ 17/2022/UBTVQH15", "17/2022/UBTVQH15"));
        assert!(matches("nghi quyet 17/2022", "17/2022/UBTVQH15"));
        assert!(matches("Pháp lệnh 02/2020/UBTVQH14", "02/2020/UBTVQH14"));
        assert!(matches("Pháp lệnh 28/2005", "28/2005/PL-UBTVQH11"));
        assert!(matches("Pháp lệnh 26/2004/QH11", "26/2004/QH11"));
        assert!(!matches("Luật 17/2022", "17/2022/UBTVQH15"));
        assert!(!matches("Công văn 17/2022", "17/2022/UBTVQH15"));
    }

    #[test]
    fn leading_zeros_and_marks_do_not_count() {
        assert!(matches("Thông tư 07/2021", "7/2021/TT-BTP"));
        assert!(matches("120/2025/nd-cp", "120/2025/NĐ-CP"));
    }

    #[test]
    fn year_may_be_missing() {
        assert!(matches("NĐ 335", "335/2025/NĐ-CP") && matches("NĐ 335", "335/2024/NĐ-CP"));
        assert!(!matches("NĐ 335", "335/2025/TT-BTC"));
        assert!(matches("NQ 116/2026", "116/NQ-CP"));
        assert!(!matches("116/2026", "116/NQ-CP"));
    }
}
