//! Days in the life of a document that a question asks for: when it was issued, came into force, was
//! replaced. Such a day is that of no other document and no other day.

use crate::document::DocumentKind;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Mention;
use crate::text::Span;
use crate::text::fold_word;
use crate::text::sentences;
use crate::text::words;

use super::figure::figures;
use super::intent::Intent;
use super::intent::within;
use super::period::without_label;

/// What asks for a day in the life of a document, with how texts tell it; longer phrases stand before
/// those they contain.
const LIFE: &[(&str, &[&str])] = &[
    ("hieu luc den", &["hiệu lực đến hết", "hiệu lực đến"]),
    ("het hieu luc", &["hết hiệu lực"]),
    ("hieu luc", &["có hiệu lực"]),
    ("ban hanh", &["ban hành"]),
    ("thay the", &["thay thế"]),
    ("bai bo", &["bãi bỏ"]),
];
/// Words between that and its day, without diacritics.
const BEFORE_DAY: &[&str] = &["thi", "hanh", "ke", "tu", "vao", "ngay"];

/// A day in the life of a document.
#[derive(Clone, Debug)]
pub(super) struct Life {
    /// The document, where its full number is given and no other's.
    document: Option<Mention>,
    /// How texts tell the day; nothing where several days are asked for.
    verbs: &'static [&'static str],
}

impl Life {
    /// The day in the life of a document that `question` asks for.
    pub(super) fn of(question: &str) -> Option<Self> {
        let asked = within(question);
        let mut mentions: Vec<Mention> = DocumentNumber::find_in(question)
            .into_iter()
            .map(|(_, mention)| mention)
            .collect();
        mentions.dedup();
        // Rules and practices are replaced too; only of documents it is said that they are in force.
        if mentions.is_empty() && !asked.contains(" hieu luc ") {
            return None;
        }
        let mut rest = asked;
        let mut asked_for: Vec<&'static [&'static str]> = Vec::new();
        for (phrase, verbs) in LIFE {
            let phrase = within(phrase);
            if rest.contains(&phrase) {
                rest = rest.replace(&phrase, " ");
                asked_for.push(verbs);
            }
        }
        let verbs = match asked_for.as_slice() {
            [] => return None,
            [one] => *one,
            _ => &[],
        };
        let document = match mentions.as_slice() {
            [one] if one.number().is_some() => Some(one.clone()),
            _ => None,
        };
        Some(Self { document, verbs })
    }

    /// The days that sentences of `text` give for it.
    pub(super) fn days(&self, text: &str, own: Option<&DocumentNumber>) -> Vec<Span> {
        let Some(document) = &self.document else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for sentence in sentences(text) {
            let said = sentence.slice(text).unwrap_or_default();
            let told = self.verbs.iter().flat_map(|verb| said.match_indices(verb));
            for (at, verb) in told {
                let behind = at + verb.len();
                let subject = said.get(..at).unwrap_or_default();
                let day = day_at_start(said.get(behind..).unwrap_or_default());
                let offset = sentence.start + behind;
                found.extend(
                    day.filter(|_| names(subject, document, own))
                        .map(|day| Span::new(offset + day.start, offset + day.end)),
                );
            }
        }
        found
    }
}

/// The day that `text` begins with, but for `thi hành kể từ ngày`.
fn day_at_start(text: &str) -> Option<Span> {
    let day = figures(text, Intent::Date).into_iter().next()?;
    let before = text.get(..day.start)?;
    let goes_on = !before.contains([',', ';', ':', '.']);
    let mut between = words(before).map(|(word, _)| fold_word(word).bare);
    (goes_on && between.all(|word| BEFORE_DAY.contains(&word.as_str()))).then_some(day)
}

/// Whether `subject`, which begins a sentence of the document `own`, names `document` as a whole and
/// no other.
fn names(subject: &str, document: &Mention, own: Option<&DocumentNumber>) -> bool {
    let named = DocumentNumber::find_in(subject);
    let is_it = |number: &DocumentNumber| document.matches(number);
    let is_named = if named.is_empty() {
        own.is_some_and(is_it) && names_itself(subject)
    } else {
        let mut numbers = named.iter().map(|(_, mention)| mention.number());
        numbers.all(|number| number.as_ref().is_some_and(is_it))
    };
    is_named && Locator::find_in(subject).is_empty()
}

/// Whether `text` begins with `Nghị định này` or the like.
fn names_itself(text: &str) -> bool {
    let text = without_label(text);
    let Some((_, n_words)) = DocumentKind::named_at_start(text) else {
        return false;
    };
    let next = words(text).nth(n_words);
    next.is_some_and(|(word, _)| fold_word(word).bare == "nay")
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The days of `text`, a text of 120/2025/NĐ-CP, that may stand for the answer to `question`.
    fn days<'t>(question: &str, text: &'t str) -> Vec<&'t str> {
        let own = "120/2025/NĐ-CP-MẪU".parse().unwrap();
        let spans = Life::of(question)
            .unwrap()
            .days(text, Some(&own))
            .into_iter();
        spans.filter_map(|span| span.slice(text)).collect()
    }

    #[test]
    fn day_of_a_document_is_that_of_no_other() {
        let question = "Nghị định 49/2026 có hiệu lực từ khi nào?";
        let other = "1. Nghị định số 154/2026/NĐ-CP có hiệu lực từ ngày 01/7/2026.";
        assert_eq!(days(question, other), Vec::<&str>::new());
        let own = "1. Nghị định này có hiệu lực từ ngày 01/7/2025.";
        assert_eq!(days(question, own), Vec::<&str>::new());
        let right = "1. Nghị định số 49/2026/NĐ-CP có hiệu lực thi hành kể từ ngày 31/01/2026.";
        assert_eq!(days(question, right), ["31/01/2026"]);
        assert_eq!(
            days("nd 49/2026 co hieu luc tu ngay nao", right),
            ["31/01/2026"]
        );
        let part = "2. Khoản 3 Điều 7 Nghị định số 49/2026/NĐ-CP có hiệu lực từ ngày 01/01/2027.";
        assert_eq!(days(question, part), Vec::<&str>::new());
        let replaced = "Nghị định số 50/2026/NĐ-CP thay Nghị định số 49/2026/NĐ-CP, có hiệu lực từ ngày \
                        01/9/2026.";
        assert_eq!(days(question, replaced), Vec::<&str>::new());
        assert_eq!(
            days("Thông tư mới có hiệu lực từ ngày nào?", right),
            Vec::<&str>::new()
        );
    }

    #[test]
    fn day_of_a_document_is_the_one_asked_for() {
        let text = "Nghị định này có hiệu lực từ ngày 01/7/2025 và hết hiệu lực từ ngày 01/3/2027.";
        let begins = "Nghị định 120/2025/NĐ-CP có hiệu lực từ ngày nào?";
        assert_eq!(days(begins, text), ["01/7/2025"]);
        let ends = "Nghị định 120/2025/NĐ-CP hết hiệu lực khi nào?";
        assert_eq!(days(ends, text), ["01/3/2027"]);
        let lasts = "Nghị định này có hiệu lực đến hết ngày 28/02/2027.";
        assert_eq!(days(begins, lasts), Vec::<&str>::new());
        let until = "Nghị định 120/2025/NĐ-CP có hiệu lực đến ngày nào?";
        assert_eq!(days(until, lasts), ["28/02/2027"]);
        let issued = "1. Luật Hộ tịch số 03/2026/QH16 được ban hành ngày 23/4/2026.";
        let law = "Luật Hộ tịch số 03/2026/QH16 có hiệu lực khi nào?";
        assert_eq!(days(law, issued), Vec::<&str>::new());
        assert_eq!(
            days("Luật Hộ tịch số 03/2026/QH16 ban hành ngày nào?", issued),
            ["23/4/2026"]
        );
    }
}
