//! The life of a document or provision, in the shape that leaves.

use serde::Deserialize;
use serde::Serialize;

use crate::answer::wording;
use crate::document::Date;
use crate::document::Event as LawEvent;
use crate::document::EventKind;
use crate::document::Locator;
use crate::index::Generation;
use crate::wire::Clause;

/// One thing that happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its first day; none where the documents do not say it.
    pub on: Option<String>,
    /// `issued`, `in_force`, `expired`, or what was done to it: `amends`, `repeals`…
    pub kind: String,
    /// In words, for people.
    pub label: String,
    /// The clause that did it.
    pub by: Option<Clause>,
    /// Whether the clause came to nothing, because its document had fallen before.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub is_void: bool,
}

/// All that happened to the provision `locator` of document `id`, in order; unknown days come last.
pub fn timeline(generation: &Generation, id: &str, locator: &Locator) -> Vec<Event> {
    let events = generation.law().history(id, locator);
    events
        .iter()
        .map(|event| Event::of(event, generation))
        .collect()
}

impl Event {
    fn of(event: &LawEvent, generation: &Generation) -> Self {
        let (kind, by, is_void) = match &event.kind {
            EventKind::Issued => ("issued", None, false),
            EventKind::InForce => ("in_force", None, false),
            EventKind::Expired => ("expired", None, false),
            EventKind::Changed {
                kind, by, is_void, ..
            } => (kind.name(), Some(by), *is_void),
        };
        let by = by.and_then(|by| Clause::of(by, generation));
        let name = by.as_ref().map(Clause::name).unwrap_or_default();
        Self {
            on: event.on.map(Date::to_iso),
            label: wording::event(&event.kind, &name),
            kind: kind.to_owned(),
            by,
            is_void,
        }
    }
}
