//! `camnang audit`.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{self, ExitCode};

use anyhow::Context;
use clap::{Args, Subcommand, ValueEnum};

use super::day::day;
use crate::audit::{Error, Filter, Record, Show};
use crate::config::Paths;
use crate::document::Date;
use crate::qa::moments;

/// What SQLite puts behind the name of the record for the files that belong to it.
const RECORD_SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];

#[derive(Args, Debug)]
pub(super) struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Write answers with their citations and verdicts.
    Export {
        /// `jsonl`: one answer a line; `csv`: one citation a row, for spreadsheets; `gold`: a gold question
        /// for each answer with a citation that was judged correct, to be added to `gold.jsonl` of the corpus.
        #[arg(long, value_enum, default_value = "jsonl")]
        format: Format,
        /// File to write; standard output where left out.
        #[arg(long, short)]
        output: Option<PathBuf>,
        /// Only answers with at least one verdict.
        #[arg(long)]
        judged: bool,
        /// Only answers given on this day or later.
        #[arg(long, value_name = "DAY", value_parser = day)]
        from: Option<Date>,
        /// Only answers given on this day or earlier.
        #[arg(long, value_name = "DAY", value_parser = day)]
        to: Option<Date>,
    },
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum Format {
    Jsonl,
    Csv,
    Gold,
}

pub(super) fn run(paths: &Paths, arguments: &Arguments) -> anyhow::Result<ExitCode> {
    let Command::Export {
        format,
        output,
        judged,
        from,
        to,
    } = &arguments.command;
    anyhow::ensure!(
        paths.record.exists(),
        "no record at `{}`",
        paths.record.display()
    );
    let place = output.as_deref().map(resolved).transpose()?;
    if let Some(place) = &place {
        check_apart(place, &paths.record)?;
    }
    let record = Record::open(&paths.record)?;
    let (from, until) = moments(*from, *to).context("--to is a day before --from")?;
    let filter = Filter {
        from,
        until,
        show: if *judged { Show::Judged } else { Show::All },
    };
    let export = |writer: &mut dyn Write| match format {
        Format::Jsonl => record.export_jsonl(&filter, writer),
        Format::Csv => record.export_csv(&filter, writer),
        Format::Gold => record.export_gold(&filter, writer),
    };
    let n_written = match &place {
        Some(place) => write_whole(place, |writer| Ok(export(writer)?))?,
        None => match export(&mut io::stdout().lock()) {
            // As everywhere on standard output: a reader that goes away is no error.
            Err(Error::Export(cause)) if cause.kind() == io::ErrorKind::BrokenPipe => {
                return Ok(ExitCode::SUCCESS);
            }
            exported => exported?,
        },
    };
    tracing::info!(n_written, "exported");
    Ok(ExitCode::SUCCESS)
}

/// `path` with its links followed; the file need not exist.
fn resolved(path: &Path) -> anyhow::Result<PathBuf> {
    let found = match fs::canonicalize(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let folder = path.parent().filter(|folder| *folder != Path::new(""));
            fs::canonicalize(folder.unwrap_or(Path::new(".")))
                .map(|folder| folder.join(path.file_name().unwrap_or_default()))
        }
        found => found,
    };
    found.with_context(|| format!("`{}`", path.display()))
}

/// Refuses a `place` where the export would destroy the record, which cannot be built anew.
fn check_apart(place: &Path, record: &Path) -> anyhow::Result<()> {
    let record = resolved(record)?;
    let belongs = |suffix: &&str| {
        let mut name = OsString::from(&record);
        name.push(suffix);
        place == Path::new(&name)
    };
    anyhow::ensure!(
        !RECORD_SUFFIXES.iter().any(belongs),
        "`{}` belongs to the record itself\nhint: name another file for the export",
        place.display()
    );
    Ok(())
}

/// Lets `export` write the file `place`, which keeps what it held until all is written.
fn write_whole(
    place: &Path,
    export: impl FnOnce(&mut dyn Write) -> anyhow::Result<u64>,
) -> anyhow::Result<u64> {
    let before = fs::metadata(place).ok();
    // A terminal or a pipe holds nothing, and no file may take its place.
    if before.as_ref().is_some_and(|before| !before.is_file()) {
        let mut device = File::create(place).with_context(|| format!("`{}`", place.display()))?;
        return export(&mut device);
    }
    let aside = aside(place);
    let written = write_aside(&aside, before.as_ref(), export).and_then(|n_written| {
        fs::rename(&aside, place).with_context(|| format!("`{}`", place.display()))?;
        Ok(n_written)
    });
    if written.is_err() {
        // It may not be there.
        drop(fs::remove_file(&aside));
    }
    written
}

/// A hidden file beside `place`, of this run alone.
fn aside(place: &Path) -> PathBuf {
    let name = place.file_name().unwrap_or_default();
    place.with_file_name(format!(".{}.{}", name.display(), process::id()))
}

/// Writes `aside` to the disk, for the eyes of those who could read the file it replaces.
fn write_aside(
    aside: &Path,
    replaced: Option<&fs::Metadata>,
    export: impl FnOnce(&mut dyn Write) -> anyhow::Result<u64>,
) -> anyhow::Result<u64> {
    let named = || format!("`{}`", aside.display());
    let file = File::create(aside).with_context(named)?;
    if let Some(replaced) = replaced {
        file.set_permissions(replaced.permissions())
            .with_context(named)?;
    }
    let mut writer = BufWriter::new(file);
    let n_written = export(&mut writer)?;
    let file = writer.into_inner().map_err(io::IntoInnerError::into_error);
    file.and_then(|file| file.sync_all()).with_context(named)?;
    Ok(n_written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_export_that_fails_leaves_the_earlier_one() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.jsonl");
        fs::write(&place, "earlier").unwrap();
        let failed = write_whole(&place, |writer| {
            writer.write_all(b"half")?;
            anyhow::bail!("the record cannot be read")
        });
        assert!(failed.is_err());
        assert_eq!(fs::read_to_string(&place).unwrap(), "earlier");
        let written = write_whole(&place, |writer| {
            writer.write_all(b"whole")?;
            Ok(1)
        });
        assert_eq!(written.unwrap(), 1);
        assert_eq!(fs::read_to_string(&place).unwrap(), "whole");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn an_export_keeps_the_rights_of_the_file_it_replaces() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("a.jsonl");
        fs::write(&place, "earlier").unwrap();
        fs::set_permissions(&place, fs::Permissions::from_mode(0o600)).unwrap();
        write_whole(&place, |_| Ok(0)).unwrap();
        let mode = fs::metadata(&place).unwrap().permissions().mode();
        assert_eq!(mode & 0o777, 0o600);
    }

    #[cfg(unix)]
    #[test]
    fn an_export_takes_the_place_of_no_pipe() {
        use std::os::unix::net::UnixListener;

        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("socket");
        let _socket = UnixListener::bind(&place).unwrap();
        // A socket, unlike a pipe, cannot be opened, so that nobody has to read here.
        assert!(write_whole(&place, |_| Ok(0)).is_err());
        assert!(!fs::metadata(&place).unwrap().is_file());
    }

    #[test]
    fn what_belongs_to_the_record_is_found_by_any_of_its_names() {
        let folder = tempfile::tempdir().unwrap();
        let record = folder.path().join("record.sqlite");
        fs::write(&record, "").unwrap();
        let check = |name: &str| {
            let place = resolved(&folder.path().join(name)).unwrap();
            check_apart(&place, &record)
        };
        for name in ["record.sqlite", "./record.sqlite", "record.sqlite-wal"] {
            assert!(check(name).is_err(), "{name}");
        }
        #[cfg(unix)]
        {
            std::os::unix::fs::symlink(&record, folder.path().join("link.jsonl")).unwrap();
            assert!(check("link.jsonl").is_err());
        }
        assert!(check("record.jsonl").is_ok());
    }
}
