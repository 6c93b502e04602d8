//! How much any file may ask for. A file beyond a limit is refused by name, never read in part.
//!
//! Together they keep one file below about 1 GB of memory, whatever it claims of itself.

/// Bytes of one file; larger ones are not read.
pub const FILE_BYTES: u64 = 128 << 20;
/// Bytes that all entries of an archive, or a stream of a PDF, may unpack to.
pub(super) const UNPACKED_BYTES: u64 = 128 << 20;
/// Bytes of all texts that come out of one archive.
pub(super) const ARCHIVE_TEXT_BYTES: u64 = 128 << 20;
/// Bytes of plain text; UTF-16 takes up to twice what its letters take in UTF-8.
pub(super) const TEXT_BYTES: usize = 16 << 20;
/// Bytes of the text that comes out of one file of whatever format. The longest codes have 1 MB;
/// a text of nothing but short lines takes fifty times its size to parse.
pub const CANONICAL_BYTES: usize = 8 << 20;
/// Bytes of a web page; its tree takes up to a hundred times as much memory.
pub(super) const HTML_BYTES: usize = 8 << 20;
/// How deep the elements of a web page may nest: parsing takes the square of it.
pub(super) const HTML_NESTING: usize = 3_000;
/// Cells that those of a web page which reach over rows and columns add: each may add 2,500.
pub(super) const SPANNED_CELLS: usize = 1_000_000;
/// Bytes that one part of a Word file may unpack to.
pub(super) const XML_BYTES: u64 = 64 << 20;
/// Elements in one part of a Word file.
pub(super) const XML_NODES: u32 = 3_000_000;
/// Attributes of one element in a part of a Word file: parsing takes the square of it.
pub(super) const XML_ATTRIBUTES: usize = 256;
/// Names that the elements in a part of a Word file give to name spaces: each element that declares
/// one takes the square of it.
pub(super) const XML_NAMESPACES: usize = 128;
/// How many times a part of a Word file may declare a name space.
pub(super) const XML_DECLARATIONS: usize = 200_000;
/// Bytes of one stream of an old Word file.
pub(super) const STREAM_BYTES: u64 = 96 << 20;
/// Characters of an old Word file; a broken one may claim any number.
pub(super) const CHARACTERS: usize = 8 << 20;
/// Stretches of an old Word file with properties of their own.
pub(super) const STRETCHES: usize = 4 << 20;
/// Characters of the label of a list.
pub(super) const LABEL: usize = 200;
/// Entries of an archive.
pub(super) const ENTRIES: u64 = 5_000;
/// How many archives may lie in one another.
pub(super) const ARCHIVE_DEPTH: usize = 2;
/// How many tables, frames or text boxes may lie in one another; deeper ones are left out.
pub(super) const NESTING: usize = 40;
/// How many tables of an old Word file may lie in one another.
pub(super) const TABLES: usize = 8;
