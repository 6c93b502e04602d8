//! A sentence model of somebody else, which brings no order, in the place of the one that ships.

use serde_json::Value;

use super::folder;
use crate::support::BIRTH;
use crate::support::Workspace;
use crate::support::decrees;

#[test]
fn other_model_is_told_of_where_a_score_is_explained() {
    let workspace = Workspace::new(decrees());
    let model = folder("tiny-bert");
    let model = model.to_str().unwrap();
    workspace.index(&["--model", model]);
    let arguments = ["search", "--explain", "--json", "--model", model, BIRTH];
    let found: Value = workspace.run(arguments).json();
    let passages = found.as_array().unwrap();
    let mut is_told = false;
    for passage in passages {
        let parts = passage["explanation"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|p| p["score"].as_f64().unwrap()).sum();
        let score = passage["score"].as_f64().unwrap();
        assert!((sum - score).abs() < 1e-3 * score.abs(), "{passage}");
        is_told |= parts
            .iter()
            .any(|p| p["term"] == "meaning of the sentences");
    }
    assert!(is_told, "{found}");
}
