//! `GET /api/documents` and `GET /api/documents/{id}`.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use serde::{Deserialize, Serialize};

use super::error::ApiError;
use super::state::App;
use crate::index::Entry;
use crate::text::{fold_word, words};
use crate::wire::{Document, DocumentText};

const LIMIT_MAX: usize = 500;

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    offset: usize,
    #[serde(default = "default_limit")]
    limit: usize,
    /// Words that id, number or title must hold.
    #[serde(default)]
    q: String,
}

fn default_limit() -> usize {
    50
}

/// One page of documents, in order of id.
#[derive(Serialize)]
pub(super) struct Page {
    total: usize,
    generation: u64,
    documents: Vec<Document>,
}

pub(super) async fn list(
    State(app): State<App>,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<Json<Page>, ApiError> {
    let Query(parameters) = parameters?;
    let page = app.work(move |service| {
        let generation = service.store().live();
        let wanted = bare_words(&parameters.q);
        let matching: Vec<&Entry> = generation
            .catalogue()
            .entries()
            .iter()
            .filter(|entry| names(entry, &wanted))
            .collect();
        let page = matching
            .iter()
            .skip(parameters.offset)
            .take(parameters.limit.min(LIMIT_MAX));
        Ok(Page {
            total: matching.len(),
            generation: generation.manifest().number,
            documents: page.map(|&entry| Document::from(entry)).collect(),
        })
    });
    Ok(Json(page.await?))
}

fn bare_words(text: &str) -> Vec<String> {
    words(text).map(|(word, _)| fold_word(word).bare).collect()
}

/// Whether id, number and title together hold every word, diacritics aside.
fn names(entry: &Entry, wanted: &[String]) -> bool {
    if wanted.is_empty() {
        return true;
    }
    let held = bare_words(
        &[
            &entry.id,
            entry.number.as_deref().unwrap_or_default(),
            &entry.title,
        ]
        .join(" "),
    );
    wanted.iter().all(|word| held.contains(word))
}

pub(super) async fn one(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<DocumentText>, ApiError> {
    let Path(id) = id?;
    let document = app.work(move |service| {
        let generation = service.store().live();
        let (entry, document) = generation.document(&id)?.ok_or(ApiError::NotFound)?;
        Ok(DocumentText::new(entry, &document))
    });
    Ok(Json(document.await?))
}
