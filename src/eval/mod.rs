//! Labelled questions to figures: retrieval on BEIR-form data, answers on gold
//! questions, heads and relations on hand-checked samples.

mod gold;
mod heads;
mod later;
mod metrics;
mod relations;
mod reliability;
mod retrieval;

pub use gold::{GoldReport, Outcome, evaluate_gold};
pub use heads::{GoldHead, HeadReport, evaluate_heads};
pub use metrics::{Metrics, Ranking};
pub use relations::{Counts, GoldRelation, GoldRelations, RelationReport, evaluate_relations};
pub use reliability::{Bin, Reliability};
pub use retrieval::{Dataset, Example, Options, RetrievalReport, evaluate_retrieval, examples};
