//! `camnang ask` from outside.

/// What is cited, and that all of it verifies.
mod citations;
/// The figure that stands for the answer.
mod lead;
/// The model that ships, which reads sentences.
mod meaning;
/// Documents and provisions that a question names.
mod named;
/// The pages of files that have some.
mod pages;
/// Questions like those that people have verified.
mod precedent;
/// Exit codes, streams, the shape of an answer.
mod shape;

use crate::support::{Workspace, decrees, shipped_model};

/// Nothing in a decree of the samples answers it.
const UNANSWERED: &str = "Thủ tục cấp hộ chiếu ngoại giao gồm những bước nào?";

fn workspace() -> Workspace {
    Workspace::new(decrees())
}

/// The arguments, for the model that ships.
fn whole<'a>(arguments: &[&'a str]) -> Vec<&'a str> {
    let model = shipped_model().to_str().unwrap();
    [arguments, &["--model", model]].concat()
}
