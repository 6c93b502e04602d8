//! The `camnang` program: parse arguments, run, print an error once.

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use camnang::cli;
use clap::Parser;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let cli = cli::Cli::parse();
    let filter = EnvFilter::try_from_env("CAMNANG_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,camnang=info"));
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(io::stderr)
        .with_target(false)
        .with_ansi(io::stderr().is_terminal())
        .init();
    cli::run(cli).unwrap_or_else(|error| {
        // Nobody is left to tell when standard error is closed.
        drop(writeln!(io::stderr(), "error: {error:#}"));
        if let Some(hint) = cli::hint(&error) {
            drop(writeln!(io::stderr(), "hint: {hint}"));
        }
        ExitCode::from(2)
    })
}
