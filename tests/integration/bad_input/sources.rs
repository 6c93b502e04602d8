//! Sources that cannot be read: named, skipped, reported; the rest is indexed.

use std::fs;
use std::os::unix::fs::symlink;

use serde_json::Value;

use crate::support::{BIRTH, Output, Workspace, decree, packed};

/// A workspace with one good source and `bad` ones.
fn workspace(bad: &[(&str, &[u8])]) -> Workspace {
    let workspace = Workspace::new([("good.txt", decree("120/2025/NĐ-CP", 60))]);
    for (name, bytes) in bad {
        workspace.write(name, bytes);
    }
    workspace
}

/// Indexes and asserts exit code 1, exactly the problems that `expected` are parts of, in this
/// order, all of them on stderr too, and the good source indexed.
#[track_caller]
fn check(workspace: &Workspace, expected: &[(&str, &str)]) {
    let output = workspace.run(["index", "--json"]);
    assert_eq!(output.code, Some(1), "{output:?}");
    let problems = problems(&output);
    assert_eq!(problems.len(), expected.len(), "{problems:#?}");
    for (problem, (file, reason)) in problems.iter().zip(expected) {
        assert!(
            problem.starts_with(&format!("`{file}`: ")) && problem.contains(reason),
            "{problem}"
        );
        assert!(
            output.stderr.contains(problem.as_str()),
            "not on stderr: {problem}"
        );
    }
    let ids: Vec<String> = workspace
        .documents()
        .into_iter()
        .map(|document| document.id)
        .collect();
    assert!(ids.contains(&"good".to_owned()), "{ids:?}");
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
}

fn problems(output: &Output) -> Vec<String> {
    let problems = output.json::<Value>()["problems"].clone();
    serde_json::from_value(problems).unwrap()
}

#[test]
fn source_empty_or_blank_is_skipped() {
    check(
        &workspace(&[("a.txt", b""), ("b.md", b" \n\t\n")]),
        &[("a.txt", "is empty"), ("b.md", "is empty")],
    );
}

#[test]
fn source_of_invalid_utf8_is_skipped_with_the_place() {
    check(
        &workspace(&[("a.txt", b"Ngh\xe1\xbb\x8b \xff \xfe")]),
        &[("a.txt", "is not UTF-8 (byte 7)")],
    );
}

#[test]
fn source_of_unknown_format_is_skipped_with_the_formats_that_are_read() {
    let bad: [(&str, &[u8]); 3] = [
        ("a.rtf", b"{\\rtf1 a}"),
        ("b.bin", b"\x01\x02\x03\x04"),
        ("c.docx", b"PK\x03\x04 [Content_Types].xml"),
    ];
    check(
        &workspace(&bad),
        &[
            ("a.rtf", "save it as .docx"),
            ("b.bin", "accepted: .txt"),
            ("c.docx", "is damaged"),
        ],
    );
}

#[test]
fn source_unreadable_is_skipped_with_the_reason() {
    let workspace = workspace(&[]);
    symlink("nowhere", workspace.path("corpus/dangling.txt")).unwrap();
    symlink(".", workspace.path("corpus/loop")).unwrap();
    fs::create_dir(workspace.path("corpus/folder.txt")).unwrap();
    check(
        &workspace,
        &[
            ("dangling.txt", "cannot be read"),
            ("loop", "cannot be read"),
        ],
    );
}

#[test]
fn source_with_bad_front_matter_is_skipped_with_what_is_wrong() {
    let bad: [(&str, &[u8]); 5] = [
        (
            "a-unclosed.md",
            "+++\nnumber = \"1\"\nĐiều 1. Một".as_bytes(),
        ),
        (
            "b-unknown.md",
            "+++\nnumer = \"1\"\n+++\nĐiều 1. Một".as_bytes(),
        ),
        ("c-syntax.md", "+++\nnumber = \n+++\nĐiều 1. Một".as_bytes()),
        (
            "d-date.md",
            "+++\nissued = \"hôm qua\"\n+++\nĐiều 1. Một".as_bytes(),
        ),
        (
            "e-year.md",
            "+++\nexpires = 0206-01-31\n+++\nĐiều 1. Một".as_bytes(),
        ),
    ];
    let expected = bad.map(|(name, _)| (name, "bad metadata"));
    check(&workspace(&bad), &expected);
}

#[test]
fn source_with_a_stated_number_that_is_none_keeps_the_one_that_is_read() {
    let front = format!(
        "+++\nnumber = \"Số: 15/2021/NĐ-CP\"\n+++\n{}",
        decree("7/2024/NĐ-CP", 45)
    );
    let row = "{\"id\": \"r1\", \"text\": \"Điều 1. Một\", \"law_number\": \"155/2016/TT-?\"}\n";
    let rows = [row, &row.replace("r1", "r2")].concat();
    let manifest = "[documents.good]\nnumber = \"Nghị định 120\"\n";
    let workspace = workspace(&[
        ("a.md", front.as_bytes()),
        ("manifest.toml", manifest.as_bytes()),
        ("rows.jsonl", rows.as_bytes()),
    ]);
    // Again and again until it is mended; once for the rows of one law.
    for _ in 0..2 {
        check(
            &workspace,
            &[
                ("a.md", "the stated number `Số: 15/2021/NĐ-CP` is not a"),
                ("good.txt", "the stated number `Nghị định 120` is not a"),
                ("rows.jsonl", "the stated number `155/2016/TT-?` is not a"),
            ],
        );
    }
    let number = |id: &str| workspace.document(id).document.number;
    assert_eq!(number("a").as_deref(), Some("07/2024/NĐ-CP"));
    assert_eq!(number("good").as_deref(), Some("120/2025/NĐ-CP"));
    assert_eq!(number("r1").as_deref(), Some("155/2016/TT-?"));
}

#[test]
fn sample_corpus_has_no_problem() {
    let output = Workspace::sample().run(["index", "--json"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    assert_eq!(problems(&output), Vec::<String>::new());
}

#[test]
fn source_with_one_bad_json_line_gives_its_other_lines() {
    let rows = "{\"id\": \"first\", \"title\": \"\", \"text\": \"Điều 1. Một\"}\n{\"id\": \"half\n\n{\"id\": \"no-text\"}\n{\"id\": \"last\", \"text\": \"Điều 1. Hai\"}\n";
    let workspace = workspace(&[("rows.jsonl", rows.as_bytes())]);
    check(
        &workspace,
        &[("rows.jsonl", "line 2"), ("rows.jsonl", "line 4")],
    );
    let ids: Vec<String> = workspace
        .documents()
        .into_iter()
        .map(|document| document.id)
        .collect();
    assert_eq!(ids, ["first", "good", "last"]);
}

#[test]
fn source_with_a_bad_json_line_is_told_its_line_once() {
    let rows = "\u{feff}{\"id\": \"first\", \"text\": \"Điều 1. Một\"}\n{\"id\": \"no-text\"}\n";
    let workspace = workspace(&[("rows.jsonl", rows.as_bytes())]);
    let output = workspace.run(["index", "--json"]);
    assert_eq!(
        problems(&output),
        ["`rows.jsonl`: line 2: missing field `text`"]
    );
    assert!(workspace.document("first").text.contains("Một"));
}

#[test]
fn source_with_empty_front_matter_is_read() {
    let workspace = workspace(&[("a.md", "+++\n+++\nĐiều 1. Một".as_bytes())]);
    assert_eq!(workspace.index(&[])["problems"], serde_json::json!([]));
    assert_eq!(workspace.document("a").text, "Điều 1. Một");
}

#[test]
fn manifest_that_is_not_at_the_root_is_reported_every_time() {
    let stated = "[documents.\"good\"]\nexpires = 2026-01-31\n".as_bytes();
    let workspace = workspace(&[
        ("năm 2025/manifest.toml", stated),
        ("Manifest.toml", stated),
    ]);
    let advice = "put its lines into `manifest.toml` at the root of the corpus";
    let expected = [
        ("Manifest.toml", advice),
        ("năm 2025/manifest.toml", advice),
    ];
    check(&workspace, &expected);
    check(&workspace, &expected);
    assert_eq!(workspace.documents().len(), 1);
    assert_eq!(workspace.document("good").document.expires, None);
}

#[test]
fn source_that_only_claims_to_be_gzip_is_skipped() {
    check(
        &workspace(&[("rows.jsonl.gz", b"{\"id\": \"a\", \"text\": \"b\"}")]),
        &[("rows.jsonl.gz", "line 1")],
    );
}

#[test]
fn source_with_an_id_that_is_taken_is_skipped_and_the_first_one_kept() {
    let workspace = workspace(&[("good.md", "Điều 1. Khác hẳn".as_bytes())]);
    let output = workspace.run(["index", "--json"]);
    assert_eq!(output.code, Some(1));
    assert_eq!(
        problems(&output),
        ["`good.txt`: document id `good` is taken by another source"]
    );
    assert_eq!(workspace.document("good").document.source_file, "good.md");
}

#[test]
fn manifest_that_is_broken_stops_the_build_with_its_line() {
    let workspace = workspace(&[("manifest.toml", b"# a\n[documents")]);
    let words = ["manifest.toml` cannot be used: line 2: ", "\nhint: mend it"];
    for command in [["index"].as_slice(), &["index", "--rebuild"], &["docs"]] {
        workspace.run(command).failed(&words);
    }
    workspace.remove("manifest.toml");
    workspace.index(&[]);
    workspace.write("manifest.toml", "# a\n[documents");
    workspace.write("other.txt", decree("7/2024/NĐ-CP", 45));
    workspace.run(["index"]).failed(&words);
    assert_eq!(workspace.documents().len(), 1);
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
}

#[test]
fn manifest_that_names_nothing_is_reported() {
    let unknown = "[documents.\"no-such\"]\nnumber = \"1/2025\"\n";
    check(
        &workspace(&[("manifest.toml", unknown.as_bytes())]),
        &[("manifest.toml", "names the document `no-such`")],
    );
}

#[test]
fn source_that_turns_bad_is_reported_and_mended_again() {
    let workspace = workspace(&[("other.txt", decree("7/2024/NĐ-CP", 45).as_bytes())]);
    assert_eq!(workspace.index(&[])["problems"], serde_json::json!([]));
    workspace.write("other.txt", b"\xff\xff");
    let kept = "; the earlier version of `other` stays in the index";
    check(&workspace, &[("other.txt", kept)]);
    check(&workspace, &[("other.txt", "is not UTF-8")]);
    let found = workspace.document("other");
    assert_eq!(found.document.number.as_deref(), Some("07/2024/NĐ-CP"));
    workspace.write("other.txt", decree("7/2024/NĐ-CP", 45));
    assert_eq!(workspace.run(["index"]).code, Some(0));
    assert_eq!(workspace.documents().len(), 2);
}

#[test]
fn sources_that_are_there_and_cannot_be_read_stay_as_they_were() {
    let workspace = workspace(&[
        (
            "rows.jsonl",
            "{\"id\": \"r\", \"text\": \"Điều 1. Một\"}\n".as_bytes(),
        ),
        (
            "goi.zip",
            &packed(&[
                ("a.txt", "Điều 1. Một".as_bytes()),
                ("b.txt", "Điều 1. Hai".as_bytes()),
            ]),
        ),
        ("gone.txt", "Điều 1. Ba".as_bytes()),
    ]);
    let elsewhere = workspace.path("elsewhere");
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("n.txt"), "Điều 1. Bốn").unwrap();
    symlink(&elsewhere, workspace.path("corpus/nam-2025")).unwrap();
    assert_eq!(workspace.index(&[])["problems"], serde_json::json!([]));

    workspace.write("rows.jsonl", "{\"id\": \"r\n");
    workspace.write("goi.zip", "PK\u{3}\u{4} broken");
    workspace.remove("gone.txt");
    fs::rename(&elsewhere, workspace.path("unplugged")).unwrap();
    for arguments in [
        ["index", "--json"].as_slice(),
        &["index", "--json", "--rebuild"],
    ] {
        let output = workspace.run(arguments);
        assert_eq!(output.code, Some(1), "{output:?}");
        let problems = problems(&output);
        for (file, kept) in [
            (
                "goi.zip",
                "; the earlier versions of 2 documents stay in the index",
            ),
            (
                "nam-2025",
                "; the earlier version of `nam-2025/n` stays in the index",
            ),
            (
                "rows.jsonl",
                "; the earlier version of `r` stays in the index",
            ),
        ] {
            let is_told = |p: &String| p.starts_with(&format!("`{file}`: ")) && p.ends_with(kept);
            assert!(problems.iter().any(is_told), "{file}: {problems:#?}");
        }
        let report: Value = output.json();
        assert_eq!(
            report["kept"],
            serde_json::json!(["goi/a", "goi/b", "nam-2025/n", "r"])
        );
        let ids: Vec<String> = workspace.documents().into_iter().map(|d| d.id).collect();
        assert_eq!(ids, ["goi/a", "goi/b", "good", "nam-2025/n", "r"]);
    }
}

#[test]
fn corpus_missing_is_an_error_with_a_hint_and_leaves_the_index_alone() {
    let workspace = workspace(&[]);
    workspace.index(&[]);
    for command in ["index", "docs"] {
        let index = workspace.path(if command == "docs" {
            "no-index"
        } else {
            "index"
        });
        let arguments = [
            "--corpus",
            "nowhere",
            "--index",
            index.to_str().unwrap(),
            command,
        ];
        workspace
            .run(arguments)
            .failed(&["no corpus at `nowhere`", "hint: "]);
    }
    assert_eq!(workspace.documents().len(), 1);
}

#[test]
fn corpus_empty_gives_an_empty_index_that_says_so() {
    let workspace = Workspace::new::<&str, &str>([]);
    assert_eq!(workspace.index(&[])["generation"]["n_documents"], 0);
    let answer = workspace.ask(BIRTH);
    assert!(answer.message.unwrap().contains("chưa có văn bản nào"));
}
