//! How near a candidate's words are to the question's in meaning, word by word.
//!
//! With one vector a word, the dot product of a question and any stretch of a text is a sum over
//! the words of the stretch: each distinct word is multiplied once a question, and windows cost
//! additions only. What is missing for a cosine, the length of the stretch's vector, is estimated
//! as if its words were orthogonal to each other, which they nearly are.

use pulp::Arch;
use rustc_hash::FxHashMap;

use crate::embed::Row;
use crate::embed::WordVectors;
use crate::index::Wording;
use crate::text::WordNumber;

/// Number of features of a candidate.
pub(super) const N_FEATURES: usize = 7;
/// What they are about, for people.
pub(super) const TOPIC: &str = "meaning of the words";
/// Which of them is how well the question's words are matched.
pub(super) const MATCH: usize = 4;

/// Windows that are looked at, in words: a clause, a sentence, a paragraph.
const WINDOWS: [usize; 3] = [20, 40, 100];
/// Windows start at every so many words.
const STRIDE: usize = 4;
/// Words of a candidate beyond this are not looked at.
const WORDS_MAX: usize = 1200;

/// A question, and what is known of the words met so far.
pub(super) struct Meaning<'a> {
    vectors: &'a WordVectors,
    direction: Vec<f32>,
    /// The question's words as vectors of length one.
    words: Vec<Vec<f32>>,
    /// How much of the question each is; adds up to one.
    shares: Vec<f32>,
    met: FxHashMap<WordNumber, Met>,
    /// For each word met, its similarity to each word of the question.
    similarities: Vec<f32>,
    met_pairs: FxHashMap<Row, Step>,
}

/// What one word of a text adds to the dot product with the question and to its squared length.
#[derive(Clone, Copy, Default)]
struct Step {
    dot: f32,
    squared_length: f32,
}

#[derive(Clone, Copy)]
struct Met {
    step: Step,
    /// Where its similarities begin.
    similarities: usize,
}

impl<'a> Meaning<'a> {
    pub(super) fn new(vectors: &'a WordVectors, words: &[WordNumber], is_marked: bool) -> Self {
        let of_word = |word: &WordNumber| sum(vectors, *word, is_marked);
        let (words_as_vectors, lengths): (Vec<Vec<f32>>, Vec<f32>) = words
            .iter()
            .map(of_word)
            .map(|vector| (directed(&vector), length(&vector)))
            .unzip();
        let total = lengths.iter().sum::<f32>().max(f32::MIN_POSITIVE);
        Self {
            vectors,
            direction: vectors.vector(words, is_marked),
            words: words_as_vectors,
            shares: lengths.iter().map(|length| length / total).collect(),
            met: FxHashMap::default(),
            similarities: Vec::new(),
            met_pairs: FxHashMap::default(),
        }
    }

    /// The vector of the whole question, of length one.
    pub(super) fn direction(&self) -> &[f32] {
        &self.direction
    }

    /// Whole, windows, then how well each word of the question is matched: overall, in the
    /// headings, and the worst quarter.
    pub(super) fn features(&mut self, candidate: &Wording) -> [f32; N_FEATURES] {
        let words = candidate.words();
        let words = &words[..words.len().min(WORDS_MAX)];
        let text_at = candidate.text().start.min(words.len());
        let [clause, sentence, paragraph] = WINDOWS;
        let met: Vec<Met> = words.iter().map(|word| self.meet(*word)).collect();
        let sums = self.sums(words, &met);
        let mut best = vec![-1.0_f32; self.words.len()];
        self.match_words(&met[..text_at], &mut best);
        let headings = self.weighted(&best);
        self.match_words(&met[text_at..], &mut best);
        [
            cosine(&sums, 0, words.len()),
            best_window(&sums, 0, clause),
            best_window(&sums, text_at, sentence),
            best_window(&sums, text_at, paragraph),
            self.weighted(&best),
            if text_at == 0 { 0.0 } else { headings },
            worst_quarter(&mut best),
        ]
    }

    /// Sums of the steps of the first 0, 1, 2, … words.
    fn sums(&mut self, words: &[WordNumber], met: &[Met]) -> Vec<Step> {
        let mut sums = Vec::with_capacity(words.len() + 1);
        let mut sum = Step::default();
        sums.push(sum);
        for (at, (word, met)) in words.iter().zip(met).enumerate() {
            let next = words.get(at + 1);
            let pair = next.and_then(|next| self.vectors.pair(*word, *next));
            let pair = pair.map(|row| self.pair(row)).unwrap_or_default();
            for step in [met.step, pair] {
                sum.dot += step.dot;
                sum.squared_length += step.squared_length;
            }
            sums.push(sum);
        }
        sums
    }

    fn pair(&mut self, row: Row) -> Step {
        let (vectors, direction) = (self.vectors, &self.direction);
        *self.met_pairs.entry(row).or_insert_with(|| Step {
            dot: Arch::new().dispatch(|| vectors.dot(row, direction)),
            squared_length: vectors.squared_length(row),
        })
    }

    fn meet(&mut self, word: WordNumber) -> Met {
        if let Some(met) = self.met.get(&word) {
            return *met;
        }
        // Documents are typed with diacritics, whatever the question is.
        let rows = self.vectors.rows(word, true);
        let squared_length = rows.map(|row| self.vectors.squared_length(row)).sum();
        let met = Met {
            step: Step {
                dot: self.compare(word),
                squared_length,
            },
            similarities: self.similarities.len() - self.words.len(),
        };
        self.met.insert(word, met);
        met
    }

    /// The dot product of a word and the question; its similarities go to their place. On the
    /// widest vector unit there is: this is where the time goes.
    fn compare(&mut self, word: WordNumber) -> f32 {
        Arch::new().dispatch(|| {
            let vector = sum(self.vectors, word, true);
            let length = product(&vector, &vector).sqrt().max(f32::MIN_POSITIVE);
            let similar = self
                .words
                .iter()
                .map(|asked| product(asked, &vector) / length);
            self.similarities.extend(similar);
            product(&vector, &self.direction)
        })
    }

    /// Raises `best`, for each word of the question, to its similarity to the nearest of `words`.
    fn match_words(&self, words: &[Met], best: &mut [f32]) {
        for word in words {
            let similarities = &self.similarities[word.similarities..];
            for (best, similarity) in best.iter_mut().zip(similarities) {
                *best = best.max(*similarity);
            }
        }
    }

    fn weighted(&self, best: &[f32]) -> f32 {
        let shares = self.shares.iter().zip(best);
        shares.map(|(share, similarity)| share * similarity).sum()
    }
}

/// The vector of one word.
#[inline]
fn sum(vectors: &WordVectors, word: WordNumber, is_marked: bool) -> Vec<f32> {
    let mut sum = vec![0.0; vectors.dimensions()];
    for row in vectors.rows(word, is_marked) {
        vectors.add(row, &mut sum);
    }
    sum
}

fn length(vector: &[f32]) -> f32 {
    product(vector, vector).sqrt()
}

/// `vector` brought to length one; zero has no direction and stays.
pub(super) fn directed(vector: &[f32]) -> Vec<f32> {
    let length = length(vector).max(f32::MIN_POSITIVE);
    vector.iter().map(|x| x / length).collect()
}

/// Sixteen sums beside each other, so that the compiler may use vector units.
#[inline]
pub(super) fn product(a: &[f32], b: &[f32]) -> f32 {
    let mut sums = [0.0_f32; 16];
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<16>(), b.as_chunks::<16>());
    for (a, b) in a.iter().zip(b) {
        for ((sum, a), b) in sums.iter_mut().zip(a).zip(b) {
            *sum += a * b;
        }
    }
    let rest = a_rest.iter().zip(b_rest).map(|(a, b)| a * b);
    sums.iter().sum::<f32>() + rest.sum::<f32>()
}

fn cosine(sums: &[Step], from: usize, to: usize) -> f32 {
    let (Some(before), Some(after)) = (sums.get(from), sums.get(to)) else {
        return 0.0;
    };
    let squared_length = (after.squared_length - before.squared_length).max(0.0) + 1e-6;
    (after.dot - before.dot) / squared_length.sqrt()
}

/// The nearest window of `width` words from `start` on; all of a shorter text.
fn best_window(sums: &[Step], start: usize, width: usize) -> f32 {
    let end = sums.len().saturating_sub(1);
    if end <= start {
        return 0.0;
    }
    if end - start <= width {
        return cosine(sums, start, end);
    }
    let starts = (start..=end - width).step_by(STRIDE);
    starts
        .map(|at| cosine(sums, at, at + width))
        .fold(f32::MIN, f32::max)
}

/// Mean of the lowest quarter, of one at least; reorders `best`.
fn worst_quarter(best: &mut [f32]) -> f32 {
    let n = (best.len() / 4).max(1);
    best.sort_by(f32::total_cmp);
    let lowest = best.iter().take(n);
    lowest.sum::<f32>() / super::lexical::float(n)
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn features(question: &str, heading: &str, text: &str) -> [f32; N_FEATURES] {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/models/camnang/words");
        let vectors = WordVectors::open(Path::new(folder)).unwrap();
        let words: Vec<WordNumber> = WordNumber::all(question).collect();
        let is_marked = crate::text::has_diacritics(question);
        Meaning::new(&vectors, &words, is_marked).features(&Wording::new("", heading, text))
    }

    #[test]
    fn words_that_mean_alike_come_near_without_sharing_one() {
        for question in ["nhà ở", "nha o"] {
            let near = features(question, "", "chung cư, biệt thự");
            let far = features(question, "", "tàu biển, thuyền viên");
            assert!(near[MATCH] > far[MATCH], "{question}: {near:?} {far:?}");
        }
    }

    #[test]
    fn windows_find_what_long_texts_drown() {
        let drowned = format!("{} đăng ký khai sinh {0}", "tàu biển cập cảng ".repeat(60));
        let [whole, clause, sentence, ..] = features("đăng ký khai sinh", "", &drowned);
        assert!(
            clause > whole && sentence > whole,
            "{whole} {clause} {sentence}"
        );
    }

    #[test]
    fn empty_questions_and_texts_give_finite_features() {
        let long = "xã ".repeat(100_000);
        for (question, heading, text) in [
            ("", "", ""),
            ("xã", "", ""),
            ("", "xã", "xã"),
            ("xã", "", &long),
            ("漢字", "漢", "字"),
        ] {
            let found = features(question, heading, text);
            assert!(found.iter().all(|f| f.is_finite()), "{found:?}");
        }
    }

    #[test]
    fn products_take_every_dimension() {
        let numbers: Vec<f32> = (0_u8..37).map(f32::from).collect();
        assert!((product(&numbers, &[1.0; 37]) - 666.0).abs() < 1e-2);
    }
}
