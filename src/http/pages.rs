//! The pages and what they are made of, compiled into the program.

use axum::extract::Path;
use axum::extract::rejection::PathRejection;
use axum::http::header;
use axum::response::{Html, IntoResponse, Response};

use super::error::ApiError;

pub(super) async fn ask() -> Html<&'static str> {
    Html(include_str!("assets/index.html"))
}

pub(super) async fn documents() -> Html<&'static str> {
    Html(include_str!("assets/documents.html"))
}

pub(super) async fn document() -> Html<&'static str> {
    Html(include_str!("assets/document.html"))
}

pub(super) async fn audit() -> Html<&'static str> {
    Html(include_str!("assets/audit.html"))
}

pub(super) async fn answer() -> Html<&'static str> {
    Html(include_str!("assets/answer.html"))
}

/// Name, content type and content of every asset.
const ASSETS: &[(&str, &str, &str)] = &[
    ("answer.js", JAVASCRIPT, include_str!("assets/answer.js")),
    ("api.js", JAVASCRIPT, include_str!("assets/api.js")),
    ("ask.js", JAVASCRIPT, include_str!("assets/ask.js")),
    ("audit.js", JAVASCRIPT, include_str!("assets/audit.js")),
    (
        "document.js",
        JAVASCRIPT,
        include_str!("assets/document.js"),
    ),
    (
        "documents.js",
        JAVASCRIPT,
        include_str!("assets/documents.js"),
    ),
    (
        "icon.svg",
        "image/svg+xml; charset=utf-8",
        include_str!("assets/icon.svg"),
    ),
    ("parts.js", JAVASCRIPT, include_str!("assets/parts.js")),
    (
        "style.css",
        "text/css; charset=utf-8",
        include_str!("assets/style.css"),
    ),
    ("words.js", JAVASCRIPT, include_str!("assets/words.js")),
];

const JAVASCRIPT: &str = "text/javascript; charset=utf-8";

pub(super) async fn asset(name: Result<Path<String>, PathRejection>) -> Result<Response, ApiError> {
    let Path(name) = name?;
    let found = ASSETS.iter().find(|(known, ..)| *known == name);
    let (_, content_type, content) = found.ok_or(ApiError::NotFound)?;
    Ok(([(header::CONTENT_TYPE, *content_type)], *content).into_response())
}
