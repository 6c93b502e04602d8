//! Adding, changing and removing sources.

use std::fs::{self, File};

use serde_json::{Value, json};

use crate::support::{BIRTH, Workspace, decree, decrees};

fn indexed() -> Workspace {
    let workspace = Workspace::new(decrees());
    let report = workspace.index(&[]);
    assert_eq!(
        told(&report),
        json!([
            true,
            1,
            ["nd-120-2020", "nd-120-2025", "nd-1200-2025"],
            [],
            [],
            0
        ])
    );
    workspace
}

/// What a report says was done: built, number, added, changed, removed, unchanged.
fn told(report: &Value) -> Value {
    let mut added: Vec<&str> = report["added"]
        .as_array()
        .unwrap()
        .iter()
        .map(|id| id.as_str().unwrap())
        .collect();
    added.sort_unstable();
    json!([
        report["built"],
        report["generation"]["number"],
        added,
        report["changed"],
        report["removed"],
        report["n_unchanged"]
    ])
}

#[test]
fn index_of_an_unchanged_corpus_builds_nothing() {
    let workspace = indexed();
    assert_eq!(
        told(&workspace.index(&[])),
        json!([false, 1, [], [], [], 3])
    );
    assert!(
        workspace
            .run(["index"])
            .stdout
            .starts_with("generation 1 unchanged: 3 documents")
    );
}

#[test]
fn index_after_adding_a_file_touches_only_that_one() {
    let workspace = indexed();
    workspace.write("moi/tt-5.txt", decree("5/2026/TT-BTP", 7));
    assert_eq!(
        told(&workspace.index(&[])),
        json!([true, 2, ["moi/tt-5"], [], [], 3])
    );
    assert_eq!(workspace.documents().len(), 4);
    let answer = workspace.ask("khoản 1 Điều 23 Thông tư 5/2026/TT-BTP");
    assert_eq!(
        (answer.generation, answer.citations[0].document_id.as_str()),
        (2, "moi/tt-5")
    );
}

#[test]
fn index_after_changing_a_file_touches_only_that_one() {
    let workspace = indexed();
    let before = workspace.document("nd-120-2020").document;
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", 61));
    assert_eq!(
        told(&workspace.index(&[])),
        json!([true, 2, [], ["nd-120-2025"], [], 2])
    );
    let answer = workspace.ask("khoản 1 Điều 23 NĐ 120/2025");
    assert!(answer.citations[0].quote.contains("61 ngày"), "{answer:?}");
    assert!(
        !workspace
            .run(["search", "--json", "60 ngày"])
            .stdout
            .contains("60 ngày"),
        "the old text is still found"
    );
    assert_eq!(workspace.document("nd-120-2020").document, before);
}

#[test]
fn index_after_removing_a_file_forgets_only_that_one() {
    let workspace = indexed();
    workspace.remove("nd-1200-2025.txt");
    assert_eq!(
        told(&workspace.index(&[])),
        json!([true, 2, [], [], ["nd-1200-2025"], 2])
    );
    assert_eq!(workspace.run(["show", "nd-1200-2025"]).code, Some(1));
    assert!(
        workspace
            .ask(BIRTH)
            .passages
            .iter()
            .all(|passage| passage.document_id != "nd-1200-2025")
    );
}

#[test]
fn index_after_renaming_a_file_removes_one_and_adds_one() {
    let workspace = indexed();
    fs::rename(
        workspace.path("corpus/nd-120-2020.txt"),
        workspace.path("corpus/cu.txt"),
    )
    .unwrap();
    assert_eq!(
        told(&workspace.index(&[])),
        json!([true, 2, ["cu"], [], ["nd-120-2020"], 2])
    );
}

#[test]
fn index_after_a_change_of_metadata_alone_touches_that_document() {
    let workspace = indexed();
    workspace.write(
        "manifest.toml",
        "[documents.nd-120-2020]\nexpires = 2025-07-01\n",
    );
    assert_eq!(
        told(&workspace.index(&[])),
        json!([true, 2, [], ["nd-120-2020"], [], 2])
    );
    assert_eq!(
        workspace
            .document("nd-120-2020")
            .document
            .expires
            .as_deref(),
        Some("2025-07-01")
    );
}

#[test]
fn index_of_a_file_only_touched_builds_nothing() {
    let workspace = indexed();
    let text = fs::read(workspace.path("corpus/nd-120-2025.txt")).unwrap();
    workspace.write("nd-120-2025.txt", text);
    assert_eq!(
        told(&workspace.index(&[])),
        json!([false, 1, [], [], [], 3])
    );
}

#[test]
fn index_rebuilt_anew_gives_the_same_ranking_and_fingerprint_as_one_grown_in_steps() {
    let grown = indexed();
    for days in [61, 62] {
        grown.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", days));
        grown.index(&[]);
    }
    grown.remove("nd-1200-2025.txt");
    let ranked = || -> Vec<(String, String)> {
        grown
            .ask(BIRTH)
            .passages
            .into_iter()
            .map(|p| (p.document_id, p.locator))
            .collect()
    };
    let (in_steps, before) = (grown.index(&[]), ranked());
    let anew = grown.index(&["--rebuild"]);
    assert_eq!(anew["generation"]["number"], 5);
    for field in ["fingerprint", "n_documents", "n_passages"] {
        assert_eq!(
            in_steps["generation"][field], anew["generation"][field],
            "{field}"
        );
    }
    assert_eq!(ranked(), before);
}

#[test]
fn index_built_anew_tells_what_differs_from_the_one_before() {
    let workspace = indexed();
    let anew: [&[&str]; 2] = [&["--rebuild"], &["--model", "none"]];
    for (at, arguments) in anew.iter().enumerate() {
        assert_eq!(
            told(&workspace.index(arguments)),
            json!([true, at + 2, [], [], [], 3])
        );
    }
    workspace.write("moi.txt", decree("5/2026/NĐ-CP", 7));
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", 61));
    workspace.remove("nd-1200-2025.txt");
    // With the model again.
    assert_eq!(
        told(&workspace.index(&[])),
        json!([true, 4, ["moi"], ["nd-120-2025"], ["nd-1200-2025"], 1])
    );
    workspace.remove("moi.txt");
    assert_eq!(
        told(&workspace.index(&["--rebuild"])),
        json!([true, 5, [], [], ["moi"], 2])
    );
}

#[test]
fn recognised_pages_stay_while_something_is_there_that_cannot_be_read() {
    let workspace = indexed();
    let page = workspace.path("index/recognised/page");
    fs::create_dir(page.parent().unwrap()).unwrap();
    fs::write(&page, "Điều 1. Một").unwrap();
    workspace.write("scan.pdf", "%PDF-1.4 broken");
    assert_eq!(workspace.run(["index"]).code, Some(1));
    assert!(page.exists());
    workspace.remove("scan.pdf");
    assert_eq!(workspace.run(["index"]).code, Some(0));
    assert!(!page.exists());
}

#[test]
fn index_folder_keeps_the_live_generation_and_the_one_before() {
    let workspace = indexed();
    for _ in 0..4 {
        workspace.index(&["--rebuild"]);
    }
    let mut names: Vec<String> = fs::read_dir(workspace.path("index"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["CURRENT", "LOCK", "gen-000004", "gen-000005"]);
}

/// What runs is this test, which holds what a build holds.
#[test]
fn index_beside_a_running_build_is_refused_and_after_it_is_not() {
    let workspace = indexed();
    workspace.write("waits.txt", decree("7/2024/NĐ-CP", 45));
    let lock = File::options()
        .write(true)
        .open(workspace.path("index/LOCK"))
        .unwrap();
    lock.lock().unwrap();
    workspace.run(["index"]).failed(&[
        "another index build is running",
        workspace.path("index").to_str().unwrap(),
    ]);
    workspace
        .run(["index", "--rebuild"])
        .failed(&["another index build is running"]);
    assert_eq!(workspace.ask(BIRTH).generation, 1);
    drop(lock);
    let report = workspace.index(&[]);
    assert_eq!(told(&report), json!([true, 2, ["waits"], [], [], 3]));
}
