//! `camnang::embed` with models that are committed beside these tests.
//!
//! They are tiny and random; `record.py` made them and recorded what PyTorch says of some texts.

mod damaged;
mod other;
mod properties;
mod reader;
mod reference;
mod settings;

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use camnang::embed::Model;
use camnang::embed::Role;
use tempfile::TempDir;

/// The models beside these tests.
const TINY: [&str; 2] = ["tiny-bert", "tiny-xlm-roberta"];

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/integration/embed")
        .join(name)
}

fn open(name: &str) -> Model {
    Model::open(&folder(name)).unwrap()
}

/// A copy of the model `name`, to be damaged; without its manifest, which would find out at once.
fn copied(name: &str) -> TempDir {
    let copy = tempfile::tempdir().unwrap();
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        fs::copy(folder(name).join(file), copy.path().join(file)).unwrap();
    }
    copy
}

/// Changes `from` to `to` in the text file `file` of the copied model in `folder`.
fn replace(folder: &Path, file: &str, from: &str, to: &str) {
    let path = folder.join(file);
    let text = fs::read_to_string(&path).unwrap();
    assert!(text.contains(from), "`{from}` in {file}");
    fs::write(path, text.replacen(from, to, 1)).unwrap();
}

fn vector(model: &Model, text: &str) -> Vec<f32> {
    model
        .embed(&[text], Role::Passage)
        .unwrap()
        .vectors
        .remove(0)
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(x, y)| x * y).sum()
}

/// The largest difference of two numbers in the same place.
fn distance(a: &[f32], b: &[f32]) -> f32 {
    assert_eq!(a.len(), b.len());
    a.iter()
        .zip(b)
        .map(|(x, y)| (x - y).abs())
        .fold(0.0, f32::max)
}
