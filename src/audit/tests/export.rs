//! Exports: what they hold, and that a spreadsheet runs none of it.

use std::io::{self, Write};

use serde_json::Value;

use super::super::{Error, Filter, NewVerdict, Record, Verdict};
use super::{at, judge, record_with, sample};

fn jsonl(record: &Record, filter: &Filter) -> Vec<Value> {
    let mut bytes = Vec::new();
    let n_answers = record.export_jsonl(filter, &mut bytes).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.lines().count() as u64, n_answers);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect()
}

/// The cells of each row, header first.
fn csv_rows(record: &Record) -> Vec<Vec<String>> {
    let mut bytes = Vec::new();
    let n_rows = record.export_csv(&Filter::default(), &mut bytes).unwrap();
    let text = bytes
        .strip_prefix("\u{feff}".as_bytes())
        .expect("a byte order mark");
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text);
    let rows: Vec<Vec<String>> = reader
        .records()
        .map(|row| row.unwrap().iter().map(str::to_owned).collect())
        .collect();
    assert_eq!(rows.len() as u64, n_rows + 1);
    rows
}

#[test]
fn export_jsonl_has_everything_newest_last() {
    let record = record_with(&["b", "a"]);
    record
        .add_verdict(&judge("a", 2, Verdict::WrongPlace))
        .unwrap();
    record
        .add_verdict(&judge("a", 2, Verdict::Correct))
        .unwrap();
    let answers = jsonl(&record, &Filter::default());
    assert_eq!(
        answers
            .iter()
            .map(|answer| &answer["id"])
            .collect::<Vec<_>>(),
        ["b", "a"]
    );
    let answer = &answers[1];
    assert_eq!(answer["asked_at"], "2026-03-01T02:03:04.567Z");
    assert_eq!(answer["body"]["note"], "dòng 1\ndòng 2");
    assert_eq!(answer["passages"][1]["locator"], "Điều 5");
    let citation = &answer["citations"][1];
    assert_eq!(citation["ordinal"], 2);
    assert_eq!(citation["locator"], "điểm b khoản 2 Điều 5");
    assert_eq!(citation["verdicts"][0]["verdict"], "wrong_place");
    assert_eq!(citation["verdicts"][1]["verdict"], "correct");
}

#[test]
fn export_jsonl_more_than_a_batch_is_complete_and_filtered() {
    let record = Record::in_memory().unwrap();
    for n in 0..200 {
        let mut answer = sample(&n.to_string());
        let day = if n % 2 == 0 {
            "2026-03-01T00:00:00Z"
        } else {
            "2026-03-02T00:00:00Z"
        };
        answer.asked_at = at(day);
        record.append(&answer).unwrap();
    }
    let filter = Filter {
        from: Some(at("2026-03-02T00:00:00Z")),
        ..Filter::default()
    };
    let ids: Vec<_> = jsonl(&record, &filter)
        .iter()
        .map(|answer| answer["id"].as_str().unwrap().to_owned())
        .collect();
    let odd: Vec<_> = (0..200)
        .filter(|n| n % 2 == 1)
        .map(|n| n.to_string())
        .collect();
    assert_eq!(ids, odd);
}

#[test]
fn export_csv_has_a_row_per_citation_with_its_latest_verdict() {
    let record = record_with(&["b", "a"]);
    record
        .add_verdict(&judge("a", 1, Verdict::WrongPlace))
        .unwrap();
    record
        .add_verdict(&judge("a", 1, Verdict::Correct))
        .unwrap();
    let rows = csv_rows(&record);
    let cell = |row: usize, name: &str| {
        let column = rows[0].iter().position(|column| column == name).unwrap();
        rows[row][column].as_str()
    };
    let keys: Vec<_> = (1..rows.len())
        .map(|row| {
            (
                cell(row, "answer_id"),
                cell(row, "citation"),
                cell(row, "verdict"),
            )
        })
        .collect();
    assert_eq!(
        keys,
        [
            ("b", "1", ""),
            ("b", "2", ""),
            ("a", "1", "correct"),
            ("a", "2", "")
        ]
    );
    assert_eq!(cell(3, "title"), "Luật Hộ tịch");
    assert_eq!(cell(3, "span_end"), "184");
    assert_eq!(cell(3, "reviewer"), "Lan");
}

#[test]
fn export_csv_formula_is_defused() {
    for (text, expected) in [
        ("=1+1", "'=1+1"),
        ("+84", "'+84"),
        ("-1", "'-1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r\n=1", "'\r\n=1"),
        ("＝1", "'＝1"),
        ("đúng, \"chỗ\"\n=1", "đúng, \"chỗ\"\n=1"),
        ("", ""),
    ] {
        let record = Record::in_memory().unwrap();
        let mut answer = sample("a");
        answer.citations.truncate(1);
        answer.question_masked = text.to_owned();
        answer.citations[0].quote = text.to_owned();
        record.append(&answer).unwrap();
        let verdict = judge("a", 1, Verdict::Correct);
        record
            .add_verdict(&NewVerdict {
                comment: text,
                reviewer: text,
                ..verdict
            })
            .unwrap();
        let row = &csv_rows(&record)[1];
        assert_eq!(
            [&row[2], &row[14], &row[16], &row[17]],
            [expected; 4],
            "{text:?}"
        );
    }
}

#[test]
fn export_failing_writer_is_an_error() {
    /// A pipe whose reader takes so many bytes and goes.
    struct Closing(usize);

    impl Write for Closing {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            let taken = bytes.len().min(self.0);
            self.0 -= taken;
            if taken == 0 {
                return Err(io::ErrorKind::BrokenPipe.into());
            }
            Ok(taken)
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    // More than is buffered on the way, so that both fail in the middle too.
    let record = Record::in_memory().unwrap();
    (0..100).for_each(|n| record.append(&sample(&n.to_string())).unwrap());
    let all = Filter::default();
    for n_taken in [0, 10, 10_000] {
        for error in [
            record.export_jsonl(&all, Closing(n_taken)).unwrap_err(),
            record.export_csv(&all, Closing(n_taken)).unwrap_err(),
        ] {
            let Error::Export(cause) = error else {
                panic!("{error:?}")
            };
            assert_eq!(cause.kind(), io::ErrorKind::BrokenPipe, "{n_taken}");
        }
    }
}

#[test]
fn export_writer_that_appends_meets_no_lock_and_ends() {
    /// A slow reader during whose wait further answers are recorded.
    struct Asking<'a>(&'a Record, u32);

    impl Write for Asking<'_> {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.1 += 1;
            self.0.append(&sample(&format!("new {}", self.1))).unwrap();
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    let record = Record::in_memory().unwrap();
    (0..100).for_each(|n| record.append(&sample(&n.to_string())).unwrap());
    let writer = Asking(&record, 0);
    assert_eq!(
        record.export_jsonl(&Filter::default(), writer).unwrap(),
        100
    );
    assert!(record.list(&Filter::default(), 0, 1).unwrap().total > 100);
}

#[test]
fn export_gold_has_the_answers_of_which_something_was_found_right() {
    let record = record_with(&["a", "b", "c"]);
    for (id, citation, verdict) in [
        ("a", 2, Verdict::Correct),
        ("b", 1, Verdict::Correct),
        ("b", 1, Verdict::Outdated),
        ("c", 1, Verdict::Unsupported),
    ] {
        record.add_verdict(&judge(id, citation, verdict)).unwrap();
    }
    let mut bytes = Vec::new();
    let n_written = record.export_gold(&Filter::default(), &mut bytes).unwrap();
    let row: Value = serde_json::from_slice(&bytes).unwrap();
    let expected = serde_json::json!({
        "id": "a",
        "question": "Thời hạn đăng ký khai sinh cho con?",
        "answerable": true,
        "expect": [{"document": "luat-ho-tich", "locator": "điểm b khoản 2 Điều 5"}],
        "contains": "Trong thời hạn 60 ngày kể từ ngày sinh con",
    });
    assert_eq!((n_written, row), (1, expected));
}
