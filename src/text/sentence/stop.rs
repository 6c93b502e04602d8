//! Full stops that do not end a sentence: those of labels and of abbreviations.

/// Abbreviations that are written with a full stop and never end a sentence.
const ABBREVIATIONS: [&str; 31] = [
    "BS", "Dr", "GS", "KS", "KT", "LS", "Mr", "Mrs", "NCS", "No", "PGS", "Q", "P", "TL", "TM",
    "TP", "TS", "TSKH", "TT", "TUQ", "TX", "Tel", "ThS", "Ths", "Tp", "Tr", "Tx", "tp", "tr",
    "Đ/c", "đ/c",
];

/// Words before a number or letter that make it the label of a heading: `Điều 5.`, `Mẫu số 01.`
const HEADS: [&str; 17] = [
    "bài",
    "biểu",
    "bước",
    "bảng",
    "chương",
    "câu",
    "hình",
    "khoản",
    "mẫu",
    "mục",
    "phần",
    "phụ lục",
    "tiểu mục",
    "tình huống",
    "ví dụ",
    "điểm",
    "điều",
];

/// Words before a single capital that make it a name: `ông P.`, `xã Q.`
const NAMED: [&str; 16] = [
    "anh",
    "bà",
    "bên",
    "chị",
    "cháu",
    "cô",
    "em",
    "huyện",
    "ông",
    "phường",
    "quận",
    "thôn",
    "tỉnh",
    "tổ",
    "xã",
    "công ty",
];

/// Whether a full stop after `before` belongs to its last word.
pub(super) fn is_bound_stop(before: &str) -> bool {
    is_label(before) || is_abbreviation(before)
}

/// Whether `before` is only a label, or ends in one that a quote or colon opens: `“Điều 3a`.
fn is_label(before: &str) -> bool {
    let opened = before.rsplit(['“', '«', ':', ';']).next().unwrap_or(before);
    let opened = opened.trim_start_matches(|c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '(' | '-' | '+' | '*' | '•')
    });
    let (head, number) = opened
        .rsplit_once(char::is_whitespace)
        .unwrap_or(("", opened));
    let head = head.trim().to_lowercase();
    let head = head.strip_suffix(" số").unwrap_or(&head);
    is_numbering(number) && (head.is_empty() || HEADS.contains(&head))
}

/// `5`, `3a`, `2.1`, `II`, `A`, `đ`.
fn is_numbering(word: &str) -> bool {
    let is_roman = !word.is_empty() && word.chars().all(|c| "IVXLC".contains(c));
    let is_letter = word.chars().count() == 1 && word.chars().all(char::is_alphabetic);
    is_roman || is_letter || word.split('.').all(is_short_number)
}

fn is_short_number(part: &str) -> bool {
    let digits = part.strip_suffix(char::is_lowercase).unwrap_or(part);
    (1..=3).contains(&digits.len()) && digits.chars().all(|c| c.is_ascii_digit())
}

/// Whether `before` ends in an abbreviation that is written with a stop: `PGS.TS`, `Q`, `KT`.
fn is_abbreviation(before: &str) -> bool {
    let (head, word) = before
        .rsplit_once(char::is_whitespace)
        .unwrap_or(("", before));
    let word = word.trim_start_matches(['(', '“', '"', '[']);
    let last = word.rsplit('.').next().unwrap_or(word);
    let is_name = matches!(last, "Q" | "P") && names(head);
    ABBREVIATIONS.contains(&last) && !is_name
}

/// Whether a single capital after `head` is somebody's or some place's name.
fn names(head: &str) -> bool {
    let head = head.trim_end();
    let word = head.rsplit(char::is_whitespace).next().unwrap_or(head);
    let is_after_name = word.starts_with(char::is_uppercase) && word.ends_with(char::is_lowercase);
    is_after_name
        || NAMED
            .iter()
            .any(|named| head.to_lowercase().ends_with(named))
}
