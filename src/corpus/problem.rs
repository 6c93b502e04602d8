//! What was wrong with a source.

use std::fmt;
use std::path::PathBuf;

use crate::extract::ExtractError;

/// A source that was skipped, or read only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the corpus.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: ProblemKind,
}

/// Why a source was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file or folder could not be read; the text is the system's.
    Unreadable(String),
    /// There is nothing in it but white space.
    Empty,
    /// No text could be got out of it.
    NotExtracted(ExtractError),
    /// The front matter or the manifest is not what it should be.
    BadOverrides(String),
    /// One line of a JSON-lines file is no document.
    BadRow {
        /// Line number, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// Another source has the same id; this one was skipped.
    DuplicateId(String),
    /// The manifest names a document that is not there.
    NoSuchDocument(String),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path.display(), self.kind)
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "cannot be read: {reason}"),
            Self::Empty => f.write_str("is empty"),
            Self::NotExtracted(error) => error.fmt(f),
            Self::BadOverrides(reason) => write!(f, "bad metadata: {reason}"),
            Self::BadRow { line, reason } => write!(f, "line {line}: {reason}"),
            Self::DuplicateId(id) => write!(f, "document id `{id}` is taken by another source"),
            Self::NoSuchDocument(id) => {
                write!(f, "names the document `{id}`, which is not in the corpus")
            }
        }
    }
}
