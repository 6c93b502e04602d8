//! Exit codes, streams and the JSON of an answer.

use std::collections::BTreeSet;

use camnang::wire::{Answer, Status};
use serde_json::Value;

use super::{UNANSWERED, workspace};
use crate::support::{BIRTH, Workspace, decree};

#[test]
fn ask_answerable_question_exits_0_with_the_answer_on_stdout() {
    let workspace = Workspace::new([("nd-120-2025.txt", decree("120/2025/NĐ-CP", 60))]);
    workspace.index(&[]);
    let output = workspace.run(["ask", BIRTH]);
    assert_eq!(output.code, Some(0), "{output:?}");
    for part in [
        "60 ngày\n",
        "«1. Trong thời hạn 60 ngày",
        "[1]",
        "khoản 1 Điều 23",
        "120/2025/NĐ-CP",
    ] {
        assert!(
            output.stdout.contains(part),
            "`{part}` is not in {output:?}"
        );
    }
    assert_eq!(output.stderr, "");
}

#[test]
fn ask_of_texts_that_contradict_each_other_sets_no_figure_above_them() {
    let output = workspace().run(["ask", BIRTH]);
    for quote in ["«1. Trong thời hạn 60 ngày", "«1. Trong thời hạn 90 ngày"] {
        assert!(output.stdout.contains(quote), "{output:?}");
    }
    assert!(!output.stdout.contains("ngày\n"), "{output:?}");
}

#[test]
fn ask_unanswerable_question_exits_1_and_says_so_on_stdout() {
    let workspace = workspace();
    let output = workspace.run(["ask", UNANSWERED]);
    assert_eq!(output.code, Some(1), "{output:?}");
    assert!(
        output.stdout.contains("Chưa tìm thấy nội dung trả lời"),
        "{output:?}"
    );
}

#[test]
fn ask_failure_exits_2_with_nothing_on_stdout() {
    let workspace = workspace();
    workspace.run(["ask"]).failed(&["QUESTION"]);
    workspace
        .run(["ask", "--no-such-flag", BIRTH])
        .failed(&["--no-such-flag"]);
    workspace
        .run(["--record", "no/such/folder/record.sqlite", "ask", BIRTH])
        .failed(&["no/such/folder/record.sqlite"]);
}

#[test]
fn ask_words_of_one_question_may_be_separate_arguments() {
    let workspace = workspace();
    let answer: Answer = workspace
        .run(["ask", "--json"].into_iter().chain(BIRTH.split(' ')))
        .json();
    assert_eq!(answer.question, BIRTH);
}

#[test]
fn ask_without_index_builds_it_and_keeps_stdout_for_the_answer() {
    let workspace = workspace();
    let output = workspace.run(["ask", "--json", BIRTH]);
    assert_eq!(output.json::<Answer>().generation, 1);
    assert!(output.stderr.contains("building it"), "{output:?}");
}

#[test]
fn ask_log_in_a_file_is_plain_text() {
    let output = workspace().run(["ask", BIRTH]);
    assert!(!output.stderr.is_empty());
    assert!(
        !output.stderr.contains('\u{1b}'),
        "colour codes in what is no terminal: {:?}",
        output.stderr
    );
}

#[test]
fn ask_json_has_every_field_of_an_answer() {
    let json: Value = workspace().run(["ask", "--json", BIRTH]).json();
    let answer = "id question understood asked_at as_of status confidence evidence notices message missing statements citations passages generation timings_ms";
    assert_eq!(keys(&json), fields(answer));
    assert_eq!(
        keys(&json["statements"][0]),
        fields("lead text heading citations")
    );
    let citation = "index document_id document_version number title locator quote span source_file note effective expires standing";
    assert_eq!(keys(&json["citations"][0]), fields(citation));
    assert_eq!(keys(&json["citations"][0]["span"]), fields("start end"));
    let passage = "rank score document_id number title locator heading snippet span note effective expires standing";
    assert_eq!(keys(&json["passages"][0]), fields(passage));
    assert_eq!(keys(&json["timings_ms"]), fields("total search compose"));
    let evidence = json["evidence"].as_object().unwrap();
    // The tests' model reads words only.
    let [read, told]: [Vec<_>; 2] = [true, false].map(|is_read| {
        let is_asked = |(name, _): &(&String, &Value)| {
            ["meaning", "odds", "said", "likeness"].contains(&name.as_str()) == is_read
        };
        evidence.iter().filter(is_asked).map(|(_, v)| v).collect()
    });
    assert!(read.iter().all(|value| value.is_null()), "{json}");
    assert!(told.iter().all(|value| value.is_number()), "{json}");
    assert_eq!([read.len(), told.len()], [4, 6]);
    assert_eq!(json["status"], "answered");
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value
        .as_object()
        .unwrap()
        .keys()
        .map(String::as_str)
        .collect()
}

fn fields(names: &str) -> BTreeSet<&str> {
    names.split(' ').collect()
}

#[test]
fn ask_json_values_are_what_they_say() {
    let workspace = workspace();
    let answer = workspace.ask("Thời hạn đk khai sinh theo NĐ 120/2025 là bao lâu?");
    assert_eq!(answer.status, Status::Answered);
    assert!(
        answer
            .understood
            .contains("đăng ký khai sinh theo Nghị định 120/2025"),
        "{}",
        answer.understood
    );
    assert_eq!(answer.statements[0].lead.as_deref(), Some("60 ngày"));
    assert!((0.0..=1.0).contains(&answer.confidence));
    assert_eq!((answer.message, answer.missing.len()), (None, 0));
    assert_eq!(answer.citations[0].source_file, "nd-120-2025.txt");
    assert!(answer.asked_at.parse::<jiff::Timestamp>().is_ok());
    assert!(
        answer
            .passages
            .iter()
            .zip(1..)
            .all(|(passage, rank)| passage.rank == rank)
    );
    assert!(answer.passages.is_sorted_by(|a, b| a.score >= b.score));
    let timings = answer.timings_ms;
    assert!(
        timings.total >= timings.search + timings.compose && timings.search > 0.0,
        "{timings:?}"
    );
}

#[test]
fn ask_parts_of_the_question_are_missing_that_nothing_shown_has() {
    let workspace = Workspace::sample();
    for (question, missing) in [
        (
            "lệ phí đăng ký kết hôn và thời hạn giải quyết ở karaoke casino bao lâu",
            &["karaoke casino"][..],
        ),
        // What stands on both sides of a masked number was never one phrase.
        (
            "Thủ tục cấp visa karaoke 001085012345 bowling casino",
            &["visa karaoke", "bowling casino"],
        ),
    ] {
        let answer = workspace.ask(question);
        assert_eq!(answer.status, Status::Abstained, "{answer:?}");
        assert_eq!(answer.missing, missing, "{question}");
    }
}

#[test]
fn ask_a_better_order_does_not_look_like_a_surer_answer() {
    let repository = env!("CARGO_MANIFEST_DIR");
    let workspace = workspace();
    // A passage that word vectors order otherwise than words alone, and nothing that answers.
    let question = "làm căn cước mất bao lâu";
    let share = |model: &str, index: &str| {
        let corpus = format!("{repository}/corpus");
        let arguments = ["--corpus", &corpus, "--model", model, "--index", index];
        let asked = workspace.run(["ask", "--json", question].iter().chain(&arguments));
        assert_eq!(asked.code, Some(1), "{asked:?}");
        let answer: Value = serde_json::from_str(&asked.stdout).unwrap();
        answer["evidence"]["fifth"].clone()
    };
    let model = format!("{repository}/models/camnang/words");
    assert_eq!(share(&model, "with"), share("none", "without"));
}
