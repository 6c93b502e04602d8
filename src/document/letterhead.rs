//! Lines of a letterhead: number, issuer, place and date.

use crate::document::Date;
use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::line::is_upper;
use crate::document::line::starts_lower;
use crate::text::words;

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

/// How the names of provinces begin, which may stand on a line of their own below an issuer's.
const PROVINCES: [&str; 4] = ["TỈNH ", "THÀNH PHỐ ", "TP ", "TP. "];
/// The same of what lies in a province.
const LOCALITIES: [&str; 7] = [
    "HUYỆN ",
    "QUẬN ",
    "THỊ XÃ ",
    "THỊ TRẤN ",
    "XÃ ",
    "PHƯỜNG ",
    "ĐẶC KHU ",
];

/// `Số: 22/2022/TT-BKHĐT`, `Luật số: 03/2026/QH16`.
pub(super) fn states_number(body: &str) -> bool {
    let named = behind_kind(body);
    let sign = named.unwrap_or(body);
    let rest = ["Số", "số", "SỐ"]
        .iter()
        .find_map(|word| sign.strip_prefix(word))
        .and_then(|rest| rest.trim_start_matches(['*', ' ']).strip_prefix(':'));
    rest.is_some_and(|rest| {
        DocumentNumber::first_in(rest).is_some() && (named.is_none() || !is_cited(rest))
    })
}

/// What stands behind the kind that a line begins with: `số: 45/2019/QH14` of `Bộ luật số: …`.
fn behind_kind(body: &str) -> Option<&str> {
    let (_, n_words) =
        DocumentKind::starting(body).filter(|_| body.starts_with(char::is_alphabetic))?;
    let (_, name) = words(body).take(n_words).last()?;
    body.get(name.end..).map(str::trim_start)
}

/// Whether a sentence or a list goes on behind a number: `60/2014/QH13 ngày …`, `60/2014/QH13;`.
fn is_cited(number: &str) -> bool {
    let mut words = number.split([' ', '*']).filter(|word| !word.is_empty());
    words
        .next()
        .is_some_and(|word| word.ends_with([',', ';', '.']))
        || words.next().is_some_and(starts_lower)
}

/// Whether a line in capitals names an issuing body.
pub(super) fn is_issuer(body: &str) -> bool {
    is_upper(body) && ISSUERS.iter().any(|name| body.starts_with(name))
}

/// The body that issues a document, in the lines above its kind: the department (sở) where one stands
/// below its people's committee.
pub(super) fn issuer(bodies: &[&str]) -> Option<String> {
    let names = bodies
        .iter()
        .filter(|body| body.contains(char::is_alphanumeric));
    let names: Vec<&str> = names.map(|body| beside_motto(body)).collect();
    let at = names.iter().position(|name| is_issuer(name))?;
    let (name, below) = whole_name(&names, at)?;
    let is_committee = name.starts_with("UBND") || name.contains("BAN NHÂN DÂN");
    let department = names
        .get(below)
        .filter(|department| is_committee && department.starts_with("SỞ ") && is_upper(department))
        .and_then(|_| whole_name(&names, below));
    let issuer = department.map_or_else(|| name.clone(), |(own, _)| in_province_of(&own, &name));
    Some(
        issuer
            .trim_end_matches(['|', '*', '_', '-', ' '])
            .to_owned(),
    )
}

/// What a line of a letterhead says beside the motto.
fn beside_motto(body: &str) -> &str {
    let body = body.trim_start_matches("VĂN BẢN HỢP NHẤT - ");
    let (name, is_cut) = match body.split_once("CỘNG H") {
        Some((name, _)) => (name, true),
        None => (body.split("Độc lập").next().unwrap_or(body), false),
    };
    let name = name
        .trim_start_matches(['|', '*', '_', '-', ' '])
        .trim_end_matches(['|', '*', '_', ' ']);
    // `QUỐC HỘI NƯỚC CỘNG HÒA …` may go on below; `KIỂM TOÁN NHÀ NƯỚC` is whole.
    let is_of_state = is_cut || matches!(name, "QUỐC HỘI NƯỚC" | "CHÍNH PHỦ NƯỚC");
    let is_whole = name.ends_with("NHÀ NƯỚC") || name.ends_with("CHỦ TỊCH NƯỚC");
    if is_of_state && !is_whole {
        name.trim_end_matches(" NƯỚC")
    } else {
        name
    }
}

/// The name that begins in line `at`, and the line below it.
fn whole_name(names: &[&str], at: usize) -> Option<(String, usize)> {
    let mut name = (*names.get(at)?).to_owned();
    let mut below = at + 1;
    while let Some(next) = names.get(below).filter(|next| goes_on(&name, next)) {
        name.push(' ');
        name.push_str(next);
        below += 1;
    }
    Some((name, below))
}

/// Whether the name of an issuer that has come to `name` goes on with the line `below`.
fn goes_on(name: &str, below: &str) -> bool {
    let is_open = [",", " -", " VÀ"].iter().any(|end| name.ends_with(end));
    let is_place = PROVINCES
        .iter()
        .chain(&LOCALITIES)
        .any(|kind| below.starts_with(kind) && !below.starts_with("XÃ HỘI"));
    let is_rest = is_open || is_place || below == "VIỆT NAM";
    is_upper(below) && (below.starts_with("VÀ ") || is_rest && !is_issuer(below))
}

/// The name of a department with the province of its committee, which people say and
/// [`crate::document::province`] reads: `SỞ TƯ PHÁP TỈNH ĐẮK LẮK`.
fn in_province_of(department: &str, committee: &str) -> String {
    let province = |name: &str| {
        let starts = PROVINCES
            .iter()
            .filter_map(|kind| name.find(&format!(" {kind}")));
        starts.min().and_then(|at| Some(name.get(at..)?.to_owned()))
    };
    let own = province(department).is_some();
    let province = province(committee).filter(|_| !own).unwrap_or_default();
    format!("{department}{province}")
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
    use crate::document::province;

    #[track_caller]
    fn check_issuer(text: &str, expected: &str) {
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert_eq!(issuer(&lines).as_deref(), Some(expected), "{text}");
    }

    #[test]
    fn lines_of_a_letterhead_are_told_from_those_that_cite() {
        assert!(states_number("Luật số: 03/2026/QH16"));
        assert!(!states_number("Số lượng hồ sơ: 01 bộ"));
        for body in [
            "Bộ luật số: 45/2019/QH14",
            "Pháp lệnh số: 02/2020/UBTVQH14",
            "Nghị quyết số: 89/2025/UBTVQH15",
            "Luật số:** 75/2006/QH 11",
            "QUYẾT ĐỊNH SỐ: 12/QĐ-UBND",
        ] {
            assert!(states_number(body), "{body}");
        }
        for body in [
            "Bộ luật số: 45/2019/QH14;",
            "Nghị định số: 123/2015/NĐ-CP ngày 15/11/2015",
            "- Luật số: 60/2014/QH13",
            "Luật Hộ tịch số: 60/2014/QH13",
        ] {
            assert!(!states_number(body), "{body}");
        }
        assert!(is_issuer("ỦY BAN NHÂN DÂN XÃ TÂN AN"));
        assert!(!is_issuer("Ủy ban nhân dân xã trả lời"));
        let dated = place_and_date("Hà Nội, ngày 09 tháng 12 năm 2022");
        assert_eq!(dated, Date::new(2022, 12, 9));
        let cited = "Căn cứ Nghị định số 118/2025/NĐ-CP, ngày 09 tháng 6 năm 2025";
        assert_eq!(place_and_date(cited), None);
    }

    #[test]
    fn issuers_lose_the_motto_and_keep_their_name() {
        for state in ["NƯỚC CỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM", "NƯỚC\nCỘNG HÒA"]
        {
            check_issuer(&format!("QUỐC HỘI {state}"), "QUỐC HỘI");
        }
        for name in ["KIỂM TOÁN NHÀ NƯỚC", "CHỦ TỊCH NƯỚC", "BAN CẤP NƯỚC"] {
            check_issuer(name, name);
        }
        let motto = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM";
        for name in ["KIỂM TOÁN NHÀ NƯỚC", "CHỦ TỊCH NƯỚC", "BỘ TƯ PHÁP"] {
            check_issuer(&format!("{name} {motto}"), name);
        }
    }

    #[test]
    fn issuers_on_several_lines_are_put_together() {
        check_issuer(
            "NGÂN HÀNG NHÀ NƯỚC\nVIỆT NAM",
            "NGÂN HÀNG NHÀ NƯỚC VIỆT NAM",
        );
        check_issuer("ỦY BAN NHÂN DÂN\nXÃ TÂN AN", "ỦY BAN NHÂN DÂN XÃ TÂN AN");
        check_issuer(
            "| ỦY BAN NHÂN DÂN | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |\n|---|---|\n\
             | **TỈNH ĐẮK LẮK** | Độc lập - Tự do - Hạnh phúc |",
            "ỦY BAN NHÂN DÂN TỈNH ĐẮK LẮK",
        );
        check_issuer(
            "BỘ LAO ĐỘNG -\nTHƯƠNG BINH VÀ\nXÃ HỘI",
            "BỘ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI",
        );
        check_issuer(
            "QUỐC HỘI NƯỚC CỘNG HÒA\nXÃ HỘI CHỦ NGHĨA VIỆT NAM",
            "QUỐC HỘI",
        );
        check_issuer("BỘ TƯ PHÁP -\nBỘ CÔNG AN -", "BỘ TƯ PHÁP");
        check_issuer("ĐẢNG BỘ TỈNH AN PHÚ\nTỈNH ỦY", "ĐẢNG BỘ TỈNH AN PHÚ");
    }

    #[test]
    fn departments_issue_below_their_committee_and_keep_the_province() {
        for (text, name) in [
            ("UBND TỈNH ĐẮK LẮK\nSỞ TƯ PHÁP", "SỞ TƯ PHÁP TỈNH ĐẮK LẮK"),
            (
                "ỦY BAN NHÂN DÂN\nTỈNH ĐẮK LẮK\nSỞ LAO ĐỘNG - THƯƠNG BINH\nVÀ XÃ HỘI",
                "SỞ LAO ĐỘNG - THƯƠNG BINH VÀ XÃ HỘI TỈNH ĐẮK LẮK",
            ),
            (
                "UBND TỈNH ĐẮK LẮK\nSỞ TƯ PHÁP TỈNH ĐẮK LẮK",
                "SỞ TƯ PHÁP TỈNH ĐẮK LẮK",
            ),
        ] {
            check_issuer(text, name);
            assert_eq!(province(name).as_deref(), Some("dak lak"));
        }
        check_issuer("UBND\nSỞ TƯ PHÁP", "SỞ TƯ PHÁP");
        check_issuer("BỘ TƯ PHÁP\nSỞ TƯ PHÁP", "BỘ TƯ PHÁP");
    }
}
