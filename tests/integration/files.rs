//! Files as offices send them: what `index`, `check` and `add` make of them.

use serde_json::Value;

use crate::support::{BIRTH, Workspace, decree, packed, word};

#[test]
fn word_files_web_pages_and_archives_are_indexed_and_cited() {
    let text = decree("120/2025/NĐ-CP", 60);
    let page = format!(
        "<html><body><p>{}</p></body></html>",
        decree("7/2024/NĐ-CP", 45).replace('\n', "</p><p>")
    );
    let packed = packed(&[
        ("cũ/a.txt", decree("8/2023/NĐ-CP", 30).as_bytes()),
        ("hong.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 broken"),
    ]);
    let workspace = Workspace::new([
        ("nd.docx", word(&text)),
        ("trang.html", page.into_bytes()),
        ("goi.zip", packed),
    ]);
    let output = workspace.run(["index", "--json"]);
    assert_eq!(output.code, Some(1), "{output:?}");
    let report: Value = output.json();
    let problems = report["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert!(
        problems[0]
            .as_str()
            .unwrap()
            .starts_with("`goi.zip/hong.doc`: is damaged")
    );
    assert_eq!(
        report["n_by_format"],
        serde_json::json!({"DOCX": 1, "HTML": 1, "text": 1})
    );
    let found: Vec<(String, String)> = workspace
        .documents()
        .into_iter()
        .map(|document| (document.id, document.source_file))
        .collect();
    let expected = [
        ("goi/cũ/a", "goi.zip/cũ/a.txt"),
        ("nd", "nd.docx"),
        ("trang", "trang.html"),
    ];
    assert_eq!(
        found,
        expected.map(|(id, file)| (id.to_owned(), file.to_owned()))
    );
    assert_eq!(
        workspace.document("nd").document.number.as_deref(),
        Some("120/2025/NĐ-CP")
    );
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
    let table = workspace.run(["index"]).stdout;
    assert!(
        table.contains("DOCX            1") && table.contains("not read        1"),
        "{table}"
    );
}

#[test]
fn broken_text_is_indexed_with_a_warning() {
    // The second byte of `à` was lost.
    let text = format!(
        "{}Ã Luáº\u{ad}t vÃ Nghá»‹ Ä‘á»‹nh\n",
        decree("120/2025/NĐ-CP", 60)
    );
    let workspace = Workspace::new([("nd.txt", text)]);
    let output = workspace.run(["index", "--json"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    let warnings = output.json::<Value>()["warnings"].to_string();
    assert!(
        warnings.contains("`nd.txt`") && warnings.contains("bytes are lost"),
        "{warnings}"
    );
}

#[test]
fn check_tells_format_outline_relations_and_concerns() {
    let text = format!(
        "{}Điều 25. Hiệu lực\nNghị định này có hiệu lực từ ngày 01/7/2025 và thay thế Nghị định số 15/2021/NĐ-CP.\n",
        decree("120/2025/NĐ-CP", 60)
    );
    let workspace = Workspace::new([("nd.docx", word(&text))]);
    let file = workspace.path("corpus/nd.docx");
    let report: Value = workspace
        .run(["check", "--json", file.to_str().unwrap()])
        .json();
    let source = &report["sources"][0];
    assert_eq!(source["format"], "DOCX");
    assert_eq!(
        source["relations"],
        serde_json::json!(["replaces 15/2021/NĐ-CP"])
    );
    assert_eq!(source["outline"][0], "Điều 22. Lệ phí hộ tịch");
    let concerns = source["concerns"].as_array().unwrap();
    let gap = concerns
        .iter()
        .find(|concern| concern["message"] == "Điều 24 is missing before Điều 25")
        .unwrap();
    assert_eq!(gap["code"], "article-gap");
    assert_eq!(
        (gap["gravity"].as_str(), gap["line"].is_u64()),
        (Some("warning"), true)
    );
    assert!(!gap["advice"].as_str().unwrap().is_empty());
}

#[test]
fn check_compares_with_what_is_indexed() {
    let workspace = Workspace::new([("cu.txt", decree("120/2025/NĐ-CP", 60))]);
    workspace.index(&[]);
    let file = workspace.path("moi.docx");
    std::fs::write(&file, word(&decree("120/2025/NĐ-CP", 60))).unwrap();
    let output = workspace.run(["check", file.to_str().unwrap()]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(output.stdout.contains("stored document `cu`"), "{output:?}");
}

#[test]
fn add_puts_files_into_the_corpus_once() {
    let workspace = Workspace::new([("cu.txt", decree("7/2024/NĐ-CP", 45))]);
    let file = workspace.path("moi.docx");
    let path = file.to_str().unwrap();
    std::fs::write(&file, word(&decree("120/2025/NĐ-CP", 60))).unwrap();
    let added = workspace.run(["add", path]);
    assert_eq!(added.code, Some(0), "{added:?}");
    assert!(
        added.stdout.contains("added: ") && added.stdout.contains("120/2025/NĐ-CP"),
        "{added:?}"
    );
    assert!(
        workspace
            .run(["add", path])
            .stdout
            .contains("already there")
    );
    std::fs::write(&file, word(&decree("120/2025/NĐ-CP", 90))).unwrap();
    let taken = workspace.run(["add", path]);
    assert_eq!(taken.code, Some(1), "{taken:?}");
    assert!(taken.stderr.contains("add `--replace`"), "{taken:?}");
    assert_eq!(workspace.run(["add", "--replace", path]).code, Some(0));
    assert_eq!(
        workspace.index(&[])["added"],
        serde_json::json!(["cu", "moi"])
    );
    assert!(workspace.document("moi").text.contains("90 ngày"));
}

#[test]
fn add_refuses_secrets_and_files_that_cannot_be_read() {
    let workspace = Workspace::new([("cu.txt", decree("7/2024/NĐ-CP", 45))]);
    let (secret, broken) = (workspace.path("mat.txt"), workspace.path("hong.docx"));
    std::fs::write(
        &secret,
        format!("TỐI MẬT\n{}", decree("120/2025/NĐ-CP", 60)),
    )
    .unwrap();
    std::fs::write(&broken, b"PK\x03\x04 [Content_Types].xml").unwrap();
    let checked = workspace.run(["check", secret.to_str().unwrap()]);
    assert_eq!(checked.code, Some(1), "{checked:?}");
    assert!(
        checked
            .stdout
            .contains("refused: line 1: carries the security marking TỐI MẬT")
    );
    for (file, reason) in [(&secret, "is refused"), (&broken, "is damaged")] {
        let output = workspace.run(["add", file.to_str().unwrap()]);
        assert_eq!(output.code, Some(1), "{output:?}");
        assert!(output.stderr.contains(reason), "{output:?}");
    }
    assert!(
        !workspace.path("corpus/mat.txt").exists() && !workspace.path("corpus/hong.docx").exists()
    );
    let forced = workspace.run(["add", "--force", secret.to_str().unwrap()]);
    assert_eq!(forced.code, Some(0), "{forced:?}");
    assert!(workspace.path("corpus/mat.txt").exists());
    assert!(forced.stderr.contains("not_secret = true"), "{forced:?}");
}

/// Whether `index` ends with `code` and tells of a marking, and whether `mat` is in the index then.
#[track_caller]
fn indexed_secret(workspace: &Workspace, code: i32) -> bool {
    let output = workspace.run(["index", "--json"]);
    assert_eq!(output.code, Some(code), "{output:?}");
    let problems = output.json::<Value>()["problems"].to_string();
    let told = "`mat.txt`: carries the security marking MẬT and is left out";
    assert_eq!(problems.contains(told), code == 1, "{problems}");
    let mut documents = workspace.documents().into_iter();
    documents.any(|document| document.id == "mat")
}

#[test]
fn secrets_stay_out_of_the_index_until_they_are_stated_to_be_none() {
    let text = decree("120/2025/NĐ-CP", 60);
    let workspace = Workspace::new([("cu.txt", decree("7/2024/NĐ-CP", 45))]);
    workspace.write("mat.txt", &text);
    assert!(indexed_secret(&workspace, 0));
    // The earlier version goes too.
    let stamped = text.replace("NĐ-CP\n", "NĐ-CP\tMẬT\n");
    workspace.write("mat.txt", &stamped);
    assert!(!indexed_secret(&workspace, 1));
    workspace.write("manifest.toml", "[documents.mat]\nnot_secret = true\n");
    assert!(indexed_secret(&workspace, 0));
    let file = workspace.path("corpus/mat.txt");
    let checked = workspace.run(["check", file.to_str().unwrap()]);
    assert_eq!(checked.code, Some(0), "{checked:?}");
    workspace.remove("manifest.toml");
    assert!(!indexed_secret(&workspace, 1));
    workspace.write("mat.txt", format!("+++\nnot_secret = true\n+++\n{stamped}"));
    assert!(indexed_secret(&workspace, 0));
}

#[test]
fn secret_among_rows_of_which_one_is_broken_does_not_stay() {
    let row = |text: &str| format!("{{\"id\": \"mat\", \"text\": \"{text}\"}}\n");
    let workspace = Workspace::new([("rows.jsonl", row("Điều 1. Một"))]);
    workspace.index(&[]);
    workspace.write("rows.jsonl", row("MẬT\\nĐiều 1. Một") + "{\"id\"\n");
    let output = workspace.run(["index"]);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(!output.stderr.contains("stays in the index"), "{output:?}");
    assert!(workspace.documents().is_empty());
}

#[test]
fn check_of_one_file_goes_by_the_manifest_of_the_corpus_and_judges_only_the_file() {
    let workspace = Workspace::new([
        ("cu.txt", decree("7/2024/NĐ-CP", 45)),
        ("năm 2025/nd.txt", "Điều 1. Một\nHai.\n".to_owned()),
        (
            "manifest.toml",
            "[documents.cu]\n[documents.\"năm 2025/nd\"]\nnumber = \"1/2025/NĐ-CP\"\n[documents.moi]\n\
             number = \"2/2025/NĐ-CP\"\n"
                .to_owned(),
        ),
    ]);
    let check = |name: &str| {
        let path = workspace.path(name);
        workspace.run(["check", path.to_str().unwrap()])
    };
    std::fs::write(workspace.path("moi.txt"), "Điều 1. Một\nHai.\n").unwrap();
    for (name, number) in [
        ("corpus/cu.txt", "7/2024/NĐ-CP"),
        ("corpus/năm 2025/nd.txt", "1/2025/NĐ-CP"),
        ("corpus/năm 2025", "1/2025/NĐ-CP"),
        ("moi.txt", "2/2025/NĐ-CP"),
    ] {
        let output = check(name);
        assert_eq!(output.code, Some(0), "{name}: {output:?}");
        assert!(output.stdout.contains(number), "{name}: {output:?}");
    }
    let added = workspace.run(["add", workspace.path("moi.txt").to_str().unwrap()]);
    assert_eq!(added.code, Some(0), "{added:?}");
    workspace.remove("moi.txt");
    let whole = check("corpus");
    assert_eq!(whole.code, Some(1), "{whole:?}");
    let told = "problem: `manifest.toml`: names the document `moi`, which is not in the corpus";
    assert!(whole.stdout.contains(told), "{whole:?}");
}

#[test]
fn heads_are_compared_with_those_read_by_hand() {
    let workspace = Workspace::new([("nd.docx", word(&decree("120/2025/NĐ-CP", 60)))]);
    let gold = "{\"id\": \"nd\", \"number\": \"120/2025/NĐ-CP\", \"issuer\": \"Chính phủ\", \"issued\": \"2025-06-11\", \"title\": \"Khác hẳn\"}\n";
    std::fs::write(workspace.path("heads.jsonl"), gold).unwrap();
    let output = workspace.run(["eval", "--heads", "heads.jsonl", "--each"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert!(
        output.stdout.contains("nd title: expected Khác hẳn"),
        "{output:?}"
    );
    assert!(
        output
            .stdout
            .contains("right      0.750 in 1 of 1 documents"),
        "{output:?}"
    );
}
