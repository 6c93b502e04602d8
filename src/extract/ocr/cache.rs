//! What was recognised before, so that no page is put to Tesseract twice.
//!
//! A page takes seconds; its words are a few kilobytes. Who keeps them, and where, is decided above:
//! nothing here opens files.

use crate::extract::ocr::Seen;

/// Raised whenever the same page would be recognised otherwise: drawn at another resolution, or put
/// to the program with other arguments.
const VERSION: u32 = 1;

/// Keeps recognised pages by name.
///
/// A cache may forget, and it may be shared by threads and programs. A name holds small letters,
/// digits and hyphens only.
pub trait OcrCache: Sync {
    /// The page that was kept under `name`.
    fn get(&self, name: &str) -> Option<String>;
    /// Keeps `page` under `name`.
    fn put(&self, name: &str, page: &str);
}

/// Keeps nothing.
#[derive(Clone, Copy, Debug)]
pub struct NoCache;

impl OcrCache for NoCache {
    fn get(&self, _name: &str) -> Option<String> {
        None
    }

    fn put(&self, _name: &str, _page: &str) {}
}

/// The pages of one file in the cache, found by what the file holds and not by its name.
pub(in crate::extract) struct SeenPages<'c> {
    cache: &'c dyn OcrCache,
    file: blake3::Hash,
}

impl<'c> SeenPages<'c> {
    /// Those of the file with these `bytes`.
    pub(in crate::extract) fn of(bytes: &[u8], cache: &'c dyn OcrCache) -> Self {
        let file = blake3::hash(bytes);
        Self { cache, file }
    }

    /// What was seen on the page at the place `at`, from 0.
    pub(in crate::extract) fn get(&self, at: usize) -> Option<Seen> {
        Seen::from_kept(&self.cache.get(&self.name(at))?)
    }

    /// Keeps what was seen on the page at the place `at`.
    pub(in crate::extract) fn put(&self, at: usize, seen: &Seen) {
        self.cache.put(&self.name(at), &seen.to_kept());
    }

    fn name(&self, at: usize) -> String {
        format!("{}-{at}-{VERSION}", self.file.to_hex())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashMap;
    use std::sync::Mutex;

    #[derive(Default)]
    struct Kept(Mutex<HashMap<String, String>>);

    impl OcrCache for Kept {
        fn get(&self, name: &str) -> Option<String> {
            self.0.lock().unwrap().get(name).cloned()
        }

        fn put(&self, name: &str, page: &str) {
            let mut pages = self.0.lock().unwrap();
            pages.insert(name.to_owned(), page.to_owned());
        }
    }

    #[test]
    fn pages_are_found_by_the_bytes_of_their_file() {
        let cache = Kept::default();
        let seen = Seen {
            resolution: 300,
            table: "5\t1\t1\t1\t1\t1\t300\t200\t90\t30\t90\tĐiều\n".to_owned(),
        };
        SeenPages::of(b"a", &cache).put(1, &seen);
        assert_eq!(SeenPages::of(b"a", &cache).get(1), Some(seen));
        assert_eq!(SeenPages::of(b"a", &cache).get(0), None);
        assert_eq!(SeenPages::of(b"b", &cache).get(1), None);
        let pages = cache.0.lock().unwrap();
        let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        assert!(pages.keys().all(|name| name.chars().all(is_plain)));
    }

    #[test]
    fn what_is_no_page_is_seen_anew() {
        let cache = Kept::default();
        let pages = SeenPages::of(b"a", &cache);
        for broken in ["", "300", "x\n5\t1", "0\n5\t1"] {
            cache.put(&pages.name(0), broken);
            assert_eq!(pages.get(0), None, "{broken}");
        }
    }
}
