//! How a model wants to be used: what its weights do not say.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Deserialize;
use serde::Serialize;

use super::Error;
use super::folder::read;

/// Ours, at the root of a model folder.
pub(super) const MANIFEST: &str = "manifest.toml";
/// Of the `sentence-transformers` library; read where the manifest names no pooling.
const POOLING: &str = "1_Pooling/config.json";

/// How the vectors of the tokens become the vector of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Pooling {
    /// Their mean, tokens of the prefix and special ones included.
    #[default]
    Mean,
    /// The vector of the first token.
    Cls,
}

/// The manifest of a model folder.
///
/// ```toml
/// pooling = "mean"            # or "cls"
/// query_prefix = "query: "
/// passage_prefix = "passage: "
/// max_tokens = 512            # special tokens and the prefix included
///
/// base = "52b1…"              # of an adapter, which must have it: BLAKE3 of the weights it changes
///
/// [blake3]                    # a file that differs is refused
/// "model.safetensors" = "9c98…"
/// ```
#[derive(Clone, Debug, Default, Deserialize, Serialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct Settings {
    /// `None` until [`Settings::read`] has looked for it elsewhere.
    pub(super) pooling: Option<Pooling>,
    /// Stands before each question.
    pub(super) query_prefix: String,
    /// Stands before each passage.
    pub(super) passage_prefix: String,
    /// Longer texts are truncated; `None` is what the model has positions for, 512 at most.
    pub(super) max_tokens: Option<usize>,
    /// Expected BLAKE3 of the weights that an adapter changes, hexadecimal.
    pub(super) base: Option<String>,
    /// Expected BLAKE3 by file name, hexadecimal.
    pub(super) blake3: BTreeMap<String, String>,
}

impl Settings {
    /// The settings of the model in `root`; defaults where there is no manifest.
    pub(super) fn read(root: &Path) -> Result<Self, Error> {
        let path = root.join(MANIFEST);
        let mut settings = match read(&path) {
            Ok(bytes) => parse(&bytes).map_err(|reason| Error::manifest(&path, &reason))?,
            Err(Error::Missing { .. }) => Self::default(),
            Err(error) => return Err(error),
        };
        if settings.pooling.is_none() {
            settings.pooling = declared_pooling(&root.join(POOLING))?;
        }
        Ok(settings)
    }

    /// What the vectors depend on, in one form: hashes are checked apart.
    pub(super) fn canonical(&self) -> String {
        format!(
            "{:?} {:?} {:?} {:?}",
            self.pooling.unwrap_or_default(),
            self.query_prefix,
            self.passage_prefix,
            self.max_tokens
        )
    }
}

fn parse(bytes: &[u8]) -> Result<Settings, String> {
    let text = std::str::from_utf8(bytes).map_err(|e| e.to_string())?;
    toml::from_str(text).map_err(|e| e.message().to_owned())
}

/// Both forms of the file: a name, or one flag a kind.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Declared {
    pooling_mode: Option<String>,
    #[serde(flatten)]
    flags: BTreeMap<String, serde_json::Value>,
}

fn declared_pooling(path: &Path) -> Result<Option<Pooling>, Error> {
    let bytes = match read(path) {
        Ok(bytes) => bytes,
        Err(Error::Missing { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let declared: Declared =
        serde_json::from_slice(&bytes).map_err(|e| Error::manifest(path, &e))?;
    let flags = declared.flags.iter();
    let mut modes: Vec<&str> = flags
        .filter(|(_, value)| **value == serde_json::Value::Bool(true))
        .filter_map(|(name, _)| name.strip_prefix("pooling_mode_"))
        .collect();
    modes.extend(declared.pooling_mode.as_deref());
    match modes[..] {
        ["mean" | "mean_tokens"] => Ok(Some(Pooling::Mean)),
        ["cls" | "cls_token"] => Ok(Some(Pooling::Cls)),
        _ => {
            let reason = format!("pooling is {modes:?}, but this program does mean or cls");
            Err(Error::manifest(path, &reason))
        }
    }
}
