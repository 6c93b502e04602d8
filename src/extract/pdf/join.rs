//! Whether a line goes on with the one before or starts a paragraph.

use crate::extract::pdf::line::Line;
use crate::extract::pdf::margin::Margins;
use crate::extract::pdf::marker;

/// Lines of one paragraph differ in size by at most this share.
const SAME_SIZE: f32 = 0.12;
/// Lines of one paragraph follow each other within this many times their size.
const PITCH_MAX: f32 = 2.0;
/// A line of a title is at least this share of the width before it is broken.
const TITLE_WIDTH_MIN: f32 = 0.55;
/// Lines of one hanging paragraph start this close together, in points.
const SAME_EDGE: f32 = 2.5;

/// A line with the margins of its page.
#[derive(Clone, Copy, Debug)]
pub(super) struct Set<'l> {
    pub(super) line: &'l Line,
    pub(super) margins: &'l Margins,
}

/// Whether `next` goes on with `last`. `hang` is where the lines of the paragraph after its first
/// one start, when that is further right than its first line.
pub(super) fn joins(last: Set<'_>, next: Set<'_>, hang: Option<f32>) -> bool {
    let (a, b) = (last.line, next.line);
    let ends = marker::ends(&a.text);
    let goes_on = marker::goes_on(&b.text) && !ends;
    let opens = marker::opens(&b.text);
    let same_page = b.y > a.y;
    if (a.size - b.size).abs() > SAME_SIZE * a.size {
        return false;
    }
    if marker::is_heading(&b.text) && ends {
        return false;
    }
    if same_page && b.y - a.y > PITCH_MAX * a.size && !goes_on {
        return false;
    }
    if marker::is_fixed(&a.text) || marker::is_fixed(&b.text) {
        return false;
    }
    if a.is_bold != b.is_bold && (opens || !goes_on) {
        return false;
    }
    let full = last.margins.is_full(a, b);
    let centred = last.margins.is_centred(a) || last.margins.is_inset(a) && a.is_bold;
    if next.margins.is_centred(b) || centred && next.margins.is_inset(b) {
        return !opens && in_title(last, next);
    }
    let indented = next.margins.is_indented(b);
    if opens && (indented || !full || ends || next.margins.indent <= 0.0) {
        return false;
    }
    if indented {
        let hangs = hang.is_some_and(|hang| (b.x0 - hang).abs() < SAME_EDGE);
        return full && (hangs || goes_on);
    }
    full || goes_on && !is_short(last)
}

/// Whether two lines in the middle are one title.
fn in_title(last: Set<'_>, next: Set<'_>) -> bool {
    let (a, b) = (last.line, next.line);
    if marker::is_capitals(&a.text) != marker::is_capitals(&b.text) {
        return false;
    }
    let is_wide = a.x1 - a.x0 > TITLE_WIDTH_MIN * last.margins.width();
    if marker::ends(&a.text) {
        return is_wide && a.text.ends_with(';') && marker::goes_on(&b.text);
    }
    // `VĂN BẢN HỢP NHẤT -` `BỘ …`
    is_wide || a.text.ends_with(" -") || marker::goes_on(&b.text) && !is_short(last)
}

/// Whether a line ends long before the margin, as no line inside a paragraph does.
fn is_short(set: Set<'_>) -> bool {
    set.line.x1 - set.margins.left < 0.4 * set.margins.width()
}

/// Whether `next` goes on with `last` in a column that is read on its own, where every line is short.
pub(super) fn joins_aside(last: &Line, next: &Line) -> bool {
    /// What goes on with the name of an office: `ỦY BAN NHÂN DÂN` `TỈNH …`, `… - THƯƠNG BINH` `VÀ …`.
    const NAMES_GO_ON: [&str; 12] = [
        "VÀ ",
        "TỈNH ",
        "THÀNH PHỐ ",
        "HUYỆN ",
        "QUẬN ",
        "THỊ XÃ ",
        "THỊ TRẤN ",
        "XÃ ",
        "PHƯỜNG ",
        "ĐẶC KHU ",
        "NƯỚC ",
        "CHỦ NGHĨA ",
    ];
    if marker::opens(&next.text) || marker::is_fixed(&next.text) || marker::is_fixed(&last.text) {
        return false;
    }
    let is_name = marker::is_capitals(&last.text)
        && marker::is_capitals(&next.text)
        && (NAMES_GO_ON.iter().any(|word| next.text.starts_with(word))
            || last.text.ends_with(['-', ',']));
    is_name || marker::goes_on(&next.text) && !marker::ends(&last.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: Margins = Margins {
        left: 80.0,
        right: 520.0,
        indent: 28.0,
    };

    fn line(x0: f32, x1: f32, y: f32, text: &str) -> Line {
        Line {
            text: text.to_owned(),
            x0,
            x1,
            y,
            size: 14.0,
            is_bold: false,
            first_width: 20.0,
        }
    }

    fn check(a: &Line, b: &Line) -> bool {
        let set = |line| Set {
            line,
            margins: &PAGE,
        };
        joins(set(a), set(b), None)
    }

    #[test]
    fn a_full_line_goes_on_at_the_margin() {
        let a = line(108.0, 520.0, 100.0, "1. Thông tư này hướng dẫn về");
        assert!(check(
            &a,
            &line(80.0, 520.0, 118.0, "Nghị định số 20/2021/NĐ-CP")
        ));
        assert!(!check(
            &a,
            &line(108.0, 520.0, 118.0, "2. Đối tượng áp dụng")
        ));
        assert!(!check(
            &a,
            &line(108.0, 520.0, 118.0, "Ủy ban nhân dân cấp xã")
        ));
    }

    #[test]
    fn a_short_line_ends_its_paragraph_unless_its_sentence_goes_on() {
        let a = line(108.0, 400.0, 100.0, "a) Tờ khai theo mẫu;");
        assert!(!check(&a, &line(80.0, 520.0, 118.0, "Trường hợp cha mẹ")));
        let a = line(108.0, 400.0, 100.0, "Căn cứ Luật Tổ chức");
        assert!(check(
            &a,
            &line(80.0, 520.0, 118.0, "chính quyền địa phương")
        ));
    }

    #[test]
    fn a_number_at_the_margin_goes_on_where_paragraphs_are_indented() {
        let a = line(80.0, 520.0, 100.0, "theo quy định tại khoản");
        assert!(check(
            &a,
            &line(80.0, 520.0, 118.0, "2. Điều này không áp dụng")
        ));
    }

    #[test]
    fn titles_in_the_middle_are_joined_while_they_are_wide_and_alike() {
        let a = line(
            120.0,
            480.0,
            100.0,
            "Hướng dẫn thực hiện một số điều của Nghị định",
        );
        let b = line(140.0, 460.0, 118.0, "Thương binh và Xã hội");
        assert!(check(&a, &b));
        let kind = line(270.0, 330.0, 82.0, "THÔNG TƯ");
        assert!(!check(&kind, &a));
        let chapter = line(270.0, 330.0, 100.0, "Chương II");
        assert!(!check(
            &chapter,
            &line(200.0, 400.0, 118.0, "QUY ĐỊNH CHUNG")
        ));
    }

    #[test]
    fn names_of_offices_go_on_in_a_letterhead() {
        let a = line(60.0, 200.0, 100.0, "BỘ LAO ĐỘNG - THƯƠNG BINH");
        assert!(joins_aside(&a, &line(80.0, 180.0, 114.0, "VÀ XÃ HỘI")));
        let a = line(60.0, 200.0, 100.0, "TM. CHÍNH PHỦ");
        assert!(!joins_aside(&a, &line(80.0, 180.0, 114.0, "THỦ TƯỚNG")));
        let a = line(60.0, 200.0, 100.0, "V/v hướng dẫn nghiệp vụ");
        assert!(joins_aside(
            &a,
            &line(60.0, 180.0, 114.0, "đăng ký hộ tịch")
        ));
    }
}
