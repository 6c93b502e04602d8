//! Index generations: what a rebuild touches, how readers see it, what a crash leaves.

/// `kill -9` in the middle.
mod crash;
/// Only what changed is built.
mod incremental;
/// What is known of documents that the corpus does not hold.
mod known;
/// Readers while generations change.
mod live;
