//! Opening the file: whose it is, how it is set up, which version it has.

use std::{
    path::Path,
    thread,
    time::{Duration, Instant},
};

use rusqlite::{Connection, ErrorCode, MAIN_DB, OpenFlags, TransactionBehavior, ffi};

use super::Error;

/// Marks the file as an audit record (`CNAU`), so that another program's database is left alone.
const APPLICATION_ID: i64 = 0x434e_4155;

/// The steps from an empty file to the present version, each with the version it leads to.
///
/// A step is never edited once it has been released: records out there have run it. A change is a
/// further step.
const MIGRATIONS: &[(i64, &str)] = &[(1, include_str!("0001_answers.sql"))];

/// How long a writer waits for another process before it gives up.
const BUSY_WAIT: Duration = Duration::from_secs(5);

/// How long it pauses where it has to ask again itself.
const BUSY_PAUSE: Duration = Duration::from_millis(10);

/// Opens the record at `path`, creating it where there is none.
pub(super) fn file(path: &Path) -> Result<Connection, Error> {
    open(
        path,
        OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE,
    )
}

/// Opens with `flags`; URI file names stay off, so that a path is only ever a path.
pub(super) fn open(path: &Path, flags: OpenFlags) -> Result<Connection, Error> {
    let named = |source| Error::from_sqlite(path, source);
    let mut connection = Connection::open_with_flags(path, flags).map_err(named)?;
    connection.busy_timeout(BUSY_WAIT).map_err(named)?;
    // Before anything is written: a file that is not ours must not be changed.
    identify(&mut connection, path)?;
    check_writable(&connection).map_err(named)?;
    configure(&connection).map_err(named)?;
    migrate(&mut connection).map_err(named)?;
    Ok(connection)
}

/// Refuses a file of another program and one of a later version.
fn identify(connection: &mut Connection, path: &Path) -> Result<(), Error> {
    let (ours, found) =
        read_identity(connection).map_err(|source| Error::from_sqlite(path, source))?;
    let known = version_known();
    if !ours {
        return Err(Error::Foreign {
            path: path.to_owned(),
        });
    }
    if found > known {
        return Err(Error::Newer {
            path: path.to_owned(),
            found,
            known,
        });
    }
    Ok(())
}

/// Whether the file is, or may become, an audit record, and its version.
///
/// One transaction, because another process may be creating the record at this moment.
fn read_identity(connection: &mut Connection) -> rusqlite::Result<(bool, i64)> {
    let transaction = connection.transaction()?;
    let ours = pragma(&transaction, "application_id")? == APPLICATION_ID || is_empty(&transaction)?;
    Ok((ours, pragma(&transaction, "user_version")?))
}

/// Refuses a file that SQLite has opened for reading only, as it does in silence where it must.
fn check_writable(connection: &Connection) -> rusqlite::Result<()> {
    if connection.is_readonly(MAIN_DB)? {
        let read_only = ffi::Error::new(ffi::SQLITE_READONLY);
        return Err(rusqlite::Error::SqliteFailure(
            read_only,
            Some("it is read-only".into()),
        ));
    }
    Ok(())
}

/// Sets what SQLite forgets when a connection closes; the module docs say why these values.
fn configure(connection: &Connection) -> rusqlite::Result<()> {
    set_write_ahead(connection)?;
    connection.pragma_update(None, "synchronous", "full")?;
    connection.pragma_update(None, "foreign_keys", true)
}

/// Switches a new file to write-ahead mode.
///
/// Two processes that create the file together are in each other's way here, and SQLite then gives
/// up at once, whatever the busy timeout; one of them succeeds, and the other finds it done.
fn set_write_ahead(connection: &Connection) -> rusqlite::Result<()> {
    let started = Instant::now();
    loop {
        match connection.pragma_update(None, "journal_mode", "wal") {
            Err(error) if is_busy(&error) && started.elapsed() < BUSY_WAIT => {
                thread::sleep(BUSY_PAUSE);
            }
            done => return done,
        }
    }
}

fn is_busy(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
}

/// Runs the steps that the file has not had, all or none.
///
/// The transaction takes the write lock before it looks, so two processes cannot both run a step.
fn migrate(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for (version, step) in MIGRATIONS {
        if *version > pragma(&transaction, "user_version")? {
            transaction.execute_batch(step)?;
            transaction.pragma_update(None, "application_id", APPLICATION_ID)?;
            transaction.pragma_update(None, "user_version", version)?;
        }
    }
    transaction.commit()
}

/// The version that this program writes.
fn version_known() -> i64 {
    MIGRATIONS.last().map_or(0, |(version, _)| *version)
}

fn is_empty(connection: &Connection) -> rusqlite::Result<bool> {
    connection.query_row(
        "select not exists (select 1 from sqlite_schema)",
        [],
        |row| row.get(0),
    )
}

fn pragma(connection: &Connection, name: &str) -> rusqlite::Result<i64> {
    connection.pragma_query_value(None, name, |row| row.get(0))
}
