//! New generations that cannot be used: the old one stays, and each cause is logged once.

use std::fs;

use super::workspace;
use crate::support::{Server, until};

/// Waits until the log of `server` holds `words`.
#[track_caller]
fn wait_for(server: &Server, words: &str) {
    until(words, || server.log().contains(words).then_some(()));
}

#[test]
fn another_failure_after_the_first_is_logged_too_and_none_twice() {
    let workspace = workspace();
    let server = workspace.serve();
    let current = workspace.path("index/CURRENT");
    let name = fs::read(&current).unwrap();
    let (unnamed, missing) = ("names no generation", "no index at");

    fs::write(&current, "no generation").unwrap();
    wait_for(&server, unnamed);
    fs::remove_file(&current).unwrap();
    wait_for(&server, missing);
    fs::write(&current, "no generation").unwrap();
    until("the first failure again", || {
        (server.log().matches(unnamed).count() == 2).then_some(())
    });
    assert_eq!(server.generation(), 1);

    fs::write(&current, name).unwrap();
    workspace.write("a.txt", "Điều 1. Một\nHai.");
    workspace.index(&[]);
    server.wait_for_generation(2);
    let log = server.kill();
    let told = [unnamed, missing].map(|words| log.matches(words).count());
    assert_eq!(told, [2, 1], "{log}");
}
