//! `camnang eval`.

use std::path::Path;
use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::Context;
use clap::Args;
use serde::de::DeserializeOwned;

use super::{index, output};
use crate::config::Paths;
use crate::corpus::GoldQuestion;
use crate::corpus::Rows;
use crate::eval::{
    Counts, Dataset, Example, GoldHead, GoldRelations, Options, RelationReport, Reliability,
    RetrievalReport, evaluate_gold, evaluate_heads, evaluate_relations, evaluate_retrieval,
    examples,
};
use crate::qa::today;
use crate::rank::Ranker;

#[derive(Args, Debug)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "independent switches of a command line"
)]
pub(super) struct Arguments {
    /// Questions: rows with `id` and `text`, `.jsonl` or `.jsonl.gz`. The corpus is `--corpus`.
    #[arg(long, requires = "qrels", required_unless_present_any = ["gold", "relations", "heads"])]
    queries: Option<PathBuf>,
    /// Relevant units: `query-id`, `corpus-id`, `score`, tab separated.
    #[arg(long, requires = "queries")]
    qrels: Option<PathBuf>,
    /// Gold questions with expected provisions, asked of the index instead.
    #[arg(long, conflicts_with = "queries")]
    gold: Option<PathBuf>,
    /// Documents of `--corpus` with the relations they state, which are extracted and compared.
    #[arg(long, conflicts_with_all = ["queries", "gold"])]
    relations: Option<PathBuf>,
    /// Documents of `--corpus` with number, issuer, date and title, which are read and compared.
    #[arg(long, conflicts_with_all = ["queries", "gold", "relations"])]
    heads: Option<PathBuf>,
    /// BM25 alone.
    #[arg(long)]
    lexical_only: bool,
    /// Take the diacritics off every question.
    #[arg(long)]
    strip_diacritics: bool,
    /// Print the candidates of every question with their features instead, one object a line.
    #[arg(long, conflicts_with_all = ["gold", "lexical_only"])]
    features: bool,
    /// List every question of `--gold`, or every difference of `--relations` or `--heads`.
    #[arg(long)]
    each: bool,
    /// Print JSON.
    #[arg(long)]
    json: bool,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    if let Some(gold) = &arguments.gold {
        return run_gold(paths, arguments, gold);
    }
    if let Some(relations) = &arguments.relations {
        return run_relations(paths, arguments, relations);
    }
    if let Some(heads) = &arguments.heads {
        return run_heads(paths, arguments, heads);
    }
    let (Some(queries), Some(qrels)) = (&arguments.queries, &arguments.qrels) else {
        anyhow::bail!("name --queries and --qrels, or --gold");
    };
    // First: a model that cannot be used leaves no folder behind.
    let ranker = Ranker::open(&paths.model)?;
    let scratch = std::env::temp_dir().join(format!("camnang-eval-{}", std::process::id()));
    std::fs::create_dir_all(&scratch).with_context(|| format!("`{}`", scratch.display()))?;
    let dataset = Dataset {
        corpus: &paths.corpus,
        queries,
        qrels,
    };
    let done = run_retrieval(dataset, &ranker, arguments, &scratch);
    std::fs::remove_dir_all(&scratch).with_context(|| format!("`{}`", scratch.display()))?;
    done.map(|()| ExitCode::SUCCESS)
}

fn run_retrieval(
    dataset: Dataset<'_>,
    ranker: &Ranker,
    arguments: &Arguments,
    scratch: &Path,
) -> anyhow::Result<()> {
    let strip = arguments.strip_diacritics;
    if arguments.features {
        let print = |example: &Example| output::line(&serde_json::to_string(example)?);
        return examples(dataset, ranker, strip, scratch, print);
    }
    let options = Options {
        lexical_only: arguments.lexical_only,
        strip_diacritics: strip,
    };
    let report = evaluate_retrieval(dataset, ranker, options, scratch)?;
    if arguments.json {
        output::json(&report)
    } else {
        print(&report)
    }
}

fn print(report: &RetrievalReport) -> anyhow::Result<()> {
    let metrics = &report.metrics;
    for (name, value) in [
        ("ndcg@10", metrics.ndcg_10),
        ("mrr@10", metrics.mrr_10),
        ("recall@1", metrics.recall_1),
        ("recall@10", metrics.recall_10),
        ("recall@100", metrics.recall_100),
    ] {
        output::line(&format!("{name:<15} {value:.4}"))?;
    }
    output::line(&format!("{:<15} {}", "n_queries", metrics.n_queries))?;
    output::line(&format!("{:<15} {}", "n_documents", report.n_documents))?;
    output::line(&format!("{:<15} {:.2}", "build_s", report.build_s))?;
    output::line(&format!(
        "{:<15} p50 {:.2}  p95 {:.2}  p99 {:.2}",
        "latency_ms", report.latency_p50_ms, report.latency_p95_ms, report.latency_p99_ms
    ))
}

/// All rows of the file at `path`.
fn rows<T: DeserializeOwned>(path: &Path) -> anyhow::Result<Vec<T>> {
    let name = || format!("`{}`", path.display());
    let mut found = Vec::new();
    for (line, row) in Rows::open(path).with_context(name)? {
        found.push(row.with_context(|| format!("{} line {line}", name()))?);
    }
    Ok(found)
}

fn run_gold(paths: &Paths, arguments: &Arguments, gold: &Path) -> anyhow::Result<ExitCode> {
    let questions: Vec<GoldQuestion> = rows(gold)?;
    let (store, ranker) = index::ready(paths)?;
    let generation = store.live();
    let mut report = evaluate_gold(
        &questions,
        &generation,
        &ranker,
        today(jiff::Timestamp::now()),
    )?;
    if report.n_known > 0 {
        let n_known = report.n_known;
        tracing::warn!(
            "{n_known} of the questions are among those that the index was taught with their answers: they prove little"
        );
    }
    if !arguments.each {
        report.outcomes.clear();
    }
    if arguments.json {
        output::json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    for outcome in &report.outcomes {
        let verdict = match (outcome.answerable, outcome.answered, outcome.found) {
            (true, true, true) | (false, false, _) => "ok     ",
            (true, false, true) => "shy    ",
            (true, _, false) => "missed ",
            (false, true, _) => "invents",
        };
        output::line(&format!(
            "{verdict} {:.2} {} {} -> {}",
            outcome.confidence,
            outcome.id,
            outcome.question,
            outcome.citations.join(" | ")
        ))?;
    }
    output::line(&format!(
        "cited       {:.3} of {}",
        report.cited, report.n_answerable
    ))?;
    output::line(&format!("contains    {:.3}", report.contains))?;
    output::line(&format!(
        "abstained   {:.3} of {}",
        report.abstained, report.n_unanswerable
    ))?;
    output::line(&format!(
        "unverified  {} of {}",
        report.n_unverified, report.n_citations
    ))?;
    output::line(&format!(
        "superseded  {} cited without saying so",
        report.n_silent
    ))?;
    print_reliability(&report.reliability)?;
    Ok(ExitCode::SUCCESS)
}

fn print_reliability(reliability: &Reliability) -> anyhow::Result<()> {
    output::line(&format!("brier       {:.3}", reliability.brier))?;
    output::line(&format!("calibration {:.3}", reliability.ece))?;
    output::line("probability     n   mean  right")?;
    for bin in &reliability.bins {
        output::line(&format!(
            "{:.1} to {:.1}  {:>5}  {:.3}  {:.3}",
            bin.from, bin.to, bin.n, bin.mean_probability, bin.share_right
        ))?;
    }
    Ok(())
}

fn run_relations(paths: &Paths, arguments: &Arguments, gold: &Path) -> anyhow::Result<ExitCode> {
    let documents: Vec<GoldRelations> = rows(gold)?;
    let mut report = evaluate_relations(&documents, &paths.corpus);
    anyhow::ensure!(
        report.n_documents == documents.len(),
        "`{}` has {} of the {} documents",
        paths.corpus.display(),
        report.n_documents,
        documents.len()
    );
    if !arguments.each {
        report.differences.clear();
    }
    if arguments.json {
        output::json(&report)?;
    } else {
        print_relations(&report)?;
    }
    Ok(ExitCode::SUCCESS)
}

fn run_heads(paths: &Paths, arguments: &Arguments, gold: &Path) -> anyhow::Result<ExitCode> {
    let heads: Vec<GoldHead> = rows(gold)?;
    let mut report = evaluate_heads(&heads, &paths.corpus);
    if !arguments.each {
        report.differences.clear();
    }
    if arguments.json {
        output::json(&report)?;
        return Ok(ExitCode::SUCCESS);
    }
    report
        .differences
        .iter()
        .try_for_each(|line| output::line(line))?;
    for (name, n_right) in &report.right {
        output::line(&format!("{name:<10} {n_right} of {}", report.n_documents))?;
    }
    output::line(&format!(
        "{:<10} {:.3} in {} of {} documents",
        "right",
        report.accuracy(),
        report.n_documents,
        heads.len()
    ))?;
    Ok(ExitCode::SUCCESS)
}

fn print_relations(report: &RelationReport) -> anyhow::Result<()> {
    for line in &report.differences {
        output::line(line)?;
    }
    let row = |name: &str, counts: Counts| {
        output::line(&format!(
            "{name:<20} precision {:.3}  recall {:.3}  ({} right, {} wrong, {} missed)",
            counts.precision(),
            counts.recall(),
            counts.right,
            counts.wrong,
            counts.missed
        ))
    };
    for (kind, counts) in &report.kinds {
        row(kind, *counts)?;
    }
    row("total", report.total)?;
    row("days", report.dated)?;
    output::line(&format!(
        "{:<20} {} in {} documents, {:.2} s",
        "relations", report.n_relations, report.n_corpus, report.extract_s
    ))
}
