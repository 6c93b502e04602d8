//! Reading answers back: one, a page of the list, or a batch for an export.

use rusqlite::{Connection, OptionalExtension as _, Params, Row, named_params};

use super::{
    AnswerRow, Error, Filter, Page, Passage, Record, StoredAnswer, StoredCitation, VerdictRow,
    column::{self, Moment},
};

/// Most rows that one page of the list has.
pub const ROWS_PER_PAGE_MAX: u64 = 500;

/// The condition that [`Filter`] stands for; a statement that has it binds all three names. Of `answer`
/// itself it reads what `answer_by_time` holds, so that a count opens no answer.
macro_rules! filter_sql {
    () => {
        "(:from is null or asked_at >= :from) and (:until is null or asked_at < :until)
         and case :show
             when 'open' then exists (
                 select 1 from citation where answer_id = answer.id and not exists (
                     select 1 from verdict
                     where answer_id = answer.id and verdict.citation = citation.ordinal))
             when 'judged' then exists (select 1 from verdict where answer_id = answer.id)
             when 'abstained' then exists (
                 select 1 from answer as a where a.id = answer.id and a.status = 'abstained')
             when 'all' then true
         end"
    };
}

impl Record {
    /// The answer with this id, its citations with their verdicts, and its passages.
    ///
    /// # Errors
    /// [`Error::Storage`] or [`Error::Damaged`] where the file cannot be read.
    pub fn answer(&self, id: &str) -> Result<Option<StoredAnswer>, Error> {
        self.with(|connection| load_answer(connection, id))
    }

    /// The answers that pass `filter`, newest first, without the first `offset` of them.
    ///
    /// Newest is what was recorded last. A page has at most `limit` rows and never more than
    /// [`ROWS_PER_PAGE_MAX`].
    ///
    /// # Errors
    /// [`Error::Storage`] or [`Error::Damaged`] where the file cannot be read.
    pub fn list(&self, filter: &Filter, offset: u64, limit: u64) -> Result<Page, Error> {
        self.with(|connection| {
            let total = count_answers(connection, filter)?;
            let limit = limit.min(ROWS_PER_PAGE_MAX);
            // An offset past the end is an empty page, also where it exceeds what SQLite can count.
            let rows = load_rows(connection, filter, offset.min(total), limit)?;
            Ok(Page { total, rows })
        })
    }

    /// The verdicts on an answer's citations, oldest first; none where there is no such answer.
    ///
    /// # Errors
    /// [`Error::Storage`] or [`Error::Damaged`] where the file cannot be read.
    pub fn verdicts(&self, answer_id: &str) -> Result<Vec<VerdictRow>, Error> {
        self.with(|connection| load_verdicts(connection, answer_id))
    }
}

fn count_answers(connection: &Connection, filter: &Filter) -> rusqlite::Result<u64> {
    connection
        .prepare_cached(concat!("select count(*) from answer where ", filter_sql!()))?
        .query_row(
            named_params! {
                ":from": filter.from.map(Moment),
                ":until": filter.until.map(Moment),
                ":show": filter.show.as_str(),
            },
            |row| row.get(0),
        )
}

fn load_rows(
    connection: &Connection,
    filter: &Filter,
    offset: u64,
    limit: u64,
) -> rusqlite::Result<Vec<AnswerRow>> {
    let sql = concat!(
        "select id, asked_at, question_masked, status,
             (select count(*) from citation where answer_id = answer.id) as n_citations,
             (select count(*) from verdict where answer_id = answer.id) as n_verdicts,
             (select count(distinct citation) from verdict where answer_id = answer.id) as n_judged
         from answer where ",
        filter_sql!(),
        " order by seq desc limit :limit offset :offset"
    );
    let values = named_params! {
        ":from": filter.from.map(Moment),
        ":until": filter.until.map(Moment),
        ":show": filter.show.as_str(),
        ":limit": limit,
        ":offset": offset,
    };
    collect(connection, sql, values, column::answer_row)
}

/// The place of the last answer in the order of recording, or 0 where there is none.
pub(super) fn last_seq(connection: &Connection) -> rusqlite::Result<i64> {
    connection.query_row("select coalesce(max(seq), 0) from answer", [], |row| {
        row.get(0)
    })
}

/// Up to `limit` answers that pass `filter`, in the order of recording, each with its place in it.
///
/// They come after place `after` and no later than place `last`.
pub(super) fn load_batch(
    connection: &Connection,
    filter: &Filter,
    (after, last): (i64, i64),
    limit: u32,
) -> rusqlite::Result<Vec<(i64, StoredAnswer)>> {
    let mut select = connection.prepare_cached(concat!(
        "select seq, id from answer where seq > :after and seq <= :last and ",
        filter_sql!(),
        " order by seq limit :limit"
    ))?;
    let mut rows = select.query(named_params! {
        ":from": filter.from.map(Moment),
        ":until": filter.until.map(Moment),
        ":show": filter.show.as_str(),
        ":after": after,
        ":last": last,
        ":limit": limit,
    })?;
    let mut batch = Vec::new();
    while let Some(row) = rows.next()? {
        let id: String = row.get("id")?;
        if let Some(answer) = load_answer(connection, &id)? {
            batch.push((row.get("seq")?, answer));
        }
    }
    Ok(batch)
}

fn load_answer(connection: &Connection, id: &str) -> rusqlite::Result<Option<StoredAnswer>> {
    let answer = connection
        .prepare_cached("select * from answer where id = ?1")?
        .query_row([id], column::answer)
        .optional()?;
    let Some(mut answer) = answer else {
        return Ok(None);
    };
    answer.citations = load_citations(connection, id)?;
    answer.passages = load_passages(connection, id)?;
    Ok(Some(answer))
}

fn load_citations(connection: &Connection, id: &str) -> rusqlite::Result<Vec<StoredCitation>> {
    let sql = "select * from citation where answer_id = ?1 order by ordinal";
    let mut citations = collect(connection, sql, [id], column::citation)?;
    for verdict in load_verdicts(connection, id)? {
        if let Some(cited) = citations
            .iter_mut()
            .find(|cited| cited.ordinal == verdict.citation)
        {
            cited.verdicts.push(verdict);
        }
    }
    Ok(citations)
}

fn load_verdicts(connection: &Connection, id: &str) -> rusqlite::Result<Vec<VerdictRow>> {
    let sql = "select * from verdict where answer_id = ?1 order by id";
    collect(connection, sql, [id], column::verdict)
}

fn load_passages(connection: &Connection, id: &str) -> rusqlite::Result<Vec<Passage>> {
    let sql = "select * from passage where answer_id = ?1 order by rank";
    collect(connection, sql, [id], column::passage)
}

/// All rows of a query, each read by `value`.
fn collect<T>(
    connection: &Connection,
    sql: &str,
    parameters: impl Params,
    value: fn(&Row<'_>) -> rusqlite::Result<T>,
) -> rusqlite::Result<Vec<T>> {
    connection
        .prepare_cached(sql)?
        .query_map(parameters, value)?
        .collect()
}
