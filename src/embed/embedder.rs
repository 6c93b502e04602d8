//! Whichever model a folder holds.

use std::path::Path;

use serde::Deserialize;

use super::Error;
use super::Model;
use super::Role;
use super::WordVectors;
use super::folder::CONFIG;
use super::folder::read;
use crate::text::WordNumber;
use crate::text::has_diacritics;

/// A model of either kind.
pub enum Embedder {
    /// Our own: a table of word vectors.
    Words(WordVectors),
    /// A transformer of the BERT family.
    Sentences(Box<Model>),
}

#[derive(Deserialize)]
struct Kind {
    model_type: String,
}

impl Embedder {
    /// Opens the model in `folder`, whatever its kind.
    ///
    /// # Errors
    /// As [`Model::open`].
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let path = folder.join(CONFIG);
        let kind: Kind =
            serde_json::from_slice(&read(&path)?).map_err(|error| Error::config(&path, &error))?;
        if kind.model_type == WordVectors::MODEL_TYPE {
            WordVectors::open(folder).map(Self::Words)
        } else {
            Model::open(folder).map(Box::new).map(Self::Sentences)
        }
    }

    /// Identifies the model; see [`Model::fingerprint`].
    pub fn fingerprint(&self) -> &str {
        match self {
            Self::Words(vectors) => vectors.fingerprint(),
            Self::Sentences(model) => model.fingerprint(),
        }
    }

    /// Numbers in a vector.
    pub fn dimensions(&self) -> usize {
        match self {
            Self::Words(vectors) => vectors.dimensions(),
            Self::Sentences(model) => model.dimensions(),
        }
    }

    /// The vectors of `texts`, in their order, of length one.
    ///
    /// # Errors
    /// As [`Model::embed`].
    pub fn embed(&self, texts: &[&str], role: Role) -> Result<Vec<Vec<f32>>, Error> {
        match self {
            Self::Words(vectors) => Ok(texts.iter().map(|text| of_words(vectors, text)).collect()),
            Self::Sentences(model) => Ok(model.embed(texts, role)?.vectors),
        }
    }
}

fn of_words(vectors: &WordVectors, text: &str) -> Vec<f32> {
    let words: Vec<WordNumber> = WordNumber::all(text).collect();
    vectors.vector(&words, has_diacritics(text))
}
