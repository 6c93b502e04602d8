//! The record: an answer is in it before anybody sees it, or nobody sees it.

use std::fs;
use std::io;
use std::process::Stdio;

use camnang::wire::Answer;
use rusqlite::Connection;
use serde_json::{Value, json};

use crate::support::{BIRTH, FEE, Output, Workspace, decrees};

/// An indexed corpus without a record yet.
fn workspace() -> Workspace {
    let workspace = Workspace::new(decrees());
    workspace.index(&[]);
    workspace
}

fn exported(workspace: &Workspace, arguments: &[&str]) -> Vec<Value> {
    let output = workspace.run(["audit", "export"].iter().chain(arguments));
    assert_eq!(output.code, Some(0), "{output:?}");
    output
        .stdout
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

#[test]
fn record_holds_what_the_command_line_showed() {
    let workspace = workspace();
    let shown: Vec<Answer> = vec![workspace.ask(BIRTH), workspace.ask("Hộ chiếu ngoại giao?")];
    let rows = exported(&workspace, &[]);
    assert_eq!(rows.len(), 2);
    for (row, answer) in rows.iter().zip(&shown) {
        assert_eq!(
            (&row["id"], &row["question_masked"]),
            (&json!(answer.id), &json!(answer.question))
        );
        assert_eq!(
            (&row["status"], &row["generation"]),
            (&json!(answer.status), &json!(answer.generation.to_string()))
        );
        let citations = row["citations"].as_array().unwrap();
        assert_eq!(citations.len(), answer.citations.len());
        for (recorded, citation) in citations.iter().zip(&answer.citations) {
            assert_eq!(
                (&recorded["quote"], &recorded["locator"]),
                (&json!(citation.quote), &json!(citation.locator))
            );
            assert_eq!(
                (&recorded["document_id"], &recorded["document_version"]),
                (
                    &json!(citation.document_id),
                    &json!(citation.document_version)
                )
            );
            assert_eq!(
                (&recorded["span_start"], &recorded["span_end"]),
                (&json!(citation.span.start), &json!(citation.span.end))
            );
        }
        assert_eq!(
            row["passages"].as_array().unwrap().len(),
            answer.passages.len()
        );
    }
}

#[test]
fn record_holds_an_answer_when_the_server_dies_right_after_showing_it() {
    let workspace = workspace();
    let mut shown = Vec::new();
    for question in [BIRTH, FEE, BIRTH] {
        let server = workspace.serve();
        shown.push(server.ask(question).id);
        server.kill();
    }
    let recorded: Vec<Value> = exported(&workspace, &[])
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    assert_eq!(json!(recorded), json!(shown));
}

#[test]
fn record_that_cannot_be_opened_gives_no_answer() {
    let workspace = workspace();
    let record = workspace.path("record.sqlite");
    fs::create_dir(&record).unwrap();
    workspace
        .run(["ask", BIRTH])
        .failed(&["audit record", record.to_str().unwrap()]);
    workspace
        .run(["serve", "--listen", "127.0.0.1:0"])
        .failed(&["audit record", record.to_str().unwrap()]);
    fs::remove_dir(&record).unwrap();
    fs::write(
        &record,
        "no database, but long enough to be taken for one".repeat(100),
    )
    .unwrap();
    workspace
        .run(["ask", BIRTH])
        .failed(&["is not a readable audit record"]);
    assert!(
        fs::read_to_string(&record)
            .unwrap()
            .starts_with("no database"),
        "a foreign file was changed"
    );
}

#[test]
fn record_that_cannot_be_opened_says_what_to_do() {
    let workspace = workspace();
    fs::write(
        workspace.path("record.sqlite"),
        "no database at all".repeat(100),
    )
    .unwrap();
    workspace
        .run(["ask", BIRTH])
        .failed(&["\nhint: restore it from a backup"]);
    workspace
        .run(["--record", "no/such/folder/record.sqlite", "ask", BIRTH])
        .failed(&["\nhint: check that its folder exists"]);
}

#[test]
fn record_on_a_full_disk_gives_no_answer_and_keeps_the_earlier_ones() {
    let workspace = workspace();
    let earlier = workspace.ask(BIRTH).id;
    for blocks in [0, 8, 32] {
        let output = Output::of(&mut workspace.command_on_full_disk(blocks, &["ask", FEE]));
        output.failed(&["audit record"]);
    }
    let rows = exported(&workspace, &[]);
    assert_eq!(
        rows.iter().map(|row| &row["id"]).collect::<Vec<&Value>>(),
        [&json!(earlier)]
    );
    assert_eq!(workspace.run(["ask", FEE]).code, Some(0));
}

#[test]
fn record_that_refuses_the_answer_itself_shows_nothing_of_it() {
    let workspace = workspace();
    let server = workspace.serve();
    let earlier = server.ask(BIRTH).id;
    let file = Connection::open(workspace.path("record.sqlite")).unwrap();
    // Late, so that all of the answer but its last passage has been taken.
    let refuse = "create trigger refuse before insert on passage when new.rank = 2 begin select raise(abort, 'refused'); end";
    file.execute_batch(refuse).unwrap();
    workspace
        .run(["ask", FEE])
        .failed(&["could not be recorded"]);
    let reply = server.post_question(FEE);
    reply.failed(500, "internal");
    assert!(!reply.body.contains("8.000"), "{reply:?}");
    let log = server.kill();
    assert!(
        log.contains("refused") && !log.contains("trích lục"),
        "{log}"
    );
    let rows = exported(&workspace, &[]);
    assert_eq!(
        rows.iter().map(|row| &row["id"]).collect::<Vec<&Value>>(),
        [&json!(earlier)]
    );
}

#[test]
fn record_held_by_another_writer_gives_no_answer() {
    let workspace = workspace();
    workspace.ask(BIRTH);
    let blocker = Connection::open(workspace.path("record.sqlite")).unwrap();
    blocker.execute_batch("begin immediate").unwrap();
    workspace.run(["ask", FEE]).failed(&["audit record"]);
    blocker.execute_batch("rollback").unwrap();
    assert_eq!(exported(&workspace, &[]).len(), 1);
}

#[test]
fn record_refuses_to_forget() {
    let workspace = workspace();
    workspace.ask(BIRTH);
    let file = Connection::open(workspace.path("record.sqlite")).unwrap();
    for change in [
        "delete from answer",
        "update answer set understood = 'x'",
        "delete from citation",
        "update citation set quote = 'x'",
        "delete from passage",
    ] {
        assert!(file.execute(change, []).is_err(), "{change}");
    }
    assert_eq!(exported(&workspace, &[]).len(), 1);
}

#[test]
fn record_keeps_answers_when_the_index_is_built_anew() {
    let workspace = workspace();
    let before = workspace.ask(BIRTH);
    fs::remove_dir_all(workspace.path("index")).unwrap();
    workspace.write(
        "nd-120-2025.txt",
        crate::support::decree("120/2025/NĐ-CP", 61),
    );
    workspace.index(&[]);
    let row = exported(&workspace, &[]).remove(0);
    assert_eq!(
        (&row["id"], &row["citations"][0]["quote"]),
        (&json!(before.id), &json!(before.citations[0].quote))
    );
}

#[test]
fn export_holds_the_verdicts_of_reviewers() {
    let workspace = workspace();
    let server = workspace.serve();
    let (judged, other) = (server.ask(BIRTH).id, server.ask(FEE).id);
    for verdict in ["unsupported", "correct"] {
        let body = json!({ "citation": 1, "verdict": verdict, "comment": "=1+1; \"Đúng\", xem\nlại", "reviewer": "Nhóm tập huấn" });
        assert_eq!(
            server
                .post(&format!("/api/answers/{judged}/verdicts"), &body)
                .status,
            201
        );
    }
    let all: Vec<Value> = exported(&workspace, &[])
        .iter()
        .map(|row| row["id"].clone())
        .collect();
    assert_eq!(json!(all), json!([judged, other]));
    let rows = exported(&workspace, &["--judged"]);
    assert_eq!((rows.len(), &rows[0]["id"]), (1, &json!(judged)));
    let today = camnang::qa::today(jiff::Timestamp::now());
    let (day, before) = (today.to_iso(), today.previous().unwrap().to_iso());
    assert_eq!(
        exported(&workspace, &["--from", &day, "--to", &day]).len(),
        2
    );
    assert_eq!(exported(&workspace, &["--from", &before]).len(), 2);
    assert!(exported(&workspace, &["--to", &before]).is_empty());
    let turned = ["audit", "export", "--from", &day, "--to", &before];
    workspace
        .run(turned)
        .failed(&["--to is a day before --from"]);
    let verdicts = rows[0]["citations"][0]["verdicts"].as_array().unwrap();
    assert_eq!(
        verdicts
            .iter()
            .map(|verdict| &verdict["verdict"])
            .collect::<Vec<&Value>>(),
        ["unsupported", "correct"]
    );
    let file = workspace.path("export.csv");
    let output = workspace.run([
        "audit",
        "export",
        "--judged",
        "--format",
        "csv",
        "--output",
        file.to_str().unwrap(),
    ]);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (Some(0), ""),
        "{output:?}"
    );
    let text = fs::read_to_string(&file).unwrap();
    let mut table = csv::Reader::from_reader(text.strip_prefix('\u{feff}').unwrap().as_bytes());
    let row: std::collections::HashMap<String, String> =
        table.deserialize().next().unwrap().unwrap();
    assert_eq!(
        (row["answer_id"].as_str(), row["verdict"].as_str()),
        (judged.as_str(), "correct")
    );
    assert_eq!(row["comment"], "'=1+1; \"Đúng\", xem\nlại");
}

#[test]
fn export_to_a_reader_that_leaves_is_no_error() {
    let workspace = workspace();
    workspace.ask(BIRTH);
    for format in ["jsonl", "csv"] {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        let mut command = workspace.command(["audit", "export", "--format", format]);
        let process = command.stdin(Stdio::null()).stdout(writer);
        let output = process.stderr(Stdio::piped()).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!((output.status.code(), told.as_str()), (Some(0), ""));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn export_to_standard_output_that_is_full_is_an_error() {
    let workspace = workspace();
    workspace.ask(BIRTH);
    let full = fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command = workspace.command(["audit", "export"]);
    let process = command.stdin(Stdio::null()).stdout(full);
    let output = process.stderr(Stdio::piped()).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("cannot write the export"), "{told}");
}

#[test]
fn export_never_takes_the_place_of_the_record() {
    let workspace = workspace();
    let id = workspace.ask(BIRTH).id;
    for name in [
        "record.sqlite",
        "corpus/../record.sqlite",
        "record.sqlite-wal",
    ] {
        workspace
            .run(["audit", "export", "-o", name])
            .failed(&["belongs to the record", "\nhint: "]);
    }
    let rows = exported(&workspace, &[]);
    assert_eq!((rows.len(), &rows[0]["id"]), (1, &json!(id)));
}

#[test]
fn export_without_a_record_is_an_error_and_makes_none() {
    let workspace = workspace();
    workspace.run(["audit", "export"]).failed(&["no record at"]);
    assert!(!workspace.path("record.sqlite").exists());
}
