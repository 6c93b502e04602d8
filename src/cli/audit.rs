//! `camnang audit`.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use crate::audit::{Filter, Record};
use crate::config::Paths;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write all answers with their citations and verdicts.
    Export {
        /// `jsonl`: one answer a line; `csv`: one citation a row, for spreadsheets.
        #[arg(long, value_enum, default_value = "jsonl")]
        format: Format,
        /// File to write; standard output where left out.
        #[arg(long, short)]
        output: Option<PathBuf>,
        /// Only answers with at least one verdict.
        #[arg(long)]
        judged: bool,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Command::Export {
        format,
        output,
        judged,
    } = &arguments.command;
    anyhow::ensure!(
        paths.record.exists(),
        "no record at `{}`",
        paths.record.display()
    );
    let record = Record::open(&paths.record)?;
    let mut writer: Box<dyn Write> = match output {
        Some(path) => Box::new(BufWriter::new(
            File::create(path).with_context(|| format!("`{}`", path.display()))?,
        )),
        None => Box::new(io::stdout().lock()),
    };
    let filter = Filter {
        judged_only: *judged,
        ..Filter::default()
    };
    let n_written = match format {
        Format::Jsonl => record.export_jsonl(&filter, &mut writer)?,
        Format::Csv => record.export_csv(&filter, &mut writer)?,
    };
    writer.flush()?;
    tracing::info!(n_written, "exported");
    Ok(ExitCode::SUCCESS)
}
