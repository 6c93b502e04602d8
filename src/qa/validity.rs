//! The law on the day asked about: what is put beside provisions that were amended by then.

use crate::document::State;
use crate::index;
use crate::qa::draft::Draft;
use crate::qa::inquiry::Inquiry;

/// How many amending clauses are quoted beside the provisions they change.
const N_AMENDING_MAX: usize = 3;

/// Puts before each statement whose provision was amended by the day the clause that amended it, where
/// the store holds it.
pub(super) fn renew<'g>(draft: &mut Draft<'g>, inquiry: &Inquiry<'g>) -> Result<(), index::Error> {
    let law = inquiry.generation.law();
    let mut clauses: Vec<(usize, String, usize)> = Vec::new();
    let mut amended: Vec<usize> = Vec::new();
    for (at, citation) in draft.composed.citations.iter().enumerate() {
        let Some(stored) = draft.source(citation) else {
            continue;
        };
        let place = stored.locator(citation.span);
        let state = law.state(&citation.document, &place, inquiry.day);
        let State::Amended { by, .. } = state else {
            continue;
        };
        amended.push(at);
        let provision = law.relation(&by).map(|r| r.provision);
        let Some(provision) = provision.filter(|&provision| provision > 0) else {
            continue;
        };
        let is_found = |(_, id, p): &(usize, String, usize)| *id == by.id && *p == provision;
        let is_told = clauses.iter().any(is_found) || draft.quotes(&by.id, provision);
        if !is_told && clauses.len() < N_AMENDING_MAX {
            clauses.push((at, by.id, provision));
        }
    }
    // A figure that may have been changed stands for no answer.
    for statement in &mut draft.composed.statements {
        if statement.citations.iter().any(|at| amended.contains(at)) {
            statement.lead = None;
        }
    }
    for (at, id, provision) in clauses {
        draft.quote(&id, provision, Some(at), inquiry)?;
    }
    draft.composed.number();
    Ok(())
}
