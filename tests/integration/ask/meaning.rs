//! Answers with the model that ships, which reads sentences.

use std::fs;

use serde_json::Value;

use super::{whole, workspace};
use crate::support::{BIRTH, Workspace, prove, shipped_model};

/// Shares hardly a word with khoản 1 Điều 23 of a decree.
const IN_OTHER_WORDS: &str =
    "Em bé chào đời rồi thì cha mẹ phải làm giấy khai sinh cho con trong vòng mấy ngày?";

fn indexed() -> Workspace {
    let workspace = workspace();
    workspace.index(&whole(&[]));
    workspace
}

#[test]
fn ask_what_means_the_same_is_found_and_verifies() {
    let workspace = indexed();
    let arguments = ["ask", "--json", IN_OTHER_WORDS];
    let asked = workspace.run(whole(&arguments));
    let answer: camnang::wire::Answer = serde_json::from_str(&asked.stdout).unwrap();
    let cited = |c: &camnang::wire::Citation| c.locator == "khoản 1 Điều 23";
    assert!(answer.citations.iter().any(cited), "{answer:?}");
    let meaning = answer.evidence.meaning.unwrap();
    assert!(meaning.nearest_evidence >= meaning.evidence, "{meaning:?}");
    assert!(
        meaning.evidence > 0.4 && meaning.passage > 0.4,
        "{meaning:?}"
    );
    let odds = answer.evidence.odds.unwrap();
    assert!(odds > 0.0, "{odds}");
    prove(&answer, |id| {
        let shown = workspace.run(["show", "--json", id]);
        serde_json::from_str(&shown.stdout).unwrap()
    });
}

#[test]
fn search_explained_adds_up_after_a_second_look() {
    let workspace = indexed();
    let found: Value = workspace
        .run(whole(&["search", "--explain", "--json", BIRTH]))
        .json();
    for passage in found.as_array().unwrap() {
        let parts = passage["explanation"].as_array().unwrap();
        let sum: f64 = parts.iter().map(|p| p["score"].as_f64().unwrap()).sum();
        let score = passage["score"].as_f64().unwrap();
        assert!((sum - score).abs() < 1e-3 * score.abs(), "{passage}");
        for topic in [
            "word order",
            "meaning of the words",
            "meaning of the sentences",
        ] {
            let is_told = parts.iter().any(|p| p["term"] == topic);
            assert!(is_told, "{topic}: {passage}");
        }
    }
}

#[test]
fn index_of_words_alone_is_not_taken_for_that_of_the_whole_model() {
    let workspace = workspace();
    workspace.index(&[]);
    workspace
        .run(whole(&["ask", BIRTH]))
        .failed(&["model", "\nhint: "]);
    workspace.index(&whole(&[]));
    assert_eq!(workspace.run(whole(&["ask", BIRTH])).code, Some(0));
}

#[test]
fn model_without_one_of_its_halves_is_named() {
    let workspace = workspace();
    for (kept, missing) in [("words", "sentences"), ("sentences", "words")] {
        let folder = workspace.path(&format!("only-{kept}"));
        fs::create_dir_all(folder.join("words")).unwrap();
        fs::create_dir_all(folder.join(kept)).unwrap();
        for entry in fs::read_dir(shipped_model().join(kept)).unwrap() {
            let path = entry.unwrap().path();
            fs::copy(&path, folder.join(kept).join(path.file_name().unwrap())).unwrap();
        }
        let model = folder.to_str().unwrap();
        workspace
            .run(["index", "--model", model])
            .failed(&[missing, "config.json", "\nhint: "]);
    }
}
