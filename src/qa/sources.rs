//! The documents that the hits of one question come from.

use std::collections::HashMap;
use std::sync::Arc;

use crate::answer::Source;
use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentNumber;
use crate::document::Locator;
use crate::document::State;
use crate::index;
use crate::index::Entry;
use crate::index::Generation;
use crate::rank::Hit;
use crate::text::Span;
use crate::wire::called;

/// The documents of the hits, by id.
pub(super) type Sources<'a> = HashMap<String, Stored<'a>>;

/// A document that answers may quote.
pub(super) struct Stored<'a> {
    pub(super) entry: &'a Entry,
    pub(super) document: Arc<Document>,
    /// Its number and title, as indexed.
    title: String,
    /// Parts that nobody may rest on as of the day asked about.
    void: Vec<Span>,
    /// Whether it came into force only after that day.
    pub(super) is_later: bool,
    authority: u8,
}

impl<'a> Stored<'a> {
    /// The document `id` as of `day`.
    pub(super) fn of(
        id: &str,
        generation: &'a Generation,
        day: Date,
    ) -> Result<Option<Self>, index::Error> {
        let Some((entry, document)) = generation.document(id)? else {
            return Ok(None);
        };
        let span = |locator| {
            let at = document.resolve(locator)?;
            Some(document.provisions.get(at)?.span)
        };
        let void = generation.law().void_parts(id, day);
        let state = generation.law().state(id, &Locator::default(), day);
        let number: Option<DocumentNumber> = entry.number.as_deref().and_then(|n| n.parse().ok());
        Ok(Some(Self {
            authority: number.and_then(|n| n.authority()).unwrap_or(0),
            void: void.into_iter().filter_map(span).collect(),
            is_later: matches!(state, State::NotYet { .. }),
            title: [entry.number.as_deref().unwrap_or_default(), &entry.title].join(" "),
            entry,
            document,
        }))
    }

    /// The address of the provision that `span` lies in.
    pub(super) fn locator(&self, span: Span) -> Locator {
        let at = self.document.provision_at(span);
        self.document.locator(at)
    }

    /// How it is called: number and title.
    pub(super) fn name(&self) -> String {
        called(self.entry.number.as_deref(), &self.entry.title)
    }

    pub(super) fn source<'s>(&'s self, id: &'s str) -> Source<'s> {
        Source {
            id,
            version: &self.entry.version,
            title: &self.title,
            document: &self.document,
            void: &self.void,
            is_later: self.is_later,
            authority: self.authority,
        }
    }
}

pub(super) fn sources<'a>(
    hits: &[Hit],
    generation: &'a Generation,
    day: Date,
) -> Result<Sources<'a>, index::Error> {
    let mut sources = HashMap::new();
    for hit in hits {
        if !sources.contains_key(&hit.document)
            && let Some(stored) = Stored::of(&hit.document, generation, day)?
        {
            sources.insert(hit.document.clone(), stored);
        }
    }
    Ok(sources)
}

pub(super) fn source_of<'a>(hit: &'a Hit, sources: &'a Sources<'_>) -> Option<Source<'a>> {
    Some(sources.get(&hit.document)?.source(&hit.document))
}

/// How a document is called in a notice: its number and title.
pub(super) fn name(entry: &Entry) -> String {
    entry.number.as_ref().map_or_else(
        || entry.title.clone(),
        |number| format!("{number} ({})", entry.title),
    )
}
