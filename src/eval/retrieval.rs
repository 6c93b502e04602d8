//! Retrieval on BEIR-form data: every corpus row is one unit, through the same analyzer and
//! ranking as an answer.

use std::collections::HashMap;
use std::collections::HashSet;
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
    /// Rows with `id`, `title`, `text`, and where present `law_title`, `law_number`; no id twice.
    pub corpus: &'a Path,
    /// Rows with `id`, `text`; no id twice, and all that are judged.
    pub queries: &'a Path,
    /// `query-id  corpus-id  score`, tab separated, with or without a header line.
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
    /// Median time of one search, milliseconds; one after the other, each on one thread but for what
    /// a transformer reads, which takes all. With a model of words and sentences that is also every
    /// unit of the best twenty which no question before has compared: an index would hold its vectors.
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
        let known = |part: &Option<String>| part.as_deref().map(canonicalise).unwrap_or_default();
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

/// A row that no other one may share its id with.
trait Named {
    fn id(&self) -> &str;
}

impl Named for Unit {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Named for Asked {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A question with the grades of the units that are relevant for it.
struct Judged {
    asked: Asked,
    relevant: HashMap<String, u32>,
}

/// Indexes the corpus in a scratch folder and ranks every judged question.
///
/// # Errors
/// When a file cannot be read, or has an id twice, saying which line; when a question is judged that is
/// not there, or the scratch folder cannot be written.
pub fn evaluate_retrieval(
    dataset: Dataset<'_>,
    ranker: &Ranker,
    options: Options,
    scratch: &Path,
) -> anyhow::Result<RetrievalReport> {
    let judged = judged(dataset)?;
    let started = Instant::now();
    let later = build(dataset.corpus, ranker.embedder(), scratch)?;
    let build_s = started.elapsed().as_secs_f64();
    let missing = later.as_ref().map(|later| later as &dyn Missing);
    let index = PassageIndex::open(scratch)?;
    let (mut rankings, mut latencies) = (Vec::new(), Vec::new());
    for Judged { asked, relevant } in judged {
        let started = Instant::now();
        let ranked = search(&index, ranker, &asked.text, options, missing)?;
        latencies.push(started.elapsed().as_secs_f64() * 1e3);
        rankings.push(Ranking { ranked, relevant });
    }
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
    let judged = judged(dataset)?;
    let later = build(dataset.corpus, ranker.embedder(), scratch)?;
    let missing = later.as_ref().map(|later| later as &dyn Missing);
    let index = PassageIndex::open(scratch)?;
    for Judged { asked, relevant } in judged {
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
    }
    Ok(())
}

/// Every question that has relevant units, in the order of the questions.
fn judged(dataset: Dataset<'_>) -> anyhow::Result<Vec<Judged>> {
    let mut relevant = read_qrels(dataset.qrels)?;
    let mut judged = Vec::new();
    for row in rows::<Asked>(dataset.queries)? {
        let asked = row?;
        if let Some(relevant) = relevant.remove(&asked.id) {
            judged.push(Judged { asked, relevant });
        }
    }
    // Left out, they would make a mean over other questions look like that over all.
    if let Some(example) = relevant.keys().min() {
        let (queries, qrels) = (name(dataset.queries), name(dataset.qrels));
        anyhow::bail!(
            "{queries} lacks {} of the questions that {qrels} judges, such as `{example}`\n\
             hint: name the files of one dataset",
            relevant.len()
        );
    }
    Ok(judged)
}

/// The rows of the file at `path`, which ends with the first that cannot be read or has the id of an
/// earlier one: found twice for a question, a unit would count twice.
fn rows<T: Named + for<'de> Deserialize<'de>>(
    path: &Path,
) -> anyhow::Result<impl Iterator<Item = anyhow::Result<T>>> {
    let mut known = HashSet::new();
    let rows = Rows::<T>::open(path).with_context(|| name(path))?;
    Ok(rows.map(move |(line, row)| -> anyhow::Result<T> {
        let row = row.with_context(|| format!("{} line {line}", name(path)))?;
        let id = row.id();
        anyhow::ensure!(
            known.insert(id.to_owned()),
            "{} line {line}: the id `{id}` stands in an earlier line too\n\
             hint: give each row an id of its own",
            name(path)
        );
        Ok(row)
    }))
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
    for row in rows::<Unit>(corpus)? {
        units.push(row?);
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
    for (at, line) in text.lines().enumerate() {
        let columns: Vec<&str> = line.split('\t').collect();
        if at == 0 && is_header(&columns) {
            continue;
        }
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

/// Whether the first line judges nothing: it has no number where the others have the grade.
fn is_header(columns: &[&str]) -> bool {
    let grade = columns.get(2).map(|column| column.trim().parse::<f32>());
    !matches!(grade, Some(Ok(_)))
}

fn percentile(sorted: &[f64], percent: usize) -> f64 {
    let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
    sorted.get(at).copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const CORPUS: &str = "{\"id\":\"a\",\"title\":\"Khai sinh\",\"text\":\"thời hạn đăng ký\"}\n{\"id\":\"b\",\"text\":\"lệ phí cấp hộ chiếu\"}\n";
    const QUERIES: &str = "{\"id\":\"1\",\"text\":\"đăng ký khai sinh\"}\n{\"id\":\"2\",\"text\":\"lệ phí hộ chiếu\"}\n";
    const QRELS: &str = "query-id\tcorpus-id\tscore\n1\ta\t1\n2\tb\t1\n";

    /// The report on a dataset of these files, by words alone.
    fn report(corpus: &str, queries: &str, qrels: &str) -> anyhow::Result<RetrievalReport> {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            path
        };
        let files = [
            ("corpus.jsonl", corpus),
            ("queries.jsonl", queries),
            ("qrels.tsv", qrels),
        ];
        let [corpus, queries, qrels] = files.map(|(name, text)| write(name, text));
        let dataset = Dataset {
            corpus: &corpus,
            queries: &queries,
            qrels: &qrels,
        };
        let scratch = folder.path().join("scratch");
        fs::create_dir(&scratch).unwrap();
        evaluate_retrieval(dataset, &Ranker::lexical(), Options::default(), &scratch)
    }

    fn refused(corpus: &str, queries: &str, qrels: &str) -> String {
        format!("{:#}", report(corpus, queries, qrels).unwrap_err())
    }

    #[test]
    fn ids_that_stand_twice_are_refused_with_their_line() {
        let said = refused(&format!("{CORPUS}\n{CORPUS}"), QUERIES, QRELS);
        assert!(said.contains("corpus.jsonl` line 4: the id `a`"), "{said}");
        let said = refused(CORPUS, &QUERIES.replace("\"2\"", "\"1\""), QRELS);
        assert!(said.contains("queries.jsonl` line 2: the id `1`"), "{said}");
        assert!(said.contains("\nhint: "), "{said}");
    }

    #[test]
    fn judged_questions_that_are_not_asked_are_refused() {
        let said = refused(CORPUS, QUERIES, &format!("{QRELS}3\ta\t1\n4\tb\t0\n"));
        assert!(said.contains("lacks 1 of the questions"), "{said}");
        assert!(said.contains("such as `3`"), "{said}");
    }

    #[test]
    fn judgements_need_no_header() {
        let with = report(CORPUS, QUERIES, QRELS).unwrap().metrics;
        assert_eq!((with.n_queries, with.ndcg_10), (2, 1.0));
        let (_, bare) = QRELS.split_once('\n').unwrap();
        assert_eq!(report(CORPUS, QUERIES, bare).unwrap().metrics, with);
        let said = refused(CORPUS, QUERIES, &format!("{QRELS}1\tb\tcao\n"));
        assert!(said.contains("qrels.tsv` line 4"), "{said}");
    }

    #[test]
    fn all_parts_of_a_unit_are_canonical() {
        let unit: Unit = serde_json::from_str(
            r#"{"id":"a","title":"vie\u0323\u0302t","text":"vie\u0323\u0302t","law_title":"vie\u0323\u0302t","law_number":"1"}"#,
        )
        .unwrap();
        assert_eq!(unit.parts(), ["việt 1", "việt", "việt"]);
    }
}
