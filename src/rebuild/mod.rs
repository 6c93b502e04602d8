//! Journey 3: from the corpus folder to a new live generation.
//!
//! Only what changed is parsed and written again; a bad source is reported and never stops the
//! rest; until the last step the live generation answers on.
//!
//! What is taken out of the index changes the law: what it repealed is valid again. So a document
//! leaves when its file is gone or when it turns out a state secret; one whose file is there and
//! cannot be read stays as it was, and a manifest that cannot be read stops the build. Where the
//! live generation cannot be read either, what is lost with it is named.

mod carry;
mod entry;
mod gold;

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use carry::{Carried, carry_over, told};
use entry::{act, bad_number, entry, known_act, stated_number};

use crate::corpus;
use crate::corpus::Gold;
use crate::corpus::Manifest;
use crate::corpus::ManifestError;
use crate::corpus::Problem;
use crate::corpus::ProblemKind;
use crate::corpus::Source;
use crate::doctor;
use crate::document;
use crate::document::Act;
use crate::document::Document;
use crate::embed;
use crate::embed::Embedder;
use crate::embed::Passage;
use crate::extract::Finding;
use crate::extract::Format;
use crate::index;
use crate::index::Builder;
use crate::index::Catalogue;
use crate::index::Entry;
use crate::index::PassageRow;
use crate::index::RecognisedPages;
use crate::index::Store;
use crate::index::Summary;
use crate::text::canonicalise;

/// What a rebuild did.
#[derive(Debug)]
pub struct Report {
    /// Ids of documents that were not in the last generation.
    pub added: Vec<String>,
    /// Ids of documents whose source changed.
    pub changed: Vec<String>,
    /// Ids of documents whose source is gone, is a state secret, or cannot be read and of which no
    /// earlier version could be kept.
    pub removed: Vec<String>,
    /// Ids of documents that stay as they were, because their source is there and cannot be read.
    pub kept: Vec<String>,
    /// Number of documents whose source did not change.
    pub n_unchanged: usize,
    /// How many sources were read, by format; rows of JSON lines are `JSONL`.
    pub n_by_format: BTreeMap<&'static str, usize>,
    /// Sources in whose text something is missing or may be wrong: the file and what it is.
    pub warnings: Vec<(String, Finding)>,
    /// Sources that could not be read, and what the manifest says of none.
    pub problems: Vec<Problem>,
    /// The generation that is live now.
    pub summary: Summary,
}

/// A step of a rebuild, for a progress display.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    /// So many sources have been looked at.
    Read(usize),
    /// So many of so many changed documents have been written.
    Written(usize, usize),
    /// All is written; the generation is being made durable and checked.
    Committing,
}

/// Why a rebuild stopped; the live generation stays.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The index cannot be written.
    #[error(transparent)]
    Index(#[from] index::Error),
    /// The model cannot read a passage.
    #[error(transparent)]
    Model(#[from] embed::Error),
    /// What the maintainer states cannot be read.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
}

/// Brings the index at `index_root` in step with the corpus at `corpus_root`, passages with their
/// vectors by `model`.
///
/// With `reuse` off everything is built anew. An empty corpus gives an empty index.
///
/// # Errors
/// When another build runs, the index cannot be written or the manifest not be used; the live
/// generation stays.
pub fn rebuild(
    corpus_root: &Path,
    index_root: &Path,
    model: Option<&Embedder>,
    reuse: bool,
    mut progress: impl FnMut(Progress),
) -> Result<Report, Error> {
    let manifest = Manifest::of(corpus_root)?;
    let mut builder = Store::build(index_root, reuse, model.map(Embedder::fingerprint))?;
    let known: Vec<Act> = manifest
        .known()
        .map(|(number, stated)| known_act(number, stated))
        .collect();
    builder.know(&known);
    let ocr = RecognisedPages::of(index_root, reuse);
    let mut read = read(corpus_root, &manifest, &builder, &ocr, &mut progress);
    let before = read.before(index_root);
    let (hidden, gone) = read.missing(&before);
    let sources = std::mem::take(&mut read.changed);
    let lengths = sources.iter().map(|(source, _)| source.text.len() as u64);
    builder.expect_bytes(lengths.sum());
    for entry in &gone {
        builder.remove(&entry.id)?;
    }
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    let n_sources = sources.len();
    for (at, (source, hash)) in sources.into_iter().enumerate() {
        match before.entry(&source.id) {
            None => added.push(source.id.clone()),
            Some(entry) if entry.source_hash != hash => changed.push(source.id.clone()),
            // The same, built anew.
            Some(_) => {}
        }
        put(&mut builder, &source, hash, model)?;
        progress(Progress::Written(at + 1, n_sources));
    }
    let carried = carry_over(&mut builder, index_root, hidden, model)?;
    read.conclude(&carried, &builder);
    let gold = Gold::of(corpus_root);
    read.problems.extend(gold.problems);
    if let Some(questions) = &gold.questions {
        gold::teach(&mut builder, questions, model);
    }
    progress(Progress::Committing);
    let lost = carried.lost.into_iter().map(|(entry, _)| entry);
    let ids = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.id).collect();
    let is_taught = !builder.gold().is_empty();
    let summary = builder.finish(Timestamp::now().to_string())?;
    if is_taught && corpus_root.is_dir() {
        let live = Store::open(index_root)?.live();
        read.problems.extend(gold::unanswered(&live)?);
    }
    Ok(Report {
        n_unchanged: read.present.len() - added.len() - changed.len(),
        added,
        changed,
        removed: ids(gone.into_iter().chain(lost).collect()),
        kept: ids(carried.kept),
        n_by_format: read.n_by_format,
        warnings: read.warnings,
        problems: read.problems,
        summary,
    })
}

/// What was found in the corpus.
#[derive(Default)]
struct Read {
    /// Sources that differ from the base generation, with their hashes.
    changed: Vec<(Source, String)>,
    /// The ids of all sources that may be stored.
    present: BTreeSet<String>,
    /// The ids of those that may not, whatever an earlier generation holds.
    secret: BTreeSet<String>,
    n_by_format: BTreeMap<&'static str, usize>,
    warnings: Vec<(String, Finding)>,
    problems: Vec<Problem>,
}

impl Read {
    /// Whether the source of `entry` is there, as far as anybody can tell, and was not read.
    fn hides(&self, entry: &Entry) -> bool {
        let is_hidden = |problem: &Problem| problem.hides(&entry.source_file);
        let was_read = self.present.contains(&entry.id) || self.secret.contains(&entry.id);
        !was_read && self.problems.iter().any(is_hidden)
    }

    /// Whether something is there and was not read.
    fn is_incomplete(&self) -> bool {
        let mut problems = self.problems.iter();
        problems.any(|problem| problem.unread.is_some())
    }

    /// What the index held before. Where nobody can tell, nothing of it can be kept, which is a
    /// problem if something should be.
    fn before(&mut self, index_root: &Path) -> Catalogue {
        let error = match Store::live_catalogue(index_root) {
            Ok(catalogue) => return catalogue,
            Err(error) => error,
        };
        let is_first = matches!(error, index::Error::Missing { .. });
        if self.is_incomplete() && !is_first {
            let reason = format!(
                "{}; earlier versions of what cannot be read now are lost, if it held any",
                told(&error)
            );
            let kind = ProblemKind::Unreadable(reason);
            self.problems.push(Problem::of(index_root, kind));
        }
        Catalogue::default()
    }

    /// Of the documents that the index held before, those whose source was not read although it is
    /// there, and those that leave.
    fn missing(&self, before: &Catalogue) -> (Vec<Entry>, Vec<Entry>) {
        let entries = before.entries().iter();
        let missing = entries.filter(|entry| !self.present.contains(&entry.id));
        missing.cloned().partition(|entry| self.hides(entry))
    }

    /// Says with each problem what was kept in spite of it, what could not be kept, and what the
    /// manifest takes for unknown although the finished generation holds it.
    fn conclude(&mut self, carried: &Carried, builder: &Builder) {
        for problem in &mut self.problems {
            let kept = carried.kept.iter();
            let hidden = kept.filter(|e| problem.hides(&e.source_file));
            problem.kept = hidden.map(|entry| entry.id.clone()).collect();
        }
        let lost = carried.lost.iter();
        self.problems.extend(lost.map(|(entry, reason)| {
            let reason = format!("nor can its earlier version `{}`: {reason}", entry.id);
            Problem::of(&entry.source_file, ProblemKind::Unreadable(reason))
        }));
        let held = builder.known_and_held().into_iter();
        let held = held.map(|(number, id)| ProblemKind::HeldByNow { number, id });
        self.problems.extend(held.map(Problem::of_manifest));
    }
}

fn read(
    corpus_root: &Path,
    manifest: &Manifest,
    builder: &Builder,
    ocr: &RecognisedPages,
    progress: &mut impl FnMut(Progress),
) -> Read {
    let mut read = Read::default();
    let keep = |source: Source| -> Result<(), std::convert::Infallible> {
        // Also of what did not change: an earlier version may not have known the marking.
        if let Some(marking) = doctor::forbidding(&source) {
            let kind = ProblemKind::Secret(marking.degree);
            read.problems.push(Problem::of(&source.file, kind));
            read.secret.insert(source.id);
            return Ok(());
        }
        // The rows of one law come one after the other, and one of them says it for all.
        let bad = bad_number(&source).filter(|bad| read.problems.last() != Some(bad));
        read.problems.extend(bad);
        let hash = source.hash();
        read.present.insert(source.id.clone());
        let format = source.format.map_or("JSONL", Format::name);
        *read.n_by_format.entry(format).or_default() += 1;
        let warnings = source
            .findings
            .iter()
            .filter(|finding| finding.is_warning());
        read.warnings
            .extend(warnings.map(|finding| (source.file.clone(), finding.clone())));
        progress(Progress::Read(read.present.len()));
        if builder
            .entries()
            .get(&source.id)
            .is_none_or(|entry| entry.source_hash != hash)
        {
            read.changed.push((source, hash));
        }
        Ok(())
    };
    let base = corpus::base_of(corpus_root);
    let Ok(problems) = corpus::scan_part(corpus_root, base, manifest, ocr, keep);
    read.problems.extend(problems);
    // What was not read now may have pages there.
    if !read.is_incomplete()
        && let Err(error) = ocr.prune()
    {
        tracing::warn!(%error, "recognised pages that are no longer needed cannot be removed");
    }
    read
}

fn put(
    builder: &mut Builder,
    source: &Source,
    source_hash: String,
    model: Option<&Embedder>,
) -> Result<(), Error> {
    let mut document = document::parse(&canonicalise(&source.text));
    if let Some(number) = stated_number(source) {
        // What a text does to others depends on which of them it is itself.
        document.facts.number = Some(number);
    }
    let act = act(source, &document);
    let entry = entry(source, &document, &act.effect, source_hash);
    write(builder, entry, &act, &document, model)
}

/// Writes a document with its passages and their vectors.
fn write(
    builder: &mut Builder,
    mut entry: Entry,
    act: &Act,
    document: &Document,
    model: Option<&Embedder>,
) -> Result<(), Error> {
    let passages = document.passages();
    let contexts: Vec<(String, &str)> = passages
        .iter()
        .map(|p| context(&entry, document, p.provision))
        .collect();
    let mut rows: Vec<PassageRow<'_>> = passages
        .iter()
        .zip(&contexts)
        .map(|(passage, (context, heading))| PassageRow {
            document: &act.id,
            span: passage.span,
            context,
            heading,
            text: document.slice(passage.span),
            vector: &[],
        })
        .collect();
    let vectors = vectors(&rows, model)?;
    for (row, vector) in rows.iter_mut().zip(&vectors) {
        row.vector = vector;
    }
    entry.n_passages = u32::try_from(rows.len()).unwrap_or(u32::MAX);
    Ok(builder.put(entry, act, &document.text, &rows)?)
}

/// What each of `rows` means; nothing where there is no model.
///
/// # Errors
/// When the model cannot read a text.
pub fn vectors(
    rows: &[PassageRow<'_>],
    model: Option<&Embedder>,
) -> Result<Vec<Vec<f32>>, embed::Error> {
    let Some(model) = model else {
        return Ok(Vec::new());
    };
    let texts: Vec<String> = rows.iter().map(PassageRow::whole).collect();
    let passages = rows.iter().zip(&texts);
    let passages: Vec<Passage<'_>> = passages
        .map(|(row, text)| Passage {
            heading: row.heading,
            text,
        })
        .collect();
    model.embed_passages(&passages)
}

/// What is indexed beside the text of a passage: where it stands, and its heading.
///
/// The heading is empty when the passage itself begins with it.
fn context<'a>(entry: &Entry, document: &'a Document, provision: usize) -> (String, &'a str) {
    let mut context = [entry.number.as_deref().unwrap_or_default(), &entry.title].join(" ");
    for heading in document.headings_above(provision) {
        context.push('\n');
        context.push_str(heading);
    }
    (
        context,
        document.nearest_heading(provision).unwrap_or_default(),
    )
}
