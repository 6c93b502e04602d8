//! Readers while generations change under them.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use camnang::wire::{Answer, DocumentText, Passage};

use crate::support::{
    BIRTH, FEE, Reply, Server, Workspace, decree, decrees, prove, until, words_model,
};

/// Rebuilds while clients ask.
const N_REBUILDS: u64 = 20;
const N_CLIENTS: usize = 4;

#[test]
fn serve_takes_up_a_new_generation_without_restart() {
    let workspace = Workspace::new(decrees());
    let server = workspace.serve();
    assert!(
        server.ask("khoản 1 Điều 23 NĐ 120/2025").citations[0]
            .quote
            .contains("60 ngày")
    );
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", 61));
    workspace.index(&[]);
    server.wait_for_generation(2);
    let answer = server.ask("khoản 1 Điều 23 NĐ 120/2025");
    assert_eq!(answer.generation, 2);
    assert!(answer.citations[0].quote.contains("61 ngày"), "{answer:?}");
    prove(&answer, |id| server.document(id));
}

#[test]
fn serve_keeps_the_old_generation_when_the_new_one_is_damaged() {
    let workspace = Workspace::new(decrees());
    let server = workspace.serve();
    let good = fs::read(workspace.path("index/CURRENT")).unwrap();
    fs::write(workspace.path("index/CURRENT"), "gen-000009\n").unwrap();
    until(
        "the server says that it cannot use the new generation",
        || server.log().contains("cannot be used").then_some(()),
    );
    assert_eq!(server.ask(BIRTH).generation, 1);
    fs::write(workspace.path("index/CURRENT"), good).unwrap();
    workspace.index(&["--rebuild"]);
    server.wait_for_generation(2);
}

#[test]
fn serve_answers_on_when_the_index_folder_is_gone() {
    let workspace = Workspace::new(decrees());
    let server = workspace.serve();
    fs::remove_dir_all(workspace.path("index")).unwrap();
    let answer = server.ask(BIRTH);
    assert!(!answer.citations.is_empty());
    prove(&answer, |id| server.document(id));
}

#[test]
fn serve_takes_up_an_index_that_was_removed_and_built_anew() {
    let workspace = Workspace::new(decrees());
    let server = workspace.serve();
    fs::remove_dir_all(workspace.path("index")).unwrap();
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", 61));
    assert_eq!(workspace.index(&[])["generation"]["number"], 1);
    until("the server takes up the index built anew", || {
        let answer = server.ask("khoản 1 Điều 23 NĐ 120/2025");
        answer.citations[0].quote.contains("61 ngày").then_some(())
    });
}

/// A model of as many dimensions whose words stand for others' vectors.
fn other_model(workspace: &Workspace) -> String {
    let (from, to) = (words_model(), workspace.path("other-model"));
    fs::create_dir(&to).unwrap();
    for name in ["config.json", "model.safetensors", "ranker.json"] {
        fs::copy(from.join(name), to.join(name)).unwrap();
    }
    let vocabulary = fs::read_to_string(from.join("vocabulary.txt")).unwrap();
    let reversed: Vec<&str> = vocabulary.lines().rev().collect();
    fs::write(to.join("vocabulary.txt"), reversed.join("\n")).unwrap();
    to.to_str().unwrap().to_owned()
}

#[test]
fn serve_ranks_a_generation_of_another_model_by_words_alone() {
    let workspace = Workspace::new(decrees());
    let server = workspace.serve();
    let scores = |passages: Vec<Passage>| -> Vec<(String, f32)> {
        passages.into_iter().map(|p| (p.locator, p.score)).collect()
    };
    let served = || {
        let mut reply: serde_json::Value = server.get("/api/search?q=khai%20sinh").json();
        scores(serde_json::from_value(reply["hits"].take()).unwrap())
    };
    let by_both = served();
    let other = other_model(&workspace);
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", 61));
    workspace.index(&["--model", &other]);
    server.wait_for_generation(2);
    let by_words = ["search", "--json", "khai sinh", "--model", "none"];
    assert_eq!(served(), scores(workspace.run(by_words).json()));
    let warnings = || server.log().matches("ranking by words alone").count();
    until("a warning in the log", || (warnings() > 0).then_some(()));
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", 60));
    workspace.index(&[]);
    server.wait_for_generation(3);
    assert_eq!(served(), by_both);
    assert_eq!(warnings(), 1, "{}", server.log());
}

/// Two documents whose figures are the number of the generation that holds them.
fn mark(workspace: &Workspace, generation: u64) {
    let days = u32::try_from(generation).unwrap() + 100;
    workspace.write("nd-120-2025.txt", decree("120/2025/NĐ-CP", days));
    workspace.write("nd-120-2020.txt", decree("120/2020/NĐ-CP", days));
}

/// The texts of a generation, by document id.
type Texts = BTreeMap<String, DocumentText>;

fn texts(workspace: &Workspace) -> Texts {
    workspace
        .documents()
        .into_iter()
        .map(|document| (document.id.clone(), workspace.document(&document.id)))
        .collect()
}

#[test]
fn rebuilds_while_clients_ask_fail_no_request_and_mix_no_generations() {
    let workspace = Workspace::new([("luat.txt", decree("60/2014/QH13", 15))]);
    mark(&workspace, 1);
    workspace.index(&[]);
    let server = workspace.serve();
    let is_over = AtomicBool::new(false);
    let (generations, replies) = thread::scope(|scope| {
        let clients: Vec<_> = (0..N_CLIENTS)
            .map(|at| {
                scope.spawn({
                    let (server, is_over) = (&server, &is_over);
                    move || keep_asking(server, is_over, at)
                })
            })
            .collect();
        let generations = rebuild_again_and_again(&workspace, &server);
        is_over.store(true, Ordering::Relaxed);
        let replies: Vec<Reply> = clients
            .into_iter()
            .flat_map(|client| client.join().unwrap())
            .collect();
        (generations, replies)
    });
    let answers: Vec<Answer> = replies.iter().map(Reply::json).collect();
    for answer in &answers {
        check(answer, &generations);
    }
    let seen: BTreeSet<u64> = answers.iter().map(|answer| answer.generation).collect();
    assert!(
        seen.len() >= 10 && seen.contains(&(N_REBUILDS + 1)),
        "answers from {seen:?} only"
    );
}

/// Asks until `is_over`, and once more then.
fn keep_asking(server: &Server, is_over: &AtomicBool, offset: usize) -> Vec<Reply> {
    let questions = [
        BIRTH,
        "khoản 1 Điều 23 NĐ 120/2025",
        "khoản 1 Điều 23 NĐ 120/2020",
        FEE,
    ];
    let mut replies = Vec::new();
    for question in questions.iter().cycle().skip(offset) {
        let is_last = is_over.load(Ordering::Relaxed);
        replies.push(server.post_question(question));
        if is_last {
            break;
        }
    }
    replies
}

/// Builds the further generations, the first half slowly enough for each to be served, the second
/// as fast as it goes, so that folders vanish under the server; returns the texts of each.
fn rebuild_again_and_again(workspace: &Workspace, server: &Server) -> BTreeMap<u64, Texts> {
    let mut generations = BTreeMap::from([(1, texts(workspace))]);
    for number in 2..=N_REBUILDS + 1 {
        mark(workspace, number);
        let report = workspace.index(&[]);
        assert_eq!(
            (&report["built"], &report["generation"]["number"]),
            (&true.into(), &number.into())
        );
        generations.insert(number, texts(workspace));
        if number <= N_REBUILDS / 2 || number == N_REBUILDS + 1 {
            server.wait_for_generation(number);
        }
    }
    generations
}

/// Proves an answer by the texts of the generation that it names, and by no other.
#[track_caller]
fn check(answer: &Answer, generations: &BTreeMap<u64, Texts>) {
    let texts = &generations[&answer.generation];
    assert!(!answer.citations.is_empty(), "{answer:?}");
    prove(answer, |id| texts[id].clone());
    let days = format!(" {} ngày ", answer.generation + 100);
    for citation in answer.citations.iter().filter(|citation| {
        citation.document_id.starts_with("nd-") && citation.locator == "khoản 1 Điều 23"
    }) {
        assert!(
            citation.quote.contains(&days),
            "generation {} says {}",
            answer.generation,
            citation.quote
        );
    }
    for passage in &answer.passages {
        let text = texts[&passage.document_id]
            .text
            .get(passage.span.start..passage.span.end);
        assert!(
            text.is_some_and(|text| text.starts_with(&passage.snippet)),
            "{passage:?}"
        );
    }
}
