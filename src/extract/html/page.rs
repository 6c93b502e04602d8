//! Which part of a page is its text.

use scraper::ElementRef;
use scraper::Html;
use scraper::Node;

/// Elements whose content is never text to read.
const DROPPED: [&str; 19] = [
    "script", "style", "noscript", "template", "nav", "aside", "footer", "button", "select",
    "iframe", "svg", "head", "object", "video", "audio", "canvas", "textarea", "input", "form",
];
/// Words in the class or id of what surrounds the text of a page.
const AROUND: [&str; 14] = [
    "menu",
    "navbar",
    "breadcrumb",
    "sidebar",
    "footer",
    "comment",
    "social",
    "related",
    "banner",
    "cookie",
    "advert",
    "pagination",
    "toolbar",
    "popup",
];
/// A page whose `main` or `article` holds at least this share of its text, in percent, is that.
const MAIN_PERCENT_MIN: usize = 40;

/// The element that holds the text of the page.
pub(super) fn content(page: &Html) -> ElementRef<'_> {
    let root = page.root_element();
    let all = size(root);
    let candidates = root.descendent_elements().filter(|element| {
        matches!(element.value().name(), "main" | "article")
            || element.value().attr("role") == Some("main")
    });
    candidates
        .map(|element| (size(element), element))
        .filter(|(size, _)| size * 100 >= all * MAIN_PERCENT_MIN)
        .max_by_key(|(size, _)| *size)
        .map_or(root, |(_, element)| element)
}

/// How many bytes of words an element holds.
fn size(element: ElementRef<'_>) -> usize {
    let words = element.descendants().filter_map(|node| match node.value() {
        Node::Text(text) => Some(text.trim().len()),
        _ => None,
    });
    words.sum()
}

/// Whether an element only surrounds the text: menus, comments, lists of links.
pub(super) fn is_around(element: ElementRef<'_>) -> bool {
    let value = element.value();
    if DROPPED.contains(&value.name()) || value.attr("hidden").is_some() {
        return true;
    }
    let is_unseen = value
        .attr("style")
        .is_some_and(|style| style.replace(' ', "").contains("display:none"));
    let named = [value.attr("class"), value.attr("id"), value.attr("role")];
    let is_named = named.into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        AROUND.iter().any(|word| names.contains(word)) || names == "navigation"
    });
    // A name alone must not cost a law its text: `content-with-sidebar` wraps the whole page.
    is_unseen || (is_named && value.name() != "body" && !holds_articles(element))
}

fn holds_articles(element: ElementRef<'_>) -> bool {
    let has = |text: &str| {
        let rest = text.trim_start().strip_prefix("Điều ");
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    element.text().filter(|text| has(text)).take(3).count() == 3
}
