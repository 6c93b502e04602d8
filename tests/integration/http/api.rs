//! Asking, searching and reading over HTTP.

use camnang::wire::{Answer, Document, Passage, Status};
use serde_json::{Value, json};

use super::workspace;
use crate::support::{BIRTH, Reply, prove};

fn ids(reply: &Reply) -> Vec<String> {
    let documents: Vec<Document> =
        serde_json::from_value(reply.json::<Value>()["documents"].clone()).unwrap();
    documents.into_iter().map(|document| document.id).collect()
}

#[test]
fn ask_answers_in_the_shape_of_the_command_line_with_the_same_citations() {
    let workspace = workspace();
    let server = workspace.serve();
    let reply = server.post_question(BIRTH);
    let (over_http, on_command_line): (Value, Value) =
        (reply.json(), workspace.run(["ask", "--json", BIRTH]).json());
    let keys = |value: &Value| {
        value
            .as_object()
            .unwrap()
            .keys()
            .cloned()
            .collect::<Vec<String>>()
    };
    assert_eq!(keys(&over_http), keys(&on_command_line));
    for field in [
        "question",
        "understood",
        "status",
        "confidence",
        "statements",
        "citations",
        "passages",
        "generation",
    ] {
        assert_eq!(over_http[field], on_command_line[field], "{field}");
    }
    let answer: Answer = reply.json();
    assert_eq!(answer.status, Status::Answered);
    prove(&answer, |id| server.document(id));
}

#[test]
fn ask_unanswerable_question_is_a_success_that_abstains() {
    let workspace = workspace();
    let answer = workspace
        .serve()
        .ask("Thủ tục cấp hộ chiếu ngoại giao gồm những bước nào?");
    assert_eq!(answer.status, Status::Abstained);
    assert!(
        answer.message.is_some() && !answer.missing.is_empty(),
        "{answer:?}"
    );
}

#[test]
fn search_lists_as_many_hits_as_asked_for_best_first() {
    let workspace = workspace();
    let server = workspace.serve();
    let search = |query: &str| -> Vec<Passage> {
        let found: Value = server
            .get(&format!("/api/search?q=khai%20sinh{query}"))
            .json();
        assert_eq!(found["generation"], 1);
        serde_json::from_value(found["hits"].clone()).unwrap()
    };
    let (all, two) = (search(""), search("&limit=2"));
    assert!(
        all.len() > 2 && all.is_sorted_by(|a, b| a.score >= b.score),
        "{all:?}"
    );
    assert_eq!(two, all[..2]);
    assert!(all.iter().all(|hit| hit.explanation.is_none()));
    assert_eq!(search("&limit=0").len(), 1);
    for hit in all {
        let text = server.document(&hit.document_id).text;
        assert!(
            text.get(hit.span.start..hit.span.end)
                .is_some_and(|text| text.starts_with(&hit.snippet)),
            "{hit:?}"
        );
    }
}

#[test]
fn search_explained_adds_up_to_the_score() {
    let workspace = workspace();
    let found: Value = workspace
        .serve()
        .get("/api/search?q=khai%20sinh&explain=true")
        .json();
    let hits: Vec<Passage> = serde_json::from_value(found["hits"].clone()).unwrap();
    assert!(!hits.is_empty());
    for hit in hits {
        let contributions = hit.explanation.unwrap();
        let sum: f32 = contributions
            .iter()
            .map(|contribution| contribution.score)
            .sum();
        assert!(
            (sum - hit.score).abs() < 1e-3 * hit.score,
            "{sum} is not {}: {contributions:?}",
            hit.score
        );
        assert!(contributions.iter().any(|contribution| contribution.term == "sinh" || contribution.term == "khai sinh"), "{contributions:?}");
    }
}

#[test]
fn documents_are_listed_in_order_of_id_by_pages() {
    let workspace = workspace();
    let server = workspace.serve();
    let all = server.get("/api/documents");
    assert_eq!(
        ids(&all),
        [
            "ho-tich/so-tay",
            "nd-120-2020",
            "nd-120-2025",
            "nd-1200-2025"
        ]
    );
    assert_eq!(
        (
            &all.json::<Value>()["total"],
            &all.json::<Value>()["generation"]
        ),
        (&json!(4), &json!(1))
    );
    let page = server.get("/api/documents?offset=1&limit=2");
    assert_eq!(ids(&page), ["nd-120-2020", "nd-120-2025"]);
    assert_eq!(page.json::<Value>()["total"], 4);
    assert_eq!(
        ids(&server.get("/api/documents?offset=99")),
        Vec::<String>::new()
    );
}

#[test]
fn documents_are_filtered_by_words_of_title_number_or_id() {
    let workspace = workspace();
    let server = workspace.serve();
    for (query, expected) in [
        ("s%E1%BB%95%20tay", ["ho-tich/so-tay"].as_slice()),
        ("so%20tay", &["ho-tich/so-tay"]),
        ("05/hd-ubnd", &["ho-tich/so-tay"]),
        ("120%202025", &["nd-120-2025"]),
        ("kh%C3%B4ng%20c%C3%B3", &[]),
    ] {
        assert_eq!(
            ids(&server.get(&format!("/api/documents?q={query}"))),
            expected,
            "{query}"
        );
    }
}

#[test]
fn document_with_a_slash_in_its_id_is_given_with_text_and_structure() {
    let workspace = workspace();
    let server = workspace.serve();
    for path in ["ho-tich/so-tay", "ho-tich%2Fso-tay"] {
        let source = server.document(path);
        assert_eq!(source.document.id, "ho-tich/so-tay");
        assert_eq!(source.document.title, "Sổ tay hộ tịch");
        assert_eq!(source.provisions[0].locator, "Điều 1");
        assert!(source.text.contains("07 ngày làm việc"));
    }
}

#[test]
fn document_provisions_lie_within_the_text_and_one_another() {
    let workspace = workspace();
    let source = workspace.serve().document("nd-120-2025");
    let locators: Vec<&str> = source
        .provisions
        .iter()
        .map(|provision| provision.locator.as_str())
        .collect();
    for locator in ["Điều 22", "khoản 2 Điều 23", "điểm c khoản 3 Điều 23"] {
        assert!(locators.contains(&locator), "{locators:?}");
    }
    let mut open: Vec<(usize, usize)> = vec![(0, source.text.len())];
    for provision in &source.provisions {
        open.truncate(provision.depth + 1);
        let (start, end) = *open.last().unwrap();
        let span = provision.span;
        assert!(
            start <= span.start && span.start < span.end && span.end <= end,
            "{provision:?}"
        );
        assert!(source.text.is_char_boundary(span.start) && source.text.is_char_boundary(span.end));
        open.push((span.start, span.end));
    }
}

#[test]
fn healthz_tells_generation_and_version() {
    let workspace = workspace();
    let health: Value = workspace.serve().get("/healthz").json();
    assert_eq!(
        health,
        json!({ "status": "ok", "generation": 1, "version": env!("CARGO_PKG_VERSION") })
    );
}
