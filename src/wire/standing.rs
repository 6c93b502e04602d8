//! Whether something is law on a day, in the shape that leaves.

use serde::Deserialize;
use serde::Serialize;

use crate::answer::wording;
use crate::document::Cause;
use crate::document::Date;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::RelationKind;
use crate::document::State;
use crate::index::Generation;
use crate::wire::Span;

/// A title that may stand in the middle of a sentence.
const SHORT_TITLE_CHARS: usize = 40;

/// Whether a document or provision is law on a day, and what made it so.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// What it is that day.
    pub state: Force,
    /// In words, for people.
    pub label: String,
    /// The first day of this state; of `not_yet` the first day in force.
    pub on: Option<String>,
    /// The clause that made it so.
    pub by: Option<Clause>,
    /// What ends it, where the documents already say so.
    pub ends: Option<Box<Standing>>,
    /// Texts that change the document in parts that they give no address for.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub amendments: Vec<Clause>,
}

/// What can be said of a text on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Force {
    /// In force in the words of its own document.
    InForce,
    /// Issued, but in force only later.
    NotYet,
    /// Ended by itself.
    Expired,
    /// Another text has taken its place.
    Replaced,
    /// In force in other words, or in part.
    Amended,
    /// Put out of force.
    Repealed,
    /// Not applied for a time.
    Suspended,
    /// The documents do not say.
    Unknown,
}

impl Force {
    /// Whether nobody may rest on it that day.
    pub fn is_void(self) -> bool {
        matches!(
            self,
            Self::NotYet | Self::Expired | Self::Replaced | Self::Repealed | Self::Suspended
        )
    }
}

impl From<&State> for Force {
    fn from(state: &State) -> Self {
        match state {
            State::InForce => Self::InForce,
            State::NotYet { .. } => Self::NotYet,
            State::Expired { .. } => Self::Expired,
            State::Replaced { .. } => Self::Replaced,
            State::Amended { .. } => Self::Amended,
            State::Repealed { .. } => Self::Repealed,
            State::Suspended { .. } => Self::Suspended,
            State::Unknown => Self::Unknown,
        }
    }
}

/// A clause that does something to another document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The document it stands in, where the store holds it.
    pub document_id: Option<String>,
    /// Số ký hiệu.
    pub number: Option<String>,
    /// Trích yếu.
    pub title: String,
    /// Its address; empty where a maintainer stated it.
    pub locator: String,
    /// Its words, where the store holds them.
    pub span: Option<Span>,
    /// The first day it holds.
    pub from: Option<String>,
}

impl Clause {
    /// How it is called: `khoản 2 Điều 9 Nghị định 118/2025/NĐ-CP`.
    pub fn name(&self) -> String {
        let document = called(self.number.as_deref(), &self.title);
        [self.locator.as_str(), &document]
            .join(" ")
            .trim()
            .to_owned()
    }

    /// The clause behind `cause`.
    pub fn of(cause: &Cause, generation: &Generation) -> Option<Self> {
        let law = generation.law();
        let act = law.act(&cause.id)?;
        let relation = act.relations.get(cause.relation)?;
        let entry = generation.catalogue().entry(&cause.id);
        let is_stated = relation.span.is_empty();
        Some(Self {
            document_id: entry.map(|entry| entry.id.clone()),
            number: match entry {
                Some(entry) => entry.number.clone(),
                None => act.number.as_ref().map(ToString::to_string),
            },
            title: act.title.clone().unwrap_or_default(),
            locator: if relation.locator.steps.is_empty() {
                String::new()
            } else {
                relation.locator.to_string()
            },
            span: (!is_stated && entry.is_some()).then(|| relation.span.into()),
            from: relation.from.map(Date::to_iso),
        })
    }
}

/// How people call a document: `Nghị định 118/2025/NĐ-CP`, `Luật Hộ tịch 60/2014/QH13`, or by its
/// title where it has no number.
pub fn called(number: Option<&str>, title: &str) -> String {
    let Some(number) = number else {
        return title.to_owned();
    };
    let kind = number.parse().ok().and_then(|n: DocumentNumber| n.kind());
    let before = match kind {
        Some(kind) => kind.name(),
        None if title.chars().count() <= SHORT_TITLE_CHARS && !title.contains(number) => title,
        None => "",
    };
    [before, number].join(" ").trim().to_owned()
}

impl Standing {
    /// What the provision `locator` of document `id` is on `day`; the empty locator is the whole
    /// document.
    pub fn of(generation: &Generation, id: &str, locator: &Locator, day: Date) -> Self {
        let law = generation.law();
        let state = law.state(id, locator, day);
        let mut standing = Self::new(generation, &state);
        if state.is_past() {
            return standing;
        }
        if let Some(from) = law.act(id).and_then(|act| act.effect.applies_from) {
            standing.say(&wording::applied_from(from));
        }
        let own = standing.by.as_ref().and_then(|by| by.document_id.clone());
        standing.amendments = amendments(generation, id, day, own.as_deref());
        if !standing.amendments.is_empty() {
            let names: Vec<String> = standing.amendments.iter().map(Clause::name).collect();
            standing.say(&wording::amended_in_parts(&names));
        }
        if let Some(end) = law.end_after(id, locator, day) {
            let end = Self::new(generation, &end);
            standing.say(&end.announced());
            standing.ends = Some(Box::new(end));
        }
        standing
    }

    /// What a document that may be known by its number alone is on `day`.
    pub fn of_number(generation: &Generation, number: &DocumentNumber, day: Date) -> Self {
        let whole = Locator::default();
        let state = generation.law().state_by_number(number, &whole, day);
        Self::new(generation, &state)
    }

    fn new(generation: &Generation, state: &State) -> Self {
        let mut standing = Self {
            state: state.into(),
            label: String::new(),
            on: state.on().map(Date::to_iso),
            by: state.cause().and_then(|by| Clause::of(by, generation)),
            ends: None,
            amendments: Vec::new(),
        };
        standing.label = standing.named(state, generation);
        standing
    }

    fn say(&mut self, more: &str) {
        self.label = [self.label.as_str(), more].join("; ");
    }

    /// The state in words.
    fn named(&self, state: &State, generation: &Generation) -> String {
        let by = self.by.as_ref().map(Clause::name).unwrap_or_default();
        match state {
            State::InForce => wording::IN_FORCE.to_owned(),
            State::NotYet { from } => wording::in_force_from(*from),
            State::Expired { on } => wording::expired(*on),
            State::Replaced { on, .. } => wording::replaced(*on, &by),
            State::Repealed { on, .. } => wording::repealed(*on, &by),
            State::Amended { on, by: cause } if is_cut(generation, cause) => {
                wording::repealed_in_part(*on, &by)
            }
            State::Amended { on, .. } => wording::amended(*on, &by),
            State::Suspended { until, .. } => wording::suspended(*until, &by),
            State::Unknown => wording::UNKNOWN_FORCE.to_owned(),
        }
    }

    /// An end that is still to come, in words.
    fn announced(&self) -> String {
        let on = self.on.as_deref().and_then(Date::find_in);
        let by = self.by.as_ref().map(Clause::name);
        match (self.state, on, by) {
            (Force::Replaced, Some(on), Some(by)) => wording::to_be_replaced(on, &by),
            (_, Some(on), _) => wording::until(on.previous().unwrap_or(on)),
            _ => String::new(),
        }
    }
}

/// Whether the clause takes parts away, and does not only put other words in their place.
fn is_cut(generation: &Generation, cause: &Cause) -> bool {
    let relation = generation.law().relation(cause);
    relation.is_some_and(|relation| {
        let ends = matches!(
            relation.kind,
            RelationKind::Repeals | RelationKind::Replaces
        );
        ends && relation.target.phrase.is_none()
    })
}

/// The texts that change the document `id` by `day` in parts they give no address for, the one that
/// is told of already left out.
fn amendments(generation: &Generation, id: &str, day: Date, told: Option<&str>) -> Vec<Clause> {
    let law = generation.law();
    let mut clauses: Vec<Clause> = Vec::new();
    for by in law.causes(id, &Locator::default(), RelationKind::Amends, day) {
        let target = law.relation(&by).map(|relation| &relation.target);
        let is_vague = target.is_some_and(|t| t.locators.is_empty() && t.phrase.is_none());
        let is_told = told == Some(by.id.as_str());
        if !is_vague || is_told {
            continue;
        }
        let clause = Clause::of(&by, generation);
        let is_new = |c: &Clause| clauses.iter().all(|known| known.number != c.number);
        clauses.extend(clause.filter(is_new));
    }
    clauses
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_are_called_as_people_call_them() {
        assert_eq!(
            called(Some("118/2025/NĐ-CP"), "Về cơ chế một cửa"),
            "Nghị định 118/2025/NĐ-CP"
        );
        assert_eq!(
            called(Some("60/2014/QH13"), "Luật Hộ tịch"),
            "Luật Hộ tịch 60/2014/QH13"
        );
        assert_eq!(called(None, "Sổ tay tình huống"), "Sổ tay tình huống");
    }
}
