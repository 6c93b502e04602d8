//! The files of a model: read once, compared with the manifest, summed up in a fingerprint.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use super::Error;
use super::settings::MANIFEST;
use super::settings::Settings;

/// What the model is and how large.
pub(super) const CONFIG: &str = "config.json";
/// How texts become ids.
pub(super) const TOKENIZER: &str = "tokenizer.json";
/// What the rows of word vectors stand for.
pub(super) const VOCABULARY: &str = "vocabulary.txt";
/// The trained numbers.
pub(super) const WEIGHTS: &str = "model.safetensors";

/// The bytes of a model, all of them read before any is used.
pub(super) struct Folder {
    pub(super) settings: Settings,
    pub(super) config: Vec<u8>,
    /// The tokenizer or vocabulary.
    pub(super) tokens: Vec<u8>,
    pub(super) weights: Vec<u8>,
    /// BLAKE3 over all that the vectors depend on, hexadecimal.
    pub(super) fingerprint: String,
}

impl Folder {
    /// Reads the model in `root`, whose tokens are described by the file `tokens`, and compares
    /// each file that the manifest names.
    pub(super) fn read(root: &Path, tokens: &str) -> Result<Self, Error> {
        let settings = Settings::read(root)?;
        let known = [CONFIG, tokens, WEIGHTS];
        if let Some(name) = settings
            .blake3
            .keys()
            .find(|n| !known.contains(&n.as_str()))
        {
            let reason = format!(
                "it has a hash for `{name}`, but a model is {}",
                known.join(", ")
            );
            return Err(Error::manifest(&root.join(MANIFEST), &reason));
        }
        let mut sum = blake3::Hasher::new();
        sum.update(settings.canonical().as_bytes());
        let mut checked = |name: &str| {
            let path = root.join(name);
            let bytes = read(&path)?;
            let found = blake3::hash(&bytes);
            sum.update(found.as_bytes());
            verify(path, settings.blake3.get(name), &found.to_hex()).map(|()| bytes)
        };
        let [config, tokens, weights] = known.map(&mut checked);
        Ok(Self {
            config: config?,
            tokens: tokens?,
            weights: weights?,
            fingerprint: sum.finalize().to_hex().to_string(),
            settings,
        })
    }
}

/// The bytes of `path`; [`Error::Missing`] where there is no such file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::io(path))
}

fn verify(path: PathBuf, expected: Option<&String>, found: &str) -> Result<(), Error> {
    match expected {
        Some(expected) if !expected.eq_ignore_ascii_case(found) => Err(Error::Hash {
            path,
            expected: expected.clone(),
            found: found.to_owned(),
        }),
        _ => Ok(()),
    }
}
