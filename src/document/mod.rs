//! Documents: text with its divisions, addresses and facts.
//!
//! [`parse`] turns a canonical text into a [`Document`]: a list of [`Provision`]s in reading order
//! whose spans nest and lose nothing. A [`Locator`] (`điểm b khoản 2 Điều 5`) is the address of a
//! provision and is read from questions as from texts; a [`DocumentNumber`] (`120/2025/NĐ-CP`)
//! names a document. Parsing never fails: what is odd becomes a [`Diagnostic`].
//!
//! [`Document::relations`] and [`Document::effect`] read what a text does to others and when it is
//! in force; [`Law`] puts that together for all documents and answers what holds on a date.
//!
//! Nothing here knows of files or of the index. Start reading at `parser.rs`.

mod address;
mod consolidation;
mod container;
mod contents;
mod date;
mod diagnostic;
mod effect;
mod facts;
mod head;
mod inside;
mod keyword;
mod kind;
mod label;
mod letterhead;
mod level;
mod line;
mod locator;
mod mark;
mod mention;
mod number;
mod ordinal;
mod outline;
mod paragraph;
mod parser;
mod passage;
mod piece;
mod provision;
mod quote;
mod relation;
mod sequence;
mod sheet;
mod stated;
mod subject;
mod territory;
mod title;
mod tree;
mod validity;

#[cfg(test)]
mod tests;

pub use address::NotALocator;
pub use date::Date;
pub use diagnostic::Diagnostic;
pub use diagnostic::DiagnosticKind;
pub use effect::Effect;
pub use effect::EffectPart;
pub use facts::Facts;
pub use kind::DocumentKind;
pub use level::Level;
pub use locator::Locator;
pub use locator::Step;
pub use mention::Mention;
pub use number::DocumentNumber;
pub use number::NotANumber;
pub use parser::parse;
pub use passage::Passage;
pub use provision::Document;
pub use provision::Provision;
pub use relation::Phrase;
pub use relation::Reference;
pub use relation::Relation;
pub use relation::RelationKind;
pub use relation::Target;
pub use territory::province;
pub use territory::province_named;
pub use validity::Act;
pub use validity::Cause;
pub use validity::Event;
pub use validity::EventKind;
pub use validity::Law;
pub use validity::Problem;
pub use validity::State;
