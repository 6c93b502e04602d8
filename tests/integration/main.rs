//! Tests from outside: the real program, a real server on a free port, a real record on disk.
//!
//! Each test has a [`support::Workspace`] of its own, so all of them may run at the same time.
//! Start reading there.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test that cannot go on must stop; the settings for tests do not reach helpers"
)]

/// `camnang ask`: exit codes, streams, the shape of an answer, what is cited.
mod ask;
/// What must not break anything: questions, sources, indexes, ports and disks gone wrong.
mod bad_input;
/// Sentence vectors against those of PyTorch, and model folders gone wrong.
mod embed;
/// Files as offices send them: Word, web pages, archives, old encodings; `check` and `add`.
mod files;
/// Floors for answers to the gold questions over the sample corpus.
mod gold;
/// Every route, its errors and its headers; what the log and the record keep to themselves.
mod http;
/// The law on a day.
mod in_time;
/// The import table: a module names only modules of lower layers.
mod layers;
/// The other commands that read: `search`, `docs`, `show`, `check`, `eval`.
mod read;
/// Index generations: what is touched, how they are swapped, what a crash leaves.
mod rebuild;
/// Scans, with a program in the place of Tesseract.
#[cfg(unix)]
mod recognition;
/// The audit record: nothing is shown that is not in it.
mod record;
/// The workspace, the program, the server and the proof of a citation.
mod support;
