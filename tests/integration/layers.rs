//! The arrow between modules, which in one crate the compiler does not check.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

/// Each top module with its layer: it may name modules of lower layers only.
const LAYERS: [(&str, u8); 17] = [
    ("text", 0),
    ("config", 0),
    ("document", 1),
    ("extract", 1),
    ("corpus", 2),
    ("index", 2),
    ("embed", 2),
    ("answer", 2),
    ("audit", 2),
    ("doctor", 3),
    ("rank", 3),
    ("wire", 3),
    ("rebuild", 4),
    ("qa", 4),
    ("eval", 5),
    ("http", 5),
    ("cli", 6),
];

fn layer(module: &str) -> Option<u8> {
    LAYERS
        .iter()
        .find(|(name, _)| *name == module)
        .map(|&(_, layer)| layer)
}

fn src() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src")
}

#[test]
fn layers_every_module_names_only_lower_ones() {
    let mut violations = Vec::new();
    for entry in WalkDir::new(src()).sort_by_file_name() {
        let path = entry.unwrap().into_path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let below = path.strip_prefix(src()).unwrap();
            let top = Path::new(below.iter().next().unwrap())
                .file_stem()
                .unwrap()
                .to_str()
                .unwrap();
            violations.extend(
                upward(top, &fs::read_to_string(&path).unwrap())
                    .map(|found| format!("src/{}:{found}", below.display())),
            );
        }
    }
    assert!(violations.is_empty(), "\n{}", violations.join("\n"));
}

#[test]
fn layers_table_lists_exactly_the_modules_of_the_crate() {
    let root = fs::read_to_string(src().join("lib.rs")).unwrap();
    let declared = root
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod ")?.strip_suffix(';'));
    let listed: BTreeSet<&str> = LAYERS.iter().map(|&(name, _)| name).collect();
    assert_eq!(declared.collect::<BTreeSet<&str>>(), listed);
}

#[test]
fn layers_upward_import_is_found_wherever_it_stands() {
    for code in [
        "use crate::cli::Cli;",
        "fn f() -> crate::cli::Cli { todo!() }",
        "    let x = text::f(crate::cli::run); // fine",
        "use crate::{text, document};",
        "use crate::unheard_of;",
        "pub(in crate::cli) fn f() {}",
        "use camnang::text;",
    ] {
        assert_eq!(upward("http", code).count(), 1, "{code}");
    }
}

#[test]
fn layers_own_and_lower_modules_and_comments_are_free() {
    let code = "//! [`crate::cli`]\n/// use camnang::cli::run;\nuse crate::http::state;\nuse crate::text; // not crate::cli\npub(crate) fn f() {}";
    assert_eq!(
        upward("http", code).collect::<Vec<String>>(),
        Vec::<String>::new()
    );
}

/// Lines of `code`, a file of the module `top`, that name a module not below it.
///
/// `main` and `lib` stand above all modules. A group import names no module, so it is found too:
/// one import a line keeps the arrow visible. A path that starts with the crate's own name would
/// go round the table.
fn upward<'c>(top: &'c str, code: &'c str) -> impl Iterator<Item = String> + 'c {
    let own = if matches!(top, "main" | "lib") {
        u8::MAX
    } else {
        layer(top).unwrap_or_default()
    };
    code.lines().enumerate().flat_map(move |(at, line)| {
        let line = line.split_once("//").map_or(line, |(code, _)| code);
        let named = line.split("crate::").skip(1).map(|rest| {
            rest.split(|c: char| !c.is_alphanumeric() && c != '_')
                .next()
                .unwrap()
        });
        let is_upward =
            move |name: &&str| *name != top && layer(name).is_none_or(|layer| layer >= own);
        let round = (own < u8::MAX && line.contains("camnang::")).then_some("camnang");
        named
            .filter(is_upward)
            .chain(round)
            .map(move |name| format!("{} `{top}` names `{name}`", at + 1))
    })
}
