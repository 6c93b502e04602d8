//! The folder of recognised pages in the index folder: one file a page, named as the cache names it.
//!
//! A file appears whole under its name or not at all, and two programs that keep the same page write
//! the same words, so nobody has to wait for anybody. Whatever goes wrong here costs time and no
//! text: the page is recognised again.

use std::collections::HashSet;
use std::fs;
use std::io;
use std::io::Write;
use std::path::Path;
use std::path::PathBuf;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;
use std::sync::atomic::AtomicU32;
use std::sync::atomic::Ordering;

use crate::extract::OcrCache;

const FOLDER: &str = "recognised";

/// Tells the files apart that one program writes at the same time.
static N_WRITTEN: AtomicU32 = AtomicU32::new(0);

/// Recognised pages kept below an index folder.
#[derive(Debug)]
pub struct RecognisedPages {
    folder: PathBuf,
    /// Whether what earlier runs kept is used.
    reuse: bool,
    /// The names asked for and kept in this run.
    used: Mutex<HashSet<String>>,
}

impl RecognisedPages {
    /// Those below `index_root`. With `reuse` off all pages are recognised anew and kept anew.
    ///
    /// Nothing is kept where there is no index folder.
    pub fn of(index_root: &Path, reuse: bool) -> Self {
        Self {
            folder: index_root.join(FOLDER),
            reuse,
            used: Mutex::default(),
        }
    }

    /// Removes the pages that this run did not use: those of files that are no longer there.
    ///
    /// # Errors
    /// When the folder cannot be read or a file not removed.
    pub fn prune(&self) -> io::Result<()> {
        let entries = match fs::read_dir(&self.folder) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            entries => entries?,
        };
        for entry in entries {
            let entry = entry?;
            let name = entry.file_name();
            let is_used = name.to_str().is_some_and(|name| self.used().contains(name));
            if !is_used {
                fs::remove_file(entry.path())?;
            }
        }
        Ok(())
    }

    fn used(&self) -> MutexGuard<'_, HashSet<String>> {
        self.used.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self, name: &str, page: &str) -> io::Result<()> {
        match fs::create_dir(&self.folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        let n = N_WRITTEN.fetch_add(1, Ordering::Relaxed);
        let aside = format!("{name}.{}.{n}", std::process::id());
        let aside = self.folder.join(aside);
        let mut file = fs::File::create(&aside)?;
        let done = file
            .write_all(page.as_bytes())
            .and_then(|()| file.sync_all())
            .and_then(|()| fs::rename(&aside, self.folder.join(name)));
        if done.is_err() {
            // Whatever stays is removed with the next pruning.
            drop(fs::remove_file(&aside));
        }
        done
    }
}

impl OcrCache for RecognisedPages {
    fn get(&self, name: &str) -> Option<String> {
        if !self.reuse {
            return None;
        }
        let page = fs::read_to_string(self.folder.join(name)).ok()?;
        self.used().insert(name.to_owned());
        Some(page)
    }

    fn put(&self, name: &str, page: &str) {
        match self.write(name, page) {
            Ok(()) => {
                self.used().insert(name.to_owned());
            }
            // `check` before the first `index`: there is no folder to keep anything in.
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => tracing::warn!(
                folder = %self.folder.display(),
                %error,
                "a recognised page cannot be kept; it will be recognised again next time"
            ),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_kept_until_a_run_does_not_use_them() {
        let index = tempfile::tempdir().unwrap();
        let first = RecognisedPages::of(index.path(), true);
        first.put("a-0-1", "một");
        first.put("b-0-1", "hai");
        first.prune().unwrap();
        let second = RecognisedPages::of(index.path(), true);
        assert_eq!(second.get("a-0-1").as_deref(), Some("một"));
        // What a crash left half written.
        fs::write(index.path().join("recognised/c-0-1.7.0"), "b").unwrap();
        second.prune().unwrap();
        let left: Vec<_> = fs::read_dir(index.path().join(FOLDER))
            .unwrap()
            .map(|entry| entry.unwrap().file_name())
            .collect();
        assert_eq!(left, ["a-0-1"]);
    }

    #[test]
    fn a_build_from_scratch_recognises_anew() {
        let index = tempfile::tempdir().unwrap();
        RecognisedPages::of(index.path(), true).put("a-0-1", "một");
        let anew = RecognisedPages::of(index.path(), false);
        assert_eq!(anew.get("a-0-1"), None);
        anew.put("a-0-1", "hai");
        anew.prune().unwrap();
        let kept = RecognisedPages::of(index.path(), true).get("a-0-1");
        assert_eq!(kept.as_deref(), Some("hai"));
    }

    #[test]
    fn without_an_index_or_a_folder_nothing_is_kept() {
        let index = tempfile::tempdir().unwrap();
        let none = RecognisedPages::of(&index.path().join("missing"), true);
        none.put("a-0-1", "một");
        assert_eq!(none.get("a-0-1"), None);
        assert!(none.prune().is_ok() && !index.path().join("missing").exists());
        fs::write(index.path().join(FOLDER), "no folder").unwrap();
        let blocked = RecognisedPages::of(index.path(), true);
        blocked.put("a-0-1", "một");
        assert_eq!(blocked.get("a-0-1"), None);
        assert!(blocked.prune().is_err());
    }
}
