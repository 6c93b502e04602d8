//! Puts a file into the corpus: whole or not at all, and never over another one unasked.

use std::fs;
use std::io;
use std::path::Path;
use std::path::PathBuf;

use super::gold;
use super::manifest;
use super::scan::is_named;
use crate::extract;

/// What became of a file that was to be added.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Added {
    /// It is in the corpus now, under this path.
    New(PathBuf),
    /// It took the place of the file of that name.
    Replaced(PathBuf),
    /// The corpus holds a file with this name and these bytes.
    Present(PathBuf),
}

/// Why a file was not added; the corpus is as it was.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    /// A file cannot be read or written.
    #[error("`{path}`: {source}")]
    Io {
        /// Which file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// The corpus is a single file.
    #[error("the corpus `{0}` is a file; name a folder with --corpus")]
    NoFolder(PathBuf),
    /// The scan passes over files of such names.
    #[error(
        "`{0}` has a name that `index` passes over: systems and editors add such files by themselves; rename it"
    )]
    PassedOver(PathBuf),
    /// It would be the manifest of the whole corpus.
    #[error(
        "`{0}` has the name of the corpus's manifest, which is no document; edit that file itself"
    )]
    Manifest(PathBuf),
    /// A file that would take the place of the gold questions.
    #[error(
        "`{0}` has the name of the corpus's gold questions, which are no document; add its lines to that file itself"
    )]
    Gold(PathBuf),
    /// Another file has the name.
    #[error("`{0}` is another file; add `--replace` to put this one in its place")]
    Taken(PathBuf),
    /// A file whose name differs in its extension only has the id.
    #[error("`{0}` has the same name but for its extension, so both would have one id; rename one")]
    IdTaken(PathBuf),
}

/// Copies `file` into the folder `root`, which is made where it is missing.
///
/// The copy is written beside its place and moved there when it is complete. With `replace` off an
/// existing file stays, whatever it holds.
///
/// # Errors
/// When the name is that of no document, it or its id is taken, or a file cannot be read or written.
pub fn add(root: &Path, file: &Path, replace: bool) -> Result<Added, AddError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| AddError::Io { path, source }
    };
    if root.is_file() {
        return Err(AddError::NoFolder(root.to_owned()));
    }
    let name = file.file_name().unwrap_or_default();
    check_name(file, &name.display().to_string())?;
    let bytes = fs::read(file).map_err(failed(file))?;
    fs::create_dir_all(root).map_err(failed(root))?;
    let place = root.join(name);
    if let Some(other) = same_id(root, &place).map_err(failed(root))? {
        return Err(AddError::IdTaken(other));
    }
    let is_there = place.exists();
    if is_there && fs::read(&place).map_err(failed(&place))? == bytes {
        return Ok(Added::Present(place));
    }
    if is_there && !replace {
        return Err(AddError::Taken(place));
    }
    // Hidden, so that a scan at this moment does not take half a file for a document.
    let aside = root.join(format!(".{}.{}", name.display(), std::process::id()));
    let moved = write(&aside, &bytes)
        .map_err(failed(&aside))
        .and_then(|()| settle(&aside, &place, replace));
    // Where the file was moved there is nothing left to remove.
    drop(fs::remove_file(&aside));
    moved?;
    Ok(if is_there {
        Added::Replaced(place)
    } else {
        Added::New(place)
    })
}

/// Refuses a file that would be no document of the corpus under its `name`.
fn check_name(file: &Path, name: &str) -> Result<(), AddError> {
    if is_named(file, manifest::FILE) {
        return Err(AddError::Manifest(file.to_owned()));
    }
    if is_named(file, gold::FILE) {
        return Err(AddError::Gold(file.to_owned()));
    }
    if !extract::is_document(name) {
        return Err(AddError::PassedOver(file.to_owned()));
    }
    Ok(())
}

fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = fs::File::create(path)?;
    io::Write::write_all(&mut file, bytes)?;
    file.sync_all()
}

/// Gives the complete copy its name. Unlike a move, a link fails where somebody else took the
/// name in the meantime.
fn settle(aside: &Path, place: &Path, replace: bool) -> Result<(), AddError> {
    let done = if replace {
        fs::rename(aside, place)
    } else {
        fs::hard_link(aside, place)
    };
    match done {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(AddError::Taken(place.to_owned()))
        }
        // Some file systems know no links.
        Err(_) if !replace && !place.exists() => {
            fs::rename(aside, place).map_err(|source| AddError::Io {
                path: place.to_owned(),
                source,
            })
        }
        Err(source) => Err(AddError::Io {
            path: place.to_owned(),
            source,
        }),
        Ok(()) => Ok(()),
    }
}

/// Another file of the folder whose name differs in its extension only.
fn same_id(root: &Path, place: &Path) -> io::Result<Option<PathBuf>> {
    for entry in fs::read_dir(root)? {
        let path = entry?.path();
        if path != place && path.is_file() && path.with_extension("") == place.with_extension("") {
            return Ok(Some(path));
        }
    }
    Ok(None)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_added_once_and_replaced_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let (root, file) = (
            folder.path().join("corpus/new"),
            folder.path().join("a.txt"),
        );
        let place = root.join("a.txt");
        fs::write(&file, "một").unwrap();
        assert_eq!(add(&root, &file, false).unwrap(), Added::New(place.clone()));
        assert_eq!(
            add(&root, &file, false).unwrap(),
            Added::Present(place.clone())
        );
        fs::write(&file, "hai").unwrap();
        assert!(matches!(add(&root, &file, false), Err(AddError::Taken(_))));
        assert_eq!(fs::read_to_string(&place).unwrap(), "một");
        assert_eq!(
            add(&root, &file, true).unwrap(),
            Added::Replaced(place.clone())
        );
        assert_eq!(fs::read_to_string(&place).unwrap(), "hai");
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
    }

    #[test]
    fn files_that_would_share_an_id_or_a_place_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("corpus");
        let (text, word) = (folder.path().join("a.txt"), folder.path().join("a.docx"));
        fs::write(&text, "một").unwrap();
        fs::write(&word, "hai").unwrap();
        add(&root, &text, false).unwrap();
        assert!(matches!(add(&root, &word, true), Err(AddError::IdTaken(_))));
        assert!(matches!(
            add(&text, &word, true),
            Err(AddError::NoFolder(_))
        ));
        let missing = folder.path().join("missing.txt");
        assert!(matches!(
            add(&root, &missing, true),
            Err(AddError::Io { .. })
        ));
    }

    #[test]
    fn files_that_would_be_no_documents_are_refused() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("corpus");
        for name in [".nhap.txt", "~$nhap.txt", "Thumbs.db"] {
            let file = folder.path().join(name);
            fs::write(&file, "Điều 1. Một").unwrap();
            let refused = add(&root, &file, true);
            assert!(
                matches!(refused, Err(AddError::PassedOver(_))),
                "{refused:?}"
            );
        }
        assert!(!root.exists());
    }

    #[test]
    fn the_manifest_of_the_corpus_is_not_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("corpus");
        fs::create_dir(&root).unwrap();
        fs::write(root.join("manifest.toml"), "[known]").unwrap();
        for name in ["manifest.toml", "Manifest.TOML"] {
            let file = folder.path().join(name);
            fs::write(&file, "").unwrap();
            let refused = add(&root, &file, true);
            assert!(matches!(refused, Err(AddError::Manifest(_))), "{refused:?}");
        }
        let file = folder.path().join("gold.jsonl");
        fs::write(&file, "").unwrap();
        let refused = add(&root, &file, true);
        assert!(matches!(refused, Err(AddError::Gold(_))), "{refused:?}");
        let kept = fs::read_to_string(root.join("manifest.toml")).unwrap();
        assert_eq!(kept, "[known]");
        assert_eq!(fs::read_dir(&root).unwrap().count(), 1);
    }
}
