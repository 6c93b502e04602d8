//! Labelled questions to figures: retrieval on BEIR-form data, answers on gold
//! questions, relations on a hand-checked sample.

mod gold;
mod metrics;
mod relations;
mod reliability;
mod retrieval;

pub use gold::{GoldQuestion, GoldReport, Outcome, evaluate_gold};
pub use metrics::{Metrics, Ranking};
pub use relations::{Counts, GoldRelation, GoldRelations, RelationReport, evaluate_relations};
pub use reliability::{Bin, Reliability};
pub use retrieval::{Dataset, Example, Options, RetrievalReport, evaluate_retrieval, examples};
