//! What the first words of a line say about whether a paragraph starts there.

use crate::extract::pdf::glyph::is_raised_digit;

/// Words that open a division of a legal text; with a number behind them.
const DIVISIONS: [&str; 13] = [
    "Điều", "ĐIỀU", "Chương", "CHƯƠNG", "Mục", "MỤC", "Phần", "PHẦN", "Tiểu", "Phụ", "PHỤ", "Mẫu",
    "MẪU",
];
/// Words that open a paragraph of an enacting formula or a letter.
const OPENERS: [&str; 8] = [
    "Căn cứ ",
    "Theo đề nghị",
    "Xét đề nghị",
    "Kính gửi",
    "Nơi nhận",
    "CỘNG HÒA XÃ HỘI",
    "CỘNG HOÀ XÃ HỘI",
    "Độc lập",
];

/// Whether `text` starts as paragraphs do: `Điều 5.`, `1.`, `a)`, `II.`, `- `, `Căn cứ `.
pub(super) fn opens(text: &str) -> bool {
    let text = text.trim_start_matches(['“', '"', '(', '[']);
    let Some(word) = text.split(' ').next() else {
        return false;
    };
    matches!(word, "-" | "–" | "+" | "•" | "*" | "▪")
        || is_number(word)
        || is_letter(word)
        || is_roman(word)
        || is_division(text, word)
        || OPENERS.iter().any(|words| text.starts_with(words))
        || (word.starts_with(['-', '+', '•'])
            && word.chars().count() > 1
            && text.len() > word.len())
}

/// Whether `text` is the heading of a division: `Điều 5. Thời hạn`, `Chương II`.
pub(super) fn is_heading(text: &str) -> bool {
    let text = text.trim_start_matches(['“', '"']);
    is_division(text, text.split(' ').next().unwrap_or_default())
}

/// `1.`, `12)`, `1.2.`, `3a.`, with the raised number of a footnote or not.
fn is_number(word: &str) -> bool {
    let bare = without_mark(word);
    let Some(label) = bare.strip_suffix(['.', ')']) else {
        return false;
    };
    let digits = label.trim_end_matches(|c: char| c.is_lowercase() && c.is_alphabetic());
    label.len() - digits.len() <= 2
        && !digits.is_empty()
        && digits.split('.').count() <= 4
        && digits
            .split('.')
            .all(|part| (1..=3).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_digit()))
}

/// `word` without the mark of a footnote behind it: `5.` for `5.[2]` and `5.²`.
fn without_mark(word: &str) -> &str {
    let word = word.trim_end_matches(is_raised_digit);
    word.strip_suffix(']')
        .and_then(|open| open.rsplit_once('['))
        .filter(|(_, number)| number.bytes().all(|b| b.is_ascii_digit()))
        .map_or(word, |(bare, _)| bare)
}

/// `a)`, `đ)`, `a.1)`, `A.`.
fn is_letter(word: &str) -> bool {
    let bare = without_mark(word);
    let mut letters = bare.chars();
    let first = letters.next();
    let rest = letters.as_str();
    first.is_some_and(char::is_alphabetic)
        && (matches!(rest, ")" | ".")
            || rest.ends_with(')')
                && rest.len() <= 4
                && rest
                    .trim_end_matches(')')
                    .chars()
                    .all(|c| c.is_ascii_digit() || c == '.'))
}

/// `II.`, `IV)`.
fn is_roman(word: &str) -> bool {
    word.strip_suffix(['.', ')']).is_some_and(|label| {
        !label.is_empty() && label.chars().all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'))
    })
}

/// `Điều 5.`, `Chương II`, `Phụ lục I`; `Điều 5 và Điều 6` inside a sentence opens nothing.
fn is_division(text: &str, word: &str) -> bool {
    if !DIVISIONS.contains(&word) {
        return false;
    }
    let rest = text.get(word.len()..).unwrap_or_default().trim_start();
    let label = rest
        .trim_start_matches("lục ")
        .trim_start_matches("LỤC ")
        .trim_start_matches("mục ")
        .trim_start_matches("số ")
        .trim_start_matches("SỐ ");
    let label = label.split(' ').next().unwrap_or_default();
    let is_numbered = label.starts_with(|c: char| c.is_ascii_digit())
        || label
            .trim_end_matches(['.', ':'])
            .chars()
            .all(|c| matches!(c, 'I' | 'V' | 'X' | 'L'));
    if matches!(word, "Điều" | "ĐIỀU") {
        return is_numbered && label.ends_with(['.', ':']);
    }
    is_numbered || matches!(rest, "lục" | "LỤC") || rest.starts_with("thứ ")
}

/// Whether `text` is a line of a letterhead, which always stands alone: motto, number, place and
/// date.
pub(super) fn is_fixed(text: &str) -> bool {
    const LONGEST: usize = 120;
    [
        "CỘNG HÒA XÃ HỘI",
        "CỘNG HOÀ XÃ HỘI",
        "Độc lập - Tự do",
        "Số:",
        "Số :",
    ]
    .iter()
    .any(|words| text.starts_with(words))
        || text.len() <= LONGEST
            && text.contains(", ngày")
            && text.contains("tháng")
            && text.contains("năm")
            && text.starts_with(char::is_uppercase)
            && !text.contains("số")
}

/// Whether a sentence or an entry of a list ends here.
pub(super) fn ends(text: &str) -> bool {
    without_mark(text)
        .trim_end_matches(['”', '"', ')', ' '])
        .ends_with(['.', ';', ':', '!', '?', '…'])
}

/// Whether the first letter is a small one: the sentence goes on.
pub(super) fn goes_on(text: &str) -> bool {
    text.chars()
        .find(|c| !matches!(c, '“' | '"' | '('))
        .is_some_and(char::is_lowercase)
}

/// Whether there are letters and none of them is small.
pub(super) fn is_capitals(text: &str) -> bool {
    text.chars().any(char::is_alphabetic) && !text.chars().any(char::is_lowercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbered_and_lettered_paragraphs_open() {
        for text in [
            "Điều 5. Thời hạn",
            "Điều 28a. Trình tự",
            "Chương II",
            "Mục 1 ĐĂNG KÝ",
            "Phụ lục I",
            "PHỤ LỤC",
            "Mẫu số 01",
            "1. Thời hạn",
            "2.1. Hồ sơ",
            "5.² Trung tâm",
            "5.[2] Trung tâm",
            "3a) Bổ sung",
            "đ) Sau 03 tháng",
            "II. MỤC ĐÍCH",
            "- Tổ chức",
            "“1. Sửa đổi",
            "Căn cứ Luật Hộ tịch",
        ] {
            assert!(opens(text), "{text}");
        }
    }

    #[test]
    fn words_inside_a_sentence_open_nothing() {
        for text in [
            "Điều 22 và Điều 23 Nghị định",
            "2025 của Chính phủ",
            "chăm sóc, nuôi dưỡng",
            "20/2021/NĐ-CP ngày",
            "(sau đây gọi là Nghị định",
            "Mẫu đơn kèm theo",
            "",
        ] {
            assert!(!opens(text), "{text}");
        }
    }

    #[test]
    fn sentence_ends_are_seen_behind_quotes_and_raised_numbers() {
        for text in [
            "như sau:",
            "sửa đổi;”.",
            "Bộ Công Thương.¹",
            "Bộ Công Thương.[12]",
            "(mã số 01).",
        ] {
            assert!(ends(text), "{text}");
        }
        assert!(!ends("của Chính") && !ends("gồm,"));
    }
}
