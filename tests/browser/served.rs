//! A real `camnang serve` over the sample corpus, with an index and a record of its own.

use std::path::Path;
use std::process::{Child, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::webdriver::{number_after, plain_agent};

/// A running server; stopped when dropped.
pub(crate) struct Served {
    child: Child,
    port: u16,
    _home: TempDir,
}

impl Served {
    /// Builds the index, takes a free port and waits until the server listens.
    pub(crate) fn start() -> Self {
        let home = tempfile::tempdir().unwrap();
        let mut child = Command::new(env!("CARGO_BIN_EXE_camnang"))
            .arg("--corpus")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus"))
            .arg("--index")
            .arg(home.path().join("index"))
            .arg("--record")
            .arg(home.path().join("record.sqlite"))
            .args(["serve", "--listen", "127.0.0.1:0"])
            .env("NO_COLOR", "1")
            .env_remove("CAMNANG_LOG")
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
            _home: home,
        }
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
}

impl Drop for Served {
    fn drop(&mut self) {
        drop(self.child.kill());
        drop(self.child.wait());
    }
}
