//! Gold questions of a corpus, which help to answer others like them.

use camnang::wire::{Answer, Status};
use serde_json::{Value, json};

use super::whole;
use crate::support::{Workspace, decree};

/// Nobody would find it by the words of khoản 2 Điều 23.
const KNOWN: &str = "Bố mẹ cháu bận đi làm, bà nội đi nộp hộ có được không?";
const LIKE_IT: &str = "vợ chồng tôi bận quá, mẹ chồng tôi đi nộp hộ được không";

fn gold(locator: &str, contains: Option<&str>) -> String {
    let row = json!({
        "id": "q1",
        "question": KNOWN,
        "answerable": true,
        "expect": [{"document": "nd", "locator": locator}],
        "contains": contains,
    });
    format!("{row}\n")
}

fn workspace() -> Workspace {
    Workspace::new([("nd.txt", decree("120/2025/NĐ-CP", 60))])
}

fn ask(workspace: &Workspace, question: &str) -> Answer {
    let asked = workspace.run(whole(&["ask", "--json", question]));
    serde_json::from_str(&asked.stdout).unwrap_or_else(|error| panic!("{error}: {asked:?}"))
}

fn cited(answer: &Answer) -> Vec<&str> {
    let locators = answer.citations.iter().map(|c| c.locator.as_str());
    locators.collect()
}

#[test]
fn question_like_one_that_is_verified_is_answered_by_what_answered_that() {
    let workspace = workspace();
    workspace.index(&whole(&[]));
    let before = ask(&workspace, LIKE_IT);
    assert_eq!((before.precedent, before.evidence.likeness), (None, None));

    workspace.write("gold.jsonl", gold("khoản 2 Điều 23", Some("ông, bà")));
    let report = workspace.index(&whole(&[]));
    assert_eq!(
        (&report["added"], &report["n_unchanged"]),
        (&json!([]), &json!(1))
    );
    for question in [KNOWN, LIKE_IT] {
        let answer = ask(&workspace, question);
        assert_eq!(cited(&answer), ["khoản 2 Điều 23"], "{question}");
        assert_eq!(answer.status, Status::Answered);
        assert_eq!(answer.precedent.as_deref(), Some(KNOWN));
        assert!(answer.confidence > before.confidence);
    }
    let shown = workspace.run(whole(&["ask", LIKE_IT]));
    let told = format!("đã được xác nhận cho câu hỏi tương tự: «{KNOWN}»");
    assert!(shown.stdout.contains(&told), "{shown:?}");
    // What is like none is answered as ever.
    let other = ask(
        &workspace,
        "Thủ tục cấp hộ chiếu ngoại giao gồm những bước nào?",
    );
    assert_eq!((other.status, other.precedent), (Status::Abstained, None));

    workspace.remove("gold.jsonl");
    workspace.index(&whole(&[]));
    assert_eq!(ask(&workspace, LIKE_IT).precedent, None);
}

#[test]
fn verified_answer_that_is_no_longer_law_answers_nothing() {
    let workspace = workspace();
    workspace.write("gold.jsonl", gold("khoản 2 Điều 23", None));
    let repeal = "CHÍNH PHỦ\nSố: 9/2026/NĐ-CP\nHà Nội, ngày 02 tháng 1 năm 2026\nNGHỊ ĐỊNH\n\
                  Điều 1. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 02/01/2026.\n\
                  2. Bãi bỏ khoản 2 Điều 23 Nghị định số 120/2025/NĐ-CP.\n";
    workspace.write("nd9.txt", repeal);
    workspace.index(&whole(&[]));
    assert_eq!(ask(&workspace, LIKE_IT).precedent, None);
    let earlier = workspace.run(whole(&["ask", "--json", "--as-of", "31/12/2025", LIKE_IT]));
    let earlier: Answer = earlier.json();
    assert_eq!(earlier.precedent.as_deref(), Some(KNOWN));
}

#[test]
fn words_alone_know_of_no_like_questions() {
    let workspace = workspace();
    workspace.write("gold.jsonl", gold("khoản 2 Điều 23", None));
    workspace.index(&[]);
    let answer: Answer = workspace.ask(LIKE_IT);
    assert_eq!((answer.precedent, answer.evidence.likeness), (None, None));
}

#[test]
fn what_is_not_where_a_row_says_is_named_and_the_rest_is_indexed() {
    for (row, reason) in [
        (
            gold("khoản 9 Điều 23", None),
            "`nd` has no `khoản 9 Điều 23`",
        ),
        (
            gold("đâu đó", None),
            "`đâu đó` is no address of a provision",
        ),
        (
            gold("khoản 2 Điều 23", Some("cô, dì")),
            "`khoản 2 Điều 23` of `nd` no longer has the words in `contains`",
        ),
        (
            gold("Điều 1", None).replace("\"nd\"", "\"x\""),
            "no document `x`",
        ),
    ] {
        let workspace = workspace();
        workspace.write("gold.jsonl", row);
        let output = workspace.run(["index"]);
        assert_eq!(output.code, Some(1), "{output:?}");
        let told = format!("`gold.jsonl`: question `q1` helps nobody: {reason}");
        assert!(output.stderr.contains(&told), "{output:?}");
        assert_eq!(workspace.documents().len(), 1);
    }
}

#[test]
fn gold_questions_elsewhere_than_at_the_root_are_told_of_and_never_added() {
    let workspace = workspace();
    workspace.write("cu/gold.jsonl", gold("khoản 2 Điều 23", None));
    let output = workspace.run(["index"]);
    assert!(
        output.stderr.contains("put its lines into `gold.jsonl`"),
        "{output:?}"
    );
    let outside = workspace.path("gold.jsonl");
    std::fs::write(&outside, gold("khoản 2 Điều 23", None)).unwrap();
    for file in [outside, workspace.path("corpus/cu/gold.jsonl")] {
        let refused = workspace.run(["add", "--force", file.to_str().unwrap()]);
        assert_eq!(refused.code, Some(1), "{refused:?}");
        assert!(refused.stderr.contains("gold questions"), "{refused:?}");
    }
}

#[test]
fn what_a_reviewer_found_right_answers_the_next_question_like_it() {
    let workspace = workspace();
    workspace.index(&whole(&[]));
    let answer = {
        let server = workspace.serve_with(&whole(&[]));
        let answer = server.ask(KNOWN);
        let at = answer
            .citations
            .iter()
            .position(|c| c.locator == "khoản 2 Điều 23");
        let judged = json!({ "citation": at.unwrap() + 1, "verdict": "correct" });
        let path = format!("/api/answers/{}/verdicts", answer.id);
        assert_eq!(server.post(&path, &judged).status, 201);
        let exported = server.get("/api/answers/export?format=gold").body;
        let row: Value = serde_json::from_str(&exported).unwrap();
        assert_eq!(
            row["expect"],
            json!([{"document": "nd", "locator": "khoản 2 Điều 23"}])
        );
        answer
    };
    let output = workspace.path("corpus/gold.jsonl");
    let output = output.to_str().unwrap();
    let exported = workspace.run(["audit", "export", "--format", "gold", "-o", output]);
    assert_eq!(exported.code, Some(0), "{exported:?}");
    assert_eq!(workspace.index(&whole(&[]))["problems"], json!([]));
    assert_eq!(ask(&workspace, LIKE_IT).precedent, Some(answer.question));
    // A measure that knows the answers says so.
    let measured = workspace.run(whole(&["eval", "--gold", output]));
    assert!(
        measured.stdout.contains("cited       1.000 of 1"),
        "{measured:?}"
    );
    assert!(
        measured.stderr.contains("1 of the questions"),
        "{measured:?}"
    );
}
