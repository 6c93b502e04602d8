//! Sentence vectors: texts become points, and texts that mean alike lie close together.
//!
//! A [`Model`] is a folder in the form of Hugging Face: `config.json`, `tokenizer.json` and
//! `model.safetensors`, with our `manifest.toml` for what those do not say (pooling, prefixes, the
//! longest text, hashes) and, where they are there, `modules.json` and `1_Pooling` of the library
//! `sentence-transformers`. Everything is computed on this machine's processor; nothing is fetched.
//! Nothing here knows of passages or of ranking.
//!
//! Start with [`Embedder::open`]: the vectors of words, those of sentences or both, and with them a
//! [`Reader`], which tells more of a text, and for one question only. The families of models are told
//! apart in one place, `Architecture::open`; `encoder` is BERT and its descendants.

mod adapter;
mod batch;
mod embedder;
mod encoder;
mod error;
mod folder;
mod marks;
mod modules;
mod parts;
mod reader;
mod settings;
mod tokens;
mod weights;
mod word_vectors;

use std::path::Path;

use rayon::prelude::*;
use serde::Deserialize;

pub use self::embedder::Embedder;
pub use self::error::Error;
pub use self::reader::Reader;
pub use self::word_vectors::Row;
pub use self::word_vectors::WordVectors;

use self::encoder::Encoder;
use self::parts::Parts;
use self::settings::Pooling;
use self::tokens::Sequence;
use self::tokens::Tokens;
use self::weights::Weights;

/// Windows of a passage that are read: an index keeps a vector for each, and what is longer is no
/// passage but a whole document.
const N_WINDOWS_MAX: usize = 16;

/// What a text is to the one it will be compared with; some models were trained to be told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// What somebody asks.
    Query,
    /// What may answer.
    Passage,
}

/// The vectors of some texts.
#[derive(Clone, Debug, PartialEq)]
pub struct Embedded {
    /// One a text, in the order of the texts; each has [`Model::dimensions`] numbers, or as many
    /// for each of its windows, and these have length one, so that a dot product is a cosine.
    pub vectors: Vec<Vec<f32>>,
    /// Texts whose end was not read because they have more tokens than the model reads.
    pub n_truncated: usize,
}

/// A text that may be longer than a model reads at once.
#[derive(Clone, Copy, Debug)]
pub struct Passage<'a> {
    /// What each further window of it begins with, so that it is known what it is about.
    pub heading: &'a str,
    /// All of it, its heading included.
    pub text: &'a str,
}

/// A model in memory, ready to embed from any thread.
pub struct Model {
    architecture: Architecture,
    tokens: Tokens,
    query_prefix: String,
    passage_prefix: String,
    fingerprint: String,
}

impl Model {
    /// Reads the model in `folder` and checks it whole, so that embedding can hardly fail later.
    ///
    /// # Errors
    /// When a file is missing, damaged, of another model than its neighbours, or differs from the
    /// manifest.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Parts::read(folder)?.model()
    }

    /// Numbers in a vector.
    pub fn dimensions(&self) -> usize {
        self.architecture.dimensions()
    }

    /// Identifies what the vectors depend on (configuration, tokenizer, weights, settings): vectors
    /// are comparable if, and only if, their models have the same fingerprint. 64 hexadecimal digits.
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The vectors of `texts`, computed on all threads of the current `rayon` pool.
    ///
    /// A text has the same vector, bit for bit, whatever stands beside it. Space around a text
    /// does not count; an empty text has the vector of the prefix and the special tokens alone.
    ///
    /// # Errors
    /// When the tokenizer has no token for something in a text; sound models have one for all.
    ///
    /// # Example
    /// ```no_run
    /// use camnang::embed::Model;
    /// use camnang::embed::Role;
    ///
    /// let model = Model::open("models/camnang/sentences".as_ref())?;
    /// let question = model.embed(&["Khai sinh trong bao lâu?"], Role::Query)?;
    /// assert_eq!(question.vectors[0].len(), model.dimensions());
    /// # Ok::<(), camnang::embed::Error>(())
    /// ```
    pub fn embed(&self, texts: &[&str], role: Role) -> Result<Embedded, Error> {
        let prefix = match role {
            Role::Query => &self.query_prefix,
            Role::Passage => &self.passage_prefix,
        };
        let sequences: Vec<Sequence> = texts
            .par_iter()
            .map(|text| self.tokens.encode(&format!("{prefix}{}", text.trim())))
            .collect::<Result<_, _>>()?;
        Ok(self.embed_sequences(&sequences))
    }

    /// The vectors of `passages`, each with one vector after the other for as many windows as it
    /// takes to read it; the first is what [`embed`](Self::embed) gives.
    ///
    /// # Errors
    /// As [`embed`](Self::embed).
    pub fn embed_passages(&self, passages: &[Passage<'_>]) -> Result<Embedded, Error> {
        let prefixed = |text: &str| format!("{}{}", self.passage_prefix, text.trim());
        let windows: Vec<Vec<Sequence>> = passages
            .par_iter()
            .map(|p| {
                let (lead, text) = (prefixed(p.heading), prefixed(p.text));
                self.tokens.windows(&lead, &text, N_WINDOWS_MAX)
            })
            .collect::<Result<_, _>>()?;
        let numbers: Vec<usize> = windows.iter().map(Vec::len).collect();
        let sequences: Vec<Sequence> = windows.into_iter().flatten().collect();
        let Embedded {
            vectors,
            n_truncated,
        } = self.embed_sequences(&sequences);
        let mut vectors = vectors.into_iter();
        let of_passage = |n: usize| vectors.by_ref().take(n).flatten().collect();
        Ok(Embedded {
            vectors: numbers.into_iter().map(of_passage).collect(),
            n_truncated,
        })
    }

    fn embed_sequences(&self, sequences: &[Sequence]) -> Embedded {
        let n_truncated = sequences.iter().filter(|s| s.is_truncated).count();
        let mut vectors = self.pooled(sequences);
        for vector in &mut vectors {
            normalise(vector);
        }
        Embedded {
            vectors,
            n_truncated,
        }
    }

    /// The vectors of `sequences`, of any length, computed on all threads.
    fn pooled(&self, sequences: &[Sequence]) -> Vec<Vec<f32>> {
        batch::in_parallel(sequences, |batch| self.architecture.pooled(batch))
    }
}

/// The families of models. Another one is a variant here and a file beside `encoder`.
enum Architecture {
    /// BERT and XLM-RoBERTa.
    Encoder(Encoder),
}

impl Architecture {
    /// The `model_type`s in `config.json` that [`Architecture::open`] knows.
    const KNOWN: &str = "`bert` or `xlm-roberta`";

    /// Reads the family that the configuration names; `path` is for messages.
    fn open(
        path: &Path,
        config: &[u8],
        weights: &Weights,
        pooling: Pooling,
    ) -> Result<Self, Error> {
        #[derive(Deserialize)]
        struct Kind {
            model_type: String,
        }
        let kind: Kind = serde_json::from_slice(config).map_err(|e| Error::config(path, &e))?;
        match kind.model_type.as_str() {
            "bert" | "xlm-roberta" => {
                let config = encoder::Config::parse(config)
                    .map_err(|reason| Error::config(path, &reason))?;
                Encoder::open(config, weights, pooling).map(Self::Encoder)
            }
            _ => Err(Error::UnknownType {
                path: path.to_owned(),
                found: kind.model_type,
                known: Self::KNOWN.to_owned(),
            }),
        }
    }

    /// Numbers in a vector.
    fn dimensions(&self) -> usize {
        match self {
            Self::Encoder(encoder) => encoder.dimensions(),
        }
    }

    /// Ids from here on have no word vector.
    fn n_rows(&self) -> usize {
        match self {
            Self::Encoder(encoder) => encoder.n_rows(),
        }
    }

    /// The longest sequence it can read.
    fn n_positions(&self) -> usize {
        match self {
            Self::Encoder(encoder) => encoder.n_positions(),
        }
    }

    /// One vector a sequence of ids, of any length, in the order of the sequences.
    fn pooled(&self, sequences: &[&Sequence]) -> Vec<Vec<f32>> {
        match self {
            Self::Encoder(encoder) => encoder.pooled(sequences),
        }
    }
}

/// Brings `vector` to length one; zero has no direction and stays.
fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 0.0 {
        for number in vector {
            *number /= length;
        }
    }
}
