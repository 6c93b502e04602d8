use super::*;
use crate::corpus::Overrides;
use crate::document::Date;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Page;
use crate::text::Legacy;
use crate::text::LegacyFound;

const HEAD: &str = "CHÍNH PHỦ\nSố: 120/2025/NĐ-CP\nHà Nội, ngày 11 tháng 6 năm 2025\nNGHỊ ĐỊNH\nQuy định về phân định thẩm quyền\n";

fn source(text: &str) -> Source {
    Source {
        id: "moi".to_owned(),
        file: "moi.docx".to_owned(),
        format: Some(Format::Docx),
        text: text.to_owned(),
        pages: Vec::new(),
        findings: Vec::new(),
        overrides: Overrides::default(),
    }
}

fn codes(source: &Source, stored: &Stored) -> Vec<&'static str> {
    let examined = examine(source, stored);
    examined
        .concerns
        .iter()
        .map(|concern| concern.code)
        .collect()
}

/// Asserts that `text` raises a concern of the kind `code`, and returns it.
#[track_caller]
fn raised(text: &str, code: &str) -> Concern {
    let examined = examine(&source(text), &Stored::default());
    let found = examined
        .concerns
        .iter()
        .find(|concern| concern.code == code);
    found
        .unwrap_or_else(|| panic!("no {code} in {:?}", examined.concerns))
        .clone()
}

fn decree(articles: &str) -> String {
    format!("{HEAD}{articles}")
}

#[test]
fn sound_document_raises_nothing() {
    let text = decree(
        "Điều 1. Phạm vi\n1. Một việc.\n2. Hai việc.\nĐiều 2. Hiệu lực\nNghị định có hiệu lực từ ngày ký.",
    );
    assert_eq!(
        codes(&source(&text), &Stored::default()),
        Vec::<&str>::new()
    );
}

#[test]
fn missing_and_repeated_numbers_are_told_with_their_line() {
    let text = decree("Điều 1. Một\nA.\nĐiều 2. Hai\nB.\nĐiều 5. Năm\nC.");
    let concern = raised(&text, "article-gap");
    assert_eq!(concern.line, Some(10));
    assert_eq!(
        concern.to_string(),
        "warning: line 10: Điều 3 to 4 are missing before Điều 5 -> compare it with the source: text may be missing"
    );
    let text = decree("Điều 1. A\nĐiều 2. B\nĐiều 2. C\nĐiều 3. D");
    assert_eq!(raised(&text, "number-repeated").line, Some(8));
}

#[test]
fn security_markings_refuse_and_sentences_about_them_do_not() {
    for marked in [
        "BỘ CÔNG AN\nTỐI MẬT\nSố: 1/CV",
        "BỘ CÔNG AN\n| MẬT | CỘNG HÒA |\nKính gửi: A",
        "Kính gửi: A\nĐộ mật: Tuyệt mật\nB",
    ] {
        let examined = examine(&source(marked), &Stored::default());
        assert!(examined.is_refused(), "{marked}");
        assert_eq!(examined.concerns[0].code, "security-marking");
        assert_eq!(examined.concerns[0].line, Some(2));
    }
    let mut lifted = source("BỘ CÔNG AN\nTỐI MẬT\nSố: 1/CV");
    assert!(forbidding(&lifted).is_some_and(|found| found.line == 2));
    lifted.overrides.not_secret = Some(true);
    let examined = examine(&lifted, &Stored::default());
    assert!(!examined.is_refused() && forbidding(&lifted).is_none());
    let told = |concern: &Concern| concern.code == "security-marking";
    assert!(examined.concerns.iter().any(told));
    let law = decree(
        "Điều 1. Phân loại\nBí mật nhà nước gồm TUYỆT MẬT, TỐI MẬT và MẬT.\nĐiều 2. Bí mật\nGiữ bí mật.",
    );
    assert!(!examine(&source(&law), &Stored::default()).is_refused());
}

#[test]
fn missing_facts_weigh_more_in_legal_texts() {
    let legal = raised("Điều 1. Một\nA.\nĐiều 2. Hai\nB.", "fact-missing");
    assert_eq!(legal.gravity, Gravity::Warning);
    let guidance = raised("Hướng dẫn nộp hồ sơ tại Bộ phận Một cửa.", "fact-missing");
    assert_eq!(guidance.gravity, Gravity::Note);
}

#[test]
fn stated_days_and_numbers_that_cannot_be_are_told() {
    let text = decree("Điều 1. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2025.");
    let mut stated = source(&text);
    stated.overrides.number = Some("nghị định 120".to_owned());
    stated.overrides.expires = Date::new(2025, 7, 1);
    let examined = examine(&stated, &Stored::default());
    let found: Vec<(&str, &str)> = examined
        .concerns
        .iter()
        .map(|concern| (concern.code, concern.message.as_str()))
        .collect();
    let expected = [
        (
            "number-unreadable",
            "the stated number `nghị định 120` is not a document number such as `120/2025/NĐ-CP`",
        ),
        (
            "never-in-force",
            "`expires` 2025-07-01 is not after the day of entry into force, 2025-07-01",
        ),
    ];
    assert_eq!(found, expected);
    stated.overrides.number = Some("120/2025/NĐ-CP".to_owned());
    stated.overrides.expires = Date::new(2025, 7, 2);
    assert_eq!(codes(&stated, &Stored::default()), Vec::<&str>::new());
}

#[test]
fn lost_diacritics_and_letters_are_told() {
    let bare = "Can cu Luat To chuc chinh quyen dia phuong ngay 19 thang 6. ".repeat(8);
    assert!(
        raised(&bare, "lost-diacritics")
            .message
            .starts_with("only 0 of")
    );
    let lost = "Ngh? ??nh quy?t quy?n l?c l?i d?ng\nh?p lý h?a đ?n ";
    assert_eq!(raised(lost, "lost-letters").line, Some(1));
    assert_eq!(
        raised("Nghị định\nqu\u{fffd} định", "lost-letters").line,
        Some(2)
    );
}

#[test]
fn tables_that_came_apart_are_told() {
    let text = "Biểu phí\nSTT\nViệc\nMức thu\n1\nKhai sinh\n0 đồng\n2\nKết hôn\n0 đồng";
    assert_eq!(raised(text, "table-flattened").line, Some(2));
    let whole = "Biểu phí\n| STT | Việc |\n| 1 | Khai sinh |\n| 2 | Kết hôn |";
    assert!(!codes(&source(whole), &Stored::default()).contains(&"table-flattened"));
}

#[test]
fn personal_identifiers_are_counted_and_never_shown() {
    let concern = raised(
        "Ông Nguyễn Văn A, CCCD 001085012345, ĐT 0912.345.678.",
        "personal-data",
    );
    assert_eq!(concern.gravity, Gravity::Warning);
    assert!(
        concern
            .message
            .contains("1 × số định danh, 1 × số điện thoại")
    );
    assert!(!concern.message.contains("0010"));
}

#[test]
fn findings_of_the_reader_and_doubtful_pages_are_passed_on() {
    let mut source = source(HEAD);
    source.findings = vec![
        Finding::Macros,
        Finding::Legacy(LegacyFound {
            encoding: Legacy::Mojibake,
            n_lines: 3,
            repaired: false,
        }),
    ];
    let page = |number, confidence| Page {
        number,
        start: 0,
        ocr: Some(confidence),
    };
    source.pages = vec![page(1, 0.97), page(2, 0.5)];
    let examined = examine(&source, &Stored::default());
    let found: Vec<(&str, Gravity)> = examined
        .concerns
        .iter()
        .map(|concern| (concern.code, concern.gravity))
        .collect();
    assert_eq!(
        found,
        [
            ("broken-text", Gravity::Warning),
            ("doubtful-page", Gravity::Warning),
            ("macros", Gravity::Note),
            ("no-structure", Gravity::Note)
        ]
    );
}

#[test]
fn stored_documents_are_compared_by_wording_and_number() {
    let body: Vec<String> = (1..60)
        .map(|n| {
            format!("Điều {n}. Việc thứ {n}\nCơ quan {n} giải quyết trong {n} ngày làm việc.\n")
        })
        .collect();
    let body = body.concat();
    let text = decree(&body);
    let nearly = text.replace("Cơ quan 30 ", "Đơn vị 30 ");
    let mut stored = Stored::default();
    stored.add("cu", "cu.txt", None, &nearly);
    stored.add(
        "khac",
        "khac.txt",
        Some("120/2025/NĐ-CP"),
        "Một văn bản khác hẳn về việc khác.",
    );
    stored.add("moi", "moi.docx", Some("120/2025/NĐ-CP"), &text);
    assert_eq!(
        codes(&source(&text), &stored),
        ["near-duplicate", "number-taken"]
    );
}

#[test]
fn concerns_alike_are_listed_up_to_a_limit() {
    let text: Vec<String> = (1..80)
        .step_by(2)
        .map(|n| format!("Điều {n}. Việc\nA.\n"))
        .collect();
    let text = text.concat();
    let examined = examine(&source(&text), &Stored::default());
    let gaps: Vec<&Concern> = examined
        .concerns
        .iter()
        .filter(|concern| concern.code == "article-gap")
        .collect();
    assert_eq!(gaps.len(), ALIKE_MAX);
    assert!(gaps[ALIKE_MAX - 1].message.ends_with("more like this"));
}
