//! The manifest of a model, the description of its pooling, its fingerprint and its float types.

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::fs;

use camnang::embed::Error;
use camnang::embed::Model;
use camnang::embed::Role;
use candle_core::DType;
use candle_core::Device;
use candle_core::Tensor;
use candle_core::safetensors;
use tempfile::TempDir;

use super::copied;
use super::cosine;
use super::open;
use super::replace;
use super::vector;

const TEXT: &str = "Thời hạn đăng ký khai sinh là bao lâu?";

fn with_manifest(manifest: &str) -> TempDir {
    let copy = copied("tiny-bert");
    fs::write(copy.path().join("manifest.toml"), manifest).unwrap();
    copy
}

fn with_pooling(declared: &str) -> TempDir {
    let copy = copied("tiny-bert");
    fs::create_dir(copy.path().join("1_Pooling")).unwrap();
    fs::write(copy.path().join("1_Pooling/config.json"), declared).unwrap();
    copy
}

fn opened(copy: &TempDir) -> Model {
    Model::open(copy.path()).unwrap()
}

#[test]
fn embed_prefix_is_read_as_part_of_the_text() {
    let model = opened(&with_manifest(
        "query_prefix = 'khai sinh: '\npassage_prefix = 'bao '",
    ));
    let plain = open("tiny-bert");
    for (role, text) in [(Role::Query, "khai sinh: là"), (Role::Passage, "bao là")] {
        let found = model.embed(&["là"], role).unwrap();
        assert_eq!(found.vectors[0], vector(&plain, text));
    }
}

#[test]
fn embed_max_tokens_counts_special_ones() {
    // `a` is one token, and two special ones stand around it.
    let model = opened(&with_manifest("max_tokens = 3"));
    let found = model.embed(&["a a", "a", ""], Role::Query).unwrap();
    assert_eq!(found.n_truncated, 1);
    assert_eq!(found.vectors[0], found.vectors[1], "the end is kept");
}

#[test]
fn embed_pooling_is_found_in_either_file_and_the_manifest_wins() {
    let mean = vector(&open("tiny-bert"), TEXT);
    let cls = vector(&opened(&with_manifest("pooling = 'cls'")), TEXT);
    assert!(cosine(&mean, &cls) < 0.99);
    for (declared, expected) in [
        (r#"{"pooling_mode": "mean"}"#, &mean),
        (
            r#"{"pooling_mode": "cls", "embedding_dimension": 32}"#,
            &cls,
        ),
        (
            r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": false}"#,
            &cls,
        ),
        (
            r#"{"pooling_mode_cls_token": false, "pooling_mode_mean_tokens": true}"#,
            &mean,
        ),
    ] {
        assert_eq!(
            &vector(&opened(&with_pooling(declared)), TEXT),
            expected,
            "{declared}"
        );
    }
    let both = with_pooling(r#"{"pooling_mode": "cls"}"#);
    fs::write(both.path().join("manifest.toml"), "pooling = 'mean'").unwrap();
    assert_eq!(vector(&opened(&both), TEXT), mean);
}

#[test]
fn embed_pooling_of_another_kind_is_refused() {
    for declared in [
        r#"{"pooling_mode": "max"}"#,
        r#"{"pooling_mode_cls_token": true, "pooling_mode_mean_tokens": true}"#,
        "{}",
        "pooling",
    ] {
        let error = Model::open(with_pooling(declared).path()).err().unwrap();
        assert!(
            matches!(error, Error::Manifest { .. }),
            "{declared}: {error:?}"
        );
    }
}

#[test]
fn embed_modules_that_are_not_computed_are_refused() {
    let with_modules = |modules: &str| {
        let copy = copied("tiny-bert");
        fs::write(copy.path().join("modules.json"), modules).unwrap();
        copy
    };
    let module =
        |name: &str| format!(r#"{{"idx": 0, "type": "sentence_transformers.models.{name}"}}"#);
    let computed = ["Transformer", "Pooling", "Normalize"]
        .map(module)
        .join(",");
    let opened = opened(&with_modules(&format!("[{computed}]")));
    assert_eq!(vector(&opened, TEXT), vector(&open("tiny-bert"), TEXT));
    let dense = module("Dense");
    for (modules, said) in [
        (format!("[{computed}, {dense}]"), "models.Dense"),
        ("[{}]".to_owned(), "`type`"),
        ("modules".to_owned(), "expected"),
    ] {
        let error = Model::open(with_modules(&modules).path()).err().unwrap();
        let is_named =
            matches!(&error, Error::Config { path, .. } if path.ends_with("modules.json"));
        assert!(is_named, "{modules}: {error:?}");
        assert!(error.to_string().contains(said), "{modules}: {error}");
    }
}

#[test]
fn embed_padding_of_xlm_roberta_need_not_be_told() {
    let copy = copied("tiny-xlm-roberta");
    let told = vector(&opened(&copy), TEXT);
    replace(copy.path(), "config.json", "\"pad_token_id\": 1,", "");
    assert_eq!(vector(&opened(&copy), TEXT), told);
    let other = copied("tiny-xlm-roberta");
    replace(
        other.path(),
        "config.json",
        "\"pad_token_id\": 1",
        "\"pad_token_id\": 0",
    );
    assert_ne!(vector(&opened(&other), TEXT), told);
}

#[test]
fn embed_fingerprint_changes_with_whatever_changes_vectors() {
    let mut copies = vec![copied("tiny-bert")];
    for settings in [
        "pooling = 'cls'",
        "query_prefix = 'q '",
        "passage_prefix = 'q '",
        "max_tokens = 9",
    ] {
        copies.push(with_manifest(settings));
    }
    for (file, from, to) in [
        ("config.json", "\"gelu\"", "\"gelu_new\""),
        (
            "tokenizer.json",
            "\"lowercase\":true",
            "\"lowercase\":false",
        ),
    ] {
        let copy = copied("tiny-bert");
        replace(copy.path(), file, from, to);
        copies.push(copy);
    }
    copies.push(copied("tiny-bert"));
    stored_as(copies.last().unwrap(), DType::F16);
    let found: BTreeSet<String> = copies
        .iter()
        .map(|copy| opened(copy).fingerprint().to_owned())
        .collect();
    assert_eq!(found.len(), copies.len());
    assert!(found.iter().all(|fingerprint| fingerprint.len() == 64));
    assert!(
        found.contains(open("tiny-bert").fingerprint()),
        "a copy is the same model"
    );
}

#[test]
fn embed_weights_may_be_stored_in_half_the_room() {
    let exact = vector(&open("tiny-bert"), TEXT);
    for (dtype, least) in [(DType::F16, 0.99999), (DType::BF16, 0.999)] {
        let copy = copied("tiny-bert");
        stored_as(&copy, dtype);
        let found = vector(&opened(&copy), TEXT);
        assert_ne!(found, exact);
        assert!(
            cosine(&found, &exact) > least,
            "{dtype:?}: {}",
            cosine(&found, &exact)
        );
    }
}

#[test]
fn embed_weights_may_be_stored_in_bytes() {
    let exact = vector(&open("tiny-bert"), TEXT);
    let copy = copied("tiny-bert");
    rewrite(&copy, in_bytes);
    let found = vector(&opened(&copy), TEXT);
    assert_ne!(found, exact);
    assert!(cosine(&found, &exact) > 0.999, "{}", cosine(&found, &exact));
}

#[test]
fn embed_bytes_without_their_scales_are_refused() {
    let copy = copied("tiny-bert");
    rewrite(&copy, |name, tensor| {
        let mut stored = in_bytes(name, tensor);
        stored.retain(|(name, _)| !name.ends_with(".scales"));
        stored
    });
    let error = Model::open(copy.path()).err().unwrap().to_string();
    assert!(error.contains(".scales`\nhint: "), "{error}");
}

/// A matrix as bytes with a scale a row; a vector as it is.
fn in_bytes(name: String, tensor: Tensor) -> Vec<(String, Tensor)> {
    let Ok(rows) = tensor.to_vec2::<f32>() else {
        return vec![(name, tensor)];
    };
    let largest = |row: &Vec<f32>| row.iter().fold(1e-8_f32, |max, x| max.max(x.abs()));
    let scales: Vec<f32> = rows.iter().map(|row| largest(row) / 127.0).collect();
    let bytes: Vec<u8> = rows
        .iter()
        .zip(&scales)
        .flat_map(|(row, scale)| row.iter().map(move |x| byte(x / scale)))
        .collect();
    let bytes = Tensor::from_vec(bytes, tensor.dims(), &Device::Cpu).unwrap();
    let scales = Tensor::new(scales, &Device::Cpu).unwrap();
    vec![(format!("{name}.scales"), scales), (name, bytes)]
}

/// A number from -127 to 127, moved up.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "within a byte"
)]
fn byte(number: f32) -> u8 {
    (number.round() + 128.0) as u8
}

/// Rewrites the weights of `copy` with another type of number.
fn stored_as(copy: &TempDir, dtype: DType) {
    rewrite(copy, |name, tensor| {
        vec![(name, tensor.to_dtype(dtype).unwrap())]
    });
}

/// Rewrites the weights of `copy`, each tensor as what `change` makes of it.
fn rewrite(copy: &TempDir, change: impl Fn(String, Tensor) -> Vec<(String, Tensor)>) {
    let path = copy.path().join("model.safetensors");
    let tensors: HashMap<String, Tensor> = safetensors::load(&path, &Device::Cpu)
        .unwrap()
        .into_iter()
        .flat_map(|(name, tensor)| change(name, tensor))
        .collect();
    safetensors::save(&tensors, &path).unwrap();
}
