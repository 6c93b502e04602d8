//! `camnang check`: what is recognised in files, what looks wrong, and what to do.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::examination;
use super::examination::Checked;
use super::output;
use crate::config::Paths;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files or folders to check.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let stored = examination::stored(paths);
    let (mut checked, mut problems) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        let (found, wrong) = examination::of_file(file, &stored, paths)?;
        checked.extend(found);
        problems.extend(wrong);
    }
    if arguments.json {
        output::json(&serde_json::json!({ "sources": checked, "problems": problems }))?;
    } else {
        checked.iter().try_for_each(Checked::print)?;
        for problem in &problems {
            output::line(&format!("problem: {problem}"))?;
        }
    }
    let is_refused = checked.iter().any(|checked| checked.refused);
    Ok(if problems.is_empty() && !is_refused {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}
