//! A build that is killed leaves a complete generation live, whenever it happens.

use std::fs;
use std::process::Stdio;
use std::thread;
use std::time::{Duration, Instant};

use camnang::wire::Status;

use crate::support::{Output, Workspace, prove};

/// Moments of a build at which it is killed.
const N_KILLS: u32 = 50;
/// Answered by the sample corpus.
const QUESTION: &str = "Thời hạn đăng ký khai sinh là bao lâu?";

#[test]
fn build_killed_at_any_moment_leaves_a_complete_generation_live() {
    let workspace = Workspace::sample();
    workspace.index(&[]);
    let n_documents = workspace.documents().len();
    let duration = (0..3).map(|_| duration_of_build(&workspace)).min().unwrap();
    let (mut n_killed, mut last) = (0, workspace.ask(QUESTION).generation);
    for at in 0..N_KILLS {
        n_killed += u32::from(build_killed_after(&workspace, duration * at / N_KILLS));
        let output = workspace.run(["docs"]);
        assert_eq!(
            (output.code, output.stdout.lines().count()),
            (Some(0), n_documents),
            "kill {at}: {output:?}"
        );
        let answer = workspace.ask(QUESTION);
        assert_eq!(answer.status, Status::Answered, "kill {at}");
        assert!(
            answer.generation >= last,
            "kill {at}: generation {} after {last}",
            answer.generation
        );
        last = answer.generation;
    }
    // A build takes longer beside other tests, so nearly all kills are early enough.
    assert!(
        n_killed >= N_KILLS / 2,
        "only {n_killed} builds were killed in time"
    );
    let answer = workspace.ask(QUESTION);
    prove(&answer, |id| workspace.document(id));
    let number = workspace.index(&["--rebuild"])["generation"]["number"]
        .as_u64()
        .unwrap();
    assert_eq!(number, last + 1);
    let leftovers = fs::read_dir(workspace.path("index")).unwrap().count();
    assert!(leftovers <= 5, "{leftovers} entries in the index folder");
}

#[test]
fn first_build_killed_at_any_moment_is_made_up_for_by_the_next_command() {
    let whole = Workspace::sample();
    let duration = duration_of_build(&whole);
    let n_documents = whole.documents().len();
    for at in 0..8 {
        fs::remove_dir_all(whole.path("index")).unwrap();
        build_killed_after(&whole, duration * at / 8);
        let output = whole.run(["docs"]);
        assert_eq!(
            (output.code, output.stdout.lines().count()),
            (Some(0), n_documents),
            "kill {at}: {output:?}"
        );
    }
}

fn duration_of_build(workspace: &Workspace) -> Duration {
    let started = Instant::now();
    let output = workspace.run(["index", "--rebuild"]);
    assert_eq!(output.code, Some(0), "{output:?}");
    started.elapsed()
}

/// Starts a build from nothing and kills it after `delay`; says whether it was still running.
fn build_killed_after(workspace: &Workspace, delay: Duration) -> bool {
    let mut build = workspace
        .command(["index", "--rebuild"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Not a wait for something to happen: the moment of the kill is what is tried out here.
    thread::sleep(delay);
    build.kill().unwrap();
    Output::of_process(build).code.is_none()
}
