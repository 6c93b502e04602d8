//! Writing to standard output: the only place that does. A reader that goes away is no error.

use std::io::{self, Write};

use serde::Serialize;

/// Prints one line of data.
pub(super) fn line(text: &str) -> anyhow::Result<()> {
    tolerate(writeln!(io::stdout().lock(), "{text}"))
}

/// Prints `value` as indented JSON.
pub(super) fn json(value: &impl Serialize) -> anyhow::Result<()> {
    line(&serde_json::to_string_pretty(value)?)
}

fn tolerate(written: io::Result<()>) -> anyhow::Result<()> {
    match written {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(error.into()),
        _ => Ok(()),
    }
}
