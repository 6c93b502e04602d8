//! What can go wrong with the record, and what to do about it.

use std::{
    io,
    path::{Path, PathBuf},
};

use rusqlite::ErrorCode;

/// Why the record could not be opened, written or read.
///
/// Where it comes from [`append`](super::Record::append), nothing was stored and the answer must not
/// be shown.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// SQLite failed: no such folder, a read-only file, a full disk, a row that breaks a constraint.
    #[error("cannot use the audit record `{}`", .path.display())]
    Storage {
        /// The record's file.
        path: PathBuf,
        /// SQLite's own words.
        #[source]
        source: rusqlite::Error,
    },
    /// The file is no database, or one that has been damaged.
    #[error("`{}` is not a readable audit record", .path.display())]
    Damaged {
        /// The record's file.
        path: PathBuf,
        /// SQLite's own words.
        #[source]
        source: rusqlite::Error,
    },
    /// The file is a database of another program.
    #[error("`{}` is a database, but not an audit record", .path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// A later version of the program wrote the file.
    #[error(
        "audit record `{}` has version {found}, but this program knows versions up to {known}",
        .path.display()
    )]
    Newer {
        /// The record's file.
        path: PathBuf,
        /// The version in the file.
        found: i64,
        /// The latest version that this program can read.
        known: i64,
    },
    /// No answer has this id.
    #[error("no answer `{id}` in the audit record")]
    UnknownAnswer {
        /// The id asked for.
        id: String,
    },
    /// The answer has no citation with this ordinal.
    #[error("answer `{answer_id}` has {n_citations} citations, but no citation `{citation}`")]
    UnknownCitation {
        /// The answer's id.
        answer_id: String,
        /// The ordinal asked for.
        citation: u32,
        /// How many citations the answer has; they are numbered from 1.
        n_citations: u32,
    },
    /// A reviewer's text is longer than the record takes.
    #[error("{field} has {n_chars} characters, but at most {chars_max} are allowed")]
    TooLong {
        /// Which text: `comment` or `reviewer`.
        field: &'static str,
        /// Its length in characters.
        n_chars: usize,
        /// The limit in characters.
        chars_max: usize,
    },
    /// An export could not be written where the caller wanted it.
    #[error("cannot write the export")]
    Export(#[from] io::Error),
}

impl Error {
    /// What the operator can do, where that is known.
    pub fn hint(&self) -> Option<&'static str> {
        match self {
            Self::Storage { source, .. } => storage_hint(source),
            Self::Damaged { .. } => {
                Some("restore it from a backup, or move it away to start a new record")
            }
            Self::Foreign { .. } => Some("name another file for the audit record"),
            Self::Newer { .. } => Some("use the newer version of the program"),
            Self::UnknownAnswer { .. }
            | Self::UnknownCitation { .. }
            | Self::TooLong { .. }
            | Self::Export(_) => None,
        }
    }

    /// Names the file, and tells a damaged file from other failures.
    pub(super) fn from_sqlite(path: &Path, source: rusqlite::Error) -> Self {
        let path = path.to_owned();
        match source.sqlite_error_code() {
            Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt) => {
                Self::Damaged { path, source }
            }
            _ => Self::Storage { path, source },
        }
    }
}

fn storage_hint(source: &rusqlite::Error) -> Option<&'static str> {
    match source.sqlite_error_code()? {
        ErrorCode::CannotOpen => Some("check that its folder exists and is writable"),
        ErrorCode::ReadOnly | ErrorCode::PermissionDenied => {
            Some("make the file and its folder writable for this user")
        }
        ErrorCode::DiskFull => Some("free disk space; no answer is given until there is room"),
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => {
            Some("another program holds the file; close it")
        }
        _ => None,
    }
}
