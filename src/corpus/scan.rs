//! Walks the corpus folder and reads its sources.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use super::found::{Found, Row};
use super::front_matter::Overrides;
use super::gold;
use super::manifest::{self, Manifest};
use super::problem::{Problem, ProblemKind};
use super::rows::Rows;
use crate::extract;
use crate::extract::Extracted;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::OcrCache;
use crate::extract::Page;

/// One document as it was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// Unique in the corpus: the path without its extension, or the row's `id`.
    pub id: String,
    /// The file it is in, relative to the corpus; for an entry of an archive with its path there.
    pub file: String,
    /// What the content of the file is; `None` for a row.
    pub format: Option<Format>,
    /// The text as extracted, front matter taken off. That of a row is not canonical yet.
    pub text: String,
    /// Where each page starts in the text; empty where the format knows no pages.
    pub pages: Vec<Page>,
    /// What was repaired or left out while the text was extracted.
    pub findings: Vec<Finding>,
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
        if !self.pages.is_empty() {
            hasher.update(format!("{:?}", self.pages).as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

/// Reads all sources under `root`, in order of their paths, and hands each to `accept`, as they are
/// without the corrections of a manifest.
///
/// `root` may also be a single file. Scanned pages that `ocr` knows are not recognised again. What
/// could not be read is returned, in the same order; it never stops the rest. An error of `accept` does, and is passed on.
///
/// # Errors
/// Only those of `accept`.
pub fn scan<E>(
    root: &Path,
    ocr: &dyn OcrCache,
    accept: impl FnMut(Source) -> Result<(), E>,
) -> Result<Vec<Problem>, E> {
    scan_part(root, base_of(root), &Manifest::default(), ocr, accept)
}

/// As [`scan`], of `part` alone, a file or folder of the corpus at `base`, whose `manifest` corrects
/// the sources.
///
/// What the manifest says of documents that are not there is a problem of the whole corpus only.
///
/// # Errors
/// Only those of `accept`.
pub fn scan_part<E>(
    part: &Path,
    base: &Path,
    manifest: &Manifest,
    ocr: &dyn OcrCache,
    mut accept: impl FnMut(Source) -> Result<(), E>,
) -> Result<Vec<Problem>, E> {
    let mut reader = Reader {
        base,
        ocr,
        corrections: &manifest.documents,
        corrected: BTreeSet::new(),
        seen: BTreeSet::new(),
        unread: Vec::new(),
        problems: Vec::new(),
    };
    for path in files(part, &mut reader) {
        reader.read(&path, &mut accept)?;
    }
    if part == base {
        reader.report_missing();
    }
    Ok(reader.problems)
}

/// The folder that paths are relative to.
pub fn base_of(root: &Path) -> &Path {
    if root.is_file() {
        root.parent().unwrap_or(root)
    } else {
        root
    }
}

/// Whether the file at `path` has the name `own`, by which the corpus knows a file that is no source. Some
/// file systems take names that differ in case for one, and so do people.
pub(super) fn is_named(path: &Path, own: &str) -> bool {
    let name = path.file_name();
    name.is_some_and(|name| name.eq_ignore_ascii_case(own))
}

/// Whether `error`, of opening `path`, says that nothing is there: a link into nowhere is there, but not
/// what it leads to.
pub(super) fn is_absent(path: &Path, error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::NotFound && !path.is_symlink()
}

/// Files under `root` in order; the manifest of the corpus, its gold questions and what systems add by
/// themselves left out.
fn files(root: &Path, reader: &mut Reader<'_>) -> Vec<PathBuf> {
    let own = [manifest::FILE, gold::FILE].map(|name| reader.base.join(name));
    let is_hidden = |e: &walkdir::DirEntry| {
        let name = e.file_name().display().to_string();
        e.depth() > 0 && !extract::is_document(&name)
    };
    let mut paths = Vec::new();
    for entry in WalkDir::new(root)
        .follow_links(true)
        .sort_by_file_name()
        .into_iter()
        .filter_entry(|e| !is_hidden(e))
    {
        match entry {
            Ok(entry)
                if entry.file_type().is_dir() || own.iter().any(|own| own == entry.path()) => {}
            Ok(entry) => paths.push(entry.into_path()),
            Err(error) => {
                let path = error.path().unwrap_or(root).to_owned();
                let below = PathBuf::from(reader.relative(&path));
                reader.fail(below, &path, ProblemKind::Unreadable(error.to_string()));
            }
        }
    }
    paths
}

/// Whether a file holds JSON lines, plain or gzipped.
pub fn holds_rows(path: &Path) -> bool {
    let extension = |path: &Path| path.extension().map(std::ffi::OsStr::to_ascii_lowercase);
    let inner = path.file_stem().map(Path::new).and_then(extension);
    match extension(path).as_ref().and_then(|e| e.to_str()) {
        Some("jsonl") => true,
        Some("gz") => inner.is_some_and(|inner| inner == "jsonl"),
        _ => false,
    }
}

struct Reader<'a> {
    base: &'a Path,
    ocr: &'a dyn OcrCache,
    corrections: &'a BTreeMap<String, Overrides>,
    corrected: BTreeSet<String>,
    seen: BTreeSet<String>,
    /// Ids of documents that are there and were not read; ids below these too.
    unread: Vec<PathBuf>,
    problems: Vec<Problem>,
}

impl Reader<'_> {
    fn read<E>(
        &mut self,
        path: &Path,
        accept: &mut impl FnMut(Source) -> Result<(), E>,
    ) -> Result<(), E> {
        let texts = match size_of(path) {
            Ok(_) if holds_rows(path) => return self.read_rows(path, accept),
            Ok(size) => read_file(path, size, self.ocr),
            Err(kind) => Err(kind),
        };
        let texts = match texts {
            Ok(texts) => texts,
            Err(kind) => {
                self.fail(self.id_of(path).into(), path, kind);
                return Ok(());
            }
        };
        if texts.is_empty() {
            self.fail(self.id_of(path).into(), path, ProblemKind::Empty);
        }
        for text in texts {
            self.read_text(path, text, accept)?;
        }
        Ok(())
    }

    /// One text of a file; an entry of an archive has an id below that of the archive.
    fn read_text<E>(
        &mut self,
        path: &Path,
        text: Extracted,
        accept: &mut impl FnMut(Source) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut id = self.id_of(path);
        let mut place = path.to_owned();
        let mut entry = String::new();
        if text.name != name_of(path) {
            let inner = Path::new(&text.name).with_extension("");
            id = format!("{id}/{}", inner.display());
            place.push(&text.name);
            entry.clone_from(&text.name);
        }
        if is_named(&place, manifest::FILE) {
            let problem = Problem::of(self.told(&place), ProblemKind::StrayManifest);
            self.problems.push(problem);
            return Ok(());
        }
        let unread = text.findings.iter().find_map(|finding| match finding {
            Finding::Unread(error) => Some(error.clone()),
            _ => None,
        });
        if let Some(error) = unread {
            self.fail(id.into(), &place, ProblemKind::NotExtracted(error));
            return Ok(());
        }
        match Found::in_text(id.clone(), entry, text) {
            Ok(found) => self.give(path, found, accept),
            Err(kind) => {
                self.fail(id.into(), &place, kind);
                Ok(())
            }
        }
    }

    fn read_rows<E>(
        &mut self,
        path: &Path,
        accept: &mut impl FnMut(Source) -> Result<(), E>,
    ) -> Result<(), E> {
        if is_named(path, gold::FILE) {
            let problem = Problem::of(self.told(path), ProblemKind::StrayGold);
            self.problems.push(problem);
            return Ok(());
        }
        let rows = match Rows::<Row>::open(path) {
            Ok(rows) => rows,
            Err(error) => {
                let kind = ProblemKind::Unreadable(error.to_string());
                self.fail(self.id_of(path).into(), path, kind);
                return Ok(());
            }
        };
        for (line, row) in rows {
            let row = row.map_err(|error| error.to_string());
            let found = row.and_then(|row| Found::try_from(row).map_err(|error| error.to_string()));
            match found {
                Ok(found) => self.give(path, found, accept)?,
                // Which document it was, nobody can tell.
                Err(reason) => {
                    let kind = ProblemKind::BadRow { line, reason };
                    self.fail(self.id_of(path).into(), path, kind);
                }
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
            entry,
            format,
            text,
            pages,
            findings,
            overrides,
        } = found;
        let place = if entry.is_empty() {
            path.to_owned()
        } else {
            path.join(&entry)
        };
        if text.trim().is_empty() {
            self.fail(id.into(), &place, ProblemKind::Empty);
            return Ok(());
        }
        if !self.seen.insert(id.clone()) {
            let path = self.told(&place);
            let kind = ProblemKind::DuplicateId(id);
            self.problems.push(Problem::of(path, kind));
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
            file: self.relative(&place),
            format,
            text,
            pages,
            findings,
            overrides,
        })
    }

    /// Reports that what is at `place` was not read; it holds the document `id` or those below it.
    fn fail(&mut self, id: PathBuf, place: &Path, kind: ProblemKind) {
        let unread = self.relative(place).into();
        self.unread.push(id);
        self.problems.push(Problem {
            unread: Some(unread),
            ..Problem::of(self.told(place), kind)
        });
    }

    /// How people are told of `path`.
    fn told(&self, path: &Path) -> PathBuf {
        // What is scanned has no name below itself.
        if path == self.base {
            path.to_owned()
        } else {
            self.relative(path).into()
        }
    }

    /// The id of the document in the file at `path`.
    fn id_of(&self, path: &Path) -> String {
        self.relative(&path.with_extension(""))
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

    /// Reports corrections of documents that are not there.
    fn report_missing(&mut self) {
        let is_unread = |id: &str| self.unread.iter().any(|u| Path::new(id).starts_with(u));
        let missing = self
            .corrections
            .keys()
            .filter(|id| !self.corrected.contains(*id) && !is_unread(id));
        let problems =
            missing.map(|id| Problem::of_manifest(ProblemKind::NoSuchDocument(id.clone())));
        self.problems.extend(problems);
    }
}

/// The bytes of a file; what is none may be opened or read without end.
fn size_of(path: &Path) -> Result<u64, ProblemKind> {
    let metadata = fs::metadata(path).map_err(|error| unreadable(&error))?;
    if !metadata.is_file() {
        let reason = "it is a pipe, a socket or a device and no file";
        return Err(ProblemKind::Unreadable(reason.to_owned()));
    }
    Ok(metadata.len())
}

/// The texts of a file of this `size`, read only where it is not too large.
fn read_file(path: &Path, size: u64, ocr: &dyn OcrCache) -> Result<Vec<Extracted>, ProblemKind> {
    if size > extract::FILE_BYTES_MAX {
        return Err(ProblemKind::NotExtracted(extract::TOO_LARGE));
    }
    let file = fs::File::open(path).map_err(|error| unreadable(&error))?;
    let mut bytes = Vec::new();
    // It may have grown since.
    file.take(extract::FILE_BYTES_MAX + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| unreadable(&error))?;
    extract::extract_with(&name_of(path), &bytes, ocr).map_err(ProblemKind::NotExtracted)
}

fn unreadable(error: &std::io::Error) -> ProblemKind {
    ProblemKind::Unreadable(error.to_string())
}

/// The name by which a text that is no entry of an archive is known.
fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::NoCache;

    /// The ids and the problems of a part of a corpus.
    fn scanned(part: &Path, base: &Path) -> (Vec<String>, Vec<Problem>) {
        let mut ids = Vec::new();
        let manifest = Manifest::of(base).unwrap();
        let Ok(problems) = scan_part(part, base, &manifest, &NoCache, |source| {
            ids.push(source.id);
            Ok::<(), std::convert::Infallible>(())
        });
        (ids, problems)
    }

    /// A corpus with these files.
    fn corpus(files: &[(&str, &str)]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        folder
    }

    #[test]
    fn what_is_there_and_was_not_read_is_told_from_what_is_gone() {
        let corpus = corpus(&[
            ("a.md", "+++\neffective = 31/01/2026\n+++\nĐiều 1."),
            ("năm 2025/b.txt", ""),
            (
                "c.jsonl",
                "{\"id\": \"c1\", \"text\": \"Điều 1.\"}\n{\"id\": \n",
            ),
            ("d.txt", "Điều 1."),
            ("d.md", "Điều 1."),
            ("goi.zip", "PK\u{3}\u{4} broken"),
        ]);
        let (ids, problems) = scanned(corpus.path(), corpus.path());
        assert_eq!(ids, ["c1", "d"]);
        let is_hidden = |file: &str| problems.iter().any(|problem| problem.hides(file));
        for file in ["a.md", "năm 2025/b.txt", "c.jsonl", "goi.zip/cũ/a.docx"] {
            assert!(is_hidden(file), "{file}: {problems:?}");
        }
        // The second document of an id was read.
        for file in ["d.txt", "a.txt", "năm 2025/c.txt", "goi.zip.txt"] {
            assert!(!is_hidden(file), "{file}: {problems:?}");
        }
    }

    #[test]
    fn folder_that_cannot_be_listed_hides_all_below_it() {
        let corpus = corpus(&[("a.txt", "Điều 1.")]);
        let missing = corpus.path().join("missing");
        let (_, problems) = scanned(&missing, &missing);
        assert!(problems[0].hides("năm 2025/b.txt"), "{problems:?}");
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink("nowhere", corpus.path().join("năm 2025")).unwrap();
            let (_, problems) = scanned(corpus.path(), corpus.path());
            assert!(problems[0].hides("năm 2025/b.txt"), "{problems:?}");
            assert!(!problems[0].hides("a.txt"), "{problems:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn what_is_no_file_is_not_read() {
        let corpus = corpus(&[("b.txt", "Điều 1.")]);
        for name in ["a.txt", "c.jsonl"] {
            std::os::unix::fs::symlink("/dev/null", corpus.path().join(name)).unwrap();
        }
        let (ids, problems) = scanned(corpus.path(), corpus.path());
        assert_eq!(ids, ["b"]);
        assert_eq!(problems.len(), 2, "{problems:?}");
        for (problem, name) in problems.iter().zip(["a.txt", "c.jsonl"]) {
            assert!(problem.to_string().contains("a device"), "{problem}");
            assert!(problem.hides(name));
        }
    }

    #[test]
    fn manifest_that_is_not_at_the_root_is_reported_with_what_to_do() {
        let stated = "[documents.a]\nexpires = 2026-01-31\n";
        let corpus = corpus(&[
            ("manifest.toml", stated),
            ("a.txt", "Điều 1."),
            ("Manifest.TOML", stated),
            ("năm 2025/manifest.toml", stated),
            ("năm 2026/manifest.toml", ""),
        ]);
        let (ids, problems) = scanned(corpus.path(), corpus.path());
        assert_eq!(ids, ["a"]);
        let paths: Vec<String> = problems
            .iter()
            .map(|problem| problem.path.display().to_string())
            .collect();
        let stray = [
            "Manifest.TOML",
            "năm 2025/manifest.toml",
            "năm 2026/manifest.toml",
        ];
        assert_eq!(paths, stray, "{problems:?}");
        for problem in &problems {
            let told = problem.to_string();
            assert!(told.contains("into `manifest.toml` at the root"), "{told}");
            // It is no document, so no earlier version of one is to be kept.
            assert!(!problem.hides(&problem.path.display().to_string()));
        }
        // A folder that is read by itself has a manifest of its own.
        let folder = corpus.path().join("năm 2026");
        assert_eq!(scanned(&folder, &folder), (Vec::new(), Vec::new()));
    }

    #[test]
    fn manifest_in_an_archive_is_reported_and_no_document() {
        let corpus = corpus(&[]);
        let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, text) in [
            ("a.txt", "Điều 1."),
            ("sâu/manifest.toml", "[documents.a]\n"),
        ] {
            archive.start_file(name, options).unwrap();
            std::io::Write::write_all(&mut archive, text.as_bytes()).unwrap();
        }
        let bytes = archive.finish().unwrap().into_inner();
        fs::write(corpus.path().join("goi.zip"), bytes).unwrap();
        let (ids, problems) = scanned(corpus.path(), corpus.path());
        assert_eq!(ids, ["goi/a"]);
        let stray = Problem::of("goi.zip/sâu/manifest.toml", ProblemKind::StrayManifest);
        assert_eq!(problems, [stray]);
    }

    #[test]
    fn row_with_too_long_a_text_is_named_and_the_others_are_read() {
        let long = "Khai sinh ".repeat(1 << 20);
        let rows = format!(
            "{{\"id\": \"dài\", \"text\": \"{long}\"}}\n{{\"id\": \"a\", \"text\": \"Điều 1.\"}}\n"
        );
        let corpus = corpus(&[("d.jsonl", &rows)]);
        let (ids, problems) = scanned(corpus.path(), corpus.path());
        assert_eq!(ids, ["a"]);
        let told: Vec<String> = problems.iter().map(ToString::to_string).collect();
        let expected = "`d.jsonl`: line 1: its text is too large: the limit is 8388608";
        assert_eq!(told, [expected]);
    }

    #[test]
    fn manifest_is_judged_by_the_whole_corpus_only() {
        let stated = "[documents.a]\nnote = \"a\"\n[documents.\"năm 2025/b\"]\nnote = \"b\"\n\
                      [documents.c]\nnote = \"c\"\n";
        let corpus = corpus(&[
            ("manifest.toml", stated),
            ("a.txt", "Điều 1."),
            ("năm 2025/b.txt", ""),
        ]);
        let (base, file) = (corpus.path(), corpus.path().join("a.txt"));
        assert_eq!(scanned(&file, base), (vec!["a".to_owned()], Vec::new()));
        let missing = |problem: &Problem| match &problem.kind {
            ProblemKind::NoSuchDocument(id) => Some(id.clone()),
            _ => None,
        };
        let (_, problems) = scanned(base, base);
        // What could not be read is there.
        let missing: Vec<String> = problems.iter().filter_map(missing).collect();
        assert_eq!(missing, ["c"]);
    }
}
