//! The record of every answer: what was asked, shown and cited, and how reviewers judged it.
//!
//! The module owns one SQLite file and the types of its rows, and imports no other module of the
//! crate: a record must stay readable when the types of an answer have moved on. It stores what it
//! is given; masking personal identifiers and verifying citations come before it. Rows are only ever
//! added, which triggers in the file enforce. Start at [`Record`]; the tables and the reason for each
//! constraint are in `0001_answers.sql`.
//!
//! # Why an answer cannot be lost
//!
//! [`Record::append`] writes an answer, its citations and its passages in one transaction and
//! returns after the commit; only then may the answer be shown. The file is in write-ahead mode with
//! `synchronous = full`, so a commit has reached the disk when the call returns. A process killed
//! before that leaves an unfinished tail in the write-ahead log; its frames carry running checksums
//! and a commit mark, so the next open finds where the last commit ends and ignores the rest. What
//! was shown is therefore stored, and what is stored is whole. The database, its `-wal` and its
//! `-shm` file belong together: copy all three, or none while the program runs.
//!
//! # Why one connection behind a lock
//!
//! An append takes a few milliseconds and an answer takes far longer, so there is nothing to pool.
//! No method holds the lock while it waits for its caller: exports read a batch, release the lock
//! and only then write, so a slow reader never delays an answer.
//!
//! # Example
//!
//! ```
//! use camnang::audit::{NewAnswer, Record, Status, new_id};
//!
//! let record = Record::in_memory()?;
//! let id = new_id();
//! record.append(&NewAnswer {
//!     id: id.clone(),
//!     asked_at: jiff::Timestamp::now(),
//!     question_masked: "Thời hạn đăng ký khai sinh?".to_owned(),
//!     understood: "thời hạn đăng ký khai sinh".to_owned(),
//!     status: Status::Abstained,
//!     generation: "7".to_owned(),
//!     fingerprint: "3f2a".to_owned(),
//!     body: r#"{"status":"abstained"}"#.to_owned(),
//!     total_ms: 41,
//!     citations: Vec::new(),
//!     passages: Vec::new(),
//! })?;
//! assert!(record.answer(&id)?.is_some());
//! # Ok::<(), camnang::audit::Error>(())
//! ```

mod column;
mod error;
mod export;
mod filter;
mod gold;
mod open;
mod read;
mod row;
#[cfg(test)]
mod tests;
mod write;

use std::{
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
};

use rusqlite::Connection;

pub use error::Error;
pub use filter::{Filter, Show};
pub use read::ROWS_PER_PAGE_MAX;
pub use row::{
    AnswerRow, Citation, NewAnswer, NewVerdict, Page, Passage, Status, StoredAnswer,
    StoredCitation, Verdict, VerdictRow,
};
pub use write::{COMMENT_CHARS_MAX, REVIEWER_CHARS_MAX};

/// An open audit record; share it between threads behind a reference or an `Arc`.
///
/// Several processes may have the same file open: a writer waits a few seconds for another one.
#[derive(Debug)]
pub struct Record {
    connection: Mutex<Connection>,
    path: PathBuf,
}

impl Record {
    /// Opens the record at `path`, creating the file (not its folder) where there is none.
    ///
    /// A record written by an earlier version is brought up to date. The file must be writable: a
    /// record that cannot take the next answer is refused here and not at the first question.
    ///
    /// # Errors
    /// [`Error::Storage`] where the file cannot be opened or written, [`Error::Damaged`] and
    /// [`Error::Foreign`] where it is no audit record, [`Error::Newer`] where a later version of the
    /// program wrote it. Nothing that was recorded is changed then.
    pub fn open(path: &Path) -> Result<Self, Error> {
        Ok(Self {
            connection: Mutex::new(open::file(path)?),
            path: path.to_owned(),
        })
    }

    /// Opens an empty record that is gone when it is dropped, for tests and trials.
    ///
    /// # Errors
    /// [`Error::Storage`] where memory is short.
    pub fn in_memory() -> Result<Self, Error> {
        let path = PathBuf::from(":memory:");
        Ok(Self {
            connection: Mutex::new(open::file(&path)?),
            path,
        })
    }

    /// Runs `work` on the connection and gives its error the path.
    fn with<T>(
        &self,
        work: impl FnOnce(&mut Connection) -> rusqlite::Result<T>,
    ) -> Result<T, Error> {
        // A panic under the lock rolled its transaction back while it unwound: nothing is half done.
        let mut connection = self
            .connection
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        work(&mut connection).map_err(|source| Error::from_sqlite(&self.path, source))
    }
}

/// A new answer id: unique, and ordered by the time it was made (UUID version 7).
pub fn new_id() -> String {
    uuid::Uuid::now_v7().to_string()
}
