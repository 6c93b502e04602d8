//! Sources that cannot be read while the index cannot give back what it holds of them: what is lost
//! is named.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};

use crate::support::{Workspace, decrees};

/// An index of the three decrees, one of which has turned unreadable since.
fn workspace() -> Workspace {
    let workspace = Workspace::new(decrees());
    workspace.index(&[]);
    workspace.write("nd-120-2025.txt", b"\xff\xff");
    workspace
}

/// Indexes with `arguments` and asserts that the document left and was named; gives what was told
/// beside the source itself.
#[track_caller]
fn lost(workspace: &Workspace, arguments: &[&str]) -> Vec<String> {
    let report = report(workspace, arguments);
    assert_eq!(report["kept"], json!([]), "{report:#}");
    assert_eq!(workspace.documents().len(), 2, "{report:#}");
    let problems: Vec<String> = serde_json::from_value(report["problems"].clone()).unwrap();
    assert!(
        problems[0].starts_with("`nd-120-2025.txt`: ") && problems[0].contains("is not UTF-8"),
        "{report:#}"
    );
    problems.into_iter().skip(1).collect()
}

#[track_caller]
fn report(workspace: &Workspace, arguments: &[&str]) -> Value {
    let output = workspace.run(["index", "--json"].iter().chain(arguments));
    assert_eq!(output.code, Some(1), "{output:?}");
    output.json()
}

/// Makes the index one of an earlier version.
fn age(workspace: &Workspace) {
    let manifest = workspace.generation(1).join("generation.json");
    let text = fs::read_to_string(&manifest).unwrap();
    fs::write(&manifest, text.replace("camnang-", "earlier-")).unwrap();
}

#[test]
fn index_of_another_format_loses_what_cannot_be_read_and_says_so() {
    for arguments in [[].as_slice(), &["--rebuild"]] {
        let workspace = workspace();
        age(&workspace);
        let told = lost(&workspace, arguments);
        assert_eq!(told.len(), 1, "{told:#?}");
        let begins = "`nd-120-2025.txt`: cannot be read: nor can its earlier version \
                      `nd-120-2025`: index at ";
        assert!(told[0].starts_with(begins), "{told:#?}");
        assert!(
            told[0].contains("has format earlier-") && !told[0].contains("hint"),
            "{told:#?}"
        );
    }
}

#[test]
fn document_that_is_lost_is_told_as_removed() {
    let workspace = workspace();
    age(&workspace);
    let report = report(&workspace, &[]);
    assert_eq!(
        [&report["added"], &report["changed"], &report["removed"]],
        [&json!([]), &json!([]), &json!(["nd-120-2025"])]
    );
}

#[test]
fn index_of_another_format_loses_nothing_that_it_did_not_hold() {
    let workspace = Workspace::new(decrees());
    workspace.index(&[]);
    workspace.write("moi.txt", b"\xff\xff");
    age(&workspace);
    let report = report(&workspace, &[]);
    assert_eq!(report["problems"].as_array().unwrap().len(), 1);
    assert_eq!(workspace.documents().len(), 3);
}

#[test]
fn index_whose_catalogue_is_damaged_loses_nobody_knows_what_and_says_so() {
    let halved: fn(Vec<u8>) -> Vec<u8> = |bytes| {
        let first = bytes.iter().position(|byte| *byte == b'\n').unwrap();
        bytes[..first].to_vec()
    };
    let garbled: fn(Vec<u8>) -> Vec<u8> = |_| b"\xff\xff\n".to_vec();
    for damage in [halved, garbled] {
        let workspace = workspace();
        let catalogue = workspace.generation(1).join("catalogue.jsonl");
        fs::write(&catalogue, damage(fs::read(&catalogue).unwrap())).unwrap();
        let told = lost(&workspace, &[]);
        let index = workspace.path("index");
        assert_eq!(told.len(), 1, "{told:#?}");
        assert!(
            told[0].starts_with(&format!("`{}`: cannot be read: ", index.display()))
                && told[0].contains("is damaged")
                && told[0].contains("are lost, if it held any"),
            "{told:#?}"
        );
    }
}

/// The only file with this extension in the documents of the first generation.
fn part(workspace: &Workspace, extension: &str) -> PathBuf {
    let folder = workspace.generation(1).join("documents");
    let files = fs::read_dir(folder).unwrap();
    let mut files = files.map(|entry| entry.unwrap().path());
    files
        .find(|path| path.extension().is_some_and(|e| e == extension))
        .unwrap()
}

#[test]
fn text_that_the_index_cannot_give_back_is_lost_and_named() {
    let workspace = workspace();
    // Behind the length, where packed texts stand; what follows them is looked at when it is opened.
    let store = part(&workspace, "store");
    let mut bytes = fs::read(&store).unwrap();
    bytes[4..64].fill(0xff);
    fs::write(&store, bytes).unwrap();
    let told = lost(&workspace, &["--rebuild"]);
    assert_eq!(told.len(), 1, "{told:#?}");
    assert!(
        told[0].starts_with("`nd-120-2025.txt`: ")
            && told[0].contains("earlier version `nd-120-2025`: the search library failed in"),
        "{told:#?}"
    );
}
