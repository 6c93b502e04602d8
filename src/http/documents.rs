//! `GET /api/documents` and `GET /api/documents/{id}`.

use axum::Json;
use axum::extract::rejection::{PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::day::day;
use super::error::ApiError;
use super::state::App;
use crate::index::Entry;
use crate::qa::today;
use crate::text::{fold_word, words};
use crate::wire::{Document, DocumentText};

const LIMIT_MAX: usize = 500;

#[derive(Deserialize)]
pub(super) struct Parameters {
    #[serde(default)]
    offset: usize,
    #[serde(default = "default_limit")]
    limit: usize,
    /// The day whose state is told, `YYYY-MM-DD`.
    #[serde(default)]
    as_of: Option<String>,
    /// Words that id, number or title must hold.
    #[serde(default)]
    q: String,
}

/// The day whose state is told.
#[derive(Deserialize)]
pub(super) struct OnDay {
    as_of: Option<String>,
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
    let day = day(parameters.as_of.as_deref())?.unwrap_or_else(|| today(Timestamp::now()));
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
            documents: page
                .map(|&entry| Document::on(entry, &generation, day))
                .collect(),
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
    parameters: Result<Query<OnDay>, QueryRejection>,
) -> Result<Json<DocumentText>, ApiError> {
    let (Path(id), Query(OnDay { as_of })) = (id?, parameters?);
    let day = day(as_of.as_deref())?.unwrap_or_else(|| today(Timestamp::now()));
    let document = app.work(move |service| {
        let generation = service.store().live();
        let (entry, document) = generation.document(&id)?.ok_or(ApiError::NotFound)?;
        Ok(DocumentText::new(entry, &document, &generation, day))
    });
    Ok(Json(document.await?))
}
