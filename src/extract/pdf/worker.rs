//! A thread of its own for a library that interprets what strangers wrote.

use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::extract::ExtractError;
use crate::extract::pdf::limit::Stop;

/// Nested objects are read by recursion; the library allows some hundred levels of them.
const STACK_BYTES: usize = 64 << 20;

/// Runs `work` on a thread with a large stack, for `time` at most.
///
/// A thread that does not end in time is left to itself: it holds a copy of the file and ends with
/// the program. That takes a library that hangs where [`super::limit::Budget`] is not asked.
pub(super) fn run<T: Send + 'static>(
    time: Duration,
    work: impl FnOnce() -> Result<T, ExtractError> + Send + 'static,
) -> Result<T, ExtractError> {
    let (sender, receiver) = mpsc::channel();
    let spawned = thread::Builder::new()
        .name("pdf".to_owned())
        .stack_size(STACK_BYTES)
        .spawn(move || {
            let result = catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|payload| {
                Err(payload
                    .downcast_ref::<Stop>()
                    .map_or_else(broken, |stop| ExtractError::from(*stop)))
            });
            // Nobody listens any more once the time is over.
            drop(sender.send(result));
        });
    if spawned.is_err() {
        return Err(broken());
    }
    receiver
        .recv_timeout(time)
        .unwrap_or_else(|_late| Err(Stop::Time.into()))
}

fn broken() -> ExtractError {
    ExtractError::Damaged {
        reason: "its reader broke down on it".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::pdf::limit;

    const SOON: Duration = Duration::from_mins(1);

    #[test]
    fn results_come_back() {
        assert_eq!(run(SOON, || Ok(5)), Ok(5));
        assert_eq!(
            run::<u8>(SOON, || Err(ExtractError::Encrypted)),
            Err(ExtractError::Encrypted)
        );
    }

    #[test]
    fn a_panic_is_an_error() {
        let error = run::<u8>(SOON, || panic!("for this test")).unwrap_err();
        assert!(error.to_string().contains("broke down"), "{error}");
    }

    #[test]
    fn what_takes_too_long_or_holds_too_much_is_stopped() {
        let (_keeper, never) = mpsc::channel::<u8>();
        let hangs = move || never.recv().map_err(|_closed| ExtractError::Encrypted);
        let error = run::<u8>(Duration::from_millis(20), hangs).unwrap_err();
        assert!(
            error.to_string().contains("the time that its pages take"),
            "{error}"
        );
        let many = || {
            limit::Budget::count(limit::PAGE_GLYPHS + 1);
            Ok(0)
        };
        let error = run::<u8>(SOON, many).unwrap_err();
        assert!(error.to_string().contains("letters on a page"), "{error}");
        let full = || {
            let mut budget = limit::Budget::of(SOON);
            budget.keep(limit::FILE_MARKS);
            budget.keep(1);
            Ok(0)
        };
        let error = run::<u8>(SOON, full).unwrap_err();
        assert!(error.to_string().contains("on its pages"), "{error}");
    }
}
