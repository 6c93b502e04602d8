//! Scans: what is put to Tesseract, and how often.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::support::{Output, Workspace, decree, packed, scan};

/// A Tesseract that sees a provision in every picture, and writes a letter for each one it is shown.
const TESSERACT: &str = r#"#!/bin/sh
if [ "$1" = --list-langs ]; then echo vie; exit; fi
cat > /dev/null
printf x >> "$(dirname "$0")/shown"
printf '5\t1\t1\t1\t1\t1\t300\t900\t90\t30\t90\tĐiều\n5\t1\t1\t1\t1\t2\t400\t902\t30\t28\t80\t1.\n'
printf '5\t1\t1\t1\t1\t3\t450\t900\t90\t30\t70\tKhai\n5\t1\t1\t1\t1\t4\t550\t902\t60\t28\t60\tsinh\n'
"#;

/// A workspace in which `tesseract` is [`TESSERACT`].
struct Office {
    workspace: Workspace,
}

impl Office {
    fn new(files: &[(&str, Vec<u8>)]) -> Self {
        let workspace = Workspace::new(files.iter().map(|(name, bytes)| (name, bytes)));
        let folder = workspace.path("bin");
        fs::create_dir(&folder).unwrap();
        let program = folder.join("tesseract");
        fs::write(&program, TESSERACT).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        Self { workspace }
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut path = OsString::from(self.workspace.path("bin"));
        path.push(":");
        path.push(std::env::var_os("PATH").unwrap_or_default());
        let mut command = self.workspace.command(arguments);
        Output::of(command.env("PATH", path))
    }

    /// Runs `index` with `arguments`; how many pictures were shown on the way.
    #[track_caller]
    fn index(&self, arguments: &[&str]) -> usize {
        let before = self.n_shown();
        let output = self.run(&[&["index"][..], arguments].concat());
        assert_eq!(output.code, Some(0), "{output:?}");
        self.n_shown() - before
    }

    fn n_shown(&self) -> usize {
        fs::read(self.workspace.path("bin/shown")).map_or(0, |shown| shown.len())
    }

    fn n_kept(&self) -> usize {
        fs::read_dir(self.workspace.path("index/recognised")).map_or(0, Iterator::count)
    }
}

#[test]
fn a_scan_is_recognised_once_under_whatever_name() {
    let office = Office::new(&[
        ("a.pdf", scan(2)),
        ("b.txt", decree("7/2024/NĐ-CP", 45).into()),
    ]);
    assert_eq!(office.index(&[]), 2);
    let text = office.workspace.document("a").text;
    assert!(text.contains("Điều 1. Khai sinh"), "{text}");
    assert_eq!(office.index(&[]), 0);

    // Another name, an archive, a changed neighbour: the bytes are the same.
    office.workspace.remove("a.pdf");
    office.workspace.write("c.pdf", scan(2));
    office
        .workspace
        .write("goi.zip", packed(&[("d.pdf", &scan(2))]));
    assert_eq!(office.index(&[]), 0);
    assert_eq!(office.workspace.document("c").text, text);
    assert_eq!(office.workspace.document("goi/d").text, text);

    // Without the program what was seen is still there.
    fs::remove_file(office.workspace.path("bin/tesseract")).unwrap();
    assert_eq!(office.index(&[]), 0);
}

#[test]
fn changed_scans_and_builds_from_scratch_are_recognised_anew() {
    let office = Office::new(&[("a.pdf", scan(1)), ("b.pdf", scan(2))]);
    assert_eq!(office.index(&[]), 3);
    office.workspace.write("a.pdf", scan(3));
    assert_eq!(office.index(&[]), 3);
    assert_eq!(
        office.n_kept(),
        5,
        "pages of files that are gone are removed"
    );
    assert_eq!(office.index(&["--rebuild"]), 5);
    office.workspace.remove("b.pdf");
    assert_eq!(office.index(&[]), 0);
    assert_eq!(office.n_kept(), 3);
}

#[test]
fn what_check_and_add_recognised_is_not_recognised_again() {
    let office = Office::new(&[("b.txt", decree("7/2024/NĐ-CP", 45).into())]);
    assert_eq!(office.index(&[]), 0);
    let file = office.workspace.path("scan.pdf");
    fs::write(&file, scan(2)).unwrap();
    let file = file.to_str().unwrap();
    let report: Value = office.run(&["check", "--json", file]).json();
    assert_eq!(report["sources"][0]["n_pages_recognised"], 2);
    assert_eq!(office.run(&["add", file]).code, Some(0));
    assert_eq!(office.n_shown(), 2);
    assert_eq!(office.index(&[]), 0);
}

#[test]
fn pages_that_cannot_be_kept_stop_nothing() {
    let office = Office::new(&[("a.pdf", scan(1))]);
    fs::create_dir(office.workspace.path("index")).unwrap();
    fs::write(office.workspace.path("index/recognised"), "no folder").unwrap();
    let output = office.run(&["index"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    for warning in ["cannot be kept", "cannot be removed"] {
        assert!(output.stderr.contains(warning), "{output:?}");
    }
    assert_eq!(office.index(&[]), 1);
}
