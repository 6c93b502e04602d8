//! The head of a document: letterhead, number, place and date, kind, title.

use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Facts;
use crate::document::letterhead::issuer;
use crate::document::letterhead::place_and_date;
use crate::document::letterhead::states_number;
use crate::document::line::Line;
use crate::document::line::is_upper;
use crate::document::line::lines;
use crate::document::line::starts_lower;
use crate::document::subject;
use crate::text::clip;
use crate::text::fold_word;
use crate::text::words;

/// How many bytes a head has at most.
const HEAD_BYTES_MAX: usize = 8000;
/// How far down the caption of a collection may stand.
const CAPTION_LINES_MAX: usize = 8;

/// Words of lines below which other documents are listed: legal bases, related texts, the name of a
/// handbook; in search form without marks.
const LEADS: [&str; 6] = [
    "can cu",
    "co so phap li",
    "lien quan",
    "so tay",
    "cam nang",
    "hoi dap",
];

/// Reads the head of `text`, which ends at `end` at the latest.
pub(super) fn read(text: &str, end: usize) -> Facts {
    let head = clip(text, end.min(HEAD_BYTES_MAX));
    let lines: Vec<Line<'_>> = lines(head).collect();
    let bodies: Vec<&str> = lines.iter().map(|line| line.body).collect();
    let numbered = (0..lines.len()).find_map(|at| number_at(head, &lines, at));
    let named = bodies.iter().position(|body| names_kind(body));
    let (above, _) = bodies.split_at(named.unwrap_or(bodies.len()));
    let caption = caption(head, &lines);
    let (number, caption) =
        caption.map_or((None, None), |(number, title)| (Some(number), Some(title)));
    Facts {
        number: numbered.or(number),
        kind: named
            .and_then(|at| DocumentKind::starting(bodies.get(at)?))
            .or_else(|| DocumentKind::starting(caption.as_ref()?))
            .map(|(kind, _)| kind),
        issuer: issuer(above),
        issued: bodies.iter().find_map(|body| place_and_date(body)),
        title: named.and_then(|at| subject::below(&bodies, at)).or(caption),
        effective: None,
    }
}

/// The number that line `at` of a letterhead states.
fn number_at(head: &str, lines: &[Line<'_>], at: usize) -> Option<DocumentNumber> {
    let body = lines.get(at)?.body;
    let is_own = states_number(body)
        && (DocumentKind::starting(body).is_none() || !is_listed(head, lines, at));
    is_own
        .then(|| DocumentNumber::first_in(&closed_up(body)))
        .flatten()
}

/// The line that a collection puts above a document: `Luật Đường bộ số 35/2024/QH15`; its number
/// and the words before it.
fn caption(head: &str, lines: &[Line<'_>]) -> Option<(DocumentNumber, String)> {
    let captioned = |(at, line): (usize, &Line<'_>)| {
        let (title, number) = line.body.rsplit_once(" số ")?;
        // A title that gives its own number before ends with that of the text it changes.
        let is_first = DocumentNumber::find_in(title).is_empty();
        let is_caption = is_first
            && !is_upper(line.body)
            && DocumentKind::starting(title).is_some()
            && !is_listed(head, lines, at);
        let number: DocumentNumber = number.parse().ok().filter(|_| is_caption)?;
        Some((number, title.to_owned()))
    };
    let mut first = lines.iter().enumerate().take(CAPTION_LINES_MAX);
    first.find_map(captioned)
}

/// Whether the document that line `at` names is one of a list, as a handbook gives its legal bases.
fn is_listed(head: &str, lines: &[Line<'_>], at: usize) -> bool {
    let Some(line) = lines.get(at) else {
        return false;
    };
    let own = DocumentNumber::first_in(&closed_up(line.body));
    let names_other = |at: Option<usize>| {
        let line = at.and_then(|at| lines.get(at));
        line.is_some_and(|line| names_another(line.body, own.as_ref()))
    };
    is_entry(head, line)
        || lines.iter().take(at).any(|line| is_lead(line.body))
        || names_other(at.checked_sub(1))
        || names_other(Some(at + 1))
}

/// Whether a line has the sign of an entry; a star counts as decoration of the line.
fn is_entry(head: &str, line: &Line<'_>) -> bool {
    let decoration = head.get(line.start..line.body_start).unwrap_or_default();
    let star = decoration.split_once('*');
    star.is_some_and(|(_, rest)| rest.starts_with(char::is_whitespace))
        || !line.body.starts_with(char::is_alphabetic)
}

/// `Văn bản áp dụng:`, `CĂN CỨ PHÁP LÝ`; a key of front matter (`tags:`) is none.
fn is_lead(body: &str) -> bool {
    let bare: Vec<String> = words(body).map(|(word, _)| fold_word(word).bare).collect();
    let bare = format!(" {} ", bare.join(" "));
    let is_named = LEADS.iter().any(|lead| bare.contains(&format!(" {lead} ")));
    (body.ends_with(':') || is_named) && !starts_lower(body)
}

/// Whether a line begins with the name of a document that is not `own`: `Nghị định số 123/2015/NĐ-CP
/// ngày …`, `- Luật Hộ tịch số 60/2014/QH13`.
fn names_another(body: &str, own: Option<&DocumentNumber>) -> bool {
    if is_upper(body) || DocumentKind::starting(body).is_none() {
        return false;
    }
    let mentions = DocumentNumber::find_in(body);
    mentions.first().is_some_and(|(place, mention)| {
        // `Nghị định sửa đổi Nghị định số …` names the text it changes.
        let before = body.get(..place.start).unwrap_or_default();
        let is_its = mention.kind.is_none() || !before.contains(char::is_alphanumeric);
        is_its && own.is_none_or(|own| !mention.matches(own))
    })
}

/// `75/2006/QH 11` as `75/2006/QH11`.
fn closed_up(body: &str) -> String {
    body.replace("/QH ", "/QH")
}

/// `THÔNG TƯ`, `NGHỊ ĐỊNH1`, `LUẬT ĐẦU TƯ CÔNG NĂM 2024`.
fn names_kind(body: &str) -> bool {
    let words = body.trim_end_matches(|c: char| c.is_ascii_digit());
    // `VĂN BẢN HỢP NHẤT - BỘ …` names the issuer, here or on the next line.
    let is_issuer = words.contains(" - ") || words.ends_with(" -");
    is_upper(words) && DocumentKind::starting(words).is_some() && !is_issuer
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check_number(text: &str, expected: Option<&str>) {
        let number = read(text, text.len()).number.map(|n| n.to_string());
        assert_eq!(number.as_deref(), expected, "{text}");
    }

    #[test]
    fn caption_of_a_collection_fills_what_the_head_lacks() {
        let text =
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật Đường bộ số 35/2024/QH15\nLUẬTĐƯỜNG BỘ\n";
        check_number(text, Some("35/2024/QH15"));
        assert_eq!(
            read(text, text.len()).title.as_deref(),
            Some("Luật Đường bộ")
        );
        let text = "QUỐC HỘI\nLuật số: 62/2020/QH14\nLUẬT\nSỬA ĐỔI LUẬT XÂY DỰNG\nCăn cứ Luật Xây dựng số 50/2014/QH13\n";
        check_number(text, Some("62/2020/QH14"));
        assert_eq!(
            read(text, text.len()).title.as_deref(),
            Some("SỬA ĐỔI LUẬT XÂY DỰNG")
        );
        check_number(
            "---\ntags:\n---\n# **Luật Đường bộ số 35/2024/QH15**\nLuật số: 35/2024/QH15 ngày 27/6/2024",
            Some("35/2024/QH15"),
        );
    }

    #[test]
    fn number_of_the_text_that_a_caption_changes_is_not_its_own() {
        check_number(
            "Nghị định số 309/2026/NĐ-CP sửa đổi một số điều của Nghị định số 118/2025/NĐ-CP\n",
            None,
        );
    }

    #[test]
    fn documents_that_a_handbook_lists_are_not_itself() {
        for bases in [
            "Căn cứ pháp lý:\n- Luật Hộ tịch số 60/2014/QH13\n- Nghị định số 123/2015/NĐ-CP",
            "Nội dung\n- Luật Hộ tịch số 60/2014/QH13",
            "Nội dung\n* Luật Hộ tịch số 60/2014/QH13",
            "Nội dung\n+ **Luật Hộ tịch số 60/2014/QH13**",
            "**Văn bản áp dụng:**\nLuật Hộ tịch số 60/2014/QH13",
            "VĂN BẢN LIÊN QUAN\nLuật Hộ tịch số 60/2014/QH13",
            "Căn cứ pháp lý:\nLuật số: 60/2014/QH13",
            "Nội dung\nLuật Hộ tịch số 60/2014/QH13\nNghị định số 123/2015/NĐ-CP ngày 15/11/2015",
            "Nội dung\nNghị định số 123/2015/NĐ-CP;\nLuật Hộ tịch số 60/2014/QH13",
            "Nội dung\nLuật số: 60/2014/QH13\nNghị định số: 123/2015/NĐ-CP",
        ] {
            let text = format!("NGHIỆP VỤ HỘ TỊCH\n{bases}\n1. Đăng ký khai sinh\nMột.\n");
            check_number(&text, None);
            let facts = read(&text, text.len());
            assert_eq!((facts.kind, facts.title), (None, None), "{text}");
        }
        check_number(
            "SỔ TAY HỘ TỊCH\nLuật Hộ tịch số 60/2014/QH13\n1. Khai sinh\n",
            None,
        );
    }

    #[test]
    fn kinds_may_stand_before_the_number_of_a_letterhead() {
        for (line, number) in [
            ("Bộ luật số: 45/2019/QH14", "45/2019/QH14"),
            ("Pháp lệnh số: 02/2020/UBTVQH14", "02/2020/UBTVQH14"),
            ("Nghị quyết số: 89/2025/UBTVQH15", "89/2025/UBTVQH15"),
        ] {
            check_number(&format!("QUỐC HỘI\n{line}\nCỘNG HÒA\n"), Some(number));
        }
    }

    #[test]
    fn letterheads_are_read_without_their_rules() {
        let text = "QUỐC HỘI-------\nLuật số: 75/2006/QH 11\nLUẬT\nHiến xác\n";
        let facts = read(text, text.len());
        assert_eq!(facts.issuer.as_deref(), Some("QUỐC HỘI"));
        check_number(text, Some("75/2006/QH11"));
        let text = "VĂN BẢN HỢP NHẤT -\nBỘ NỘI VỤ\nNGHỊ ĐỊNH\nVề hội\n";
        let facts = read(text, text.len());
        assert_eq!(facts.issuer.as_deref(), Some("BỘ NỘI VỤ"));
        assert_eq!(facts.title.as_deref(), Some("Về hội"));
    }
}
