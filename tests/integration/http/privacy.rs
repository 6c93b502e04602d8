//! Questions are personal: the log has none of their words, the record none of their identifiers.

use std::fs;

use camnang::wire::Status;
use serde_json::{Value, json};

use super::workspace;

const QUESTION: &str = "Ông Nguyễn Văn Bưởi, CCCD 001085012345, ĐT 0912 345 678, thư buoi@example.vn, hỏi thời hạn đăng ký khai sinh?";
/// A name that stands by itself and is kept.
const REVIEWER: &str = "Trần Thị Mận";
/// Parts that identify somebody.
const IDENTIFIERS: [&str; 6] = [
    "001085012345",
    "0912",
    "345 678",
    "buoi@example.vn",
    "Văn Bưởi",
    "Bưởi",
];

#[test]
fn log_of_the_server_has_no_word_of_any_question() {
    let workspace = workspace();
    let server = workspace.serve();
    let mark = "Quýtđặcbiệt";
    let asked = server.ask(&format!("{mark} {QUESTION}"));
    assert_eq!(
        server.post_question(&format!("{mark} ").repeat(500)).status,
        400
    );
    assert_eq!(
        server
            .post_bytes("/api/ask", format!("{{\"question\": \"{mark}").as_bytes())
            .status,
        400
    );
    assert_eq!(
        server.get(&format!("/api/search?q={mark}&limit=x")).status,
        400
    );
    assert_eq!(server.get(&format!("/api/search?q={mark}")).status, 200);
    let log = server.kill();
    assert!(log.contains(&asked.id), "{log}");
    for word in IDENTIFIERS.iter().chain(&[mark, "khai sinh"]) {
        assert!(!log.contains(word), "`{word}` is in the log: {log}");
    }
}

#[test]
fn record_and_every_way_out_of_it_hold_no_identifier() {
    let workspace = workspace();
    let server = workspace.serve();
    let reply = server.post_question(QUESTION);
    let id = reply.json::<Value>()["id"].as_str().unwrap().to_owned();
    // A trainer means to be named, and may write of whom the question was about.
    let verdict =
        json!({ "citation": 1, "verdict": "correct", "comment": QUESTION, "reviewer": REVIEWER });
    let judged = server.post(&format!("/api/answers/{id}/verdicts"), &verdict);
    assert_eq!(judged.status, 201, "{judged:?}");
    let shown = [
        reply.body,
        server.get("/api/answers").body,
        server.get(&format!("/api/answers/{id}")).body,
        server.get("/api/answers/export").body,
        server.get("/api/answers/export?format=csv").body,
        workspace.run(["ask", "--json", QUESTION]).stdout,
        workspace.run(["ask", QUESTION]).stdout,
        workspace.run(["audit", "export"]).stdout,
        judged.body,
    ];
    for text in &shown {
        for identifier in IDENTIFIERS {
            assert!(!text.contains(identifier), "`{identifier}` is in {text}");
        }
    }
    assert!(
        shown[1].contains("[số định danh]") && shown[1].contains("[số điện thoại]"),
        "{}",
        shown[1]
    );
    for text in [2, 3, 4, 7, 8].map(|at| &shown[at]) {
        assert!(text.contains(REVIEWER), "{text}");
    }
    assert!(shown[8].contains("CCCD [số định danh]"), "{}", shown[8]);
    for file in ["record.sqlite", "record.sqlite-wal"] {
        let bytes = fs::read(workspace.path(file)).unwrap();
        for identifier in IDENTIFIERS {
            let is_held = bytes
                .windows(identifier.len())
                .any(|window| window == identifier.as_bytes());
            assert!(!is_held, "`{identifier}` is in {file}");
        }
    }
}

#[test]
fn masked_question_is_answered_like_the_same_one_without_identifiers() {
    let workspace = workspace();
    let server = workspace.serve();
    let quotes = |question: &str| -> Vec<String> {
        let answer = server.ask(question);
        assert_eq!(answer.status, Status::Answered, "{question}");
        answer
            .citations
            .into_iter()
            .map(|citation| citation.quote)
            .collect()
    };
    let plain = quotes("Thời hạn đăng ký khai sinh là bao lâu?");
    let personal = quotes("Thời hạn đăng ký khai sinh là bao lâu? ĐT em 0912345678");
    assert!(!plain.is_empty());
    assert_eq!(plain, personal);
}
