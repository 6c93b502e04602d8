//! Every way for a model folder to be wrong ends in an error that says what to do.

use std::fs;

use camnang::embed::Error;
use camnang::embed::Model;
use serde_json::Value;
use tempfile::TempDir;

use super::copied;
use super::folder;
use super::replace;

/// The error of opening `copy`, which must help whoever reads it.
fn refused(copy: &TempDir) -> Error {
    let error = Model::open(copy.path()).err().unwrap();
    assert!(error.to_string().contains("\nhint: "), "{error}");
    error
}

/// A model whose `config.json` has `to` in the place of `from`.
fn configured(name: &str, from: &str, to: &str) -> TempDir {
    let copy = copied(name);
    replace(copy.path(), "config.json", from, to);
    copy
}

#[test]
fn damaged_folder_without_a_file_names_it() {
    for file in ["config.json", "tokenizer.json", "model.safetensors"] {
        let copy = copied("tiny-bert");
        fs::remove_file(copy.path().join(file)).unwrap();
        let error = refused(&copy);
        assert!(
            matches!(&error, Error::Missing { path } if path.ends_with(file)),
            "{error:?}"
        );
    }
}

#[test]
fn damaged_file_that_is_a_folder_cannot_be_read() {
    let copy = copied("tiny-bert");
    fs::remove_file(copy.path().join("config.json")).unwrap();
    fs::create_dir(copy.path().join("config.json")).unwrap();
    let error = Model::open(copy.path()).err().unwrap();
    assert!(matches!(error, Error::Io { .. }), "{error:?}");
}

#[test]
fn damaged_config_says_what_is_wrong() {
    for (from, to, said) in [
        ("{", "not JSON {", "expected"),
        ("\"model_type\": \"bert\"", "\"kind\": 1", "`model_type`"),
        ("\"hidden_size\": 32", "\"size\": 32", "`hidden_size`"),
        (
            "\"hidden_act\": \"gelu\"",
            "\"hidden_act\": \"silu\"",
            "`silu`",
        ),
        (
            "\"num_attention_heads\": 4",
            "\"num_attention_heads\": 5",
            "no multiple",
        ),
        (
            "\"num_attention_heads\": 4",
            "\"num_attention_heads\": 0",
            "is 0",
        ),
        (
            "\"max_position_embeddings\": 66",
            "\"max_position_embeddings\": 0",
            "no position",
        ),
        (
            "{",
            "{\"position_embedding_type\": \"relative_key\",",
            "`absolute`",
        ),
    ] {
        let error = refused(&configured("tiny-bert", from, to));
        assert!(matches!(error, Error::Config { .. }), "{to}: {error:?}");
        assert!(error.to_string().contains(said), "{to}: {error}");
    }
}

#[test]
fn damaged_unknown_family_is_named_with_those_that_are_known() {
    let error = refused(&configured("tiny-bert", "\"bert\"", "\"gpt2\""));
    assert!(
        matches!(&error, Error::UnknownType { found, .. } if found == "gpt2"),
        "{error:?}"
    );
    assert!(error.to_string().contains("xlm-roberta"), "{error}");
}

#[test]
fn damaged_weights_are_not_computed_with() {
    let whole = fs::read(folder("tiny-bert").join("model.safetensors")).unwrap();
    let mut not_finite = whole.clone();
    let end = not_finite.len();
    not_finite[end - 4..].copy_from_slice(&f32::NAN.to_le_bytes());
    let mut bad_header = whole.clone();
    bad_header[9] = b'?';
    let empty = Vec::new();
    for bytes in [
        whole[..whole.len() / 2].to_vec(),
        bad_header,
        not_finite,
        empty,
    ] {
        let copy = copied("tiny-bert");
        fs::write(copy.path().join("model.safetensors"), bytes).unwrap();
        let error = refused(&copy);
        assert!(matches!(error, Error::Weights { .. }), "{error:?}");
    }
}

#[test]
fn damaged_weights_without_a_tensor_name_it() {
    let more_layers = configured("tiny-bert", "_layers\": 2", "_layers\": 3");
    let other_names = copied("tiny-bert");
    let path = other_names.path().join("model.safetensors");
    let bytes = fs::read(&path).unwrap();
    // The same length, so that the rest of the file stays in its place.
    fs::write(
        path,
        replaced(&bytes, b"word_embeddings", b"word_embeddingz"),
    )
    .unwrap();
    for (copy, tensor) in [
        (more_layers, "encoder.layer.2.attention.self.query.weight"),
        (other_names, "embeddings.word_embeddings.weight"),
    ] {
        let error = refused(&copy);
        let is_named = matches!(&error, Error::TensorMissing { name, .. } if name == tensor);
        assert!(is_named, "{error:?}");
    }
}

fn replaced(bytes: &[u8], from: &[u8], to: &[u8]) -> Vec<u8> {
    let at = bytes
        .windows(from.len())
        .position(|part| part == from)
        .unwrap();
    [&bytes[..at], to, &bytes[at + from.len()..]].concat()
}

#[test]
fn damaged_sizes_that_are_not_those_of_the_weights_are_shown() {
    let copy = configured(
        "tiny-bert",
        "\"intermediate_size\": 64",
        "\"intermediate_size\": 48",
    );
    let Error::TensorShape {
        name,
        expected,
        found,
        ..
    } = refused(&copy)
    else {
        panic!("a wrong shape is found");
    };
    assert_eq!(name, "encoder.layer.0.intermediate.dense.weight");
    assert_eq!((expected, found), (vec![48, 32], vec![64, 32]));
}

#[test]
fn damaged_tokenizer_is_refused() {
    for content in ["", "{}", "not JSON"] {
        let copy = copied("tiny-bert");
        fs::write(copy.path().join("tokenizer.json"), content).unwrap();
        let error = refused(&copy);
        assert!(matches!(error, Error::Tokenizer { .. }), "{error:?}");
    }
}

#[test]
fn damaged_tokenizer_of_a_larger_model_is_refused() {
    let copy = copied("tiny-xlm-roberta");
    fs::copy(
        folder("tiny-bert").join("tokenizer.json"),
        copy.path().join("tokenizer.json"),
    )
    .unwrap();
    let error = refused(&copy);
    assert!(
        matches!(error, Error::TokenizerTooLarge { .. }),
        "{error:?}"
    );
}

/// A model of 69 pieces with the tokenizer of as many as have an id below `n_pieces`.
fn with_pieces(n_pieces: u64) -> TempDir {
    let copy = copied("tiny-bert");
    let path = copy.path().join("tokenizer.json");
    let mut tokenizer: Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let vocabulary = tokenizer["model"]["vocab"].as_object_mut().unwrap();
    assert_eq!(vocabulary.len(), 69);
    vocabulary.retain(|_, id| id.as_u64().unwrap() < n_pieces);
    fs::write(path, tokenizer.to_string()).unwrap();
    copy
}

#[test]
fn damaged_tokenizer_of_a_smaller_model_is_refused() {
    let error = refused(&with_pieces(40));
    let Error::TokenizerTooSmall {
        path,
        n_pieces,
        n_rows,
    } = error
    else {
        panic!("a tokenizer that leaves rows unused is found");
    };
    assert!(path.ends_with("tokenizer.json"));
    assert_eq!((n_pieces, n_rows), (40, 69));
    // Tables are often a little larger than what stands in them.
    Model::open(with_pieces(64).path()).unwrap();
}

#[test]
fn damaged_file_with_another_hash_is_refused() {
    let manifest = fs::read_to_string(folder("tiny-xlm-roberta").join("manifest.toml")).unwrap();
    let copy = configured(
        "tiny-xlm-roberta",
        "\"layer_norm_eps\": 1e-05",
        "\"layer_norm_eps\": 1e-06",
    );
    Model::open(copy.path()).unwrap();
    fs::write(copy.path().join("manifest.toml"), manifest).unwrap();
    let error = refused(&copy);
    assert!(
        matches!(&error, Error::Hash { path, .. } if path.ends_with("config.json")),
        "{error:?}"
    );
}

#[test]
fn damaged_manifest_is_refused() {
    for manifest in [
        "pooling = ",
        "pooling = 'max'",
        "pooled = 'mean'",
        "max_tokens = 2",
        "max_tokens = 67",
        "max_tokens = -1",
        "[blake3]\n'vocab.txt' = '00'",
    ] {
        let copy = copied("tiny-bert");
        fs::write(copy.path().join("manifest.toml"), manifest).unwrap();
        let error = refused(&copy);
        assert!(
            matches!(error, Error::Manifest { .. }),
            "{manifest}: {error:?}"
        );
    }
}
