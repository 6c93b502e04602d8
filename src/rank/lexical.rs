//! What a candidate shows beyond its BM25 score: which words of the question stand where in it, and
//! in what order.
//!
//! Every feature is relative to the question (a share, a ratio), so that what is learned on one
//! collection holds on another: none says how large, how old or of what kind a document is.

use std::collections::HashMap;

use crate::index;
use crate::index::Form;
use crate::index::PassageIndex;
use crate::index::Wording;
use crate::text::Folded;
use crate::text::WordNumber;
use crate::text::words;

/// Number of features of a candidate.
pub(super) const N_FEATURES: usize = 14;

/// What each of them is about, for people.
pub(super) const TOPICS: [&str; N_FEATURES] = [
    "BM25 beside the other passages",
    "words in the text",
    "word order",
    "word order",
    "words in the heading",
    "words in the heading",
    "words in the heading",
    "words anywhere",
    "word order",
    "words in the text",
    "words anywhere",
    "words in the text",
    "words in the text",
    "word order",
];

/// Words of a window whose coverage counts: about a sentence of law.
const WINDOW: usize = 40;

/// The words of a question with how rare each is in the index.
#[derive(Clone, Debug)]
pub(super) struct QuestionWords {
    ids: Vec<u32>,
    form: Form,
    rarity: Vec<f32>,
    /// Of the bigram that starts at each word.
    pair_rarity: Vec<f32>,
}

impl QuestionWords {
    /// The words of `text`, with rarities from `passages`.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub(super) fn new(
        text: &str,
        form: Form,
        passages: &PassageIndex,
    ) -> Result<Self, index::Error> {
        let mut folded = Folded::default();
        let terms: Vec<String> = words(text)
            .map(|(word, _)| {
                folded.assign(word);
                match form {
                    Form::Marked => folded.marked.clone(),
                    Form::Bare => folded.bare.clone(),
                }
            })
            .collect();
        let rarity = |term: &str| passages.rarity(form, term);
        Ok(Self {
            ids: WordNumber::all(text)
                .map(|word| reduced(word, form))
                .collect(),
            form,
            rarity: terms.iter().map(|t| rarity(t)).collect::<Result<_, _>>()?,
            pair_rarity: terms
                .windows(2)
                .map(|pair| rarity(&pair.join(" ")))
                .collect::<Result<_, _>>()?,
        })
    }

    /// The features of a candidate whose BM25 score is `bm25_share` of the best one's.
    pub(super) fn features(&self, candidate: &Wording, bm25_share: f32) -> [f32; N_FEATURES] {
        let words = candidate.words().iter();
        let words: Vec<u32> = words.map(|word| reduced(*word, self.form)).collect();
        let heading_words = &words[candidate.heading()];
        let text_words = &words[candidate.text()];
        let text = Places::of(text_words, &self.ids);
        let heading = Places::of(heading_words, &self.ids);
        let all = Places::of(&words, &self.ids);
        let matched = self.matched(&all);
        [
            bm25_share,
            self.syllables(&text),
            self.runs(&text, 2),
            self.runs(&text, 3),
            self.syllables(&heading),
            self.runs(&heading, 2),
            self.used(heading_words),
            self.syllables(&all),
            self.longest_run(&all),
            self.best_window(text_words),
            self.weakest_half(&matched),
            self.first_match(text_words),
            self.saturation(&text),
            self.runs(&all, 2),
        ]
    }

    fn total(&self) -> f32 {
        self.rarity.iter().sum::<f32>().max(f32::MIN_POSITIVE)
    }

    fn share(&self, is_found: impl Fn(usize) -> bool) -> f32 {
        let found = (0..self.ids.len()).filter(|at| is_found(*at));
        found.map(|at| self.rarity[at]).sum::<f32>() / self.total()
    }

    /// Rarity-weighted share of the question's words that occur.
    fn syllables(&self, places: &Places<'_>) -> f32 {
        self.share(|at| places.has(self.ids[at]))
    }

    /// Rarity-weighted share of runs of `n` words of the question that occur.
    fn runs(&self, places: &Places<'_>, n: usize) -> f32 {
        let (mut found, mut total) = (0.0, f32::MIN_POSITIVE);
        for (at, run) in self.ids.windows(n).enumerate() {
            let pairs = self.pair_rarity.get(at..at + n - 1).unwrap_or_default();
            let weight = pairs.iter().copied().fold(0.0, f32::max);
            total += weight;
            if places.has_run(run) {
                found += weight;
            }
        }
        found / total
    }

    /// Share of the words of `heading` that the question has.
    fn used(&self, heading: &[u32]) -> f32 {
        let used = heading.iter().filter(|word| self.ids.contains(word));
        float(used.count()) / float(heading.len().max(1))
    }

    /// The heaviest run of the question that occurs, as a share of the question.
    fn longest_run(&self, places: &Places<'_>) -> f32 {
        let mut best: f32 = 0.0;
        for (at, word) in self.ids.iter().enumerate() {
            for start in places.of_word(*word) {
                let following = self.ids[at..].iter().zip(&places.words[*start..]);
                let length = following.take_while(|(a, b)| a == b).count();
                best = best.max(self.rarity[at..at + length].iter().sum());
            }
        }
        best / self.total()
    }

    /// The largest share of the question that some window of the text covers.
    fn best_window(&self, text: &[u32]) -> f32 {
        let mut weights: HashMap<u32, f32> = HashMap::new();
        for (word, rarity) in self.ids.iter().zip(&self.rarity) {
            *weights.entry(*word).or_default() += rarity;
        }
        let mut inside: HashMap<u32, usize> = HashMap::new();
        let (mut covered, mut best) = (0.0_f32, 0.0_f32);
        for (at, word) in text.iter().enumerate() {
            if self.ids.contains(word)
                && let Some(weight) = weights.get(word)
            {
                let count = inside.entry(*word).or_default();
                *count += 1;
                if *count == 1 {
                    covered += weight;
                }
            }
            let leaving = at.checked_sub(WINDOW).and_then(|old| text.get(old));
            let leaving = leaving.filter(|word| self.ids.contains(word));
            if let Some(count) = leaving.and_then(|old| inside.get_mut(old)) {
                *count = count.saturating_sub(1);
                if *count == 0 {
                    covered -= leaving.and_then(|old| weights.get(old)).unwrap_or(&0.0);
                }
            }
            best = best.max(covered);
        }
        best / self.total()
    }

    fn matched(&self, places: &Places<'_>) -> Vec<bool> {
        self.ids.iter().map(|word| places.has(*word)).collect()
    }

    /// Coverage of the half of the question that is covered worse.
    fn weakest_half(&self, matched: &[bool]) -> f32 {
        let middle = matched.len() / 2;
        let half = |range: std::ops::Range<usize>| {
            let total: f32 = self.rarity[range.clone()].iter().sum();
            let found = range.filter(|at| matched[*at]).map(|at| self.rarity[at]);
            found.sum::<f32>() / total.max(f32::MIN_POSITIVE)
        };
        if middle == 0 {
            return half(0..matched.len());
        }
        half(0..middle).min(half(middle..matched.len()))
    }

    /// How early the text has its first bigram of the question: 1 at once, towards 0 later.
    fn first_match(&self, text: &[u32]) -> f32 {
        let at = text
            .windows(2)
            .position(|pair| self.ids.windows(2).any(|asked| asked == pair));
        at.map_or(0.0, |at| 1.0 / (1.0 + float(at) / 20.0))
    }

    /// As [`Self::syllables`], but a word that occurs once counts half, often nearly one.
    fn saturation(&self, places: &Places<'_>) -> f32 {
        let gain = |at: usize| {
            let n = float(places.of_word(self.ids[at]).len());
            self.rarity[at] * n / (n + 1.0)
        };
        (0..self.ids.len()).map(gain).sum::<f32>() / self.total()
    }
}

/// What tells a word apart in `form`.
fn reduced(word: WordNumber, form: Form) -> u32 {
    match form {
        Form::Marked => word.to_bits(),
        Form::Bare => word.bare(),
    }
}

/// Where the words of a question stand in a text.
struct Places<'a> {
    words: &'a [u32],
    by_word: HashMap<u32, Vec<usize>>,
}

impl<'a> Places<'a> {
    fn of(words: &'a [u32], asked: &[u32]) -> Self {
        let mut by_word: HashMap<u32, Vec<usize>> = HashMap::with_capacity(asked.len());
        let places = words.iter().enumerate();
        for (at, word) in places.filter(|(_, word)| asked.contains(word)) {
            by_word.entry(*word).or_default().push(at);
        }
        Self { words, by_word }
    }

    fn of_word(&self, word: u32) -> &[usize] {
        self.by_word.get(&word).map_or(&[], Vec::as_slice)
    }

    fn has(&self, word: u32) -> bool {
        self.by_word.contains_key(&word)
    }

    fn has_run(&self, run: &[u32]) -> bool {
        let Some(first) = run.first() else {
            return false;
        };
        self.of_word(*first)
            .iter()
            .any(|at| self.words[*at..].starts_with(run))
    }
}

/// Counts stay far below 2^24.
#[expect(clippy::cast_precision_loss, reason = "see above")]
pub(super) fn float(n: usize) -> f32 {
    n as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What each feature is, in order.
    const NAMES: [&str; N_FEATURES] = [
        "bm25",
        "text syllables",
        "text bigrams",
        "text trigrams",
        "heading syllables",
        "heading bigrams",
        "heading used",
        "context syllables",
        "longest run",
        "best window",
        "weakest half",
        "first match",
        "text saturation",
        "bigrams anywhere",
    ];

    fn question(text: &str) -> QuestionWords {
        let ids: Vec<u32> = WordNumber::all(text).map(WordNumber::to_bits).collect();
        QuestionWords {
            form: Form::Marked,
            rarity: vec![1.0; ids.len()],
            pair_rarity: vec![1.0; ids.len().saturating_sub(1)],
            ids,
        }
    }

    fn feature(name: &str, asked: &str, text: &str) -> f32 {
        let features = question(asked).features(&Wording::new("", "", text), 1.0);
        features[NAMES.iter().position(|n| *n == name).unwrap()]
    }

    #[test]
    fn shares_count_what_is_found() {
        let asked = "lệ phí khai sinh";
        assert!((feature("text syllables", asked, "phí khai tử") - 0.5).abs() < 1e-6);
        assert!((feature("text bigrams", asked, "khai sinh, lệ phí") - 2.0 / 3.0).abs() < 1e-6);
        assert!((feature("longest run", asked, "đăng ký khai sinh") - 0.5).abs() < 1e-6);
    }

    #[test]
    fn words_far_apart_share_no_window() {
        let far = format!("khai {} sinh", "x ".repeat(WINDOW + 5));
        assert!((feature("best window", "khai sinh", &far) - 0.5).abs() < 1e-6);
        assert!((feature("best window", "khai sinh", "khai x sinh") - 1.0).abs() < 1e-6);
    }

    #[test]
    fn empty_questions_and_texts_give_finite_features() {
        for (asked, text) in [("", ""), ("xã", ""), ("", "xã"), ("xã", "xã")] {
            let features = question(asked).features(&Wording::new("", "", text), 0.0);
            assert!(
                features.iter().all(|f| f.is_finite()),
                "{asked} {text} {features:?}"
            );
        }
    }
}
