//! Facts from head, closing provisions, front matter and tables.

use super::*;

#[test]
fn facts_come_from_head_and_closing_provisions() {
    let facts = parse(
        "BỘ TƯ PHÁP\nSố: 05/2025/TT-BTP\nHà Nội, ngày 09 tháng 5 năm 2025\nTHÔNG TƯ\nHướng dẫn đăng ký\n\
         Căn cứ Luật A số 60/2014/QH13;\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Hiệu lực\n\
         1. Thông tư này có hiệu lực thi hành kể từ ngày 01 tháng 7 năm 2025.",
    )
    .facts;
    assert_eq!(
        facts.number.map(|n| n.to_string()).as_deref(),
        Some("05/2025/TT-BTP")
    );
    assert_eq!(facts.kind, Some(DocumentKind::Circular));
    assert_eq!(facts.issuer.as_deref(), Some("BỘ TƯ PHÁP"));
    assert_eq!(facts.issued, Date::new(2025, 5, 9));
    assert_eq!(facts.title.as_deref(), Some("Hướng dẫn đăng ký"));
    assert_eq!(facts.effective, Date::new(2025, 7, 1));
}

#[test]
fn facts_come_from_front_matter_and_tables() {
    let front = parse("---\nso_hieu: \"7/2026/NĐ-CP\"\nngay_hieu_luc: 2026-03-01\n---\nMột.").facts;
    assert_eq!(
        front.number.map(|n| n.to_string()).as_deref(),
        Some("07/2026/NĐ-CP")
    );
    assert_eq!(
        (front.kind, front.effective),
        (Some(DocumentKind::Decree), Date::new(2026, 3, 1))
    );
    let table = parse("| **Số hiệu** | 8/2026/NĐ-CP |\n| **Ngày ban hành** | 02/03/2026 |").facts;
    assert_eq!(
        (table.issued, table.issuer.as_deref()),
        (Date::new(2026, 3, 2), Some("Chính phủ"))
    );
}

#[test]
fn place_of_issue_is_no_issuer() {
    #[track_caller]
    fn check(rows: [&str; 2], expected: Option<&str>) {
        for rows in [[rows[0], rows[1]], [rows[1], rows[0]]] {
            let facts = parse(&rows.join("\n")).facts;
            assert_eq!(facts.issuer.as_deref(), expected, "{rows:?}");
        }
    }
    let town = "| **Nơi ban hành** | Hà Nội |";
    check(
        ["| Cơ quan ban hành | Bộ Công an |", town],
        Some("Bộ Công an"),
    );
    check(["| Số hiệu | 8/2026/NĐ-CP |", town], Some("Chính phủ"));
    check(["| Loại văn bản | Thông tư |", town], None);
    check(["| Nơi ban hành | Bộ Y tế |", town], Some("Bộ Y tế"));
    check(
        ["| Nơi ban hành | Bộ Y tế |", "| Cơ quan ban hành | |"],
        Some("Bộ Y tế"),
    );
    check(
        [
            "| Nơi ban hành | Sở Tư pháp |",
            "| Cơ quan ban hành | Bộ Y tế |",
        ],
        Some("Bộ Y tế"),
    );
}

#[test]
fn facts_from_the_day_of_signature() {
    let text =
        "Hà Nội, ngày 2 tháng 3 năm 2026\nĐiều 1. A\nĐiều 2. Nghị định này có hiệu lực từ ngày ký.";
    assert_eq!(parse(text).facts.effective, Date::new(2026, 3, 2));
}
