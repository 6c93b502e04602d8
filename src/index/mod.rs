//! The index: passages to search, documents to quote, and the generations both live in.
//!
//! A generation is built whole beside the live one and becomes visible by one atomic rename
//! ([`Store::build`]); readers hold a [`Generation`] for as long as one question takes, so that no
//! answer ever mixes two. Nothing here knows of questions beyond their terms, or of answers.
//!
//! Start with [`Store`], then [`Generation`], then [`PassageIndex`] for the ranking formula.

mod analyzer;
mod bm25;
mod builder;
mod catalogue;
mod documents;
mod error;
mod generation;
mod gold;
mod law;
mod lines;
mod passages;
mod recognised;
mod rows;
mod schema;
mod sealed;
mod store;
mod vector;
mod wording;

pub use analyzer::{Analyzer, Form, Syllables};
pub use bm25::{Contribution, FieldName, Query};
pub use builder::{Builder, Summary};
pub use catalogue::{Catalogue, Entry, Page};
pub use error::Error;
pub use generation::{Generation, Manifest};
pub use gold::{Address, GoldRow, NoPlace};
pub use passages::{PassageCandidate, PassageHit, PassageIndex, PassageRow, PassageWriter};
pub use recognised::RecognisedPages;
pub use store::Store;
pub use wording::Wording;
