//! Files of one JSON object a line.

use std::fs::File;
use std::io::BufRead;
use std::io::BufReader;
use std::io::BufWriter;
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
        let line = line.map_err(Error::io("read", path))?;
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
