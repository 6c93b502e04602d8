//! From the bytes of a file to canonical text: what an office receives goes in as it is.
//!
//! [`extract`] looks at the content, never at the extension, and hands the bytes to the reader of
//! that format: one file or folder per format here. Structure comes back as lines: headings,
//! automatic list numbers written out, one line a table row. What was repaired or left out is a
//! [`Finding`]; what cannot be read is an [`ExtractError`] that says what to do.
//!
//! Nothing here knows of provisions, of the corpus or of the index, and nothing here opens files.
//! Every reader is bounded: see [`limit`].

mod archive;
mod block;
mod doc;
mod docx;
mod error;
mod finding;
mod format;
mod html;
mod limit;
mod list;
mod number;
mod ocr;
mod package;
mod page;
mod pdf;
mod plain;
mod runs;

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

pub use archive::is_document;
pub use error::ExtractError;
pub use finding::Finding;
pub use format::Format;
pub use format::media_type;
pub use limit::CANONICAL_BYTES as TEXT_BYTES_MAX;
pub use limit::FILE_BYTES as FILE_BYTES_MAX;
pub use ocr::NoCache;
pub use ocr::OcrCache;
pub use page::Page;

use crate::text::canonicalise;
use format::Kind;
use page::Paged;

/// What a file of more than [`FILE_BYTES_MAX`] is.
pub const TOO_LARGE: ExtractError = ExtractError::TooLarge {
    what: "the file",
    limit: limit::FILE_BYTES,
};

/// What a file is that gives more than [`TEXT_BYTES_MAX`].
const TEXT_TOO_LARGE: ExtractError = ExtractError::TooLarge {
    what: "the text in it",
    limit: limit::CANONICAL_BYTES as u64,
};

/// One text that came out of a file.
#[derive(Clone, Debug, PartialEq)]
pub struct Extracted {
    /// Name of the file; inside an archive its path there.
    pub name: String,
    /// What the content is, whatever the extension says.
    pub format: Format,
    /// Canonical text with structure as lines: headings and automatic list numbers written out,
    /// one line a table row.
    pub text: String,
    /// Where each page starts; empty where a format knows no pages.
    pub pages: Vec<Page>,
    /// What was repaired, left out or could not be read.
    pub findings: Vec<Finding>,
}

/// What a reader of one format gives.
#[derive(Debug)]
struct Reading {
    format: Format,
    body: Body,
    findings: Vec<Finding>,
}

/// The text of a reading.
#[derive(Debug)]
enum Body {
    /// Not canonical yet, of a format without pages.
    Plain(String),
    /// Canonical piece by piece, with the start of each page.
    Paged(Paged),
}

impl Body {
    /// Bytes of the text as it was read.
    fn len(&self) -> usize {
        match self {
            Self::Plain(text) => text.len(),
            Self::Paged(paged) => paged.len(),
        }
    }
}

/// Reads a file: `name` is only kept, `bytes` decide. An archive gives several texts, any other
/// file one.
///
/// An entry of an archive that cannot be read comes back with an empty text and a
/// [`Finding::Unread`], so that it stops none of the others.
///
/// # Errors
/// When nothing of the file can be read; the message says what to do.
pub fn extract(name: &str, bytes: &[u8]) -> Result<Vec<Extracted>, ExtractError> {
    extract_with(name, bytes, &NoCache)
}

/// As [`extract`], but scanned pages that `cache` knows are not recognised again.
///
/// # Errors
/// As [`extract`].
pub fn extract_with(
    name: &str,
    bytes: &[u8],
    cache: &dyn OcrCache,
) -> Result<Vec<Extracted>, ExtractError> {
    if bytes.len() as u64 > limit::FILE_BYTES {
        return Err(TOO_LARGE);
    }
    match Kind::of(bytes) {
        Kind::Zip => guarded(|| archive::read(bytes, cache)),
        _ => one(name, bytes, cache).map(|text| vec![text]),
    }
}

/// The bytes of the entry of an archive whose text [`extract`] gives the name `path`; `None` where
/// there is no such entry.
///
/// # Errors
/// When the archive or the entry cannot be read; the message says what to do.
pub fn entry(bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, ExtractError> {
    guarded(|| archive::entry(bytes, path))
}

/// Reads a file that is no archive.
fn one(name: &str, bytes: &[u8], cache: &dyn OcrCache) -> Result<Extracted, ExtractError> {
    let reading = guarded(|| read(bytes, cache))?;
    if reading.body.len() > limit::CANONICAL_BYTES {
        return Err(TEXT_TOO_LARGE);
    }
    Ok(extracted(name, reading))
}

/// Runs a reader; a panic in a library must cost one file, not the run.
fn guarded<T>(read: impl FnOnce() -> Result<T, ExtractError>) -> Result<T, ExtractError> {
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| {
        Err(ExtractError::Damaged {
            reason: "its reader broke down on it".to_owned(),
        })
    })
}

/// Hands `bytes` to the reader of their format.
fn read(bytes: &[u8], cache: &dyn OcrCache) -> Result<Reading, ExtractError> {
    match Kind::of(bytes) {
        Kind::Pdf => pdf::read(bytes, cache),
        Kind::Docx => docx::read(bytes),
        Kind::Html => html::read(bytes),
        Kind::Text => plain::read(bytes),
        Kind::Ole => doc::read(bytes),
        Kind::Zip => Err(ExtractError::Unsupported {
            found: "an archive; unpack it first",
        }),
        Kind::Other(found) => Err(ExtractError::Unsupported { found }),
    }
}

fn extracted(name: &str, reading: Reading) -> Extracted {
    let (text, pages) = match reading.body {
        Body::Plain(text) => (canonicalise(&text), Vec::new()),
        Body::Paged(paged) => paged.finish(),
    };
    let mut findings = reading.findings;
    let extension = name
        .rsplit_once('.')
        .map(|(_, extension)| extension.to_lowercase());
    if let Some(extension) = extension.filter(|e| !reading.format.may_be_called(e)) {
        findings.push(Finding::Renamed {
            extension,
            format: reading.format,
        });
    }
    Extracted {
        name: name.to_owned(),
        format: reading.format,
        text,
        pages,
        findings,
    }
}

#[cfg(test)]
mod tests;
