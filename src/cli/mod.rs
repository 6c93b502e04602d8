//! The command line: one file per command. Data goes to stdout, everything else to stderr.

mod add;
mod ask;
mod audit;
mod check;
mod docs;
mod eval;
mod examination;
mod index;
mod output;
mod search;
mod serve;
mod show;
mod words;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::config::Paths;

/// Exit code when a question has no answer in the store.
const ABSTAINED: u8 = 1;

/// Cẩm nang: cited answers from Vietnamese guidance documents.
#[derive(Debug, Parser)]
#[command(name = "camnang", version, about, max_term_width = 100)]
pub struct Cli {
    #[command(flatten)]
    paths: Paths,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Answer questions over HTTP, with pages at `/`; builds the index first where there is none.
    Serve(serve::Arguments),
    /// Answer one question. Exit code 0: answered, 1: not in the documents, 2: error.
    Ask(ask::Arguments),
    /// List the best passages for a text.
    Search(search::Arguments),
    /// Bring the index in step with the corpus; only what changed is read again.
    Index(index::Arguments),
    /// List the documents of the index.
    Docs(docs::Arguments),
    /// Print a provision: `show khai-sinh "khoản 1 Điều 5"`.
    Show(show::Arguments),
    /// Say what is recognised in a file, what looks wrong and what to do, without storing it.
    Check(check::Arguments),
    /// Check files and put them into the corpus. Exit code 1 where one stayed out.
    Add(add::Arguments),
    /// Score retrieval on BEIR-form data, or answers on gold questions.
    Eval(eval::Arguments),
    /// Read the record of answers.
    Audit(audit::Arguments),
    /// Print the words of each line of a file as the index sees them, to train models on.
    Words(words::Arguments),
}

/// Runs the command line.
///
/// # Errors
/// Whatever stopped the command; print it once, with its causes.
pub fn run(cli: Cli) -> anyhow::Result<ExitCode> {
    let paths = &cli.paths;
    match cli.command {
        Command::Serve(arguments) => serve::run(paths, &arguments),
        Command::Ask(arguments) => ask::run(paths, &arguments),
        Command::Search(arguments) => search::run(paths, &arguments),
        Command::Index(arguments) => index::run(paths, &arguments),
        Command::Docs(arguments) => docs::run(paths, &arguments),
        Command::Show(arguments) => show::run(paths, &arguments),
        Command::Check(arguments) => check::run(paths, &arguments),
        Command::Add(arguments) => add::run(paths, &arguments),
        Command::Eval(arguments) => eval::run(paths, &arguments),
        Command::Audit(arguments) => audit::run(paths, &arguments),
        Command::Words(arguments) => words::run(&arguments),
    }
}

/// What the operator can do about `error`, where its own text does not say so.
pub fn hint(error: &anyhow::Error) -> Option<&'static str> {
    error
        .chain()
        .find_map(|cause| cause.downcast_ref::<crate::audit::Error>()?.hint())
}
