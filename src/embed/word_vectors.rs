//! Our own kind of model: one vector a word and one a pair of neighbouring words.
//!
//! A text's vector is the sum over its words, brought to length one. A word adds the vector of its
//! marked form and that of its bare form, so that a question typed without diacritics still meets
//! half of every word; a pair stands for what Vietnamese writes in two syllables. Nothing is
//! attended to: what such a model lacks in understanding it makes up in speed, and every share of
//! a similarity can be laid at the door of a word.

use std::path::Path;

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::Error;
use super::folder::CONFIG;
use super::folder::Folder;
use super::folder::VOCABULARY;
use super::folder::WEIGHTS;
use super::normalise;
use super::weights::Weights;
use super::weights::signed;
use crate::text::WordNumber;
use crate::text::fold_word;
use crate::text::has_diacritics;

/// In place of a row where there is none.
const NO_ROW: u32 = u32::MAX;

/// A row of the table: a word, marked or bare, or a pair.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Row(u32);

/// The table of vectors and what its rows stand for.
pub struct WordVectors {
    n_dimensions: usize,
    weights: Vec<i8>,
    /// What the weights of each row are to be multiplied by.
    scales: Vec<f32>,
    squared_lengths: Vec<f32>,
    marked: FxHashMap<WordNumber, u32>,
    /// By bare number.
    bare: Vec<u32>,
    /// By two bare numbers.
    pairs: FxHashMap<(u32, u32), u32>,
    fingerprint: String,
}

#[derive(Deserialize)]
struct Config {
    hidden_size: usize,
    vocab_size: usize,
}

impl WordVectors {
    /// What `config.json` calls this kind of model.
    pub(super) const MODEL_TYPE: &str = "camnang-words";

    /// Reads the model in `folder`.
    ///
    /// # Errors
    /// When a file is missing, damaged, of another model than its neighbours, or differs from the
    /// manifest.
    pub fn open(folder: &Path) -> Result<Self, Error> {
        let Folder {
            files: [config, vocabulary, weights],
            fingerprint,
            ..
        } = Folder::read(folder, [CONFIG, VOCABULARY, WEIGHTS])?;
        let config: Config = serde_json::from_slice(&config)
            .map_err(|error| Error::config(&folder.join(CONFIG), &error))?;
        let (n_rows, n_dimensions) = (config.vocab_size, config.hidden_size);
        let weights = Weights::parse(folder.join(WEIGHTS), weights)?;
        let scales = weights.take("scales", &[n_rows])?;
        let bytes = weights.take_bytes("weights", &[n_rows, n_dimensions])?;
        let mut vectors = Self {
            n_dimensions,
            weights: bytes.into_iter().map(signed).collect(),
            squared_lengths: Vec::with_capacity(n_rows),
            scales,
            marked: FxHashMap::default(),
            bare: vec![NO_ROW; WordNumber::N_BARE],
            pairs: FxHashMap::default(),
            fingerprint,
        };
        let path = folder.join(VOCABULARY);
        let n_named = vectors
            .name_rows(&vocabulary)
            .map_err(|reason| Error::tokenizer(&path, &reason))?;
        if n_named != n_rows {
            let reason = format!("it names {n_named} rows, but config.json {n_rows}");
            return Err(Error::tokenizer(&path, &reason));
        }
        vectors.squared_lengths = (0..n_rows).map(|row| vectors.squared(row)).collect();
        Ok(vectors)
    }

    /// Reads what each row stands for: `marked đất`, `bare dat`, `pair dat dai`, one a line.
    fn name_rows(&mut self, vocabulary: &[u8]) -> Result<usize, String> {
        let text = std::str::from_utf8(vocabulary).map_err(|error| error.to_string())?;
        let number = |word: &str| WordNumber::of(&fold_word(word));
        let mut n_named = 0;
        for (row, line) in (0_u32..).zip(text.lines()) {
            match line.split(' ').collect::<Vec<_>>()[..] {
                ["marked", word] => {
                    self.marked.entry(number(word)).or_insert(row);
                }
                ["bare", word] => {
                    let slot = usize::try_from(number(word).bare()).ok();
                    let slot = slot.and_then(|at| self.bare.get_mut(at));
                    // Of words that share a number, the first in the file.
                    if let Some(slot) = slot.filter(|slot| **slot == NO_ROW) {
                        *slot = row;
                    }
                }
                ["pair", first, second] => {
                    let pair = (number(first).bare(), number(second).bare());
                    self.pairs.entry(pair).or_insert(row);
                }
                _ => return Err(format!("line {}: `{line}`", n_named + 1)),
            }
            n_named += 1;
        }
        Ok(n_named)
    }

    /// Numbers in a vector.
    pub fn dimensions(&self) -> usize {
        self.n_dimensions
    }

    /// Identifies the model; see [`Model::fingerprint`](super::Model::fingerprint).
    pub fn fingerprint(&self) -> &str {
        &self.fingerprint
    }

    /// The vector of `text`, of length one; zero where no word of it is known.
    pub fn vector_of(&self, text: &str) -> Vec<f32> {
        let words: Vec<WordNumber> = WordNumber::all(text).collect();
        self.vector(&words, has_diacritics(text))
    }

    /// The vector of a text, of length one; zero where no word is known. A text without diacritics
    /// has no marked forms (`is_marked`).
    pub fn vector(&self, words: &[WordNumber], is_marked: bool) -> Vec<f32> {
        let mut sum = vec![0.0; self.n_dimensions];
        for (at, word) in words.iter().enumerate() {
            for row in self.rows(*word, is_marked) {
                self.add(row, &mut sum);
            }
            if let Some(row) = words.get(at + 1).and_then(|next| self.pair(*word, *next)) {
                self.add(row, &mut sum);
            }
        }
        normalise(&mut sum);
        sum
    }

    /// The rows that a word adds: its marked and its bare form, where known.
    #[inline]
    pub fn rows(&self, word: WordNumber, is_marked: bool) -> impl Iterator<Item = Row> {
        let marked = self.marked.get(&word).filter(|_| is_marked);
        let bare = usize::try_from(word.bare()).ok();
        let bare = bare.and_then(|at| self.bare.get(at));
        let bare = bare.filter(|row| **row != NO_ROW);
        marked.into_iter().chain(bare).map(|row| Row(*row))
    }

    /// The row of two words that follow each other, where known.
    pub fn pair(&self, first: WordNumber, second: WordNumber) -> Option<Row> {
        self.pairs
            .get(&(first.bare(), second.bare()))
            .map(|row| Row(*row))
    }

    /// Adds a row to `sum`.
    #[inline]
    pub fn add(&self, row: Row, sum: &mut [f32]) {
        let (weights, scale) = self.row(row);
        for (sum, weight) in sum.iter_mut().zip(weights) {
            *sum += f32::from(*weight) * scale;
        }
    }

    /// The dot product of a row and `vector`.
    #[inline]
    pub fn dot(&self, row: Row, vector: &[f32]) -> f32 {
        let (weights, scale) = self.row(row);
        dot(weights, vector) * scale
    }

    /// The squared length of a row.
    pub fn squared_length(&self, row: Row) -> f32 {
        let at = usize::try_from(row.0).unwrap_or(usize::MAX);
        self.squared_lengths.get(at).copied().unwrap_or_default()
    }

    #[inline]
    fn row(&self, row: Row) -> (&[i8], f32) {
        let at = usize::try_from(row.0).unwrap_or(usize::MAX);
        let start = at.saturating_mul(self.n_dimensions);
        let weights = self.weights.get(start..start + self.n_dimensions);
        let scale = self.scales.get(at).copied().unwrap_or_default();
        (weights.unwrap_or_default(), scale)
    }

    fn squared(&self, row: usize) -> f32 {
        let row = u32::try_from(row).map_or(Row(NO_ROW), Row);
        let (weights, scale) = self.row(row);
        let sum: f32 = weights.iter().map(|w| f32::from(*w) * f32::from(*w)).sum();
        sum * scale * scale
    }
}

/// Eight sums beside each other, so that the compiler may use vector units.
#[inline]
fn dot(weights: &[i8], vector: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 8];
    let (weights, weights_rest) = weights.as_chunks::<8>();
    let (numbers, numbers_rest) = vector.as_chunks::<8>();
    for (weights, numbers) in weights.iter().zip(numbers) {
        for ((sum, weight), number) in sums.iter_mut().zip(weights).zip(numbers) {
            *sum += f32::from(*weight) * number;
        }
    }
    let rest = weights_rest.iter().zip(numbers_rest);
    sums.iter().sum::<f32>() + rest.map(|(w, n)| f32::from(*w) * n).sum::<f32>()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    const WORDS: &str = "marked đất\nbare dat\nbare dai\npair dat dai\n";
    /// One row a line of [`WORDS`], two numbers a row.
    const ROWS: [i8; 8] = [1, 0, 0, 1, 0, 1, 0, 2];

    /// A safetensors file: length of the header, header, numbers.
    fn weights(rows: &[i8], n_rows: usize) -> Vec<u8> {
        let header = format!(
            r#"{{"weights":{{"dtype":"U8","shape":[{n_rows},2],"data_offsets":[0,{0}]}},"scales":{{"dtype":"F32","shape":[{n_rows}],"data_offsets":[{0},{1}]}}}}"#,
            rows.len(),
            rows.len() + 4 * n_rows,
        );
        let mut bytes = (header.len() as u64).to_le_bytes().to_vec();
        bytes.extend(header.as_bytes());
        bytes.extend(rows.iter().map(|x| x.cast_unsigned().wrapping_add(128)));
        bytes.extend((0..n_rows).flat_map(|_| 0.5_f32.to_le_bytes()));
        bytes
    }

    fn folder(vocabulary: &str, manifest: &str) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        let config = br#"{"model_type":"camnang-words","hidden_size":2,"vocab_size":4}"#;
        write(CONFIG, config);
        write(VOCABULARY, vocabulary.as_bytes());
        write(WEIGHTS, &weights(&ROWS, 4));
        write("manifest.toml", manifest.as_bytes());
        folder
    }

    fn refused(vocabulary: &str, manifest: &str) -> String {
        let folder = folder(vocabulary, manifest);
        WordVectors::open(folder.path()).err().unwrap().to_string()
    }

    fn vector(text: &str, is_marked: bool) -> Vec<f32> {
        let folder = folder(WORDS, "");
        let vectors = WordVectors::open(folder.path()).unwrap();
        let words: Vec<WordNumber> = WordNumber::all(text).collect();
        vectors.vector(&words, is_marked)
    }

    #[test]
    fn texts_are_sums_of_marked_bare_and_pair() {
        // (1, 0) + (0, 1) for the word, (0, 1) and (0, 2) for its neighbour and the pair.
        let length = (1.0_f32 + 16.0).sqrt();
        assert_eq!(vector("Đất đai", true), [1.0 / length, 4.0 / length]);
        assert_eq!(vector("dat dai", false), [0.0, 1.0]);
        assert_eq!(vector("đất", true), vector("ĐẤT", true));
        assert_eq!(vector("hoàn toàn lạ", true), [0.0, 0.0]);
        assert_eq!(vector("", true), [0.0, 0.0]);
    }

    #[test]
    fn folders_that_do_not_fit_together_are_refused() {
        assert!(refused("marked đất\n", "").contains("names 1 rows, but config.json 4"));
        let strange = WORDS.replace("bare dai", "dai");
        assert!(refused(&strange, "").contains("line 3: `dai`"));
        let other = "[blake3]\n\"vocabulary.txt\" = \"00\"\n";
        assert!(refused(WORDS, other).contains("but the manifest says 00"));
        let model = folder(WORDS, "");
        fs::write(model.path().join(WEIGHTS), weights(&ROWS[..4], 2)).unwrap();
        let error = WordVectors::open(model.path()).err().unwrap().to_string();
        assert!(error.contains("tensor `scales`"), "{error}");
        fs::remove_file(model.path().join(VOCABULARY)).unwrap();
        let error = WordVectors::open(model.path()).err().unwrap().to_string();
        assert!(error.contains("vocabulary.txt"), "{error}");
    }

    #[test]
    fn dot_products_take_every_dimension() {
        let weights: Vec<i8> = (0..19).collect();
        let ones = vec![1.0; 19];
        assert!((dot(&weights, &ones) - 171.0).abs() < 1e-3);
    }
}
