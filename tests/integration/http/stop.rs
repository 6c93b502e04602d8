//! How the server ends: open requests are finished, and nobody is waited for without end.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use super::workspace;
use crate::support::{BIRTH, DEADLINE, Workspace, until};

/// How long open connections get; the program has the same figure.
const WAIT_MAX: Duration = Duration::from_secs(10);
/// What a busy machine may add.
const SLACK: Duration = Duration::from_secs(8);

/// A server whose end is awaited; killed when it is dropped.
struct Ending {
    process: Child,
    log: PathBuf,
    address: String,
}

impl Ending {
    fn start(workspace: &Workspace) -> Self {
        let log = workspace.path("log");
        let mut serve = workspace.command(["serve", "--listen", "127.0.0.1:0"]);
        let process = serve
            .stdout(Stdio::null())
            .stderr(File::create(&log).unwrap())
            .spawn()
            .unwrap();
        let mut ending = Self {
            process,
            log,
            address: String::new(),
        };
        ending.address = until("the address in the server's log", || {
            let log = ending.log();
            let (_, rest) = log.split_once("listening on http://")?;
            let (address, _) = rest.split_once(char::is_whitespace)?;
            Some(address.to_owned())
        });
        ending
    }

    fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap()
    }

    /// Sends the signal `name`.
    fn signal(&self, name: &str) {
        let script = format!("kill -{name} {}", self.process.id());
        let sent = Command::new("sh").args(["-c", &script]).status().unwrap();
        assert!(sent.success());
    }

    /// Sends SIGTERM and waits until the server has taken note of it.
    fn tell_to_stop(&self) {
        self.signal("TERM");
        until("the server's word that it stops", || {
            self.log().contains("stopping").then_some(())
        });
    }

    /// Waits for the end; returns how the server ended and its whole log.
    #[track_caller]
    fn ended(mut self) -> (ExitStatus, String) {
        let status = until("the end of the server", || self.process.try_wait().unwrap());
        (status, self.log())
    }
}

impl Drop for Ending {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing left to do.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A question of which only the head and the first byte were sent, and the rest of it.
///
/// The server has begun to read it: its word to go on has been received.
fn stalled(ending: &Ending) -> (TcpStream, String) {
    let body = format!("{{\"question\": \"{BIRTH}\"}}");
    let mut stream = TcpStream::connect(&ending.address).unwrap();
    stream.set_read_timeout(Some(DEADLINE)).unwrap();
    let head = format!(
        "POST /api/ask HTTP/1.1\r\nhost: a\r\ncontent-type: application/json\r\n\
         expect: 100-continue\r\ncontent-length: {}\r\n\r\n",
        body.len()
    );
    stream.write_all(head.as_bytes()).unwrap();
    let mut word = [0; 12];
    stream.read_exact(&mut word).unwrap();
    assert_eq!(&word, b"HTTP/1.1 100");
    let (first, rest) = body.split_at(1);
    stream.write_all(first.as_bytes()).unwrap();
    (stream, rest.to_owned())
}

#[test]
fn client_that_stalls_does_not_keep_the_server_from_ending() {
    let workspace = workspace();
    let ending = Ending::start(&workspace);
    let (_stream, _) = stalled(&ending);
    ending.tell_to_stop();
    let told = Instant::now();
    let (status, log) = ending.ended();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(told.elapsed() < WAIT_MAX + SLACK, "{log}");
    assert!(log.contains("cut off"), "{log}");
}

#[test]
fn second_signal_ends_the_server_at_once() {
    for second in ["TERM", "INT"] {
        let workspace = workspace();
        let ending = Ending::start(&workspace);
        let (_stream, _) = stalled(&ending);
        ending.tell_to_stop();
        ending.signal(second);
        let told = Instant::now();
        let (status, log) = ending.ended();
        assert_eq!(status.code(), Some(0), "{log}");
        assert!(told.elapsed() < SLACK, "{second}: {log}");
    }
}

#[test]
fn request_that_is_open_when_the_server_is_told_to_stop_is_answered() {
    let workspace = workspace();
    let ending = Ending::start(&workspace);
    let (mut stream, rest) = stalled(&ending);
    ending.tell_to_stop();
    stream.write_all(rest.as_bytes()).unwrap();
    let mut reply = String::new();
    stream.read_to_string(&mut reply).unwrap();
    assert!(reply.contains("HTTP/1.1 200 OK"), "{reply}");
    let (status, log) = ending.ended();
    assert_eq!(status.code(), Some(0), "{log}");
    assert!(!log.contains("cut off"), "{log}");
}
