//! A model folder as it was read, before a model is made of it.

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use tokenizers::Tokenizer;

use super::Architecture;
use super::Error;
use super::Model;
use super::adapter::Adapter;
use super::folder;
use super::folder::CONFIG;
use super::folder::Folder;
use super::folder::TOKENIZER;
use super::folder::WEIGHTS;
use super::modules;
use super::settings::MANIFEST;
use super::settings::Settings;
use super::tokens;
use super::tokens::Tokens;
use super::weights::Weights;

/// The files of a model.
const FILES: [&str; 3] = [CONFIG, TOKENIZER, WEIGHTS];
/// Texts are truncated to this many tokens unless the manifest says otherwise; most models of
/// this kind were trained on no more.
const TOKENS_MAX: usize = 512;
/// Room for one token between two special ones.
const TOKENS_MIN: usize = 3;

/// What models are made of: the one in the folder, and those that adapters make of it, which share
/// what they do not change.
pub(super) struct Parts {
    folder: PathBuf,
    settings: Settings,
    config: Vec<u8>,
    tokenizer: Arc<Tokenizer>,
    weights: Weights,
    weights_hash: blake3::Hash,
    fingerprint: String,
}

impl Parts {
    /// Reads the files in `folder` and compares them with the manifest.
    pub(super) fn read(folder: &Path) -> Result<Self, Error> {
        let Folder {
            settings,
            files: [config, tokenizer, weights],
            hashes: [.., weights_hash],
            fingerprint,
        } = Folder::read(folder, FILES)?;
        modules::check(folder)?;
        let tokenizer = tokens::parse(&folder.join(TOKENIZER), &tokenizer)?;
        Ok(Self {
            weights: Weights::parse(folder.join(WEIGHTS), weights)?,
            folder: folder.to_owned(),
            tokenizer: Arc::new(tokenizer),
            settings,
            config,
            weights_hash,
            fingerprint,
        })
    }

    /// Whether they were read in `folder`, however it is written.
    pub(super) fn are_of(&self, folder: &Path) -> bool {
        let real = |folder: &Path| folder.canonicalize().ok();
        real(folder).is_some_and(|folder| Some(folder) == real(&self.folder))
    }

    /// The model in the folder.
    pub(super) fn model(&self) -> Result<Model, Error> {
        let settings = (&self.settings, self.folder.as_path());
        self.assemble(&self.weights, settings, self.fingerprint.clone())
    }

    /// The model that `adapter` makes of it, used as the settings say that were read in a folder of
    /// its own.
    pub(super) fn adapted(
        &self,
        adapter: Arc<Adapter>,
        (settings, folder): (&Settings, &Path),
        fingerprint: String,
    ) -> Result<Model, Error> {
        let path = self.folder.join(WEIGHTS);
        folder::verify(path, settings.base.as_ref(), self.weights_hash)?;
        let weights = self.weights.adapted(adapter)?;
        self.assemble(&weights, (settings, folder), fingerprint)
    }

    fn assemble(
        &self,
        weights: &Weights,
        (settings, folder): (&Settings, &Path),
        fingerprint: String,
    ) -> Result<Model, Error> {
        let [config, tokenizer] = [CONFIG, TOKENIZER].map(|name| self.folder.join(name));
        let pooling = settings.pooling.unwrap_or_default();
        let architecture = Architecture::open(&config, &self.config, weights, pooling)?;
        let n_positions = architecture.n_positions();
        let max = settings.max_tokens.unwrap_or(TOKENS_MAX.min(n_positions));
        if !(TOKENS_MIN..=n_positions).contains(&max) {
            let reason = format!("max_tokens is {max}, but must be {TOKENS_MIN} to {n_positions}");
            return Err(Error::manifest(&folder.join(MANIFEST), &reason));
        }
        let shared = Arc::clone(&self.tokenizer);
        Ok(Model {
            tokens: Tokens::of(&tokenizer, shared, max, architecture.n_rows())?,
            architecture,
            query_prefix: settings.query_prefix.clone(),
            passage_prefix: settings.passage_prefix.clone(),
            fingerprint,
        })
    }
}
