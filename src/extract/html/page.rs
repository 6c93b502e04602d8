//! Which part of a page is its text.

use scraper::ElementRef;
use scraper::Html;
use scraper::Node;

/// Elements whose content is never text to read. No form is one of them: some servers put the whole
/// page into one, and what can be filled in is named here by itself.
const DROPPED: [&str; 18] = [
    "script", "style", "noscript", "template", "nav", "aside", "footer", "button", "select",
    "iframe", "svg", "head", "object", "video", "audio", "canvas", "textarea", "input",
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
    let (all, candidates) = sized(root);
    candidates
        .into_iter()
        .filter(|(size, _)| size * 100 >= all * MAIN_PERCENT_MIN)
        .max_by_key(|(size, _)| *size)
        .map_or(root, |(_, element)| element)
}

/// Whether an element may hold the text of the page.
fn may_be_content(element: &ElementRef<'_>) -> bool {
    let value = element.value();
    matches!(value.name(), "main" | "article") || value.attr("role") == Some("main")
}

/// How many bytes of words `root` holds, and each element in it that may be the content.
///
/// One walk for all of them: they may lie in one another.
fn sized(root: ElementRef<'_>) -> (usize, Vec<(usize, ElementRef<'_>)>) {
    let mut n_bytes = 0;
    let mut found: Vec<(usize, ElementRef<'_>)> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut at = *root;
    loop {
        if let Node::Text(text) = at.value() {
            n_bytes += text.trim().len();
        }
        if let Some(element) = ElementRef::wrap(at).filter(may_be_content) {
            open.push(found.len());
            found.push((n_bytes, element));
        }
        if let Some(child) = at.first_child() {
            at = child;
            continue;
        }
        // Everything in `at` was seen, and so it may be with what it is the last part of.
        loop {
            if let Some((before, _)) = open
                .last()
                .and_then(|&last| found.get_mut(last))
                .filter(|(_, element)| **element == at)
            {
                *before = n_bytes - *before;
                open.pop();
            }
            let next = at.next_sibling().filter(|_| at != *root);
            if let Some(next) = next {
                at = next;
                break;
            }
            match at.parent().filter(|_| at != *root) {
                Some(parent) => at = parent,
                None => return (n_bytes, found),
            }
        }
    }
}

/// Whether nothing in an element is text that a reader of the page sees.
pub(super) fn is_unseen(element: ElementRef<'_>) -> bool {
    let value = element.value();
    DROPPED.contains(&value.name())
        || value.attr("hidden").is_some()
        || value
            .attr("style")
            .is_some_and(|style| style.replace(' ', "").contains("display:none"))
}

/// Whether an element only surrounds the text: menus, comments, lists of links, boxes to search in.
pub(super) fn is_around(element: ElementRef<'_>) -> bool {
    if is_unseen(element) {
        return true;
    }
    let value = element.value();
    let named = [value.attr("class"), value.attr("id"), value.attr("role")];
    let is_named = named.into_iter().flatten().any(|names| {
        let names = names.to_ascii_lowercase();
        AROUND.iter().any(|word| names.contains(word)) || names == "navigation"
    });
    let is_search = value.attr("role") == Some("search");
    // A name alone must not cost a law its text: `content-with-sidebar` wraps the whole page.
    (is_named || is_search) && value.name() != "body" && !holds_articles(element)
}

fn holds_articles(element: ElementRef<'_>) -> bool {
    let has = |text: &str| {
        let rest = text.trim_start().strip_prefix("Điều ");
        rest.is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    element.text().filter(|text| has(text)).take(3).count() == 3
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_one_another_are_measured_in_one_walk() {
        let n = 2_000;
        let page = format!(
            "<p>ngoài</p>{}a<article>bc</article><div role=main>d</div>{}<p>sau",
            "<main>".repeat(n),
            "</main>".repeat(n)
        );
        let page = Html::parse_document(&page);
        let (all, found) = sized(page.root_element());
        assert_eq!(all, "ngoài".len() + "abcd".len() + "sau".len());
        let sizes: Vec<usize> = found.into_iter().map(|(size, _)| size).collect();
        assert_eq!(sizes, [vec![4; n], vec![2, 1]].concat());
    }

    #[test]
    fn the_innermost_part_that_holds_all_is_the_content() {
        let page = "<main><p><article id=a>Điều 1</article></main><article>khác</article>";
        let page = Html::parse_document(page);
        assert_eq!(content(&page).value().attr("id"), Some("a"));
        let page = Html::parse_document("<p>Điều 1. Phạm vi</p><article>khác</article>");
        assert_eq!(content(&page).value().name(), "html");
    }
}
