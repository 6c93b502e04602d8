//! The record over HTTP.

use camnang::wire::Answer;
use serde_json::{Value, json};

use super::workspace;
use crate::support::{BIRTH, FEE};

#[test]
fn answers_are_listed_newest_first_by_pages() {
    let workspace = workspace();
    let server = workspace.serve();
    let asked: Vec<Answer> = [BIRTH, FEE, "Hộ chiếu ngoại giao?"]
        .map(|question| server.ask(question))
        .into();
    let listed: Value = server.get("/api/answers").json();
    let newest: Vec<&str> = asked
        .iter()
        .rev()
        .map(|answer| answer.id.as_str())
        .collect();
    let rows = listed["answers"].as_array().unwrap();
    assert_eq!(
        rows.iter()
            .map(|row| row["id"].as_str().unwrap())
            .collect::<Vec<&str>>(),
        newest
    );
    assert_eq!(
        (&listed["total"], &rows[2]["question"]),
        (&json!(3), &json!(BIRTH))
    );
    assert_eq!(
        (&rows[2]["status"], &rows[0]["status"]),
        (&json!("answered"), &json!("abstained"))
    );
    assert_eq!(rows[2]["n_citations"], asked[0].citations.len());
    let page: Value = server.get("/api/answers?offset=1&limit=1").json();
    assert_eq!(
        (&page["total"], &page["answers"][0]["id"]),
        (&json!(3), &json!(asked[1].id))
    );
    assert_eq!(page["answers"].as_array().unwrap().len(), 1);
}

#[test]
fn answer_is_given_as_it_was_with_the_source_around_each_citation() {
    let workspace = workspace();
    let server = workspace.serve();
    let answer = server.ask(BIRTH);
    let recorded: Value = server.get(&format!("/api/answers/{}", answer.id)).json();
    assert_eq!(
        serde_json::from_value::<Answer>(recorded["answer"].clone()).unwrap(),
        answer
    );
    assert_eq!(recorded["verdicts"], json!([]));
    for (citation, source) in answer
        .citations
        .iter()
        .zip(recorded["sources"].as_array().unwrap())
    {
        assert_eq!(
            (&source["quote"], &source["same_version"]),
            (&json!(citation.quote), &json!(true))
        );
        let text = ["context_before", "quote", "context_after"]
            .map(|part| source[part].as_str().unwrap())
            .concat();
        assert!(server.document(&citation.document_id).text.contains(&text));
    }
}

#[test]
fn answer_whose_source_changed_is_shown_with_its_own_quote_and_says_so() {
    let workspace = workspace();
    let server = workspace.serve();
    let answer = server.ask("khoản 1 Điều 23 NĐ 120/2025");
    workspace.write(
        "nd-120-2025.txt",
        format!("Lời đầu.\n{}", crate::support::decree("120/2025/NĐ-CP", 60)),
    );
    workspace.index(&[]);
    server.wait_for_generation(2);
    let recorded: Value = server.get(&format!("/api/answers/{}", answer.id)).json();
    let (quote, source) = (&answer.citations[0].quote, &recorded["sources"][0]);
    assert_eq!(
        (&source["quote"], &source["same_version"]),
        (&json!(quote), &json!(false))
    );
    assert_eq!(recorded["answer"]["citations"][0]["quote"], json!(quote));
}

#[test]
fn verdict_is_kept_beside_earlier_ones() {
    let workspace = workspace();
    let server = workspace.serve();
    let answer = server.ask(BIRTH);
    let path = format!("/api/answers/{}", answer.id);
    for (verdict, comment) in [("wrong_place", "Điều khác"), ("correct", "Đã xem lại")] {
        let body = json!({ "citation": 1, "verdict": verdict, "comment": comment, "reviewer": "Tập huấn" });
        let reply = server.post(&format!("{path}/verdicts"), &body);
        assert_eq!(
            (reply.status, &reply.json::<Value>()["verdict"]),
            (201, &json!(verdict))
        );
    }
    let verdicts = server.get(&path).json::<Value>()["verdicts"].clone();
    let told: Vec<&Value> = verdicts
        .as_array()
        .unwrap()
        .iter()
        .map(|row| &row["verdict"])
        .collect();
    assert_eq!(told, ["wrong_place", "correct"]);
    assert_eq!(
        (&verdicts[1]["comment"], &verdicts[1]["reviewer"]),
        (&json!("Đã xem lại"), &json!("Tập huấn"))
    );
    assert_eq!(
        server.get("/api/answers").json::<Value>()["answers"][0]["n_verdicts"],
        2
    );
}

#[test]
fn verdict_on_nothing_or_of_no_kind_is_refused() {
    let workspace = workspace();
    let server = workspace.serve();
    let path = format!("/api/answers/{}/verdicts", server.ask(BIRTH).id);
    let verdict = |citation: usize, verdict: &str, comment: &str| json!({ "citation": citation, "verdict": verdict, "comment": comment });
    server
        .post(&path, &verdict(99, "correct", ""))
        .failed(404, "not_found");
    server
        .post(&path, &verdict(0, "correct", ""))
        .failed(404, "not_found");
    server
        .post("/api/answers/no-such/verdicts", &verdict(1, "correct", ""))
        .failed(404, "not_found");
    server
        .post(&path, &verdict(1, "perfect", ""))
        .failed(400, "bad_request");
    server
        .post(&path, &json!({ "verdict": "correct" }))
        .failed(400, "bad_request");
    server
        .post(&path, &verdict(1, "correct", &"ý".repeat(2001)))
        .failed(422, "too_long");
    assert_eq!(
        server.get("/api/answers").json::<Value>()["answers"][0]["n_verdicts"],
        0
    );
}

#[test]
fn export_gives_files_with_answers_and_verdicts() {
    let workspace = workspace();
    let server = workspace.serve();
    let id = server.ask(BIRTH).id;
    server.post(
        &format!("/api/answers/{id}/verdicts"),
        &json!({ "citation": 1, "verdict": "outdated", "comment": "Đã thay" }),
    );
    let lines = server.get("/api/answers/export");
    assert_eq!(
        (lines.status, lines.header("content-type")),
        (200, "application/x-ndjson; charset=utf-8")
    );
    assert!(
        lines
            .header("content-disposition")
            .contains("camnang-audit.jsonl")
    );
    let row: Value = serde_json::from_str(lines.body.trim()).unwrap();
    assert_eq!(row["id"], json!(id));
    assert!(
        lines.body.contains("outdated") && lines.body.contains("Đã thay"),
        "{}",
        lines.body
    );
    let table = server.get("/api/answers/export?format=csv");
    assert_eq!(
        (table.status, table.header("content-type")),
        (200, "text/csv; charset=utf-8")
    );
    assert!(
        table
            .header("content-disposition")
            .contains("camnang-audit.csv")
    );
    let mut rows = csv::Reader::from_reader(table.body.trim_start_matches('\u{feff}').as_bytes());
    assert_eq!(rows.headers().unwrap().get(0), Some("answer_id"));
    let first = rows.records().next().unwrap().unwrap();
    assert_eq!(first.get(0), Some(id.as_str()));
    assert!(
        first.iter().any(|cell| cell == "outdated") && first.iter().any(|cell| cell == "Đã thay"),
        "{first:?}"
    );
    server
        .get("/api/answers/export?format=pdf")
        .failed(400, "bad_request");
}
