//! The life of a document or provision, event by event.

use crate::document::Date;
use crate::document::Locator;
use crate::document::RelationKind;
use crate::document::validity::law::Law;
use crate::document::validity::state::Cause;

/// Something that happened to a document or provision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Event {
    /// The first day of it; unknown events stand last.
    pub on: Option<Date>,
    /// What happened.
    pub kind: EventKind,
}

/// What can happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum EventKind {
    /// It was issued.
    Issued,
    /// It entered into force.
    InForce,
    /// Another document did this to it.
    Changed {
        /// What.
        kind: RelationKind,
        /// Which clause.
        by: Cause,
        /// Whether a part of it alone was struck.
        is_partial: bool,
        /// The parts that were struck, as far as they have an address; none where all of it was.
        parts: Vec<Locator>,
        /// Whether the clause came to nothing, because its document had fallen.
        is_void: bool,
    },
    /// It ended by itself; the day is the first one without it.
    Expired,
}

impl Law {
    /// All that happened to the provision `locator` of document `id`, in order.
    pub fn history(&self, id: &str, locator: &Locator) -> Vec<Event> {
        let Some(node) = self.node(id) else {
            return Vec::new();
        };
        let on = |on: Option<Date>, kind: EventKind| on.map(|on| Event { on: Some(on), kind });
        let ends = node.effect.until.and_then(|last| last.plus(1));
        let mut events: Vec<Event> = [
            on(node.issued, EventKind::Issued),
            on(node.effect.first_day_of(locator), EventKind::InForce),
            on(ends, EventKind::Expired),
        ]
        .into_iter()
        .flatten()
        .collect();
        let strikes = node.changes.iter().filter(|change| {
            let is_inside = change.locators.iter().any(|own| locator.covers(own));
            change.covers(locator) || is_inside || locator.steps.is_empty()
        });
        events.extend(strikes.map(|change| {
            let is_partial = !change.covers(locator);
            Event {
                on: change.from,
                kind: EventKind::Changed {
                    kind: change.kind,
                    by: self.cause(change),
                    is_partial,
                    parts: Some(&change.locators)
                        .filter(|_| is_partial)
                        .cloned()
                        .unwrap_or_default(),
                    is_void: change.is_void,
                },
            }
        }));
        events.sort_by_key(|event| (event.on.is_none(), event.on));
        events
    }

    /// The clauses that have done `kind` to the provision `locator` of document `id`, or to a part of it,
    /// by `day`, in order; those that came to nothing are left out.
    pub fn causes(&self, id: &str, locator: &Locator, kind: RelationKind, day: Date) -> Vec<Cause> {
        let events = self.history(id, locator).into_iter();
        let done = events.filter(|event| event.on.is_some_and(|on| on <= day));
        let causes = done.filter_map(|event| match event.kind {
            EventKind::Changed {
                kind: own,
                by,
                is_void: false,
                ..
            } if own == kind => Some(by),
            _ => None,
        });
        causes.collect()
    }
}
