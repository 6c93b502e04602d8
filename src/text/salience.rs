//! How much a syllable of a question says about what is asked, apart from any store.
//!
//! A store of a few dozen documents cannot tell chatter (`từng`, `giùm`, `muốn`) from a matter it
//! knows nothing of (`karaoke`): it has seen neither. Two counts can, and `syllables.tsv` lists them
//! for the syllables that occur often enough, in both search forms:
//!
//! - *rareness*, the inverse document frequency over 236,000 passages of general text and
//!   questions, as a share of what counts as rare;
//! - *necessity*, the share of 12,700 labelled questions with the syllable whose answer holds it
//!   too (Zhao and Callan, "Term Necessity Prediction", 2010), smoothed towards [`NECESSITY_PRIOR`].
//!
//! The table holds counts of syllables, no text.

use std::collections::HashMap;
use std::sync::LazyLock;

/// Necessity of a syllable too rare to have been counted.
const NECESSITY_PRIOR: f32 = 0.85;

/// By form (`true` with marks) and syllable: rareness times necessity.
static TABLE: LazyLock<HashMap<(bool, &'static str), f32>> = LazyLock::new(|| {
    include_str!("syllables.tsv")
        .lines()
        .filter_map(row)
        .collect()
});

fn row(line: &'static str) -> Option<((bool, &'static str), f32)> {
    let mut columns = line.split('\t');
    let uses_marks = columns.next()? == "marked";
    let syllable = columns.next()?;
    let mut number = || columns.next()?.parse::<f32>().ok();
    Some(((uses_marks, syllable), number()? * number()?))
}

/// The weight of a syllable in search form: near 0 for `là`, below 1 for one never counted.
///
/// # Example
/// ```
/// use camnang::text::{fold_word, salience};
/// assert!(salience(&fold_word("muốn").marked, true) < 0.1);
/// assert!(salience(&fold_word("karaoke").marked, true) > 0.8);
/// ```
pub fn salience(syllable: &str, uses_marks: bool) -> f32 {
    TABLE
        .get(&(uses_marks, syllable))
        .copied()
        .unwrap_or(NECESSITY_PRIOR)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(TABLE.len(), include_str!("syllables.tsv").lines().count());
        assert!(TABLE.values().all(|weight| (0.0..=1.0).contains(weight)));
    }

    #[test]
    fn words_that_only_ask_weigh_less_in_both_forms() {
        for (asks, names) in [("muốn", "khai"), ("nhiêu", "karaoke"), ("từng", "chứng")] {
            let (asks, names) = (fold_word(asks), fold_word(names));
            assert!(
                salience(&asks.marked, true) < salience(&names.marked, true),
                "{asks:?}"
            );
            assert!(
                salience(&asks.bare, false) < salience(&names.bare, false),
                "{asks:?}"
            );
        }
    }
}
