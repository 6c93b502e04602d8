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
            notice.contains("120/2025/NĐ-CP") && notice.contains(&format!(" không có {missing}. "))
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
fn provisions_of_two_documents_are_looked_for_in_their_own() {
    let workspace = workspace();
    workspace.write(
        "nd-130.txt",
        "CHÍNH PHỦ\nSố: 130/2025/NĐ-CP\nNGHỊ ĐỊNH\nVề việc cư trú\n\nĐiều 40. Cư trú\n1. Người dân đăng ký cư trú \
         tại xã.\n",
    );
    let answer = workspace.ask("Điều 23 NĐ 120/2025 và Điều 40 NĐ 130/2025 quy định gì?");
    assert_eq!(answer.status, Status::Answered, "{answer:?}");
    assert_eq!(answer.notices, Vec::<String>::new());
    let cited = |id: &str| answer.citations.iter().any(|c| c.document_id == id);
    assert!(cited("nd-120-2025") && cited("nd-130"), "{answer:?}");
    let other = workspace.ask("Điều 40 NĐ 120/2025 và Điều 23 NĐ 130/2025 quy định gì?");
    assert_eq!(other.status, Status::Abstained);
    assert_eq!(other.notices.len(), 2, "{:?}", other.notices);
    // What begins anew is of no provision named before.
    let compared = workspace.ask("NĐ 120/2025 tại Điều 23 và NĐ 130/2025 khác gì nhau?");
    assert_eq!(compared.notices, Vec::<String>::new());
}

#[test]
fn long_provision_that_is_named_says_that_it_is_not_quoted_whole() {
    let workspace = workspace();
    let clause = |n: usize| {
        format!(
            "{n}. Nội dung thứ {n} {}\n",
            "quy định về cư trú ".repeat(12)
        )
    };
    let clauses: String = (1..=20).map(clause).collect();
    let decree = format!(
        "CHÍNH PHỦ\nSố: 130/2025/NĐ-CP\nNGHỊ ĐỊNH\nVề việc cư trú\n\nĐiều 40. Cư trú\n{clauses}Điều 41. Khác\n1. Ngắn.\n"
    );
    workspace.write("nd-130.txt", decree);
    let is_told = |question: &str| {
        let notices = workspace.ask(question).notices;
        notices
            .iter()
            .any(|n| n.contains("chỉ được trích một phần"))
    };
    assert!(is_told("Điều 40 NĐ 130/2025 quy định gì?"));
    assert!(!is_told("Điều 41 NĐ 130/2025 quy định gì?"));
}

#[test]
fn number_that_stands_in_a_date_is_no_mention_of_a_document() {
    let workspace = workspace();
    workspace.write(
        "tb.txt",
        "THÔNG BÁO\nVề thời hạn đăng ký khai sinh\n\n1. Từ ngày 01/7/2025 thời hạn đăng ký khai sinh theo Nghị định số \
         118/2025/NĐ-CP.\n",
    );
    let told = |number: &str| {
        let question =
            format!("Nghị định {number} quy định thời hạn đăng ký khai sinh là bao lâu?");
        workspace.ask(&question).notices.join("\n")
    };
    assert!(told("7/2025").contains("không có tài liệu nào nhắc đến"));
    assert!(told("999").contains("không có tài liệu nào nhắc đến"));
    assert!(told("118/2025").contains("không phải nguyên văn"));
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
