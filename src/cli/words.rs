//! `camnang words`: text as the index sees it, for training models outside.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;

use super::output;
use crate::text::canonicalise;
use crate::text::fold_text;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Texts, one a line.
    file: PathBuf,
    /// Without any diacritics.
    #[arg(long)]
    bare: bool,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let name = arguments.file.display();
    let file = File::open(&arguments.file).with_context(|| format!("cannot open `{name}`"))?;
    for (at, line) in BufReader::new(file).lines().enumerate() {
        let line = line.with_context(|| format!("`{name}` line {}", at + 1))?;
        output::line(&fold_text(&canonicalise(&line), !arguments.bare))?;
    }
    Ok(ExitCode::SUCCESS)
}
