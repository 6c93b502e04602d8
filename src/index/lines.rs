//! Files of one JSON object a line.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::BufWriter;
use std::io::ErrorKind;
use std::io::Write;
use std::path::Path;

use serde::Serialize;
use serde::de::DeserializeOwned;

use super::error::Error;

/// All rows of `path`.
pub(super) fn read<T: DeserializeOwned>(path: &Path) -> Result<Vec<T>, Error> {
    let damaged = |reason: String| Error::Damaged {
        root: path.to_owned(),
        reason,
    };
    let file = File::open(path).map_err(Error::opening(path))?;
    let mut rows = Vec::new();
    for line in BufReader::new(file).lines() {
        let line = line.map_err(|error| match error.kind() {
            // It was read, and is not the text that was written.
            ErrorKind::InvalidData => damaged(error.to_string()),
            _ => Error::io("read", path)(error),
        })?;
        rows.push(serde_json::from_str(&line).map_err(|e| damaged(e.to_string()))?);
    }
    Ok(rows)
}

/// Writes `rows` to `path` and waits until they are on the disk.
pub(super) fn write<'a, T: Serialize + 'a>(
    path: &Path,
    rows: impl IntoIterator<Item = &'a T>,
) -> Result<(), Error> {
    let file = File::create(path).map_err(Error::io("create", path))?;
    let mut out = BufWriter::new(file);
    for row in rows {
        let row = serde_json::to_string(row).map_err(std::io::Error::from);
        row.and_then(|row| writeln!(out, "{row}"))
            .map_err(Error::io("write", path))?;
    }
    let file = out
        .into_inner()
        .map_err(std::io::IntoInnerError::into_error)
        .map_err(Error::io("write", path))?;
    file.sync_all().map_err(Error::io("sync", path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_that_are_no_text_are_damage_and_those_that_cannot_be_read_are_not() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.jsonl");
        for bytes in [b"1\n\xff\xfe\n".as_slice(), b"1\nx\n"] {
            std::fs::write(&path, bytes).unwrap();
            let error = read::<u8>(&path).unwrap_err();
            assert!(matches!(error, Error::Damaged { .. }), "{error:?}");
        }
        // A folder is opened and not read.
        let error = read::<u8>(folder.path()).unwrap_err();
        assert!(!matches!(error, Error::Damaged { .. }), "{error:?}");
    }
}
