//! `modules.json` of the `sentence-transformers` library: what a model does with the vectors of its
//! tokens, step by step.
//!
//! Here they are pooled and brought to length one. A folder that asks for more, as `LaBSE` does for a
//! dense layer, opens like any other, but each of its vectors would lack that step.

use std::path::Path;

use serde::Deserialize;

use super::Error;
use super::folder::read;

const MODULES: &str = "modules.json";

/// Steps that are computed, as the last part of the name of their class: the pooling is told in a
/// file of its own, and a vector whose length is not asked for may have length one too.
const KNOWN: [&str; 3] = ["Transformer", "Pooling", "Normalize"];

#[derive(Deserialize)]
struct Module {
    /// `sentence_transformers.models.Dense`.
    #[serde(rename = "type")]
    class: String,
}

impl Module {
    fn is_known(&self) -> bool {
        let name = self.class.rsplit('.').next().unwrap_or_default();
        KNOWN.contains(&name)
    }
}

/// Refuses the model in `folder` where it has a step that is not computed; without `modules.json` it
/// has none.
pub(super) fn check(folder: &Path) -> Result<(), Error> {
    let path = folder.join(MODULES);
    let bytes = match read(&path) {
        Ok(bytes) => bytes,
        Err(Error::Missing { .. }) => return Ok(()),
        Err(error) => return Err(error),
    };
    let modules: Vec<Module> =
        serde_json::from_slice(&bytes).map_err(|error| Error::config(&path, &error))?;
    match modules.iter().find(|module| !module.is_known()) {
        None => Ok(()),
        Some(Module { class }) => {
            let known = KNOWN.join(", ");
            let reason = format!("it has a module `{class}`, but this program computes {known}");
            Err(Error::config(&path, &reason))
        }
    }
}
