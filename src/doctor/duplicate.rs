//! Documents that are stored already, word for word, nearly so, or under the same number.

use std::hash::BuildHasher;

use rustc_hash::FxBuildHasher;

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::text::fold_word;
use crate::text::words;

/// How many words make a shingle.
const SHINGLE: usize = 5;
/// How many of the smallest hashes of shingles stand for a text: the share that two texts have in
/// common estimates the share of shingles they have in common, to about ±0.04.
const SKETCH: usize = 256;
/// Texts that have more in common than this are nearly the same.
const ALIKE_MIN: f32 = 0.8;

/// The smallest hashes of the shingles of a text, in order.
type Sketch = Vec<u64>;

/// What is known of the documents that are stored.
#[derive(Debug, Default)]
pub struct Stored {
    documents: Vec<Known>,
}

#[derive(Debug)]
struct Known {
    id: String,
    file: String,
    number: Option<String>,
    sketch: Sketch,
}

impl Stored {
    /// Adds a stored document: its id, the file it came from, its number and text.
    pub fn add(&mut self, id: &str, file: &str, number: Option<&str>, text: &str) {
        self.documents.push(Known {
            id: id.to_owned(),
            file: file.to_owned(),
            number: number.map(str::to_owned),
            sketch: sketch(text),
        });
    }
}

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let own = sketch(&case.document.text);
    let stated = case.source.overrides.number.clone();
    let number = stated.or_else(|| case.document.facts.number.as_ref().map(ToString::to_string));
    let mut concerns = Vec::new();
    for known in &case.stored.documents {
        let share = in_common(&own, &known.sketch);
        // The file itself, where it is in the corpus already.
        let is_itself = known.id == case.source.id
            || known.file.rsplit('/').next() == case.source.file.rsplit('/').next();
        if share >= ALIKE_MIN && !is_itself {
            concerns.push(Concern::new(
                "near-duplicate",
                Gravity::Warning,
                format!(
                    "{:.0} % of its wording is that of the stored document `{}`",
                    share * 100.0,
                    known.id
                ),
                "keep one of them",
            ));
        } else if number.is_some() && number == known.number && !is_itself {
            concerns.push(Concern::new(
                "number-taken",
                Gravity::Warning,
                format!("the stored document `{}` has the same number", known.id),
                "check whether one of them replaces the other",
            ));
        }
    }
    concerns
}

fn sketch(text: &str) -> Sketch {
    let words: Vec<u64> = words(text)
        .map(|(word, _)| FxBuildHasher.hash_one(&fold_word(word).marked))
        .collect();
    let mut hashes: Vec<u64> = words
        .windows(SHINGLE)
        .map(|shingle| spread(FxBuildHasher.hash_one(shingle)))
        .collect();
    hashes.sort_unstable();
    hashes.dedup();
    hashes.truncate(SKETCH);
    hashes
}

/// Mixes the bits of a hash: the smallest of them must be a fair draw.
fn spread(hash: u64) -> u64 {
    let mixed = (hash ^ (hash >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    mixed ^ (mixed >> 33)
}

/// The estimated share of shingles that two texts have in common.
fn in_common(a: &Sketch, b: &Sketch) -> f32 {
    let mut all: Vec<u64> = a.iter().chain(b).copied().collect();
    all.sort_unstable();
    all.dedup();
    all.truncate(SKETCH);
    let n_shared = all
        .iter()
        .filter(|hash| a.binary_search(hash).is_ok() && b.binary_search(hash).is_ok())
        .count();
    let share = |n: usize| u16::try_from(n).map_or(0.0, f32::from);
    if all.is_empty() {
        0.0
    } else {
        share(n_shared) / share(all.len())
    }
}
