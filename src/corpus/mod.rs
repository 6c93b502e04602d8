//! The folder of sources: which files there are, what each says, and what cannot be read.
//!
//! A source is one document: a file of any format that [`crate::extract`] reads, an entry of an
//! archive, or one row of a JSON-lines file. A bad source never stops the others; it becomes a
//! [`Problem`]. Beside the sources stand what the maintainer states of them ([`Manifest`]) and questions
//! that people have verified ([`Gold`]). Nothing here parses texts or knows of the index.

mod add;
mod found;
mod front_matter;
mod gold;
mod manifest;
mod original;
mod problem;
mod rows;
mod scan;
mod stated;

pub use add::AddError;
pub use add::Added;
pub use add::add;
pub use front_matter::Overrides;
pub use gold::{Expected, Gold, GoldQuestion};
pub use manifest::{Manifest, ManifestError};
pub use original::OriginalError;
pub use original::original;
pub use problem::{Problem, ProblemKind};
pub use rows::Rows;
pub use scan::{Source, base_of, holds_rows, scan, scan_part};
pub use stated::StatedRelation;
