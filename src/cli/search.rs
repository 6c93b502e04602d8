//! `camnang search`.

use std::process::ExitCode;

use clap::Args;

use super::{ABSTAINED, index, output};
use crate::config::Paths;
use crate::qa;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// What to look for.
    #[arg(required = true)]
    text: Vec<String>,
    /// How many passages.
    #[arg(long, short = 'n', default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,
    /// Say what each term added to the score.
    #[arg(long)]
    explain: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (store, ranker) = index::ready(paths)?;
    let hits = qa::search(
        &arguments.text.join(" "),
        &store.live(),
        &ranker,
        arguments.limit.into(),
        arguments.explain,
    )?;
    if arguments.json {
        output::json(&hits)?;
    } else {
        for hit in &hits {
            let number = hit.number.as_deref().unwrap_or_default();
            output::line(&format!(
                "{:>3}. {:8.3}  {} · {number} · {}",
                hit.rank, hit.score, hit.locator, hit.title
            ))?;
            for contribution in hit.explanation.iter().flatten() {
                output::line(&format!(
                    "       {:8.3}  {} ({})",
                    contribution.score, contribution.term, contribution.field
                ))?;
            }
        }
    }
    Ok(if hits.is_empty() {
        ExitCode::from(ABSTAINED)
    } else {
        ExitCode::SUCCESS
    })
}
