//! What addresses of one clause share: `khoản 1 và bổ sung khoản 6 Điều 19`.

use crate::document::Locator;
use crate::document::relation::Enumeration;
use crate::document::relation::context::Context;

/// The steps that all of the locators share, from the widest on.
pub(in crate::document) fn shared<'l>(
    mut locators: impl Iterator<Item = &'l Locator>,
) -> Option<Locator> {
    let mut shared = locators.next()?.clone();
    for other in locators {
        while !shared.covers(other) && !shared.steps.is_empty() {
            shared.steps.remove(0);
        }
    }
    Some(shared).filter(|shared| !shared.steps.is_empty())
}

/// Gives to each list the wider steps of the one behind it, where it has none of its own: `khoản 1 và
/// bổ sung khoản 6 Điều 19`.
pub(in crate::document) fn share(lists: &mut [Enumeration]) {
    let mut outer = Context::default();
    for list in lists.iter_mut().rev() {
        for locator in &mut list.locators {
            *locator = outer.complete(locator.clone());
        }
        outer.locator = list.locators.first().cloned();
    }
}
