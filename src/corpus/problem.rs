//! What was wrong with a source.

use std::fmt;
use std::path::{Path, PathBuf};

use super::gold;
use super::manifest;
use crate::extract::ExtractError;

/// A source that was skipped, or read only in part.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The file, relative to the corpus.
    pub path: PathBuf,
    /// What is wrong with it.
    pub kind: ProblemKind,
    /// What is there and was not read for it, relative to the corpus: a file, an entry of one, or a
    /// folder with all that is below it.
    pub unread: Option<PathBuf>,
    /// Ids of the documents in it that stay in the index as they were.
    pub kept: Vec<String>,
}

/// Why a source was skipped.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// The file or folder could not be read; the text, mostly the system's, says why.
    Unreadable(String),
    /// There is nothing in it but white space.
    Empty,
    /// No text could be got out of it.
    NotExtracted(ExtractError),
    /// The front matter is not what it should be.
    BadOverrides(String),
    /// The number stated for it is none.
    BadNumber {
        /// What is stated.
        number: String,
        /// What is wrong with it.
        reason: String,
    },
    /// One line of a JSON-lines file is no document.
    BadRow {
        /// Line number, from 1.
        line: usize,
        /// What is wrong with it.
        reason: String,
    },
    /// Another source has the same id; this one was skipped.
    DuplicateId(String),
    /// It has the name of the manifest and is not at the root of the corpus, where alone it is read.
    StrayManifest,
    /// The manifest names a document that is not there.
    NoSuchDocument(String),
    /// The manifest says of a document that the corpus does not hold it, and the corpus does.
    HeldByNow {
        /// The number that the manifest knows it by.
        number: String,
        /// Its id in the corpus.
        id: String,
    },
    /// It has the name of the gold questions and is not at the root of the corpus.
    StrayGold,
    /// What answers a gold question is not there.
    NoAnswer {
        /// Id of the question.
        question: String,
        /// What is missing.
        reason: String,
    },
    /// It carries this marking of state secrecy.
    Secret(&'static str),
}

impl Problem {
    /// What is wrong with the source at `path`, relative to the corpus, that has nothing to do with
    /// whether it can be read.
    pub fn of(path: impl Into<PathBuf>, kind: ProblemKind) -> Self {
        Self {
            path: path.into(),
            kind,
            unread: None,
            kept: Vec::new(),
        }
    }

    /// What is wrong with the manifest.
    pub fn of_manifest(kind: ProblemKind) -> Self {
        Self::of(manifest::FILE, kind)
    }

    /// What is wrong with the gold questions.
    pub fn of_gold(kind: ProblemKind) -> Self {
        Self::of(gold::FILE, kind)
    }

    /// Whether the source `file` is there, as far as this tells, and was not read.
    pub fn hides(&self, file: &str) -> bool {
        let unread = self.unread.as_ref();
        unread.is_some_and(|unread| Path::new(file).starts_with(unread))
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.path.display(), self.kind)?;
        match self.kept.as_slice() {
            [] => Ok(()),
            [id] => write!(f, "; the earlier version of `{id}` stays in the index"),
            ids => write!(
                f,
                "; the earlier versions of {} documents stay in the index",
                ids.len()
            ),
        }
    }
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unreadable(reason) => write!(f, "cannot be read: {reason}"),
            Self::Empty => f.write_str("is empty"),
            Self::NotExtracted(error) => error.fmt(f),
            Self::BadOverrides(reason) => write!(f, "bad metadata: {reason}"),
            Self::BadNumber { number, reason } => write!(
                f,
                "the stated number `{number}` is {reason}; what is read in its text counts instead"
            ),
            Self::BadRow { line, reason } => write!(f, "line {line}: {reason}"),
            Self::DuplicateId(id) => write!(f, "document id `{id}` is taken by another source"),
            Self::StrayManifest => write!(
                f,
                "is not read, and what it states has no effect; put its lines into `{}` at the root of \
                 the corpus, with the path from there in the id of each document",
                manifest::FILE
            ),
            Self::StrayGold => write!(
                f,
                "has the name of the corpus's gold questions and is not read; put its lines into `{}` at \
                 the root of the corpus",
                gold::FILE
            ),
            Self::NoAnswer { question, reason } => write!(
                f,
                "question `{question}` helps nobody: {reason}; correct the row or take it out"
            ),
            Self::NoSuchDocument(id) => {
                write!(f, "names the document `{id}`, which is not in the corpus")
            }
            Self::HeldByNow { number, id } => write!(
                f,
                "`known.\"{number}\"` is now in the corpus as `{id}` and counts no more; take it out"
            ),
            Self::Secret(degree) => write!(
                f,
                "carries the security marking {degree} and is left out; take it off this machine, or \
                 state `not_secret = true` for it if the marking was lifted"
            ),
        }
    }
}
