//! Retrieval on BEIR-form data: every corpus row is one unit, through the same analyzer and
//! ranking as an answer.

use std::collections::HashMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

use anyhow::Context;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::later::Later;
use super::metrics::{Metrics, Ranking};
use crate::corpus::Rows;
use crate::embed::Embedder;
use crate::index::PassageIndex;
use crate::index::PassageRow;
use crate::index::PassageWriter;
use crate::index::Query;
use crate::rank::Missing;
use crate::rank::Question;
use crate::rank::Ranker;
use crate::rank::described;
use crate::rank::ordered;
use crate::rebuild::vectors;
use crate::text::Span;
use crate::text::canonicalise;
use crate::text::strip_diacritics;

/// Candidates scored per question.
const N_RANKED: usize = 100;
/// Units whose vectors are computed together.
const N_TOGETHER: usize = 512;
/// Buffers of the indexing threads together.
const MEMORY_BYTES: usize = 400_000_000;

/// Files of a dataset.
#[derive(Clone, Copy, Debug)]
pub struct Dataset<'a> {
    /// Rows with `id`, `title`, `text`, and where present `law_title`, `law_number`.
    pub corpus: &'a Path,
    /// Rows with `id`, `text`.
    pub queries: &'a Path,
    /// `query-id  corpus-id  score`, tab separated, one header line.
    pub qrels: &'a Path,
}

/// What is measured.
#[derive(Clone, Copy, Debug, Default)]
pub struct Options {
    /// BM25 of the question as it stands: no abbreviations, nothing learned.
    pub lexical_only: bool,
    /// Take the diacritics off every question.
    pub strip_diacritics: bool,
}

/// One candidate of a judged question, for learning an order from.
#[derive(Clone, Debug, Serialize)]
pub struct Example {
    /// Question id.
    pub question: String,
    /// Unit id.
    pub unit: String,
    /// Grade of the unit for the question; 0 where it is not relevant.
    pub grade: u32,
    /// What ranking goes by.
    pub features: Vec<f32>,
}

/// Figures of one run.
#[derive(Clone, Debug, Serialize)]
pub struct RetrievalReport {
    /// Means over the judged questions.
    #[serde(flatten)]
    pub metrics: Metrics,
    /// Number of units indexed.
    pub n_documents: u64,
    /// Seconds to read and index the corpus.
    pub build_s: f64,
    /// Median time of one search, one thread, milliseconds.
    pub latency_p50_ms: f64,
    /// 95th percentile.
    pub latency_p95_ms: f64,
    /// 99th percentile.
    pub latency_p99_ms: f64,
}

#[derive(Deserialize)]
struct Unit {
    #[serde(alias = "_id")]
    id: String,
    #[serde(default)]
    title: Option<String>,
    text: String,
    #[serde(default)]
    law_title: Option<String>,
    #[serde(default)]
    law_number: Option<String>,
}

impl Unit {
    /// Context, heading and text.
    fn parts(&self) -> [String; 3] {
        let known = |part: &Option<String>| part.clone().unwrap_or_default();
        [
            [known(&self.law_title), known(&self.law_number)].join(" "),
            known(&self.title),
            canonicalise(&self.text),
        ]
    }
}

#[derive(Deserialize)]
struct Asked {
    #[serde(alias = "_id")]
    id: String,
    text: String,
}

/// Indexes the corpus in a scratch folder and ranks every judged question.
///
/// # Errors
/// When a file cannot be read, saying which line, or the scratch folder not be written.
pub fn evaluate_retrieval(
    dataset: Dataset<'_>,
    ranker: &Ranker,
    options: Options,
    scratch: &Path,
) -> anyhow::Result<RetrievalReport> {
    let started = Instant::now();
    let later = build(dataset.corpus, ranker.embedder(), scratch)?;
    let build_s = started.elapsed().as_secs_f64();
    let missing = later.as_ref().map(|later| later as &dyn Missing);
    let index = PassageIndex::open(scratch)?;
    let (mut rankings, mut latencies) = (Vec::new(), Vec::new());
    for_each_judged(dataset, |asked, relevant| {
        let started = Instant::now();
        let ranked = search(&index, ranker, &asked.text, options, missing)?;
        latencies.push(started.elapsed().as_secs_f64() * 1e3);
        rankings.push(Ranking {
            ranked,
            relevant: relevant.clone(),
        });
        Ok(())
    })?;
    latencies.sort_by(f64::total_cmp);
    Ok(RetrievalReport {
        metrics: Metrics::of(&rankings),
        n_documents: index.n_passages(),
        build_s,
        latency_p50_ms: percentile(&latencies, 50),
        latency_p95_ms: percentile(&latencies, 95),
        latency_p99_ms: percentile(&latencies, 99),
    })
}

/// Indexes the corpus in a scratch folder and passes on every candidate of every judged question.
///
/// # Errors
/// As [`evaluate_retrieval`], or what `take` returns.
pub fn examples(
    dataset: Dataset<'_>,
    ranker: &Ranker,
    strip: bool,
    scratch: &Path,
    mut take: impl FnMut(&Example) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let later = build(dataset.corpus, ranker.embedder(), scratch)?;
    let missing = later.as_ref().map(|later| later as &dyn Missing);
    let index = PassageIndex::open(scratch)?;
    for_each_judged(dataset, |asked, relevant| {
        let text = if strip {
            strip_diacritics(&asked.text).into_owned()
        } else {
            asked.text
        };
        for (hit, features) in described(&Question::new(&text), &index, ranker, N_RANKED, missing)?
        {
            take(&Example {
                question: asked.id.clone(),
                grade: relevant.get(&hit.document).copied().unwrap_or_default(),
                unit: hit.document,
                features,
            })?;
        }
        Ok(())
    })
}

/// Calls `take` with every question that has relevant units, and these.
fn for_each_judged(
    dataset: Dataset<'_>,
    mut take: impl FnMut(Asked, &HashMap<String, u32>) -> anyhow::Result<()>,
) -> anyhow::Result<()> {
    let relevant = read_qrels(dataset.qrels)?;
    let rows = Rows::<Asked>::open(dataset.queries).with_context(|| name(dataset.queries))?;
    for (line, row) in rows {
        let asked = row.with_context(|| format!("{} line {line}", name(dataset.queries)))?;
        if let Some(relevant) = relevant.get(&asked.id) {
            take(asked, relevant)?;
        }
    }
    Ok(())
}

fn name(path: &Path) -> String {
    format!("`{}`", path.display())
}

/// Indexes `corpus`, with all vectors but those that are computed later.
fn build<'a>(
    corpus: &Path,
    model: Option<&'a Embedder>,
    scratch: &Path,
) -> anyhow::Result<Option<Later<'a>>> {
    let n_threads = std::thread::available_parallelism()
        .map_or(1, usize::from)
        .min(8);
    let writer = PassageWriter::open(scratch, n_threads, MEMORY_BYTES)?;
    let later = model.filter(|model| model.words().is_some());
    let mut later = later.and_then(Embedder::sentences).map(Later::new);
    let mut units = Vec::with_capacity(N_TOGETHER);
    for (line, row) in Rows::<Unit>::open(corpus).with_context(|| name(corpus))? {
        units.push(row.with_context(|| format!("{} line {line}", name(corpus)))?);
        if units.len() == N_TOGETHER {
            add(&writer, model, &units, later.as_mut())?;
            units.clear();
        }
    }
    add(&writer, model, &units, later.as_mut())?;
    writer.commit()?;
    Ok(later)
}

fn add(
    writer: &PassageWriter,
    model: Option<&Embedder>,
    units: &[Unit],
    later: Option<&mut Later<'_>>,
) -> anyhow::Result<()> {
    let parts: Vec<[String; 3]> = units.iter().map(Unit::parts).collect();
    let mut rows: Vec<PassageRow<'_>> = units
        .iter()
        .zip(&parts)
        .map(|(unit, [context, heading, text])| PassageRow {
            document: &unit.id,
            span: Span::new(0, unit.text.len()),
            context,
            heading,
            text,
            vector: &[],
        })
        .collect();
    let vectors = match (later, model.and_then(Embedder::words)) {
        (Some(later), Some(words)) => {
            let texts: Vec<String> = rows.par_iter().map(PassageRow::whole).collect();
            let vectors = texts.par_iter().map(|text| words.vector_of(text)).collect();
            for (row, text) in rows.iter().zip(texts) {
                later.keep(row.document, row.heading, text);
            }
            vectors
        }
        _ => vectors(&rows, model)?,
    };
    for (row, vector) in rows.iter_mut().zip(&vectors) {
        row.vector = vector;
    }
    rows.iter().try_for_each(|row| writer.add(row))?;
    Ok(())
}

fn search(
    index: &PassageIndex,
    ranker: &Ranker,
    text: &str,
    options: Options,
    missing: Option<&dyn Missing>,
) -> anyhow::Result<Vec<String>> {
    let stripped = strip_diacritics(text);
    let text = if options.strip_diacritics {
        &stripped
    } else {
        text
    };
    let hits = if options.lexical_only {
        index.search(&Query::new(&canonicalise(text)), N_RANKED)?
    } else {
        ordered(&Question::new(text), index, ranker, N_RANKED, missing)?
    };
    Ok(hits.into_iter().map(|hit| hit.document).collect())
}

/// Grades above 0 by question id.
fn read_qrels(path: &Path) -> anyhow::Result<HashMap<String, HashMap<String, u32>>> {
    let text = fs::read_to_string(path).with_context(|| name(path))?;
    let mut relevant: HashMap<String, HashMap<String, u32>> = HashMap::new();
    for (at, line) in text.lines().enumerate().skip(1) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [question, unit, grade] = columns.as_slice() else {
            anyhow::bail!(
                "{} line {}: expected 3 columns, found {}",
                name(path),
                at + 1,
                columns.len()
            );
        };
        let grade: f32 = grade
            .trim()
            .parse()
            .with_context(|| format!("{} line {}", name(path), at + 1))?;
        if grade > 0.0 {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "grades are small and positive"
            )]
            let grade = grade.ceil() as u32;
            relevant
                .entry((*question).to_owned())
                .or_default()
                .insert((*unit).to_owned(), grade);
        }
    }
    Ok(relevant)
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or(0.0)
}
