//! Indexes that are missing, of another version or damaged: an error that says what to do.

use std::fs::{self, OpenOptions};
use std::path::PathBuf;

use walkdir::WalkDir;

use crate::support::{BIRTH, Workspace, decrees};

const READING: [&[&str]; 3] = [&["ask", BIRTH], &["search", BIRTH], &["docs"]];
const SERVING: &[&str] = &["serve", "--listen", "127.0.0.1:0"];

fn indexed() -> Workspace {
    let workspace = Workspace::new(decrees());
    workspace.index(&[]);
    workspace
}

/// Asserts that every command fails with `words` and the hint, and that `repair` mends it.
#[track_caller]
fn check(workspace: &Workspace, words: &str, repair: &[&str]) {
    let hint = "\nhint: run `camnang index --rebuild`";
    workspace.run(SERVING).failed(&[words, hint]);
    check_reading(workspace, words, repair);
}

/// The same for commands that read.
#[track_caller]
fn check_reading(workspace: &Workspace, words: &str, repair: &[&str]) {
    for command in READING {
        workspace
            .run(command)
            .failed(&[words, "\nhint: run `camnang index --rebuild`"]);
    }
    assert_eq!(workspace.run(repair).code, Some(0));
    assert_eq!(workspace.documents().len(), 3);
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
}

/// Makes the index one of an earlier version; gives the form that this one reads.
fn aged(workspace: &Workspace) -> String {
    let manifest = workspace.generation(1).join("generation.json");
    let text = fs::read_to_string(&manifest).unwrap();
    let (before, rest) = text.split_once("\"format\": \"").unwrap();
    let (format, after) = rest.split_once('"').unwrap();
    let old = format!("{before}\"format\": \"camnang-0\"{after}");
    fs::write(&manifest, old).unwrap();
    format.to_owned()
}

#[test]
fn index_of_another_format_is_refused_with_both_formats() {
    for repair in [["index"].as_slice(), &["index", "--rebuild"]] {
        let workspace = indexed();
        let format = aged(&workspace);
        let words = format!("has format camnang-0, but this program reads {format}");
        check_reading(&workspace, &words, repair);
    }
}

#[test]
fn index_of_another_format_is_built_anew_by_the_server() {
    let workspace = indexed();
    aged(&workspace);
    let server = workspace.serve();
    assert_eq!(server.ask(BIRTH).generation, 2);
    assert!(
        server.log().contains("has format camnang-0"),
        "{}",
        server.log()
    );
}

#[test]
fn index_without_one_of_its_files_is_damaged() {
    for name in [
        "generation.json",
        "catalogue.jsonl",
        "gold.jsonl",
        "passages/meta.json",
        "documents/meta.json",
    ] {
        let workspace = indexed();
        fs::remove_file(workspace.generation(1).join(name)).unwrap();
        check(&workspace, "is damaged", &["index"]);
    }
}

/// Rights do not bind root, for whom this says little; the unit tests of the index say the rest.
#[cfg(unix)]
#[test]
fn index_that_only_others_may_write_is_read_and_never_called_damaged() {
    let workspace = indexed();
    let index = workspace.path("index");
    let folders: Vec<PathBuf> = WalkDir::new(&index)
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| path.is_dir())
        .collect();
    allow(&folders, 0o555);
    for command in [["docs"].as_slice(), &["show", "nd-120-2025"]] {
        let output = workspace.run(command);
        assert_eq!(output.code, Some(0), "{output:?}");
    }
    allow(std::slice::from_ref(&index), 0o000);
    let output = workspace.run(["docs"]);
    allow(&folders, 0o755);
    assert!(!output.stderr.contains("damaged"), "{output:?}");
    assert!(!output.stderr.contains("no index yet"), "{output:?}");
}

#[cfg(unix)]
fn allow(folders: &[PathBuf], mode: u32) {
    use std::os::unix::fs::PermissionsExt;

    for folder in folders {
        fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
    }
}

#[test]
fn index_without_its_generation_is_damaged() {
    let workspace = indexed();
    fs::remove_dir_all(workspace.generation(1)).unwrap();
    check(&workspace, "is damaged", &["index"]);
}

#[test]
fn index_with_any_file_cut_in_half_is_damaged() {
    let whole = indexed();
    let files: Vec<PathBuf> = WalkDir::new(whole.generation(1))
        .into_iter()
        .map(|entry| entry.unwrap().into_path())
        .filter(|path| fs::metadata(path).unwrap().len() > 1 && path.is_file())
        .collect();
    assert!(files.len() > 10, "{files:?}");
    for file in files {
        let bytes = fs::read(&file).unwrap();
        let half = bytes.len() as u64 / 2;
        OpenOptions::new()
            .write(true)
            .open(&file)
            .unwrap()
            .set_len(half)
            .unwrap();
        let name = file.display();
        let output = whole.run(["ask", BIRTH]);
        assert_eq!(
            (output.code, output.stdout.as_str()),
            (Some(2), ""),
            "{name}: {output:?}"
        );
        assert!(
            output.stderr.contains("is damaged") && output.stderr.contains("hint: "),
            "{name}: {output:?}"
        );
        fs::write(&file, bytes).unwrap();
    }
    assert_eq!(whole.run(["ask", BIRTH]).code, Some(0));
}

#[test]
fn index_with_a_catalogue_of_fewer_documents_is_damaged() {
    let workspace = indexed();
    let catalogue = workspace.generation(1).join("catalogue.jsonl");
    let text = fs::read_to_string(&catalogue).unwrap();
    let (first, _) = text.split_once('\n').unwrap();
    fs::write(&catalogue, first).unwrap();
    check(
        &workspace,
        "expected 3 documents in the catalogue, found 1",
        &["index"],
    );
}

#[test]
fn index_whose_current_names_no_generation_is_damaged() {
    let workspace = indexed();
    fs::write(workspace.path("index/CURRENT"), "\u{0}\u{0}").unwrap();
    check(&workspace, "`CURRENT` names no generation", &["index"]);
}

#[test]
fn index_whose_current_cannot_be_read_is_left_alone() {
    let workspace = indexed();
    let current = workspace.path("index/CURRENT");
    let name = fs::read(&current).unwrap();
    fs::remove_file(&current).unwrap();
    fs::create_dir(&current).unwrap();
    let told = format!("cannot read `{}`", current.display());
    for command in [["index"].as_slice(), &["index", "--rebuild"], &["docs"]] {
        workspace.run(command).failed(&[&told]);
    }
    fs::remove_dir(&current).unwrap();
    fs::write(&current, name).unwrap();
    assert_eq!(workspace.documents().len(), 3);
    assert_eq!(workspace.ask(BIRTH).generation, 1);
}

#[test]
fn index_with_rows_that_are_no_text_is_damaged() {
    for name in ["catalogue.jsonl", "law.jsonl", "gold.jsonl"] {
        let workspace = indexed();
        let path = workspace.generation(1).join(name);
        fs::write(&path, b"\xff\xfe\n").unwrap();
        check(&workspace, "is damaged", &["index"]);
    }
}

#[test]
fn index_that_is_a_file_is_an_error_that_names_it() {
    let workspace = Workspace::new(decrees());
    fs::write(workspace.path("index"), "").unwrap();
    workspace
        .run(["index"])
        .failed(&[workspace.path("index").to_str().unwrap()]);
}

#[test]
fn index_missing_is_built_by_the_first_command_that_needs_it() {
    let workspace = Workspace::new(decrees());
    let output = workspace.run(["docs"]);
    assert_eq!(
        (output.code, output.stdout.lines().count()),
        (Some(0), 3),
        "{output:?}"
    );
    assert!(output.stderr.contains("no index yet"), "{output:?}");
}

#[test]
fn index_of_another_model_is_refused_until_built_anew() {
    let workspace = Workspace::new(decrees());
    let without = ["--model", "none"];
    let built = workspace.run(["index"].iter().chain(&without));
    assert_eq!(built.code, Some(0), "{built:?}");
    assert!(built.stderr.contains("ranking by words alone"), "{built:?}");
    for command in [["ask", BIRTH], ["search", BIRTH]] {
        assert_eq!(workspace.run(command.iter().chain(&without)).code, Some(0));
        workspace.run(command).failed(&[
            "the index was built with model none",
            "\nhint: run `camnang index`",
        ]);
    }
    assert_eq!(workspace.run(["docs"]).code, Some(0));
    assert_eq!(workspace.index(&[])["built"], true);
    assert_eq!(workspace.index(&[])["built"], false);
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
    // Words alone do with any index.
    let asked = workspace.run(["ask", BIRTH].iter().chain(&without));
    assert_eq!(asked.code, Some(0), "{asked:?}");
}

#[test]
fn serve_builds_an_index_of_another_model_anew() {
    let workspace = Workspace::new(decrees());
    workspace.index(&["--model", "none"]);
    drop(workspace.serve());
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
}

#[test]
fn serve_goes_on_with_the_index_that_a_broken_manifest_does_not_let_it_build_anew() {
    let workspace = Workspace::new(decrees());
    workspace.index(&["--model", "none"]);
    workspace.write("manifest.toml", "[documents");
    let server = workspace.serve();
    assert_eq!(server.ask(BIRTH).generation, 1);
    let log = server.log();
    assert!(
        log.contains("manifest.toml` cannot be used: line 1: "),
        "{log}"
    );
}

#[test]
fn serve_goes_on_with_the_index_where_there_is_no_corpus_to_build_it_anew() {
    let workspace = Workspace::new(decrees());
    workspace.index(&["--model", "none"]);
    fs::rename(workspace.path("corpus"), workspace.path("elsewhere")).unwrap();
    let server = workspace.serve();
    assert_eq!(server.ask(BIRTH).generation, 1);
    let log = server.log();
    assert!(log.contains("no corpus at"), "{log}");
}

#[test]
fn model_with_a_damaged_file_is_named() {
    let workspace = indexed();
    let folder = workspace.path("model");
    let shipped = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/models/camnang/words"));
    fs::create_dir(&folder).unwrap();
    for entry in fs::read_dir(&shipped).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            fs::copy(&path, folder.join(path.file_name().unwrap())).unwrap();
        }
    }
    for name in [
        "model.safetensors",
        "vocabulary.txt",
        "config.json",
        "ranker.json",
    ] {
        let whole = fs::read(folder.join(name)).unwrap();
        fs::write(folder.join(name), &whole[..whole.len() / 2]).unwrap();
        workspace
            .run(["ask", BIRTH, "--model", "model"])
            .failed(&[name, "\nhint: "]);
        fs::write(folder.join(name), whole).unwrap();
    }
}
