//! The subject (trích yếu): what stands below the kind of a document and says what it is about.

use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::letterhead::is_issuer;
use crate::document::letterhead::place_and_date;
use crate::document::line::is_upper;
use crate::text::words;

/// How many lines a subject has at most.
const LINES_MAX: usize = 6;

/// Words that begin what follows a subject.
const BEHIND: [&str; 12] = [
    "Căn cứ",
    "CĂN CỨ",
    "Theo đề nghị",
    "Xét đề nghị",
    "Thực hiện ",
    "Chương ",
    "CHƯƠNG ",
    "Điều ",
    "Phần ",
    "I. ",
    "Kính gửi",
    "Số:",
];
/// Where lines were joined, these stand behind the subject on its line. The last is the note of
/// whoever put a signature under the file.
const BEHIND_ON_LINE: [&str; 5] = [
    " Căn cứ ",
    " ____",
    " 1 Văn bản này được hợp nhất",
    " Ký bởi: ",
    " Người ký: ",
];
/// Offices that stand before the name of the body whose head signs.
const OFFICES: [&str; 7] = [
    " CHỦ TỊCH",
    " GIÁM ĐỐC",
    " THỐNG ĐỐC",
    " CHÁNH ÁN",
    " VIỆN TRƯỞNG",
    " TRƯỞNG",
    " TỔNG",
];
/// Behind these words a subject goes on with the name of a document or an office.
const LINKS: [&str; 13] = [
    "bỏ", "bởi", "các", "chính", "của", "do", "hành", "hoặc", "tại", "thế", "theo", "và", "với",
];

/// The lines below the kind in line `kind`, up to the legal bases. A subject in capitals may stand on
/// the line of the kind itself.
pub(super) fn below(lines: &[&str], kind: usize) -> Option<String> {
    let first = lines.get(kind)?;
    let mut subject = String::new();
    if DocumentKind::starting(first).is_some_and(|(_, n)| words(first).count() > n + 1) {
        subject.push_str(first);
    }
    for line in lines.iter().skip(kind + 1).take(LINES_MAX) {
        let is_rule = !line.contains(char::is_alphanumeric);
        if is_rule && subject.is_empty() {
            continue;
        }
        if is_rule || ends_before(&subject, line) {
            break;
        }
        let words = without_rest(&subject, line);
        subject.push_str(if subject.is_empty() { "" } else { " " });
        subject.push_str(words);
        if words.len() < line.len() || words.ends_with(';') {
            break;
        }
    }
    Some(without_notes(subject.trim_end())).filter(|subject| !subject.is_empty())
}

/// Whether `line` is no part of a subject that began with `subject`.
fn ends_before(subject: &str, line: &str) -> bool {
    BEHIND.iter().any(|words| line.starts_with(words))
        || place_and_date(line).is_some()
        || !subject.is_empty() && (is_note(line) || is_signer(subject, line))
}

/// Who issues the document, in capitals below a subject that is not: `BỘ TRƯỞNG BỘ TƯ PHÁP`.
fn is_signer(subject: &str, line: &str) -> bool {
    is_upper(line) && !is_upper(subject)
}

/// The text of a footnote: `[1] Cụm từ này …`.
fn is_note(line: &str) -> bool {
    line.strip_prefix('[')
        .and_then(|rest| rest.split_once(']'))
        .is_some_and(|(number, _)| is_number(number))
}

/// `line`, which goes on with `subject`, up to what was joined to it.
fn without_rest<'l>(subject: &str, line: &'l str) -> &'l str {
    let up_to = |end: Option<usize>| end.and_then(|end| line.get(..end)).unwrap_or(line);
    let joined = BEHIND_ON_LINE.iter().filter_map(|words| line.find(words));
    let joined = joined.min();
    // Who signs stands right before the legal bases.
    let signer = signer(up_to(joined));
    up_to(
        joined
            .into_iter()
            .chain(history(subject, line))
            .chain(signer)
            .min(),
    )
}

/// Where a line tells what a consolidated text was made of: `Nghị định số 77/2019/NĐ-CP ngày … có
/// hiệu lực từ ngày …, được sửa đổi, bổ sung bởi:`.
fn history(subject: &str, line: &str) -> Option<usize> {
    if !line.contains(" hiệu lực ") && !line.contains(" hợp nhất từ ") && !line.ends_with("bởi:")
    {
        return None;
    }
    // `Luật Bảo hiểm y tế số 25/2008/QH12` has a name between its kind and its number.
    let first = DocumentKind::starting(line).map(|_| 0);
    let named = DocumentNumber::find_in(line).into_iter();
    let starts = named.filter_map(|(place, mention)| mention.kind.map(|_| place.start));
    first
        .into_iter()
        .chain(starts)
        .filter(|&start| start > 0 || !subject.is_empty())
        .find(|&start| {
            let before = line.get(..start).unwrap_or_default();
            !is_linked(subject, before)
        })
}

/// Where the issuer stands in capitals at the end of a line that is not.
fn signer(line: &str) -> Option<usize> {
    let line = line.trim_end();
    let mut spaces = line.match_indices(' ');
    let (before, name) = spaces.find_map(|(at, _)| {
        let (before, name) = line.split_at_checked(at)?;
        let name = name.trim_start();
        (is_issuer(name) && !is_upper(before)).then_some((before, name))
    })?;
    let office = OFFICES
        .iter()
        .find_map(|office| before.strip_suffix(office));
    let before = office.unwrap_or(before);
    // `… có hiệu lực thi hành CHÍNH PHỦ` ends, `… ban hành BỘ TIÊU CHÍ` goes on.
    let is_thing = name.starts_with("BỘ ") && !name.starts_with("BỘ TRƯỞNG");
    let is_done = before.ends_with(" hành") && !is_thing;
    (is_done || !is_linked("", before)).then_some(before.len())
}

/// Whether a subject that has come to `before`, on the line below `subject`, must go on.
fn is_linked(subject: &str, before: &str) -> bool {
    let last = before.split_whitespace().next_back();
    let last = last.or_else(|| subject.split_whitespace().next_back());
    last.is_none_or(|word| word.ends_with([',', '-']) || LINKS.contains(&word))
}

/// `subject` without the numbers of footnotes.
fn without_notes(subject: &str) -> String {
    let mut out = String::with_capacity(subject.len());
    let mut rest = subject;
    while let Some((before, behind)) = rest.split_once('[') {
        out.push_str(before);
        rest = match behind.split_once(']') {
            Some((number, behind)) if is_number(number) => behind,
            _ => {
                out.push('[');
                behind
            }
        };
    }
    out.push_str(rest);
    out
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(below(&lines, 0).as_deref(), Some(expected));
    }

    #[test]
    fn a_subject_ends_at_the_rule_below_it() {
        check(
            "NGHỊ QUYẾT\nVề việc chuyển giao ____________ CHÍNH PHỦ Căn cứ Luật A;",
            "Về việc chuyển giao",
        );
        check("LUẬT\n---\nTHƯ VIỆN\n---\nQUỐC HỘI", "THƯ VIỆN");
    }

    #[test]
    fn a_subject_ends_at_the_signer_in_capitals() {
        check(
            "THÔNG TƯ\nSửa đổi các Thông tư của\nBộ Tư pháp\nBỘ TRƯỞNG BỘ TƯ PHÁP\nCăn cứ Luật A;",
            "Sửa đổi các Thông tư của Bộ Tư pháp",
        );
        check(
            "LUẬT\nSỬA ĐỔI\nLUẬT XÂY DỰNG\nCăn cứ Luật A;",
            "SỬA ĐỔI LUẬT XÂY DỰNG",
        );
        check(
            "NGHỊ QUYẾT\nPhê duyệt Đề án về dữ liệu CHÍNH PHỦ",
            "Phê duyệt Đề án về dữ liệu",
        );
        for going_on in [
            "Ban hành Quy chế làm việc của UBND XÃ TÂN AN",
            "Sửa đổi Quy chế của ỦY BAN THƯỜNG VỤ QUỐC HỘI",
            "Về việc ban hành BỘ TIÊU CHÍ QUỐC GIA",
        ] {
            check(&format!("QUYẾT ĐỊNH\n{going_on}"), going_on);
        }
    }

    #[test]
    fn a_subject_ends_at_the_signer_before_the_legal_bases() {
        for (subject, signer) in [
            (
                "Về mức chi giai đoạn 2025 - 2027",
                "ỦY BAN THƯỜNG VỤ QUỐC HỘI",
            ),
            ("Về thời gian có hiệu lực thi hành", "CHÍNH PHỦ"),
            ("Về lệ phí hộ tịch", "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH AN PHÚ"),
            ("Về dịch COVID-19", "TỔNG KIỂM TOÁN NHÀ NƯỚC"),
            ("Ban hành Quy chế của UBND XÃ TÂN AN", ""),
        ] {
            let line = format!("{subject} {signer} Căn cứ Hiến pháp năm 2013;");
            check(&format!("NGHỊ QUYẾT\n{line}"), subject);
        }
    }

    #[test]
    fn a_subject_ends_at_the_history_of_a_consolidated_text() {
        let history = "Nghị định số 77/2019/NĐ-CP ngày 10 tháng 10 năm 2019 của Chính phủ về tổ hợp tác có \
                       hiệu lực từ ngày 25 tháng 11 năm 2019 được sửa đổi bổ sung bởi:";
        check(
            &format!("NGHỊ ĐỊNH\nVề tổ hợp tác\n{history}"),
            "Về tổ hợp tác",
        );
        check(
            &format!("NGHỊ ĐỊNH\nVề tổ hợp tác {history}"),
            "Về tổ hợp tác",
        );
        check(
            "LUẬT\nTHUẾ TIÊU THỤ ĐẶC BIỆT\nLuật Thuế tiêu thụ đặc biệt số 66/2025/QH15 ngày 14 tháng 6 \
             năm 2025 của Quốc hội, có hiệu lực thi hành kể từ ngày 01 tháng 01 năm 2026;",
            "THUẾ TIÊU THỤ ĐẶC BIỆT",
        );
        check(
            "NGHỊ ĐỊNH\nSửa đổi, bổ sung một số điều của\nNghị định số 77/2019/NĐ-CP về tổ hợp tác\nCăn cứ A",
            "Sửa đổi, bổ sung một số điều của Nghị định số 77/2019/NĐ-CP về tổ hợp tác",
        );
    }

    #[test]
    fn notes_are_no_part_of_a_subject() {
        check(
            "NGHỊ ĐỊNH\nVề người quản lý[1] công ty\n[1] Cụm từ này được thay thế.",
            "Về người quản lý công ty",
        );
        check("QUYẾT ĐỊNH\nVề mẫu [kèm theo]", "Về mẫu [kèm theo]");
        check(
            "THÔNG TƯ\nVề phí Ký bởi: CÔNG BÁO Cơ quan: VĂN PHÒNG",
            "Về phí",
        );
    }
}
