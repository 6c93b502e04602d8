//! The two ways to add to the record.

use jiff::Timestamp;
use rusqlite::{
    Connection, OptionalExtension as _, Transaction, TransactionBehavior, named_params, params,
};

use super::{
    Citation, Error, NewAnswer, NewVerdict, Passage, Record, VerdictRow,
    column::{self, Moment},
};

/// Longest comment on a citation, in characters.
pub const COMMENT_CHARS_MAX: usize = 2_000;

/// Longest reviewer's name, in characters.
pub const REVIEWER_CHARS_MAX: usize = 100;

impl Record {
    /// Records an answer with its citations and passages, all or nothing.
    ///
    /// When this returns, the answer has reached the disk and may be shown.
    ///
    /// # Errors
    /// [`Error::Storage`] where the disk is full or read-only, the id is recorded already, the body
    /// is not JSON on one line, a span ends before it starts or a score is not a number. Nothing is
    /// stored then, and the answer must not be shown.
    pub fn append(&self, answer: &NewAnswer) -> Result<(), Error> {
        self.with(|connection| {
            let transaction =
                connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            insert_answer(&transaction, answer)?;
            insert_citations(&transaction, &answer.id, &answer.citations)?;
            insert_passages(&transaction, &answer.id, &answer.passages)?;
            transaction.commit()
        })
    }

    /// Records a verdict on a citation. Earlier verdicts stay; the latest counts.
    ///
    /// # Errors
    /// [`Error::TooLong`], [`Error::UnknownAnswer`] and [`Error::UnknownCitation`] for a request that
    /// cannot be met, [`Error::Storage`] where it cannot be written. Nothing is stored then.
    pub fn add_verdict(&self, verdict: &NewVerdict<'_>) -> Result<VerdictRow, Error> {
        check_length("comment", verdict.comment, COMMENT_CHARS_MAX)?;
        check_length("reviewer", verdict.reviewer, REVIEWER_CHARS_MAX)?;
        self.check_citation(verdict.answer_id, verdict.citation)?;
        // Answers and citations are never removed, so what was found above is still there.
        self.with(|connection| insert_verdict(connection, verdict))
    }

    fn check_citation(&self, answer_id: &str, citation: u32) -> Result<(), Error> {
        match self.with(|connection| count_citations(connection, answer_id))? {
            None => Err(Error::UnknownAnswer {
                id: answer_id.to_owned(),
            }),
            Some(n_citations) if citation == 0 || citation > n_citations => {
                let answer_id = answer_id.to_owned();
                Err(Error::UnknownCitation {
                    answer_id,
                    citation,
                    n_citations,
                })
            }
            Some(_) => Ok(()),
        }
    }
}

fn check_length(field: &'static str, text: &str, chars_max: usize) -> Result<(), Error> {
    let n_chars = text.chars().count();
    if n_chars > chars_max {
        return Err(Error::TooLong {
            field,
            n_chars,
            chars_max,
        });
    }
    Ok(())
}

fn insert_answer(transaction: &Transaction<'_>, answer: &NewAnswer) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "insert into answer (id, asked_at, question_masked, understood, status, generation,
             fingerprint, total_ms, body)
         values (:id, :asked_at, :question_masked, :understood, :status, :generation,
             :fingerprint, :total_ms, :body)",
    )?;
    insert.execute(named_params! {
        ":id": answer.id,
        ":asked_at": Moment(answer.asked_at),
        ":question_masked": answer.question_masked,
        ":understood": answer.understood,
        ":status": answer.status,
        ":generation": answer.generation,
        ":fingerprint": answer.fingerprint,
        ":total_ms": answer.total_ms,
        ":body": answer.body,
    })?;
    Ok(())
}

fn insert_citations(
    transaction: &Transaction<'_>,
    answer_id: &str,
    citations: &[Citation],
) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "insert into citation (answer_id, ordinal, document_id, document_version, number, title,
             locator, span_start, span_end, quote)
         values (:answer_id, :ordinal, :document_id, :document_version, :number, :title,
             :locator, :span_start, :span_end, :quote)",
    )?;
    for (citation, ordinal) in citations.iter().zip(1_u32..) {
        insert.execute(named_params! {
            ":answer_id": answer_id,
            ":ordinal": ordinal,
            ":document_id": citation.document_id,
            ":document_version": citation.document_version,
            ":number": citation.number,
            ":title": citation.title,
            ":locator": citation.locator,
            ":span_start": citation.span_start,
            ":span_end": citation.span_end,
            ":quote": citation.quote,
        })?;
    }
    Ok(())
}

fn insert_passages(
    transaction: &Transaction<'_>,
    answer_id: &str,
    passages: &[Passage],
) -> rusqlite::Result<()> {
    let mut insert = transaction.prepare_cached(
        "insert into passage (answer_id, rank, document_id, locator, score)
         values (?1, ?2, ?3, ?4, ?5)",
    )?;
    for (passage, rank) in passages.iter().zip(1_u32..) {
        insert.execute(params![
            answer_id,
            rank,
            passage.document_id,
            passage.locator,
            passage.score
        ])?;
    }
    Ok(())
}

/// Writes the verdict and returns the row as it was stored.
fn insert_verdict(
    connection: &Connection,
    verdict: &NewVerdict<'_>,
) -> rusqlite::Result<VerdictRow> {
    let mut insert = connection.prepare_cached(
        "insert into verdict (answer_id, citation, verdict, comment, reviewer, recorded_at)
         values (:answer_id, :citation, :verdict, :comment, :reviewer, :recorded_at)
         returning *",
    )?;
    let values = named_params! {
        ":answer_id": verdict.answer_id,
        ":citation": verdict.citation,
        ":verdict": verdict.verdict,
        ":comment": verdict.comment,
        ":reviewer": verdict.reviewer,
        ":recorded_at": Moment(Timestamp::now()),
    };
    insert.query_one(values, column::verdict)
}

/// How many citations the answer has, or `None` where there is no such answer.
fn count_citations(connection: &Connection, answer_id: &str) -> rusqlite::Result<Option<u32>> {
    connection
        .prepare_cached(
            "select (select count(*) from citation where answer_id = answer.id)
             from answer where id = ?1",
        )?
        .query_row([answer_id], |row| row.get(0))
        .optional()
}
