//! Appending: everything comes back, and a failure leaves nothing.

use super::super::{Error, Record, Verdict, new_id};
use super::{at, judge, n_rows, record_with, sample};

/// SQLite's message for an append that must fail.
fn refusal(record: &Record, answer: &super::NewAnswer) -> String {
    let before = n_rows(record);
    let error = record.append(answer).unwrap_err();
    assert_eq!(n_rows(record), before, "a failed append left rows behind");
    match error {
        Error::Storage { source, .. } => source.to_string(),
        other => panic!("expected a storage error, found {other:?}"),
    }
}

#[test]
fn append_then_answer_returns_every_field() {
    let record = Record::in_memory().unwrap();
    let new = sample("a");
    record.append(&new).unwrap();
    let stored = record.answer("a").unwrap().unwrap();
    assert_eq!(stored.asked_at, new.asked_at);
    assert_eq!(stored.question_masked, new.question_masked);
    assert_eq!(stored.understood, new.understood);
    assert_eq!(stored.status, new.status);
    assert_eq!(stored.generation, new.generation);
    assert_eq!(stored.fingerprint, new.fingerprint);
    assert_eq!(stored.body, new.body);
    assert_eq!(stored.total_ms, new.total_ms);
    assert_eq!(stored.passages, new.passages);
    assert_eq!(
        stored
            .citations
            .iter()
            .map(|cited| cited.ordinal)
            .collect::<Vec<_>>(),
        [1, 2]
    );
    let citations: Vec<_> = stored
        .citations
        .into_iter()
        .map(|cited| cited.citation)
        .collect();
    assert_eq!(citations, new.citations);
}

#[test]
fn answer_unknown_id_returns_none() {
    assert_eq!(record_with(&["a"]).answer("b").unwrap(), None);
}

#[test]
fn append_time_finer_than_milliseconds_is_cut() {
    let record = Record::in_memory().unwrap();
    let mut answer = sample("a");
    answer.asked_at = at("2026-03-01T02:03:04.9999Z");
    record.append(&answer).unwrap();
    let stored = record.answer("a").unwrap().unwrap();
    assert_eq!(stored.asked_at, at("2026-03-01T02:03:04.999Z"));
}

#[test]
fn append_same_id_is_refused() {
    let record = record_with(&["a"]);
    insta::assert_snapshot!(
        refusal(&record, &sample("a")),
        @"an answer with this id is already recorded"
    );
}

#[test]
fn append_bad_row_is_refused_and_leaves_nothing() {
    let record = Record::in_memory().unwrap();
    let mut no_json = sample("a");
    no_json.body = "{".to_owned();
    assert!(refusal(&record, &no_json).contains("json_valid"));

    let mut two_lines = sample("a");
    two_lines.body = "{\n}".to_owned();
    assert!(refusal(&record, &two_lines).contains("json_valid"));

    let mut reversed_span = sample("a");
    reversed_span.citations[1].span_end = 0;
    assert!(refusal(&record, &reversed_span).contains("span_end"));

    let mut no_score = sample("a");
    no_score.passages[1].score = f32::NAN;
    assert!(refusal(&record, &no_score).contains("score"));

    record.append(&sample("a")).unwrap();
}

#[test]
fn append_full_database_leaves_nothing_and_gives_a_hint() {
    let record = record_with(&["a"]);
    record
        .with(|connection| {
            let n_pages: i64 =
                connection.pragma_query_value(None, "page_count", |row| row.get(0))?;
            connection.pragma_update_and_check(None, "max_page_count", n_pages, |_| Ok(()))
        })
        .unwrap();
    let mut large = sample("b");
    large.body = format!("\"{}\"", "x".repeat(1 << 20));
    assert_eq!(refusal(&record, &large), "database or disk is full");
    let hint = record.append(&large).unwrap_err().hint().unwrap();
    assert!(hint.starts_with("free disk space"), "{hint}");
    assert!(record.answer("a").unwrap().is_some());
}

#[test]
fn append_read_only_connection_is_refused_with_a_hint() {
    let record = Record::in_memory().unwrap();
    record
        .with(|connection| connection.pragma_update(None, "query_only", true))
        .unwrap();
    assert_eq!(
        refusal(&record, &sample("a")),
        "attempt to write a readonly database"
    );
    let hint = record.append(&sample("a")).unwrap_err().hint().unwrap();
    assert!(
        hint.starts_with("make the file and its folder writable"),
        "{hint}"
    );
}

#[test]
fn record_row_changed_removed_or_replaced_is_refused() {
    let record = record_with(&["a"]);
    record
        .add_verdict(&judge("a", 1, Verdict::Correct))
        .unwrap();
    for table in ["answer", "citation", "passage", "verdict"] {
        let first_column = if table == "verdict" || table == "answer" {
            "id"
        } else {
            "answer_id"
        };
        for statement in [
            format!("update {table} set {first_column} = {first_column}"),
            format!("delete from {table}"),
            format!("insert or replace into {table} select * from {table}"),
        ] {
            let before = n_rows(&record);
            let error = record
                .with(|connection| connection.execute(&statement, []))
                .unwrap_err();
            let Error::Storage { source, .. } = error else {
                panic!("{error:?}")
            };
            assert!(
                source.to_string().contains("recorded"),
                "{statement}: {source}"
            );
            assert_eq!(n_rows(&record), before, "{statement}");
        }
    }
}

#[test]
fn new_id_many_are_unique_and_ascending() {
    let ids: Vec<_> = (0..1000).map(|_| new_id()).collect();
    assert!(ids.is_sorted_by(|earlier, later| earlier < later));
}
