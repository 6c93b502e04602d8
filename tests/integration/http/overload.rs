//! More questions than workers, and a worker that is held up.

use std::thread;

use camnang::rank::QUESTION_CHARS_MAX;
use camnang::wire::Status;
use rusqlite::Connection;

use super::workspace;
use crate::support::{BIRTH, Reply};

/// A worker waits for the record as long as a client waits for a worker (5 s), so of two clients
/// the second might just get the worker when it comes free; the third then finds it taken again.
const N_CLIENTS: usize = 3;

#[test]
fn export_takes_no_worker_and_waits_for_none() {
    let workspace = workspace();
    let server = workspace.serve_with(&["--workers", "1"]);
    let id = server.ask(BIRTH).id;
    let blocker = Connection::open(workspace.path("record.sqlite")).unwrap();
    blocker.execute_batch("begin immediate").unwrap();
    // So long that its worker is taken for longer than anything waits for one.
    let long: String = BIRTH.chars().cycle().take(QUESTION_CHARS_MAX).collect();
    let export = thread::scope(|scope| {
        for _ in 0..N_CLIENTS {
            scope.spawn(|| server.post_question(&long));
        }
        server.get("/api/answers/export")
    });
    assert_eq!(export.status, 200, "{export:?}");
    assert!(export.body.contains(&id), "{export:?}");
}

#[test]
fn questions_beyond_the_workers_are_told_to_come_back_and_none_is_answered_unrecorded() {
    let workspace = workspace();
    let server = workspace.serve_with(&["--workers", "1"]);
    let blocker = Connection::open(workspace.path("record.sqlite")).unwrap();
    blocker.execute_batch("begin immediate").unwrap();
    let replies: Vec<Reply> = thread::scope(|scope| {
        let clients: Vec<_> = (0..N_CLIENTS)
            .map(|_| scope.spawn(|| server.post_question(BIRTH)))
            .collect();
        clients
            .into_iter()
            .map(|client| client.join().unwrap())
            .collect()
    });
    let (busy, failed): (Vec<&Reply>, Vec<&Reply>) =
        replies.iter().partition(|reply| reply.status == 503);
    assert!(!busy.is_empty() && !failed.is_empty(), "{replies:?}");
    for reply in busy {
        reply.failed(503, "busy");
        assert!(
            reply
                .header("retry-after")
                .parse::<u32>()
                .is_ok_and(|seconds| seconds > 0),
            "{reply:?}"
        );
    }
    // They had their answer, but it could not be recorded.
    for reply in failed {
        reply.failed(500, "internal");
        assert!(!reply.body.contains("60 ngày"), "{reply:?}");
    }
    assert_eq!(
        server.generation(),
        1,
        "health is told whatever the workers do"
    );
    blocker.execute_batch("rollback").unwrap();
    assert_eq!(server.ask(BIRTH).status, Status::Answered);
    assert!(
        server.log().contains("audit record"),
        "the cause is logged: {}",
        server.log()
    );
}
