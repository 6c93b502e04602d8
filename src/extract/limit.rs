//! How much any file may ask for. A file beyond a limit is refused by name, never read in part.

/// Bytes of one file.
pub(super) const FILE_BYTES: u64 = 256 << 20;
/// Bytes that a packed part of a file (an entry of an archive, a stream of a PDF) may unpack to.
pub(super) const UNPACKED_BYTES: u64 = 256 << 20;
