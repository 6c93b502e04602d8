//! Pairs of question and text are judged as the reference judges them.

use std::fs;
use std::path::Path;
use std::path::PathBuf;

use camnang::embed::Error;
use camnang::embed::Reader;
use proptest::prelude::*;
use serde::Deserialize;
use tempfile::TempDir;

use super::folder;
use super::replace;

const FILES: [&str; 3] = [
    "adapter_config.json",
    "adapter_model.safetensors",
    "manifest.toml",
];

/// What `record.py` wrote.
#[derive(Deserialize)]
struct Case {
    question: String,
    text: String,
    log_odds: f32,
}

fn open() -> Reader {
    Reader::open(&folder("tiny-reader")).unwrap()
}

/// Copies of the reader and of the model it changes.
fn copied() -> (TempDir, PathBuf) {
    let copy = tempfile::tempdir().unwrap();
    let base = [
        "config.json",
        "tokenizer.json",
        "model.safetensors",
        "manifest.toml",
    ];
    for (name, files) in [("tiny-reader", &FILES[..]), ("tiny-xlm-roberta", &base)] {
        fs::create_dir(copy.path().join(name)).unwrap();
        for file in files {
            let to = copy.path().join(name).join(file);
            fs::copy(folder(name).join(file), to).unwrap();
        }
    }
    let reader = copy.path().join("tiny-reader");
    (copy, reader)
}

/// The error of opening `reader`, which must help whoever reads it.
fn refused(reader: &Path) -> Error {
    let error = Reader::open(reader).err().unwrap();
    assert!(error.to_string().contains("\nhint: "), "{error}");
    error
}

#[test]
fn reader_agrees_with_pytorch() {
    let recorded = fs::read_to_string(folder("tiny-reader").join("reference.json")).unwrap();
    let cases: Vec<Case> = serde_json::from_str(&recorded).unwrap();
    let reader = open();
    for case in &cases {
        let found = reader.judge(&case.question, &[&case.text]).unwrap()[0];
        let is_close = (found - case.log_odds).abs() < 1e-3;
        assert!(
            is_close,
            "{:?} {:?}: {found}, not {}",
            case.question, case.text, case.log_odds
        );
    }
    assert_eq!(cases.len(), 48);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn reader_judges_together_as_alone(
        question in "\\PC{0,60}",
        texts in prop::collection::vec("\\PC{0,60}", 0..9),
    ) {
        let reader = open();
        let together = reader.judge(&question, &texts).unwrap();
        let alone: Vec<f32> = texts
            .iter()
            .flat_map(|text| reader.judge(&question, &[text]).unwrap())
            .collect();
        prop_assert_eq!(&together, &alone);
        prop_assert!(together.iter().all(|odds| odds.is_finite()));
    }
}

#[test]
fn reader_of_a_long_text_reads_its_beginning() {
    let reader = open();
    let [text, beginning] = [100_000, 100].map(|n| "khai sinh ".repeat(n));
    let texts = [text.as_str(), &beginning];
    let found = reader.judge(&text, &texts).unwrap();
    assert_eq!(found[0].to_bits(), found[1].to_bits());
}

#[test]
fn damaged_reader_without_a_file_names_it() {
    for file in [
        FILES[0],
        FILES[1],
        FILES[2],
        "../tiny-xlm-roberta/tokenizer.json",
    ] {
        let (_copy, reader) = copied();
        fs::remove_file(reader.join(file)).unwrap();
        let error = refused(&reader);
        assert!(
            matches!(&error, Error::Missing { path } if path.ends_with(file)),
            "{error:?}"
        );
    }
}

#[test]
fn damaged_reader_says_what_is_wrong() {
    for (from, to, said) in [
        ("\"r\": 3", "\"r\": 0", "r is 0"),
        ("\"r\": 3", "\"rank\": 3", "`r`"),
        ("{", "not JSON {", "expected"),
    ] {
        let (_copy, reader) = copied();
        replace(&reader, FILES[0], from, to);
        let error = refused(&reader);
        assert!(matches!(error, Error::Config { .. }), "{to}: {error:?}");
        assert!(error.to_string().contains(said), "{to}: {error}");
    }
    let (_copy, reader) = copied();
    replace(&reader, FILES[0], "\"r\": 3", "\"r\": 4");
    let error = refused(&reader);
    assert!(matches!(error, Error::TensorShape { .. }), "{error:?}");
}

#[test]
fn damaged_reader_with_an_option_that_is_not_computed_is_refused() {
    for option in [
        "\"use_rslora\": true",
        "\"use_dora\": true",
        "\"alpha_pattern\": {\"query\": 8}",
        "\"rank_pattern\": {\"query\": 8}",
    ] {
        let (_copy, reader) = copied();
        replace(&reader, FILES[0], "{", &format!("{{{option},"));
        let error = refused(&reader);
        assert!(matches!(error, Error::Config { .. }), "{option}: {error:?}");
        let name = option.split('"').nth(1).unwrap();
        assert!(error.to_string().contains(name), "{option}: {error}");
    }
    // As the library writes them where nobody asked for them.
    let (_copy, reader) = copied();
    let unset =
        r#"{"use_rslora": false, "use_dora": false, "alpha_pattern": {}, "rank_pattern": {},"#;
    replace(&reader, FILES[0], "{", unset);
    Reader::open(&reader).unwrap();
}

#[test]
fn damaged_reader_that_does_not_say_whose_weights_it_changes_is_refused() {
    let (_copy, reader) = copied();
    fs::write(reader.join(FILES[2]), "pooling = 'cls'").unwrap();
    let error = refused(&reader);
    assert!(
        matches!(&error, Error::Config { path, .. } if path.ends_with(FILES[2])),
        "{error:?}"
    );
    assert!(error.to_string().contains("`base`"), "{error}");
}

#[test]
fn damaged_reader_with_too_many_tokens_names_its_own_manifest() {
    let (_copy, reader) = copied();
    replace(&reader, FILES[2], "max_tokens = 64", "max_tokens = 600");
    let error = refused(&reader);
    assert!(
        matches!(&error, Error::Manifest { path, .. } if *path == reader.join(FILES[2])),
        "{error:?}"
    );
}

#[test]
fn damaged_reader_of_another_model_is_refused() {
    let (_copy, reader) = copied();
    replace(&reader, "manifest.toml", "base = \"", "base = \"0");
    let error = refused(&reader);
    assert!(matches!(error, Error::Hash { .. }), "{error:?}");

    // An adapter that changes what the model does not have.
    let (_copy, reader) = copied();
    let weights = reader.join(FILES[1]);
    let bytes = fs::read(&weights).unwrap();
    let (head, numbers) = bytes.split_at(8 + usize::from(u16::from_le_bytes([bytes[0], bytes[1]])));
    let renamed = str::from_utf8(head)
        .unwrap()
        .replace("layer.1.output", "layer.9.output");
    fs::write(&weights, [renamed.as_bytes(), numbers].concat()).unwrap();
    let error = refused(&reader);
    assert!(
        matches!(&error, Error::TensorMissing { name, .. } if name.contains("layer.9.output")),
        "{error:?}"
    );
}

#[test]
fn damaged_reader_weights_are_not_computed_with() {
    let (_copy, reader) = copied();
    let weights = reader.join(FILES[1]);
    let bytes = fs::read(&weights).unwrap();
    fs::write(&weights, &bytes[..bytes.len() / 2]).unwrap();
    let error = refused(&reader);
    assert!(matches!(error, Error::Weights { .. }), "{error:?}");
}
