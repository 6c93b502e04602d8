//! A question as it is understood: abbreviations written out, what it names, what it asks for.

use std::borrow::Cow;

use super::Moment;
use crate::answer::Intent;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Mention;
use crate::index::Form;
use crate::index::Query;
use crate::text::PLACEHOLDERS;
use crate::text::Span;
use crate::text::Synonym;
use crate::text::canonicalise;
use crate::text::expand;
use crate::text::fold_text;
use crate::text::has_diacritics;
use crate::text::mask_identifiers;
use crate::text::short_forms;
use crate::text::strip_diacritics;
use crate::text::synonyms;
use crate::text::words;

/// A question may not be longer; a citizen's whole letter is no question.
pub const QUESTION_CHARS_MAX: usize = 2000;

/// Weight of other readings of an abbreviation, and of abbreviations of what is written out.
const ALTERNATIVE_WEIGHT: f32 = 0.35;
/// Weight of what documents call an everyday phrase.
const SYNONYM_WEIGHT: f32 = 0.6;
/// Words, in search form, behind which something new is named.
const JOINING: [&str; 5] = ["va", "voi", "hay", "hoac", "cung"];
/// Words from which on it can be told how a question was typed.
const TELLING_WORDS_MIN: usize = 6;
/// Who types with diacritics puts them on at least one word in so many, abbreviations included.
const WORDS_PER_MARKED_MAX: usize = 5;

/// A question as it is understood.
#[derive(Clone, Debug)]
pub struct Question {
    /// As asked, in canonical form, personal identifiers masked.
    pub asked: String,
    /// With abbreviations written out.
    pub understood: String,
    /// What kind of answer it asks for.
    pub intent: Intent,
    /// Everyday phrases in it, with what documents call them.
    pub synonyms: Vec<Synonym>,
    /// Documents it names, with the words that name them.
    pub mentions: Vec<(String, Mention)>,
    /// Provisions it names.
    pub locators: Vec<Locator>,
    /// Which of the documents each of these is of; none where it names no document.
    of_mention: Vec<Option<usize>>,
    /// What it is about: as understood, but without the words that only say when the law held.
    pub topic: String,
    /// The time of the law it asks about; today where it names none.
    pub moment: Option<Moment>,
    pub(super) query: Query,
}

impl Question {
    /// Understands `text`.
    ///
    /// # Example
    /// ```
    /// use camnang::rank::Question;
    /// let question = Question::new("khoản 2 Điều 5 NĐ 120/2025 quy định gì?");
    /// assert_eq!(question.locators[0].to_string(), "khoản 2 Điều 5");
    /// assert_eq!(question.mentions[0].1.number, "120");
    /// ```
    pub fn new(text: &str) -> Self {
        let asked = mask_identifiers(&canonicalise(text));
        // Who somebody is says nothing of what the law is: placeholders are not searched for.
        let expanded = expand(&one_way(&without_placeholders(&asked)));
        let mut query = Query::new(&expanded.text);
        for reading in expanded
            .alternatives
            .iter()
            .chain(&short_forms(&expanded.text))
        {
            query.add(reading, ALTERNATIVE_WEIGHT);
        }
        let synonyms = synonyms(&expanded.text);
        for meant in synonyms.iter().flat_map(|synonym| &synonym.meant) {
            query.add(meant, SYNONYM_WEIGHT);
        }
        let mentions = DocumentNumber::find_in(&expanded.text);
        let moment = Moment::find_in(&expanded.text);
        let topic = moment.map_or_else(
            || expanded.text.clone(),
            |(when, _)| without(&expanded.text, when),
        );
        let shown = |span: Span| span.slice(&expanded.text).unwrap_or_default().to_owned();
        let locators = Locator::find_in(&expanded.text);
        let places: Vec<Span> = mentions.iter().map(|(span, _)| *span).collect();
        let of_mention = locators
            .iter()
            .map(|(span, _)| mention_of(&expanded.text, *span, &places));
        Self {
            intent: Intent::of(&expanded.text),
            mentions: mentions
                .into_iter()
                .map(|(span, mention)| (shown(span), mention))
                .collect(),
            of_mention: of_mention.collect(),
            locators: locators.into_iter().map(|(_, locator)| locator).collect(),
            moment: moment.map(|(_, moment)| moment),
            topic,
            synonyms,
            understood: expanded.text,
            asked,
            query,
        }
    }

    /// The provisions that it names of the document of its mention `at`.
    ///
    /// # Example
    /// ```
    /// use camnang::rank::Question;
    /// let question = Question::new("khoản 4 Điều 5 NĐ 120/2025 và khoản 2 Điều 7 NĐ 118/2025 nói gì?");
    /// let second: Vec<String> = question.locators_in(1).map(ToString::to_string).collect();
    /// assert_eq!(second, ["khoản 2 Điều 7"]);
    /// ```
    pub fn locators_in(&self, at: usize) -> impl Iterator<Item = &Locator> {
        let all = self.locators.iter().zip(&self.of_mention);
        all.filter(move |(_, of)| **of == Some(at))
            .map(|(locator, _)| locator)
    }

    /// Its terms for the index.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// Whether its terms carry diacritics.
    pub fn uses_marks(&self) -> bool {
        self.query.form() == Form::Marked
    }
}

/// Which of the documents named at `mentions` of `text` a provision is of that is named at `locator`: of
/// the next one (`khoản 2 Điều 5 Nghị định …`), or, where that begins anew (`… và Nghị định …`), of the
/// one before it.
fn mention_of(text: &str, locator: Span, mentions: &[Span]) -> Option<usize> {
    let next = mentions.iter().position(|m| m.start >= locator.end);
    let before = next.unwrap_or(mentions.len()).checked_sub(1);
    let begins_anew = |at: &usize| {
        let between = mentions
            .get(*at)
            .and_then(|m| text.get(locator.end..m.start));
        let between = fold_text(between.unwrap_or_default(), false);
        let last = between.split(' ').next_back().unwrap_or_default();
        before.is_some() && JOINING.contains(&last)
    };
    next.filter(|at| !begins_anew(at)).or(before)
}

/// `text` without the words of `span`.
fn without(text: &str, span: Span) -> String {
    let before = text.get(..span.start).unwrap_or_default();
    let after = text.get(span.end..).unwrap_or_default();
    [before.trim_end(), after.trim_start()].join(" ")
}

/// `text` without its diacritics where it was typed without but for a few: a `đ` of an abbreviation, a slip
/// of the keyboard. Words without would else be looked for among words with them, and be found nowhere.
fn one_way(text: &str) -> Cow<'_, str> {
    let is_word = |word: &&str| word.chars().all(char::is_alphabetic);
    let typed: Vec<&str> = words(text).map(|(word, _)| word).filter(is_word).collect();
    let n_marked = typed.iter().filter(|word| has_diacritics(word)).count();
    if typed.len() >= TELLING_WORDS_MIN && n_marked * WORDS_PER_MARKED_MAX < typed.len() {
        strip_diacritics(text)
    } else {
        text.into()
    }
}

/// `text` without the `[…]` that masking left.
fn without_placeholders(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        kept.push_str(before);
        let is_placeholder = after
            .split_once(']')
            .is_some_and(|(inside, _)| PLACEHOLDERS.contains(&inside));
        if !is_placeholder {
            kept.push('[');
        }
        rest = if is_placeholder {
            after.split_once(']').map_or("", |(_, rest)| rest)
        } else {
            after
        };
    }
    kept.push_str(rest);
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_marks_make_no_marked_question() {
        let typed = "hđnd xa lam nghi quyet quyet toan kinh phi theo huong dan nao";
        let question = Question::new(typed);
        assert!(!question.uses_marks());
        assert!(
            question.understood.starts_with("hoi dong nhan dan xa"),
            "{question:?}"
        );
        // What was asked is kept as it was typed.
        assert_eq!(question.asked, typed);
        for marked in [
            "UBND xã cấp GCN QSDĐ bn ngày",
            "ĐK khai sinh o dau",
            "Hồ sơ xin cấp GPXD gom nhung gi",
        ] {
            assert!(Question::new(marked).uses_marks(), "{marked}");
        }
    }

    #[test]
    fn who_asks_is_not_searched_for() {
        let question = Question::new("Bà [tên] [số điện thoại] cần hồ sơ gì [sic]?");
        assert!(!question.understood.contains("[tên]"), "{question:?}");
        assert!(question.understood.contains("[sic]"), "{question:?}");
    }
}
