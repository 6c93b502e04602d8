//! Which words two texts have in common.
//!
//! A model of a few layers learns slowly to find the same word in two texts, so it is told
//! (`MarkedBERT`; Boualili, Moreno and Boughanem, SIGIR 2020): each token has a mark that says whether
//! its word stands in the other text too, and whether a neighbour of it stands beside it there as
//! well, as the halves of most Vietnamese words do.

use std::collections::HashSet;

use crate::text::fold_word;
use crate::text::has_diacritics;

/// Different marks: three for tokens of the first text, three for those of the second.
pub(super) const N_MARKS: usize = 6;
/// A token of the second text has the mark of the first and this.
pub(super) const SECOND: u8 = 3;

const ABSENT: u8 = 0;
const ALONE: u8 = 1;
const BESIDE_A_NEIGHBOUR: u8 = 2;

/// How a tokenizer of the Metaspace kind writes the space before a word.
const SPACE: char = '▁';

/// The words that tokens are pieces of.
pub(super) struct Pieces {
    words: Vec<String>,
    /// For each token the word it is a piece of.
    word_of: Vec<usize>,
}

impl Pieces {
    /// The words that `tokens` spell; the first `n_prefix` of them are a prefix and match nothing.
    pub(super) fn of(tokens: &[String], n_prefix: usize) -> Self {
        let mut words: Vec<String> = Vec::new();
        let mut word_of = Vec::with_capacity(tokens.len());
        for token in tokens {
            if words.is_empty() || token.starts_with(SPACE) {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.push_str(token.trim_start_matches(SPACE));
            }
            word_of.push(words.len() - 1);
        }
        for (at, word) in words.iter_mut().enumerate() {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
            *word = if at < n_prefix {
                String::new()
            } else {
                bare.to_owned()
            };
        }
        Self { words, word_of }
    }

    fn folded(&self, is_marked: bool) -> Vec<String> {
        let fold = |word: &String| {
            let folded = fold_word(word);
            if is_marked {
                folded.marked
            } else {
                folded.bare
            }
        };
        self.words.iter().map(fold).collect()
    }
}

/// The marks of the tokens of a question and of a text. Where the question has no diacritics, those
/// of the text do not count.
pub(super) fn marks(question: &Pieces, text: &Pieces) -> [Vec<u8>; 2] {
    let is_marked = question.words.iter().any(|word| has_diacritics(word));
    let [asked, said] = [question, text].map(|pieces| pieces.folded(is_marked));
    let of_tokens = |pieces: &Pieces, marks: &[u8], side: u8| {
        let of_word = |word: &usize| side + marks.get(*word).copied().unwrap_or(ABSENT);
        pieces.word_of.iter().map(of_word).collect()
    };
    [
        of_tokens(question, &of_words(&asked, &said), 0),
        of_tokens(text, &of_words(&said, &asked), SECOND),
    ]
}

/// The mark of each of the words `own` beside those of the `other` text.
fn of_words(own: &[String], other: &[String]) -> Vec<u8> {
    let words: HashSet<&String> = other.iter().filter(|word| !word.is_empty()).collect();
    let pairs: HashSet<&[String]> = other.windows(2).collect();
    let is_pair = |from: Option<usize>| {
        let pair = from.and_then(|from| own.get(from..from + 2));
        pair.is_some_and(|pair| pair.iter().all(|w| !w.is_empty()) && pairs.contains(pair))
    };
    let mark = |(at, word): (usize, &String)| {
        if !words.contains(word) {
            ABSENT
        } else if is_pair(at.checked_sub(1)) || is_pair(Some(at)) {
            BESIDE_A_NEIGHBOUR
        } else {
            ALONE
        }
    };
    own.iter().enumerate().map(mark).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(tokens: &str, n_prefix: usize) -> Pieces {
        let tokens: Vec<String> = tokens.split(' ').map(str::to_owned).collect();
        Pieces::of(&tokens, n_prefix)
    }

    #[test]
    fn marks_tell_words_and_neighbours_that_both_have() {
        let question = pieces("▁query : ▁Đăng ▁ký ▁khai ▁sin h ▁ở ▁đâu ?", 1);
        let text = pieces("▁query : ▁Việc ▁khai ▁sinh ▁đăng ▁tại ▁xã ▁ở , ▁ký", 1);
        let [asked, said] = marks(&question, &text);
        assert_eq!(asked, [0, 0, 1, 1, 2, 2, 2, 1, 0, 0]);
        assert_eq!(said, [3, 3, 3, 5, 5, 4, 3, 3, 4, 4, 4]);
    }

    #[test]
    fn marks_go_without_diacritics_where_the_question_does() {
        let text = || pieces("▁khai ▁tử", 0);
        assert_eq!(marks(&pieces("▁khai ▁tu", 0), &text())[0], [2, 2]);
        assert_eq!(marks(&pieces("▁khai ▁tư ▁tu", 0), &text())[0], [1, 0, 0]);
    }

    #[test]
    fn marks_of_empty_texts_are_empty() {
        let none = || Pieces::of(&[], 1);
        assert_eq!(marks(&none(), &none()), [Vec::<u8>::new(), Vec::new()]);
    }
}
