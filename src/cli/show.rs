//! `camnang show`.

use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;

use super::day::day;
use super::{ABSTAINED, index, output};
use crate::config::Paths;
use crate::document::{Date, DocumentNumber, Locator};
use crate::index::Generation;
use crate::qa::today;
use crate::wire::{DocumentText, Standing, timeline};

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
    let Some(id) = find(&arguments.document, &generation) else {
        tracing::error!("no document `{}` in the index", arguments.document);
        return Ok(ExitCode::from(ABSTAINED));
    };
    let (entry, document) = generation
        .document(&id)?
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
    let Some(provision) = document
        .resolve(&locator)
        .and_then(|at| document.provisions.get(at))
    else {
        tracing::error!("`{id}` has no `{locator}`");
        return Ok(ExitCode::from(ABSTAINED));
    };
    let standing = Standing::of(&generation, &id, &locator, day);
    tracing::info!(%day, "{}", standing.label);
    if arguments.history {
        for event in timeline(&generation, &id, &locator) {
            let on = event.on.as_deref().unwrap_or("–");
            output::line(&format!("{on}\t{}", event.label))?;
        }
        return Ok(ExitCode::SUCCESS);
    }
    output::line(document.slice(provision.span).trim_end())?;
    Ok(ExitCode::SUCCESS)
}

/// The id of the document called `name`: its id, or the only one whose number it is.
fn find(name: &str, generation: &Generation) -> Option<String> {
    if let Some(entry) = generation.catalogue().entry(name) {
        return Some(entry.id.clone());
    }
    let mentions = DocumentNumber::find_in(name);
    let (_, mention) = mentions.first()?;
    let mut found = generation.catalogue().mentioned(mention);
    match (found.next(), found.next()) {
        (Some(entry), None) => Some(entry.id.clone()),
        _ => None,
    }
}
