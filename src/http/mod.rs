//! Answers over HTTP, and the pages. The only module that knows tokio.
//!
//! Questions are CPU work: each takes a permit and runs on a blocking thread; when no permit
//! comes free in time the client is told to come back (503 with `Retry-After`). A task looks for a
//! newer index generation every second and takes it up between questions. How the server ends is in
//! [`stop`].

mod answers;
mod ask;
mod day;
mod documents;
mod download;
mod error;
mod files;
mod health;
mod pages;
mod refresh;
mod search;
mod source;
mod state;
mod stop;

use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::Path;

use anyhow::Context;
use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::{HeaderName, HeaderValue, Request, header};
use axum::middleware::{self, Next};
use axum::response::Response;
use axum::routing::{get, post};

use crate::qa::Service;
use state::App;
use stop::Signals;

/// A question, a verdict with its comment: small bodies only.
const BODY_BYTES_MAX: usize = 64 * 1024;

/// Takes the address, or says that somebody else has it.
///
/// # Errors
/// When the address is in use or not ours.
pub fn bind(address: SocketAddr) -> anyhow::Result<TcpListener> {
    let listener = TcpListener::bind(address).map_err(|error| {
        let hint = if error.kind() == io::ErrorKind::AddrInUse {
            "\nhint: another program listens there; choose one with --listen"
        } else {
            ""
        };
        anyhow::anyhow!("cannot listen on `{address}`: {error}{hint}")
    })?;
    listener.set_nonblocking(true)?;
    Ok(listener)
}

/// Serves answers, and the files of the corpus at `corpus`, until the process is told to stop (Ctrl-C
/// or SIGTERM), then finishes open requests within [`stop::WAIT_MAX`].
///
/// # Errors
/// When the runtime cannot start or the listener fails.
pub fn serve(
    listener: TcpListener,
    service: Service,
    corpus: &Path,
    n_workers: usize,
) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()?;
    let served = runtime.block_on(async {
        let signals = Signals::listen()?;
        let app = App::new(service, corpus, n_workers);
        let address = listener.local_addr()?;
        let listener = tokio::net::TcpListener::from_std(listener)?;
        tokio::spawn(refresh::refresh(app.clone()));
        tracing::info!(%address, generation = app.generation(), "listening on http://{address}");
        stop::serve(listener, router(app), signals)
            .await
            .context("serving failed")
    });
    // What still runs has nobody left to answer, and to drop the runtime is to wait for it.
    runtime.shutdown_background();
    served
}

fn router(app: App) -> Router {
    Router::new()
        .route("/api/ask", post(ask::ask))
        .route("/api/search", get(search::search))
        .route("/api/documents", get(documents::list))
        .route("/api/documents/{*id}", get(documents::one))
        .route("/api/files/{*id}", get(files::one))
        .route("/api/answers", get(answers::list))
        .route("/api/answers/export", get(answers::export))
        .route("/api/answers/{id}", get(answers::one))
        .route("/api/answers/{id}/verdicts", post(answers::add_verdict))
        .route("/healthz", get(health::healthz))
        .route("/", get(pages::ask))
        .route("/documents", get(pages::documents))
        .route("/documents/", get(pages::documents))
        .route("/documents/{*id}", get(pages::document))
        .route("/audit", get(pages::audit))
        .route("/audit/", get(pages::audit))
        .route("/audit/{id}", get(pages::answer))
        .route("/audit/{id}/", get(pages::answer))
        .route("/assets/{name}", get(pages::asset))
        .fallback(error::not_found)
        .method_not_allowed_fallback(error::wrong_method)
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        .layer(middleware::from_fn(harden))
        .with_state(app)
}

/// What a page may load and who may frame it; files of the corpus have policies of their own.
const PAGE_POLICY: &str =
    "default-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'self'";

/// Headers that keep the pages to themselves.
async fn harden(request: Request<axum::body::Body>, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(HeaderValue::from_static(PAGE_POLICY));
    let fixed: [(HeaderName, &'static str); 2] = [
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
    ];
    for (name, value) in fixed {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers
        .entry(header::CACHE_CONTROL)
        .or_insert(HeaderValue::from_static("no-cache"));
    response
}
