//! The real `camnang serve`, and a client for it.

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use camnang::wire::{Answer, DocumentText};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use ureq::http::Response;
use ureq::{Agent, Body};

use super::{DEADLINE, until};

/// A running server; killed when it is dropped.
pub(crate) struct Server {
    process: Child,
    agent: Agent,
    root: String,
    log: Arc<Mutex<String>>,
    log_end: Option<JoinHandle<()>>,
}

impl Server {
    /// Starts `command`, a `serve` on port 0, and waits until it says where it listens.
    pub(crate) fn start(mut command: Command) -> Self {
        let mut process = command
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let log = Arc::new(Mutex::new(String::new()));
        let (lines, written) = (
            BufReader::new(process.stderr.take().unwrap()),
            Arc::clone(&log),
        );
        let log_end = thread::spawn(move || {
            for line in lines.lines().map_while(Result::ok) {
                written.lock().unwrap().extend([&line, "\n"]);
            }
        });
        let root = until("the address in the server's log", || {
            let log = log.lock().unwrap();
            assert!(!log.contains("error: "), "{log}");
            let (_, rest) = log.split_once("listening on ")?;
            let address: String = rest
                .chars()
                .take_while(|c| !c.is_whitespace() && *c != '\u{1b}')
                .collect();
            Some(address)
        });
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(DEADLINE));
        Self {
            process,
            agent: config.build().into(),
            root,
            log,
            log_end: Some(log_end),
        }
    }

    /// Host and port.
    pub(crate) fn address(&self) -> &str {
        self.root.trim_start_matches("http://")
    }

    /// What the server has written to its log so far.
    pub(crate) fn log(&self) -> String {
        self.log.lock().unwrap().clone()
    }

    /// Kills the server as a power cut would, and returns the whole of its log.
    pub(crate) fn kill(mut self) -> String {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
        self.log_end.take().unwrap().join().unwrap();
        self.log()
    }

    /// `GET path`.
    pub(crate) fn get(&self, path: &str) -> Reply {
        Reply::of(self.agent.get(self.url(path)).call().unwrap())
    }

    /// `POST path` with `body` as JSON.
    pub(crate) fn post(&self, path: &str, body: &impl Serialize) -> Reply {
        self.post_bytes(path, &serde_json::to_vec(body).unwrap())
    }

    /// `POST path` with any bytes, said to be JSON.
    pub(crate) fn post_bytes(&self, path: &str, body: &[u8]) -> Reply {
        let request = self
            .agent
            .post(self.url(path))
            .header("content-type", "application/json");
        Reply::of(request.send(body).unwrap())
    }

    /// Asks `question` and returns the reply, whatever it is.
    pub(crate) fn post_question(&self, question: &str) -> Reply {
        self.post("/api/ask", &json!({ "question": question }))
    }

    /// The answer to `question`.
    #[track_caller]
    pub(crate) fn ask(&self, question: &str) -> Answer {
        self.post_question(question).json()
    }

    /// A document with its text.
    #[track_caller]
    pub(crate) fn document(&self, id: &str) -> DocumentText {
        self.get(&format!("/api/documents/{id}")).json()
    }

    /// Number of the generation that is being served.
    #[track_caller]
    pub(crate) fn generation(&self) -> u64 {
        self.get("/healthz").json::<Value>()["generation"]
            .as_u64()
            .unwrap()
    }

    /// Waits until generation `number` is served.
    #[track_caller]
    pub(crate) fn wait_for_generation(&self, number: u64) {
        until("the server takes up the new generation", || {
            (self.generation() == number).then_some(())
        });
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.root)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may be gone already; then there is nothing left to do.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// A response, read to its end.
#[derive(Debug)]
pub(crate) struct Reply {
    /// Status code.
    pub(crate) status: u16,
    /// The body, which must be UTF-8.
    pub(crate) body: String,
    headers: ureq::http::HeaderMap,
}

impl Reply {
    fn of(mut response: Response<Body>) -> Self {
        let body = response.body_mut().read_to_string().unwrap();
        Self {
            status: response.status().as_u16(),
            headers: response.headers().clone(),
            body,
        }
    }

    /// The value of a header, empty where it is not sent.
    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .map_or("", |value| value.to_str().unwrap())
    }

    /// The body of a success as JSON.
    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        assert!((200..300).contains(&self.status), "{self:?}");
        assert_eq!(self.header("content-type"), "application/json", "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts an error with this status and code, in the one shape that errors have.
    #[track_caller]
    pub(crate) fn failed(&self, status: u16, code: &str) {
        assert_eq!(self.status, status, "{self:?}");
        assert_eq!(self.header("content-type"), "application/json", "{self:?}");
        let body: Value = serde_json::from_str(&self.body).unwrap();
        let message = body["error"]["message"].as_str().unwrap_or_default();
        assert_eq!(
            body,
            json!({ "error": { "code": code, "message": message } })
        );
        assert!(
            message
                .chars()
                .any(|c| "ăâđêôơưạảấầậềệịọộợụủứữ".contains(c)),
            "not Vietnamese: {message}"
        );
    }
}
