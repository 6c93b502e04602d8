//! The law on the day asked about: which of the cited texts are in force, and what is put beside
//! those that changed.

use crate::answer;
use crate::answer::Asked;
use crate::answer::Composed;
use crate::answer::Terms;
use crate::document::Date;
use crate::document::Document;
use crate::document::Locator;
use crate::document::State;
use crate::index;
use crate::index::Generation;
use crate::qa::sources::Sources;
use crate::qa::sources::Stored;
use crate::rank::Question;
use crate::text::Span;
use crate::wire::Standing;

/// How many amending clauses are quoted beside the provisions they change.
const N_AMENDING_MAX: usize = 3;

/// The address of the provision that `span` lies in.
pub(super) fn locator(document: &Document, span: Span) -> Locator {
    document.locator(document.provision_at(span))
}

/// Puts before each statement whose provision was amended by `day` the clause that amended it, where
/// the store holds it.
pub(super) fn renew<'g>(
    composed: &mut Composed,
    (question, terms): (&Question, &Terms),
    sources: &mut Sources<'g>,
    generation: &'g Generation,
    day: Date,
) -> Result<(), index::Error> {
    let mut clauses: Vec<(usize, String, usize)> = Vec::new();
    let mut amended: Vec<usize> = Vec::new();
    for (at, citation) in composed.citations.iter().enumerate() {
        let Some(stored) = sources.get(&citation.document) else {
            continue;
        };
        let place = locator(&stored.document, citation.span);
        let state = generation.law().state(&citation.document, &place, day);
        let State::Amended { by, .. } = state else {
            continue;
        };
        amended.push(at);
        let provision = generation.law().relation(&by).map(|r| r.provision);
        let Some(provision) = provision.filter(|&provision| provision > 0) else {
            continue;
        };
        let is_found = |(_, id, p): &(usize, String, usize)| *id == by.id && *p == provision;
        let is_told =
            clauses.iter().any(is_found) || is_quoted(composed, sources, &by.id, provision);
        if !is_told && clauses.len() < N_AMENDING_MAX {
            clauses.push((at, by.id, provision));
        }
    }
    // A figure that may have been changed stands for no answer.
    for statement in &mut composed.statements {
        if statement.citations.iter().any(|at| amended.contains(at)) {
            statement.lead = None;
        }
    }
    for (at, id, provision) in clauses {
        let Some(stored) = Stored::of(&id, generation, day)? else {
            continue;
        };
        composed.put_before(
            at,
            quoted((question, terms), &stored, &id, (provision, day)),
        );
        sources.insert(id, stored);
    }
    composed.number();
    Ok(())
}

/// Whether words of a provision of document `id` stand in the answer.
pub(super) fn is_quoted(
    composed: &Composed,
    sources: &Sources<'_>,
    id: &str,
    provision: usize,
) -> bool {
    let document = sources.get(id).map(|stored| &stored.document);
    let clause = document.and_then(|document| document.provisions.get(provision));
    clause.is_some_and(|clause| composed.quotes(id, clause.span))
}

/// The words of one provision, as an answer of their own.
pub(super) fn quoted(
    (question, terms): (&Question, &Terms),
    stored: &Stored<'_>,
    id: &str,
    (provision, day): (usize, Date),
) -> Composed {
    let pinned = [(stored.source(id), provision)];
    let asked = Asked {
        question: &question.understood,
        terms,
        intent: question.intent,
        day,
        nearness: None,
    };
    answer::compose(&asked, &[], &pinned)
}

/// What each citation is on `day`, in order.
pub(super) fn standings(
    composed: &Composed,
    sources: &Sources<'_>,
    generation: &Generation,
    day: Date,
) -> Vec<Option<Standing>> {
    let standing = |citation: &answer::Citation| {
        let stored = sources.get(&citation.document)?;
        let place = locator(&stored.document, citation.span);
        Some(Standing::of(generation, &citation.document, &place, day))
    };
    composed.citations.iter().map(standing).collect()
}
