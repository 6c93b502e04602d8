//! Marks that begin with the name of their level: `Điều 5.`, `Chương II`, `Phụ lục số 01`.

use crate::document::Level;
use crate::document::line::is_upper;
use crate::document::line::starts_lower;
use crate::document::mark::Found;
use crate::document::mark::Shape;
use crate::document::ordinal::Ordinal;
use crate::document::sequence::STRONG;
use crate::text::fold_word;

/// Words that open a heading, in search form with and without marks.
const KEYWORDS: [(&str, &str, Level); 9] = [
    ("điều", "dieu", Level::Article),
    ("chương", "chuong", Level::Chapter),
    ("mục", "muc", Level::Section),
    ("phần", "phan", Level::Part),
    ("tiểu mục", "tieu muc", Level::Subsection),
    ("phụ lục", "phu luc", Level::Appendix),
    ("mẫu", "mau", Level::Form),
    ("tình huống", "tinh huong", Level::Case),
    ("câu", "cau", Level::Question),
];

/// Kinds of regulation that are issued with a document and number their own Điều.
pub(super) const ATTACHMENTS: [&str; 10] = [
    "Quy chế",
    "Quy định",
    "Quy trình",
    "Quy chuẩn",
    "Điều lệ",
    "Nội quy",
    "Chương trình",
    "Kế hoạch",
    "Đề án",
    "Văn bản",
];

/// Reads a heading that names its level, or the start of a closing block.
pub(super) fn recognise(body: &str, hashes: usize) -> Option<Found<'_>> {
    if let Some((level, rest)) = keyword(body) {
        return match level {
            Level::Article => article(body, rest, hashes),
            Level::Appendix => appendix(rest),
            Level::Form => form(rest),
            Level::Part | Level::Chapter | Level::Section | Level::Subsection => {
                grouping(level, rest)
            }
            _ => situation(body),
        };
    }
    signature(body)
        .or_else(|| attachment(body))
        .or_else(|| letterhead(body))
}

/// `Tình huống số 01: …`, `Câu 3. …`, `Câu hỏi 3: …`.
pub(super) fn situation(body: &str) -> Option<Found<'_>> {
    let (level, rest) = keyword(body)?;
    if !matches!(level, Level::Case | Level::Question) {
        return None;
    }
    let rest = skip_word(rest, "hoi");
    let (label, rest) = token(skip_word(rest, "so"));
    let ordinal = Ordinal::arabic(label)?;
    let signed = rest.starts_with(['.', ':', ')', '-', '–']);
    if !signed && !rest.is_empty() {
        return None;
    }
    let rest = rest.trim_start_matches(['.', ':', ')', '-', '–']);
    Some(Found {
        shape: Shape::Keyword(level),
        label: trimmed(label),
        ordinal,
        rest,
        weight: STRONG,
    })
}

/// The level that `body` names first, and what follows the name.
fn keyword(body: &str) -> Option<(Level, &str)> {
    let (first, rest) = split_word(body);
    if first.is_empty() || first.len() > 9 || !"đdcmptĐDCMPT".contains(first.chars().next()?) {
        return None;
    }
    let first = fold_word(first);
    KEYWORDS.iter().find_map(|&(marked, bare, level)| {
        let (bare_first, bare_second) = bare.split_once(' ').unwrap_or((bare, ""));
        if first.bare != bare_first {
            return None;
        }
        let (marked_first, marked_second) = marked.split_once(' ').unwrap_or((marked, ""));
        let rest = if bare_second.is_empty() {
            rest
        } else {
            let (second, rest) = split_word(rest.trim_start());
            same_word(second, marked_second, bare_second).then_some(rest)?
        };
        same_folded(&first, marked_first, bare_first).then_some((level, rest))
    })
}

/// Whether `word` is the keyword, with all its marks or with none.
fn same_word(word: &str, marked: &str, bare: &str) -> bool {
    same_folded(&fold_word(word), marked, bare)
}

fn same_folded(word: &crate::text::Folded, marked: &str, bare: &str) -> bool {
    word.bare == bare && (word.marked == bare || word.marked == fold_word(marked).marked)
}

fn split_word(text: &str) -> (&str, &str) {
    let end = text
        .find(|c: char| !c.is_alphabetic())
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// Drops one given word (bare search form) before the label, as in `Phụ lục số 01`.
fn skip_word<'t>(text: &'t str, word: &str) -> &'t str {
    let trimmed = text.trim_start();
    let (first, rest) = split_word(trimmed);
    if fold_word(first).bare == word {
        rest.trim_start_matches([':', '.'])
    } else {
        text
    }
}

/// The label that comes next, and what follows it.
fn token(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let end = text
        .find(|c: char| !c.is_alphanumeric())
        .unwrap_or(text.len());
    text.split_at_checked(end).unwrap_or((text, ""))
}

/// A label without leading zeros, so that `Điều 05` and `Điều 5` are one.
pub(super) fn trimmed(label: &str) -> String {
    let short = label.trim_start_matches('0');
    let starts_with_digit = short.starts_with(|c: char| c.is_ascii_digit());
    if starts_with_digit {
        short.to_owned()
    } else {
        label.to_owned()
    }
}

/// `Điều 5. …`, `Điều 3a: …`, `Điều 19.12 …` (with a footnote), `Điều 5` alone on its line.
fn article<'t>(body: &str, rest: &'t str, hashes: usize) -> Option<Found<'t>> {
    let (label, rest) = token(rest);
    let ordinal = Ordinal::arabic(label).filter(|o| o.number > 0)?;
    let found = |rest, weight| {
        let label = trimmed(label).to_lowercase();
        Some(Found {
            shape: Shape::Keyword(Level::Article),
            label,
            ordinal,
            rest,
            weight,
        })
    };
    let plain = rest.trim_start_matches(['*', '_', ' ']);
    let Some(sign) = plain.chars().next() else {
        return found("", if hashes > 0 { STRONG } else { STRONG - 2 });
    };
    if matches!(sign, '.' | ':' | '-' | '–' | '—') {
        let title = plain
            .get(sign.len_utf8()..)?
            .trim_start_matches(|c: char| c.is_ascii_digit());
        let dashed = !matches!(sign, '.' | ':');
        let words = title.trim_start_matches(['*', '_', ' ', '.']);
        let is_bare = words.is_empty() && hashes == 0;
        let is_broken = words.starts_with([',', ';', ')']);
        let is_doubtful = starts_lower(words) || dashed || is_bare || is_broken;
        let weight = if is_doubtful { STRONG - 2 } else { STRONG };
        return found(title, weight);
    }
    let is_titled = plain.chars().next().is_some_and(char::is_uppercase);
    if is_titled && (hashes > 0 || is_upper(body)) {
        return found(rest, STRONG - 1);
    }
    None
}

/// `Chương II`, `Mục 1. …`, `PHẦN THỨ NHẤT`, `Tiểu mục 1`.
fn grouping(level: Level, rest: &str) -> Option<Found<'_>> {
    let (label, ordinal, rest) = grouping_label(level, rest)?;
    let shape = Shape::Keyword(level);
    title_after(rest).map(|(rest, weight)| Found {
        shape,
        label,
        ordinal,
        rest,
        weight,
    })
}

fn grouping_label(level: Level, rest: &str) -> Option<(String, Ordinal, &str)> {
    let (word, after) = token(rest);
    if level == Level::Part && fold_word(word).bare == "thu" {
        let (word, after) = token(after);
        let ordinal = Ordinal::word(word)?;
        return Some((format!("thứ {}", word.to_lowercase()), ordinal, after));
    }
    let (word, after) = token(skip_word(rest, "so"));
    let mut letters = word.chars();
    let single = letters
        .next()
        .filter(|c| c.is_uppercase() && letters.next().is_none());
    let ordinal = Ordinal::arabic(word)
        .or_else(|| Ordinal::roman(word).filter(|_| word.starts_with(char::is_uppercase)))
        .or_else(|| Ordinal::letter(single?))?;
    Some((trimmed(word), ordinal, after))
}

/// What may follow a label: nothing, a sign and words, or words in capitals or brackets. Words in
/// lower case after a bare label make it a reference (`Chương II của Luật này`).
fn title_after(rest: &str) -> Option<(&str, i32)> {
    let plain = rest.trim_start_matches(['*', '_', ' ']);
    let Some(first) = plain.chars().next() else {
        return Some(("", STRONG - 1));
    };
    if matches!(first, '.' | ':' | '-' | '–' | '—') {
        let title = plain.get(first.len_utf8()..)?;
        let words = title.trim_start_matches(['*', '_', ' ', '-', '–']);
        let is_open = !words.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ',' | '.'));
        return (is_open && !starts_lower(words)).then_some((title, STRONG));
    }
    let spaced = rest.starts_with([' ', '*', '_']);
    (spaced && (is_upper(plain) || first == '(')).then_some((rest, STRONG - 1))
}

/// `PHỤ LỤC`, `Phụ lục II`, `Phụ lục số 01. …`, `Phụ lục I.2`.
fn appendix(rest: &str) -> Option<Found<'_>> {
    let (label, after) = compound_label(skip_word(rest, "so"));
    let shape = Shape::Keyword(Level::Appendix);
    let unnumbered = || {
        let words = rest.trim_start();
        (words.is_empty() || is_upper(words) || words.starts_with(['(', ':'])).then(|| Found {
            shape,
            label: String::new(),
            ordinal: Ordinal::default(),
            rest,
            weight: STRONG - 1,
        })
    };
    let Some(ordinal) = compound_ordinal(label) else {
        return unnumbered();
    };
    let (rest, weight) = title_after(after)?;
    Some(Found {
        shape,
        label: trimmed(label),
        ordinal,
        rest,
        weight,
    })
}

/// `Mẫu số 02`, `Mẫu số: 01/TKN-CNKD`, `Mẫu II-1. …`.
fn form(rest: &str) -> Option<Found<'_>> {
    let (label, after) = compound_label(skip_word(rest, "so"));
    if !label.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let ordinal = compound_ordinal(label).unwrap_or_default();
    let (rest, weight) = title_after(after)?;
    let shape = Shape::Keyword(Level::Form);
    Some(Found {
        shape,
        label: trimmed(label),
        ordinal,
        rest,
        weight,
    })
}

/// A label of several parts: `I.2`, `12.1`, `01/TKN-CNKD`.
fn compound_label(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    let is_part = |c: char| c.is_alphanumeric() || matches!(c, '.' | '/' | '-');
    let end = text.find(|c: char| !is_part(c)).unwrap_or(text.len());
    let label = text
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', '/', '-']);
    text.split_at_checked(label.len()).unwrap_or((text, ""))
}

/// The place of a compound label; 0 where it counts in its own way.
fn compound_ordinal(label: &str) -> Option<Ordinal> {
    let first = label.chars().next()?;
    let simple =
        Ordinal::arabic(label).or_else(|| Ordinal::roman(label).filter(|_| first.is_uppercase()));
    let mut letters = label.chars();
    let single = letters
        .next()
        .filter(|c| c.is_uppercase() && letters.next().is_none());
    let counted = simple.or_else(|| Ordinal::letter(single?));
    let is_compound =
        label.contains(|c: char| c.is_ascii_digit()) && !label.contains(char::is_whitespace);
    counted.or_else(|| is_compound.then(Ordinal::default))
}

/// `Nơi nhận:`, `TM. CHÍNH PHỦ`, `KT. BỘ TRƯỞNG`.
fn signature(body: &str) -> Option<Found<'_>> {
    let (first, rest) = split_word(body);
    let by_order = matches!(first, "TM" | "KT" | "TL" | "TUQ" | "Q")
        && rest.strip_prefix('.').is_some_and(is_upper);
    let recipients = first.len() <= 5 && {
        let (second, _) = split_word(rest.trim_start());
        same_word(first, "nơi", "noi") && same_word(second, "nhận", "nhan")
    };
    let post = matches!(
        body,
        "BỘ TRƯỞNG" | "THỦ TƯỚNG" | "CHỦ TỊCH" | "CHỦ TỊCH QUỐC HỘI" | "XÁC THỰC VĂN BẢN HỢP NHẤT"
    );
    (by_order || recipients || post).then(|| Found {
        shape: Shape::Signature,
        label: String::new(),
        ordinal: Ordinal::default(),
        rest: body,
        weight: STRONG,
    })
}

/// `QUY CHẾ`, `ĐIỀU LỆ TRƯỜNG …`: the title of a regulation issued with the document.
fn attachment(body: &str) -> Option<Found<'_>> {
    let title = is_upper(body).then(|| body.to_lowercase())?;
    let name = ATTACHMENTS
        .into_iter()
        .find(|name| title.starts_with(&name.to_lowercase()))?;
    Some(Found {
        shape: Shape::Keyword(Level::Attachment),
        label: name.to_owned(),
        ordinal: Ordinal::default(),
        rest: body,
        weight: STRONG,
    })
}

/// `CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM`.
fn letterhead(body: &str) -> Option<Found<'_>> {
    body.starts_with("CỘNG H").then_some(())?;
    Some(Found {
        shape: Shape::Letterhead,
        label: String::new(),
        ordinal: Ordinal::default(),
        rest: body,
        weight: STRONG,
    })
}
