//! Journey 1: from a question to a recorded answer. The one path; every way in takes it.
//!
//! No answer leaves without an audit record, no citation leaves unproved.

mod basis;
mod clock;
mod competence;
mod draft;
mod frame;
mod inquiry;
mod judge;
mod named;
mod notices;
mod precedents;
mod remark;
mod respond;
mod sources;
mod validity;

use std::time::Instant;

use jiff::Timestamp;

use crate::audit;
use crate::audit::Record;
use crate::document::Date;
use crate::index;
use crate::index::Store;
use crate::rank::QUESTION_CHARS_MAX;
use crate::rank::Ranker;
use crate::wire;

pub use clock::{Clock, moments, today};
pub use respond::{answer, search};

/// Why a question got no answer at all.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is nothing in the question.
    #[error("the question is empty")]
    Empty,
    /// The question is longer than any question is.
    #[error("the question has {n_chars} characters; at most {QUESTION_CHARS_MAX} are accepted")]
    TooLong {
        /// Its length.
        n_chars: usize,
    },
    /// The index could not be read.
    #[error("searching failed")]
    Index(#[from] index::Error),
    /// The answer could not be recorded, so it is not shown.
    #[error("the answer could not be recorded")]
    Record(#[from] audit::Error),
}

/// Answers questions from a store and records every answer.
pub struct Service {
    store: Store,
    ranker: Ranker,
    record: Record,
}

impl Service {
    /// A service over an open store and record.
    pub fn new(store: Store, ranker: Ranker, record: Record) -> Self {
        Self {
            store,
            ranker,
            record,
        }
    }

    /// The index.
    pub fn store(&self) -> &Store {
        &self.store
    }

    /// What orders passages.
    pub fn ranker(&self) -> &Ranker {
        &self.ranker
    }

    /// The audit record.
    pub fn record(&self) -> &Record {
        &self.record
    }

    /// Answers `text` from the live generation, by the law of the day `as_of` where one is given, and
    /// records the answer before giving it.
    ///
    /// # Errors
    /// When the question cannot be taken, the index not read or the answer not recorded.
    pub fn ask(&self, text: &str, as_of: Option<Date>) -> Result<wire::Answer, Error> {
        let started = Instant::now();
        let asked_at = Timestamp::now();
        check(text)?;
        let generation = self.store.live();
        let mut answer = answer(text, &generation, &self.ranker, Clock::at(asked_at, as_of))?;
        answer.id = audit::new_id();
        answer.asked_at = asked_at.to_string();
        answer.timings_ms.total = respond::milliseconds(started);
        self.record
            .append(&frame::row(&answer, &generation, asked_at))?;
        Ok(answer)
    }
}

/// Whether `text` is a question at all.
///
/// # Errors
/// [`Error::Empty`] or [`Error::TooLong`].
pub fn check(text: &str) -> Result<(), Error> {
    let n_chars = text.trim().chars().count();
    if n_chars == 0 {
        return Err(Error::Empty);
    }
    if n_chars > QUESTION_CHARS_MAX {
        return Err(Error::TooLong { n_chars });
    }
    Ok(())
}
