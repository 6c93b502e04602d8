//! Which body issues a document, as a rank.
//!
//! Only the body that issued a text, or one above it, amends or repeals it (Law 64/2025/QH15 on
//! Promulgation of Legal Documents). A clause of a circular that seems to repeal a decree is one
//! that merely names it, and so is a clause that seems to change a text of a later year.

use crate::document::DocumentNumber;
use crate::document::relation::Reference;
use crate::document::relation::RelationKind;

impl DocumentNumber {
    /// How high the body stands that issues such numbers: 1 for local bodies, 5 for the National
    /// Assembly; none where the suffix names no known body.
    ///
    /// # Example
    /// ```
    /// use camnang::document::DocumentNumber;
    /// let of = |number: &str| number.parse::<DocumentNumber>().unwrap().authority();
    /// assert!(of("60/2014/QH13") > of("120/2025/NĐ-CP"));
    /// ```
    pub fn authority(&self) -> Option<u8> {
        let key = self.key();
        let suffix = key.rsplit_once('/').map(|(_, suffix)| suffix)?;
        let is = |code: &str| suffix.split(['-', '/']).any(|part| part == code);
        if suffix.contains("qh") {
            Some(5)
        } else if is("cp") {
            Some(4)
        } else if is("ttg") {
            Some(3)
        } else if self.is_local() {
            Some(1)
        } else if is("tt") || is("ttlt") || is("qd") {
            Some(2)
        } else {
            None
        }
    }
}

/// Whether a document with the number `own` may do this to `target`.
pub(in crate::document) fn allows(
    own: Option<&DocumentNumber>,
    kind: RelationKind,
    target: &Reference,
) -> bool {
    let above = match target {
        Reference::Number(number) => number.authority(),
        Reference::Title { .. } => Some(5),
        Reference::Mention(_) => None,
    };
    let year = own.and_then(|own| own.year);
    if let (Some(year), Some(later)) = (year, target.year())
        && later > year
    {
        return false;
    }
    let (Some(own), Some(above)) = (own.and_then(DocumentNumber::authority), above) else {
        return true;
    };
    match kind {
        RelationKind::Guides => above >= own,
        // A power is moved by a decree that applies before the law is changed.
        RelationKind::Consolidates | RelationKind::Corrects | RelationKind::TransfersCompetence => {
            true
        }
        _ => above <= own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(own: &str, target: &str, expected: bool) {
        let number = |text: &str| text.parse::<DocumentNumber>().expect(text);
        let target = Reference::Number(number(target));
        let allowed = allows(Some(&number(own)), RelationKind::Repeals, &target);
        assert_eq!(allowed, expected, "{own}");
    }

    #[test]
    fn nobody_repeals_a_text_of_a_higher_body_or_of_a_later_year() {
        check("118/2025/NĐ-CP", "61/2018/NĐ-CP", true);
        check("61/2018/NĐ-CP", "118/2025/NĐ-CP", false);
        check("04/TB-UBND", "120/2025/NĐ-CP", false);
    }
}
