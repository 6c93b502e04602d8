//! What can go wrong with an index on disk.

use std::{io, path::PathBuf};

use tantivy::TantivyError;
use tantivy::directory::error::{OpenDirectoryError, OpenReadError};

/// A failed index operation. The live generation is never harmed by one.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No generation was ever completed here.
    #[error("no index at `{}`\nhint: run `camnang index`", root.display())]
    Missing {
        /// The index folder.
        root: PathBuf,
    },
    /// The generation was written by another version of the program.
    #[error("index at `{}` has format {found}, but this program reads {expected}\nhint: run `camnang index --rebuild`", root.display())]
    Stale {
        /// The generation's folder.
        root: PathBuf,
        /// What the generation says of itself.
        found: String,
        /// What this program writes.
        expected: String,
    },
    /// The passages carry vectors of another model than the one that ranks, or none.
    #[error(
        "the index was built with model {found}, but ranking uses model {expected}\nhint: run `camnang index`"
    )]
    OtherModel {
        /// Fingerprint that the index names.
        found: String,
        /// Fingerprint of the model in use.
        expected: String,
    },
    /// A file of the generation is missing or cannot be read as what it should be.
    #[error("index at `{}` is damaged: {reason}\nhint: run `camnang index --rebuild`", root.display())]
    Damaged {
        /// The generation's folder.
        root: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The user lacks a right; nothing is wrong with the index.
    #[error("no permission to {action} `{}`\nhint: give this user the right, or name another folder with --index", path.display())]
    Denied {
        /// What was tried.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
    },
    /// Another process is building.
    #[error("another index build is running on `{}`", root.display())]
    Locked {
        /// The index folder.
        root: PathBuf,
    },
    /// Reading or writing failed; the generation being built is discarded.
    #[error("cannot {action} `{}`", path.display())]
    Io {
        /// What was tried.
        action: &'static str,
        /// On which file or folder.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The search library failed.
    #[error("the search library failed in `{}`", root.display())]
    Search {
        /// The folder of the failing index.
        root: PathBuf,
        /// Why it failed.
        source: TantivyError,
    },
}

impl Error {
    /// An adapter for `map_err` on file operations.
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied => Self::Denied { action, path },
            _ => Self::Io {
                action,
                path,
                source,
            },
        }
    }

    /// An adapter for `map_err` where a file of a complete generation is opened: what is missing
    /// there is damage, a right that is missing is none.
    pub(crate) fn opening(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let root = path.into();
        move |source| Self::unopened(root, Some(source.kind()), source.to_string())
    }

    /// The same for what the search library opens.
    pub(crate) fn opening_search(root: impl Into<PathBuf>) -> impl FnOnce(TantivyError) -> Self {
        let root = root.into();
        move |source| Self::unopened(root, io_kind(&source), source.to_string())
    }

    fn unopened(root: PathBuf, kind: Option<io::ErrorKind>, reason: String) -> Self {
        match kind {
            Some(io::ErrorKind::PermissionDenied) => Self::Denied {
                action: "read",
                path: root,
            },
            _ => Self::Damaged { root, reason },
        }
    }

    /// An adapter for `map_err` on search library calls.
    pub(crate) fn search(root: impl Into<PathBuf>) -> impl FnOnce(TantivyError) -> Self {
        let root = root.into();
        move |source| Self::Search { root, source }
    }
}

/// What the system said to the search library that was opening a file or folder.
fn io_kind(error: &TantivyError) -> Option<io::ErrorKind> {
    match error {
        TantivyError::IoError(io_error)
        | TantivyError::OpenReadError(OpenReadError::IoError { io_error, .. })
        | TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, .. }) => {
            Some(io_error.kind())
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_right_is_no_damage_that_a_rebuild_would_mend() {
        let denied = || io::Error::from(io::ErrorKind::PermissionDenied);
        let file = OpenReadError::wrap_io_error(denied(), "meta.json".into());
        let folder = OpenDirectoryError::wrap_io_error(denied(), "passages".into());
        for error in [
            Error::opening("index")(denied()),
            Error::opening_search("index")(file.into()),
            Error::opening_search("index")(folder.into()),
            Error::io("create", "index")(denied()),
        ] {
            assert!(matches!(error, Error::Denied { .. }), "{error}");
            let told = error.to_string();
            assert!(told.starts_with("no permission to ") && !told.contains("--rebuild"));
        }
    }

    #[test]
    fn a_missing_file_of_a_generation_is_damage() {
        let file = OpenReadError::FileDoesNotExist("meta.json".into());
        for error in [
            Error::opening("index")(io::Error::from(io::ErrorKind::NotFound)),
            Error::opening_search("index")(file.into()),
        ] {
            assert!(matches!(error, Error::Damaged { .. }), "{error}");
        }
    }
}
