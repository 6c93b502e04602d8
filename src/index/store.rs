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
use fs4::FileExt;

use super::builder::Builder;
use super::error::Error;
use super::generation::{Generation, dir_of, read_manifest};

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

    /// Starts a new generation under `root`, from the live one where `reuse` allows and it can be
    /// read and was built with the same `model` (its fingerprint). One builder at a time; dropping
    /// it without finishing leaves the live one as it was.
    ///
    /// # Errors
    /// [`Error::Locked`] while another build runs, or when `root` cannot be written.
    pub fn build(root: &Path, reuse: bool, model: Option<&str>) -> Result<Builder, Error> {
        fs::create_dir_all(root).map_err(Error::io("create", root))?;
        let lock = lock(root)?;
        let live = current(root).ok();
        let is_alike = |number| {
            Generation::open(&dir_of(root, number))
                .is_ok_and(|generation| generation.manifest().model.as_deref() == model)
        };
        let base = live.filter(|&number| reuse && is_alike(number));
        remove_others(root, live)?;
        let next = live.unwrap_or(0) + 1;
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
    let path = root.join(CURRENT);
    let name = match fs::read_to_string(&path) {
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Err(Error::Missing {
                root: root.to_owned(),
            });
        }
        read => read.map_err(Error::opening(path))?,
    };
    let number = name
        .trim()
        .strip_prefix("gen-")
        .and_then(|digits| digits.parse().ok());
    number.ok_or_else(|| Error::Damaged {
        root: root.to_owned(),
        reason: format!("`{CURRENT}` names no generation"),
    })
}

/// Makes generation `number` live: write aside, sync, rename, sync the folder.
pub(super) fn publish(root: &Path, number: u64) -> Result<(), Error> {
    let (aside, target) = (root.join("CURRENT.new"), root.join(CURRENT));
    let mut file = File::create(&aside).map_err(Error::io("create", &aside))?;
    writeln!(file, "gen-{number:06}").map_err(Error::io("write", &aside))?;
    file.sync_all().map_err(Error::io("sync", &aside))?;
    fs::rename(&aside, &target).map_err(Error::io("replace", &target))?;
    sync_dir(root)?;
    remove_older(root, number)
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
        Err(_) => Err(Error::Locked {
            root: root.to_owned(),
        }),
    }
}

fn remove_older(root: &Path, live: u64) -> Result<(), Error> {
    for (number, dir) in generations(root)? {
        if number + N_KEPT <= live {
            fs::remove_dir_all(&dir).map_err(Error::io("remove", &dir))?;
        }
    }
    Ok(())
}

/// Removes what a crash left: folders newer than the live generation.
fn remove_others(root: &Path, live: Option<u64>) -> Result<(), Error> {
    for (number, dir) in generations(root)? {
        if live.is_none_or(|live| number > live) {
            fs::remove_dir_all(&dir).map_err(Error::io("remove", &dir))?;
        }
    }
    Ok(())
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
