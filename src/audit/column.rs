//! From columns to values and back.

use jiff::Timestamp;
use rusqlite::{
    Row, ToSql,
    types::{FromSql, FromSqlError, FromSqlResult, ToSqlOutput, ValueRef},
};

use super::{
    AnswerRow, Citation, Passage, Status, StoredAnswer, StoredCitation, Verdict, VerdictRow,
};

/// A moment as it is stored: RFC 3339 in UTC with milliseconds, so that text order is time order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Moment(pub(super) Timestamp);

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:.3}", self.0)
    }
}

impl ToSql for Moment {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.to_string().into())
    }
}

impl FromSql for Moment {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        value
            .as_str()?
            .parse()
            .map(Self)
            .map_err(FromSqlError::other)
    }
}

impl ToSql for Status {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for Status {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "answered" => Ok(Self::Answered),
            "abstained" => Ok(Self::Abstained),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

impl ToSql for Verdict {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(self.as_str().into())
    }
}

impl FromSql for Verdict {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Self> {
        match value.as_str()? {
            "correct" => Ok(Self::Correct),
            "wrong_place" => Ok(Self::WrongPlace),
            "unsupported" => Ok(Self::Unsupported),
            "outdated" => Ok(Self::Outdated),
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// Reads a row of `answer`; citations and passages are in tables of their own and stay empty here.
pub(super) fn answer(row: &Row<'_>) -> rusqlite::Result<StoredAnswer> {
    Ok(StoredAnswer {
        id: row.get("id")?,
        asked_at: moment(row, "asked_at")?,
        question_masked: row.get("question_masked")?,
        understood: row.get("understood")?,
        status: row.get("status")?,
        generation: row.get("generation")?,
        fingerprint: row.get("fingerprint")?,
        total_ms: row.get("total_ms")?,
        citations: Vec::new(),
        passages: Vec::new(),
        body: row.get("body")?,
    })
}

/// Reads a row of `citation`, its verdicts left empty.
pub(super) fn citation(row: &Row<'_>) -> rusqlite::Result<StoredCitation> {
    Ok(StoredCitation {
        ordinal: row.get("ordinal")?,
        citation: Citation {
            document_id: row.get("document_id")?,
            document_version: row.get("document_version")?,
            number: row.get("number")?,
            title: row.get("title")?,
            locator: row.get("locator")?,
            span_start: row.get("span_start")?,
            span_end: row.get("span_end")?,
            quote: row.get("quote")?,
        },
        verdicts: Vec::new(),
    })
}

/// Reads a row of `passage`.
pub(super) fn passage(row: &Row<'_>) -> rusqlite::Result<Passage> {
    Ok(Passage {
        document_id: row.get("document_id")?,
        locator: row.get("locator")?,
        score: row.get("score")?,
    })
}

/// Reads a row of `verdict`.
pub(super) fn verdict(row: &Row<'_>) -> rusqlite::Result<VerdictRow> {
    Ok(VerdictRow {
        id: row.get("id")?,
        answer_id: row.get("answer_id")?,
        citation: row.get("citation")?,
        verdict: row.get("verdict")?,
        comment: row.get("comment")?,
        reviewer: row.get("reviewer")?,
        recorded_at: moment(row, "recorded_at")?,
    })
}

/// Reads a line of the list of answers.
pub(super) fn answer_row(row: &Row<'_>) -> rusqlite::Result<AnswerRow> {
    Ok(AnswerRow {
        id: row.get("id")?,
        asked_at: moment(row, "asked_at")?,
        question_masked: row.get("question_masked")?,
        status: row.get("status")?,
        n_citations: row.get("n_citations")?,
        n_verdicts: row.get("n_verdicts")?,
        n_judged: row.get("n_judged")?,
    })
}

fn moment(row: &Row<'_>, name: &str) -> rusqlite::Result<Timestamp> {
    row.get(name).map(|Moment(at)| at)
}
