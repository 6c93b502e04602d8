//! The law on a date: what is in force, and what became of the rest.
//!
//! [`Law`] is built once from what all documents say of themselves and of each other. It knows
//! documents by their numbers, never by file names, so that the order in which they were read does
//! not matter, and follows also those that are only mentioned.
//!
//! Three rules of the Law on Promulgation of Legal Documents (64/2025/QH15) decide:
//! 1. What has been replaced or repealed does not revive when the text that did so falls.
//! 2. A text that is no longer in force when its own clause would take effect does nothing.
//! 3. An amendment holds while the amending text does. Where it fell and nothing took its place, the
//!    state is unknown: the wording before it does not revive by itself.
//!
//! And one of reason: what is replaced, repealed or amended was in force until then, also where
//! nobody says since when; but no earlier than the year after its number, since some texts wait.

mod history;
mod law;
mod problem;
mod state;
mod timeline;

#[cfg(test)]
mod tests;

pub use history::Event;
pub use history::EventKind;
pub use law::Act;
pub use law::Law;
pub use problem::Problem;
pub use state::Cause;
pub use state::State;
