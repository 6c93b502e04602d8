//! Whichever model a folder holds.

use std::path::Path;

use serde::Deserialize;

use super::Error;
use super::Model;
use super::Passage;
use super::Reader;
use super::Role;
use super::WordVectors;
use super::folder::CONFIG;
use super::folder::read;
use super::parts::Parts;

/// Where a folder that holds a model of each kind has its word vectors.
const WORDS: &str = "words";
/// Where it has its transformer.
const SENTENCES: &str = "sentences";
/// Where any model has what judges clauses.
const READER: &str = "reader";

/// A model of any kind.
pub enum Embedder {
    /// Our own: a table of word vectors.
    Words(WordVectors),
    /// A transformer of the BERT family.
    Sentences(Box<Transformer>),
    /// One of each: the vector of a text is that of its words followed by those of its sentences.
    Both(Box<Pair>),
}

/// A transformer, and what it was taught besides.
pub struct Transformer {
    model: Model,
    reader: Option<Reader>,
}

impl Transformer {
    /// The one in `folder`, and the reader in `reader` where there is one.
    fn open(folder: &Path, reader: &Path) -> Result<Self, Error> {
        let parts = Parts::read(folder)?;
        let open_reader = || {
            let found = reader.is_dir();
            found
                .then(|| Reader::upon(reader, Some(&parts)))
                .transpose()
        };
        // Each takes a good part of the start.
        let (model, reader) = rayon::join(|| parts.model(), open_reader);
        Ok(Self {
            model: model?,
            reader: reader?,
        })
    }
}

/// Two models that look at the same texts.
pub struct Pair {
    words: WordVectors,
    sentences: Transformer,
    fingerprint: String,
}

impl Pair {
    fn open(folder: &Path) -> Result<Self, Error> {
        let words = WordVectors::open(&folder.join(WORDS))?;
        let sentences = Transformer::open(&folder.join(SENTENCES), &folder.join(READER))?;
        let both = [words.fingerprint(), sentences.model.fingerprint()].concat();
        Ok(Self {
            fingerprint: blake3::hash(both.as_bytes()).to_hex().to_string(),
            words,
            sentences,
        })
    }
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
        if folder.join(WORDS).is_dir() {
            return Pair::open(folder).map(Box::new).map(Self::Both);
        }
        let path = folder.join(CONFIG);
        let kind: Kind =
            serde_json::from_slice(&read(&path)?).map_err(|error| Error::config(&path, &error))?;
        if kind.model_type == WordVectors::MODEL_TYPE {
            WordVectors::open(folder).map(Self::Words)
        } else {
            let model = Transformer::open(folder, &folder.join(READER))?;
            Ok(Self::Sentences(Box::new(model)))
        }
    }

    /// Identifies the model; see [`Model::fingerprint`].
    pub fn fingerprint(&self) -> &str {
        match self {
            Self::Words(vectors) => vectors.fingerprint(),
            Self::Sentences(own) => own.model.fingerprint(),
            Self::Both(pair) => &pair.fingerprint,
        }
    }

    /// Numbers in the vector of a text that is read in one window.
    pub fn dimensions(&self) -> usize {
        match self {
            Self::Words(vectors) => vectors.dimensions(),
            Self::Sentences(own) => own.model.dimensions(),
            Self::Both(pair) => pair.words.dimensions() + pair.sentences.model.dimensions(),
        }
    }

    /// Its word vectors; none where it is a transformer alone.
    pub fn words(&self) -> Option<&WordVectors> {
        match self {
            Self::Words(words) => Some(words),
            Self::Sentences(_) => None,
            Self::Both(pair) => Some(&pair.words),
        }
    }

    /// Its transformer; none where it is word vectors alone.
    pub fn sentences(&self) -> Option<&Model> {
        self.transformer().map(|own| &own.model)
    }

    /// Who judges clauses; none where the model does not come with one.
    pub fn reader(&self) -> Option<&Reader> {
        self.transformer()?.reader.as_ref()
    }

    fn transformer(&self) -> Option<&Transformer> {
        match self {
            Self::Words(_) => None,
            Self::Sentences(own) => Some(own),
            Self::Both(pair) => Some(&pair.sentences),
        }
    }

    /// The vector of a question, each part of length one.
    ///
    /// # Errors
    /// As [`Model::embed`].
    pub fn embed_question(&self, question: &str) -> Result<Vec<f32>, Error> {
        let sentences = match self.sentences() {
            Some(model) => model.embed(&[question], Role::Query)?.vectors.concat(),
            None => Vec::new(),
        };
        let words = self.words().map(|words| words.vector_of(question));
        Ok([words.unwrap_or_default(), sentences].concat())
    }

    /// The vectors of `passages`, in their order: that of the words, then one for each window of
    /// the sentences, each of length one.
    ///
    /// # Errors
    /// As [`Model::embed`].
    pub fn embed_passages(&self, passages: &[Passage<'_>]) -> Result<Vec<Vec<f32>>, Error> {
        let mut vectors = match self.words() {
            Some(words) => passages.iter().map(|p| words.vector_of(p.text)).collect(),
            None => vec![Vec::new(); passages.len()],
        };
        if let Some(model) = self.sentences() {
            let windows = model.embed_passages(passages)?.vectors;
            for (vector, windows) in vectors.iter_mut().zip(windows) {
                vector.extend(windows);
            }
        }
        Ok(vectors)
    }
}
