//! What handlers share.

use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use tokio::sync::Semaphore;
use tokio::task::{JoinError, JoinHandle};

use super::error::ApiError;
use crate::qa::Service;

/// How long a question waits for a free worker before the client is sent away.
const WAIT_MAX: Duration = Duration::from_secs(5);

/// Downloads at a time: each has a thread to itself for as long as its client reads.
const DOWNLOADS_MAX: usize = 4;

/// The service with its workers; cheap to clone.
#[derive(Clone)]
pub(super) struct App {
    service: Arc<Service>,
    corpus: Arc<Path>,
    workers: Arc<Semaphore>,
    downloads: Arc<Semaphore>,
}

impl App {
    pub(super) fn new(service: Service, corpus: &Path, n_workers: usize) -> Self {
        Self {
            service: Arc::new(service),
            corpus: Arc::from(corpus),
            workers: Arc::new(Semaphore::new(n_workers.max(1))),
            downloads: Arc::new(Semaphore::new(DOWNLOADS_MAX)),
        }
    }

    /// The folder of the files that documents came from.
    pub(super) fn corpus(&self) -> Arc<Path> {
        Arc::clone(&self.corpus)
    }

    /// Number of the live generation.
    pub(super) fn generation(&self) -> u64 {
        self.service.store().live().manifest().number
    }

    /// Warns where the live generation was built with another model than this server ranks with.
    pub(super) fn warn_of_other_model(&self) {
        let generation = self.service.store().live();
        if self.service.ranker().check(&generation).is_err() {
            tracing::warn!(
                generation = generation.manifest().number,
                "the index was built with another model: ranking by words alone until it is built with the model of this server"
            );
        }
    }

    /// Runs `work` on a blocking thread once a worker is free.
    pub(super) async fn work<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Service) -> Result<T, ApiError> + Send + 'static,
    ) -> Result<T, ApiError> {
        let done = self.start(&self.workers, work).await?;
        done.await.map_err(|error| ApiError::internal(&error))?
    }

    /// Starts `work` that writes a download on a blocking thread once it may. It takes no worker
    /// from questions.
    pub(super) async fn start_download<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Service) -> T + Send + 'static,
    ) -> Result<JoinHandle<T>, ApiError> {
        self.start(&self.downloads, work).await
    }

    /// Starts `work` on a blocking thread once one of `permits` is free.
    async fn start<T: Send + 'static>(
        &self,
        permits: &Arc<Semaphore>,
        work: impl FnOnce(&Service) -> T + Send + 'static,
    ) -> Result<JoinHandle<T>, ApiError> {
        let permit = tokio::time::timeout(WAIT_MAX, Arc::clone(permits).acquire_owned()).await;
        let Ok(Ok(permit)) = permit else {
            return Err(ApiError::Busy);
        };
        let service = Arc::clone(&self.service);
        Ok(tokio::task::spawn_blocking(move || {
            // Held until the work is done, also when the client has gone.
            let _permit = permit;
            work(&service)
        }))
    }

    /// Runs `work` on a blocking thread, whether or not a worker is free.
    pub(super) async fn run_blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Service) -> T + Send + 'static,
    ) -> Result<T, JoinError> {
        let service = Arc::clone(&self.service);
        tokio::task::spawn_blocking(move || work(&service)).await
    }
}
