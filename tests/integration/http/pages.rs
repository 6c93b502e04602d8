//! The pages and everything they load.

use std::collections::BTreeSet;

use super::workspace;
use crate::support::Server;

/// A slash at the end, as people type it, leads to the page too.
const PAGES: [&str; 10] = [
    "/",
    "/documents",
    "/documents/",
    "/documents/nd-120-2025",
    "/documents/nd-120-2025/",
    "/documents/ho-tich/so-tay",
    "/audit",
    "/audit/",
    "/audit/any-id",
    "/audit/any-id/",
];

#[test]
fn pages_are_html_under_a_content_security_policy() {
    let workspace = workspace();
    let server = workspace.serve();
    for path in PAGES {
        let page = server.get(path);
        assert_eq!(
            (page.status, page.header("content-type")),
            (200, "text/html; charset=utf-8"),
            "{path}"
        );
        let policy = page.header("content-security-policy");
        for rule in [
            "default-src 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
            "form-action 'self'",
        ] {
            assert!(policy.contains(rule), "{path}: {policy}");
        }
        assert!(!policy.contains("unsafe"), "{path}: {policy}");
        assert_eq!(page.header("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(page.header("referrer-policy"), "same-origin", "{path}");
    }
}

#[test]
fn pages_are_vietnamese_fit_a_phone_and_hold_nothing_the_policy_forbids() {
    let workspace = workspace();
    let server = workspace.serve();
    for path in PAGES {
        let page = server.get(path).body;
        assert!(
            page.contains("lang=\"vi\"")
                && page.contains("name=\"viewport\"")
                && page.contains("<title>"),
            "{path}"
        );
        for forbidden in [
            " style=\"",
            "<style",
            " onclick=",
            " onload=",
            " onsubmit=",
            "javascript:",
            "http://",
            "https://",
        ] {
            assert!(!page.contains(forbidden), "{path} has `{forbidden}`");
        }
        assert!(
            page.split("<script").skip(1).all(|rest| rest
                .split('>')
                .next()
                .unwrap()
                .contains("src=\"/assets/")),
            "{path}"
        );
    }
}

#[test]
fn pages_and_scripts_name_only_assets_that_are_served_with_their_type() {
    let workspace = workspace();
    let server = workspace.serve();
    let mut names: BTreeSet<String> = PAGES
        .iter()
        .flat_map(|path| named_assets(&server.get(path).body))
        .collect();
    assert!(
        names.contains("style.css") && names.contains("ask.js"),
        "{names:?}"
    );
    let mut seen = BTreeSet::new();
    while let Some(name) = names.pop_first() {
        names.extend(
            content(&server, &name)
                .into_iter()
                .filter(|found| !seen.contains(found)),
        );
        seen.insert(name);
    }
    assert!(seen.len() >= 8, "{seen:?}");
}

/// Checks the asset `name` and returns the assets that it names.
fn content(server: &Server, name: &str) -> Vec<String> {
    let asset = server.get(&format!("/assets/{name}"));
    let expected = match name.rsplit('.').next().unwrap() {
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml; charset=utf-8",
        other => panic!("an asset of an unknown kind: {other}"),
    };
    assert_eq!(
        (asset.status, asset.header("content-type")),
        (200, expected),
        "{name}"
    );
    assert!(!asset.body.is_empty(), "{name}");
    named_assets(&asset.body)
}

/// Names after `/assets/` or, in module imports, after `"./`.
fn named_assets(text: &str) -> Vec<String> {
    let parts = text
        .split("/assets/")
        .skip(1)
        .chain(text.split("from \"./").skip(1));
    parts
        .map(|rest| {
            rest.split(['"', '\'', '`', ')', '?', '#'])
                .next()
                .unwrap()
                .to_owned()
        })
        .collect()
}
