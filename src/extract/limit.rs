//! How much any file may ask for. A file beyond a limit is refused by name, never read in part.

/// Bytes of one file.
pub(super) const FILE_BYTES: u64 = 256 << 20;
/// Bytes that a packed part of a file (an entry of an archive, a stream of a PDF) may unpack to.
pub(super) const UNPACKED_BYTES: u64 = 256 << 20;
/// Bytes that one part of a Word file may unpack to; its tree takes several times as much memory.
pub(super) const XML_BYTES: u64 = 64 << 20;
/// Elements in one part of a Word file.
pub(super) const XML_NODES: u32 = 8_000_000;
/// Entries of an archive.
pub(super) const ENTRIES: u64 = 5_000;
/// How many archives may lie in one another.
pub(super) const ARCHIVE_DEPTH: usize = 2;
/// How many tables, frames or text boxes may lie in one another; deeper ones are left out.
pub(super) const NESTING: usize = 40;
