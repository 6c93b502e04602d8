//! What a reader is told of the documents that the question names.

use crate::answer::Intent;
use crate::answer::wording;
use crate::document::Act;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::Mention;
use crate::index::Entry;
use crate::qa::inquiry::Inquiry;
use crate::text::fold_text;
use crate::wire::Force;
use crate::wire::Standing;
use crate::wire::called;

/// Phrases of questions about validity itself, in search form without marks.
const ABOUT_FORCE: [&str; 4] = ["hieu luc", "thay the", "bai bo", "con ap dung"];
/// What asks for a day in the life of a document without `ngày nào` and the like; and what asks for its
/// end and not for its beginning.
const ASKING_DAY: [&str; 3] = ["ngay co hieu luc", "ngay hieu luc", "ngay ban hanh"];
const ASKING_END: [&str; 2] = ["het hieu luc", "hieu luc den"];

/// The days that the question asks for of the documents it names. Of what is not in force yet its state
/// tells the first one.
pub(super) fn days(inquiry: &Inquiry<'_>) -> Vec<String> {
    let asked = fold_text(&inquiry.question.understood, false);
    let asks = |phrases: &[&str]| phrases.iter().any(|phrase| asked.contains(phrase));
    if inquiry.question.intent != Intent::Date && !asks(&ASKING_DAY) {
        return Vec::new();
    }
    let asks_issue = asks(&["ban hanh"]);
    let asks_start = asks(&["hieu luc"]) && !asks(&ASKING_END);
    let mut told = Vec::new();
    for meant in all(inquiry) {
        let Some(act) = meant.act(inquiry) else {
            continue;
        };
        let issued = act.issued.filter(|_| asks_issue);
        let begins = |from: &_| asks_start && *from <= inquiry.day;
        let from = act.effect.from.filter(begins);
        let name = meant.name();
        told.extend(issued.map(|issued| wording::issued_on(&name, issued)));
        told.extend(from.map(|from| wording::in_force_since(&name, from)));
    }
    told
}

/// Whether the documents that the question names are law on the day. Of those in force only where the
/// question is about that.
pub(super) fn states(inquiry: &Inquiry<'_>) -> Vec<String> {
    let asked = fold_text(&inquiry.question.understood, false);
    let is_asked = ABOUT_FORCE.iter().any(|phrase| asked.contains(phrase));
    let told = all(inquiry).filter_map(|meant| {
        let standing = meant.standing(inquiry);
        let is_known = standing.state != Force::Unknown;
        let is_changed = standing.state.is_void() || standing.state == Force::Amended;
        let is_told = is_changed || is_known && is_asked;
        is_told.then(|| wording::mentioned(&meant.name(), &standing.label))
    });
    told.collect()
}

/// The documents that the question names, each if it can be only one.
fn all<'a>(inquiry: &Inquiry<'a>) -> impl Iterator<Item = Meant<'a>> {
    let mentions = inquiry.question.mentions.iter();
    mentions.filter_map(|(_, mention)| Meant::of(mention, inquiry))
}

/// The only document that a mention can mean.
enum Meant<'a> {
    /// One of the store.
    Stored(&'a Entry),
    /// One that others tell of, with its number as it is printed and its title where it is known.
    Told(&'a DocumentNumber, &'a str),
}

impl<'a> Meant<'a> {
    fn of(mention: &'a Mention, inquiry: &Inquiry<'a>) -> Option<Self> {
        match inquiry.meant(mention).as_slice() {
            [entry] => Some(Self::Stored(entry)),
            [] => {
                let (printed, title) = inquiry.generation.law().named(&mention.number()?)?;
                Some(Self::Told(printed, title.unwrap_or_default()))
            }
            _ => None,
        }
    }

    fn name(&self) -> String {
        match self {
            Self::Stored(entry) => called(entry.number.as_deref(), &entry.title),
            Self::Told(printed, title) => called(Some(&printed.to_string()), title),
        }
    }

    /// What is known of it.
    fn act(&self, inquiry: &Inquiry<'a>) -> Option<&'a Act> {
        let law = inquiry.generation.law();
        match self {
            Self::Stored(entry) => law.act(&entry.id),
            Self::Told(printed, _) => {
                let mut acts = law.acts().iter();
                acts.find(|act| act.number.as_ref() == Some(printed))
            }
        }
    }

    /// What it is on the day.
    fn standing(&self, inquiry: &Inquiry<'_>) -> Standing {
        match self {
            Self::Stored(entry) => inquiry.standing(&entry.id, &Locator::default()),
            Self::Told(printed, _) => Standing::of_number(inquiry.generation, printed, inquiry.day),
        }
    }
}
