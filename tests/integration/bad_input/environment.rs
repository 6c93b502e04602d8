//! A port that is taken, a disk that is full, a setting that makes no sense.

use std::net::TcpListener;

use crate::support::{BIRTH, FEE, Output, Workspace, decree, decrees};

#[test]
fn serve_on_a_port_in_use_fails_with_a_hint_and_builds_nothing() {
    let workspace = Workspace::new(decrees());
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    workspace.run(["serve", "--listen", &address]).failed(&[
        &format!("cannot listen on `{address}`"),
        "hint: ",
        "--listen",
    ]);
    assert!(!workspace.path("index").exists());
}

#[test]
fn serve_on_a_port_of_another_server_fails_and_leaves_it_alone() {
    let workspace = Workspace::new(decrees());
    let server = workspace.serve();
    workspace
        .run(["serve", "--listen", server.address()])
        .failed(&["hint: "]);
    assert_eq!(server.ask(BIRTH).generation, 1);
}

#[test]
fn serve_with_an_absurd_number_of_workers_is_refused_with_the_range() {
    let workspace = Workspace::new(decrees());
    for number in ["0", "257", "18446744073709551615", "99999999999999999999"] {
        let mut serve = workspace.command(["serve", "--listen", "127.0.0.1:0"]);
        serve.env("CAMNANG_WORKERS", number);
        Output::of(&mut serve).failed(&["--workers", number]);
        let serve = ["serve", "--listen", "127.0.0.1:0", "--workers", number];
        workspace.run(serve).failed(&["--workers", number]);
    }
    let serve = ["serve", "--listen", "127.0.0.1:0", "--workers", "257"];
    workspace.run(serve).failed(&["1..=256"]);
    assert!(!workspace.path("index").exists());
}

/// Limits, in blocks of 512 bytes, at which a build of the small corpus fails: at its first file,
/// in the middle of the segments, near the end.
const TOO_SMALL: [u32; 4] = [0, 1, 2, 4];

#[test]
fn index_on_a_full_disk_keeps_the_old_generation_live() {
    let workspace = Workspace::new(decrees());
    workspace.index(&[]);
    workspace.write("nd-7-2024.txt", decree("7/2024/NĐ-CP", 45));
    for arguments in [
        ["index", "--json"].as_slice(),
        &["index", "--json", "--rebuild"],
    ] {
        for blocks in TOO_SMALL {
            let output = Output::of(&mut workspace.command_on_full_disk(blocks, arguments));
            output.failed(&[workspace.path("index").to_str().unwrap()]);
            assert!(
                !workspace.generation(2).exists(),
                "the unfinished generation stays at {blocks} blocks"
            );
            assert_eq!(workspace.documents().len(), 3, "at {blocks} blocks");
            let answer = workspace.ask(FEE);
            assert_eq!(
                (answer.generation, answer.citations.is_empty()),
                (1, false),
                "at {blocks} blocks"
            );
        }
    }
    assert_eq!(
        workspace.index(&[])["added"],
        serde_json::json!(["nd-7-2024"])
    );
    assert_eq!(workspace.documents().len(), 4);
}

#[test]
fn index_of_nothing_on_a_full_disk_leaves_no_index() {
    let workspace = Workspace::new(decrees());
    for blocks in TOO_SMALL {
        Output::of(&mut workspace.command_on_full_disk(blocks, &["index"]))
            .failed(&[workspace.path("index").to_str().unwrap()]);
        assert!(
            !workspace.path("index/CURRENT").exists(),
            "at {blocks} blocks"
        );
    }
    assert_eq!(workspace.run(["ask", BIRTH]).code, Some(0));
}
