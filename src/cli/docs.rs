//! `camnang docs`.

use std::process::ExitCode;

use clap::Args;
use jiff::Timestamp;

use super::day::day;
use super::{index, output};
use crate::config::Paths;
use crate::document::Date;
use crate::qa::today;
use crate::wire::Document;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// State on this day: `2025-06-30` or `30/6/2025`; today where left out.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let generation = index::open_or_build(paths)?.live();
    let day = arguments.as_of.unwrap_or_else(|| today(Timestamp::now()));
    let documents: Vec<Document> = generation
        .catalogue()
        .entries()
        .iter()
        .map(|entry| Document::on(entry, &generation, day))
        .collect();
    if arguments.json {
        output::json(&documents)?;
    } else {
        for document in &documents {
            let number = document.number.as_deref().unwrap_or("–");
            let effective = document.effective.as_deref().unwrap_or("–");
            let standing = document.standing.as_ref().map_or("–", |s| s.label.as_str());
            output::line(&format!(
                "{}\t{number}\t{effective}\t{standing}\t{}",
                document.id, document.title
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
