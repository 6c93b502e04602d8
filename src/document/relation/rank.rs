//! Which body issues a document, as a rank.
//!
//! Only the body that issued a text, or one above it, amends or repeals it (Law 64/2025/QH15 on
//! Promulgation of Legal Documents). A clause of a circular that seems to repeal a decree is one
//! that merely names it.

use crate::document::DocumentNumber;
use crate::document::relation::Reference;
use crate::document::relation::RelationKind;

/// From communes upward; `None` where the suffix names no known body.
fn of(number: &DocumentNumber) -> Option<u8> {
    let key = number.key();
    let suffix = key.rsplit_once('/').map(|(_, suffix)| suffix)?;
    let is = |code: &str| suffix.split(['-', '/']).any(|part| part == code);
    if suffix.contains("qh") {
        Some(5)
    } else if is("cp") {
        Some(4)
    } else if is("ttg") {
        Some(3)
    } else if is("ubnd") || is("hdnd") {
        Some(1)
    } else if is("tt") || is("ttlt") || is("qd") {
        Some(2)
    } else {
        None
    }
}

/// Whether a document with the number `own` may do this to `target`.
pub(in crate::document) fn allows(
    own: Option<&DocumentNumber>,
    kind: RelationKind,
    target: &Reference,
) -> bool {
    let above = match target {
        Reference::Number(number) => of(number),
        Reference::Title { .. } => Some(5),
        Reference::Mention(_) => None,
    };
    let (Some(own), Some(above)) = (own.and_then(of), above) else {
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
