//! The record as files for other programs, oldest answer first.

use std::{
    borrow::Cow,
    io::{self, BufWriter, Write},
};

use super::{
    Error, Filter, Record, StoredAnswer, StoredCitation,
    column::Moment,
    read::{last_seq, load_batch},
};

/// Answers held in memory at a time; between batches the record is free for others.
const ANSWERS_PER_BATCH: u32 = 64;

/// Without this mark Excel reads the file in the system's old code page and breaks Vietnamese.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// Columns of the CSV export, in order; later versions add at the end.
const COLUMNS: [&str; 19] = [
    "answer_id",
    "asked_at",
    "question",
    "status",
    "generation",
    "fingerprint",
    "citation",
    "document_id",
    "document_version",
    "number",
    "title",
    "locator",
    "span_start",
    "span_end",
    "quote",
    "verdict",
    "comment",
    "reviewer",
    "recorded_at",
];

impl Record {
    /// Writes one JSON object a line for each answer, with its citations and all their verdicts.
    ///
    /// Answers recorded after the call began are left out. Returns how many were written.
    ///
    /// # Errors
    /// [`Error::Export`] where `writer` fails, [`Error::Storage`] or [`Error::Damaged`] where the
    /// record cannot be read. A part of the export may have been written then.
    pub fn export_jsonl(&self, filter: &Filter, writer: impl Write) -> Result<u64, Error> {
        let mut writer = BufWriter::new(writer);
        let mut n_answers = 0;
        self.for_each_answer(filter, |answer| {
            n_answers += 1;
            serde_json::to_writer(&mut writer, answer)?;
            writer.write_all(b"\n")
        })?;
        writer.flush()?;
        Ok(n_answers)
    }

    /// Writes a table for a spreadsheet: a row for each citation, with the verdict that counts.
    ///
    /// UTF-8 with a byte order mark, comma-separated, lines ended by CR LF. Cells that a spreadsheet
    /// would run as a formula get a leading apostrophe. An answer without citations has no row here;
    /// it is in [`export_jsonl`](Self::export_jsonl). Answers recorded after the call began are left
    /// out. Returns how many rows were written, not counting the header.
    ///
    /// # Errors
    /// As for [`export_jsonl`](Self::export_jsonl).
    pub fn export_csv(&self, filter: &Filter, mut writer: impl Write) -> Result<u64, Error> {
        writer.write_all(BYTE_ORDER_MARK.as_bytes())?;
        let mut table = csv::WriterBuilder::new()
            .terminator(csv::Terminator::CRLF)
            .from_writer(writer);
        table.write_record(COLUMNS).map_err(writing_failed)?;
        let mut n_rows = 0;
        self.for_each_answer(filter, |answer| {
            for citation in &answer.citations {
                n_rows += 1;
                let cells = cells(answer, citation);
                table
                    .write_record(cells.iter().map(|cell| spreadsheet_text(cell).into_owned()))
                    .map_err(writing_failed)?;
            }
            Ok(())
        })?;
        table.flush()?;
        Ok(n_rows)
    }

    /// Shows `visit` the answers recorded so far, in order, without holding the lock meanwhile.
    pub(super) fn for_each_answer(
        &self,
        filter: &Filter,
        mut visit: impl FnMut(&StoredAnswer) -> io::Result<()>,
    ) -> Result<(), Error> {
        let last = self.with(|connection| last_seq(connection))?;
        let mut after = 0;
        loop {
            let batch = self.with(|connection| {
                load_batch(connection, filter, (after, last), ANSWERS_PER_BATCH)
            })?;
            let Some((seq, _)) = batch.last() else {
                return Ok(());
            };
            after = *seq;
            for (_, answer) in &batch {
                visit(answer)?;
            }
        }
    }
}

/// What the writer below the table said; the table's own conversion hides of which kind it was.
fn writing_failed(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// One row of the table, in the order of [`COLUMNS`].
fn cells(answer: &StoredAnswer, stored: &StoredCitation) -> [String; COLUMNS.len()] {
    let citation = &stored.citation;
    let [verdict, comment, reviewer, recorded_at] = verdict_cells(stored);
    [
        answer.id.clone(),
        Moment(answer.asked_at).to_string(),
        answer.question_masked.clone(),
        answer.status.as_str().to_owned(),
        answer.generation.clone(),
        answer.fingerprint.clone(),
        stored.ordinal.to_string(),
        citation.document_id.clone(),
        citation.document_version.clone(),
        citation.number.clone(),
        citation.title.clone(),
        citation.locator.clone(),
        citation.span_start.to_string(),
        citation.span_end.to_string(),
        citation.quote.clone(),
        verdict,
        comment,
        reviewer,
        recorded_at,
    ]
}

/// Verdict, comment, reviewer and time; empty before a reviewer has spoken.
fn verdict_cells(stored: &StoredCitation) -> [String; 4] {
    stored.verdict().map_or_else(Default::default, |row| {
        [
            row.verdict.as_str().to_owned(),
            row.comment.clone(),
            row.reviewer.clone(),
            Moment(row.recorded_at).to_string(),
        ]
    })
}

/// Text that a spreadsheet shows and does not run.
///
/// Spreadsheets take a cell that begins with one of these characters for a formula, and comments and
/// questions are typed by strangers. A leading apostrophe marks the cell as text. It also lands
/// before the dash of a quoted list item; a program that wants the bare text reads the JSONL export.
fn spreadsheet_text(text: &str) -> Cow<'_, str> {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']) {
        Cow::Owned(format!("'{text}"))
    } else {
        Cow::Borrowed(text)
    }
}
