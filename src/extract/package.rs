//! Packed files: entries of a ZIP archive, read within limits.

use std::io::Cursor;
use std::io::Read;

use zip::ZipArchive;
use zip::result::ZipError;

use crate::extract::ExtractError;

/// A packed file in memory.
pub(super) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
}

impl<'b> Package<'b> {
    /// Reads the list of entries.
    ///
    /// # Errors
    /// When there is none, as in a file that breaks off.
    pub(super) fn open(bytes: &'b [u8]) -> Result<Self, ExtractError> {
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
        Ok(Self { archive })
    }

    /// Names of all entries.
    pub(super) fn names(&self) -> Vec<String> {
        self.archive
            .file_names()
            .filter_map(|name| Some(name.ok()?.into_owned()))
            .collect()
    }

    /// The bytes of the entry `name`, or `None` where there is no such entry.
    ///
    /// # Errors
    /// When it unpacks to more than `limit` bytes, is encrypted or damaged.
    pub(super) fn entry(
        &mut self,
        name: &str,
        limit: u64,
    ) -> Result<Option<Vec<u8>>, ExtractError> {
        let mut file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(ZipError::UnsupportedArchive(reason)) if reason == ZipError::PASSWORD_REQUIRED => {
                return Err(ExtractError::Encrypted);
            }
            Err(error) => return Err(damaged(&error)),
        };
        let mut bytes = Vec::new();
        // What the list of entries says of the size may be a lie: count what comes out.
        let n_read = file
            .by_ref()
            .take(limit + 1)
            .read_to_end(&mut bytes)
            .map_err(|error| ExtractError::Damaged {
                reason: format!("`{name}` in it cannot be unpacked: {error}"),
            })?;
        if n_read as u64 > limit {
            return Err(ExtractError::TooLarge {
                what: "what it unpacks to",
                limit,
            });
        }
        Ok(Some(bytes))
    }
}

fn damaged(error: &ZipError) -> ExtractError {
    ExtractError::Damaged {
        reason: format!("it cannot be unpacked: {error}"),
    }
}
