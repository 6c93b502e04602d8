//! `GET /api/search?q=…&limit=10&explain=true`.

use axum::Json;
use axum::extract::rejection::QueryRejection;
use axum::extract::{Query, State};
use serde::{Deserialize, Serialize};

use super::day::day;
use super::error::ApiError;
use super::state::App;
use crate::qa;
use crate::qa::Clock;
use crate::wire::Passage;

const LIMIT_MAX: usize = 100;

#[derive(Deserialize)]
pub(super) struct Parameters {
    q: String,
    #[serde(default = "default_limit")]
    limit: usize,
    #[serde(default)]
    explain: bool,
    /// The day whose law is wanted, `YYYY-MM-DD`.
    #[serde(default)]
    as_of: Option<String>,
}

fn default_limit() -> usize {
    10
}

/// Hits, best first.
#[derive(Serialize)]
pub(super) struct Found {
    generation: u64,
    hits: Vec<Passage>,
}

pub(super) async fn search(
    State(app): State<App>,
    parameters: Result<Query<Parameters>, QueryRejection>,
) -> Result<Json<Found>, ApiError> {
    let Query(parameters) = parameters?;
    let as_of = day(parameters.as_of.as_deref())?;
    let found = app.work(move |service| {
        let generation = service.store().live();
        let limit = parameters.limit.clamp(1, LIMIT_MAX);
        let hits = qa::search(
            &parameters.q,
            &generation,
            service.ranker(),
            Clock::now(as_of),
            (limit, parameters.explain),
        )?;
        Ok(Found {
            generation: generation.manifest().number,
            hits,
        })
    });
    Ok(Json(found.await?))
}
