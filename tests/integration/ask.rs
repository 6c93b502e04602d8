//! `camnang ask` from outside.

use std::collections::BTreeSet;

use camnang::wire::{Answer, Status};
use serde_json::Value;

use crate::support::{BIRTH, FEE, Workspace, decree, decrees, prove};

/// Nothing in a [`decree`] answers it.
const UNANSWERED: &str = "Thủ tục cấp hộ chiếu ngoại giao gồm những bước nào?";

fn workspace() -> Workspace {
    Workspace::new(decrees())
}

#[test]
fn ask_answerable_question_exits_0_with_the_answer_on_stdout() {
    let workspace = workspace();
    workspace.index(&[]);
    let output = workspace.run(["ask", BIRTH]);
    assert_eq!(output.code, Some(0), "{output:?}");
    for part in ["60 ngày\n", "«1. Trong thời hạn 60 ngày", "[1]", "khoản 1 Điều 23", "120/2025/NĐ-CP"] {
        assert!(output.stdout.contains(part), "`{part}` is not in {output:?}");
    }
    assert_eq!(output.stderr, "");
}

#[test]
fn ask_unanswerable_question_exits_1_and_says_so_on_stdout() {
    let workspace = workspace();
    let output = workspace.run(["ask", UNANSWERED]);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(output.stdout.contains("Kho tài liệu chưa có nội dung"), "{output:?}");
}

#[test]
fn ask_failure_exits_2_with_nothing_on_stdout() {
    let workspace = workspace();
    workspace.run(["ask"]).failed(&["QUESTION"]);
    workspace.run(["ask", "--no-such-flag", BIRTH]).failed(&["--no-such-flag"]);
    workspace.run(["--record", "no/such/folder/record.sqlite", "ask", BIRTH]).failed(&["no/such/folder/record.sqlite"]);
}

#[test]
fn ask_words_of_one_question_may_be_separate_arguments() {
    let workspace = workspace();
    let answer: Answer = workspace.run(["ask", "--json"].into_iter().chain(BIRTH.split(' '))).json();
    assert_eq!(answer.question, BIRTH);
}

#[test]
fn ask_without_index_builds_it_and_keeps_stdout_for_the_answer() {
    let workspace = workspace();
    let output = workspace.run(["ask", "--json", BIRTH]);
    assert_eq!(output.json::<Answer>().generation, 1);
    assert!(output.stderr.contains("building it"), "{output:?}");
}

#[test]
fn ask_log_in_a_file_is_plain_text() {
    let output = workspace().run(["ask", BIRTH]);
    assert!(!output.stderr.is_empty());
    assert!(!output.stderr.contains('\u{1b}'), "colour codes in what is no terminal: {:?}", output.stderr);
}

#[test]
fn ask_json_has_every_field_of_an_answer() {
    let json: Value = workspace().run(["ask", "--json", BIRTH]).json();
    let answer = "id question understood asked_at status confidence notices message missing statements citations passages generation timings_ms";
    assert_eq!(keys(&json), fields(answer));
    assert_eq!(keys(&json["statements"][0]), fields("lead text heading citations"));
    let citation = "index document_id document_version number title locator quote span source_file note effective expires";
    assert_eq!(keys(&json["citations"][0]), fields(citation));
    assert_eq!(keys(&json["citations"][0]["span"]), fields("start end"));
    let passage = "rank score document_id number title locator heading snippet span";
    assert_eq!(keys(&json["passages"][0]), fields(passage));
    assert_eq!(keys(&json["timings_ms"]), fields("total search compose"));
    assert_eq!(json["status"], "answered");
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().unwrap().keys().map(String::as_str).collect()
}

fn fields(names: &str) -> BTreeSet<&str> {
    names.split(' ').collect()
}

#[test]
fn ask_json_values_are_what_they_say() {
    let workspace = workspace();
    let answer = workspace.ask("Thời hạn đk khai sinh theo NĐ 120/2025 là bao lâu?");
    assert_eq!(answer.status, Status::Answered);
    assert!(answer.understood.contains("đăng ký khai sinh theo Nghị định 120/2025"), "{}", answer.understood);
    assert_eq!(answer.statements[0].lead.as_deref(), Some("60 ngày"));
    assert!((0.0..=1.0).contains(&answer.confidence));
    assert_eq!((answer.message, answer.missing.len()), (None, 0));
    assert_eq!(answer.citations[0].source_file, "nd-120-2025.txt");
    assert!(answer.asked_at.parse::<jiff::Timestamp>().is_ok());
    assert!(answer.passages.iter().zip(1..).all(|(passage, rank)| passage.rank == rank));
    assert!(answer.passages.is_sorted_by(|a, b| a.score >= b.score));
    let timings = answer.timings_ms;
    assert!(timings.total >= timings.search + timings.compose && timings.search > 0.0, "{timings:?}");
}

#[test]
fn ask_question_typed_in_any_way_gives_the_same_citations() {
    let workspace = workspace();
    let places = |question: &str| -> Vec<(String, String)> {
        workspace.ask(question).citations.into_iter().map(|c| (c.document_id, c.locator)).collect()
    };
    let expected = places(BIRTH);
    assert!(expected.contains(&("nd-120-2025".into(), "khoản 1 Điều 23".into())), "{expected:?}");
    let decomposed: String = unicode_normalization::UnicodeNormalization::nfd(BIRTH).collect();
    for other in ["thoi han dang ky khai sinh la bao lau?", "THỜI HẠN ĐĂNG KÝ KHAI SINH LÀ BAO LÂU", "Thời hạn đăng kí khai sinh là bao lâu ?", &decomposed] {
        assert_eq!(places(other), expected, "{other}");
    }
}

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
        assert_eq!((citation.document_id.as_str(), citation.locator.as_str()), ("nd-120-2025", "khoản 2 Điều 23"), "{question}");
        assert_eq!((passage.document_id.as_str(), passage.locator.as_str()), ("nd-120-2025", "khoản 2 Điều 23"), "{question}");
        assert!(citation.quote.starts_with("2. Trường hợp cha, mẹ không thể"), "{question}");
        assert_eq!(answer.status, Status::Answered, "{question}");
    }
}

#[test]
fn ask_named_decree_is_never_taken_for_its_neighbours() {
    let workspace = workspace();
    for (number, id, days) in [("120/2025", "nd-120-2025", "60"), ("1200/2025", "nd-1200-2025", "90"), ("120/2020", "nd-120-2020", "30")] {
        let answer = workspace.ask(&format!("Nghị định {number} quy định thời hạn đăng ký khai sinh là bao lâu?"));
        assert_eq!((answer.citations[0].document_id.as_str(), answer.passages[0].document_id.as_str()), (id, id), "{number}");
        assert_eq!(answer.statements[0].lead, Some(format!("{days} ngày")), "{number}");
        assert_eq!(answer.notices, Vec::<String>::new(), "{number}");
        let pinned = workspace.ask(&format!("khoản 1 Điều 23 NĐ {number}"));
        assert!(pinned.citations.iter().all(|citation| citation.document_id == id), "{:?}", pinned.citations);
    }
}

#[test]
fn ask_number_close_to_a_stored_one_is_named_as_unknown() {
    let workspace = workspace();
    for number in ["12/2025", "20/2025", "120/2021", "1200/2020", "1120/2025"] {
        let answer = workspace.ask(&format!("Nghị định {number} quy định thời hạn đăng ký khai sinh là bao lâu?"));
        assert!(answer.notices.iter().any(|notice| notice.contains(number)), "{number}: {:?}", answer.notices);
        assert_eq!(answer.status, Status::Abstained, "{number}");
    }
}

#[test]
fn ask_about_an_unknown_document_names_it_and_abstains() {
    let workspace = workspace();
    let output = workspace.run(["ask", "Nghị định 999/2030 quy định thời hạn đăng ký khai sinh là bao lâu?"]);
    assert_eq!(output.code, Some(1), "{output:?}");
    let first = output.stdout.lines().next().unwrap();
    assert!(first.contains("không có văn bản «Nghị định 999/2030»"), "{output:?}");
}

#[test]
fn ask_about_an_unknown_provision_of_a_stored_document_names_it() {
    let workspace = workspace();
    for (question, missing) in [("khoản 9 Điều 23 NĐ 120/2025 quy định gì?", "khoản 9 Điều 23"), ("Điều 99 Nghị định 120/2025 nói gì?", "Điều 99")] {
        let answer = workspace.ask(question);
        let named = |notice: &String| notice.contains("120/2025/NĐ-CP") && notice.ends_with(&format!("không có {missing}."));
        assert!(answer.notices.iter().any(named), "{question}: {:?}", answer.notices);
        assert_eq!(answer.status, Status::Abstained, "{question}");
    }
}

#[test]
fn ask_number_without_year_that_fits_two_documents_names_both() {
    let answer = workspace().ask("NĐ 120 quy định thời hạn đăng ký khai sinh là bao lâu?");
    let both = |notice: &String| notice.contains("120/2025/NĐ-CP") && notice.contains("120/2020/NĐ-CP") && !notice.contains("1200/2025");
    assert!(answer.notices.iter().any(both), "{:?}", answer.notices);
}

#[test]
fn ask_list_question_gives_the_items_in_the_order_of_the_source() {
    let workspace = Workspace::new([("nd.txt", decree("120/2025/NĐ-CP", 60))]);
    let answer = workspace.ask("Hồ sơ đăng ký khai sinh gồm những giấy tờ gì?");
    let texts: String = answer.statements.iter().map(|statement| statement.text.as_str()).collect::<Vec<&str>>().join("\n");
    let places: Vec<Option<usize>> = ["Tờ khai", "Giấy chứng sinh", "nơi cư trú"].map(|item| texts.find(item)).into();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{texts}");
}

#[test]
fn ask_every_citation_of_every_answer_verifies() {
    let workspace = workspace();
    let mut n_citations = 0;
    for question in [BIRTH, FEE, UNANSWERED, "khoản 3 Điều 23 NĐ 120/2025", "Điều 22 NĐ 1200/2025", "điểm b khoản 3 Điều 23 NĐ 120/2020", "Hồ sơ đăng ký khai sinh gồm những gì?", "Ai đăng ký khai sinh thay cha mẹ?"] {
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
    let questions = include_str!("../gold/questions.jsonl").lines();
    let mut n_citations = 0;
    for row in questions.step_by(4) {
        let gold: Value = serde_json::from_str(row).unwrap();
        let answer = server.ask(gold["question"].as_str().unwrap());
        prove(&answer, |id| server.document(id));
        n_citations += answer.citations.len();
    }
    assert!(n_citations >= 30, "{n_citations}");
}
