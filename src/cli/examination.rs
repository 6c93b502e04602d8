//! What the doctor says of a file, for `check` and `add`.

use std::path::Path;
use std::path::PathBuf;

use serde::Serialize;

use super::output;
use crate::config::Paths;
use crate::corpus::Manifest;
use crate::corpus::ManifestError;
use crate::corpus::Source;
use crate::corpus::base_of;
use crate::corpus::scan_part;
use crate::doctor;
use crate::doctor::Concern;
use crate::doctor::Stored;
use crate::document::Date;
use crate::document::Diagnostic;
use crate::document::Document;
use crate::document::Level;
use crate::extract::Format;
use crate::index::RecognisedPages;
use crate::index::Store;

/// How many lines of the outline are printed.
const OUTLINE_LINES_MAX: usize = 24;

/// What was recognised in one source.
#[derive(Serialize)]
pub(super) struct Checked {
    file: String,
    id: String,
    format: &'static str,
    n_pages: usize,
    /// How many pages were recognised from pictures.
    n_pages_recognised: usize,
    number: Option<String>,
    kind: Option<String>,
    issuer: Option<String>,
    issued: Option<String>,
    effective: Option<String>,
    title: Option<String>,
    n_provisions: usize,
    n_articles: usize,
    n_passages: usize,
    outline: Vec<String>,
    relations: Vec<String>,
    diagnostics: Vec<String>,
    concerns: Vec<Told>,
    /// Whether it must stay out of the corpus.
    pub(super) refused: bool,
}

/// A concern as JSON.
#[derive(Serialize)]
struct Told {
    code: &'static str,
    gravity: String,
    line: Option<usize>,
    message: String,
    advice: &'static str,
    #[serde(skip)]
    printed: String,
}

impl From<&Concern> for Told {
    fn from(concern: &Concern) -> Self {
        Self {
            code: concern.code,
            gravity: concern.gravity.to_string(),
            line: concern.line,
            message: concern.message.clone(),
            advice: concern.advice,
            printed: concern.to_string(),
        }
    }
}

/// What is stored already, where there is an index; none is built for this.
pub(super) fn stored(paths: &Paths) -> Stored {
    let mut stored = Stored::default();
    let Ok(store) = Store::open(&paths.index) else {
        return stored;
    };
    let generation = store.live();
    for entry in generation.catalogue().entries() {
        if let Ok(Some((entry, document))) = generation.document(&entry.id) {
            let number = entry.number.as_deref();
            stored.add(&entry.id, &entry.source_file, number, &document.text);
        }
    }
    stored
}

/// Examines all sources in a file or folder; what cannot be read comes back in words.
///
/// Pages that are recognised on the way are kept for the next `index`, where there is an index.
///
/// # Errors
/// When there is a manifest and it cannot be used.
pub(super) fn of_file(
    file: &Path,
    stored: &Stored,
    paths: &Paths,
) -> Result<(Vec<Checked>, Vec<String>), ManifestError> {
    let ocr = RecognisedPages::of(&paths.index, true);
    let home = Home::of(file, &paths.corpus)?;
    let mut checked = Vec::new();
    let Ok(problems) = scan_part(&home.part, &home.base, &home.manifest, &ocr, |source| {
        checked.push(Checked::new(&source, stored));
        Ok::<(), std::convert::Infallible>(())
    });
    let problems = problems.iter().map(ToString::to_string);
    Ok((checked, problems.collect()))
}

/// Where a file or folder stands, and what is stated of its documents.
struct Home {
    part: PathBuf,
    base: PathBuf,
    manifest: Manifest,
}

impl Home {
    /// In the corpus, where it is or is to come into it; another folder is a corpus of its own.
    fn of(file: &Path, corpus: &Path) -> Result<Self, ManifestError> {
        let places = file
            .canonicalize()
            .ok()
            .zip(base_of(corpus).canonicalize().ok());
        if let Some((part, base)) = places.filter(|(part, base)| part.starts_with(base)) {
            let manifest = Manifest::of(corpus)?;
            return Ok(Self {
                part,
                base,
                manifest,
            });
        }
        Ok(Self {
            part: file.to_owned(),
            base: base_of(file).to_owned(),
            manifest: Manifest::of(if file.is_dir() { file } else { corpus })?,
        })
    }
}

impl Checked {
    fn new(source: &Source, stored: &Stored) -> Self {
        let examined = doctor::examine(source, stored);
        let document = &examined.document;
        let (stated, facts) = (&source.overrides, &document.facts);
        let is_article = |p: &&crate::document::Provision| p.level == Level::Article;
        let date = |stated: Option<Date>, found: Option<Date>| stated.or(found).map(Date::to_iso);
        let number = facts.number.as_ref().map(ToString::to_string);
        let kind = facts.kind.map(|kind| kind.name().to_owned());
        Self {
            file: source.file.clone(),
            id: source.id.clone(),
            format: source.format.map_or("JSONL", Format::name),
            n_pages: source.pages.len(),
            n_pages_recognised: source
                .pages
                .iter()
                .filter(|page| page.ocr.is_some())
                .count(),
            number: stated.number.clone().or(number),
            kind: stated.kind.clone().or(kind),
            issuer: stated.issuer.clone().or_else(|| facts.issuer.clone()),
            issued: date(stated.issued, facts.issued),
            effective: date(stated.effective, facts.effective),
            title: stated.title.clone().or_else(|| facts.title.clone()),
            n_provisions: document.provisions.len() - 1,
            n_articles: document.provisions.iter().filter(is_article).count(),
            n_passages: document.passages().len(),
            outline: outline(document),
            relations: relations(document),
            diagnostics: diagnostics(document),
            concerns: examined.concerns.iter().map(Told::from).collect(),
            refused: examined.is_refused(),
        }
    }

    /// Prints it for people.
    pub(super) fn print(&self) -> anyhow::Result<()> {
        let shown =
            |value: &Option<String>| value.clone().unwrap_or_else(|| "not recognised".to_owned());
        output::line(&format!("{} (id `{}`)", self.file, self.id))?;
        for (name, value) in [
            ("format", self.described_format()),
            ("number", shown(&self.number)),
            ("kind", shown(&self.kind)),
            ("issuer", shown(&self.issuer)),
            ("issued", shown(&self.issued)),
            ("effective", shown(&self.effective)),
            ("title", shown(&self.title)),
            (
                "structure",
                format!(
                    "{} provisions, {} Điều, {} passages",
                    self.n_provisions, self.n_articles, self.n_passages
                ),
            ),
        ] {
            output::line(&format!("  {name:<10} {value}"))?;
        }
        for line in self.outline.iter().take(OUTLINE_LINES_MAX) {
            output::line(&format!("    {line}"))?;
        }
        if let Some(n_more @ 1..) = self.outline.len().checked_sub(OUTLINE_LINES_MAX) {
            output::line(&format!("    … {n_more} more"))?;
        }
        for relation in &self.relations {
            output::line(&format!("  relation   {relation}"))?;
        }
        self.concerns
            .iter()
            .try_for_each(|concern| output::line(&format!("  {}", concern.printed)))
    }

    fn described_format(&self) -> String {
        match (self.n_pages, self.n_pages_recognised) {
            (0, _) => self.format.to_owned(),
            (n, 0) => format!("{}, {n} pages", self.format),
            (n, seen) => format!(
                "{}, {n} pages, {seen} recognised from pictures",
                self.format
            ),
        }
    }
}

/// What was odd, each with its line; they stand in reading order, so lines are counted once.
fn diagnostics(document: &Document) -> Vec<String> {
    let (mut line, mut counted) = (1, 0);
    let mut one = |diagnostic: &Diagnostic| {
        let start = diagnostic.span.start;
        let between = document.text.get(counted..start).unwrap_or_default();
        line += between.matches('\n').count();
        counted = start;
        format!("line {line}: {}", diagnostic.kind)
    };
    document.diagnostics.iter().map(&mut one).collect()
}

/// Headings down to Điều, indented.
fn outline(document: &Document) -> Vec<String> {
    let is_listed = |level: Level| {
        matches!(
            level,
            Level::Appendix
                | Level::Attachment
                | Level::Form
                | Level::Part
                | Level::Chapter
                | Level::Section
                | Level::Subsection
                | Level::Article
                | Level::Case
                | Level::Heading
        )
    };
    let listed = document
        .provisions
        .iter()
        .enumerate()
        .filter(|(_, provision)| is_listed(provision.level));
    listed
        .map(|(at, provision)| {
            let depth = document.ancestors(at).count().saturating_sub(1);
            let line = document.slice(provision.own).lines().next();
            format!("{}{}", "  ".repeat(depth), line.unwrap_or_default())
        })
        .collect()
}

/// What the document does to others: `replaces 15/2021/NĐ-CP: khoản 1 Điều 5`.
fn relations(document: &Document) -> Vec<String> {
    let one = |relation: &crate::document::Relation| {
        let target = &relation.target;
        let places: Vec<String> = target.locators.iter().map(ToString::to_string).collect();
        let named = format!("{} {}", relation.kind.name(), target.document);
        if places.is_empty() {
            named
        } else {
            format!("{named}: {}", places.join(", "))
        }
    };
    let mut lines: Vec<String> = document.relations().iter().map(one).collect();
    lines.dedup();
    lines
}
