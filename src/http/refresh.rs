//! Takes up newer generations of the index while questions are answered.

use std::time::Duration;

use tokio::task::JoinError;

use super::state::App;
use crate::index::Error;

/// How often a newer generation is looked for.
const REFRESH_EVERY: Duration = Duration::from_secs(1);

/// Looks for a newer generation again and again, and logs what keeps it from being used.
pub(super) async fn refresh(app: App) {
    let mut ticks = tokio::time::interval(REFRESH_EVERY);
    let mut told = Told::default();
    #[expect(clippy::infinite_loop, reason = "runs as long as the server")]
    loop {
        ticks.tick().await;
        let refreshed = app.run_blocking(|service| service.store().refresh()).await;
        if matches!(refreshed, Ok(Ok(true))) {
            tracing::info!(
                generation = app.generation(),
                "took up a new index generation"
            );
            app.warn_of_other_model();
        }
        if let Some(error) = told.news(failure(refreshed)) {
            tracing::error!(%error, "the new index generation cannot be used; the old one stays");
        }
    }
}

/// What kept the newest generation from being used, with its causes.
fn failure(refreshed: Result<Result<bool, Error>, JoinError>) -> Option<String> {
    match refreshed {
        Ok(Ok(_)) => None,
        Ok(Err(error)) => Some(format!("{:#}", anyhow::Error::from(error))),
        // Its own words have the number of the task, so that no two are the same; what panicked
        // was printed when it did.
        Err(error) if error.is_panic() => Some("the look for it panicked".to_owned()),
        Err(_) => Some("the look for it was broken off".to_owned()),
    }
}

/// The failure that was told last: it comes back every second until somebody mends it.
#[derive(Default)]
struct Told(Option<String>);

impl Told {
    /// The `failure`, unless it is the one of the last time.
    fn news(&mut self, failure: Option<String>) -> Option<&str> {
        let is_known = self.0 == failure;
        self.0 = failure;
        self.0.as_deref().filter(|_| !is_known)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The failure of a look that panics.
    fn panicked() -> Option<String> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let look = runtime.spawn_blocking(|| panic!("a panic on purpose"));
        failure(runtime.block_on(look))
    }

    #[test]
    fn each_failure_is_told_once_until_another_comes_or_it_was_mended() {
        let missing = || {
            let root = "index".into();
            failure(Ok(Err(Error::Missing { root })))
        };
        let mended = || failure(Ok(Ok(false)));
        let mut told = Told::default();
        for (failure, is_news) in [
            (mended(), false),
            (missing(), true),
            (missing(), false),
            (panicked(), true),
            (panicked(), false),
            (missing(), true),
            (mended(), false),
            (missing(), true),
        ] {
            let expected = failure.clone().filter(|_| is_news);
            assert_eq!(told.news(failure).map(str::to_owned), expected);
        }
    }

    #[test]
    fn failure_is_told_with_its_cause() {
        let error = Error::Io {
            action: "read",
            path: "index/CURRENT".into(),
            source: std::io::Error::other("no such disk"),
        };
        let told = failure(Ok(Err(error))).unwrap();
        assert_eq!(told, "cannot read `index/CURRENT`: no such disk");
    }
}
