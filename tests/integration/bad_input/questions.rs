//! Questions that are empty, endless, no text or no Vietnamese, and names of nothing.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use camnang::wire::{Answer, Status};

use crate::support::{Workspace, decrees};

fn workspace() -> Workspace {
    Workspace::new(decrees())
}

#[test]
fn question_empty_or_blank_is_refused() {
    let (workspace, blank) = (workspace(), ["", "   ", "\n\t", "\u{a0}\u{3000}"]);
    for question in blank {
        workspace
            .run(["ask", question])
            .failed(&["the question is empty"]);
        workspace
            .run(["search", question])
            .failed(&["the question is empty"]);
    }
    let server = workspace.serve();
    for question in blank {
        server.post_question(question).failed(400, "empty_question");
    }
    server.get("/api/search?q=").failed(400, "empty_question");
}

#[test]
fn question_of_invisible_characters_is_never_answered() {
    let workspace = workspace();
    for question in ["\u{200b}\u{200d}\u{feff}", "\u{0}\u{1}\u{2}"] {
        let reply = workspace.serve().post_question(question);
        assert!(
            reply.status == 400 || reply.json::<Answer>().status == Status::Abstained,
            "{reply:?}"
        );
    }
}

#[test]
fn question_of_10_000_characters_is_refused_with_the_limit() {
    let workspace = workspace();
    let question: String = "đăng ký khai sinh ".chars().cycle().take(10_000).collect();
    workspace.run(["ask", &question]).failed(&["at most 2000"]);
    let reply = workspace.serve().post_question(&question);
    reply.failed(400, "question_too_long");
    assert!(reply.body.contains("2000"), "{reply:?}");
}

#[test]
fn question_of_exactly_the_limit_is_taken() {
    let workspace = workspace();
    let question: String = "Thời hạn đăng ký khai sinh là bao lâu? "
        .chars()
        .cycle()
        .take(1999)
        .chain(['?'])
        .collect();
    let output = workspace.run(["ask", "--json", &question]);
    assert!(matches!(output.code, Some(0 | 1)), "{output:?}");
    assert_eq!(
        output.json::<Answer>().question.trim().chars().count(),
        2000
    );
}

#[test]
fn question_of_bytes_that_are_no_text_is_refused() {
    let workspace = workspace();
    let bytes = OsString::from_vec(vec![b'k', 0xff, 0xfe, b'h']);
    workspace
        .run([OsString::from("ask"), bytes])
        .failed(&["UTF-8"]);
    let server = workspace.serve();
    server
        .post_bytes("/api/ask", b"{\"question\": \"khai \xff\xfe sinh\"}")
        .failed(400, "bad_request");
    server
        .post_bytes("/api/ask", &[0, 159, 146, 150])
        .failed(400, "bad_request");
    assert_eq!(server.generation(), 1);
}

#[test]
fn question_without_a_word_to_look_for_is_never_answered() {
    let workspace = workspace();
    for question in [
        "😀😀🎉",
        "???!!!",
        "và của là các những",
        "là gì",
        "12345",
        "a",
    ] {
        let output = workspace.run(["ask", "--json", question]);
        assert_eq!(output.code, Some(1), "{question}: {output:?}");
        let answer: Answer = output.json();
        assert_eq!(answer.status, Status::Abstained, "{question}");
        assert!(answer.message.is_some(), "{question}");
    }
}

#[test]
fn question_of_stop_words_or_signs_is_told_to_say_more() {
    let workspace = workspace();
    for question in ["😀😀🎉", "???!!!", "và của là các những"] {
        let answer = workspace.ask(question);
        assert!(
            answer.message.unwrap().contains("chưa nêu rõ nội dung"),
            "{question}"
        );
        let is_about_nothing = !question.contains(char::is_alphabetic);
        assert!(
            !is_about_nothing || answer.statements.is_empty(),
            "{question}"
        );
    }
}

#[test]
fn question_in_another_language_is_declined() {
    let workspace = workspace();
    for question in [
        "How do I register the birth of a child?",
        "怎么登记出生？",
        "Как зарегистрировать рождение ребёнка?",
    ] {
        let output = workspace.run(["ask", "--json", question]);
        assert_eq!(output.code, Some(1), "{question}: {output:?}");
        assert_eq!(
            output.json::<Answer>().status,
            Status::Abstained,
            "{question}"
        );
    }
}

#[test]
fn question_with_control_and_direction_characters_is_read_without_them() {
    let workspace = workspace();
    let answer = workspace.ask("Thời hạn\u{7} đăng\u{200b} ký \u{202e}khai sinh\u{1b} là bao lâu?");
    assert!(
        !answer
            .question
            .contains(['\u{7}', '\u{200b}', '\u{202e}', '\u{1b}']),
        "{:?}",
        answer.question
    );
    assert_eq!(answer.status, Status::Answered);
}

#[test]
fn show_unknown_document_or_provision_exits_1_and_names_it() {
    let workspace = workspace();
    for (arguments, named) in [
        (["show", "nd-7", "Điều 1"], "`nd-7`"),
        (["show", "7/2025/NĐ-CP", "Điều 1"], "`7/2025/NĐ-CP`"),
        (
            ["show", "nd-120-2025", "khoản 7 Điều 23"],
            "`khoản 7 Điều 23`",
        ),
    ] {
        let output = workspace.run(arguments);
        assert_eq!(
            (output.code, output.stdout.as_str()),
            (Some(1), ""),
            "{output:?}"
        );
        assert!(output.stderr.contains(named), "{output:?}");
    }
    workspace
        .run(["show", "nd-120-2025", "điều gì đó"])
        .failed(&["`điều gì đó`"]);
}
