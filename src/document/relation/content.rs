//! Whether a clause strikes whole provisions or something in them.
//!
//! `Bãi bỏ quy định về phí tại khoản 3 Điều 5`, `Bãi bỏ một số mẫu tại Phụ lục I` and `Bãi bỏ các điểm từ
//! a đến d khoản 2 Điều 5` leave the rest of the place that they name in force.

use crate::document::RelationKind;
use crate::document::relation::Enumeration;
use crate::document::relation::clause::Clause;
use crate::document::relation::context::Context;
use crate::document::relation::reader::Reader;
use crate::document::relation::subject;
use crate::document::relation::targets::Object;

/// Whether what a relation of this kind acts on is gone for good.
pub(in crate::document) fn strikes(kind: RelationKind) -> bool {
    matches!(kind, RelationKind::Repeals | RelationKind::Replaces)
}

impl Reader<'_> {
    /// Adds the relations of an object whose parts stand in its span, those struck as a whole first.
    pub(in crate::document) fn act_apart(
        &mut self,
        clause: &Clause<'_>,
        kind: RelationKind,
        object: &Object,
        context: &Context,
    ) {
        if clause.is_phrase || !strikes(kind) {
            self.act(clause, kind, object, context);
            return;
        }
        let (whole, some) = self.apart(object.parts.clone(), object.span.start, object.is_some);
        for (parts, is_some) in [(whole, false), (some, true)] {
            let object = Object {
                parts,
                is_some,
                ..object.clone()
            };
            if !object.parts.is_empty() {
                self.act(clause, kind, &object, context);
            }
        }
    }

    /// Parts the lists of a clause into those that are meant as a whole and those in which something is;
    /// the first stands behind `from`, `is_some` where something in all of them is.
    fn apart(
        &self,
        lists: Vec<Enumeration>,
        from: usize,
        is_some: bool,
    ) -> (Vec<Enumeration>, Vec<Enumeration>) {
        let (mut whole, mut some) = (Vec::new(), Vec::new());
        let mut end = from;
        let mut is_inside = is_some;
        for list in lists {
            let gap = self.between(end, list.span.start);
            let gap = gap.rsplit(';').next().unwrap_or_default();
            let is_first = end == from;
            if subject::names_part(gap) || gap.contains('~') {
                is_inside = !is_plural(gap, &list);
            } else if !is_first && gap.trim_end().ends_with("quy định tại") {
                is_inside = is_some;
            }
            end = list.span.end;
            if is_inside {
                some.push(list);
            } else {
                whole.push(list);
            }
        }
        (whole, some)
    }
}

/// Whether `list` gives no number and is one of many: `tại các Phụ lục`; it strikes no provision.
pub(in crate::document) fn is_plural(before: &str, list: &Enumeration) -> bool {
    let mut steps = list.locators.iter().flat_map(|locator| &locator.steps);
    steps.all(|step| step.label.is_empty()) && before.trim_end().ends_with("các")
}
