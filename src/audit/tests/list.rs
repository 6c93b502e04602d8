//! The list: order, pages, counts, filters, and readers beside writers.

use std::thread;

use super::super::{Filter, Page, ROWS_PER_PAGE_MAX, Record, Show, Status, Verdict};
use super::{at, judge, record_with, sample};

fn ids(page: &Page) -> Vec<&str> {
    page.rows.iter().map(|row| row.id.as_str()).collect()
}

fn ids_for(record: &Record, filter: &Filter) -> Vec<String> {
    let page = record.list(filter, 0, 50).unwrap();
    assert_eq!(usize::try_from(page.total).unwrap(), page.rows.len());
    page.rows.into_iter().map(|row| row.id).collect()
}

#[test]
fn list_pages_are_newest_first_with_the_total() {
    // Recorded in an order that neither the ids nor the clock follow.
    let record = record_with(&["c", "a", "e", "b", "d"]);
    let all = Filter::default();
    assert_eq!(ids(&record.list(&all, 0, 2).unwrap()), ["d", "b"]);
    assert_eq!(ids(&record.list(&all, 2, 2).unwrap()), ["e", "a"]);
    assert_eq!(ids(&record.list(&all, 4, 2).unwrap()), ["c"]);
    for (offset, limit) in [(5, 2), (u64::MAX, 2), (0, 0)] {
        let page = record.list(&all, offset, limit).unwrap();
        assert_eq!((page.total, page.rows.len()), (5, 0));
    }
}

#[test]
fn list_limit_above_the_bound_is_cut() {
    let record = Record::in_memory().unwrap();
    (0..=ROWS_PER_PAGE_MAX).for_each(|n| record.append(&sample(&n.to_string())).unwrap());
    let page = record.list(&Filter::default(), 0, u64::MAX).unwrap();
    assert_eq!(page.total, ROWS_PER_PAGE_MAX + 1);
    assert_eq!(page.rows.len() as u64, ROWS_PER_PAGE_MAX);
}

#[test]
fn list_rows_carry_their_counts() {
    let record = record_with(&["a"]);
    let mut abstained = sample("b");
    abstained.status = Status::Abstained;
    abstained.citations.clear();
    record.append(&abstained).unwrap();
    record
        .add_verdict(&judge("a", 1, Verdict::Unsupported))
        .unwrap();
    record
        .add_verdict(&judge("a", 1, Verdict::Correct))
        .unwrap();
    let page = record.list(&Filter::default(), 0, 50).unwrap();
    let counts: Vec<_> = page
        .rows
        .iter()
        .map(|row| (row.n_citations, row.n_verdicts, row.n_judged))
        .collect();
    assert_eq!(counts, [(0, 0, 0), (2, 2, 1)]);
    assert_eq!(page.rows[0].status, Status::Abstained);
    assert_eq!(page.rows[1].asked_at, sample("a").asked_at);
}

#[test]
fn list_filters_by_time_and_by_verdict() {
    let record = Record::in_memory().unwrap();
    for day in 1..=4 {
        let mut answer = sample(&day.to_string());
        answer.asked_at = at(&format!("2026-03-0{day}T00:00:00Z"));
        record.append(&answer).unwrap();
    }
    record
        .add_verdict(&judge("2", 1, Verdict::Correct))
        .unwrap();
    record
        .add_verdict(&judge("4", 1, Verdict::Correct))
        .unwrap();
    let days = Filter {
        from: Some(at("2026-03-02T00:00:00Z")),
        until: Some(at("2026-03-04T00:00:00Z")),
        show: Show::All,
    };
    let shown = |show, filter| ids_for(&record, &Filter { show, ..filter });
    assert_eq!(ids_for(&record, &days), ["3", "2"]);
    assert_eq!(shown(Show::Judged, days), ["2"]);
    assert_eq!(shown(Show::Judged, Filter::default()), ["4", "2"]);
}

#[test]
fn list_shows_what_is_still_to_be_judged() {
    let record = record_with(&["whole", "half", "none"]);
    let mut abstained = sample("abstained");
    abstained.status = Status::Abstained;
    abstained.citations.clear();
    record.append(&abstained).unwrap();
    for (id, citation) in [("whole", 1), ("whole", 2), ("half", 2), ("half", 2)] {
        record
            .add_verdict(&judge(id, citation, Verdict::Correct))
            .unwrap();
    }
    let shown = |show| {
        let filter = Filter {
            show,
            ..Filter::default()
        };
        ids_for(&record, &filter)
    };
    assert_eq!(shown(Show::Open), ["none", "half"]);
    assert_eq!(shown(Show::Judged), ["half", "whole"]);
    assert_eq!(shown(Show::Abstained), ["abstained"]);
    assert_eq!(shown(Show::All).len(), 4);
}

#[test]
fn record_appended_by_many_while_listed_loses_nothing() {
    fn shared<T: Send + Sync>(value: T) -> T {
        value
    }
    let folder = tempfile::TempDir::new().unwrap();
    let record = shared(Record::open(&folder.path().join("audit.db")).unwrap());
    thread::scope(|scope| {
        let record = &record;
        let write = |writer: u32| {
            (0..10).for_each(|n| record.append(&sample(&format!("{writer}-{n}"))).unwrap());
        };
        let writers: Vec<_> = (0..8).map(|n| scope.spawn(move || write(n))).collect();
        let mut seen = 0;
        let mut is_last = false;
        while !is_last {
            // Looked at before the list is, which then has all that they wrote.
            is_last = writers.iter().all(thread::ScopedJoinHandle::is_finished);
            let page = record.list(&Filter::default(), 0, 100).unwrap();
            assert!(page.total >= seen, "an answer disappeared");
            assert!(
                page.rows.iter().all(|row| row.n_citations == 2),
                "a half answer was seen"
            );
            seen = page.total;
        }
        assert_eq!(seen, 80, "an answer was lost");
    });
}
