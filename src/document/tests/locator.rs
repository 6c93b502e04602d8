//! From a locator to its provision, and from a place to its locator.

use super::*;

#[test]
fn resolve_partial_and_wider_locators() {
    let document = parse(
        "Chương I\nCHUNG\nĐiều 1. A\n1. Một\n2. Hai\nĐiều 2. B\n1. Ba\nPhụ lục II\nBẢNG\nI. Một\nĐiều 1. C\nĐiều 2. D",
    );
    let found = |text: &str| {
        let at = document.resolve(&text.parse().expect(text));
        at.map(|at| document.locator(at).to_string())
            .unwrap_or_default()
    };
    assert_eq!(found("đ1k2"), "khoản 2 Điều 1");
    assert_eq!(found("khoản 2 Điều 1 Chương I"), "khoản 2 Điều 1");
    assert_eq!(found("chương 1"), "Chương I");
    assert_eq!(found("điều 2 phụ lục 2"), "Điều 2 Phụ lục II");
    assert_eq!(found("khoản 2"), "khoản 2 Điều 1");
    assert_eq!(found("Điều 9"), "");
}

#[test]
fn provision_at_finds_the_deepest() {
    let document = parse("BỘ X\nĐiều 1. A\n1. Một:\na) Hai;\nb) Ba.");
    let at = document.text.find("Ba").expect("a word");
    let provision = document.provision_at(Span::new(at, at + 2));
    assert_eq!(
        document.locator(provision).to_string(),
        "điểm b khoản 1 Điều 1"
    );
    assert_eq!(document.provision_at(Span::new(0, document.text.len())), 0);
}
