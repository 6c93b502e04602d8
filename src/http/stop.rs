//! The end of the server: open requests are finished, but no client can keep it from ending.

use std::io;
use std::pin::pin;
use std::time::Duration;

use axum::Router;
use tokio::net::TcpListener;
#[cfg(unix)]
use tokio::signal::unix::{Signal, SignalKind, signal};
use tokio::sync::oneshot;

/// How long open connections get once the process was told to stop. An answer takes far less, and
/// what runs the server often kills it after 30 s or more.
pub(super) const WAIT_MAX: Duration = Duration::from_secs(10);

/// Serves until the first of `signals`, then waits for open connections until they are done,
/// [`WAIT_MAX`] is over or the next signal comes.
///
/// # Errors
/// When the listener fails.
pub(super) async fn serve(
    listener: TcpListener,
    router: Router,
    mut signals: Signals,
) -> io::Result<()> {
    let (stop, stopped) = oneshot::channel::<()>();
    let serving = axum::serve(listener, router)
        // Nothing is ever sent: the end of the sender is the word.
        .with_graceful_shutdown(async { drop(stopped.await) });
    let mut serving = pin!(serving.into_future());
    tokio::select! {
        served = &mut serving => return served,
        () = signals.next() => {}
    }
    drop(stop);
    tracing::info!(
        wait_s = WAIT_MAX.as_secs(),
        "stopping once open requests are done; a second signal stops at once"
    );
    tokio::select! {
        served = serving => return served,
        () = tokio::time::sleep(WAIT_MAX) => {}
        () = signals.next() => {}
    }
    tracing::warn!("stopped with connections open, which are cut off");
    Ok(())
}

/// The signals that tell the process to stop: Ctrl-C and SIGTERM.
#[cfg(unix)]
pub(super) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

#[cfg(unix)]
impl Signals {
    /// Takes the signals over from the system, for which the first one is the end.
    ///
    /// # Errors
    /// When the system does not let go of them.
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self {
            interrupt: signal(SignalKind::interrupt())?,
            terminate: signal(SignalKind::terminate())?,
        })
    }

    /// Waits for the next of them.
    async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}

/// The signal that tells the process to stop: Ctrl-C.
#[cfg(not(unix))]
pub(super) struct Signals;

#[cfg(not(unix))]
impl Signals {
    /// Nothing to do beforehand here.
    ///
    /// # Errors
    /// None here.
    #[expect(clippy::unnecessary_wraps, reason = "as where signals can be refused")]
    pub(super) fn listen() -> io::Result<Self> {
        Ok(Self)
    }

    /// Waits for the next of them.
    async fn next(&mut self) {
        drop(tokio::signal::ctrl_c().await);
    }
}
