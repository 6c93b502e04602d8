//! Archives of documents: one text an entry, within limits on all of them together.

use crate::extract::ExtractError;
use crate::extract::Extracted;
use crate::extract::Finding;
use crate::extract::Format;
use crate::extract::format::Kind;
use crate::extract::limit;
use crate::extract::ocr::OcrCache;
use crate::extract::package::Package;

/// What is left of the limits while an archive, and those in it, are read.
struct Budget {
    entries: u64,
    bytes: u64,
    text_bytes: u64,
}

/// What an archive, and those in it, have given so far.
struct Unpacking<'c> {
    budget: Budget,
    cache: &'c dyn OcrCache,
    texts: Vec<Extracted>,
}

/// Reads all entries of the archive `bytes`; one that fails says so in its findings.
///
/// # Errors
/// When the archive itself cannot be read, or all of it together is too large.
pub(super) fn read(bytes: &[u8], cache: &dyn OcrCache) -> Result<Vec<Extracted>, ExtractError> {
    let mut unpacking = Unpacking {
        budget: Budget {
            entries: limit::ENTRIES,
            bytes: limit::UNPACKED_BYTES,
            text_bytes: limit::ARCHIVE_TEXT_BYTES,
        },
        cache,
        texts: Vec::new(),
    };
    unpacking.unpack(bytes, "", 1)?;
    Ok(unpacking.texts)
}

impl Unpacking<'_> {
    fn unpack(&mut self, bytes: &[u8], above: &str, depth: usize) -> Result<(), ExtractError> {
        let mut package = Package::open(bytes)?;
        for name in documents(&package) {
            let path = format!("{above}{}", clean(&name));
            let bytes = match self.budget.entry(&mut package, &name) {
                Ok(bytes) => bytes,
                // All of it together is too large: what follows would be read in part only.
                Err(error @ ExtractError::TooLarge { .. }) => return Err(error),
                Err(error) => {
                    self.texts.push(unread(path, error));
                    continue;
                }
            };
            if Kind::of(&bytes) != Kind::Zip {
                let text = super::one(&path, &bytes, self.cache);
                let text = text.unwrap_or_else(|error| unread(path, error));
                self.budget.text(&text.text)?;
                self.texts.push(text);
                continue;
            }
            let inner = if depth < limit::ARCHIVE_DEPTH {
                self.unpack(&bytes, &format!("{path}/"), depth + 1)
            } else {
                Err(ExtractError::Unsupported {
                    found: "an archive in an archive in an archive; unpack it first",
                })
            };
            match inner {
                Err(error @ ExtractError::TooLarge { .. }) => return Err(error),
                Err(error) => self.texts.push(unread(path, error)),
                Ok(()) => {}
            }
        }
        Ok(())
    }
}

impl Budget {
    /// The bytes of the entry `name`.
    fn entry(&mut self, package: &mut Package<'_>, name: &str) -> Result<Vec<u8>, ExtractError> {
        self.entries = self.entries.checked_sub(1).ok_or(ExtractError::TooLarge {
            what: "the number of its entries",
            limit: limit::ENTRIES,
        })?;
        let bytes = match package.entry(name, self.bytes) {
            Ok(bytes) => bytes.unwrap_or_default(),
            // What is left is less than what is allowed.
            Err(ExtractError::TooLarge { what, .. }) => {
                return Err(ExtractError::TooLarge {
                    what,
                    limit: limit::UNPACKED_BYTES,
                });
            }
            Err(error) => return Err(error),
        };
        self.bytes -= bytes.len() as u64;
        Ok(bytes)
    }

    /// Takes off one `text`: they are kept together, and a small file may give a long one.
    fn text(&mut self, text: &str) -> Result<(), ExtractError> {
        let left = self.text_bytes.checked_sub(text.len() as u64);
        self.text_bytes = left.ok_or(ExtractError::TooLarge {
            what: "the text in all of it",
            limit: limit::ARCHIVE_TEXT_BYTES,
        })?;
        Ok(())
    }
}

/// The entry of the archive `bytes` to whose text [`read`] gives the name `path`.
///
/// # Errors
/// When the archive or the entry cannot be read.
pub(super) fn entry(bytes: &[u8], path: &str) -> Result<Option<Vec<u8>>, ExtractError> {
    entry_within(bytes, path, 1)
}

fn entry_within(bytes: &[u8], path: &str, depth: usize) -> Result<Option<Vec<u8>>, ExtractError> {
    let mut package = Package::open(bytes)?;
    for name in documents(&package) {
        let rest = path.strip_prefix(&clean(&name));
        if rest == Some("") {
            return package.entry(&name, limit::UNPACKED_BYTES);
        }
        let Some(inner) = rest.and_then(|rest| rest.strip_prefix('/')) else {
            continue;
        };
        let bytes = package
            .entry(&name, limit::UNPACKED_BYTES)?
            .unwrap_or_default();
        if depth < limit::ARCHIVE_DEPTH && Kind::of(&bytes) == Kind::Zip {
            return entry_within(&bytes, inner, depth + 1);
        }
    }
    Ok(None)
}

/// The names of the entries that may be documents, in order.
fn documents(package: &Package<'_>) -> Vec<String> {
    let mut names = package.names();
    names.retain(|name| is_document(name));
    names.sort_unstable();
    names
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_of_all_entries_together_have_a_limit() {
        let mut budget = Budget {
            entries: 0,
            bytes: 0,
            text_bytes: 7,
        };
        assert_eq!(budget.text("Điều"), Ok(()));
        assert_eq!(budget.text(""), Ok(()));
        assert!(matches!(
            budget.text("ab"),
            Err(ExtractError::TooLarge { .. })
        ));
    }
}
