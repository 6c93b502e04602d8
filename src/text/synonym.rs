//! What people say at the counter, and what documents call it.
//!
//! One direction only: a question in everyday words also searches the administrative ones. The
//! table, `synonyms.tsv`, holds phrases whose meaning does not hang on context: a row a line, the
//! everyday phrase first, then what it may mean, the most usual first. Most are unmistakable without
//! diacritics too; those that are not (`đẻ` is also `để`) carry a `!` and count only with them.
//! What asks for a deadline, a fee, the papers or who decides (`mấy bữa xong`, `cần giấy gì`) is no row:
//! such words stand in every text, and [`crate::answer::Intent`] knows them.
//! Abbreviations are in [`super::abbreviation`].

use std::collections::BTreeSet;
use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::fold_text;
use crate::text::has_diacritics;
use crate::text::strip_diacritics;

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::read(include_str!("synonyms.tsv")));

/// Marks a row that counts only in questions with diacritics.
const ONLY_MARKED: char = '!';

/// The rows of a table, and where they are found by their folded phrase.
struct Lexicon {
    rows: Vec<Row>,
    marked: HashMap<String, usize>,
    bare: HashMap<String, usize>,
    /// Words of the longest everyday phrase.
    n_words_max: usize,
}

struct Row {
    said: &'static str,
    meant: Vec<&'static str>,
}

impl Lexicon {
    fn read(table: &'static str) -> Self {
        let mut lexicon = Self {
            rows: Vec::new(),
            marked: HashMap::new(),
            bare: HashMap::new(),
            n_words_max: 0,
        };
        let is_row = |line: &&str| !line.is_empty() && !line.starts_with('#');
        for line in table.lines().filter(is_row) {
            let (said, meant) = line.split_once('\t').unwrap_or((line, ""));
            let is_only_marked = said.starts_with(ONLY_MARKED);
            lexicon.add(said.trim_start_matches(ONLY_MARKED), meant, is_only_marked);
        }
        lexicon
    }

    fn add(&mut self, said: &'static str, meant: &'static str, is_only_marked: bool) {
        let at = self.rows.len();
        let marked = fold_text(said, true);
        self.n_words_max = self.n_words_max.max(marked.split(' ').count());
        self.marked.insert(marked, at);
        if !is_only_marked {
            self.bare.insert(fold_text(said, false), at);
        }
        self.rows.push(Row {
            said,
            meant: meant.split('\t').collect(),
        });
    }

    /// The rows whose phrase stands in `question`, in their order.
    fn find(&self, question: &str, uses_marks: bool) -> impl Iterator<Item = &Row> {
        let by_phrase = if uses_marks { &self.marked } else { &self.bare };
        let asked = fold_text(question, uses_marks);
        let words: Vec<&str> = asked.split(' ').collect();
        let mut found = BTreeSet::new();
        for n_words in 1..=self.n_words_max {
            let phrases = words.windows(n_words).map(|phrase| phrase.join(" "));
            found.extend(phrases.filter_map(|phrase| by_phrase.get(&phrase).copied()));
        }
        found.into_iter().filter_map(|at| self.rows.get(at))
    }
}

/// An everyday phrase found in a question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Synonym {
    /// The words of the question.
    pub said: String,
    /// What documents may call it; without diacritics if the question is.
    pub meant: Vec<String>,
}

/// The everyday phrases in `question`, with what documents may call them.
///
/// # Example
/// ```
/// use camnang::text::synonyms;
/// assert_eq!(synonyms("Cưới rồi thì sao?")[0].meant, ["kết hôn"]);
/// assert_eq!(synonyms("nop ho so qua mang")[0].meant, ["truc tuyen"]);
/// ```
pub fn synonyms(question: &str) -> Vec<Synonym> {
    let uses_marks = has_diacritics(question);
    let spelled = |phrase: &str| {
        if uses_marks {
            phrase.to_owned()
        } else {
            strip_diacritics(phrase).into_owned()
        }
    };
    LEXICON
        .find(question, uses_marks)
        .map(|row| Synonym {
            said: spelled(row.said),
            meant: row.meant.iter().map(|phrase| spelled(phrase)).collect(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_row_is_found_with_and_without_marks() {
        for row in &LEXICON.rows {
            let found = synonyms(&format!("Đã {} ạ", row.said));
            let is_row = |s: &Synonym| s.said == row.said && s.meant == row.meant;
            assert!(found.iter().any(is_row), "{}", row.said);
            if LEXICON.bare.contains_key(&fold_text(row.said, false)) {
                let bare = strip_diacritics(row.said);
                let found = synonyms(&format!("da {bare} a"));
                assert!(found.iter().any(|s| s.said == bare), "{bare}");
            }
        }
    }

    #[test]
    fn rows_say_something_else_than_they_mean_and_stand_once() {
        let phrases = LEXICON.rows.iter().map(|row| fold_text(row.said, true));
        assert_eq!(phrases.collect::<BTreeSet<_>>().len(), LEXICON.rows.len());
        for row in &LEXICON.rows {
            assert!(!row.meant.is_empty(), "{}", row.said);
            for meant in &row.meant {
                assert!(!meant.trim().is_empty(), "{}", row.said);
                assert_ne!(fold_text(row.said, true), fold_text(meant, true));
                assert!(meant.trim() == *meant && row.said.trim() == row.said);
            }
        }
    }

    #[test]
    fn words_match_whole() {
        assert!(
            synonyms("đề nghị, chết tiệt không")
                .iter()
                .all(|s| s.said == "chết")
        );
        assert!(synonyms("đăng ký khai sinh").is_empty());
    }

    #[test]
    fn what_is_mistakable_without_marks_counts_with_them_only() {
        assert_eq!(synonyms("đẻ ở nhà")[0].said, "đẻ");
        assert!(synonyms("nop de lam gi").is_empty());
    }
}
