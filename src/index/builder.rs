//! Builds one generation beside the live one.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::catalogue::{Catalogue, Entry};
use super::documents::DocumentWriter;
use super::error::Error;
use super::generation::{
    CATALOGUE, DOCUMENTS, FORMAT, Generation, MANIFEST, Manifest, PASSAGES, dir_of,
};
use super::gold;
use super::gold::GoldRow;
use super::law::Row;
use super::passages::{PassageRow, PassageWriter};
use super::rows::{LAW, Rows};
use super::store::{publish, remove_older, sync_dir};
use crate::document::Act;

/// Buffer of each indexing thread. Larger ones give fewer segments, not more speed.
const THREAD_MEMORY_BYTES: usize = 80_000_000;
/// Corpora below this size are written by one thread.
const SMALL_BUILD_BYTES: u64 = 4_000_000;

/// A generation in the making. Dropped without [`finish`](Self::finish), it is removed.
pub struct Builder {
    root: PathBuf,
    number: u64,
    dir: PathBuf,
    /// Documents of the finished generation; those of the base until changed.
    entries: BTreeMap<String, Entry>,
    /// What they say of each other.
    law: Rows,
    gold: Vec<GoldRow>,
    writers: Option<Writers>,
    n_threads: usize,
    changed: bool,
    base: Option<u64>,
    /// Fingerprint of the model whose vectors the passages carry.
    model: Option<String>,
    published: bool,
    /// Held until the end; the system releases it when the process dies.
    _lock: File,
}

struct Writers {
    passages: PassageWriter,
    documents: DocumentWriter,
}

/// How a build ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Summary {
    /// A new generation is live.
    Built(Manifest),
    /// Nothing differed; the live generation stays.
    Unchanged(Manifest),
}

impl Builder {
    pub(super) fn start(
        root: &Path,
        number: u64,
        base: Option<u64>,
        model: Option<String>,
        lock: File,
    ) -> Result<Self, Error> {
        let dir = dir_of(root, number);
        let (entries, law, gold) = match base {
            Some(base) => {
                let dir = dir_of(root, base);
                (
                    Catalogue::read(&dir.join(CATALOGUE))?,
                    Rows::read(&dir.join(LAW))?,
                    gold::read(&dir)?,
                )
            }
            None => (Catalogue::default(), Rows::default(), Vec::new()),
        };
        let entries = entries
            .entries()
            .iter()
            .map(|entry| (entry.id.clone(), entry.clone()))
            .collect();
        Ok(Self {
            root: root.to_owned(),
            number,
            dir,
            entries,
            law,
            gold,
            writers: None,
            n_threads: 1,
            changed: false,
            base,
            model,
            published: false,
            _lock: lock,
        })
    }

    /// What the finished generation will hold so far, by document id.
    pub fn entries(&self) -> &BTreeMap<String, Entry> {
        &self.entries
    }

    /// Says how much text is to come, in bytes, so that a large build uses more threads; before the
    /// first change.
    pub fn expect_bytes(&mut self, n_bytes: u64) {
        debug_assert!(
            self.writers.is_none(),
            "the writers are open, with as many threads as they will ever have"
        );
        let n_cores = std::thread::available_parallelism().map_or(1, usize::from);
        self.n_threads = if n_bytes < SMALL_BUILD_BYTES {
            1
        } else {
            n_cores.min(4)
        };
    }

    /// Says what is known of documents that the store does not hold, in place of what was known.
    pub fn know(&mut self, acts: &[Act]) {
        let known: BTreeMap<String, Row> = acts
            .iter()
            .map(|act| (act.id.clone(), Row::of_known(act)))
            .collect();
        if self.law.known != known {
            self.law.known = known;
            self.changed = true;
        }
    }

    /// The gold questions of the finished generation so far.
    pub fn gold(&self) -> &[GoldRow] {
        &self.gold
    }

    /// Says which gold questions are to be known, in place of those that were.
    pub fn teach(&mut self, gold: Vec<GoldRow>) {
        if self.gold != gold {
            self.gold = gold;
            self.changed = true;
        }
    }

    /// Of the documents that are only known of, those that it holds after all: the id of what is
    /// known, and that of the document, which takes its place.
    pub fn known_and_held(&self) -> BTreeMap<String, String> {
        self.law.known_and_held(self.entries.values())
    }

    /// Puts a document with its passages in, replacing the one with the same id, and what `act`
    /// says of its relations.
    ///
    /// # Errors
    /// When writing fails; drop the builder then.
    pub fn put(
        &mut self,
        entry: Entry,
        act: &Act,
        text: &str,
        passages: &[PassageRow<'_>],
    ) -> Result<(), Error> {
        let is_known = self.entries.contains_key(&entry.id);
        let writers = self.writers()?;
        if is_known {
            writers.passages.delete(&entry.id);
        }
        writers.documents.put(&entry.id, text)?;
        for passage in passages {
            writers.passages.add(passage)?;
        }
        match Row::of(act) {
            Some(row) => self.law.stored.insert(entry.id.clone(), row),
            None => self.law.stored.remove(&entry.id),
        };
        self.entries.insert(entry.id.clone(), entry);
        Ok(())
    }

    /// Takes the document `id` out, where it is in.
    ///
    /// # Errors
    /// When writing fails; drop the builder then.
    pub fn remove(&mut self, id: &str) -> Result<(), Error> {
        if self.entries.remove(id).is_none() {
            return Ok(());
        }
        self.law.stored.remove(id);
        let writers = self.writers()?;
        writers.passages.delete(id);
        writers.documents.delete(id);
        Ok(())
    }

    /// The writers, opened at the first change: an unchanged corpus costs nothing.
    fn writers(&mut self) -> Result<&mut Writers, Error> {
        self.changed = true;
        if self.writers.is_none() {
            self.prepare()?;
            let n_threads = self.n_threads;
            let memory_bytes = if n_threads == 1 {
                20_000_000
            } else {
                n_threads * THREAD_MEMORY_BYTES
            };
            let passages = PassageWriter::open(&self.dir.join(PASSAGES), n_threads, memory_bytes)?;
            let documents = DocumentWriter::open(&self.dir.join(DOCUMENTS))?;
            self.writers = Some(Writers {
                passages,
                documents,
            });
        }
        self.writers.as_mut().ok_or_else(|| Error::Missing {
            root: self.root.clone(),
        })
    }

    /// Creates the folder, with the base's files linked in: segments never change once written.
    fn prepare(&self) -> Result<(), Error> {
        for part in [PASSAGES, DOCUMENTS] {
            let dir = self.dir.join(part);
            fs::create_dir_all(&dir).map_err(Error::io("create", &dir))?;
            if let Some(base) = self.base {
                link_files(&dir_of(&self.root, base).join(part), &dir)?;
            }
        }
        Ok(())
    }

    /// Commits everything, checks it by opening it, and makes it live.
    ///
    /// # Errors
    /// When writing or the check fails; the live generation stays as it was. Only where its name
    /// cannot be made durable, the new one is live all the same.
    pub fn finish(mut self, built_at: String) -> Result<Summary, Error> {
        if !self.changed
            && let Some(base) = self.base
        {
            return Ok(Summary::Unchanged(
                Generation::open(&dir_of(&self.root, base))?
                    .manifest()
                    .clone(),
            ));
        }
        self.writers()?;
        if let Some(writers) = self.writers.take() {
            writers.documents.commit()?;
            writers.passages.commit()?;
        }
        let manifest = self.write_manifest(built_at)?;
        sync_dir(&self.dir)?;
        Generation::open(&self.dir)?;
        publish(&self.root, self.number)?;
        // Readers open it from here on, whatever else fails.
        self.published = true;
        // Before the older ones go: after a power cut `CURRENT` may name the one before.
        sync_dir(&self.root)?;
        remove_older(&self.root, self.number);
        Ok(Summary::Built(manifest))
    }

    fn write_manifest(&self, built_at: String) -> Result<Manifest, Error> {
        let catalogue = Catalogue::new(self.entries.values().cloned().collect());
        catalogue.write(&self.dir.join(CATALOGUE))?;
        self.law.write(&self.dir.join(LAW))?;
        gold::write(&self.dir, &self.gold)?;
        let manifest = Manifest {
            number: self.number,
            format: FORMAT.to_owned(),
            fingerprint: self.fingerprint(catalogue.entries()),
            model: self.model.clone(),
            built_at,
            n_documents: catalogue.entries().len() as u64,
            n_passages: catalogue
                .entries()
                .iter()
                .map(|entry| u64::from(entry.n_passages))
                .sum(),
        };
        let path = self.dir.join(MANIFEST);
        let write = || -> std::io::Result<()> {
            let file = File::create(&path)?;
            serde_json::to_writer_pretty(&file, &manifest)?;
            file.sync_all()
        };
        write().map_err(Error::io("write", &path))?;
        Ok(manifest)
    }

    /// Hash over the model, ids and versions of all documents, what is known of others, and the gold
    /// questions.
    fn fingerprint(&self, entries: &[Entry]) -> String {
        let mut hasher = blake3::Hasher::new();
        hasher.update(FORMAT.as_bytes());
        hasher.update(self.model.as_deref().unwrap_or_default().as_bytes());
        for entry in entries {
            for part in [&entry.id, &entry.source_hash, &entry.version] {
                hasher.update(part.as_bytes()).update(b"\0");
            }
        }
        for row in self.law.known.values() {
            hasher.update(format!("{row:?}").as_bytes());
        }
        for row in &self.gold {
            hasher.update(format!("{row:?}").as_bytes());
        }
        hasher.finalize().to_hex().to_string()
    }
}

impl Drop for Builder {
    fn drop(&mut self) {
        self.writers = None;
        // Best effort: what stays is removed by the next build.
        if !self.published && self.dir.exists() && fs::remove_dir_all(&self.dir).is_err() {
            tracing::warn!(dir = %self.dir.display(), "could not remove the unfinished generation");
        }
    }
}

/// Links the segment files of `from` into `to` and copies the few files tantivy replaces.
fn link_files(from: &Path, to: &Path) -> Result<(), Error> {
    for entry in fs::read_dir(from).map_err(Error::io("list", from))? {
        let entry = entry.map_err(Error::io("list", from))?;
        let (source, name) = (entry.path(), entry.file_name());
        let target = to.join(&name);
        let is_lock = source.extension().is_some_and(|e| e == "lock");
        let is_replaced = source.extension().is_some_and(|e| e == "json");
        if is_lock {
            continue;
        }
        if is_replaced || fs::hard_link(&source, &target).is_err() {
            fs::copy(&source, &target).map_err(Error::io("copy", &source))?;
        }
    }
    Ok(())
}
