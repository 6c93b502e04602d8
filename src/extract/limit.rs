//! How much any file may ask for. A file beyond a limit is refused by name, never read in part.

/// Bytes of one file; larger ones are not read.
pub const FILE_BYTES: u64 = 256 << 20;
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
/// Bytes of one stream of an old Word file.
pub(super) const STREAM_BYTES: u64 = 128 << 20;
/// Characters of an old Word file; a broken one may claim any number.
pub(super) const CHARACTERS: usize = 32 << 20;
/// How deep the elements of a web page may nest: parsing takes the square of it.
pub(super) const HTML_NESTING: usize = 3_000;
