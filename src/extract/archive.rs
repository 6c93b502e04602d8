//! Archives of documents: one text an entry, within limits on all of them together.

use crate::extract::ExtractError;
use crate::extract::Extracted;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::format::Kind;
use crate::extract::limit;
use crate::extract::package::Package;

/// What is left of the limits while an archive, and those in it, are read.
struct Budget {
    entries: u64,
    bytes: u64,
}

/// Reads all entries of the archive `bytes`; one that fails says so in its findings.
///
/// # Errors
/// When the archive itself cannot be read, or all of it together is too large.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Extracted>, ExtractError> {
    let mut budget = Budget {
        entries: limit::ENTRIES,
        bytes: limit::UNPACKED_BYTES,
    };
    let mut texts = Vec::new();
    unpack(bytes, "", 1, &mut budget, &mut texts)?;
    Ok(texts)
}

fn unpack(
    bytes: &[u8],
    above: &str,
    depth: usize,
    budget: &mut Budget,
    texts: &mut Vec<Extracted>,
) -> Result<(), ExtractError> {
    let mut package = Package::open(bytes)?;
    let mut names = package.names();
    names.sort_unstable();
    for name in names.iter().filter(|name| is_document(name)) {
        budget.entries = budget
            .entries
            .checked_sub(1)
            .ok_or(ExtractError::TooLarge {
                what: "the number of its entries",
                limit: limit::ENTRIES,
            })?;
        let path = format!("{above}{}", clean(name));
        let bytes = match package.entry(name, budget.bytes) {
            Ok(bytes) => bytes.unwrap_or_default(),
            // All of it together is too large: what follows would be read in part only.
            Err(ExtractError::TooLarge { what, .. }) => {
                return Err(ExtractError::TooLarge {
                    what,
                    limit: limit::UNPACKED_BYTES,
                });
            }
            Err(error) => {
                texts.push(unread(path, error));
                continue;
            }
        };
        budget.bytes -= bytes.len() as u64;
        if Kind::of(&bytes) != Kind::Zip {
            texts.push(super::one(&path, &bytes).unwrap_or_else(|error| unread(path, error)));
            continue;
        }
        let inner = if depth < limit::ARCHIVE_DEPTH {
            unpack(&bytes, &format!("{path}/"), depth + 1, budget, texts)
        } else {
            Err(ExtractError::Unsupported {
                found: "an archive in an archive in an archive; unpack it first",
            })
        };
        match inner {
            Err(error @ ExtractError::TooLarge { .. }) => return Err(error),
            Err(error) => texts.push(unread(path, error)),
            Ok(()) => {}
        }
    }
    Ok(())
}

/// Whether a file of this name may be a document: no folder, and nothing that systems add by
/// themselves, such as `~$a.docx` or `Thumbs.db`.
pub fn is_document(name: &str) -> bool {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let is_added = name.starts_with("__MACOSX/")
        || last.starts_with('.')
        || last.starts_with("~$")
        || last.eq_ignore_ascii_case("thumbs.db")
        || last.eq_ignore_ascii_case("desktop.ini");
    !last.is_empty() && !is_added
}

/// A path that stays below the archive.
fn clean(name: &str) -> String {
    let parts = name.split(['/', '\\']);
    parts
        .filter(|part| !matches!(*part, "" | "." | ".."))
        .collect::<Vec<_>>()
        .join("/")
}

fn unread(name: String, error: ExtractError) -> Extracted {
    Extracted {
        name,
        format: Format::Text,
        text: String::new(),
        pages: Vec::new(),
        findings: vec![Finding::Unread(error)],
    }
}
