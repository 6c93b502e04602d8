//! The passage index: one tantivy document per retrieval unit.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};

use tantivy::columnar::{Column, StrColumn};
use tantivy::merge_policy::LogMergePolicy;
use tantivy::schema::{IndexRecordOption, TantivyDocument, Term};
use tantivy::{
    DocId, DocSet, Index, IndexWriter, ReloadPolicy, Searcher, SegmentReader, TERMINATED,
};

use super::analyzer::Form;
use super::bm25::{Contribution, Query, Scorer, inverse_document_frequency};
use super::error::Error;
use super::schema::{self, DOCUMENT, END, PassageFields, START};
use super::sealed;
use super::vector;
use super::vector::Vectors;
use super::wording::{Wording, Wordings};
use crate::text::Span;

/// One retrieval unit on its way into the index.
#[derive(Clone, Copy, Debug)]
pub struct PassageRow<'a> {
    /// Id of the document it belongs to.
    pub document: &'a str,
    /// Where it lies in that document's canonical text.
    pub span: Span,
    /// What a reader knows before reading it: document title and headings above.
    pub context: &'a str,
    /// Its own heading.
    pub heading: &'a str,
    /// Its text.
    pub text: &'a str,
    /// What it means, of length one; empty where there is no model.
    pub vector: &'a [f32],
}

impl PassageRow<'_> {
    /// Context, heading and text: what is searched and what its vector stands for.
    pub fn whole(&self) -> String {
        [self.context, self.heading, self.text].join("\n")
    }
}

/// A passage found by a query.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageHit {
    /// Id of the document it belongs to.
    pub document: String,
    /// Where it lies in that document's canonical text.
    pub span: Span,
    /// BM25 score; comparable within one query only.
    pub score: f32,
}

/// A passage found by a query, with what ranking wants to know of it.
#[derive(Clone, Debug, PartialEq)]
pub struct PassageCandidate {
    /// The passage and its BM25 score.
    pub hit: PassageHit,
    /// Its words.
    pub wording: Wording,
    /// What it means, of length one; empty where the index was built without a model.
    pub vector: Vec<f32>,
}

/// Writes passages into one tantivy index.
pub struct PassageWriter {
    root: PathBuf,
    writer: IndexWriter,
    fields: PassageFields,
}

impl PassageWriter {
    /// Opens the index at `root` for writing, or creates it in the empty folder there.
    ///
    /// `n_threads` indexing threads share `memory_bytes` of buffers.
    ///
    /// # Errors
    /// When the folder cannot be written or holds another index.
    pub fn open(root: &Path, n_threads: usize, memory_bytes: usize) -> Result<Self, Error> {
        let (schema, fields) = schema::passage_schema();
        let open = || -> tantivy::Result<IndexWriter> {
            let directory = tantivy::directory::MmapDirectory::open(root)?;
            let index = Index::open_or_create(directory, schema)?;
            schema::register_analyzers(&index);
            let writer = index.writer_with_num_threads(n_threads, memory_bytes)?;
            let mut policy = LogMergePolicy::default();
            // Segments of a big first build are left alone: merging them buys no speed.
            policy.set_max_docs_before_merge(20_000);
            writer.set_merge_policy(Box::new(policy));
            Ok(writer)
        };
        Ok(Self {
            root: root.to_owned(),
            writer: open().map_err(Error::search(root))?,
            fields,
        })
    }

    /// Adds one passage; visible after [`commit`](Self::commit).
    ///
    /// # Errors
    /// When an indexing thread has died, for example on a full disk.
    pub fn add(&self, row: &PassageRow<'_>) -> Result<(), Error> {
        let fields = &self.fields;
        let body = row.whole();
        let mut document = TantivyDocument::default();
        document.add_text(fields.document, row.document);
        document.add_u64(fields.start, row.span.start as u64);
        document.add_u64(fields.end, row.span.end as u64);
        document.add_text(fields.body, &body);
        document.add_text(fields.body_bare, body);
        document.add_text(fields.heading, row.heading);
        document.add_text(fields.heading_bare, row.heading);
        let wording = Wording::new(row.context, row.heading, row.text);
        for word in wording.words() {
            document.add_u64(fields.words, u64::from(word.to_bits()));
        }
        document.add_u64(fields.heading_at, wording.heading().start as u64);
        document.add_u64(fields.text_at, wording.text().start as u64);
        for number in vector::packed(row.vector) {
            document.add_u64(fields.vector, number);
        }
        self.writer
            .add_document(document)
            .map_err(Error::search(&self.root))?;
        Ok(())
    }

    /// Takes out all passages of `document` that were committed or added before.
    pub fn delete(&self, document: &str) {
        self.writer
            .delete_term(Term::from_field_text(self.fields.document, document));
    }

    /// Makes all changes durable and waits for merges.
    ///
    /// # Errors
    /// When writing fails; then nothing of this session is visible.
    pub fn commit(mut self) -> Result<(), Error> {
        self.writer.commit().map_err(Error::search(&self.root))?;
        self.writer
            .wait_merging_threads()
            .map_err(Error::search(&self.root))
    }
}

/// Reads one passage index.
pub struct PassageIndex {
    root: PathBuf,
    searcher: Searcher,
    fields: PassageFields,
}

impl PassageIndex {
    /// Opens the index at `root` as it is now; later commits are not seen. Nothing is written there,
    /// and no writer is locked out: the index must be complete.
    ///
    /// # Errors
    /// [`Error::Damaged`] when it is not a whole index, [`Error::Denied`] when it may not be read.
    pub fn open(root: &Path) -> Result<Self, Error> {
        let open = || -> tantivy::Result<Searcher> {
            let index = sealed::open(root)?;
            schema::register_analyzers(&index);
            let reader = index
                .reader_builder()
                .reload_policy(ReloadPolicy::Manual)
                .try_into()?;
            Ok(reader.searcher())
        };
        let searcher = open().map_err(Error::opening_search(root))?;
        let (_, fields) = schema::passage_schema();
        Ok(Self {
            root: root.to_owned(),
            searcher,
            fields,
        })
    }

    /// Number of live passages.
    pub fn n_passages(&self) -> u64 {
        self.searcher.num_docs()
    }

    /// The best `limit` passages, best first; equal scores in document order.
    ///
    /// # Errors
    /// When the index on disk cannot be read.
    pub fn search(&self, query: &Query, limit: usize) -> Result<Vec<PassageHit>, Error> {
        let hits = self.top(query, limit).map_err(Error::search(&self.root))?;
        Ok(hits.into_iter().map(|(hit, _)| hit).collect())
    }

    /// As [`search`](Self::search), each hit with its words and its vector.
    ///
    /// # Errors
    /// When the index on disk cannot be read.
    pub fn candidates(&self, query: &Query, limit: usize) -> Result<Vec<PassageCandidate>, Error> {
        let read = || -> tantivy::Result<Vec<PassageCandidate>> {
            let segments = self.searcher.segment_readers().iter();
            let columns: Vec<(Wordings, Vectors)> = segments
                .map(|segment| Ok((Wordings::of(segment)?, Vectors::of(segment)?)))
                .collect::<tantivy::Result<_>>()?;
            let hits = self.top(query, limit)?.into_iter();
            let candidates = hits.filter_map(|(hit, place)| {
                let (wordings, vectors) = columns.get(place.segment)?;
                Some(PassageCandidate {
                    hit,
                    wording: wordings.read(place.passage),
                    vector: vectors.read(place.passage),
                })
            });
            Ok(candidates.collect())
        };
        read().map_err(Error::search(&self.root))
    }

    fn top(&self, query: &Query, limit: usize) -> tantivy::Result<Vec<(PassageHit, Place)>> {
        let scorer = Scorer::new(&self.searcher, &self.fields, query)?;
        let mut hits = Vec::new();
        for (at, segment) in self.searcher.segment_readers().iter().enumerate() {
            let best = best_of(segment, scorer.score(segment)?, limit);
            let names = Names::of(segment)?;
            for (passage, score) in best {
                let (document, span) = names.name(passage)?;
                let hit = PassageHit {
                    document,
                    span,
                    score,
                };
                let segment = at;
                hits.push((hit, Place { segment, passage }));
            }
        }
        hits.sort_by(|(a, _), (b, _)| by_rank(a, b));
        hits.truncate(limit);
        Ok(hits)
    }

    /// What each term of `query` adds to the score of the passage at `span` of `document`.
    ///
    /// # Errors
    /// When the index on disk cannot be read.
    pub fn explain(&self, query: &Query, hit: &PassageHit) -> Result<Vec<Contribution>, Error> {
        self.contributions(query, hit)
            .map_err(Error::search(&self.root))
    }

    fn contributions(&self, query: &Query, hit: &PassageHit) -> tantivy::Result<Vec<Contribution>> {
        let scorer = Scorer::new(&self.searcher, &self.fields, query)?;
        let of_document = Term::from_field_text(self.fields.document, &hit.document);
        for segment in self.searcher.segment_readers() {
            let names = Names::of(segment)?;
            let index = segment.inverted_index(self.fields.document)?;
            let Some(mut postings) = index.read_postings(&of_document, IndexRecordOption::Basic)?
            else {
                continue;
            };
            while postings.doc() != TERMINATED {
                let passage = postings.doc();
                if !segment.is_deleted(passage) && names.name(passage)?.1 == hit.span {
                    return scorer.explain(segment, passage);
                }
                postings.advance();
            }
        }
        Ok(Vec::new())
    }

    /// Whether any body holds `term`.
    ///
    /// # Errors
    /// When the index on disk cannot be read.
    pub fn contains(&self, form: Form, term: &str) -> Result<bool, Error> {
        Ok(self.n_with_term(form, term)? > 0)
    }

    /// How rare `term` is among the bodies, as BM25 weighs it; the largest value for unknown terms.
    ///
    /// # Errors
    /// When the index on disk cannot be read.
    pub fn rarity(&self, form: Form, term: &str) -> Result<f32, Error> {
        Ok(inverse_document_frequency(
            self.n_with_term(form, term)?,
            self.n_passages(),
        ))
    }

    fn n_with_term(&self, form: Form, term: &str) -> Result<u64, Error> {
        let field = match form {
            Form::Marked => self.fields.body,
            Form::Bare => self.fields.body_bare,
        };
        self.searcher
            .doc_freq(&Term::from_field_text(field, term))
            .map_err(Error::search(&self.root))
    }
}

/// Where a hit lies in the searcher that found it.
#[derive(Clone, Copy)]
struct Place {
    segment: usize,
    passage: DocId,
}

fn by_rank(a: &PassageHit, b: &PassageHit) -> Ordering {
    let place = |h: &PassageHit| (h.span.start, h.span.end);
    b.score
        .total_cmp(&a.score)
        .then_with(|| a.document.cmp(&b.document))
        .then_with(|| place(a).cmp(&place(b)))
}

/// The best passages of one segment. Ties at the cut are kept, so that the order of segments never
/// decides what is found.
fn best_of(segment: &SegmentReader, scores: Vec<f32>, limit: usize) -> Vec<(DocId, f32)> {
    let is_live = |passage: DocId| !segment.is_deleted(passage);
    let mut hits: Vec<(DocId, f32)> = (0..)
        .zip(scores)
        .filter(|&(passage, score)| score > 0.0 && is_live(passage))
        .collect();
    if limit > 0 && hits.len() > limit {
        let (_, &mut (_, cut), _) =
            hits.select_nth_unstable_by(limit - 1, |a, b| b.1.total_cmp(&a.1));
        hits.retain(|&(_, score)| score >= cut);
    }
    hits
}

/// Which passage a number stands for, read from the columns of one segment.
struct Names {
    documents: Option<StrColumn>,
    starts: Column<u64>,
    ends: Column<u64>,
}

impl Names {
    fn of(segment: &SegmentReader) -> tantivy::Result<Self> {
        let columns = segment.fast_fields();
        Ok(Self {
            documents: columns.str(DOCUMENT)?,
            starts: columns.u64(START)?,
            ends: columns.u64(END)?,
        })
    }

    fn name(&self, passage: DocId) -> tantivy::Result<(String, Span)> {
        let mut document = String::new();
        if let Some(column) = &self.documents
            && let Some(ordinal) = column.term_ords(passage).next()
        {
            column.ord_to_str(ordinal, &mut document)?;
        }
        let offset = |column: &Column<u64>| {
            column
                .first(passage)
                .and_then(|offset| usize::try_from(offset).ok())
                .unwrap_or(0)
        };
        let start = offset(&self.starts);
        Ok((document, Span::new(start, offset(&self.ends).max(start))))
    }
}
