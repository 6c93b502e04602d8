//! What is left after a kill: whole answers, and every one whose append had returned.

use std::{fs, path::Path};

use tempfile::TempDir;

use super::super::{Filter, Record};
use super::sample;

/// Copies the files as a kill would leave them: the connection stays open, nothing is tidied up.
fn files_after_kill(path: &Path) -> (Vec<u8>, Vec<u8>) {
    (
        fs::read(path).unwrap(),
        fs::read(path.with_extension("db-wal")).unwrap(),
    )
}

/// How many answers are found in these files, all of them checked to be whole.
fn n_whole_answers(database: &[u8], wal: &[u8]) -> u64 {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    fs::write(&path, database).unwrap();
    fs::write(path.with_extension("db-wal"), wal).unwrap();
    let record = Record::open(&path).unwrap();
    let page = record.list(&Filter::default(), 0, 50).unwrap();
    for row in &page.rows {
        let answer = record.answer(&row.id).unwrap().unwrap();
        assert_eq!(
            (answer.citations.len(), answer.passages.len()),
            (2, 2),
            "half an answer"
        );
    }
    page.total
}

#[test]
fn record_killed_after_append_keeps_every_answer() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    let record = Record::open(&path).unwrap();
    for n in 1..=5 {
        record.append(&sample(&n.to_string())).unwrap();
        let (database, wal) = files_after_kill(&path);
        assert_eq!(n_whole_answers(&database, &wal), n);
    }
}

#[test]
fn record_killed_at_any_byte_of_the_log_holds_whole_answers() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    let record = Record::open(&path).unwrap();
    for n in 1..=5 {
        record.append(&sample(&n.to_string())).unwrap();
    }
    let (database, wal) = files_after_kill(&path);
    let mut before = 0;
    for length in (0..wal.len()).step_by(wal.len() / 60) {
        let n_answers = n_whole_answers(&database, &wal[..length]);
        assert!(n_answers >= before, "a longer log held fewer answers");
        before = n_answers;
    }
    assert_eq!(n_whole_answers(&database, &wal), 5);
}

#[test]
fn record_file_is_set_to_survive_a_power_cut() {
    let folder = TempDir::new().unwrap();
    let record = Record::open(&folder.path().join("audit.db")).unwrap();
    let (mode, synchronous, foreign_keys): (String, i64, bool) = record
        .with(|connection| {
            Ok((
                connection.pragma_query_value(None, "journal_mode", |row| row.get(0))?,
                connection.pragma_query_value(None, "synchronous", |row| row.get(0))?,
                connection.pragma_query_value(None, "foreign_keys", |row| row.get(0))?,
            ))
        })
        .unwrap();
    let full = 2;
    assert_eq!(
        (mode.as_str(), synchronous, foreign_keys),
        ("wal", full, true)
    );
}
