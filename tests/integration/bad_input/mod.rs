//! Anomalies: each is named, says what to do about it, and leaves the rest at work.

/// Full disks, ports in use.
mod environment;
/// Missing, stale and damaged indexes.
mod index;
/// Questions that are none.
mod questions;
/// Source files that cannot be read.
mod sources;
