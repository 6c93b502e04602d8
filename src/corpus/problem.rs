//! What was wrong with a source.

use std::fmt;
use std::path::PathBuf;

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
    /// The bytes are not UTF-8; the offset of the first bad one.
    InvalidUtf8 {
        /// Offset of the first byte that is not UTF-8.
        at: usize,
    },
    /// No reader for this kind of file.
    UnsupportedFormat,
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
            Self::InvalidUtf8 { at } => write!(f, "is not UTF-8 (byte {at}); convert it first"),
            Self::UnsupportedFormat => f.write_str(
                "is of a format that is not read; accepted: .txt, .md, .jsonl, .jsonl.gz",
            ),
            Self::BadOverrides(reason) => write!(f, "bad metadata: {reason}"),
            Self::BadRow { line, reason } => write!(f, "line {line}: {reason}"),
            Self::DuplicateId(id) => write!(f, "document id `{id}` is taken by another source"),
            Self::NoSuchDocument(id) => {
                write!(f, "names the document `{id}`, which is not in the corpus")
            }
        }
    }
}
