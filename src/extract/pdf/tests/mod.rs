//! Whole files through the reader.

mod damage;
mod file;
mod layout;
mod recognition;

use super::*;
use crate::extract::NoCache;
use file::Leaf;

/// The text of a PDF of these pages.
#[track_caller]
fn text(leaves: &[Leaf]) -> String {
    let (text, _) = paged(leaves);
    text
}

/// The text and where each page starts.
#[track_caller]
fn paged(leaves: &[Leaf]) -> (String, Vec<usize>) {
    let reading = read(&file::file(leaves, ""), &NoCache).unwrap();
    let Body::Paged(paged) = reading.body else {
        panic!("a PDF has pages");
    };
    let (text, pages) = paged.finish();
    (text, pages.iter().map(|page| page.start).collect())
}
