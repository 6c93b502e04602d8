//! What stays of the live generation although its source cannot be read.

use std::error::Error as _;
use std::path::Path;
use std::sync::Arc;

use super::Error;
use super::write;
use crate::document::Act;
use crate::document::Document;
use crate::embed::Embedder;
use crate::index;
use crate::index::Builder;
use crate::index::Entry;
use crate::index::Generation;
use crate::index::Store;

/// What became of the documents whose sources are there and cannot be read.
pub(super) struct Carried {
    pub(super) kept: Vec<Entry>,
    /// Those whose earlier version cannot be read either, and why.
    pub(super) lost: Vec<(Entry, String)>,
}

/// Takes over from the live generation those of `hidden` that the new one does not hold, since the
/// build does not start from that generation: all is to be built anew, or with another model.
pub(super) fn carry_over(
    builder: &mut Builder,
    index_root: &Path,
    hidden: Vec<Entry>,
    model: Option<&Embedder>,
) -> Result<Carried, Error> {
    let is_held = |entry: &Entry| builder.entries().contains_key(&entry.id);
    let (kept, missing): (Vec<Entry>, Vec<Entry>) = hidden.into_iter().partition(is_held);
    let mut carried = Carried {
        kept,
        lost: Vec::new(),
    };
    if missing.is_empty() {
        return Ok(carried);
    }
    let live = Store::open(index_root).map(|store| store.live());
    for entry in missing {
        let found = live.as_ref().map_err(told);
        match found.and_then(|live| earlier(live, &entry.id)) {
            Ok((act, document)) => {
                write(builder, entry.clone(), act, &document, model)?;
                carried.kept.push(entry);
            }
            Err(reason) => carried.lost.push((entry, reason)),
        }
    }
    Ok(carried)
}

/// The document `id` as `live` holds it, or why it cannot be had.
fn earlier<'g>(live: &'g Generation, id: &str) -> Result<(&'g Act, Arc<Document>), String> {
    let held = live.document(id).map_err(|error| told(&error))?;
    let document = held.map(|(_, document)| document);
    let whole = live.law().act(id).zip(document);
    whole.ok_or_else(|| "the index lacks its text".to_owned())
}

/// What an error of the index says, without the hint: what to do about it is being done.
pub(super) fn told(error: &index::Error) -> String {
    let said = error.to_string();
    let said = said.lines().next().unwrap_or_default();
    match error.source() {
        Some(source) => format!("{said}: {source}"),
        None => said.to_owned(),
    }
}
