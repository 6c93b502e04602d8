//! Questions that name a document or a provision of one.

use camnang::wire::Status;

use super::workspace;

#[test]
fn ask_named_provision_comes_first() {
    let workspace = workspace();
    for question in [
        "khoản 2 Điều 23 NĐ 120/2025",
        "Khoản 2 Điều 23 Nghị định số 120/2025/NĐ-CP quy định gì?",
        "khoan 2 dieu 23 nghi dinh 120/2025",
        "NĐ 120/2025 Điều 23 khoản 2",
        "đ23k2 nđ 120/2025",
    ] {
        let answer = workspace.ask(question);
        let (citation, passage) = (&answer.citations[0], &answer.passages[0]);
        assert_eq!(
            (citation.document_id.as_str(), citation.locator.as_str()),
            ("nd-120-2025", "khoản 2 Điều 23"),
            "{question}"
        );
        assert_eq!(
            (passage.document_id.as_str(), passage.locator.as_str()),
            ("nd-120-2025", "khoản 2 Điều 23"),
            "{question}"
        );
        assert!(
            citation
                .quote
                .starts_with("2. Trường hợp cha, mẹ không thể"),
            "{question}"
        );
        assert_eq!(answer.status, Status::Answered, "{question}");
    }
}

#[test]
fn ask_named_decree_is_never_taken_for_its_neighbours() {
    let workspace = workspace();
    for (number, id, days) in [
        ("120/2025", "nd-120-2025", "60"),
        ("1200/2025", "nd-1200-2025", "90"),
        ("120/2020", "nd-120-2020", "30"),
    ] {
        let answer = workspace.ask(&format!(
            "Nghị định {number} quy định thời hạn đăng ký khai sinh là bao lâu?"
        ));
        assert_eq!(
            (
                answer.citations[0].document_id.as_str(),
                answer.passages[0].document_id.as_str()
            ),
            (id, id),
            "{number}"
        );
        assert_eq!(
            answer.statements[0].lead,
            Some(format!("{days} ngày")),
            "{number}"
        );
        assert_eq!(answer.notices, Vec::<String>::new(), "{number}");
        let pinned = workspace.ask(&format!("khoản 1 Điều 23 NĐ {number}"));
        assert!(
            pinned
                .citations
                .iter()
                .all(|citation| citation.document_id == id),
            "{:?}",
            pinned.citations
        );
    }
}

#[test]
fn ask_number_close_to_a_stored_one_is_named_as_unknown() {
    let workspace = workspace();
    for number in ["12/2025", "20/2025", "120/2021", "1200/2020", "1120/2025"] {
        let answer = workspace.ask(&format!(
            "Nghị định {number} quy định thời hạn đăng ký khai sinh là bao lâu?"
        ));
        assert!(
            answer.notices.iter().any(|notice| notice.contains(number)),
            "{number}: {:?}",
            answer.notices
        );
        assert_eq!(answer.status, Status::Abstained, "{number}");
    }
}

#[test]
fn ask_about_an_unknown_document_names_it_and_abstains() {
    let workspace = workspace();
    let output = workspace.run([
        "ask",
        "Nghị định 999/2030 quy định thời hạn đăng ký khai sinh là bao lâu?",
    ]);
    assert_eq!(output.code, Some(1), "{output:?}");
    let first = output.stdout.lines().next().unwrap();
    assert!(
        first.contains("không có văn bản «Nghị định 999/2030»"),
        "{output:?}"
    );
}

#[test]
fn ask_about_an_unknown_provision_of_a_stored_document_names_it() {
    let workspace = workspace();
    for (question, missing) in [
        (
            "khoản 9 Điều 23 NĐ 120/2025 quy định gì?",
            "khoản 9 Điều 23",
        ),
        ("Điều 99 Nghị định 120/2025 nói gì?", "Điều 99"),
    ] {
        let answer = workspace.ask(question);
        let named = |notice: &String| {
            notice.contains("120/2025/NĐ-CP") && notice.ends_with(&format!("không có {missing}."))
        };
        assert!(
            answer.notices.iter().any(named),
            "{question}: {:?}",
            answer.notices
        );
        assert_eq!(answer.status, Status::Abstained, "{question}");
    }
}

#[test]
fn ask_number_without_year_that_fits_two_documents_names_both() {
    let answer = workspace().ask("NĐ 120 quy định thời hạn đăng ký khai sinh là bao lâu?");
    let both = |notice: &String| {
        notice.contains("120/2025/NĐ-CP")
            && notice.contains("120/2020/NĐ-CP")
            && !notice.contains("1200/2025")
    };
    assert!(answer.notices.iter().any(both), "{:?}", answer.notices);
}
