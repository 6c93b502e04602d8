//! The index folder: which generation is live, and how a new one takes its place.
//!
//! ```text
//! index/
//!   CURRENT        name of the live generation; replaced by rename
//!   LOCK           held while building
//!   recognised/    words of scanned pages, so that none is recognised twice
//!   gen-000007/    complete, immutable
//!   gen-000008/    being built, or left by a crash: no `generation.json`
//! ```

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use arc_swap::ArcSwap;
use fs4::{FileExt, TryLockError};

use super::builder::Builder;
use super::catalogue::Catalogue;
use super::error::Error;
use super::generation::{Generation, MANIFEST, dir_of, read_catalogue, read_manifest};

const CURRENT: &str = "CURRENT";
const LOCK: &str = "LOCK";

/// The generation before the live one stays, for a reader that is just opening it.
const N_KEPT: u64 = 2;

/// An index folder with its live generation open.
pub struct Store {
    root: PathBuf,
    live: ArcSwap<Generation>,
}

impl Store {
    /// Opens the live generation under `root`.
    ///
    /// # Errors
    /// [`Error::Missing`] when none was ever completed; [`Error::Stale`], [`Error::Damaged`] or
    /// [`Error::Denied`].
    pub fn open(root: &Path) -> Result<Self, Error> {
        let live = open_current(root)?;
        Ok(Self {
            root: root.to_owned(),
            live: ArcSwap::from_pointee(live),
        })
    }

    /// The live generation; hold it for one question.
    pub fn live(&self) -> Arc<Generation> {
        self.live.load_full()
    }

    /// Takes up a newer generation where there is one; says whether it did.
    ///
    /// # Errors
    /// When the newer generation cannot be opened; the old one stays live.
    pub fn refresh(&self) -> Result<bool, Error> {
        // The manifest and not the number: an index removed and built anew counts from 1 again.
        let number = current(&self.root)?;
        if read_manifest(&dir_of(&self.root, number))? == *self.live().manifest() {
            return Ok(false);
        }
        self.live.store(Arc::new(open_current(&self.root)?));
        Ok(true)
    }

    /// The catalogue of the live generation under `root`, also where the rest of it cannot be used.
    ///
    /// # Errors
    /// [`Error::Missing`] when none was ever completed, or when the catalogue cannot be read whole.
    pub fn live_catalogue(root: &Path) -> Result<Catalogue, Error> {
        read_catalogue(&dir_of(root, current(root)?))
    }

    /// Starts a new generation under `root`, from the live one where `reuse` allows and it can be
    /// read and was built with the same `model` (its fingerprint). One builder at a time; dropping
    /// it without finishing leaves the live one as it was.
    ///
    /// # Errors
    /// [`Error::Locked`] while another build runs, when `root` cannot be written, or when what names
    /// the live generation cannot be read.
    pub fn build(root: &Path, reuse: bool, model: Option<&str>) -> Result<Builder, Error> {
        fs::create_dir_all(root).map_err(Error::io("create", root))?;
        let lock = lock(root)?;
        let live = live_number(root)?;
        let is_alike = |number| {
            Generation::open(&dir_of(root, number))
                .is_ok_and(|generation| generation.manifest().model.as_deref() == model)
        };
        let base = live.filter(|&number| reuse && is_alike(number));
        let next = remove_leftovers(root, live)? + 1;
        Builder::start(root, next, base, model.map(str::to_owned), lock)
    }
}

fn open_current(root: &Path) -> Result<Generation, Error> {
    // A reader may have read the name just before two builds ended and removed it: look again.
    let mut number = current(root)?;
    loop {
        let opened = Generation::open(&dir_of(root, number));
        let now = current(root)?;
        if opened.is_ok() || now == number {
            return opened;
        }
        number = now;
    }
}

/// Number of the live generation.
fn current(root: &Path) -> Result<u64, Error> {
    let name = name_of_live(root)?.ok_or_else(|| Error::Missing {
        root: root.to_owned(),
    })?;
    number_in(&name).ok_or_else(|| Error::Damaged {
        root: root.to_owned(),
        reason: format!("`{CURRENT}` names no generation"),
    })
}

/// Number of the live generation, for a build: there may be none, or nothing that names it. What
/// cannot be read may well name one.
fn live_number(root: &Path) -> Result<Option<u64>, Error> {
    Ok(name_of_live(root)?.and_then(|name| number_in(&name)))
}

/// What stands in `CURRENT`, where it is there.
fn name_of_live(root: &Path) -> Result<Option<Vec<u8>>, Error> {
    let path = root.join(CURRENT);
    match fs::read(&path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Ok(None)
        }
        read => read.map(Some).map_err(Error::io("read", path)),
    }
}

fn number_in(name: &[u8]) -> Option<u64> {
    let digits = str::from_utf8(name).ok()?.trim().strip_prefix("gen-")?;
    digits.parse().ok()
}

/// Makes generation `number` live: write aside, sync, rename.
pub(super) fn publish(root: &Path, number: u64) -> Result<(), Error> {
    let (aside, target) = (root.join("CURRENT.new"), root.join(CURRENT));
    let mut file = File::create(&aside).map_err(Error::io("create", &aside))?;
    writeln!(file, "gen-{number:06}").map_err(Error::io("write", &aside))?;
    file.sync_all().map_err(Error::io("sync", &aside))?;
    fs::rename(&aside, &target).map_err(Error::io("replace", &target))
}

/// Makes names in `dir` durable.
pub(super) fn sync_dir(dir: &Path) -> Result<(), Error> {
    File::open(dir)
        .and_then(|d| d.sync_all())
        .map_err(Error::io("sync", dir))
}

fn lock(root: &Path) -> Result<File, Error> {
    let path = root.join(LOCK);
    let file = File::create(&path).map_err(Error::io("create", &path))?;
    match FileExt::try_lock(&file) {
        Ok(()) => Ok(file),
        Err(error) => Err(not_locked(root, error)),
    }
}

/// Why there is no lock: some file systems know none, which is no other build.
fn not_locked(root: &Path, error: TryLockError) -> Error {
    match error {
        TryLockError::WouldBlock => Error::Locked {
            root: root.to_owned(),
        },
        TryLockError::Error(error) => Error::io("lock", root.join(LOCK))(error),
    }
}

/// Removes the generations that no reader can be opening any more, as far as it can.
pub(super) fn remove_older(root: &Path, live: u64) {
    match generations(root) {
        Ok(found) => {
            let is_older = |number: u64| number.saturating_add(N_KEPT) <= live;
            for (_, dir) in found.iter().filter(|(number, _)| is_older(*number)) {
                remove(dir);
            }
        }
        Err(error) => tracing::warn!("generations that are no longer needed stay: {error}"),
    }
}

/// Removes what a crash left, as far as it can; gives the highest number that is taken after that.
///
/// Where nothing says which generation is live, each complete one may be: they stay until the next
/// is published.
fn remove_leftovers(root: &Path, live: Option<u64>) -> Result<u64, Error> {
    let mut highest = live.unwrap_or(0);
    for (number, dir) in generations(root)? {
        let is_left = live.map_or_else(|| is_unfinished(&dir), |live| number > live);
        if !is_left || !remove(&dir) {
            highest = highest.max(number);
        }
    }
    Ok(highest)
}

/// Whether the build of a generation did not come to its end, for certain.
fn is_unfinished(dir: &Path) -> bool {
    matches!(dir.join(MANIFEST).try_exists(), Ok(false))
}

/// Removes a generation; says whether it could. One that stays costs space, and the next build tries
/// again.
fn remove(dir: &Path) -> bool {
    let removed = fs::remove_dir_all(dir);
    if let Err(error) = &removed {
        tracing::warn!(dir = %dir.display(), %error, "a generation that is no longer needed cannot be removed");
    }
    removed.is_ok()
}

fn generations(root: &Path) -> Result<Vec<(u64, PathBuf)>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(root).map_err(Error::io("list", root))? {
        let path = entry.map_err(Error::io("list", root))?.path();
        let number = path
            .file_name()
            .and_then(|n| n.to_str())
            .and_then(|n| n.strip_prefix("gen-"));
        if let Some(number) = number.and_then(|digits| digits.parse().ok()) {
            found.push((number, path));
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use tempfile::TempDir;

    use super::*;
    use crate::index::Summary;

    /// Builds the next generation, an empty one; gives its number.
    #[track_caller]
    fn build(root: &Path) -> u64 {
        let builder = Store::build(root, false, None).unwrap();
        match builder.finish("2026-07-01T00:00:00Z".to_owned()).unwrap() {
            Summary::Built(manifest) => manifest.number,
            Summary::Unchanged(manifest) => panic!("unchanged: {manifest:?}"),
        }
    }

    /// An index with `n` generations built one after the other.
    fn index(n: u64) -> TempDir {
        let folder = tempfile::tempdir().unwrap();
        for number in 1..=n {
            assert_eq!(build(folder.path()), number);
        }
        folder
    }

    fn numbers(root: &Path) -> Vec<u64> {
        let found = generations(root).unwrap().into_iter();
        let mut numbers: Vec<u64> = found.map(|(number, _)| number).collect();
        numbers.sort_unstable();
        numbers
    }

    #[test]
    fn older_generation_that_cannot_be_removed_takes_no_other_with_it() {
        let index = index(2);
        let root = index.path();
        // A file has no entries to remove.
        fs::write(root.join("gen-1"), "").unwrap();
        assert_eq!(build(root), 3);
        assert_eq!(Store::open(root).unwrap().live().manifest().number, 3);
        assert_eq!(numbers(root), [1, 2, 3]);
        assert!(!dir_of(root, 1).exists(), "one is enough to stop the rest");
    }

    #[test]
    fn leftover_that_cannot_be_removed_gives_its_number_to_no_generation() {
        let index = index(1);
        let root = index.path();
        fs::write(root.join("gen-2"), "").unwrap();
        assert_eq!(build(root), 3);
        assert_eq!(Store::open(root).unwrap().live().manifest().number, 3);
    }

    #[test]
    fn name_of_the_live_generation_that_cannot_be_read_stops_a_build() {
        let index = index(2);
        let root = index.path();
        let current = root.join(CURRENT);
        fs::remove_file(&current).unwrap();
        fs::create_dir(&current).unwrap();
        let error = Store::build(root, true, None).err().unwrap();
        assert!(
            matches!(&error, Error::Io { action: "read", path, .. } if *path == current),
            "{error:?}"
        );
        assert_eq!(numbers(root), [1, 2]);
    }

    #[test]
    fn generations_stay_until_one_is_published_where_nothing_names_the_live_one() {
        for name in [b"\0\0".as_slice(), b"gen-\xff\n", b""] {
            let index = index(2);
            let root = index.path();
            fs::write(root.join(CURRENT), name).unwrap();
            drop(Store::build(root, true, None).unwrap());
            assert_eq!(numbers(root), [1, 2]);
            assert_eq!(build(root), 3);
            assert_eq!(numbers(root), [2, 3]);
        }
        let index = index(2);
        fs::remove_file(index.path().join(CURRENT)).unwrap();
        drop(Store::build(index.path(), true, None).unwrap());
        assert_eq!(numbers(index.path()), [1, 2]);
    }

    #[test]
    fn first_build_that_crashed_leaves_nothing() {
        let index = index(0);
        let root = index.path();
        fs::create_dir_all(dir_of(root, 1).join("passages")).unwrap();
        assert_eq!(build(root), 1);
    }

    #[test]
    fn only_a_lock_that_is_held_is_another_build() {
        let root = Path::new("index");
        let failed = |kind: ErrorKind| not_locked(root, TryLockError::Error(kind.into()));
        assert!(matches!(
            not_locked(root, TryLockError::WouldBlock),
            Error::Locked { .. }
        ));
        assert!(matches!(
            failed(ErrorKind::PermissionDenied),
            Error::Denied { action: "lock", .. }
        ));
        let error = failed(ErrorKind::Unsupported);
        assert!(
            matches!(&error, Error::Io { action: "lock", path, .. } if *path == root.join(LOCK)),
            "{error:?}"
        );
        let index = index(0);
        let first = lock(index.path()).unwrap();
        assert!(matches!(lock(index.path()), Err(Error::Locked { .. })));
        drop(first);
        assert!(lock(index.path()).is_ok());
    }
}
