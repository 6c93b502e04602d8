//! `camnang show`.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;

use super::day::day;
use super::{ABSTAINED, index, output};
use crate::config::Paths;
use crate::document::{Date, Document, DocumentNumber, Locator};
use crate::index::Generation;
use crate::qa::today;
use crate::rank::place;
use crate::wire::{DocumentText, Standing, timeline};

/// Documents of one number that are named one by one.
const N_NAMED_MAX: usize = 10;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Document id, or its number: `120/2025/NĐ-CP`.
    document: String,
    /// Which provision: `khoản 1 Điều 5`, `đ5k1`; the whole text where left out.
    locator: Vec<String>,
    /// State on this day: `2025-06-30` or `30/6/2025`; today where left out.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
    /// Print what happened to it, from its issue to its end, in place of its text.
    #[arg(long)]
    history: bool,
    /// Print the document with its structure as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let generation = index::open_or_build(paths)?.live();
    let found = find(&arguments.document, &generation);
    let [id] = found.as_slice() else {
        tracing::error!("{}", not_one(&arguments.document, &found));
        return Ok(ExitCode::from(ABSTAINED));
    };
    let (entry, document) = generation
        .document(id)?
        .with_context(|| format!("document `{id}` is not stored"))?;
    let day = arguments.as_of.unwrap_or_else(|| today(Timestamp::now()));
    if arguments.json {
        output::json(&DocumentText::new(entry, &document, &generation, day))?;
        return Ok(ExitCode::SUCCESS);
    }
    let address = arguments.locator.join(" ");
    let locator: Locator = if address.is_empty() {
        Locator::default()
    } else {
        address.parse().with_context(|| format!("`{address}`"))?
    };
    let Some(words) = words(&generation, (id, &document), &locator, day)? else {
        tracing::error!("`{id}` has no `{locator}` on {day}");
        return Ok(ExitCode::from(ABSTAINED));
    };
    let standing = Standing::of(&generation, id, &locator, day);
    tracing::info!(%day, "{}", standing.label);
    if arguments.history {
        for event in timeline(&generation, id, &locator) {
            let on = event.on.as_deref().unwrap_or("–");
            output::line(&format!("{on}\t{}", event.label))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    output::line(words.trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// What a provision says: its own words, or those of the clause that had put it there by `day`.
fn words(
    generation: &Generation,
    (id, document): (&str, &Document),
    locator: &Locator,
    day: Date,
) -> anyhow::Result<Option<String>> {
    let Some(place) = place(generation, (id, document), locator, day)? else {
        return Ok(None);
    };
    let holder = generation.document(&place.document)?;
    Ok(holder.map(|(_, holder)| holder.slice(place.span).to_owned()))
}

/// Ids of the documents called `name`: of the one whose id it is, or of all whose number it may be.
fn find(name: &str, generation: &Generation) -> Vec<String> {
    let catalogue = generation.catalogue();
    if let Some(entry) = catalogue.entry(name) {
        return vec![entry.id.clone()];
    }
    let mentions = DocumentNumber::find_in(name);
    let Some((_, mention)) = mentions.first() else {
        return Vec::new();
    };
    let found = catalogue.mentioned(mention);
    found.map(|entry| entry.id.clone()).collect()
}

/// Why none of the documents `found` is shown for `name`.
fn not_one(name: &str, found: &[String]) -> String {
    if found.is_empty() {
        return format!("no document `{name}` in the index");
    }
    let named = found.iter().take(N_NAMED_MAX);
    let mut named: Vec<String> = named.map(|id| format!("`{id}`")).collect();
    if let Some(n_more @ 1..) = found.len().checked_sub(N_NAMED_MAX) {
        named.push(format!("{n_more} more"));
    }
    format!(
        "`{name}` may be any of {} documents: {}; name one by its id",
        found.len(),
        named.join(", ")
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_of_one_number_are_named_up_to_a_limit() {
        let found: Vec<String> = (0..12).map(|n| format!("d{n}")).collect();
        let told = not_one("7/2024/NĐ-CP", &found);
        assert!(
            told.contains("any of 12 documents: `d0`, ") && told.contains("`d9`, 2 more;"),
            "{told}"
        );
        assert!(not_one("a", &[]).starts_with("no document `a`"));
    }
}
