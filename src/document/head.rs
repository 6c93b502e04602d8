//! The head of a document: letterhead, number, place and date, kind, title.

use crate::document::Date;
use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Facts;
use crate::document::facts::number_in;
use crate::document::line::Line;
use crate::document::line::is_upper;
use crate::document::line::lines;
use crate::document::subject;
use crate::text::clip;

/// How many bytes a head has at most.
const HEAD_BYTES_MAX: usize = 8000;
/// How far down the caption of a collection may stand.
const CAPTION_LINES_MAX: usize = 8;
/// A line with place and date is at most this long; longer ones cite other documents.
const PLACE_BYTES_MAX: usize = 200;

/// How the names of issuing bodies begin.
const ISSUERS: [&str; 23] = [
    "BỘ ",
    "CHÍNH PHỦ",
    "QUỐC HỘI",
    "ỦY BAN",
    "UỶ BAN",
    "UBND",
    "HỘI ĐỒNG",
    "THỦ TƯỚNG",
    "NGÂN HÀNG",
    "TÒA ÁN",
    "TOÀ ÁN",
    "VIỆN KIỂM SÁT",
    "VĂN PHÒNG",
    "SỞ ",
    "TỈNH ỦY",
    "THÀNH ỦY",
    "ĐẢNG",
    "BAN ",
    "KIỂM TOÁN",
    "THANH TRA",
    "BẢO HIỂM",
    "TỔNG CỤC",
    "CHỦ TỊCH NƯỚC",
];

/// Reads the head of `text`, which ends at `end` at the latest.
pub(super) fn read(text: &str, end: usize) -> Facts {
    let head = clip(text, end.min(HEAD_BYTES_MAX));
    let lines: Vec<Line<'_>> = lines(head).collect();
    let bodies: Vec<&str> = lines.iter().map(|line| line.body).collect();
    let numbered = bodies.iter().position(|body| states_number(body));
    let named = bodies.iter().position(|body| names_kind(body));
    let stated = numbered.and_then(|at| number_in(&closed_up(bodies.get(at)?)));
    let caption = caption(&bodies);
    let (number, caption) =
        caption.map_or((None, None), |(number, title)| (Some(number), Some(title)));
    Facts {
        number: stated.or(number),
        kind: named
            .and_then(|at| DocumentKind::starting(bodies.get(at)?))
            .or_else(|| DocumentKind::starting(caption.as_ref()?))
            .map(|(kind, _)| kind),
        issuer: issuer(&bodies, named.unwrap_or(bodies.len())),
        issued: bodies.iter().find_map(|body| place_and_date(body)),
        title: named.and_then(|at| subject::below(&bodies, at)).or(caption),
        effective: None,
    }
}

/// The line that a collection puts above a document: `Luật Đường bộ số 35/2024/QH15`; its number
/// and the words before it.
fn caption(bodies: &[&str]) -> Option<(DocumentNumber, String)> {
    let captioned = |body: &&str| {
        let (title, number) = body.rsplit_once(" số ")?;
        // A title that gives its own number before ends with that of the text it changes.
        let is_first = DocumentNumber::find_in(title).is_empty();
        let is_caption = is_first && !is_upper(body) && DocumentKind::starting(title).is_some();
        let number: DocumentNumber = number.parse().ok().filter(|_| is_caption)?;
        Some((number, title.to_owned()))
    };
    bodies.iter().take(CAPTION_LINES_MAX).find_map(captioned)
}

/// `75/2006/QH 11` as `75/2006/QH11`.
fn closed_up(body: &str) -> String {
    body.replace("/QH ", "/QH")
}

/// `Số: 22/2022/TT-BKHĐT`, `Luật số: 03/2026/QH16`.
pub(super) fn states_number(body: &str) -> bool {
    let body = body
        .trim_start_matches("Luật ")
        .trim_start_matches("Nghị quyết ");
    let rest = ["Số", "số", "SỐ"]
        .iter()
        .find_map(|word| body.strip_prefix(word));
    rest.is_some_and(|rest| {
        rest.trim_start_matches(['*', ' ']).starts_with(':') && number_in(rest).is_some()
    })
}

/// `THÔNG TƯ`, `NGHỊ ĐỊNH1`, `LUẬT ĐẦU TƯ CÔNG NĂM 2024`.
fn names_kind(body: &str) -> bool {
    let words = body.trim_end_matches(|c: char| c.is_ascii_digit());
    // `VĂN BẢN HỢP NHẤT - BỘ …` names the issuer, here or on the next line.
    let is_issuer = words.contains(" - ") || words.ends_with(" -");
    is_upper(words) && DocumentKind::starting(words).is_some() && !is_issuer
}

/// Whether a line in capitals names an issuing body.
pub(super) fn is_issuer(body: &str) -> bool {
    is_upper(body) && ISSUERS.iter().any(|name| body.starts_with(name))
}

fn issuer(bodies: &[&str], end: usize) -> Option<String> {
    let clean = |body: &str| {
        let body = body.trim_start_matches("VĂN BẢN HỢP NHẤT - ");
        body.split("CỘNG H")
            .next()
            .unwrap_or(body)
            .trim_matches(['|', '*', '_', '-', ' '])
            .trim_end_matches(" NƯỚC")
            .to_owned()
    };
    let at = bodies.iter().take(end).position(|body| {
        let body = clean(body);
        is_issuer(&body)
    })?;
    let name = clean(bodies.get(at)?);
    let next = bodies
        .get(at + 1)
        .filter(|next| next.starts_with("VÀ ") && is_upper(next));
    Some(next.map_or_else(|| name.clone(), |next| format!("{name} {next}")))
}

/// `Hà Nội, ngày 09 tháng 12 năm 2022`.
pub(super) fn place_and_date(body: &str) -> Option<Date> {
    let at = body
        .find(", ngày")
        .filter(|_| body.len() < PLACE_BYTES_MAX && !body.contains("Căn cứ"))?;
    Date::find_in(body.get(at..)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn caption_of_a_collection_fills_what_the_head_lacks() {
        let text =
            "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLuật Đường bộ số 35/2024/QH15\nLUẬTĐƯỜNG BỘ\n";
        let facts = read(text, text.len());
        assert_eq!(
            facts.number.map(|n| n.to_string()).as_deref(),
            Some("35/2024/QH15")
        );
        assert_eq!(facts.title.as_deref(), Some("Luật Đường bộ"));
        let text = "QUỐC HỘI\nLuật số: 62/2020/QH14\nLUẬT\nSỬA ĐỔI LUẬT XÂY DỰNG\nCăn cứ Luật Xây dựng số 50/2014/QH13\n";
        let facts = read(text, text.len());
        assert_eq!(
            facts.number.map(|n| n.to_string()).as_deref(),
            Some("62/2020/QH14")
        );
        assert_eq!(facts.title.as_deref(), Some("SỬA ĐỔI LUẬT XÂY DỰNG"));
    }

    #[test]
    fn number_of_the_text_that_a_caption_changes_is_not_its_own() {
        let text =
            "Nghị định số 309/2026/NĐ-CP sửa đổi một số điều của Nghị định số 118/2025/NĐ-CP\n";
        assert_eq!(read(text, text.len()).number, None);
    }

    #[test]
    fn letterheads_are_read_without_their_rules() {
        let text = "QUỐC HỘI-------\nLuật số: 75/2006/QH 11\nLUẬT\nHiến xác\n";
        let facts = read(text, text.len());
        assert_eq!(facts.issuer.as_deref(), Some("QUỐC HỘI"));
        assert_eq!(
            facts.number.map(|n| n.to_string()).as_deref(),
            Some("75/2006/QH11")
        );
        let text = "QUỐC HỘI NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\nLUẬT\nHiến xác\n";
        assert_eq!(read(text, text.len()).issuer.as_deref(), Some("QUỐC HỘI"));
        let text = "VĂN BẢN HỢP NHẤT -\nBỘ NỘI VỤ\nNGHỊ ĐỊNH\nVề hội\n";
        let facts = read(text, text.len());
        assert_eq!(facts.issuer.as_deref(), Some("BỘ NỘI VỤ"));
        assert_eq!(facts.title.as_deref(), Some("Về hội"));
    }
}
