//! `camnang serve`.

use std::process::ExitCode;

use clap::Args;

use super::index;
use crate::audit::Record;
use crate::config::{Paths, Serving};
use crate::http;
use crate::qa::Service;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(flatten)]
    serving: Serving,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    // The address first: building an index only to find the port taken wastes a morning.
    let listener = http::bind(arguments.serving.listen)?;
    let (store, ranker) = index::ready_or_rebuilt(paths)?;
    let service = Service::new(store, ranker, Record::open(&paths.record)?);
    http::serve(listener, service, &paths.corpus, arguments.serving.workers)?;
    Ok(ExitCode::SUCCESS)
}
