//! What happens to one document: the changes that others make in it.

use crate::document::Date;
use crate::document::Effect;
use crate::document::Locator;
use crate::document::RelationKind;

/// A document, held or only mentioned, with all that is done to it.
#[derive(Clone, Debug, Default)]
pub(in crate::document) struct Node {
    /// Where it is held, its place among the acts.
    pub(in crate::document) act: Option<usize>,
    pub(in crate::document) effect: Effect,
    pub(in crate::document) issued: Option<Date>,
    /// The year in its number.
    pub(in crate::document) year: Option<u16>,
    /// In order of their first days.
    pub(in crate::document) changes: Vec<Change>,
    /// The first day on which it is no longer in force as a whole.
    pub(in crate::document) ended: Option<Date>,
}

/// A relation as it strikes its target.
#[derive(Clone, Debug)]
pub(in crate::document) struct Change {
    pub(in crate::document) kind: RelationKind,
    /// Who says so: its place among the acts, and which of its relations.
    pub(in crate::document) act: usize,
    pub(in crate::document) relation: usize,
    pub(in crate::document) locators: Vec<Locator>,
    /// Whether a part is meant that has no address, or single words.
    pub(in crate::document) is_vague: bool,
    pub(in crate::document) from: Option<Date>,
    pub(in crate::document) until: Option<Date>,
    /// The first day on which it cannot yet be known to hold, where `from` is not said.
    pub(in crate::document) not_before: Option<Date>,
    /// Whether the text that says so had fallen before that day.
    pub(in crate::document) is_void: bool,
    /// Whether it strikes the document that this one, a consolidated text, was made from.
    pub(in crate::document) is_of_base: bool,
}

impl Node {
    /// Whether it was in force on `date` because a later change found it so; nobody says since when.
    pub(in crate::document) fn is_found_in_force(&self, date: Date) -> bool {
        let may_hold = self.year.is_some_and(|year| year < date.year());
        let finds = |change: &Change| {
            let is_change = change.is_end() || change.kind == RelationKind::Amends;
            is_change && !change.is_void && change.from.is_some_and(|from| from > date)
        };
        may_hold && self.changes.iter().any(finds)
    }
}

impl Change {
    /// Whether it holds on `date`.
    pub(in crate::document) fn is_at(&self, date: Date) -> bool {
        !self.is_void && self.from.is_some_and(|from| from <= date)
    }

    /// Whether it may hold on `date`: its first day is not said.
    pub(in crate::document) fn may_be_at(&self, date: Date) -> bool {
        !self.is_void && self.from.is_none() && self.not_before.is_none_or(|day| day <= date)
    }

    /// Whether it takes whole provisions out of force.
    pub(in crate::document) fn is_end(&self) -> bool {
        matches!(self.kind, RelationKind::Replaces | RelationKind::Repeals)
    }

    /// Whether it strikes all of `locator`.
    pub(in crate::document) fn covers(&self, locator: &Locator) -> bool {
        self.is_whole() || self.locators.iter().any(|own| own.covers(locator))
    }

    /// Whether it strikes the whole document.
    pub(in crate::document) fn is_whole(&self) -> bool {
        self.locators.is_empty() && !self.is_vague
    }

    /// Whether it puts `locator` out of force.
    pub(in crate::document) fn ends(&self, locator: &Locator) -> bool {
        self.is_end() && !self.is_vague && self.covers(locator)
    }

    /// Whether it changes the words of `locator` or a part of it.
    pub(in crate::document) fn changes(&self, locator: &Locator) -> bool {
        let is_change = self.kind == RelationKind::Amends || self.is_end();
        let is_inside = self
            .locators
            .iter()
            .any(|own| locator.covers(own) || own.covers(locator));
        let is_of_document = self.locators.is_empty() && locator.steps.is_empty();
        is_change && !self.ends(locator) && (is_inside || is_of_document)
    }
}
