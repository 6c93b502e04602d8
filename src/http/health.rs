//! `GET /healthz`.

use axum::Json;
use axum::extract::State;
use serde::Serialize;

use super::state::App;

/// What is being served.
#[derive(Serialize)]
pub(super) struct Health {
    status: &'static str,
    generation: u64,
    version: &'static str,
}

pub(super) async fn healthz(State(app): State<App>) -> Json<Health> {
    Json(Health {
        status: "ok",
        generation: app.generation(),
        version: env!("CARGO_PKG_VERSION"),
    })
}
