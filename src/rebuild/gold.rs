//! Gold questions on their way from the corpus to the index.

use crate::corpus::GoldQuestion;
use crate::corpus::Problem;
use crate::corpus::ProblemKind;
use crate::embed::Embedder;
use crate::index::Address;
use crate::index::Builder;
use crate::index::Generation;
use crate::index::GoldRow;
use crate::index::NoPlace;
use crate::rank::Question;

use super::Error;

/// Teaches `builder` those of `questions` that have an answer. What has none today may have one in the
/// next document, so that nothing is to be learned from it.
pub(super) fn teach(builder: &mut Builder, questions: &[GoldQuestion], model: Option<&Embedder>) {
    let answerable = questions.iter().filter(|gold| gold.answerable);
    builder.teach(answerable.map(|gold| row(gold, model)).collect());
}

/// What the index keeps of `gold`.
fn row(gold: &GoldQuestion, model: Option<&Embedder>) -> GoldRow {
    let Question {
        asked, understood, ..
    } = Question::new(&gold.question);
    let address = |e: &crate::corpus::Expected| Address {
        document: e.document.clone(),
        locator: e.locator.clone(),
    };
    let words = model.and_then(Embedder::words);
    let vector = words.map(|words| words.vector_of(&understood));
    let row = GoldRow {
        id: gold.id.clone(),
        question: asked,
        understood,
        provisions: gold.expect.iter().map(address).collect(),
        contains: gold.contains.clone(),
        ..GoldRow::default()
    };
    row.with_vector(&vector.unwrap_or_default())
}

/// The gold questions of `generation` whose answers are not where they should be.
pub(super) fn unanswered(generation: &Generation) -> Result<Vec<Problem>, Error> {
    let mut problems = Vec::new();
    for row in generation.gold() {
        match generation.places(row) {
            Ok(_) => {}
            Err(NoPlace::Index(error)) => return Err(error.into()),
            Err(reason) => problems.push(Problem::of_gold(ProblemKind::NoAnswer {
                question: row.id.clone(),
                reason: reason.to_string(),
            })),
        }
    }
    Ok(problems)
}
