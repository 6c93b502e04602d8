//! The file that a stored document came from, as it lies in the corpus.

use std::fs;
use std::io;
use std::path::Component;
use std::path::Path;

use super::scan::base_of;
use super::scan::holds_rows;
use crate::extract;
use crate::extract::ExtractError;

/// Why a file that is there cannot be given out.
#[derive(Debug, thiserror::Error)]
pub enum OriginalError {
    /// The system does not let it be read.
    #[error("`{file}` cannot be read")]
    Unreadable {
        /// The file, relative to the corpus.
        file: String,
        /// What the system says.
        source: io::Error,
    },
    /// The archive it is in is damaged, or the file beyond a limit.
    #[error("`{file}` cannot be given out")]
    NotUnpacked {
        /// The file, relative to the corpus.
        file: String,
        /// What is wrong with it.
        source: ExtractError,
    },
}

/// The bytes of `file`, a path relative to the corpus at `root` as [`super::Source::file`] has it:
/// that of an entry goes on inside its archive.
///
/// `None` where the file is gone, where the document was a row of JSON lines, and for a path that
/// leads out of the corpus.
///
/// # Errors
/// When the file is there and cannot be read.
pub fn original(root: &Path, file: &str) -> Result<Option<Vec<u8>>, OriginalError> {
    let is_below = |part: Component<'_>| matches!(part, Component::Normal(_));
    if !Path::new(file).components().all(is_below) {
        return Ok(None);
    }
    let base = base_of(root);
    // The shortest path that is a file: what follows is in it.
    let ends = file.match_indices('/').map(|(at, _)| at);
    for (outer, inner) in ends
        .chain([file.len()])
        .filter_map(|at| file.split_at_checked(at))
    {
        let path = base.join(outer);
        if !path.is_file() {
            continue;
        }
        if holds_rows(&path) {
            return Ok(None);
        }
        return read(&path, inner.trim_start_matches('/'), file);
    }
    Ok(None)
}

/// The bytes of the file at `path`, or those of the entry `inner` of it.
fn read(path: &Path, inner: &str, file: &str) -> Result<Option<Vec<u8>>, OriginalError> {
    let unreadable = |source| OriginalError::Unreadable {
        file: file.to_owned(),
        source,
    };
    let not_unpacked = |source| OriginalError::NotUnpacked {
        file: file.to_owned(),
        source,
    };
    if fs::metadata(path).map_err(unreadable)?.len() > extract::FILE_BYTES_MAX {
        return Err(not_unpacked(extract::TOO_LARGE));
    }
    let bytes = fs::read(path).map_err(unreadable)?;
    if inner.is_empty() {
        return Ok(Some(bytes));
    }
    extract::entry(&bytes, inner).map_err(not_unpacked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn archive(name: &str, bytes: &[u8]) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(io::Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        writer.start_file(name, options).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap().into_inner()
    }

    #[test]
    fn files_and_entries_are_found_by_the_path_that_sources_have() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("corpus");
        fs::create_dir_all(root.join("năm 2025")).unwrap();
        fs::write(root.join("năm 2025/a.txt"), "một").unwrap();
        let inner = archive("../b.txt", "hai".as_bytes());
        fs::write(root.join("goi.zip"), archive("sâu/c.zip", &inner)).unwrap();
        fs::write(root.join("d.jsonl"), "{}").unwrap();
        fs::write(folder.path().join("ngoài.txt"), "ngoài").unwrap();
        let found = |file: &str| original(&root, file).unwrap();
        assert_eq!(found("năm 2025/a.txt").unwrap(), "một".as_bytes());
        assert_eq!(found("goi.zip/sâu/c.zip/b.txt").unwrap(), "hai".as_bytes());
        for none in [
            "../ngoài.txt",
            "năm 2025/../../ngoài.txt",
            "/etc/hostname",
            "năm 2025",
            "thiếu.txt",
            "goi.zip/thiếu.txt",
            "d.jsonl",
            "",
        ] {
            assert_eq!(found(none), None, "{none}");
        }
        // A corpus that is a single file.
        let single = root.join("năm 2025/a.txt");
        assert_eq!(
            original(&single, "a.txt").unwrap().unwrap(),
            "một".as_bytes()
        );
    }

    /// `error` with its causes, as the log has them.
    fn told(error: OriginalError) -> String {
        format!("{:#}", anyhow::Error::from(error))
    }

    #[test]
    fn a_damaged_archive_is_named_and_its_damage_told_once() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("goi.zip"), "PK\u{3}\u{4} broken").unwrap();
        let error = original(folder.path(), "goi.zip/a.txt").unwrap_err();
        let told = told(error);
        assert!(told.starts_with("`goi.zip/a.txt` "), "{told}");
        assert_eq!(told.matches("is damaged").count(), 1, "{told}");
    }

    #[test]
    fn a_file_beyond_the_limit_is_not_read() {
        let folder = tempfile::tempdir().unwrap();
        let file = fs::File::create(folder.path().join("a.pdf")).unwrap();
        file.set_len(extract::FILE_BYTES_MAX + 1).unwrap();
        let error = original(folder.path(), "a.pdf").unwrap_err();
        let told = told(error);
        assert_eq!(told.matches("the limit is").count(), 1, "{told}");
    }

    #[cfg(unix)]
    #[test]
    fn a_file_that_may_not_be_read_is_an_error() {
        use std::os::unix::fs::symlink;
        let folder = tempfile::tempdir().unwrap();
        // Root may read everything but what no program can: memory at address 0.
        if Path::new("/proc/self/mem").exists() {
            symlink("/proc/self/mem", folder.path().join("a.txt")).unwrap();
            let error = original(folder.path(), "a.txt").unwrap_err();
            let OriginalError::Unreadable { source, .. } = &error else {
                panic!("{error:?}")
            };
            let reason = source.to_string();
            let told = told(error);
            assert!(told.contains("cannot be read: "), "{told}");
            assert_eq!(told.matches(&reason).count(), 1, "{told}");
        }
    }
}
