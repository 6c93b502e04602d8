//! The commands that read: `search`, `docs`, `show`, `check`, `eval`, and help.

use camnang::wire::Passage;
use serde_json::Value;

use crate::support::{BIRTH, Output, Workspace, decree, decrees, shipped_model, words_model};

fn workspace() -> Workspace {
    Workspace::new(decrees())
}

#[test]
fn search_prints_as_many_hits_as_asked_for() {
    let workspace = workspace();
    let output = workspace.run(["search", "-n", "2", "khai sinh"]);
    assert_eq!(
        (output.code, output.stdout.lines().count()),
        (Some(0), 2),
        "{output:?}"
    );
    let hits: Vec<Passage> = workspace
        .run(["search", "-n", "2", "--json", "khai sinh"])
        .json();
    assert_eq!(
        hits.iter().map(|hit| hit.rank).collect::<Vec<usize>>(),
        [1, 2]
    );
    workspace
        .run(["search", "-n", "0", "khai sinh"])
        .failed(&["0"]);
    workspace
        .run(["search", "-n", "101", "khai sinh"])
        .failed(&["101"]);
}

#[test]
fn search_explain_names_terms_and_fields() {
    let workspace = workspace();
    let output = workspace.run(["search", "-n", "1", "--explain", "khai sinh"]);
    assert!(
        output.stdout.contains("khai") && output.stdout.contains("(body)"),
        "{output:?}"
    );
    // As it was asked, and not in search form, which keeps tones at the end of a syllable.
    let output = workspace.run(["search", "-n", "1", "--explain", "Lệ phí hộ tịch"]);
    assert!(output.stdout.contains("tịch (body)"), "{output:?}");
}

#[test]
fn search_for_nothing_known_exits_1() {
    let output = workspace().run(["search", "zzzz"]);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (Some(1), ""),
        "{output:?}"
    );
}

#[test]
fn docs_lists_number_date_and_title_of_every_document() {
    let workspace = workspace();
    workspace.write("a/b.md", "+++\nnumber = \"7/HD\"\ntitle = \"Hướng dẫn\"\neffective = 2026-09-01\n+++\nĐiều 1. Một\nHai.\n");
    let output = workspace.run(["docs", "--as-of", "2026-11-22"]);
    assert_eq!(
        output.stdout.lines().next(),
        Some("a/b\t7/HD\t2026-09-01\tcòn hiệu lực\tHướng dẫn")
    );
    let numbers: Vec<Option<String>> = workspace
        .documents()
        .into_iter()
        .map(|document| document.number)
        .collect();
    let expected = [
        "7/HD",
        "120/2020/NĐ-CP",
        "120/2025/NĐ-CP",
        "1200/2025/NĐ-CP",
    ];
    assert_eq!(numbers, expected.map(|number| Some(number.to_owned())));
}

#[test]
fn show_prints_exactly_the_provision_named_by_id_or_number() {
    let workspace = workspace();
    for arguments in [
        ["show", "nd-120-2025", "khoản 1 Điều 22"].as_slice(),
        &["show", "nd-120-2025", "đ22k1"],
        &["show", "nd-120-2025", "Điều", "22", "khoản", "1"],
        &["show", "120/2025/NĐ-CP", "khoản 1 Điều 22"],
        &["show", "NĐ 120/2025", "khoan 1 dieu 22"],
    ] {
        let output = workspace.run(arguments);
        assert_eq!(
            output.stdout, "1. Lệ phí cấp bản sao trích lục hộ tịch là 8.000 đồng mỗi bản.\n",
            "{arguments:?}: {output:?}"
        );
    }
    let whole = workspace.run(["show", "nd-120-2025"]).stdout;
    assert_eq!(whole.trim_end(), decree("120/2025/NĐ-CP", 60).trim_end());
}

#[test]
fn show_of_a_number_of_several_documents_names_their_ids() {
    let workspace = workspace();
    workspace.write("ban-sao.txt", decree("120/2025/NĐ-CP", 60));
    let output = workspace.run(["show", "120/2025/NĐ-CP"]);
    assert_eq!(
        (output.code, output.stdout.as_str()),
        (Some(1), ""),
        "{output:?}"
    );
    assert!(
        output.stderr.contains("`ban-sao`, `nd-120-2025`"),
        "{output:?}"
    );
}

#[test]
fn check_tells_what_is_recognised_and_stores_nothing() {
    let workspace = workspace();
    let file = workspace.path("corpus/nd-120-2025.txt");
    let output = workspace.run(["check", file.to_str().unwrap()]);
    assert_eq!(output.code, Some(0), "{output:?}");
    for part in ["120/2025/NĐ-CP", "2025-06-11", "2 Điều"] {
        assert!(
            output.stdout.contains(part),
            "`{part}` is not in {output:?}"
        );
    }
    assert!(!workspace.path("index").exists() && !workspace.path("record.sqlite").exists());
}

#[test]
fn check_warns_of_a_gap_with_its_line() {
    let workspace = Workspace::new([(
        "gap.txt",
        "Điều 1. Một\nA.\nĐiều 2. Hai\nB.\nĐiều 4. Bốn\nC.\n",
    )]);
    let file = workspace.path("corpus/gap.txt");
    let output = workspace.run(["check", file.to_str().unwrap()]);
    assert!(output.stdout.contains("warning: line 5"), "{output:?}");
}

#[test]
fn check_of_a_bad_or_missing_file_exits_1_and_names_it() {
    let workspace = Workspace::new([("bad.txt", [0xff, 0xfe])]);
    for name in ["bad.txt", "missing.txt"] {
        let file = workspace.path("corpus").join(name);
        let output = workspace.run(["check", file.to_str().unwrap()]);
        assert_eq!(output.code, Some(1), "{output:?}");
        assert!(output.stdout.contains(name), "{output:?}");
    }
}

#[test]
fn check_of_a_missing_path_names_it_first() {
    let workspace = workspace();
    let missing = workspace.path("missing");
    let output = workspace.run(["check", missing.to_str().unwrap()]);
    let problem = format!("problem: `{}`: cannot be read", missing.display());
    assert!(output.stdout.starts_with(&problem), "{output:?}");
}

/// Two questions, each with one unit that answers it, and the arguments that name the files.
fn dataset() -> (Workspace, Vec<String>) {
    let workspace = Workspace::new([
        (
            "corpus.jsonl",
            "{\"id\": \"a\", \"title\": \"\", \"text\": \"thời hạn đăng ký khai sinh\"}\n{\"id\": \"b\", \"title\": \"\", \"text\": \"lệ phí cấp hộ chiếu\"}\n",
        ),
        (
            "queries.jsonl",
            "{\"id\": \"1\", \"text\": \"đăng ký khai sinh\"}\n{\"id\": \"2\", \"text\": \"lệ phí hộ chiếu\"}\n",
        ),
        (
            "qrels.tsv",
            "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n",
        ),
    ]);
    let path = |name: &str| workspace.path("corpus").join(name).display().to_string();
    let files = [
        ("--corpus", "corpus.jsonl"),
        ("--queries", "queries.jsonl"),
        ("--qrels", "qrels.tsv"),
    ];
    let named = files
        .iter()
        .flat_map(|(option, name)| [(*option).to_owned(), path(name)]);
    let arguments = std::iter::once("eval".to_owned()).chain(named).collect();
    (workspace, arguments)
}

#[test]
fn eval_scores_a_dataset_whose_best_ranking_is_known() {
    let (workspace, arguments) = dataset();
    for extra in [
        ["--json"].as_slice(),
        &["--json", "--lexical-only"],
        &["--json", "--strip-diacritics"],
        &["--json", "--model", "none"],
        &["--json", "--model", shipped_model().to_str().unwrap()],
    ] {
        let extra = extra.iter().map(|argument| (*argument).to_owned());
        let report: Value = workspace.run(arguments.iter().cloned().chain(extra)).json();
        for name in ["ndcg@10", "mrr@10", "recall@1", "recall@10", "recall@100"] {
            assert_eq!(report[name], 1.0, "{name} in {report}");
        }
        assert_eq!(report["n_queries"], 2, "{report}");
    }
    let missing = arguments
        .iter()
        .map(|a| a.replace("queries.jsonl", "none.jsonl"));
    workspace.run(missing).failed(&["none.jsonl"]);
}

#[test]
fn eval_with_a_model_that_cannot_be_used_leaves_no_folder_behind() {
    let (workspace, arguments) = dataset();
    let (model, scratch) = (workspace.path("model"), workspace.path("scratch"));
    for folder in [&model, &scratch] {
        std::fs::create_dir(folder).unwrap();
    }
    let mut command = workspace.command(&arguments);
    command.arg("--model").arg(&model).env("TMPDIR", &scratch);
    Output::of(&mut command).failed(&[model.to_str().unwrap()]);
    assert_eq!(std::fs::read_dir(&scratch).unwrap().count(), 0);
}

#[test]
fn eval_prints_what_ranking_goes_by() {
    let (workspace, mut arguments) = dataset();
    arguments.push("--features".to_owned());
    for (model, n_features) in [(words_model(), 25), (shipped_model(), 29)] {
        let model = ["--model".to_owned(), model.display().to_string()];
        let printed = workspace.run(arguments.iter().chain(&model)).stdout;
        let examples: Vec<Value> = printed
            .lines()
            .map(|line| serde_json::from_str(line).unwrap())
            .collect();
        let first = &examples[0];
        assert_eq!(
            (&first["question"], &first["unit"], &first["grade"]),
            (&Value::from("1"), &Value::from("a"), &Value::from(1)),
        );
        // The best candidate has all of the best BM25 score.
        assert_eq!(first["features"][0], 1.0);
        assert_eq!(first["features"].as_array().unwrap().len(), n_features);
    }
}

#[test]
fn eval_of_gold_questions_prints_the_shares() {
    let workspace = workspace();
    let row = format!(
        "{{\"id\": \"1\", \"style\": \"formal\", \"question\": \"{BIRTH}\", \"answerable\": true, \"expect\": [{{\"document\": \"nd-120-2025\", \"locator\": \"khoản 1 Điều 23\"}}]}}\n"
    );
    std::fs::write(workspace.path("gold.jsonl"), row).unwrap();
    let report: Value = workspace
        .run(["eval", "--gold", "gold.jsonl", "--json"])
        .json();
    assert_eq!(
        (&report["cited"], &report["n_unverified"]),
        (&Value::from(1.0), &Value::from(0)),
        "{report}"
    );
    let reliability = &report["reliability"];
    let bins = reliability["bins"].as_array().unwrap();
    assert_eq!(
        (bins.len(), &bins[0]["n"], &bins[0]["share_right"]),
        (1, &Value::from(1), &Value::from(1.0)),
        "{report}"
    );
    // One right answer alone: the distance of its probability from one is all there is.
    let mean = bins[0]["mean_probability"].as_f64().unwrap();
    let calibration = reliability["ece"].as_f64().unwrap();
    assert!((calibration - (1.0 - mean)).abs() < 1e-9, "{report}");
    let text = workspace.run(["eval", "--gold", "gold.jsonl"]).stdout;
    for line in ["brier  ", "calibration ", "probability     n   mean  right"] {
        assert!(text.contains(line), "{line}: {text}");
    }
}

#[test]
fn words_are_printed_as_the_index_compares_them() {
    let workspace = Workspace::new([("a.txt", "Hòa giải, 05 ngày\n\nkỹ\n")]);
    let file = workspace.path("corpus").join("a.txt");
    let file = file.to_str().unwrap();
    let words = |extra: &[&str]| workspace.run(["words", file].iter().chain(extra)).stdout;
    assert_eq!(words(&["--bare"]), "hoa giai 5 ngay\n\nki\n");
    assert_eq!(words(&[]).lines().count(), 3);
    workspace.run(["words", "none.txt"]).failed(&["none.txt"]);
}

#[test]
fn help_names_every_command_on_stdout() {
    let output = Workspace::new::<&str, &str>([]).run(["--help"]);
    assert_eq!((output.code, output.stderr.as_str()), (Some(0), ""));
    for command in [
        "serve", "ask", "search", "index", "docs", "show", "check", "add", "eval", "audit", "words",
    ] {
        assert!(
            output.stdout.contains(&format!("\n  {command} ")),
            "{command}"
        );
    }
}
