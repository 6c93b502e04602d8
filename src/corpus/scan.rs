//! Walks the corpus folder and reads its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use serde::Deserialize;
use walkdir::WalkDir;

use super::front_matter::{self, Overrides};
use super::manifest::{self, Manifest};
use super::problem::{Problem, ProblemKind};
use super::rows::Rows;

/// One document as it was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// Unique in the corpus: the path without its extension, or the row's `id`.
    pub id: String,
    /// The file it is in, relative to the corpus.
    pub file: String,
    /// The text as found, front matter taken off; not canonical yet.
    pub text: String,
    /// What front matter, row fields and manifest state, merged.
    pub overrides: Overrides,
}

impl Source {
    /// Hash of everything that decides what is stored: equal hashes mean nothing changed.
    pub fn hash(&self) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher
            .update(self.file.as_bytes())
            .update(b"\0")
            .update(self.text.as_bytes())
            .update(b"\0");
        hasher.update(format!("{:?}", self.overrides).as_bytes());
        hasher.finalize().to_hex().to_string()
    }
}

/// Reads all sources under `root`, in order of their paths, and hands each to `accept`.
///
/// `root` may also be a single file. What could not be read is returned, in the same order; it
/// never stops the rest. An error of `accept` does, and is passed on.
///
/// # Errors
/// Only those of `accept`.
pub fn scan<E>(
    root: &Path,
    mut accept: impl FnMut(Source) -> Result<(), E>,
) -> Result<Vec<Problem>, E> {
    let base = if root.is_file() {
        root.parent().unwrap_or(root)
    } else {
        root
    };
    let (manifest, problem) = Manifest::read(base);
    let mut reader = Reader {
        base,
        corrections: manifest.documents,
        corrected: BTreeSet::new(),
        seen: BTreeSet::new(),
        problems: problem.into_iter().collect(),
    };
    for path in files(root, &mut reader) {
        reader.read(&path, &mut accept)?;
    }
    Ok(reader.finish())
}

/// Files under `root` in order, hidden ones and the manifest left out.
fn files(root: &Path, reader: &mut Reader<'_>) -> Vec<PathBuf> {
    let is_hidden =
        |e: &walkdir::DirEntry| e.depth() > 0 && e.file_name().as_encoded_bytes().starts_with(b".");
    let mut paths = Vec::new();
    for entry in WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| !is_hidden(e))
    {
        match entry {
            Ok(entry) if entry.file_type().is_dir() || entry.file_name() == manifest::FILE => {}
            Ok(entry) => paths.push(entry.into_path()),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                reader.report(&path, ProblemKind::Unreadable(error.to_string()));
            }
        }
    }
    paths
}

/// How a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    Text,
    Rows,
    Unknown,
}

impl Format {
    fn of(path: &Path) -> Self {
        let extension = |path: &Path| path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
        let inner = path.file_stem().map(Path::new).and_then(extension);
        match extension(path).as_ref().and_then(|e| e.to_str()) {
            Some("txt" | "md") => Self::Text,
            Some("jsonl") => Self::Rows,
            Some("gz") if inner.is_some_and(|inner| inner == "jsonl") => Self::Rows,
            _ => Self::Unknown,
        }
    }
}

/// What a file or row says, before the manifest has its say.
struct Found {
    id: String,
    text: String,
    overrides: Overrides,
}

struct Reader<'a> {
    base: &'a Path,
    corrections: BTreeMap<String, Overrides>,
    corrected: BTreeSet<String>,
    seen: BTreeSet<String>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn read<E>(
        &mut self,
        path: &Path,
        accept: &mut impl FnMut(Source) -> Result<(), E>,
    ) -> Result<(), E> {
        match Format::of(path) {
            Format::Rows => return self.read_rows(path, accept),
            Format::Unknown => {
                self.report(path, ProblemKind::UnsupportedFormat);
                return Ok(());
            }
            Format::Text => {}
        }
        match read_text(path) {
            Ok((overrides, text)) => {
                let id = self.relative(&path.with_extension(""));
                self.give(
                    path,
                    Found {
                        id,
                        text,
                        overrides,
                    },
                    accept,
                )
            }
            Err(kind) => {
                self.report(path, kind);
                Ok(())
            }
        }
    }

    fn read_rows<E>(
        &mut self,
        path: &Path,
        accept: &mut impl FnMut(Source) -> Result<(), E>,
    ) -> Result<(), E> {
        let rows = match Rows::<Row>::open(path) {
            Ok(rows) => rows,
            Err(error) => {
                self.report(path, ProblemKind::Unreadable(error.to_string()));
                return Ok(());
            }
        };
        for (line, row) in rows {
            match row {
                Ok(row) => {
                    self.give(path, row.into_found(), accept)?;
                }
                Err(error) => self.report(
                    path,
                    ProblemKind::BadRow {
                        line,
                        reason: error.to_string(),
                    },
                ),
            }
        }
        Ok(())
    }

    fn give<E>(
        &mut self,
        path: &Path,
        found: Found,
        accept: &mut impl FnMut(Source) -> Result<(), E>,
    ) -> Result<(), E> {
        let Found {
            id,
            text,
            overrides,
        } = found;
        if text.trim().is_empty() {
            self.report(path, ProblemKind::Empty);
            return Ok(());
        }
        if !self.seen.insert(id.clone()) {
            self.report(path, ProblemKind::DuplicateId(id));
            return Ok(());
        }
        let overrides = match self.corrections.get(&id) {
            Some(correction) => {
                self.corrected.insert(id.clone());
                overrides.overridden_by(correction.clone())
            }
            None => overrides,
        };
        accept(Source {
            id,
            file: self.relative(path),
            text,
            overrides,
        })
    }

    fn report(&mut self, path: &Path, kind: ProblemKind) {
        self.problems.push(Problem {
            path: self.relative(path).into(),
            kind,
        });
    }

    /// `path` below the corpus, with `/` between its parts.
    fn relative(&self, path: &Path) -> String {
        let below = path.strip_prefix(self.base).unwrap_or(path);
        let parts: Vec<String> = below
            .iter()
            .map(|part| part.display().to_string())
            .collect();
        parts.join("/")
    }

    fn finish(mut self) -> Vec<Problem> {
        let missing: Vec<String> = self
            .corrections
            .keys()
            .filter(|id| !self.corrected.contains(*id))
            .cloned()
            .collect();
        for id in missing {
            self.problems.push(Problem {
                path: manifest::FILE.into(),
                kind: ProblemKind::NoSuchDocument(id),
            });
        }
        self.problems
    }
}

fn read_text(path: &Path) -> Result<(Overrides, String), ProblemKind> {
    let bytes = fs::read(path).map_err(|e| ProblemKind::Unreadable(e.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|e| ProblemKind::InvalidUtf8 {
        at: e.utf8_error().valid_up_to(),
    })?;
    let (overrides, body) = front_matter::split(&text)?;
    Ok((overrides, body.to_owned()))
}

/// One row of a JSON-lines corpus. Rows with `article_no` are single articles of a law.
#[derive(Deserialize)]
struct Row {
    id: String,
    #[serde(default)]
    title: String,
    text: String,
    #[serde(default)]
    law_title: Option<String>,
    #[serde(default)]
    law_number: Option<String>,
    #[serde(default)]
    article_no: Option<String>,
}

impl Row {
    fn into_found(self) -> Found {
        let article = self.article_no.filter(|number| !number.is_empty());
        let text = match article {
            Some(number) => format!("Điều {number}. {}\n{}", self.title, self.text),
            None => self.text,
        };
        let title = self
            .law_title
            .filter(|title| !title.is_empty())
            .unwrap_or(self.title);
        let title = Some(title).filter(|title| !title.is_empty());
        let overrides = Overrides {
            title,
            number: self.law_number,
            ..Overrides::default()
        };
        Found {
            id: self.id,
            text,
            overrides,
        }
    }
}
