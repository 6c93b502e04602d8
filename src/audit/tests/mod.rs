//! Tests of the record, by what is done with it, and the rows they share.

mod append;
mod durability;
mod export;
mod list;
mod open;
mod verdict;

use jiff::Timestamp;

use super::{Citation, NewAnswer, NewVerdict, Passage, Record, Status, Verdict};

/// An answer with two citations and two passages, asked at a fixed time.
fn sample(id: &str) -> NewAnswer {
    NewAnswer {
        id: id.to_owned(),
        asked_at: at("2026-03-01T02:03:04.567Z"),
        question_masked: "Thời hạn đăng ký khai sinh cho con?".to_owned(),
        understood: "thời hạn đăng ký khai sinh".to_owned(),
        status: Status::Answered,
        generation: "7".to_owned(),
        fingerprint: "3f2a".to_owned(),
        body: r#"{"status":"answered","note":"dòng 1\ndòng 2"}"#.to_owned(),
        total_ms: 412,
        citations: vec![
            citation("khoản 1 Điều 15"),
            citation("điểm b khoản 2 Điều 5"),
        ],
        passages: vec![passage("Điều 15", 12.5), passage("Điều 5", 7.25)],
    }
}

fn citation(locator: &str) -> Citation {
    Citation {
        document_id: "luat-ho-tich".to_owned(),
        document_version: "b3a1".to_owned(),
        number: "60/2014/QH13".to_owned(),
        title: "Luật Hộ tịch".to_owned(),
        locator: locator.to_owned(),
        span_start: 120,
        span_end: 184,
        quote: "Trong thời hạn 60 ngày kể từ ngày sinh con".to_owned(),
    }
}

fn passage(locator: &str, score: f32) -> Passage {
    Passage {
        document_id: "luat-ho-tich".to_owned(),
        locator: locator.to_owned(),
        score,
    }
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A record in memory that holds answers with these ids, in this order.
fn record_with(ids: &[&str]) -> Record {
    let record = Record::in_memory().unwrap();
    for id in ids {
        record.append(&sample(id)).unwrap();
    }
    record
}

fn judge(answer_id: &str, citation: u32, verdict: Verdict) -> NewVerdict<'_> {
    NewVerdict {
        answer_id,
        citation,
        verdict,
        comment: "đúng chỗ",
        reviewer: "Lan",
    }
}

/// How many rows the four tables have together.
fn n_rows(record: &Record) -> u32 {
    let sql = "select (select count(*) from answer) + (select count(*) from citation)
        + (select count(*) from passage) + (select count(*) from verdict)";
    record
        .with(|connection| connection.query_row(sql, [], |row| row.get(0)))
        .unwrap()
}
