//! Runs a program with a limit on its time and on what it says.

use std::ffi::OsStr;
use std::io::Read;
use std::io::Write;
use std::process::Command;
use std::process::Stdio;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use crate::extract::ocr::OcrError;

/// The words of the densest page with their places are a hundredth of this.
const OUTPUT_BYTES_MAX: u64 = 16 << 20;

/// What `program` writes when it is given `input`.
pub(super) fn run(
    program: &OsStr,
    arguments: &[&str],
    input: Vec<u8>,
    limit: Duration,
) -> Result<String, OcrError> {
    let mut child = Command::new(program)
        .args(arguments)
        // Pages are recognised side by side; more threads for one page only slow them down.
        .env("OMP_THREAD_LIMIT", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|_unstartable| OcrError::Failed)?;
    let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
    // Neither thread is waited for: a program that was stopped may have left its pipes to another.
    thread::spawn(move || {
        stdin.map(|mut stdin| stdin.write_all(&input));
    });
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut output = Vec::new();
        let read = stdout.map(|stdout| stdout.take(OUTPUT_BYTES_MAX).read_to_end(&mut output));
        let is_whole = matches!(read, Some(Ok(n)) if (n as u64) < OUTPUT_BYTES_MAX);
        // Nobody listens any more once the time is over.
        drop(sender.send(is_whole.then_some(output)));
    });
    let output = receiver.recv_timeout(limit);
    if output.is_err() {
        drop(child.kill());
    }
    let status = child.wait();
    let output = output.map_err(|_late| OcrError::TooSlow)?;
    let is_done = status.is_ok_and(|status| status.success());
    output
        .filter(|_| is_done)
        .and_then(|output| String::from_utf8(output).ok())
        .ok_or(OcrError::Failed)
}

#[cfg(test)]
#[cfg(unix)]
mod tests {
    use super::*;
    use std::time::Instant;

    fn shell(script: &str, input: &[u8], limit: Duration) -> Result<String, OcrError> {
        run(
            OsStr::new("/bin/sh"),
            &["-c", script],
            input.to_vec(),
            limit,
        )
    }

    #[test]
    fn input_is_given_and_output_taken() {
        let second = Duration::from_secs(20);
        assert_eq!(shell("cat", b"abc", second).as_deref(), Ok("abc"));
        // A program that does not read its input is no error.
        let much = vec![b'x'; 1 << 20];
        assert_eq!(shell("echo ok", &much, second).as_deref(), Ok("ok\n"));
    }

    #[test]
    fn a_program_that_hangs_is_stopped() {
        let start = Instant::now();
        let found = shell("exec sleep 30", b"", Duration::from_millis(50));
        assert_eq!(found, Err(OcrError::TooSlow));
        assert!(start.elapsed() < Duration::from_secs(20));
    }

    #[test]
    fn endless_output_and_broken_text_are_errors() {
        let minute = Duration::from_mins(1);
        let endless = "head -c 20000000 /dev/zero";
        assert_eq!(shell(endless, b"", minute), Err(OcrError::Failed));
        assert_eq!(shell("printf '\\377'", b"", minute), Err(OcrError::Failed));
    }
}
