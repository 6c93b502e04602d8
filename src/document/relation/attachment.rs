//! Provisions of a regulation that is issued with a document: `Điều 3 Quy định ban hành kèm theo Quyết
//! định số …` is not Điều 3 of the decision.

use crate::document::Level;
use crate::document::Step;
use crate::document::keyword::ATTACHMENTS;
use crate::document::relation::Enumeration;
use crate::document::relation::verb::Words;

/// Words that lead from an address to what it lies in.
const LINKS: [&str; 4] = ["của ", "tại ", "thuộc ", "trong "];

/// What the words between an address and the number of a document say that it lies in: ` Điều lệ trường
/// cao đẳng ban hành kèm theo Thông tư số `.
pub(in crate::document) fn named(gap: &str) -> Option<&'static str> {
    let gap = gap.trim_start();
    let link = LINKS.iter().find_map(|link| gap.strip_prefix(link));
    let text = link.unwrap_or(gap).trim_start();
    let is_open = text.contains([';', '.', ':', '~']);
    let name = ATTACHMENTS.into_iter().find(|name| {
        // `Điều 3 quy định tại … ban hành kèm theo` names no regulation.
        let small = text.strip_prefix(name.to_lowercase().as_str());
        let small = small.map(str::trim_start);
        text.starts_with(name)
            || small.is_some_and(|rest| {
                rest.starts_with("ban hành kèm") || rest.starts_with("kèm theo")
            })
    })?;
    let is_attached = Words::of(text, 0).find("kèm theo", 0).is_some();
    (is_attached && !is_open).then_some(name)
}

/// Puts the addresses that run up to that name inside it; an appendix may be the document's own.
pub(in crate::document) fn enter(parts: &mut [Enumeration], name: &str) {
    let locators = parts.iter_mut().flat_map(|part| &mut part.locators);
    for locator in locators {
        let widest = locator.steps.last().map(|step| step.level);
        if widest.is_some_and(|level| !level.is_container()) {
            locator.steps.push(Step {
                level: Level::Attachment,
                label: name.to_owned(),
                occurrence: 1,
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regulations_are_told_from_what_is_laid_down() {
        let check = |gap: &str, expected: Option<&str>| assert_eq!(named(gap), expected, "{gap}");
        check(
            " Quy định ban hành kèm theo Quyết định số ",
            Some("Quy định"),
        );
        check(
            " của Điều lệ trường cao đẳng ban hành kèm theo Thông tư số ",
            Some("Điều lệ"),
        );
        check(" quy chế ban hành kèm theo Thông tư số ", Some("Quy chế"));
        check(" quy định tại Phụ lục ban hành kèm theo Thông tư số ", None);
        check(" Quy định về phí tại Thông tư số ", None);
    }
}
