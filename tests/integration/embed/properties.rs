//! What holds for every text.

use camnang::embed::Model;
use camnang::embed::Passage;
use camnang::embed::Role;
use proptest::prelude::*;

use super::TINY;
use super::distance;
use super::open;
use super::vector;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn embed_together_is_embed_alone(texts in prop::collection::vec("\\PC{0,60}", 0..9)) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for name in TINY {
            let model = open(name);
            let together = model.embed(&texts, Role::Passage).unwrap().vectors;
            prop_assert_eq!(together.len(), texts.len());
            for (text, together) in texts.iter().zip(together) {
                prop_assert!(distance(&together, &vector(&model, text)) < 1e-5, "{:?}", text);
                let length = together.iter().map(|x| x * x).sum::<f32>().sqrt();
                prop_assert!((length - 1.0).abs() < 1e-5, "{:?}: {}", text, length);
            }
        }
    }
}

#[test]
fn embed_same_text_is_same_vector_to_the_last_bit() {
    let words: Vec<String> = (0..40).map(|n| "khai sinh ".repeat(n)).collect();
    let texts: Vec<&str> = words.iter().map(String::as_str).collect();
    for name in TINY {
        let first = open(name).embed(&texts, Role::Query).unwrap();
        assert_eq!(first, open(name).embed(&texts, Role::Query).unwrap());
        let alone: Vec<Vec<f32>> = texts
            .iter()
            .map(|text| {
                open(name)
                    .embed(&[text], Role::Query)
                    .unwrap()
                    .vectors
                    .remove(0)
            })
            .collect();
        assert_eq!(first.vectors, alone);
    }
}

#[test]
fn embed_no_texts_is_no_vectors() {
    let found = open("tiny-bert").embed(&[], Role::Query).unwrap();
    assert_eq!((found.vectors.len(), found.n_truncated), (0, 0));
}

#[test]
fn embed_blank_texts_have_one_vector_in_common() {
    for name in TINY {
        let model = open(name);
        let empty = vector(&model, "");
        assert!(empty.iter().any(|x| *x != 0.0));
        for blank in [" ", "\n\t  \n", "\u{3000}"] {
            assert_eq!(vector(&model, blank), empty, "{blank:?}");
        }
        assert_ne!(vector(&model, "khai sinh"), empty);
    }
}

#[test]
fn embed_huge_text_is_truncated_and_counted() {
    let huge = "khai sinh ".repeat(50_000);
    for name in TINY {
        let model = open(name);
        let found = model
            .embed(&["khai sinh", &huge, &huge], Role::Passage)
            .unwrap();
        assert_eq!(found.n_truncated, 2);
        assert_eq!(found.vectors[1], found.vectors[2]);
        // All of the text that is read is the same.
        assert_eq!(found.vectors[1], vector(&model, &"khai sinh ".repeat(1000)));
    }
}

#[test]
fn embed_passages_are_read_to_their_end_in_windows() {
    for name in TINY {
        let model = open(name);
        let n = model.dimensions();
        let read = |heading, text: &str| {
            let passage = Passage { heading, text };
            let mut found = model.embed_passages(&[passage]).unwrap();
            (found.vectors.remove(0), found.n_truncated)
        };
        let short = "khai sinh";
        assert_eq!(read("là", short), (vector(&model, short), 0));
        // Longer than the model reads at once, and shorter than what it reads in all.
        let long = "khai sinh ".repeat(25);
        let (windows, n_truncated) = read("", &long);
        assert_eq!((windows.len() % n, n_truncated), (0, 0));
        assert!(
            (2 * n..16 * n).contains(&windows.len()),
            "{}",
            windows.len()
        );
        assert_eq!(windows[..n], vector(&model, &long));
        let ended = read("", &format!("{long} là")).0;
        assert_eq!(ended[..n], windows[..n]);
        assert_ne!(ended.last_chunk::<4>(), windows.last_chunk::<4>());
        let headed = read("là", &long).0;
        assert_eq!(headed[..n], windows[..n]);
        assert_ne!(headed[n..2 * n], windows[n..2 * n]);
        let (huge, n_truncated) = read("", &long.repeat(2000));
        assert_eq!((huge.len(), n_truncated), (16 * n, 1));
    }
}

#[test]
fn embed_model_goes_to_any_thread() {
    fn is_shared<T: Send + Sync>() {}
    is_shared::<Model>();
}
