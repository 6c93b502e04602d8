//! How common a syllable is in Vietnamese at large, apart from any store.
//!
//! A store of a few dozen documents cannot tell chatter (`từng`, `giùm`, `nhầm`) from a matter it
//! knows nothing of (`karaoke`): it has seen neither. The table can. `frequency.tsv` lists 2,360
//! syllables in search form with their inverse document frequency as a share of the largest,
//! counted over 236,000 passages of general text and questions; it holds counts, not text.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::text::strip_diacritics;

/// Inverse document frequency, as a share of the largest, from which a syllable counts as rare.
const RARE: f32 = 0.55;

static MARKED: LazyLock<HashMap<String, f32>> = LazyLock::new(|| {
    include_str!("frequency.tsv").lines().filter_map(|line| line.split_once('\t')).filter_map(|(syllable, rarity)| Some((syllable.to_owned(), rarity.parse().ok()?))).collect()
});

/// Syllables that differ only in marks are as common as the commonest of them.
static BARE: LazyLock<HashMap<String, f32>> = LazyLock::new(|| {
    let mut bare: HashMap<String, f32> = HashMap::new();
    for (syllable, rarity) in MARKED.iter() {
        let least = bare.entry(strip_diacritics(syllable).into_owned()).or_insert(*rarity);
        *least = least.min(*rarity);
    }
    bare
});

/// How rare a syllable in search form is at large: near 0 for `là`, 1 for one that hardly occurs.
///
/// # Example
/// ```
/// use camnang::text::{fold_word, rareness};
/// assert!(rareness(&fold_word("là").marked, true) < 0.2);
/// assert!(rareness(&fold_word("karaoke").marked, true) > 0.99);
/// ```
pub fn rareness(syllable: &str, uses_marks: bool) -> f32 {
    let table = if uses_marks { &MARKED } else { &BARE };
    table.get(syllable).map_or(1.0, |rarity| (rarity / RARE).min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold_word;

    #[test]
    fn every_line_of_the_table_is_read() {
        assert_eq!(MARKED.len(), include_str!("frequency.tsv").lines().count());
    }

    #[test]
    fn common_words_are_less_rare_in_both_forms() {
        for (common, rare) in [("và", "karaoke"), ("năm", "quýt"), ("được", "ốp")] {
            let of = |word: &str| {
                let folded = fold_word(word);
                (rareness(&folded.marked, true), rareness(&folded.bare, false))
            };
            assert!(of(common).0 < of(rare).0 && of(common).1 <= of(rare).1, "{common} {rare}");
        }
    }
}
