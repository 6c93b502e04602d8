//! Refusals: one JSON shape, a closed code, a Vietnamese message.

use serde_json::json;

use super::workspace;
use crate::support::BIRTH;

#[test]
fn error_for_what_is_not_there_is_404() {
    let workspace = workspace();
    let server = workspace.serve();
    for path in [
        "/no/such/page",
        "/api",
        "/api/no-such",
        "/api/documents/no-such",
        "/api/documents/nd-120-2025/x",
        "/api/answers/no-such",
        "/assets/no-such.js",
        "/assets/..%2fCargo.toml",
    ] {
        server.get(path).failed(404, "not_found");
    }
}

#[test]
fn error_for_a_request_of_another_form_is_400() {
    let workspace = workspace();
    let server = workspace.serve();
    for body in [
        "",
        "{",
        "[]",
        "null",
        "{}",
        "{\"question\": 7}",
        "{\"question\": null}",
        "khai sinh",
    ] {
        server
            .post_bytes("/api/ask", body.as_bytes())
            .failed(400, "bad_request");
    }
    for path in [
        "/api/search",
        "/api/search?q=a&limit=x",
        "/api/search?q=a&explain=maybe",
        "/api/documents?offset=-1",
        "/api/answers?limit=x",
        "/api/documents/%FF",
    ] {
        server.get(path).failed(400, "bad_request");
    }
}

#[test]
fn error_for_a_period_in_the_place_of_a_day_is_400() {
    let workspace = workspace();
    let server = workspace.serve();
    let body = json!({ "question": BIRTH, "as_of": "2025-06-30 đến 2025-12-31" });
    server.post("/api/ask", &body).failed(400, "bad_day");
    for path in [
        "/api/search?q=khai+sinh&as_of=30/6/2025,31/12/2025",
        "/api/documents?as_of=2025-06-30+2025-12-31",
        "/api/documents/nd-120-2025?as_of=2025-06-30.",
    ] {
        server.get(path).failed(400, "bad_day");
    }
}

#[test]
fn error_for_an_id_that_is_no_text_is_400_on_every_route() {
    let workspace = workspace();
    let server = workspace.serve();
    for path in ["/api/answers/%FF", "/assets/%FF"] {
        server.get(path).failed(400, "bad_request");
    }
    server
        .post(
            "/api/answers/%FF/verdicts",
            &json!({ "citation": 1, "verdict": "correct" }),
        )
        .failed(400, "bad_request");
}

#[test]
fn error_for_the_wrong_method_has_the_shape_of_an_error() {
    let workspace = workspace();
    let server = workspace.serve();
    server.get("/api/ask").failed(405, "method_not_allowed");
    server
        .post("/api/documents", &json!({}))
        .failed(405, "method_not_allowed");
}

#[test]
fn error_for_a_body_larger_than_any_request_is_413() {
    let workspace = workspace();
    let server = workspace.serve();
    server
        .post_question(&"a".repeat(70_000))
        .failed(413, "too_large");
    assert_eq!(server.post_question(BIRTH).status, 200);
}

#[test]
fn error_pages_and_answers_carry_the_protecting_headers() {
    let workspace = workspace();
    let server = workspace.serve();
    for reply in [
        server.get("/no/such/page"),
        server.post_question(""),
        server.post_question(BIRTH),
        server.get("/healthz"),
    ] {
        assert!(
            reply
                .header("content-security-policy")
                .contains("default-src 'self'"),
            "{reply:?}"
        );
        assert_eq!(reply.header("x-content-type-options"), "nosniff");
    }
}
