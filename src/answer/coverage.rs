//! The weighted terms of a question, and how much of them a text covers.

use std::collections::HashSet;

use crate::text::Folded;
use crate::text::Synonym;
use crate::text::salience;
use crate::text::words;

/// Syllables that say less than this ask or greet and name nothing (`là`, `gì`, `nào`, `ạ`): they
/// never count as covered or missing.
const SALIENCE_MIN: f32 = 0.165;

/// How much saying the same in other words counts.
const SYNONYM_CREDIT: f32 = 0.9;

/// Distinct terms of a question with their weights: syllables, and bigrams of neighbours.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    uses_marks: bool,
    syllables: Vec<(String, f32)>,
    bigrams: Vec<(String, f32)>,
    /// Terms of an everyday phrase, and the ways a text may say the same.
    synonyms: Vec<(HashSet<String>, Vec<Vec<String>>)>,
}

/// The terms a text holds, in the form a question is in.
#[derive(Clone, Debug, Default)]
pub(super) struct Held(HashSet<String>);

impl Terms {
    /// The terms of `question`; `rarity` weighs a term by how rare it is in the store.
    ///
    /// `uses_marks` says which search form is compared.
    pub fn new(question: &str, uses_marks: bool, mut rarity: impl FnMut(&str) -> f32) -> Self {
        let mut terms = Self {
            uses_marks,
            ..Self::default()
        };
        let mut previous: Option<String> = None;
        for (word, is_asking) in folded(question, uses_marks) {
            if let Some(previous) = previous.take() {
                add(
                    &mut terms.bigrams,
                    format!("{previous} {word}"),
                    &mut rarity,
                );
            }
            if !is_asking {
                add(&mut terms.syllables, word.clone(), &mut rarity);
                previous = Some(word);
            }
        }
        // A bigram needs both neighbours to mean something.
        let known: HashSet<&str> = terms.syllables.iter().map(|(s, _)| s.as_str()).collect();
        terms
            .bigrams
            .retain(|(b, _)| b.split(' ').all(|s| known.contains(s)));
        terms
    }

    /// The same, where a text that has what an everyday phrase means covers the phrase.
    #[must_use]
    pub fn with_synonyms(mut self, synonyms: &[Synonym]) -> Self {
        for synonym in synonyms {
            let said = phrase_terms(&synonym.said, self.uses_marks);
            let all = folded(&synonym.said, self.uses_marks).map(|(word, _)| word);
            let meant = synonym
                .meant
                .iter()
                .map(|phrase| phrase_terms(phrase, self.uses_marks));
            self.synonyms
                .push((said.into_iter().chain(all).collect(), meant.collect()));
        }
        self
    }

    /// What a term gives: the largest credit of a layer that holds it, or what it means.
    fn credit(&self, term: &str, layers: &[(&Held, f32)]) -> f32 {
        let meant = self
            .synonyms
            .iter()
            .filter(|(said, _)| said.contains(term))
            .flat_map(|(_, meant)| meant);
        let by_meaning = meant
            .map(|terms| SYNONYM_CREDIT * credit_all(terms, layers))
            .fold(0.0, f32::max);
        credit(term, layers).max(by_meaning)
    }

    fn share(&self, terms: &[(String, f32)], layers: &[(&Held, f32)]) -> f32 {
        let all: f32 = terms.iter().map(|(_, weight)| weight).sum();
        let covered: f32 = terms
            .iter()
            .map(|(term, weight)| weight * self.credit(term, layers))
            .sum();
        if all > 0.0 { covered / all } else { 0.0 }
    }

    /// Whether the question names nothing.
    pub fn is_empty(&self) -> bool {
        self.syllables.is_empty()
    }

    /// The terms that `text` holds.
    pub(super) fn held(&self, text: &str) -> Held {
        let mut held = HashSet::new();
        let mut previous: Option<String> = None;
        for (word, _) in folded(text, self.uses_marks) {
            if let Some(previous) = previous.take() {
                held.insert(format!("{previous} {word}"));
            }
            held.insert(word.clone());
            previous = Some(word);
        }
        Held(held)
    }

    /// Takes out of what a title holds the words of another case, which a heading of the document is about
    /// and the provision is not: `Hướng dẫn đăng ký khai sinh, kết hôn` does not make `Giấy tờ khi đăng
    /// ký khai sinh` papers for `đăng ký kết hôn`, where another heading has these words. `own` are the
    /// headings above the provision, `all` those of the document. What tells cases apart stands behind
    /// in Vietnamese. Says whether there was any.
    pub(super) fn leave_other_cases(&self, title: &mut Held, own: &Held, all: &Held) -> bool {
        let (mut other, mut n_taken): (Option<&str>, usize) = (None, 0);
        for (bigram, _) in &self.bigrams {
            let Some((first, second)) = bigram.split_once(' ') else {
                continue;
            };
            let goes_on = own.0.contains(first) || other == Some(first);
            let is_other = goes_on && !own.0.contains(second) && all.0.contains(bigram);
            if is_other {
                n_taken += usize::from(title.0.remove(second));
                title.0.remove(bigram);
            }
            other = is_other.then_some(second);
        }
        n_taken > 0
    }

    /// Weighted share of the syllables covered, 0 to 1. Each `(held, credit)` gives its credit for
    /// the terms it holds; the largest credit counts.
    pub(super) fn syllable_coverage(&self, layers: &[(&Held, f32)]) -> f32 {
        self.share(&self.syllables, layers)
    }

    /// The same over bigrams; the share of syllables where there are no bigrams.
    pub(super) fn bigram_coverage(&self, layers: &[(&Held, f32)]) -> f32 {
        if self.bigrams.is_empty() {
            self.share(&self.syllables, layers)
        } else {
            self.share(&self.bigrams, layers)
        }
    }

    /// What the heaviest syllable weighs that no layer holds, as a share of the heaviest of all.
    pub(super) fn gap(&self, layers: &[(&Held, f32)]) -> f32 {
        let heaviest = |of: &dyn Fn(&str) -> bool| {
            let weights = self.syllables.iter().filter(|(term, _)| of(term));
            weights.map(|(_, weight)| *weight).fold(0.0, f32::max)
        };
        let missing = heaviest(&|term| self.credit(term, layers) == 0.0);
        missing / heaviest(&|_| true).max(f32::MIN_POSITIVE)
    }

    /// Runs of words of `question` that none of `texts` holds, as the question spells them.
    ///
    /// A sign or a gap ends a run: where a personal identifier was taken out, words that have
    /// nothing to do with each other stand side by side.
    pub(super) fn missing<'t>(
        &self,
        question: &str,
        texts: impl IntoIterator<Item = &'t str>,
    ) -> Vec<String> {
        let texts = texts.into_iter().flat_map(|text| self.held(text).0);
        let held = Held(texts.collect());
        let mut runs: Vec<String> = Vec::new();
        let mut open_from: Option<usize> = None;
        for ((word, span), (term, is_asking)) in
            words(question).zip(folded(question, self.uses_marks))
        {
            let is_missing = !is_asking && self.credit(&term, &[(&held, 1.0)]) == 0.0;
            let gap = open_from.and_then(|from| question.get(from..span.start));
            let goes_on = gap.is_some_and(|gap| gap.chars().eq([' ']));
            match runs.last_mut().filter(|_| goes_on && is_missing) {
                Some(run) => {
                    run.push(' ');
                    run.push_str(word);
                }
                None if is_missing => runs.push(word.to_owned()),
                None => {}
            }
            open_from = is_missing.then_some(span.end);
        }
        // One word alone is too little to say that the store has nothing on it.
        runs.retain(|run| run.contains(' '));
        runs
    }
}

fn folded(text: &str, uses_marks: bool) -> impl Iterator<Item = (String, bool)> {
    words(text).map(move |(word, _)| {
        let mut folded = Folded::default();
        folded.assign(word);
        let term = if uses_marks {
            folded.marked
        } else {
            folded.bare
        };
        let is_asking = salience(&term, uses_marks) < SALIENCE_MIN;
        (term, is_asking)
    })
}

fn add(terms: &mut Vec<(String, f32)>, term: String, rarity: &mut impl FnMut(&str) -> f32) {
    if terms.iter().all(|(known, _)| *known != term) {
        let weight = rarity(&term);
        terms.push((term, weight));
    }
}

fn credit(term: &str, layers: &[(&Held, f32)]) -> f32 {
    layers
        .iter()
        .filter(|(held, _)| held.0.contains(term))
        .map(|(_, credit)| *credit)
        .fold(0.0, f32::max)
}

/// The least credit of a phrase's terms: all must be held.
fn credit_all(terms: &[String], layers: &[(&Held, f32)]) -> f32 {
    terms
        .iter()
        .map(|term| credit(term, layers))
        .fold(1.0, f32::min)
}

/// The bigrams of a phrase; its only word where it has one.
fn phrase_terms(phrase: &str, uses_marks: bool) -> Vec<String> {
    let words: Vec<String> = folded(phrase, uses_marks).map(|(word, _)| word).collect();
    match words.as_slice() {
        [one] => vec![one.clone()],
        several => several.windows(2).map(|pair| pair.join(" ")).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(question: &str) -> Terms {
        Terms::new(question, false, |_| 1.0)
    }

    #[test]
    fn asking_words_do_not_count() {
        assert!(terms("la gi nao vay a?").is_empty());
        assert_eq!(terms("dang ky khai sinh o dau").syllables.len(), 4);
    }

    #[test]
    fn coverage_takes_the_best_layer() {
        let terms = terms("khai sinh");
        let (text, heading) = (terms.held("khai tử"), terms.held("sinh"));
        let covered = terms.syllable_coverage(&[(&text, 1.0), (&heading, 0.5)]);
        assert!((covered - 0.75).abs() < 1e-6);
    }

    #[test]
    fn title_says_nothing_of_the_case_that_another_heading_is_about() {
        let terms = terms("giay to dang ky ket hon");
        let title = terms.held("Hướng dẫn đăng ký khai sinh, kết hôn");
        let [birth, marriage, fees] = [
            "Giấy tờ khi đăng ký khai sinh",
            "Đăng ký kết hôn trong nước",
            "Lệ phí",
        ]
        .map(|heading| terms.held(heading));
        let all = terms.held("Giấy tờ khi đăng ký khai sinh\nĐăng ký kết hôn trong nước\nLệ phí");
        let left = |own: &Held, all: &Held| {
            let mut title = title.clone();
            let is_told_apart = terms.leave_other_cases(&mut title, own, all);
            (is_told_apart, title.0.contains("hon"))
        };
        assert_eq!(left(&birth, &all), (true, false));
        // Under its own heading, under one that tells no case, and where no heading has the case.
        assert_eq!(left(&marriage, &all), (false, true));
        assert_eq!(left(&fees, &all), (false, true));
        assert_eq!(left(&birth, &birth), (false, true));
    }

    #[test]
    fn words_are_missing_that_no_text_holds() {
        let terms = terms("khai sinh");
        assert_eq!(
            terms.missing("Sinh ạ, ghi sổ Khai", ["khai tử"]),
            ["ghi sổ"]
        );
        let question = "lệ phí khai sinh, ghi sổ";
        assert_eq!(terms.missing(question, ["khai sinh"]), ["lệ phí", "ghi sổ"]);
        assert_eq!(
            terms.missing(question, ["khai sinh", "Lệ phí hộ tịch"]),
            ["ghi sổ"]
        );
    }

    #[test]
    fn runs_of_missing_words_end_where_words_were_taken_out() {
        let terms = terms("khai sinh");
        for question in [
            "căn cước  ghi sổ",
            "căn cước, ghi sổ",
            "căn cước . ghi sổ",
            "căn cước khai ghi sổ",
        ] {
            let missing = terms.missing(question, ["khai sinh"]);
            assert_eq!(missing, ["căn cước", "ghi sổ"], "{question}");
        }
        assert!(terms.missing("căn  cước", ["khai sinh"]).is_empty());
    }

    #[test]
    fn bigrams_need_neighbours() {
        let terms = Terms::new("thời hạn đăng ký", true, |_| 1.0);
        let far = terms.held("hạn thời ký đăng");
        assert!(terms.bigram_coverage(&[(&far, 1.0)]) < 0.4);
        assert!(
            (terms.bigram_coverage(&[(&terms.held("thời hạn đăng ký"), 1.0)]) - 1.0).abs() < 1e-6
        );
    }
}
