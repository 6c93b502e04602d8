//! The record over HTTP.

use camnang::audit::{COMMENT_CHARS_MAX, REVIEWER_CHARS_MAX};
use camnang::wire::Answer;
use rusqlite::Connection;
use serde_json::{Value, json};

use super::workspace;
use crate::support::{BIRTH, FEE, Server, Workspace};

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
fn answers_and_exports_are_those_of_a_day_or_still_to_be_judged() {
    let workspace = workspace();
    let server = workspace.serve();
    let [birth, fee, abstained] =
        [BIRTH, FEE, "Hộ chiếu ngoại giao?"].map(|question| server.ask(question));
    for citation in 1..=birth.citations.len() {
        let body = json!({ "citation": citation, "verdict": "correct" });
        let judged = server.post(&format!("/api/answers/{}/verdicts", birth.id), &body);
        assert_eq!(judged.status, 201, "{judged:?}");
    }
    let ids = |query: &str| -> Vec<String> {
        let listed: Value = server.get(&format!("/api/answers?{query}")).json();
        let rows = listed["answers"].as_array().unwrap().iter();
        let ids: Vec<String> = rows.map(|row| row["id"].as_str().unwrap().into()).collect();
        assert_eq!(listed["total"], ids.len());
        let exported = server.get(&format!("/api/answers/export?{query}")).body;
        let lines = exported
            .lines()
            .map(|line| serde_json::from_str(line).unwrap());
        let mut in_file: Vec<String> = lines
            .map(|row: Value| row["id"].as_str().unwrap().into())
            .collect();
        in_file.reverse();
        assert_eq!(in_file, ids, "{query}");
        ids
    };
    let all = [&abstained.id, &fee.id, &birth.id];
    let today = camnang::qa::today(jiff::Timestamp::now());
    let (day, before) = (today.to_iso(), today.previous().unwrap());
    // What is shown beside an abstention is cited, and may be judged.
    assert!(!abstained.citations.is_empty());
    assert_eq!(json!(ids("show=open")), json!([&abstained.id, &fee.id]));
    assert_eq!(ids("show=judged"), [birth.id.as_str()]);
    assert_eq!(ids("show=abstained"), [abstained.id.as_str()]);
    // A form sends its empty fields too.
    assert_eq!(json!(ids("show=all&from=&to=")), json!(all));
    assert_eq!(json!(ids(&format!("from={day}"))), json!(all));
    assert_eq!(json!(ids(&format!("from={before}&to={day}"))), json!(all));
    assert!(ids(&format!("to={before}")).is_empty());
    assert!(ids("from=2199-12-31&to=2199-12-31").is_empty());
    let refused = [
        ("from=31/6/2025", "bad_day"),
        ("from=2026-03-02&to=2026-03-01", "bad_period"),
        ("show=none", "bad_request"),
    ];
    for (query, code) in refused {
        for path in ["answers", "answers/export"] {
            let refused = server.get(&format!("/api/{path}?{query}"));
            let body: Value = serde_json::from_str(&refused.body).unwrap();
            assert_eq!(
                (refused.status, &body["error"]["code"]),
                (400, &json!(code)),
                "{query}"
            );
        }
    }
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
    let sources = recorded["sources"].as_array().unwrap();
    assert!(!sources.is_empty());
    assert_eq!(sources.len(), answer.citations.len());
    for (citation, source) in answer.citations.iter().zip(sources) {
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
        (&source["quote"], &source["same_version"], &source["state"]),
        (&json!(quote), &json!(false), &json!("stands"))
    );
    assert_eq!(recorded["answer"]["citations"][0]["quote"], json!(quote));
}

/// Guidance whose two articles give their time limits, so many days each, in the same words.
fn guidance(days: [u32; 2]) -> String {
    let [card, festival] = days;
    format!(
        "+++\nnumber = \"88/HD-UBND\"\ntitle = \"Hướng dẫn về thư viện xã\"\n+++\n\
         Điều 1. Cấp thẻ thư viện\n1. Hồ sơ nộp tại thư viện.\n\
         2. Thời hạn giải quyết: {card:02} ngày làm việc.\n\
         Điều 2. Tổ chức ngày hội đọc sách\n1. Hồ sơ nộp tại Ủy ban nhân dân xã.\n\
         2. Thời hạn giải quyết: {festival:02} ngày làm việc.\n"
    )
}

/// The source of the first citation of the answer `id`.
fn first_source(server: &Server, id: &str) -> Value {
    let recorded: Value = server.get(&format!("/api/answers/{id}")).json();
    recorded["sources"][0].clone()
}

#[test]
fn quote_whose_provision_says_something_else_is_not_found_in_another_provision() {
    let workspace = Workspace::new([("thu-vien.md", guidance([5, 5]))]);
    let server = workspace.serve();
    let id = server.ask("khoản 2 Điều 2 88/HD-UBND").id;
    let before = first_source(&server, &id);
    assert_eq!(before["state"], "stands");
    assert_eq!(before["quote"], "2. Thời hạn giải quyết: 05 ngày làm việc.");

    workspace.write("thu-vien.md", guidance([5, 10]));
    workspace.index(&[]);
    server.wait_for_generation(2);
    let now = first_source(&server, &id);
    assert_eq!(
        (&now["state"], &now["same_version"]),
        (&json!("differs"), &json!(false))
    );
    assert_eq!(now["quote"], "2. Thời hạn giải quyết: 10 ngày làm việc.");
    let text = server.document("thu-vien").text;
    let at = |end: &str| usize::try_from(now["span"][end].as_u64().unwrap()).unwrap();
    assert_eq!(text.get(at("start")..at("end")), now["quote"].as_str());
}

#[test]
fn source_that_is_gone_says_whether_the_provision_or_the_document_is() {
    let workspace = workspace();
    workspace.write("thu-vien.md", guidance([5, 5]));
    let server = workspace.serve();
    let id = server.ask("khoản 2 Điều 2 88/HD-UBND").id;
    workspace.write(
        "thu-vien.md",
        guidance([5, 5]).replace("Điều 2.", "Điều 4."),
    );
    workspace.index(&[]);
    server.wait_for_generation(2);
    let nothing = (&Value::Null, &json!(""));
    let source = first_source(&server, &id);
    assert_eq!(source["state"], "provision_gone");
    assert_eq!((&source["span"], &source["quote"]), nothing);

    workspace.remove("thu-vien.md");
    workspace.index(&[]);
    server.wait_for_generation(3);
    let source = first_source(&server, &id);
    assert_eq!(source["state"], "document_gone");
    assert_eq!((&source["span"], &source["quote"]), nothing);
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
fn verdict_that_is_too_long_is_told_the_limits() {
    let workspace = workspace();
    let server = workspace.serve();
    let path = format!("/api/answers/{}/verdicts", server.ask(BIRTH).id);
    let reviewer = "ệ".repeat(REVIEWER_CHARS_MAX + 1);
    let verdict = json!({ "citation": 1, "verdict": "correct", "reviewer": reviewer });
    let refused = server.post(&path, &verdict);
    refused.failed(422, "too_long");
    for told in [
        "Nhận xét",
        "người đánh giá",
        &COMMENT_CHARS_MAX.to_string(),
        &REVIEWER_CHARS_MAX.to_string(),
    ] {
        assert!(refused.body.contains(told), "{}", refused.body);
    }
}

#[test]
fn export_that_fails_before_its_first_byte_is_an_error() {
    let workspace = workspace();
    let server = workspace.serve();
    server.ask(BIRTH);
    let record = Connection::open(workspace.path("record.sqlite")).unwrap();
    record.execute_batch("drop table passage").unwrap();
    for format in ["jsonl", "csv"] {
        let path = format!("/api/answers/export?format={format}");
        server.get(&path).failed(500, "internal");
    }
    let log = server.kill();
    assert!(log.contains("no such table"), "{log}");
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
    // Nobody knows its length before it is written.
    assert_eq!(lines.header("transfer-encoding"), "chunked");
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
