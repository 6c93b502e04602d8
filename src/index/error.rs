//! What can go wrong with an index on disk.

use std::{io, path::PathBuf};

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
        source: tantivy::TantivyError,
    },
}

impl Error {
    /// An adapter for `map_err` on file operations.
    pub(crate) fn io(
        action: &'static str,
        path: impl Into<PathBuf>,
    ) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io {
            action,
            path,
            source,
        }
    }

    /// An adapter for `map_err` on search library calls.
    pub(crate) fn search(root: impl Into<PathBuf>) -> impl FnOnce(tantivy::TantivyError) -> Self {
        let root = root.into();
        move |source| Self::Search { root, source }
    }
}
