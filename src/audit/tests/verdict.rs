//! Verdicts: what is refused, what is kept, which counts.

use super::super::{
    COMMENT_CHARS_MAX, Error, NewVerdict, REVIEWER_CHARS_MAX, Status, Verdict, VerdictRow,
};
use super::{judge, n_rows, record_with};

fn verdicts(rows: &[VerdictRow]) -> Vec<Verdict> {
    rows.iter().map(|row| row.verdict).collect()
}

#[test]
fn add_verdict_later_one_counts_and_earlier_one_stays() {
    let record = record_with(&["a"]);
    let first = record
        .add_verdict(&judge("a", 2, Verdict::Correct))
        .unwrap();
    let second = record
        .add_verdict(&judge("a", 2, Verdict::Outdated))
        .unwrap();
    assert!(first.id < second.id);
    assert!(first.recorded_at <= second.recorded_at);
    assert_eq!(record.verdicts("a").unwrap(), [first, second.clone()]);
    let stored = record.answer("a").unwrap().unwrap();
    assert_eq!(stored.citations[0].verdict(), None);
    assert_eq!(stored.citations[1].verdict(), Some(&second));
    assert_eq!(
        verdicts(&stored.citations[1].verdicts),
        [Verdict::Correct, Verdict::Outdated]
    );
}

#[test]
fn add_verdict_unknown_answer_is_refused() {
    let record = record_with(&["a"]);
    let error = record
        .add_verdict(&judge("b", 1, Verdict::Correct))
        .unwrap_err();
    assert!(matches!(error, Error::UnknownAnswer { .. }));
    insta::assert_snapshot!(error, @"no answer `b` in the audit record");
    assert_eq!(record.verdicts("b").unwrap(), []);
}

#[test]
fn add_verdict_unknown_citation_is_refused() {
    let record = record_with(&["a"]);
    for citation in [0, 3, u32::MAX] {
        let error = record
            .add_verdict(&judge("a", citation, Verdict::Correct))
            .unwrap_err();
        assert!(
            matches!(error, Error::UnknownCitation { n_citations: 2, .. }),
            "{error:?}"
        );
    }
    let error = record
        .add_verdict(&judge("a", 3, Verdict::Correct))
        .unwrap_err();
    insta::assert_snapshot!(error, @"answer `a` has 2 citations, but no citation `3`");
}

#[test]
fn add_verdict_text_at_the_limit_is_kept_and_beyond_it_refused() {
    let record = record_with(&["a"]);
    let comment = "ệ".repeat(COMMENT_CHARS_MAX);
    let reviewer = "ệ".repeat(REVIEWER_CHARS_MAX);
    let fits = NewVerdict {
        comment: &comment,
        reviewer: &reviewer,
        ..judge("a", 1, Verdict::Correct)
    };
    assert_eq!(record.add_verdict(&fits).unwrap().comment, comment);

    let before = n_rows(&record);
    let (comment, reviewer) = (format!("{comment}x"), format!("{reviewer}x"));
    let error = record
        .add_verdict(&NewVerdict {
            comment: &comment,
            ..fits
        })
        .unwrap_err();
    insta::assert_snapshot!(error, @"comment has 2001 characters, but at most 2000 are allowed");
    let error = record
        .add_verdict(&NewVerdict {
            reviewer: &reviewer,
            ..fits
        })
        .unwrap_err();
    insta::assert_snapshot!(error, @"reviewer has 101 characters, but at most 100 are allowed");
    assert_eq!(n_rows(&record), before);
}

#[test]
fn add_verdict_hostile_text_is_kept_to_the_letter() {
    let record = record_with(&["a"]);
    let comment = "'); drop table verdict; -- <script> \0 😀";
    let verdict = NewVerdict {
        comment,
        ..judge("a", 1, Verdict::Unsupported)
    };
    record.add_verdict(&verdict).unwrap();
    assert_eq!(record.verdicts("a").unwrap()[0].comment, comment);
}

#[test]
fn closed_sets_stored_word_is_the_word_in_json() {
    for verdict in [
        Verdict::Correct,
        Verdict::WrongPlace,
        Verdict::Unsupported,
        Verdict::Outdated,
    ] {
        let json = serde_json::to_value(verdict).unwrap();
        assert_eq!(json, verdict.as_str());
        let record = record_with(&["a"]);
        record.add_verdict(&judge("a", 1, verdict)).unwrap();
        assert_eq!(verdicts(&record.verdicts("a").unwrap()), [verdict]);
    }
    for status in [Status::Answered, Status::Abstained] {
        assert_eq!(serde_json::to_value(status).unwrap(), status.as_str());
    }
}
