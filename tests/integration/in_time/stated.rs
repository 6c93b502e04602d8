use serde_json::{Value, json};

use crate::support::{Workspace, decree};

/// Two decrees of which the second says nothing of the first.
fn workspace() -> Workspace {
    Workspace::new([
        ("cu.txt", decree("120/2020/NĐ-CP", 30)),
        ("moi.txt", decree("120/2025/NĐ-CP", 60)),
    ])
}

fn label(workspace: &Workspace, id: &str, day: &str) -> String {
    let documents: Value = workspace.run(["docs", "--json", "--as-of", day]).json();
    let documents = documents.as_array().unwrap();
    let document = documents.iter().find(|d| d["id"] == id).unwrap();
    document["standing"]["label"].as_str().unwrap().to_owned()
}

#[test]
fn relation_stated_in_the_manifest_counts_from_its_day() {
    let workspace = workspace();
    workspace.write(
        "manifest.toml",
        "[documents.moi]\nrelations = [{ kind = \"replaces\", target = \"120/2020/NĐ-CP\", clause = \
         \"khoản 1 Điều 23\", from = 2025-07-01 }]\n",
    );
    assert_eq!(
        label(&workspace, "cu", "2025-07-01"),
        "đã được thay thế từ ngày 01/7/2025 theo khoản 1 Điều 23 Nghị định 120/2025/NĐ-CP"
    );
    assert_ne!(
        label(&workspace, "cu", "2025-06-30"),
        label(&workspace, "cu", "2025-07-01")
    );
}

#[test]
fn document_only_known_of_ends_a_stored_one_also_when_it_is_told_of_later() {
    let workspace = workspace();
    assert_eq!(
        label(&workspace, "cu", "2026-01-01"),
        "chưa xác định được tình trạng hiệu lực"
    );
    workspace.write(
        "manifest.toml",
        "[known.\"9/2024/NĐ-CP\"]\neffective = 2024-03-01\nrelations = [{ kind = \"replaces\", target = \
         \"120/2020/NĐ-CP\" }]\n",
    );
    let built = workspace.run(["index", "--json"]).json::<Value>();
    assert_eq!(
        (&built["built"], &built["changed"], &built["n_unchanged"]),
        (&json!(true), &json!([]), &json!(2))
    );
    assert_eq!(
        label(&workspace, "cu", "2024-03-01"),
        "đã được thay thế từ ngày 01/3/2024 theo Nghị định 09/2024/NĐ-CP"
    );
    let again = workspace.run(["index", "--json"]).json::<Value>();
    assert_eq!(again["built"], json!(false));
}

#[test]
fn relation_misread_from_the_text_is_taken_back() {
    let closing = "Điều 24. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2025 và thay thế Nghị định số \
                   120/2020/NĐ-CP.\n";
    let workspace = workspace();
    workspace.write("moi.txt", decree("120/2025/NĐ-CP", 60) + closing);
    assert_eq!(
        label(&workspace, "cu", "2025-07-01"),
        "đã được thay thế từ ngày 01/7/2025 theo Điều 24 Nghị định 120/2025/NĐ-CP"
    );
    workspace.write(
        "manifest.toml",
        "[documents.moi]\nrelations = [{ kind = \"none\", target = \"120/2020/NĐ-CP\" }]\n",
    );
    assert_eq!(workspace.run(["index"]).code, Some(0));
    assert_eq!(
        label(&workspace, "cu", "2025-07-01"),
        "chưa xác định được tình trạng hiệu lực"
    );
}

#[test]
fn document_whose_file_cannot_be_read_any_more_does_what_it_did() {
    let text = decree("120/2025/NĐ-CP", 60)
        + "Điều 24. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2025 và thay thế Nghị định số \
           120/2020/NĐ-CP.\n";
    let workspace = workspace();
    workspace.write("moi.txt", &text);
    let replaced = label(&workspace, "cu", "2025-07-01");
    assert!(replaced.starts_with("đã được thay thế"), "{replaced}");
    let slip = format!("+++\neffective = 31/01/2026\n+++\n{text}");
    workspace.write("moi.txt", slip);
    for arguments in [
        ["index"].as_slice(),
        &["index", "--rebuild"],
        &["index", "--model", "none"],
        &["index"],
    ] {
        let output = workspace.run(arguments);
        assert_eq!(output.code, Some(1), "{output:?}");
        let kept = "; the earlier version of `moi` stays in the index";
        assert!(output.stderr.contains(kept), "{output:?}");
        assert_eq!(label(&workspace, "cu", "2025-07-01"), replaced);
    }
    workspace.remove("moi.txt");
    assert_eq!(workspace.run(["index"]).code, Some(0));
    assert_ne!(label(&workspace, "cu", "2025-07-01"), replaced);
}

#[test]
fn document_that_was_only_known_of_speaks_for_itself_once_it_is_stored() {
    let workspace = workspace();
    workspace.write(
        "manifest.toml",
        "[known.\"9/2024/NĐ-CP\"]\neffective = 2024-03-01\nrelations = [{ kind = \"replaces\", target = \
         \"120/2020/NĐ-CP\" }]\n",
    );
    let known = label(&workspace, "cu", "2024-03-01");
    assert!(known.starts_with("đã được thay thế"), "{known}");
    workspace.write("nd-9.txt", decree("09/2024/NĐ-CP", 45));
    let output = workspace.run(["index"]);
    assert_eq!(output.code, Some(1), "{output:?}");
    let told = "`manifest.toml`: `known.\"9/2024/NĐ-CP\"` is now in the corpus as `nd-9`";
    assert!(output.stderr.contains(told), "{output:?}");
    assert_eq!(
        label(&workspace, "cu", "2024-03-01"),
        "chưa xác định được tình trạng hiệu lực"
    );
    workspace.remove("nd-9.txt");
    assert_eq!(workspace.run(["index"]).code, Some(0));
    assert_eq!(label(&workspace, "cu", "2024-03-01"), known);
}

#[test]
fn statement_that_cannot_be_read_stops_the_build_and_loses_nothing() {
    for (manifest, said) in [
        (
            "[documents.moi]\nrelations = [{ kind = \"ends\", target = \"120/2020/NĐ-CP\" }]\n",
            "there is no relation `ends`",
        ),
        (
            "[documents.moi]\nrelations = [{ kind = \"repeals\", target = \"luật kia\" }]\n",
            "`luật kia` is not a document number",
        ),
        (
            "[known.\"nghị định\"]\neffective = 2024-03-01\n",
            "`nghị định` is not a document number",
        ),
    ] {
        let workspace = workspace();
        let good = "[known.\"9/2024/NĐ-CP\"]\neffective = 2024-03-01\nrelations = [{ kind = \
                    \"replaces\", target = \"120/2020/NĐ-CP\" }]\n";
        workspace.write("manifest.toml", good);
        let before = label(&workspace, "cu", "2024-03-01");
        assert!(before.starts_with("đã được thay thế"), "{before}");
        workspace.write("manifest.toml", format!("{good}{manifest}"));
        workspace.write("moi.txt", decree("120/2025/NĐ-CP", 61));
        workspace
            .run(["index"])
            .failed(&["manifest.toml` cannot be used: line ", said]);
        assert_eq!(label(&workspace, "cu", "2024-03-01"), before);
    }
}

#[test]
fn documents_that_replace_each_other_are_reported() {
    let workspace = workspace();
    workspace.write(
        "manifest.toml",
        "[documents.cu]\neffective = 2020-08-01\nrelations = [{ kind = \"replaces\", target = \
         \"120/2019/NĐ-CP\" }]\n[known.\"120/2019/NĐ-CP\"]\neffective = 2020-08-01\nrelations = [{ kind = \
         \"replaces\", target = \"120/2020/NĐ-CP\" }]\n",
    );
    let output = workspace.run(["index"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(
        output.stderr.contains(
            "contradiction: `120/2019/NĐ-CP`, `cu` replace or repeal each other in a ring"
        ),
        "{output:?}"
    );
}
