//! `camnang index`, and building the index for commands that need one.

use std::process::ExitCode;
use std::time::Duration;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};

use super::output;
use crate::config::Paths;
use crate::index::{Error, Store, Summary};
use crate::rank::Ranker;
use crate::rebuild::{self, Progress, Report};

/// Contradictions between documents that are named one by one.
const N_CONTRADICTIONS_MAX: usize = 10;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Build everything anew, even what did not change.
    #[arg(long)]
    rebuild: bool,
    /// Print the report as JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let ranker = ranker(paths)?;
    let report = build(paths, &ranker, !arguments.rebuild)?;
    if arguments.json {
        print_json(&report)?;
    } else {
        print(&report)?;
    }
    warn(&report);
    report_contradictions(&Store::open(&paths.index)?);
    Ok(if report.problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

/// Says where the documents contradict each other; a maintainer settles it in the manifest.
fn report_contradictions(store: &Store) {
    let live = store.live();
    let problems = live.law().problems();
    for problem in problems.iter().take(N_CONTRADICTIONS_MAX) {
        tracing::warn!("contradiction: {problem}");
    }
    if let Some(n_more) = problems.len().checked_sub(N_CONTRADICTIONS_MAX + 1) {
        tracing::warn!("contradiction: {} more", n_more + 1);
    }
}

/// Opens the index for reading, building it first where there is none.
pub(super) fn open_or_build(paths: &Paths) -> anyhow::Result<Store> {
    match Store::open(&paths.index) {
        // The model is read only where something is to be built.
        Err(Error::Missing { .. }) => open(paths, &ranker(paths)?),
        opened => Ok(opened?),
    }
}

/// The index and what ranks its passages, the index built first where there is none.
///
/// An index of another model is refused: a command that reads must not spend minutes rebuilding.
pub(super) fn ready(paths: &Paths) -> anyhow::Result<(Store, Ranker)> {
    let ranker = ranker(paths)?;
    let store = open(paths, &ranker)?;
    ranker.check(&store.live())?;
    warn_of_province(paths, &ranker, &store);
    Ok((store, ranker))
}

/// Nothing checks the name of the own province, and where it is misspelt its texts count as foreign.
fn warn_of_province(paths: &Paths, ranker: &Ranker, store: &Store) {
    let live = store.live();
    if let Some(name) = &paths.province
        && ranker.misses_home(live.catalogue().entries())
    {
        tracing::warn!(province = %name, "no document is of this province, and some are of others: is its name right?");
    }
}

/// As [`ready`], but an index of another model or of an earlier version is built anew. Where that fails,
/// one of another model serves on, ranked by words alone: which is better than no answers at all.
pub(super) fn ready_or_rebuilt(paths: &Paths) -> anyhow::Result<(Store, Ranker)> {
    let ranker = ranker(paths)?;
    let checked = |store: Store| ranker.check(&store.live()).map(|()| store);
    let store = match Store::open(&paths.index).and_then(checked) {
        Err(error @ (Error::OtherModel { .. } | Error::Stale { .. })) => {
            tracing::warn!("{}", error.to_string().lines().next().unwrap_or_default());
            let built = build_quietly(paths, &ranker, "building the index anew");
            let is_readable = matches!(error, Error::OtherModel { .. });
            match built {
                Err(error) if is_readable => {
                    tracing::error!(
                        "the index of another model serves on, ranked by words alone: {error:#}"
                    );
                    Store::open(&paths.index)?
                }
                built => built?,
            }
        }
        Err(Error::Missing { .. }) => open(paths, &ranker)?,
        opened => opened?,
    };
    warn_of_province(paths, &ranker, &store);
    Ok((store, ranker))
}

fn open(paths: &Paths, ranker: &Ranker) -> anyhow::Result<Store> {
    match Store::open(&paths.index) {
        Err(Error::Missing { .. }) => build_quietly(paths, ranker, "no index yet: building it"),
        opened => Ok(opened?),
    }
}

fn build_quietly(paths: &Paths, ranker: &Ranker, why: &str) -> anyhow::Result<Store> {
    tracing::info!(corpus = %paths.corpus.display(), "{why}");
    let report = build(paths, ranker, true)?;
    warn(&report);
    Ok(Store::open(&paths.index)?)
}

/// Tells what could not be read, or not as it should.
fn warn(report: &Report) {
    for (file, finding) in &report.warnings {
        tracing::warn!("`{file}`: {finding}");
    }
    for problem in &report.problems {
        tracing::warn!("{problem}");
    }
}

fn build(paths: &Paths, ranker: &Ranker, reuse: bool) -> anyhow::Result<Report> {
    anyhow::ensure!(
        paths.corpus.exists(),
        "no corpus at `{}`\nhint: name it with --corpus",
        paths.corpus.display()
    );
    let bar = ProgressBar::new_spinner();
    bar.enable_steady_tick(Duration::from_millis(120));
    if let Ok(style) = ProgressStyle::with_template("{spinner} {msg} [{bar:30}] {pos}/{len}") {
        bar.set_style(style);
    }
    let report = rebuild::rebuild(
        &paths.corpus,
        &paths.index,
        ranker.embedder(),
        reuse,
        |progress| match progress {
            Progress::Read(n_read) => {
                bar.set_message("reading");
                bar.set_position(n_read as u64);
            }
            Progress::Written(n_written, n_all) => {
                bar.set_message("indexing");
                bar.set_length(n_all as u64);
                bar.set_position(n_written as u64);
            }
            Progress::Committing => bar.set_message("committing"),
        },
    );
    bar.finish_and_clear();
    Ok(report?)
}

fn print(report: &Report) -> anyhow::Result<()> {
    let (verb, manifest) = match &report.summary {
        Summary::Built(manifest) => ("built", manifest),
        Summary::Unchanged(manifest) => ("unchanged", manifest),
    };
    let n_failed = report.problems.len();
    output::line(&format!(
        "generation {} {verb}: {} documents, {} passages (added {}, changed {}, removed {}, unchanged {}, kept {}, problems {})",
        manifest.number,
        manifest.n_documents,
        manifest.n_passages,
        report.added.len(),
        report.changed.len(),
        report.removed.len(),
        report.n_unchanged,
        report.kept.len(),
        n_failed,
    ))?;
    let n_by_format = report.n_by_format.iter();
    let rows = n_by_format.chain([(&"not read", &n_failed)]);
    rows.filter(|(_, n)| **n > 0)
        .try_for_each(|(name, n)| output::line(&format!("  {name:<10} {n:>6}")))
}

fn print_json(report: &Report) -> anyhow::Result<()> {
    let (Summary::Built(manifest) | Summary::Unchanged(manifest)) = &report.summary;
    output::json(&serde_json::json!({
        "built": matches!(report.summary, Summary::Built(_)),
        "generation": manifest,
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "kept": report.kept,
        "n_unchanged": report.n_unchanged,
        "n_by_format": report.n_by_format,
        "warnings": report
            .warnings
            .iter()
            .map(|(file, finding)| format!("`{file}`: {finding}"))
            .collect::<Vec<_>>(),
        "problems": report.problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
    }))
}

fn ranker(paths: &Paths) -> anyhow::Result<Ranker> {
    Ok(Ranker::open(&paths.model)?.at_home(paths.province.as_deref()))
}
