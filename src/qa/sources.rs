//! The documents that the hits of one question come from.

use std::collections::HashMap;
use std::sync::Arc;

use crate::answer::Source;
use crate::document::Document;
use crate::index;
use crate::index::Entry;
use crate::index::Generation;
use crate::rank::Hit;

/// The documents of the hits, by id.
pub(super) type Sources<'a> = HashMap<String, (&'a Entry, Arc<Document>, String)>;

pub(super) fn sources<'a>(
    hits: &[Hit],
    generation: &'a Generation,
) -> Result<Sources<'a>, index::Error> {
    let mut sources = HashMap::new();
    for hit in hits {
        if !sources.contains_key(&hit.document)
            && let Some((entry, document)) = generation.document(&hit.document)?
        {
            let title = [entry.number.as_deref().unwrap_or_default(), &entry.title].join(" ");
            sources.insert(hit.document.clone(), (entry, document, title));
        }
    }
    Ok(sources)
}

pub(super) fn source_of<'a>(hit: &'a Hit, sources: &'a Sources<'_>) -> Option<Source<'a>> {
    let (entry, document, title) = sources.get(&hit.document)?;
    Some(Source {
        id: &hit.document,
        version: &entry.version,
        title,
        document,
    })
}

/// How a document is called in a notice: its number and title.
pub(super) fn name(entry: &Entry) -> String {
    entry.number.as_ref().map_or_else(
        || entry.title.clone(),
        |number| format!("{number} ({})", entry.title),
    )
}
