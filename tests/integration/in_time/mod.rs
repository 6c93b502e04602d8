//! The law on a day: what is in force, what is told of the rest, and how one asks for another day.

/// The chains and pairs of texts that the sample corpus knows, on the day before and after each
/// change.
mod chains;
/// Answers, lists and pages of another day.
mod days;
/// What a maintainer states of relations, and what is wrong with it.
mod stated;
