//! Opening: what is refused, and that a refusal changes nothing.

use std::{fs, path::Path, thread};

use rusqlite::{Connection, OpenFlags};
use tempfile::TempDir;

use super::super::{Error, Record, open};
use super::sample;

/// Message, cause and hint of an open that must fail without touching the file.
fn refusal(path: &Path) -> String {
    let before = fs::read(path).unwrap();
    let error = Record::open(path).unwrap_err();
    assert_eq!(
        fs::read(path).unwrap(),
        before,
        "a refused file was changed"
    );
    describe(&error, path)
}

fn describe(error: &Error, path: &Path) -> String {
    let hint = error.hint().unwrap_or("none");
    let text = format!("{:#}\nhint: {hint}", Chain(error));
    text.replace(&path.display().to_string(), "FILE")
}

/// An error with its causes, as the program prints it.
struct Chain<'a>(&'a dyn std::error::Error);

impl std::fmt::Display for Chain<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.0)?;
        self.0
            .source()
            .map_or(Ok(()), |cause| write!(f, ": {}", Chain(cause)))
    }
}

#[test]
fn open_new_file_then_again_keeps_the_answers() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("bản ghi.db");
    Record::open(&path).unwrap().append(&sample("a")).unwrap();
    assert!(Record::open(&path).unwrap().answer("a").unwrap().is_some());
}

#[test]
fn open_empty_file_makes_a_record() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    fs::write(&path, "").unwrap();
    Record::open(&path).unwrap().append(&sample("a")).unwrap();
}

#[test]
fn open_text_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    fs::write(&path, "Nghị định số 120/2025/NĐ-CP\n".repeat(100)).unwrap();
    insta::assert_snapshot!(refusal(&path), @"
    `FILE` is not a readable audit record: file is not a database: Error code 26: file is not a database
    hint: restore it from a backup, or move it away to start a new record
    ");
}

#[test]
fn open_database_of_another_program_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    Connection::open(&path)
        .unwrap()
        .execute_batch("create table t (x)")
        .unwrap();
    insta::assert_snapshot!(refusal(&path), @"
    `FILE` is a database, but not an audit record
    hint: name another file for the audit record
    ");
}

#[test]
fn open_record_of_a_later_version_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    let record = Record::open(&path).unwrap();
    record
        .with(|connection| connection.pragma_update(None, "user_version", 99))
        .unwrap();
    drop(record);
    insta::assert_snapshot!(refusal(&path), @"
    audit record `FILE` has version 99, but this program knows versions up to 1
    hint: use the newer version of the program
    ");
}

#[test]
fn open_missing_folder_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("none").join("audit.db");
    let error = Record::open(&path).unwrap_err();
    insta::assert_snapshot!(describe(&error, &path), @"
    cannot use the audit record `FILE`: unable to open database file: FILE: Error code 14: unable to open database file
    hint: check that its folder exists and is writable
    ");
}

#[test]
fn open_read_only_file_is_refused() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    drop(Record::open(&path).unwrap());
    // Not by file mode, which does not bind the superuser that tests may run as.
    let error = open::open(&path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap_err();
    insta::assert_snapshot!(describe(&error, &path), @"
    cannot use the audit record `FILE`: it is read-only: Error code 8: attempt to write a readonly database
    hint: make the file and its folder writable for this user
    ");
}

#[test]
fn read_damaged_page_is_an_error() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    let record = Record::open(&path).unwrap();
    (0..50).for_each(|n| record.append(&sample(&n.to_string())).unwrap());
    drop(record);
    let mut bytes = fs::read(&path).unwrap();
    bytes[4096 * 2..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let error = Record::open(&path)
        .and_then(|record| record.answer("7"))
        .unwrap_err();
    insta::assert_snapshot!(describe(&error, &path), @"
    `FILE` is not a readable audit record: database disk image is malformed: Error code 11: database disk image is malformed
    hint: restore it from a backup, or move it away to start a new record
    ");
}

#[test]
fn open_by_many_at_once_all_succeed() {
    let folder = TempDir::new().unwrap();
    let path = folder.path().join("audit.db");
    thread::scope(|scope| {
        for n in 0..8 {
            let path = &path;
            scope.spawn(move || {
                Record::open(path)
                    .unwrap()
                    .append(&sample(&n.to_string()))
                    .unwrap();
            });
        }
    });
    let page = Record::open(&path)
        .unwrap()
        .list(&super::super::Filter::default(), 0, 50)
        .unwrap();
    assert_eq!(page.total, 8);
}
