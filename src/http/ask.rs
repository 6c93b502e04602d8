//! `POST /api/ask`.

use axum::Json;
use axum::extract::State;
use axum::extract::rejection::JsonRejection;
use serde::Deserialize;

use super::day::day;
use super::error::ApiError;
use super::state::App;
use crate::wire::Answer;

/// A question.
#[derive(Deserialize)]
pub(super) struct Asked {
    question: String,
    /// The day whose law is wanted, `YYYY-MM-DD`.
    #[serde(default)]
    as_of: Option<String>,
}

pub(super) async fn ask(
    State(app): State<App>,
    body: Result<Json<Asked>, JsonRejection>,
) -> Result<Json<Answer>, ApiError> {
    let Json(asked) = body?;
    let as_of = day(asked.as_of.as_deref())?;
    let answer = app
        .work(move |service| Ok(service.ask(&asked.question, as_of)?))
        .await?;
    // Question texts stay in the record; the log has what an operator needs.
    tracing::info!(
        answer.id = %answer.id,
        status = ?answer.status,
        n_citations = answer.citations.len(),
        generation = answer.generation,
        duration_ms = answer.timings_ms.total,
        "answered"
    );
    Ok(Json(answer))
}
