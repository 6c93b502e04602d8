//! Documents that the manifest knows of and the corpus holds after all.

use camnang::document::RelationKind;
use camnang::index::Store;

use crate::support::{Output, Workspace};

const NUMBER: &str = "175/2024/NĐ-CP";

/// A corpus with one row whose id is the number that its manifest knows.
fn workspace(text: &str) -> Workspace {
    let row = serde_json::json!({ "id": NUMBER, "title": "Nghị định", "text": text });
    Workspace::new([
        ("rows.jsonl", format!("{row}\n")),
        (
            "manifest.toml",
            format!("[known.\"{NUMBER}\"]\neffective = 2024-12-30\n"),
        ),
    ])
}

/// Asserts that the row says what it does to others, and that the maintainer is told of it.
#[track_caller]
fn check(workspace: &Workspace, output: &Output) {
    assert_eq!(output.code, Some(1), "{output:?}");
    let told = format!("`known.\"{NUMBER}\"` is now in the corpus as `{NUMBER}`");
    assert!(output.stderr.contains(&told), "{output:?}");
    let live = Store::open(&workspace.path("index")).unwrap().live();
    let relations = &live.law().act(NUMBER).unwrap().relations;
    let done: Vec<(RelationKind, String)> = relations
        .iter()
        .map(|relation| (relation.kind, relation.target.document.to_string()))
        .collect();
    assert_eq!(
        done,
        [(RelationKind::Repeals, "15/2021/NĐ-CP".to_owned())],
        "{output:?}"
    );
}

#[test]
fn document_with_the_id_of_a_known_one_says_for_itself_what_it_does() {
    let clause = "Điều 9. Hiệu lực\n1. Nghị định này có hiệu lực từ ngày 30/12/2024.\n\
                  2. Nghị định số 15/2021/NĐ-CP hết hiệu lực.\n";
    let head = format!("CHÍNH PHỦ\nSố: {NUMBER}\nHà Nội, ngày 30 tháng 12 năm 2024\nNGHỊ ĐỊNH\n");
    // With its number and without one.
    for text in [format!("{head}{clause}"), clause.to_owned()] {
        let workspace = workspace(&text);
        for built in ["built", "unchanged", "unchanged"] {
            let output = workspace.run(["index"]);
            assert!(
                output.stdout.starts_with(&format!("generation 1 {built}")),
                "{output:?}"
            );
            check(&workspace, &output);
        }
        check(&workspace, &workspace.run(["index", "--rebuild"]));
    }
}
