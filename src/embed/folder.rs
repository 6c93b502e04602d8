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

/// What further training changed, and how to apply it.
pub(super) const ADAPTER: &str = "adapter_model.safetensors";
pub(super) const ADAPTER_CONFIG: &str = "adapter_config.json";

/// The bytes of a model in `N` files, all of them read before any is used.
pub(super) struct Folder<const N: usize> {
    pub(super) settings: Settings,
    /// In the order asked for.
    pub(super) files: [Vec<u8>; N],
    /// BLAKE3 of each.
    pub(super) hashes: [blake3::Hash; N],
    /// BLAKE3 over all that the model computes depends on, hexadecimal.
    pub(super) fingerprint: String,
}

impl<const N: usize> Folder<N> {
    /// Reads the files called `names` in `root` and compares each that the manifest names.
    pub(super) fn read(root: &Path, names: [&str; N]) -> Result<Self, Error> {
        let settings = Settings::read(root)?;
        if let Some(name) = settings
            .blake3
            .keys()
            .find(|n| !names.contains(&n.as_str()))
        {
            let reason = format!(
                "it has a hash for `{name}`, but a model is {}",
                names.join(", ")
            );
            return Err(Error::manifest(&root.join(MANIFEST), &reason));
        }
        let mut sum = blake3::Hasher::new();
        sum.update(settings.canonical().as_bytes());
        let mut files = [const { Vec::new() }; N];
        let mut hashes = [blake3::Hash::from_bytes([0; blake3::OUT_LEN]); N];
        for ((file, hash), name) in files.iter_mut().zip(&mut hashes).zip(names) {
            let path = root.join(name);
            *file = read(&path)?;
            *hash = blake3::hash(file);
            sum.update(hash.as_bytes());
            verify(path, settings.blake3.get(name), *hash)?;
        }
        Ok(Self {
            files,
            hashes,
            fingerprint: sum.finalize().to_hex().to_string(),
            settings,
        })
    }
}

/// The bytes of `path`; [`Error::Missing`] where there is no such file.
pub(super) fn read(path: &Path) -> Result<Vec<u8>, Error> {
    fs::read(path).map_err(Error::io(path))
}

/// Compares a hash with the one that a manifest has, where it has one.
pub(super) fn verify(
    path: PathBuf,
    expected: Option<&String>,
    found: blake3::Hash,
) -> Result<(), Error> {
    let found = found.to_hex();
    match expected {
        Some(expected) if !expected.eq_ignore_ascii_case(&found) => Err(Error::Hash {
            path,
            expected: expected.clone(),
            found: found.to_string(),
        }),
        _ => Ok(()),
    }
}
