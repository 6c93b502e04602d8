//! The subject (trích yếu): what stands below the kind of a document and says what it is about.

use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::head::is_issuer;
use crate::document::head::place_and_date;
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
    let joined = BEHIND_ON_LINE.iter().filter_map(|words| line.find(words));
    let end = joined
        .chain(history(subject, line))
        .chain(signer(line))
        .min();
    end.and_then(|end| line.get(..end)).unwrap_or(line)
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
    let mut spaces = line.match_indices(' ');
    spaces.find_map(|(at, _)| {
        let (before, name) = line.split_at_checked(at)?;
        let is_signer = is_issuer(name.trim_start()) && !is_upper(before);
        (is_signer && !is_linked("", before)).then_some(at)
    })
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
        check(
            "QUYẾT ĐỊNH\nBan hành Quy chế làm việc của UBND XÃ TÂN AN",
            "Ban hành Quy chế làm việc của UBND XÃ TÂN AN",
        );
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
