//! Journey 3: from the corpus folder to a new live generation.
//!
//! Only what changed is parsed and written again; a bad source is reported and never stops the
//! rest; until the last step the live generation answers on.
//!
//! What is taken out of the index changes the law: what it repealed is valid again. So a document
//! leaves when its file is gone or when it turns out a state secret; one whose file is there and
//! cannot be read stays as it was, and a manifest that cannot be read stops the build.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

use jiff::Timestamp;

use crate::corpus;
use crate::corpus::Manifest;
use crate::corpus::ManifestError;
use crate::corpus::Overrides;
use crate::corpus::Problem;
use crate::corpus::ProblemKind;
use crate::corpus::Source;
use crate::doctor;
use crate::document;
use crate::document::Act;
use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentNumber;
use crate::document::Effect;
use crate::document::Mention;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::embed;
use crate::embed::Embedder;
use crate::embed::Passage;
use crate::extract::Finding;
use crate::extract::Format;
use crate::index;
use crate::index::Builder;
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
    /// Ids of documents whose source is gone, or is a state secret.
    pub removed: Vec<String>,
    /// Ids of documents that stay as they were, because their source is there and cannot be read.
    pub kept: Vec<String>,
    /// Number of documents taken over as they were.
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
    let (mut kept, gone): (Vec<Entry>, Vec<Entry>) = builder
        .entries()
        .values()
        .filter(|entry| !read.present.contains(&entry.id))
        .cloned()
        .partition(|entry| read.hides(entry));
    for entry in &gone {
        builder.remove(&entry.id)?;
    }
    let (mut added, mut changed) = (Vec::new(), Vec::new());
    let sources = std::mem::take(&mut read.changed);
    builder.expect_bytes(
        sources
            .iter()
            .map(|(source, _)| source.text.len() as u64)
            .sum(),
    );
    let n_sources = sources.len();
    for (at, (source, hash)) in sources.into_iter().enumerate() {
        let known = builder.entries().contains_key(&source.id);
        if known { &mut changed } else { &mut added }.push(source.id.clone());
        put(&mut builder, &source, hash, model)?;
        progress(Progress::Written(at + 1, n_sources));
    }
    kept.extend(carry_over(&mut builder, index_root, &read, model)?);
    read.conclude(&kept, &builder);
    progress(Progress::Committing);
    let ids = |entries: Vec<Entry>| entries.into_iter().map(|entry| entry.id).collect();
    Ok(Report {
        added,
        changed,
        removed: ids(gone),
        kept: ids(kept),
        n_unchanged: read.present.len() - n_sources,
        n_by_format: read.n_by_format,
        warnings: read.warnings,
        problems: read.problems,
        summary: builder.finish(Timestamp::now().to_string())?,
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

    /// Says with each problem what was kept in spite of it, and what the manifest takes for unknown
    /// although the finished generation holds it.
    fn conclude(&mut self, kept: &[Entry], builder: &Builder) {
        for problem in &mut self.problems {
            let hidden = kept.iter().filter(|e| problem.hides(&e.source_file));
            problem.kept = hidden.map(|entry| entry.id.clone()).collect();
        }
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
    if let Err(error) = ocr.prune() {
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

/// Takes over from the live generation what cannot be read now, where the build does not start from
/// that generation: all is to be built anew, or with another model. One that cannot be opened has
/// nothing to give.
fn carry_over(
    builder: &mut Builder,
    index_root: &Path,
    read: &Read,
    model: Option<&Embedder>,
) -> Result<Vec<Entry>, Error> {
    let mut kept = Vec::new();
    if read.problems.iter().all(|problem| problem.unread.is_none()) {
        return Ok(kept);
    }
    let Ok(store) = Store::open(index_root) else {
        return Ok(kept);
    };
    let live = store.live();
    let entries = live.catalogue().entries().iter();
    let hidden = entries.filter(|entry| read.hides(entry));
    let missing: Vec<&Entry> = hidden
        .filter(|entry| !builder.entries().contains_key(&entry.id))
        .collect();
    for entry in missing {
        let act = live.law().act(&entry.id);
        if let (Some(act), Ok(Some((_, document)))) = (act, live.document(&entry.id)) {
            write(builder, entry.clone(), act, &document, model)?;
            kept.push(entry.clone());
        }
    }
    Ok(kept)
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

/// What a document does to others, as its text says and its maintainer corrects.
fn act(source: &Source, document: &Document) -> Act {
    let stated = &source.overrides;
    let mut act = Act::of(&source.id, document);
    let read = act.effect.from;
    act.effect = effect(stated, act.effect);
    let entry = act.effect.from;
    let is_corrected = |r: &Relation| stated.relations.iter().any(|s| s.corrects(r));
    act.relations.retain(|relation| !is_corrected(relation));
    for relation in &mut act.relations {
        // The text names no day of its own: then what takes effect with it does so on the stated one.
        if read.is_none() && relation.kind != RelationKind::Consolidates {
            relation.from = relation.from.or(entry);
        }
    }
    act.relations.extend(
        stated
            .relations
            .iter()
            .filter_map(|s| s.relation(Some(document), entry)),
    );
    act
}

/// The number that the maintainer states.
fn stated_number(source: &Source) -> Option<DocumentNumber> {
    source.overrides.number.as_deref()?.parse().ok()
}

/// What the manifest says of a document that the corpus does not hold.
fn known_act(number: &str, stated: &Overrides) -> Act {
    let effect = effect(stated, Effect::default());
    let relations = stated.relations.iter();
    Act {
        id: number.to_owned(),
        number: number.parse().ok(),
        title: stated.title.clone(),
        issuer: stated.issuer.clone(),
        issued: stated.issued,
        relations: relations
            .filter_map(|s| s.relation(None, effect.from))
            .collect(),
        effect,
    }
}

/// When a document is in force: what is stated wins over what was read.
fn effect(stated: &Overrides, read: Effect) -> Effect {
    Effect {
        from: stated.effective.or(read.from),
        until: stated.expires.and_then(Date::previous).or(read.until),
        applies_from: stated.applies_from.or(read.applies_from),
        parts: read.parts,
    }
}

fn entry(source: &Source, document: &Document, effect: &Effect, source_hash: String) -> Entry {
    let (stated, found) = (&source.overrides, &document.facts);
    let title = stated
        .title
        .clone()
        .or_else(|| found.title.clone())
        .unwrap_or_else(|| first_line(document, source));
    Entry {
        id: source.id.clone(),
        number: stated
            .number
            .clone()
            .or_else(|| found.number.as_ref().map(ToString::to_string))
            .or_else(|| number_in(&title)),
        kind: stated
            .kind
            .clone()
            .or_else(|| found.kind.map(|kind| kind.name().to_owned())),
        issuer: stated.issuer.clone().or_else(|| found.issuer.clone()),
        title: canonicalise(&title),
        issued: stated.issued.or(found.issued),
        effective: effect.from,
        expires: effect.until.and_then(|last| last.plus(1)),
        note: stated.note.clone(),
        source_file: source.file.clone(),
        source_hash,
        version: blake3::hash(document.text.as_bytes()).to_hex().to_string(),
        pages: source
            .pages
            .iter()
            .map(|page| index::Page {
                number: page.number,
                start: page.start,
                is_recognised: page.ocr.is_some(),
            })
            .collect(),
        n_passages: 0,
        n_diagnostics: u32::try_from(document.diagnostics.len()).unwrap_or(u32::MAX),
    }
}

/// The number that a title begins with: `Nghị định 245/2026/NĐ-CP gia hạn …`. One further in is
/// another document's.
fn number_in(title: &str) -> Option<String> {
    let (span, mention) = DocumentNumber::find_in(title).into_iter().next()?;
    let Mention {
        number,
        year: Some(year),
        suffix: Some(suffix),
        ..
    } = mention
    else {
        return None;
    };
    (span.start == 0).then(|| format!("{number:0>2}/{year}/{suffix}"))
}

/// A title where there is none: the first line, or the id of a text that begins with a long one.
fn first_line(document: &Document, source: &Source) -> String {
    let line = document.text.lines().next().unwrap_or_default();
    if line.len() <= 200 {
        line.to_owned()
    } else {
        source.id.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn number_of_a_title_is_its_own_only_at_the_start() {
        let number = |title| number_in(title).unwrap_or_default();
        assert_eq!(
            number("Nghị định 245/2026/NĐ-CP gia hạn nộp thuế"),
            "245/2026/NĐ-CP"
        );
        assert_eq!(number("Thông tư số 5/2026/TT-BTC"), "05/2026/TT-BTC");
        assert_eq!(number("Sửa đổi Nghị định 63/2019/NĐ-CP"), "");
        assert_eq!(number("Hướng dẫn đăng ký khai sinh"), "");
    }
}
