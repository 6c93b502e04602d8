//! Labelled questions to figures: retrieval on BEIR-form data, answers on gold questions.

mod gold;
mod metrics;
mod retrieval;

pub use gold::{GoldQuestion, GoldReport, Outcome, evaluate_gold};
pub use metrics::{Metrics, Ranking};
pub use retrieval::{Dataset, Example, Options, RetrievalReport, evaluate_retrieval, examples};
