//! Text that lost its diacritics, or letters of it.

use crate::doctor::Case;
use crate::doctor::Concern;
use crate::doctor::Gravity;
use crate::text::has_diacritics;
use crate::text::words;

/// A text with fewer words is not judged.
const WORDS_MIN: usize = 60;
/// Of 100 words of Vietnamese about 65 carry marks; texts with fewer than this lost them.
const MARKED_PERCENT_MIN: usize = 25;

pub(super) fn check(case: &Case<'_>) -> Vec<Concern> {
    let text = &case.document.text;
    let letters = words(text).filter(|(word, _)| word.chars().all(char::is_alphabetic));
    let (mut n_words, mut n_marked) = (0, 0);
    for (word, _) in letters {
        n_words += 1;
        n_marked += usize::from(has_diacritics(word));
    }
    let mut concerns = Vec::new();
    if n_words >= WORDS_MIN && n_marked * 100 < n_words * MARKED_PERCENT_MIN {
        concerns.push(Concern::new(
            "lost-diacritics",
            Gravity::Warning,
            format!("only {n_marked} of {n_words} words carry diacritics"),
            "ask for the original file: citations would be without diacritics too",
        ));
    }
    if let Some(at) = text
        .find(char::REPLACEMENT_CHARACTER)
        .or_else(|| lost_letter(text))
    {
        let concern = Concern::new(
            "lost-letters",
            Gravity::Warning,
            "letters were lost when the file was saved",
            "ask for the original file",
        );
        concerns.push(concern.at(case, at));
    }
    concerns
}

/// Where a question mark stands inside a word: `Ngh? ??nh`, `quy?t`.
fn lost_letter(text: &str) -> Option<usize> {
    let mut found = text.match_indices('?').filter(|(at, _)| {
        let is_letter = |c: Option<char>| c.is_some_and(char::is_alphabetic);
        let before = text
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        let after = text.get(at + 1..).and_then(|after| after.chars().next());
        is_letter(before) && is_letter(after)
    });
    // One may be a slip of the pen or an address of a web page.
    let first = found.next()?;
    found.nth(3).map(|_| first.0)
}
