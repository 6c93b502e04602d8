//! `camnang search`.

use std::process::ExitCode;

use clap::Args;

use super::day::day;
use super::{ABSTAINED, index, output};
use crate::config::Paths;
use crate::document::Date;
use crate::qa;
use crate::qa::Clock;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// What to look for.
    #[arg(required = true)]
    text: Vec<String>,
    /// How many passages.
    #[arg(long, short = 'n', default_value_t = 10, value_parser = clap::value_parser!(u16).range(1..=100))]
    limit: u16,
    /// By the law of this day: `2025-06-30` or `30/6/2025`; today where left out.
    #[arg(long, value_name = "DAY", value_parser = day)]
    as_of: Option<Date>,
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
        Clock::now(arguments.as_of),
        (arguments.limit.into(), arguments.explain),
    )?;
    if arguments.json {
        output::json(&hits)?;
    } else {
        for hit in &hits {
            let number = hit.number.as_deref().unwrap_or_default();
            let void = hit.standing.as_ref().filter(|s| s.state.is_void());
            let told = void.map_or(String::new(), |s| format!(" · {}", s.label));
            output::line(&format!(
                "{:>3}. {:8.3}  {} · {number} · {}{told}",
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
