//! A download that is written while its client reads it, so that it is never whole in memory.

use std::io::{self, Write};
use std::mem;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use axum::body::{Body, Bytes};
use futures_core::Stream;
use tokio::runtime::Handle;
use tokio::sync::mpsc;

use super::error::ApiError;
use super::state::App;
use crate::audit::Error;
use crate::qa::Service;

/// Bytes that a piece has at least, and that are written before the client gets any: until then an
/// error is told as one.
const PIECE_BYTES: usize = 64 * 1024;
/// Pieces that wait for the client.
const PIECES_MAX: usize = 4;
/// How long a client may take over one piece: one that is gone without a word takes for ever.
const READER_WAIT_MAX: Duration = Duration::from_secs(30);

/// The body that `export` writes.
///
/// # Errors
/// [`ApiError::Busy`] where too many downloads run, and that of `export` where it fails before
/// there is a piece of the body. A later error breaks the body off, so that no client takes a part
/// for the whole.
pub(super) async fn download(
    app: &App,
    export: impl FnOnce(&Service, &mut dyn Write) -> Result<u64, Error> + Send + 'static,
) -> Result<Body, ApiError> {
    let (pieces, mut receiver) = pieces(READER_WAIT_MAX);
    let work = move |service: &Service| write(pieces, |writer| export(service, writer));
    let written = app.start_download(work).await?;
    if let Some(Ok(first)) = receiver.recv().await {
        let first = Some(first);
        let rest = receiver;
        return Ok(Body::from_stream(Download { first, rest }));
    }
    written
        .await
        .map_err(|error| ApiError::internal(&error))??;
    Ok(Body::empty())
}

/// Lets `export` write `pieces`; an error of it is logged here.
fn write(
    mut pieces: Pieces,
    export: impl FnOnce(&mut dyn Write) -> Result<u64, Error>,
) -> Result<(), ApiError> {
    let exported = export(&mut pieces).and_then(|_| Ok(pieces.send_held()?));
    match exported {
        Ok(()) => Ok(()),
        // The client has gone, which is no failure.
        Err(Error::Export(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        Err(error) => {
            // Where nobody reads any more, nobody is misled.
            drop(pieces.send(Err(io::Error::other("the export failed"))));
            Err(error.into())
        }
    }
}

/// Where a download is written, and where it is read piece by piece.
fn pieces(wait_max: Duration) -> (Pieces, mpsc::Receiver<io::Result<Bytes>>) {
    let (sender, receiver) = mpsc::channel(PIECES_MAX);
    let pieces = Pieces {
        held: Vec::new(),
        sender,
        wait_max,
        runtime: Handle::current(),
    };
    (pieces, receiver)
}

/// The end that a blocking thread writes.
struct Pieces {
    /// What is not yet a piece.
    held: Vec<u8>,
    sender: mpsc::Sender<io::Result<Bytes>>,
    wait_max: Duration,
    runtime: Handle,
}

impl Pieces {
    /// Waits until there is room for `piece`, but not for ever.
    fn send(&mut self, piece: io::Result<Bytes>) -> io::Result<()> {
        let sent = self.sender.send_timeout(piece, self.wait_max);
        let sent = self.runtime.block_on(sent);
        sent.map_err(|error| io::Error::new(io::ErrorKind::BrokenPipe, error.to_string()))
    }

    /// Sends what was written and is held, where that is anything.
    fn send_held(&mut self) -> io::Result<()> {
        if self.held.is_empty() {
            return Ok(());
        }
        let piece = mem::take(&mut self.held);
        self.send(Ok(piece.into()))
    }
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.held.extend(bytes);
        if self.held.len() >= PIECE_BYTES {
            self.send_held()?;
        }
        Ok(bytes.len())
    }

    /// Sends nothing: a table flushes when it is dropped, after an error too.
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// The end that the client reads.
struct Download {
    /// What was taken out of `rest` to see whether there is anything.
    first: Option<Bytes>,
    rest: mpsc::Receiver<io::Result<Bytes>>,
}

impl Stream for Download {
    type Item = io::Result<Bytes>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(first))),
            None => self.rest.poll_recv(context),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a client gets of what `export` writes, and what becomes of that.
    fn downloaded(
        export: impl FnOnce(&mut dyn Write) -> Result<u64, Error> + Send + 'static,
    ) -> (Vec<io::Result<Bytes>>, Result<(), ApiError>) {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        runtime.block_on(async {
            let (pieces, mut receiver) = pieces(READER_WAIT_MAX);
            let written = tokio::task::spawn_blocking(|| write(pieces, export));
            let mut got = Vec::new();
            while let Some(piece) = receiver.recv().await {
                got.push(piece);
            }
            (got, written.await.unwrap())
        })
    }

    fn failed() -> Error {
        Error::UnknownAnswer { id: "a".to_owned() }
    }

    #[test]
    fn pieces_are_bounded_and_together_what_was_written() {
        let line = "Khai sinh\n".repeat(1000);
        let expected = line.repeat(100);
        let (got, written) = downloaded(move |writer| {
            for _ in 0..100 {
                writer.write_all(line.as_bytes())?;
            }
            Ok(100)
        });
        assert!(written.is_ok());
        let got: Vec<Bytes> = got.into_iter().map(Result::unwrap).collect();
        assert!(got.len() > PIECES_MAX && got.iter().all(|piece| piece.len() < 2 * PIECE_BYTES));
        assert_eq!(got.concat(), expected.as_bytes());
    }

    #[test]
    fn error_before_the_first_piece_leaves_nothing_to_read() {
        let (got, written) = downloaded(|writer| {
            writer.write_all(b"Khai sinh")?;
            writer.flush()?;
            Err(failed())
        });
        assert!(matches!(got.as_slice(), [Err(_)]), "{got:?}");
        assert!(matches!(written, Err(ApiError::NotFound)), "{written:?}");
    }

    #[test]
    fn error_in_the_middle_breaks_the_body_off() {
        let (got, written) = downloaded(|writer| {
            writer.write_all(&vec![b'a'; PIECE_BYTES])?;
            writer.write_all(b"b")?;
            Err(failed())
        });
        assert!(matches!(got.as_slice(), [Ok(_), Err(_)]), "{got:?}");
        assert!(written.is_err());
    }

    #[test]
    fn client_that_does_not_read_ends_the_export() {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .build()
            .unwrap();
        let written = runtime.block_on(async {
            let (pieces, _unread) = pieces(Duration::from_millis(1));
            let endless = |writer: &mut dyn Write| {
                loop {
                    writer.write_all(&vec![b'a'; PIECE_BYTES])?;
                }
            };
            tokio::task::spawn_blocking(move || write(pieces, endless))
                .await
                .unwrap()
        });
        assert!(written.is_ok());
    }
}
