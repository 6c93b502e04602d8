//! A tantivy index that nobody writes any more, opened without writing to its folder.
//!
//! tantivy locks a file of the folder while it opens segments, against a writer that removes them
//! meanwhile. A complete generation has no writer, and who reads it may have no right to write there.

use std::io;
use std::path::Path;
use std::sync::Arc;

use tantivy::Index;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, WatchCallback, WatchHandle, WritePtr,
};

/// Opens the index in the folder `root` for reading.
pub(super) fn open(root: &Path) -> tantivy::Result<Index> {
    Index::open(Sealed(MmapDirectory::open(root)?))
}

/// A folder that is only read.
#[derive(Clone, Debug)]
struct Sealed(MmapDirectory);

impl Directory for Sealed {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.0.get_file_handle(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.0.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.0.atomic_read(path)
    }

    /// There is nobody to lock out.
    fn acquire_lock(&self, _: &Lock) -> Result<DirectoryLock, LockError> {
        Ok(DirectoryLock::from(Box::new(())))
    }

    /// Nothing will change.
    fn watch(&self, _: WatchCallback) -> tantivy::Result<WatchHandle> {
        Ok(WatchHandle::empty())
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        Err(DeleteError::IoError {
            io_error: Arc::new(sealed()),
            filepath: path.to_owned(),
        })
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        Err(OpenWriteError::wrap_io_error(sealed(), path.to_owned()))
    }

    fn atomic_write(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Err(sealed())
    }

    fn sync_directory(&self) -> io::Result<()> {
        Err(sealed())
    }
}

fn sealed() -> io::Error {
    io::Error::new(
        io::ErrorKind::Unsupported,
        "a complete generation is not written to",
    )
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use crate::index::documents::{DocumentStore, DocumentWriter};
    use crate::index::passages::{PassageIndex, PassageWriter};

    /// A folder in which no lock can be taken, not even by root: a folder has the lock file's name.
    fn without_lock(folder: &Path) {
        let lock = folder.join(".tantivy-meta.lock");
        drop(fs::remove_file(&lock));
        fs::create_dir(&lock).unwrap();
    }

    #[test]
    fn indexes_are_opened_where_no_lock_can_be_taken() {
        let folder = tempfile::tempdir().unwrap();
        let [passages, documents] = ["passages", "documents"].map(|part| folder.path().join(part));
        fs::create_dir(&passages).unwrap();
        fs::create_dir(&documents).unwrap();
        let writer = PassageWriter::open(&passages, 1, 20_000_000).unwrap();
        writer.commit().unwrap();
        let writer = DocumentWriter::open(&documents).unwrap();
        writer.put("a", "một").unwrap();
        writer.commit().unwrap();
        without_lock(&passages);
        without_lock(&documents);
        assert_eq!(PassageIndex::open(&passages).unwrap().n_passages(), 0);
        let stored = DocumentStore::open(&documents).unwrap();
        assert_eq!(stored.text("a").unwrap().as_deref(), Some("một"));
    }
}
