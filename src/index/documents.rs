//! The document store: canonical texts by document id, in a tantivy index of their own so that
//! they do not count in the statistics of the passages.

use std::path::{Path, PathBuf};

use tantivy::collector::TopDocs;
use tantivy::query::TermQuery;
use tantivy::schema::{IndexRecordOption, TantivyDocument, Term, Value};
use tantivy::{Index, IndexWriter, ReloadPolicy, Searcher};

use super::error::Error;
use super::schema::{self, DocumentFields};
use super::sealed;

/// Indexing buffer: the smallest tantivy takes, since only ids are indexed.
const MEMORY_BYTES: usize = 20_000_000;

/// Writes canonical texts.
pub(super) struct DocumentWriter {
    root: PathBuf,
    writer: IndexWriter,
    fields: DocumentFields,
}

impl DocumentWriter {
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        let (schema, fields) = schema::document_schema();
        let open = || -> tantivy::Result<IndexWriter> {
            let directory = tantivy::directory::MmapDirectory::open(root)?;
            Index::open_or_create(directory, schema)?.writer_with_num_threads(1, MEMORY_BYTES)
        };
        Ok(Self {
            root: root.to_owned(),
            writer: open().map_err(Error::search(root))?,
            fields,
        })
    }

    /// Stores `text` as the document `id`, in place of what was stored before.
    pub(super) fn put(&self, id: &str, text: &str) -> Result<(), Error> {
        self.delete(id);
        let mut document = TantivyDocument::default();
        document.add_text(self.fields.id, id);
        document.add_text(self.fields.text, text);
        self.writer
            .add_document(document)
            .map_err(Error::search(&self.root))?;
        Ok(())
    }

    pub(super) fn delete(&self, id: &str) {
        self.writer
            .delete_term(Term::from_field_text(self.fields.id, id));
    }

    pub(super) fn commit(mut self) -> Result<(), Error> {
        self.writer.commit().map_err(Error::search(&self.root))?;
        self.writer
            .wait_merging_threads()
            .map_err(Error::search(&self.root))
    }
}

/// Reads canonical texts.
pub(super) struct DocumentStore {
    root: PathBuf,
    searcher: Searcher,
    fields: DocumentFields,
}

impl DocumentStore {
    pub(super) fn open(root: &Path) -> Result<Self, Error> {
        let open = || -> tantivy::Result<Searcher> {
            Ok(sealed::open(root)?
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .try_into()?
                .searcher())
        };
        let searcher = open().map_err(Error::opening_search(root))?;
        let (_, fields) = schema::document_schema();
        Ok(Self {
            root: root.to_owned(),
            searcher,
            fields,
        })
    }

    /// The canonical text of `id`, or `None` where it is not stored.
    pub(super) fn text(&self, id: &str) -> Result<Option<String>, Error> {
        let fetch = || -> tantivy::Result<Option<String>> {
            let query = TermQuery::new(
                Term::from_field_text(self.fields.id, id),
                IndexRecordOption::Basic,
            );
            let found = self
                .searcher
                .search(&query, &TopDocs::with_limit(1).order_by_score())?;
            let Some(&(_, address)) = found.first() else {
                return Ok(None);
            };
            let document: TantivyDocument = self.searcher.doc(address)?;
            Ok(document
                .get_first(self.fields.text)
                .and_then(|text| text.as_str())
                .map(str::to_owned))
        };
        fetch().map_err(Error::search(&self.root))
    }

    pub(super) fn n_documents(&self) -> u64 {
        self.searcher.num_docs()
    }
}
