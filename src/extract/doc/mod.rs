//! Word 97 to 2003: a compound file with the text in one stream and what it means in another.
//!
//! Read directly, after Microsoft's description of the format (MS-DOC); no converter is needed.
//! The text is that of a print with all changes accepted, as for newer files.

mod body;
mod bytes;
mod fib;
mod list;
mod piece;
mod property;
mod style;

use std::io::Cursor;
use std::io::Read;

use cfb::CompoundFile;

use crate::extract::Body;
use crate::extract::ExtractError;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::Reading;
use crate::extract::block;
use crate::extract::limit;
use fib::Fib;

type File<'b> = CompoundFile<Cursor<&'b [u8]>>;

/// Reads a compound file.
///
/// # Errors
/// When it is no Word file, encrypted, damaged or too large.
pub(super) fn read(bytes: &[u8]) -> Result<Reading, ExtractError> {
    let mut file = CompoundFile::open(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    if file.exists("/EncryptedPackage") {
        return Err(ExtractError::Encrypted);
    }
    if !file.exists("/WordDocument") {
        return Err(ExtractError::Unsupported {
            found: other(&file),
        });
    }
    let document = stream(&mut file, "/WordDocument")?;
    let fib = Fib::read(&document)?;
    let table = if fib.uses_table_1 {
        "/1Table"
    } else {
        "/0Table"
    };
    let table = stream(&mut file, table)?;
    let (blocks, mut findings) = body::read(&fib, &document, &table)?;
    if file.exists("/Macros") {
        findings.push(Finding::Macros);
    }
    Ok(Reading {
        format: Format::Doc,
        body: Body::Plain(block::render(&blocks)),
        findings,
    })
}

/// What a compound file without a Word document is.
fn other(file: &File<'_>) -> &'static str {
    let has = |name: &str| file.exists(name);
    if has("/Workbook") || has("/Book") {
        "an Excel workbook; save the sheet as .docx or .pdf"
    } else if has("/PowerPoint Document") {
        "a PowerPoint presentation; save it as .pdf"
    } else if has("/__properties_version1.0") {
        "an Outlook message; save what is attached to it"
    } else {
        "of a format that is not read"
    }
}

fn stream(file: &mut File<'_>, name: &str) -> Result<Vec<u8>, ExtractError> {
    let stream = file.open_stream(name).map_err(|error| damaged(&error))?;
    let mut bytes = Vec::new();
    stream
        .take(limit::STREAM_BYTES + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| damaged(&error))?;
    if bytes.len() as u64 > limit::STREAM_BYTES {
        return Err(ExtractError::TooLarge {
            what: "a part of it",
            limit: limit::STREAM_BYTES,
        });
    }
    Ok(bytes)
}

fn damaged(error: &std::io::Error) -> ExtractError {
    ExtractError::Damaged {
        reason: error.to_string(),
    }
}

#[cfg(test)]
mod tests;
