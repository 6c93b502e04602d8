//! A folder with a corpus, an index and a record, and the program run in it.

use std::ffi::OsStr;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use camnang::wire::{Answer, Document, DocumentText};
use serde::de::DeserializeOwned;
use tempfile::TempDir;

use super::{DEADLINE, Server};

/// The program under test.
const PROGRAM: &str = env!("CARGO_BIN_EXE_camnang");
/// The model that ships with the program.
const SHIPPED: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/camnang");
/// Its word vectors alone, which read a corpus in no time: most tests ask of other things.
const WORDS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/models/camnang/words");

/// The folder of the model that ships with the program.
pub(crate) fn shipped_model() -> &'static Path {
    Path::new(SHIPPED)
}

/// The folder of its word vectors, a model of its own.
pub(crate) fn words_model() -> &'static Path {
    Path::new(WORDS)
}

/// Paths of its own: `corpus/`, `index/` and `record.sqlite` in a folder that is removed at the end.
pub(crate) struct Workspace {
    dir: TempDir,
}

impl Workspace {
    /// With `files` in the corpus, each a name and a text.
    pub(crate) fn new<N: AsRef<str>, T: AsRef<[u8]>>(
        files: impl IntoIterator<Item = (N, T)>,
    ) -> Self {
        let workspace = Self {
            dir: tempfile::tempdir().unwrap(),
        };
        fs::create_dir(workspace.path("corpus")).unwrap();
        for (name, text) in files {
            workspace.write(name.as_ref(), text);
        }
        workspace
    }

    /// With a copy of the sample corpus of the repository.
    pub(crate) fn sample() -> Self {
        let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus");
        let files = fs::read_dir(&corpus).unwrap().map(|entry| {
            let path = entry.unwrap().path();
            (
                path.file_name().unwrap().to_str().unwrap().to_owned(),
                fs::read(&path).unwrap(),
            )
        });
        Self::new(files)
    }

    /// A path in the workspace.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// Writes a file of the corpus, with the folders above it.
    pub(crate) fn write(&self, name: &str, text: impl AsRef<[u8]>) {
        let path = self.path("corpus").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Removes a file of the corpus.
    pub(crate) fn remove(&self, name: &str) {
        fs::remove_file(self.path("corpus").join(name)).unwrap();
    }

    /// The folder of generation `number`.
    pub(crate) fn generation(&self, number: u64) -> PathBuf {
        self.path("index").join(format!("gen-{number:06}"))
    }

    /// The program with the paths of this workspace and `arguments`.
    pub(crate) fn command<A: AsRef<OsStr>>(
        &self,
        arguments: impl IntoIterator<Item = A>,
    ) -> Command {
        let mut command = Command::new(PROGRAM);
        self.point(&mut command);
        command.args(arguments);
        command
    }

    /// The program with `arguments` where no file may grow beyond `blocks` of 512 bytes, which is
    /// how a full disk looks to a process: writes fail with an error.
    pub(crate) fn command_on_full_disk(&self, blocks: u32, arguments: &[&str]) -> Command {
        let mut command = Command::new("sh");
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$@\"");
        command.args(["-c", &script, "sh", PROGRAM]).args(arguments);
        self.point(&mut command);
        command
    }

    fn point(&self, command: &mut Command) {
        command
            .current_dir(self.dir.path())
            .env("CAMNANG_CORPUS", self.path("corpus"))
            .env("CAMNANG_INDEX", self.path("index"))
            .env("CAMNANG_RECORD", self.path("record.sqlite"))
            .env("CAMNANG_MODEL", WORDS)
            .env_remove("CAMNANG_LOG")
            .env_remove("CAMNANG_LISTEN")
            .env_remove("CAMNANG_WORKERS");
    }

    /// Runs the program to its end.
    pub(crate) fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Output {
        Output::of(&mut self.command(arguments))
    }

    /// Runs `index` with `arguments` and returns its report.
    #[track_caller]
    pub(crate) fn index(&self, arguments: &[&str]) -> serde_json::Value {
        self.run(["index", "--json"].iter().chain(arguments)).json()
    }

    /// The answer of `ask --json`.
    #[track_caller]
    pub(crate) fn ask(&self, question: &str) -> Answer {
        self.run(["ask", "--json", question]).json()
    }

    /// The documents of the index.
    #[track_caller]
    pub(crate) fn documents(&self) -> Vec<Document> {
        self.run(["docs", "--json"]).json()
    }

    /// A document of the index with its text.
    #[track_caller]
    pub(crate) fn document(&self, id: &str) -> DocumentText {
        self.run(["show", id, "--json"]).json()
    }

    /// Starts a server in this workspace.
    pub(crate) fn serve(&self) -> Server {
        self.serve_with(&[])
    }

    /// Starts a server with further `arguments`.
    pub(crate) fn serve_with(&self, arguments: &[&str]) -> Server {
        Server::start(self.command(["serve", "--listen", "127.0.0.1:0"].iter().chain(arguments)))
    }
}

/// Reads a stream of a process to its end, beside the other one, so that neither fills up.
fn read(stream: Option<impl Read + Send + 'static>) -> JoinHandle<String> {
    let mut stream = stream.unwrap();
    thread::spawn(move || {
        let mut text = String::new();
        stream.read_to_string(&mut text).unwrap();
        text
    })
}

/// What a run of the program left.
#[derive(Debug)]
pub(crate) struct Output {
    /// Its exit code; `None` where a signal ended it.
    pub(crate) code: Option<i32>,
    /// Data.
    pub(crate) stdout: String,
    /// Everything else.
    pub(crate) stderr: String,
}

impl Output {
    /// Runs `command` to its end.
    #[track_caller]
    pub(crate) fn of(command: &mut Command) -> Self {
        let process = command
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        Self::of_process(process)
    }

    /// Waits for the end of a process whose streams are piped.
    #[track_caller]
    pub(crate) fn of_process(mut process: Child) -> Self {
        let (stdout, stderr) = (read(process.stdout.take()), read(process.stderr.take()));
        let started = Instant::now();
        let status = loop {
            if let Some(status) = process.try_wait().unwrap() {
                break status;
            }
            if started.elapsed() > DEADLINE {
                process.kill().unwrap();
            }
            thread::sleep(Duration::from_millis(2));
        };
        assert!(started.elapsed() < DEADLINE, "the program did not end");
        Self {
            code: status.code(),
            stdout: stdout.join().unwrap(),
            stderr: stderr.join().unwrap(),
        }
    }

    /// Standard output as JSON.
    #[track_caller]
    pub(crate) fn json<T: DeserializeOwned>(&self) -> T {
        serde_json::from_str(&self.stdout).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// Asserts that the run failed: exit code 2, nothing on stdout, and `words` in the error.
    #[track_caller]
    pub(crate) fn failed(&self, words: &[&str]) {
        assert_eq!(self.code, Some(2), "{self:?}");
        assert_eq!(self.stdout, "", "{self:?}");
        assert!(
            self.stderr.lines().any(|line| line.starts_with("error: ")),
            "{self:?}"
        );
        for word in words {
            assert!(self.stderr.contains(word), "`{word}` is not in {self:?}");
        }
    }
}
