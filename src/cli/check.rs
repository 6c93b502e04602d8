//! `camnang check`: what is recognised in files, and what looks wrong.

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use serde::Serialize;

use super::output;
use crate::corpus::{Source, scan};
use crate::document;
use crate::document::Date;
use crate::text::canonicalise;

#[derive(Args, Debug)]
pub(super) struct Arguments {
    /// Files or folders to check.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

/// What was recognised in one source.
#[derive(Serialize)]
struct Checked {
    file: String,
    id: String,
    number: Option<String>,
    kind: Option<String>,
    issuer: Option<String>,
    issued: Option<String>,
    effective: Option<String>,
    title: Option<String>,
    n_provisions: usize,
    n_articles: usize,
    n_passages: usize,
    diagnostics: Vec<String>,
}

pub(super) fn run(arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let (mut checked, mut problems) = (Vec::new(), Vec::new());
    for file in &arguments.files {
        let found = scan(file, |source| {
            checked.push(check(&source));
            Ok::<(), std::convert::Infallible>(())
        });
        let Ok(found) = found;
        problems.extend(found.iter().map(ToString::to_string));
    }
    if arguments.json {
        output::json(&serde_json::json!({ "sources": checked, "problems": problems }))?;
    } else {
        checked.iter().try_for_each(print)?;
        for problem in &problems {
            output::line(&format!("problem: {problem}"))?;
        }
    }
    Ok(if problems.is_empty() {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn check(source: &Source) -> Checked {
    let document = document::parse(&canonicalise(&source.text));
    let (stated, facts) = (&source.overrides, &document.facts);
    let place = |start: usize| {
        document
            .text
            .get(..start)
            .map_or(1, |before| before.matches('\n').count() + 1)
    };
    let is_article = |p: &&document::Provision| p.level == document::Level::Article;
    Checked {
        file: source.file.clone(),
        id: source.id.clone(),
        number: stated
            .number
            .clone()
            .or_else(|| facts.number.as_ref().map(ToString::to_string)),
        kind: stated
            .kind
            .clone()
            .or_else(|| facts.kind.map(|kind| kind.name().to_owned())),
        issuer: stated.issuer.clone().or_else(|| facts.issuer.clone()),
        issued: stated
            .issued
            .clone()
            .or_else(|| facts.issued.map(Date::to_iso)),
        effective: stated
            .effective
            .clone()
            .or_else(|| facts.effective.map(Date::to_iso)),
        title: stated.title.clone().or_else(|| facts.title.clone()),
        n_provisions: document.provisions.len() - 1,
        n_articles: document.provisions.iter().filter(is_article).count(),
        n_passages: document.passages().len(),
        diagnostics: document
            .diagnostics
            .iter()
            .map(|d| format!("line {}: {}", place(d.span.start), d.kind))
            .collect(),
    }
}

fn print(checked: &Checked) -> anyhow::Result<()> {
    let shown =
        |value: &Option<String>| value.clone().unwrap_or_else(|| "not recognised".to_owned());
    output::line(&format!("{} (id `{}`)", checked.file, checked.id))?;
    for (name, value) in [
        ("number", shown(&checked.number)),
        ("kind", shown(&checked.kind)),
        ("issuer", shown(&checked.issuer)),
        ("issued", shown(&checked.issued)),
        ("effective", shown(&checked.effective)),
        ("title", shown(&checked.title)),
        (
            "structure",
            format!(
                "{} provisions, {} Điều, {} passages",
                checked.n_provisions, checked.n_articles, checked.n_passages
            ),
        ),
    ] {
        output::line(&format!("  {name:<10} {value}"))?;
    }
    checked
        .diagnostics
        .iter()
        .try_for_each(|diagnostic| output::line(&format!("  warning: {diagnostic}")))
}
