//! Anomalies: each is named, says what to do about it, and leaves the rest at work.

/// Full disks, ports in use, absurd settings.
mod environment;
/// Missing, stale and damaged indexes.
mod index;
/// Sources that cannot be read, with an index that cannot be read either.
mod lost;
/// Questions that are none.
mod questions;
/// Source files that cannot be read.
mod sources;
