use super::super::*;
use super::file;
use super::file::Leaf;
use super::file::width;
use super::paged;
use super::text;
use crate::extract::NoCache;

/// A line that fills the page from `x` on.
fn full(start: &str, x: f32) -> String {
    let mut line = start.to_owned();
    while x + width(&line, 14.0) < 520.0 {
        line.push_str(" abc");
    }
    line
}

#[test]
fn lines_become_paragraphs_and_markers_start_new_ones() {
    let leaf = Leaf::default()
        .paragraph(
            100.0,
            &[
                &full("Điều 1. Thời hạn", 108.0),
                &full("trong", 80.0),
                "ngày",
            ],
        )
        .paragraph(160.0, &["1. Một"])
        .paragraph(178.0, &[&full("2. Hai", 108.0), "Nghị định này;"]);
    let text = text(&[leaf]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(lines.len(), 3, "{text}");
    assert!(lines[0].starts_with("Điều 1. Thời hạn abc") && lines[0].ends_with("abc ngày"));
    assert_eq!(lines[1], "1. Một");
    assert!(lines[2].ends_with("abc Nghị định này;"));
}

#[test]
fn a_paragraph_runs_over_a_page_break_and_page_starts_are_kept() {
    let head = |leaf: Leaf, number: &str| {
        leaf.text(200.0, 40.0, 12.0, "Công báo")
            .text(480.0, 40.0, 12.0, number)
    };
    let leaves: Vec<Leaf> = ["15", "16", "17"]
        .into_iter()
        .map(|number| {
            let cut = full("của Thông tư số 29/2014/TTLT-", 80.0);
            let cut = cut.replace(" abc", "");
            head(Leaf::default(), number)
                .paragraph(100.0, &[&full("1. Hồ sơ", 108.0), &full("gồm", 80.0)])
                .text(80.0, 136.0, 14.0, &full("x", 80.0))
                .text(80.0, 154.0, 14.0, &cut)
        })
        .collect();
    let (text, pages) = paged(&leaves);
    assert!(!text.contains("Công báo") && !text.contains("15"), "{text}");
    assert_eq!(pages.len(), 3);
    for start in pages {
        assert!(
            text.get(start..)
                .is_some_and(|page| page.starts_with("1. Hồ sơ")),
            "{start} {text}"
        );
    }
    let goes_on = [
        Leaf::default().paragraph(
            700.0,
            &[&full("1. Trong thời hạn", 108.0), &full("a", 80.0)],
        ),
        Leaf::default().paragraph(100.0, &["2. Khoản hai"]).text(
            80.0,
            82.0,
            14.0,
            "sáu mươi ngày.",
        ),
    ];
    let (text, pages) = paged(&goes_on);
    assert!(text.contains("abc sáu mươi ngày.\n2. Khoản hai"), "{text}");
    assert!(
        text.get(pages[1]..)
            .is_some_and(|page| page.starts_with("sáu mươi ngày."))
    );
}

#[test]
fn letterhead_gives_issuer_number_motto_and_date_each_on_its_line() {
    let leaf = Leaf::default()
        .text(70.0, 80.0, 12.0, "UY BAN NHÂN DÂN")
        .text(80.0, 95.0, 12.0, "XÃ TÂN AN")
        .text(240.0, 80.0, 12.0, "CỘNG HÒA XÃ HỘI CHU NGHIA VIỆT NAM")
        .text(270.0, 95.0, 12.0, "Độc lập - Tự do - Hạnh phúc")
        .text(70.0, 120.0, 12.0, "Số: 12/2026/QĐ-UBND")
        .text(260.0, 120.0, 12.0, "Tân An, ngày 5 tháng 3 năm 2026")
        .text(250.0, 160.0, 14.0, "QUYẾT ĐỊNH")
        .text(160.0, 180.0, 14.0, "Về việc đăng ký hộ tịch lưu động")
        .paragraph(220.0, &["Điều 1. Phạm vi"]);
    let text = text(&[leaf]);
    let lines: Vec<&str> = text.lines().collect();
    assert_eq!(
        lines,
        [
            "UY BAN NHÂN DÂN XÃ TÂN AN",
            "Số: 12/2026/QĐ-UBND",
            "CỘNG HÒA XÃ HỘI CHU NGHIA VIỆT NAM",
            "Độc lập - Tự do - Hạnh phúc",
            "Tân An, ngày 5 tháng 3 năm 2026",
            "QUYẾT ĐỊNH",
            "Về việc đăng ký hộ tịch lưu động",
            "Điều 1. Phạm vi",
        ]
    );
}

/// Two columns and three rows from (80, 200), 20 points each.
fn table(mut leaf: Leaf) -> Leaf {
    for y in [200.0, 220.0, 240.0, 260.0] {
        leaf = leaf.rule(80.0, y, 500.0, y);
    }
    for x in [80.0, 300.0, 500.0] {
        leaf = leaf.rule(x, 200.0, x, 260.0);
    }
    leaf.text(90.0, 214.0, 12.0, "Việc")
        .text(310.0, 214.0, 12.0, "Mức phí")
        .text(90.0, 234.0, 12.0, "Khai sinh")
        .text(310.0, 234.0, 12.0, "8.000 đồng")
        .text(90.0, 254.0, 12.0, "Kết hôn")
}

#[test]
fn rows_of_a_table_stay_together_and_a_repeated_head_goes() {
    let first = table(Leaf::default().paragraph(150.0, &["Biểu phí"]));
    let text = text(&[first, table(Leaf::default()).paragraph(300.0, &["Hết"])]);
    assert_eq!(
        text,
        "Biểu phí\n\n| Việc | Mức phí |\n| Khai sinh | 8.000 đồng |\n| Kết hôn | |\nHết"
    );
}

/// A table of two columns from (80, `top`).
fn ruled(top: u16, rows: &[[&str; 2]]) -> Leaf {
    let ys = (0..).map(|n| f32::from(top + 20 * n));
    let n = rows.len();
    let bottom = ys.clone().nth(n).unwrap();
    let mut leaf = Leaf::default();
    for y in ys.clone().take(n + 1) {
        leaf = leaf.rule(80.0, y, 500.0, y);
    }
    for x in [80.0, 140.0, 500.0] {
        leaf = leaf.rule(x, f32::from(top), x, bottom);
    }
    for (y, [left, right]) in ys.zip(rows) {
        leaf = leaf
            .text(90.0, y + 14.0, 12.0, left)
            .text(150.0, y + 14.0, 12.0, right);
    }
    leaf
}

#[test]
fn a_row_that_a_page_break_cuts_stays_one_row() {
    let (text, pages) = paged(&[
        ruled(700, &[["TT", "Giấy tờ"], ["1", "Giấy tờ do cơ quan có"]]),
        ruled(60, &[["TT", "Giấy tờ"], ["", "thẩm quyền"]]),
        ruled(60, &[["", "cấp."], ["2", "Tờ khai"]]),
    ]);
    assert_eq!(
        text,
        "| TT | Giấy tờ |\n| 1 | Giấy tờ do cơ quan có thẩm quyền cấp. |\n| 2 | Tờ khai |"
    );
    assert!(
        text.get(pages[2]..)
            .is_some_and(|page| page.starts_with("| 2 |"))
    );
}

#[test]
fn footnotes_follow_their_paragraph_and_powers_stay() {
    let leaf = Leaf::default()
        .paragraph(100.0, &["5. Diện tích 100 m"])
        .text(108.0 + width("5. Diện tích 100 m", 14.0), 95.0, 8.0, "2")
        .paragraph(140.0, &["6."])
        .text(108.0 + width("6.", 14.0), 135.0, 8.0, "1")
        .text(108.0 + width("6.", 14.0) + 8.0, 140.0, 14.0, "Được bãi bỏ")
        .paragraph(180.0, &["7. Khác"])
        .rule(80.0, 700.0, 224.0, 700.0)
        .text(80.0, 716.0, 6.5, "1")
        .text(86.0, 720.0, 10.0, "Theo Điều 2 Nghị định")
        .text(80.0, 732.0, 10.0, "số 24/2022/NĐ-CP.");
    assert_eq!(
        text(&[leaf]),
        "5. Diện tích 100 m²\n6.[1] Được bãi bỏ\n[1] Theo Điều 2 Nghị định số 24/2022/NĐ-CP.\n7. Khác"
    );
}

#[test]
fn sideways_pages_are_held_upright_and_watermarks_go() {
    let up = "0 1 -1 0";
    let leaf = Leaf::default()
        .turned(up, (100.0, 800.0), 14.0, "Mẫu số 01 Danh sách")
        .turned(up, (130.0, 800.0), 14.0, "Tổng số hộ")
        .turned("0.7 0.7 -0.7 0.7", (200.0, 600.0), 60.0, "BẢN SAO");
    assert_eq!(text(&[leaf]), "Mẫu số 01 Danh sách\nTổng số hộ");
}

#[test]
fn text_in_old_fonts_is_converted_and_reported() {
    let leaf = Leaf::default().old(108.0, 100.0, "NghÞ ®Þnh cña ChÝnh phñ quy ®Þnh chi tiÕt");
    let reading = read(&file::file(&[leaf], ""), &NoCache).unwrap();
    let findings: Vec<String> = reading.findings.iter().map(ToString::to_string).collect();
    assert_eq!(findings, ["1 lines in TCVN3 (ABC) were converted"]);
    let Body::Paged(paged) = reading.body else {
        panic!("a PDF has pages");
    };
    assert_eq!(
        paged.finish().0,
        "Nghị định của Chính phủ quy định chi tiết"
    );
}

#[test]
fn the_letter_of_old_fonts_that_is_a_soft_hyphen_elsewhere_is_read() {
    let leaf = Leaf::default()
        .old(108.0, 100.0, "Th«ng t\u{ad} cña Bé T\u{ad} ph¸p")
        .old(108.0, 140.0, "®\u{ad}îc c«ng bè");
    assert_eq!(text(&[leaf]), "Thông tư của Bộ Tư pháp\nđược công bố");
    let leaf = Leaf::default().old(108.0, 100.0, "Microsoft® Windows XP\u{ad}2");
    assert_eq!(text(&[leaf]), "Microsoft® Windows XP-2");
}

#[test]
fn signs_and_doubled_letters_are_repaired() {
    let leaf = Leaf::default()
        .text(108.0, 100.0, 14.0, "\u{f0b7} Hồ sơ")
        .text(108.0, 130.0, 14.0, "Điều")
        .text(108.4, 130.0, 14.0, "Điều");
    assert_eq!(text(&[leaf]), "• Hồ sơ\nĐiều");
}
