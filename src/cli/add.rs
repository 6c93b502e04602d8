//! `camnang add`: files into the corpus, after the doctor has looked at them.

use std::path::Path;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;

use super::examination;
use super::examination::Checked;
use super::output;
use crate::config::Paths;
use crate::corpus;
use crate::corpus::Added;
use crate::doctor::Stored;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files to add.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Put a file in the place of the one of that name.
    #[arg(long)]
    replace: bool,
    /// Add documents that the check refuses; `index` leaves one out until `not_secret = true` is stated.
    #[arg(long)]
    force: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let stored = examination::stored(paths);
    let (mut n_added, mut n_failed) = (0, 0);
    for file in &arguments.files {
        match add(paths, arguments, file, &stored)? {
            Ok(Added::New(path)) => {
                n_added += 1;
                output::line(&format!("added: {}", path.display()))?;
            }
            Ok(Added::Replaced(path)) => {
                n_added += 1;
                output::line(&format!("replaced: {}", path.display()))?;
            }
            Ok(Added::Present(path)) => {
                output::line(&format!("already there: {}", path.display()))?;
            }
            Err(reason) => {
                n_failed += 1;
                tracing::warn!("not added: {reason}");
            }
        }
    }
    if n_added > 0 {
        tracing::info!("run `camnang index` to take in what was added");
    }
    Ok(if n_failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Checks one file, tells what was found and adds it; the inner error says why it stayed out.
fn add(
    paths: &Paths,
    arguments: &Arguments,
    file: &Path,
    stored: &Stored,
) -> anyhow::Result<Result<Added, String>> {
    if file.is_dir() {
        return Ok(Err(format!(
            "`{}` is a folder; name its files",
            file.display()
        )));
    }
    let (checked, problems) = examination::of_file(file, stored, paths)?;
    checked.iter().try_for_each(Checked::print)?;
    if let Some(problem) = problems.first() {
        return Ok(Err(problem.clone()));
    }
    if checked.iter().any(|checked| checked.refused) {
        if !arguments.force {
            return Ok(Err(format!("`{}` is refused, see above", file.display())));
        }
        tracing::warn!(
            "`{}` is refused: `index` leaves it out until `not_secret = true` is stated for it",
            file.display()
        );
    }
    Ok(corpus::add(&paths.corpus, file, arguments.replace).map_err(|error| error.to_string()))
}
