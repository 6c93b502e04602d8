//! What answers cite.

use std::collections::BTreeSet;

use serde_json::Value;

use super::{UNANSWERED, workspace};
use crate::support::{BIRTH, FEE, Workspace, decree, prove};

#[test]
fn ask_question_typed_in_any_way_gives_the_same_citations() {
    let workspace = workspace();
    // In any order: of two decrees that say the same either may come first.
    let places = |question: &str| -> BTreeSet<(String, String)> {
        workspace
            .ask(question)
            .citations
            .into_iter()
            .map(|c| (c.document_id, c.locator))
            .collect()
    };
    let expected = places(BIRTH);
    assert!(
        expected.contains(&("nd-120-2025".into(), "khoản 1 Điều 23".into())),
        "{expected:?}"
    );
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(BIRTH).collect();
    for other in [
        "thoi han dang ky khai sinh la bao lau?",
        "THỜI HẠN ĐĂNG KÝ KHAI SINH LÀ BAO LÂU",
        "Thời hạn đăng kí khai sinh là bao lâu ?",
        &decomposed,
    ] {
        assert_eq!(places(other), expected, "{other}");
    }
}

#[test]
fn ask_list_question_gives_the_items_in_the_order_of_the_source() {
    let workspace = Workspace::new([("nd.txt", decree("120/2025/NĐ-CP", 60))]);
    let answer = workspace.ask("Hồ sơ đăng ký khai sinh gồm những giấy tờ gì?");
    let texts: String = answer
        .statements
        .iter()
        .map(|statement| statement.text.as_str())
        .collect::<Vec<&str>>()
        .join("\n");
    let places: Vec<Option<usize>> = ["Tờ khai", "Giấy chứng sinh", "nơi cư trú"]
        .map(|item| texts.find(item))
        .into();
    assert!(
        places.iter().all(Option::is_some) && places.is_sorted(),
        "{texts}"
    );
}

#[test]
fn ask_every_citation_of_every_answer_verifies() {
    let workspace = workspace();
    let mut n_citations = 0;
    for question in [
        BIRTH,
        FEE,
        UNANSWERED,
        "khoản 3 Điều 23 NĐ 120/2025",
        "Điều 22 NĐ 1200/2025",
        "điểm b khoản 3 Điều 23 NĐ 120/2020",
        "Hồ sơ đăng ký khai sinh gồm những gì?",
        "Ai đăng ký khai sinh thay cha mẹ?",
    ] {
        let answer = workspace.ask(question);
        prove(&answer, |id| workspace.document(id));
        n_citations += answer.citations.len();
    }
    assert!(n_citations >= 10, "{n_citations}");
}

#[test]
fn ask_every_citation_over_the_sample_corpus_verifies() {
    let workspace = Workspace::sample();
    let server = workspace.serve();
    let questions = include_str!("../../gold/questions.jsonl").lines();
    let mut n_citations = 0;
    for row in questions.step_by(4) {
        let gold: Value = serde_json::from_str(row).unwrap();
        let answer = server.ask(gold["question"].as_str().unwrap());
        prove(&answer, |id| server.document(id));
        n_citations += answer.citations.len();
    }
    assert!(n_citations >= 30, "{n_citations}");
}

#[test]
fn ask_what_is_named_alike_but_is_another_thing_is_declined() {
    let workspace = Workspace::sample();
    workspace.index(&[]);
    // The samples state the base salary of officials, which is not the minimum wage of a region.
    for question in [
        "Lương tối thiểu vùng là bao nhiêu?",
        "luong toi thieu vung bao nhieu",
    ] {
        let asked = workspace.run(["ask", question]);
        assert_eq!(asked.code, Some(1), "{asked:?}");
    }
    assert_eq!(
        workspace.run(["ask", "Lương cơ sở là bao nhiêu?"]).code,
        Some(0)
    );
}
