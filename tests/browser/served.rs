//! A real `camnang serve` over the sample corpus or one of its own, with an index and a record of
//! its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

use crate::webdriver::{number_after, plain_agent};

/// How long a server may take to serve a new index; it looks for one every second.
const RENEWED_WITHIN: Duration = Duration::from_secs(30);

/// A running server; stopped when dropped.
pub(crate) struct Served {
    child: Child,
    port: u16,
    corpus: PathBuf,
    home: TempDir,
}

impl Served {
    /// Serves the sample corpus.
    pub(crate) fn start() -> Self {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        Self::over(corpus, tempfile::tempdir().unwrap())
    }

    /// Serves a corpus of its own with `files`, each a name and a text.
    pub(crate) fn with(files: &[(&str, &str)]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let corpus = home.path().join("corpus");
        fs::create_dir(&corpus).unwrap();
        for (name, text) in files {
            fs::write(corpus.join(name), text).unwrap();
        }
        Self::over(corpus, home)
    }

    /// Builds the index, takes a free port and waits until the server listens.
    fn over(corpus: PathBuf, home: TempDir) -> Self {
        let mut child = command(&corpus, home.path())
            .args(["serve", "--listen", "127.0.0.1:0"])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let port = number_after(
            child.stderr.take().unwrap(),
            "listening on http://127.0.0.1:",
        );
        Self {
            child,
            port,
            corpus,
            home,
        }
    }

    /// Writes a file of its own corpus anew; [`Self::index`] makes it known. Never of the sample.
    pub(crate) fn write(&self, name: &str, text: &str) {
        assert!(self.corpus.starts_with(self.home.path()));
        fs::write(self.corpus.join(name), text).unwrap();
    }

    /// Removes a file of its own corpus, likewise.
    pub(crate) fn remove(&self, name: &str) {
        assert!(self.corpus.starts_with(self.home.path()));
        fs::remove_file(self.corpus.join(name)).unwrap();
    }

    /// Brings the index in step with the corpus and waits until it is served.
    pub(crate) fn index(&self) {
        let before = self.generation();
        let built = command(&self.corpus, self.home.path())
            .arg("index")
            .output()
            .unwrap();
        assert!(built.status.success(), "{built:?}");
        let started = Instant::now();
        while self.generation() == before {
            assert!(
                started.elapsed() < RENEWED_WITHIN,
                "no new index: {built:?}"
            );
            thread::sleep(Duration::from_millis(50));
        }
    }

    fn generation(&self) -> Value {
        self.json("/healthz")["generation"].clone()
    }

    /// The address of `path`.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Fetches `path` as text.
    pub(crate) fn text(&self, path: &str) -> String {
        let mut response = plain_agent().get(self.url(path)).call().unwrap();
        assert!(
            response.status().is_success(),
            "{path}: {}",
            response.status()
        );
        response.body_mut().read_to_string().unwrap()
    }

    /// Fetches `path` as JSON.
    pub(crate) fn json(&self, path: &str) -> Value {
        serde_json::from_str(&self.text(path)).unwrap()
    }

    /// Sends `body` to `path` as JSON.
    pub(crate) fn post(&self, path: &str, body: &Value) {
        let sent = plain_agent().post(self.url(path)).send_json(body);
        let status = sent.unwrap().status();
        assert!(status.is_success(), "{path}: {status}");
    }
}

/// The program with this corpus, and index and record in `home`.
fn command(corpus: &Path, home: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_camnang"));
    command
        .arg("--corpus")
        .arg(corpus)
        .arg("--index")
        .arg(home.join("index"))
        .arg("--record")
        .arg(home.join("record.sqlite"))
        .env("NO_COLOR", "1")
        .env_remove("CAMNANG_LOG");
    command
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
