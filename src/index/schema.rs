//! Fields of the two tantivy indexes of a generation: passages (searched) and documents (stored).

use tantivy::Index;
use tantivy::schema::{
    FAST, Field, IndexRecordOption, NumericOptions, STORED, STRING, Schema, TextFieldIndexing,
    TextOptions,
};

use super::analyzer::{Analyzer, Form};
use super::vector::VECTOR;
use super::wording::{HEADING_AT, TEXT_AT, WORDS};

const MARKED: &str = "camnang_marked";
const BARE: &str = "camnang_bare";

/// Fields of the passage index. Nothing of it is stored but what names the passage.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PassageFields {
    pub(crate) document: Field,
    pub(crate) start: Field,
    pub(crate) end: Field,
    /// Context, heading and text, with diacritics.
    pub(crate) body: Field,
    /// The heading alone, with diacritics.
    pub(crate) heading: Field,
    pub(crate) body_bare: Field,
    pub(crate) heading_bare: Field,
    /// The words in order, see [`super::wording`], and where heading and text begin among them.
    pub(crate) words: Field,
    pub(crate) heading_at: Field,
    pub(crate) text_at: Field,
    /// See [`super::vector`]; without a value where the index was built without a model.
    pub(crate) vector: Field,
}

/// Names of the fields that tell which passage a hit is.
pub(crate) const DOCUMENT: &str = "document";
pub(crate) const START: &str = "start";
pub(crate) const END: &str = "end";

pub(crate) fn passage_schema() -> (Schema, PassageFields) {
    let mut builder = Schema::builder();
    let fields = PassageFields {
        document: builder.add_text_field(DOCUMENT, STRING | FAST),
        start: builder.add_u64_field(START, NumericOptions::default().set_fast()),
        end: builder.add_u64_field(END, NumericOptions::default().set_fast()),
        body: builder.add_text_field("body", terms(MARKED)),
        heading: builder.add_text_field("heading", terms(MARKED)),
        body_bare: builder.add_text_field("body_bare", terms(BARE)),
        heading_bare: builder.add_text_field("heading_bare", terms(BARE)),
        words: builder.add_u64_field(WORDS, NumericOptions::default().set_fast()),
        heading_at: builder.add_u64_field(HEADING_AT, NumericOptions::default().set_fast()),
        text_at: builder.add_u64_field(TEXT_AT, NumericOptions::default().set_fast()),
        vector: builder.add_u64_field(VECTOR, NumericOptions::default().set_fast()),
    };
    (builder.build(), fields)
}

/// Fields of the document index: the canonical text and what is known of it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct DocumentFields {
    pub(crate) id: Field,
    pub(crate) text: Field,
}

pub(crate) fn document_schema() -> (Schema, DocumentFields) {
    let mut builder = Schema::builder();
    let fields = DocumentFields {
        id: builder.add_text_field("id", STRING),
        text: builder.add_text_field("text", STORED),
    };
    (builder.build(), fields)
}

/// Term frequencies but no positions: bigrams carry what order matters, at a third of the cost.
fn terms(analyzer: &str) -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyzer)
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

/// Makes the analyzers known to `index`; needed after every create and open.
pub(crate) fn register_analyzers(index: &Index) {
    index
        .tokenizers()
        .register(MARKED, Analyzer::new(Form::Marked));
    index.tokenizers().register(BARE, Analyzer::new(Form::Bare));
}
