//! `camnang docs`.

use std::process::ExitCode;

use clap::Args;

use super::{index, output};
use crate::config::Paths;
use crate::wire::Document;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let generation = index::open_or_build(paths)?.live();
    let documents: Vec<Document> = generation
        .catalogue()
        .entries()
        .iter()
        .map(Document::from)
        .collect();
    if arguments.json {
        output::json(&documents)?;
    } else {
        for document in &documents {
            let number = document.number.as_deref().unwrap_or("–");
            let effective = document.effective.as_deref().unwrap_or("–");
            output::line(&format!(
                "{}\t{number}\t{effective}\t{}",
                document.id, document.title
            ))?;
        }
    }
    Ok(ExitCode::SUCCESS)
}
