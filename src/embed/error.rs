//! What can go wrong with a model folder.

use std::fmt::Display;
use std::io;
use std::path::Path;
use std::path::PathBuf;

/// A model that cannot be opened, or a text that it cannot read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A file of the model is not there.
    #[error("no `{}`\nhint: a model folder needs all of its files (src/embed/mod.rs tells which); copy the whole folder", path.display())]
    Missing {
        /// The file.
        path: PathBuf,
    },
    /// Reading failed.
    #[error("cannot read `{}`", path.display())]
    Io {
        /// Which file.
        path: PathBuf,
        /// Why it failed.
        source: io::Error,
    },
    /// The manifest, or the description of the pooling, cannot be used.
    #[error("`{}` cannot be used: {reason}\nhint: correct the file, or copy it again; a sentence model without it takes the defaults", path.display())]
    Manifest {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A file is not the one that the manifest was written for.
    #[error("`{}` has the hash {found}, but the manifest says {expected}\nhint: copy the file again; write a new manifest only if the change was meant", path.display())]
    Hash {
        /// The file.
        path: PathBuf,
        /// BLAKE3 in the manifest, hexadecimal.
        expected: String,
        /// BLAKE3 of the file, hexadecimal.
        found: String,
    },
    /// The description of the model is damaged, incomplete or asks for what is not supported.
    #[error("`{}` cannot be used: {reason}\nhint: copy the folder again, or choose another model", path.display())]
    Config {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// A model of a family that this program does not compute.
    #[error("`{}` has the model type `{found}`, but this program computes {known}\nhint: choose a model of one of these types", path.display())]
    UnknownType {
        /// The file that says so.
        path: PathBuf,
        /// What it says.
        found: String,
        /// What it could say.
        known: String,
    },
    /// The weights are not a whole safetensors file, or hold values that cannot be computed with.
    #[error("`{}` is damaged: {reason}\nhint: copy the file again", path.display())]
    Weights {
        /// The file.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The model needs a tensor that the weights do not hold.
    #[error("`{}` has no tensor `{name}`\nhint: weights and config.json are of different models; copy both from one place", path.display())]
    TensorMissing {
        /// The file.
        path: PathBuf,
        /// The tensor.
        name: String,
    },
    /// A tensor is not as large as the configuration says.
    #[error("tensor `{name}` in `{}` has the shape {found:?}, but config.json means {expected:?}\nhint: weights and config.json are of different models; copy both from one place", path.display())]
    TensorShape {
        /// The file.
        path: PathBuf,
        /// The tensor.
        name: String,
        /// Rows and columns, or the length.
        expected: Vec<usize>,
        /// What the file holds.
        found: Vec<usize>,
    },
    /// The tokenizer cannot be read.
    #[error("`{}` cannot be used: {reason}\nhint: copy the file again; it must be of the `tokenizers` library", path.display())]
    Tokenizer {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        reason: String,
    },
    /// The tokenizer gives ids for which the model has no vector.
    #[error("`{}` gives ids up to {id_max}, but the model has {n_rows} of them\nhint: tokenizer and weights are of different models; copy both from one place", path.display())]
    TokenizerTooLarge {
        /// The file.
        path: PathBuf,
        /// The highest id.
        id_max: u32,
        /// Rows of the table of word vectors.
        n_rows: usize,
    },
    /// The tokenizer knows far fewer pieces than the model has vectors for.
    #[error("`{}` has {n_pieces} pieces, but the model has vectors for {n_rows}\nhint: tokenizer and weights are of different models; copy both from one place", path.display())]
    TokenizerTooSmall {
        /// The file.
        path: PathBuf,
        /// Pieces, special ones included.
        n_pieces: usize,
        /// Rows of the table of word vectors.
        n_rows: usize,
    },
    /// The tokenizer failed on a text.
    #[error(
        "the tokenizer failed on a text: {reason}\nhint: the vocabulary in tokenizer.json has no token for unknown words"
    )]
    Text {
        /// Why it failed.
        reason: String,
    },
}

impl Error {
    /// An adapter for `map_err` on reading the file `path`.
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self {
        let path = path.to_owned();
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            _ => Self::Io { path, source },
        }
    }

    /// The description of the model in `path` cannot be used for this `reason`.
    pub(super) fn config(path: &Path, reason: &dyn Display) -> Self {
        Self::Config {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// The settings in `path` cannot be used for this `reason`.
    pub(super) fn manifest(path: &Path, reason: &dyn Display) -> Self {
        Self::Manifest {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// The weights in `path` are damaged for this `reason`.
    pub(super) fn weights(path: &Path, reason: &dyn Display) -> Self {
        Self::Weights {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }

    /// The tokenizer in `path` cannot be used for this `reason`.
    pub(super) fn tokenizer(path: &Path, reason: &dyn Display) -> Self {
        Self::Tokenizer {
            path: path.to_owned(),
            reason: reason.to_string(),
        }
    }
}
