//! The files that documents came from, over HTTP.

use crate::support::{Reply, Workspace, decree, packed, pdf};

const PAGES: [&str; 2] = [
    "1. Huong dan nay dung cho cong chuc tiep nhan va tra ket qua.",
    "2. Thoi han dang ky khai sinh la 60 ngay ke tu ngay sinh con.",
];

fn workspace() -> Workspace {
    let page = format!(
        "<html><script>alert(1)</script><p>{}",
        decree("7/2024/NĐ-CP", 45)
    );
    let row = "{\"id\": \"dong\", \"title\": \"Dòng\", \"text\": \"Điều 1. Khai sinh\\n1. Nộp hồ sơ tại xã.\"}\n";
    let archive = packed(&[("sâu/tờ trình.txt", decree("8/2023/NĐ-CP", 30).as_bytes())]);
    Workspace::new([
        ("quét/huong-dan.pdf", pdf(&PAGES)),
        ("trang.html", page.into_bytes()),
        ("goi.zip", archive),
        ("dong.jsonl", row.as_bytes().to_vec()),
    ])
}

#[track_caller]
fn has(reply: &Reply, name: &str, value: &str) {
    let found = reply.header(name);
    assert!(found.contains(value), "{name}: {found}");
}

#[test]
fn a_pdf_is_shown_and_its_pages_are_told() {
    let workspace = workspace();
    let server = workspace.serve();
    let reply = server.get("/api/files/qu%C3%A9t%2Fhuong-dan");
    assert_eq!(reply.status, 200);
    assert_eq!(reply.body.as_bytes(), pdf(&PAGES));
    has(&reply, "content-type", "application/pdf");
    has(
        &reply,
        "content-disposition",
        "inline; filename*=UTF-8''huong-dan.pdf",
    );
    has(&reply, "x-content-type-options", "nosniff");
    has(&reply, "content-security-policy", "frame-ancestors 'none'");
    let document = server.document("qu%C3%A9t%2Fhuong-dan");
    assert!(document.has_file);
    let second = document.pages.iter().find(|page| page.number == 2).unwrap();
    let below = document.text.get(second.start..).unwrap();
    assert!(below.starts_with("2. Thoi han"));
}

#[test]
fn web_pages_and_entries_of_archives_are_saved_and_not_run() {
    let workspace = workspace();
    let server = workspace.serve();
    let page = server.get("/api/files/trang");
    assert!(page.body.starts_with("<html><script>"));
    let entry = server.get("/api/files/goi%2Fs%C3%A2u%2Ft%E1%BB%9D%20tr%C3%ACnh");
    assert_eq!(entry.body, decree("8/2023/NĐ-CP", 30));
    has(
        &entry,
        "content-disposition",
        "filename*=UTF-8''t%E1%BB%9D%20tr%C3%ACnh.txt",
    );
    for reply in [page, entry] {
        assert_eq!(reply.status, 200);
        has(&reply, "content-type", "application/octet-stream");
        has(&reply, "content-disposition", "attachment; ");
        has(&reply, "content-security-policy", "sandbox");
        has(&reply, "x-content-type-options", "nosniff");
    }
}

#[test]
fn only_documents_lead_to_files() {
    let workspace = workspace();
    std::fs::write(workspace.path("ngoai.txt"), "ngoài").unwrap();
    let server = workspace.serve();
    for none in [
        "/api/files/..%2Fngoai",
        "/api/files/../ngoai",
        "/api/files/%2Fetc%2Fhostname",
        "/api/files/manifest",
        "/api/files/goi",
        "/api/files/",
        // A row is no file of its own.
        "/api/files/dong",
    ] {
        server.get(none).failed(404, "not_found");
    }
    assert!(!server.document("dong").has_file);
    // Gone since the index was built.
    std::fs::remove_file(workspace.path("corpus/trang.html")).unwrap();
    server.get("/api/files/trang").failed(404, "not_found");
    std::fs::write(workspace.path("corpus/goi.zip"), "PK\u{3}\u{4} broken").unwrap();
    let broken = server.get("/api/files/goi%2Fs%C3%A2u%2Ft%E1%BB%9D%20tr%C3%ACnh");
    broken.failed(500, "internal");
    let log = server.kill();
    assert!(log.contains("is damaged"), "{log}");
}
