//! Recognition of text in pictures, by the program Tesseract where it is installed.
//!
//! Nothing here is needed to build or to run: a scan without Tesseract is refused with the command
//! that installs it. The picture goes to the program's input and words with their places and
//! confidence come back, one page a call, each within [`PAGE_TIME`].

mod cache;
mod run;
mod tsv;

use std::ffi::OsString;
use std::time::Duration;

use crate::extract::ExtractError;
pub use cache::NoCache;
pub use cache::OcrCache;
pub(super) use cache::SeenPages;
pub(super) use tsv::Word;

/// How long one page may take. A dense page takes five seconds on a slow office machine.
const PAGE_TIME: Duration = Duration::from_mins(2);
/// How long the program may take to list its languages.
const LIST_TIME: Duration = Duration::from_secs(20);
/// The language data that Vietnamese needs.
const LANGUAGE: &str = "vie";
/// The command that installs all of it on Debian and Ubuntu.
const INSTALL: &str = "apt install tesseract-ocr tesseract-ocr-vie";

/// A grey picture of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Picture {
    pub(super) width: usize,
    pub(super) height: usize,
    /// Dots an inch.
    pub(super) resolution: u32,
    /// One byte a dot, row by row, 0 for black.
    pub(super) dots: Vec<u8>,
}

impl Picture {
    /// The picture as a portable grey map, which needs no library to write.
    fn to_pgm(&self) -> Vec<u8> {
        let mut file = format!("P5\n{} {}\n255\n", self.width, self.height).into_bytes();
        file.extend_from_slice(&self.dots);
        file
    }
}

/// What Tesseract saw in one picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Seen {
    /// Dots an inch.
    pub(super) resolution: u32,
    /// Its table of words.
    table: String,
}

impl Seen {
    /// The words in reading order.
    pub(super) fn words(&self) -> Vec<Word> {
        tsv::words(&self.table)
    }

    /// As it is kept: the resolution on a line of its own, then the table.
    fn to_kept(&self) -> String {
        format!("{}\n{}", self.resolution, self.table)
    }

    /// What was kept; nothing where it is not whole.
    fn from_kept(kept: &str) -> Option<Self> {
        let (resolution, table) = kept.split_once('\n')?;
        let resolution = resolution.parse::<u32>().ok().filter(|dots| *dots > 0)?;
        Some(Self {
            resolution,
            table: table.to_owned(),
        })
    }
}

/// Why a page was not recognised.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum OcrError {
    /// The program cannot be started or broke down.
    #[error("`tesseract` failed on it")]
    Failed,
    /// It took longer than [`PAGE_TIME`].
    #[error("`tesseract` took more than {} seconds", PAGE_TIME.as_secs())]
    TooSlow,
}

/// An installed Tesseract that knows Vietnamese.
#[derive(Clone, Debug)]
pub(super) struct Tesseract {
    program: OsString,
}

impl Tesseract {
    /// Looks for the program where the system looks for programs.
    ///
    /// # Errors
    /// [`ExtractError::Needs`] when the program or its Vietnamese data is missing.
    pub(super) fn find() -> Result<Self, ExtractError> {
        Self::at("tesseract")
    }

    /// Takes the program at a place.
    pub(super) fn at(program: impl Into<OsString>) -> Result<Self, ExtractError> {
        let program = program.into();
        let listed = run::run(&program, &["--list-langs"], Vec::new(), LIST_TIME);
        let Ok(languages) = listed else {
            return Err(ExtractError::Needs {
                program: "tesseract",
                install: INSTALL,
            });
        };
        if languages.lines().any(|line| line.trim() == LANGUAGE) {
            Ok(Self { program })
        } else {
            Err(ExtractError::Needs {
                program: "tesseract with Vietnamese",
                install: INSTALL,
            })
        }
    }

    /// What it sees in `picture`.
    pub(super) fn recognise(&self, picture: &Picture) -> Result<Seen, OcrError> {
        let resolution = picture.resolution.to_string();
        let arguments = [
            "stdin",
            "stdout",
            "-l",
            LANGUAGE,
            "--dpi",
            &resolution,
            "--psm",
            "3",
            "tsv",
        ];
        let table = run::run(&self.program, &arguments, picture.to_pgm(), PAGE_TIME)?;
        Ok(Seen {
            resolution: picture.resolution,
            table,
        })
    }
}

#[cfg(test)]
#[cfg(unix)]
pub(super) mod tests {
    use super::*;
    use std::fs;
    use std::io;
    use std::os::unix::fs::PermissionsExt;
    use std::path::PathBuf;
    use std::process::Command;

    /// A program that answers as `script` says.
    pub(in crate::extract) fn program(folder: &tempfile::TempDir, script: &str) -> PathBuf {
        let path = folder.path().join("tesseract");
        fs::write(&path, format!("#!/bin/sh\n{script}\n")).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        // A process that another test starts meanwhile holds what is being written until it runs.
        while let Err(error) = Command::new(&path).arg("--list-langs").output() {
            assert_eq!(error.kind(), io::ErrorKind::ExecutableFileBusy);
        }
        path
    }

    fn picture() -> Picture {
        Picture {
            width: 4,
            height: 2,
            resolution: 300,
            dots: vec![0, 255, 255, 0, 1, 2, 3, 4],
        }
    }

    #[test]
    fn missing_program_and_missing_language_say_what_to_install() {
        let missing = Tesseract::at("/nowhere/tesseract").unwrap_err();
        assert_eq!(
            missing.to_string(),
            "needs `tesseract`; install it with `apt install tesseract-ocr tesseract-ocr-vie`"
        );
        let folder = tempfile::tempdir().unwrap();
        let english = program(&folder, "echo 'List of languages (1):'; echo eng");
        let error = Tesseract::at(english).unwrap_err().to_string();
        assert!(error.contains("with Vietnamese") && error.contains("tesseract-ocr-vie"));
    }

    #[test]
    fn the_picture_goes_in_and_words_come_out() {
        let folder = tempfile::tempdir().unwrap();
        // Says the head of the picture it was given as its only word.
        let script = r#"if [ "$1" = --list-langs ]; then echo vie; exit; fi
size=$(head -c 6 | tail -c 3 | tr ' ' x)
printf 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n'
printf '5\t1\t1\t1\t1\t1\t10\t20\t30\t12\t91.5\t%s\n' "$size""#;
        let tesseract = Tesseract::at(program(&folder, script)).unwrap();
        let words = tesseract.recognise(&picture()).unwrap().words();
        assert_eq!(words.len(), 1);
        assert_eq!(words[0].text, "4x2");
        assert!((words[0].confidence - 0.915).abs() < 1e-6);
    }

    #[test]
    fn a_program_that_breaks_down_is_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let script = "if [ \"$1\" = --list-langs ]; then echo vie; exit; fi\nexit 3";
        let tesseract = Tesseract::at(program(&folder, script)).unwrap();
        assert_eq!(tesseract.recognise(&picture()), Err(OcrError::Failed));
    }

    #[test]
    fn errors_speak_plainly() {
        assert_eq!(
            OcrError::TooSlow.to_string(),
            "`tesseract` took more than 120 seconds"
        );
    }
}
