//! The audit record over HTTP: `/api/answers…`.

use std::io::Write;

use axum::Json;
use axum::extract::rejection::{JsonRejection, PathRejection, QueryRejection};
use axum::extract::{Path, Query, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde::{Deserialize, Serialize};

use super::day::day;
use super::download::download;
use super::error::ApiError;
use super::source::SourceText;
use super::state::App;
use crate::audit::{AnswerRow, Filter, NewVerdict, Show, StoredAnswer, Verdict, VerdictRow};
use crate::qa::{Service, moments};
use crate::text::mask_identifiers;
use crate::wire;

/// Which page of a list.
#[derive(Deserialize)]
pub(super) struct PageQuery {
    #[serde(default)]
    offset: u64,
    #[serde(default = "default_limit")]
    limit: u64,
}

fn default_limit() -> u64 {
    50
}

/// Which answers a list or an export has: those asked on the days `from` to `to`, and `show` of them.
#[derive(Deserialize)]
pub(super) struct FilterQuery {
    from: Option<String>,
    to: Option<String>,
    #[serde(default)]
    show: Show,
}

impl FilterQuery {
    fn filter(&self) -> Result<Filter, ApiError> {
        let (from, to) = (day(self.from.as_deref())?, day(self.to.as_deref())?);
        let (from, until) = moments(from, to).ok_or(ApiError::BadPeriod)?;
        Ok(Filter {
            from,
            until,
            show: self.show,
        })
    }
}

/// One page of answers, newest first.
#[derive(Serialize)]
pub(super) struct Page {
    total: u64,
    answers: Vec<Row>,
}

/// An answer in a list.
#[derive(Serialize)]
struct Row {
    id: String,
    asked_at: String,
    question: String,
    status: crate::audit::Status,
    n_citations: u32,
    n_judged: u32,
    n_verdicts: u32,
}

impl From<AnswerRow> for Row {
    fn from(row: AnswerRow) -> Self {
        Self {
            id: row.id,
            asked_at: row.asked_at.to_string(),
            question: row.question_masked,
            status: row.status,
            n_citations: row.n_citations,
            n_judged: row.n_judged,
            n_verdicts: row.n_verdicts,
        }
    }
}

pub(super) async fn list(
    State(app): State<App>,
    page: Result<Query<PageQuery>, QueryRejection>,
    wanted: Result<Query<FilterQuery>, QueryRejection>,
) -> Result<Json<Page>, ApiError> {
    let (Query(PageQuery { offset, limit }), Query(wanted)) = (page?, wanted?);
    let filter = wanted.filter()?;
    let page = app
        .work(move |service| Ok(service.record().list(&filter, offset, limit)?))
        .await?;
    Ok(Json(Page {
        total: page.total,
        answers: page.rows.into_iter().map(Row::from).collect(),
    }))
}

/// An answer as it was given, with what was said of it and what its sources hold now.
#[derive(Serialize)]
pub(super) struct Recorded {
    answer: wire::Answer,
    verdicts: Vec<Judged>,
    sources: Vec<SourceText>,
}

/// A verdict on one citation.
#[derive(Serialize)]
struct Judged {
    citation: u32,
    verdict: Verdict,
    comment: String,
    reviewer: String,
    recorded_at: String,
}

impl From<&VerdictRow> for Judged {
    fn from(row: &VerdictRow) -> Self {
        Self {
            citation: row.citation,
            verdict: row.verdict,
            comment: row.comment.clone(),
            reviewer: row.reviewer.clone(),
            recorded_at: row.recorded_at.to_string(),
        }
    }
}

pub(super) async fn one(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
) -> Result<Json<Recorded>, ApiError> {
    let Path(id) = id?;
    Ok(Json(app.work(move |service| recorded(service, &id)).await?))
}

fn recorded(service: &Service, id: &str) -> Result<Recorded, ApiError> {
    let stored: StoredAnswer = service.record().answer(id)?.ok_or(ApiError::NotFound)?;
    let answer: wire::Answer =
        serde_json::from_str(&stored.body).map_err(|e| ApiError::internal(&e))?;
    let generation = service.store().live();
    let sources = answer
        .citations
        .iter()
        .map(|citation| SourceText::of(citation, &generation))
        .collect::<Result<_, _>>()?;
    let verdicts = stored
        .citations
        .iter()
        .flat_map(|c| &c.verdicts)
        .map(Judged::from)
        .collect();
    Ok(Recorded {
        answer,
        verdicts,
        sources,
    })
}

/// A verdict as it is sent.
#[derive(Deserialize)]
pub(super) struct NewJudgement {
    citation: u32,
    verdict: Verdict,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    reviewer: String,
}

pub(super) async fn add_verdict(
    State(app): State<App>,
    id: Result<Path<String>, PathRejection>,
    body: Result<Json<NewJudgement>, JsonRejection>,
) -> Result<Response, ApiError> {
    let (Path(id), Json(new)) = (id?, body?);
    let row = app.work(move |service| {
        // The record cannot forget. The name of the reviewer is there to be kept.
        let comment = mask_identifiers(&new.comment);
        let verdict = NewVerdict {
            answer_id: &id,
            citation: new.citation,
            verdict: new.verdict,
            comment: &comment,
            reviewer: &new.reviewer,
        };
        Ok(service.record().add_verdict(&verdict)?)
    });
    Ok((StatusCode::CREATED, Json(Judged::from(&row.await?))).into_response())
}

#[derive(Deserialize)]
pub(super) struct FormatQuery {
    #[serde(default)]
    format: Format,
}

#[derive(Clone, Copy, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Format {
    #[default]
    Jsonl,
    Csv,
    Gold,
}

pub(super) async fn export(
    State(app): State<App>,
    format: Result<Query<FormatQuery>, QueryRejection>,
    wanted: Result<Query<FilterQuery>, QueryRejection>,
) -> Result<Response, ApiError> {
    let (Query(FormatQuery { format }), Query(wanted)) = (format?, wanted?);
    let filter = wanted.filter()?;
    let (content_type, name) = match format {
        Format::Jsonl => (
            "application/x-ndjson; charset=utf-8",
            "attachment; filename=\"camnang-audit.jsonl\"",
        ),
        Format::Csv => (
            "text/csv; charset=utf-8",
            "attachment; filename=\"camnang-audit.csv\"",
        ),
        Format::Gold => (
            "application/x-ndjson; charset=utf-8",
            "attachment; filename=\"gold.jsonl\"",
        ),
    };
    let export = move |service: &Service, writer: &mut dyn Write| match format {
        Format::Jsonl => service.record().export_jsonl(&filter, writer),
        Format::Csv => service.record().export_csv(&filter, writer),
        Format::Gold => service.record().export_gold(&filter, writer),
    };
    let body = download(&app, export).await?;
    let headers = [
        (header::CONTENT_TYPE, content_type),
        (header::CONTENT_DISPOSITION, name),
    ];
    Ok((headers, body).into_response())
}
