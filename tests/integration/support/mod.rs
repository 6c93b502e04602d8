//! What the tests stand on: a [`Workspace`] to run the program in, a [`Server`] to talk to, texts
//! to ask about and the [`prove`] that every citation has to pass.

mod format;
mod proof;
mod sample;
mod server;
mod workspace;

use std::thread;
use std::time::{Duration, Instant};

pub(crate) use format::{packed, pdf, scan, word};
pub(crate) use proof::prove;
pub(crate) use sample::{BIRTH, FEE, decree, decrees};
pub(crate) use server::{Reply, Server};
pub(crate) use workspace::{Output, Workspace, shipped_model, words_model};

/// How long anything may take before a test gives up on it.
pub(crate) const DEADLINE: Duration = Duration::from_secs(30);

/// Looks again and again until `found` finds something; fails with `what` after [`DEADLINE`].
#[track_caller]
pub(crate) fn until<T>(what: &str, mut found: impl FnMut() -> Option<T>) -> T {
    let started = Instant::now();
    loop {
        if let Some(value) = found() {
            return value;
        }
        assert!(started.elapsed() < DEADLINE, "gave up waiting: {what}");
        thread::sleep(Duration::from_millis(10));
    }
}
