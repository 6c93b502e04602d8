//! Whether a text answers a question, told from both read as one.
//!
//! A [`Model`] reads each text alone: its vector can be stored, but says nothing of what the
//! question asks that the text leaves out. A reader lets the words of both look at each other (a
//! cross-encoder; Nogueira and Cho, 2019, <https://arxiv.org/abs/1901.04085>). That has to be done
//! anew for each question, so it is for the last few texts only.

use std::path::Path;
use std::sync::Arc;

use super::Error;
use super::Model;
use super::Sequence;
use super::Weights;
use super::adapter;
use super::adapter::Adapter;
use super::folder::ADAPTER;
use super::folder::ADAPTER_CONFIG;
use super::folder::Folder;
use super::parts::Parts;
use super::settings::MANIFEST;
use super::tokens::Prefixed;

/// Ids of a question that are read, so that the text has the rest: as in training.
const N_QUESTION_MAX: usize = 44;

const POOLER: &str = "pooler.dense.weight";
const CLASSIFIER: &str = "classifier.weight";

/// A transformer that was taught to judge: a model, and an adapter to it with a head.
pub struct Reader {
    model: Model,
    head: Head,
}

impl Reader {
    /// Reads the adapter in `folder` and the model it names, and checks both whole.
    ///
    /// # Errors
    /// When a file of either is missing or damaged, the manifests included, or the adapter was made for
    /// another model.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        Self::upon(folder, None)
    }

    /// The same, where the model it names is most likely the one whose `parts` were read already.
    pub(super) fn upon(folder: &Path, parts: Option<&Parts>) -> Result<Self, Error> {
        let Folder {
            settings,
            files: [config, weights],
            fingerprint,
            ..
        } = Folder::read(folder, [ADAPTER_CONFIG, ADAPTER])?;
        if settings.base.is_none() {
            return Err(unbound(folder));
        }
        let config = adapter::Config::parse(&folder.join(ADAPTER_CONFIG), &config)?;
        let base = folder.join(&config.base);
        let changes = Weights::parse(folder.join(ADAPTER), weights)?;
        let adapter = Arc::new(Adapter::new(config, changes));
        let settings = (&settings, folder);
        let adapted = |parts: &Parts| parts.adapted(Arc::clone(&adapter), settings, fingerprint);
        let model = match parts.filter(|parts| parts.are_of(&base)) {
            Some(parts) => adapted(parts)?,
            None => adapted(&Parts::read(&base)?)?,
        };
        let head = Head::open(adapter.weights(), model.dimensions())?;
        Ok(Self { model, head })
    }

    /// How likely each of `texts` answers `question`, as log odds: 0 is as likely as not. Computed
    /// on all threads of the current `rayon` pool; bit for bit the same whatever stands beside it.
    ///
    /// # Errors
    /// When the tokenizer has no token for something in a text; sound models have one for all.
    pub fn judge<T: AsRef<str>>(&self, question: &str, texts: &[T]) -> Result<Vec<f32>, Error> {
        let question = Prefixed {
            prefix: &self.model.query_prefix,
            text: question.trim(),
        };
        let pair = |text: &T| {
            let text = Prefixed {
                prefix: &self.model.passage_prefix,
                text: text.as_ref().trim(),
            };
            self.model.tokens.pair(&question, &text, N_QUESTION_MAX)
        };
        let pairs: Vec<Sequence> = texts.iter().map(pair).collect::<Result<_, _>>()?;
        let vectors = self.model.pooled(&pairs);
        Ok(vectors.iter().map(|v| self.head.log_odds(v)).collect())
    }
}

/// The error of a reader in `folder` whose manifest is not there, or does not say whose weights it
/// changes. Read with the defaults, or upon another model of the same sizes, it would give odds that
/// nobody could tell are wrong.
fn unbound(folder: &Path) -> Error {
    let path = folder.join(MANIFEST);
    if path.exists() {
        let reason = "it has no `base`, the hash of the weights that the adapter changes";
        Error::config(&path, &reason)
    } else {
        Error::Missing { path }
    }
}

/// What makes a number of the vector of both texts: the pooler of BERT and a classifier of one class.
struct Head {
    dense: Vec<f32>,
    dense_bias: Vec<f32>,
    classifier: Vec<f32>,
    bias: f32,
}

impl Head {
    /// The head in `weights`, for vectors of `size` numbers.
    fn open(weights: &Weights, size: usize) -> Result<Self, Error> {
        let pooler = format!("{}{POOLER}", weights.prefix(POOLER)?);
        let classifier = format!("{}{CLASSIFIER}", weights.prefix(CLASSIFIER)?);
        let bias_of = |name: &str| name.replace(".weight", ".bias");
        let bias = weights.take(&bias_of(&classifier), &[1])?;
        Ok(Self {
            dense: weights.take(&pooler, &[size, size])?,
            dense_bias: weights.take(&bias_of(&pooler), &[size])?,
            classifier: weights.take(&classifier, &[1, size])?,
            bias: bias.iter().sum(),
        })
    }

    fn log_odds(&self, vector: &[f32]) -> f32 {
        let rows = self.dense.chunks_exact(vector.len());
        let inner = rows
            .zip(&self.dense_bias)
            .map(|(row, bias)| (product(row, vector) + bias).tanh());
        let weighed = inner.zip(&self.classifier).map(|(x, weight)| x * weight);
        weighed.sum::<f32>() + self.bias
    }
}

fn product(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}
