//! What a clause leaves open and the provisions above it have said.

use crate::document::Level;
use crate::document::Locator;
use crate::document::RelationKind;
use crate::document::address::rank;
use crate::document::relation::Reference;
use crate::document::relation::When;

/// What holds for the clauses below a lead such as `Các văn bản sau đây hết hiệu lực kể từ …:`.
#[derive(Clone, Debug, Default)]
pub(in crate::document) struct Context {
    /// What is done to the members of the list.
    pub(in crate::document) kind: Option<RelationKind>,
    /// To which document, where the lead names it.
    pub(in crate::document) target: Option<Reference>,
    /// In which of its provisions: `6. Sửa đổi một số khoản của Điều 94 như sau:`.
    pub(in crate::document) locator: Option<Locator>,
    /// Whether something in the provisions below is meant, and not all that they say: `Bỏ cụm từ “…” tại
    /// các khoản sau đây:`.
    pub(in crate::document) is_some: bool,
    /// From when.
    pub(in crate::document) when: Option<When>,
}

impl Context {
    /// A locator with the wider steps that the lead has given.
    pub(in crate::document) fn complete(&self, mut locator: Locator) -> Locator {
        let Some(widest) = locator.steps.last().map(|step| step.level) else {
            return locator;
        };
        let is_open = matches!(widest, Level::Clause | Level::Point | Level::Subpoint);
        if let Some(outer) = self.locator.as_ref().filter(|_| is_open) {
            let wider = outer
                .steps
                .iter()
                .filter(|step| rank(step.level) < rank(widest));
            locator.steps.extend(wider.cloned());
        }
        locator
    }
}
