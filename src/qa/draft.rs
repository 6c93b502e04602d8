//! An answer on its way: what is said, and the documents that it is from.

use crate::answer;
use crate::answer::Asked;
use crate::answer::Candidate;
use crate::answer::Citation;
use crate::answer::Composed;
use crate::answer::Source;
use crate::index;
use crate::qa::inquiry::Inquiry;
use crate::qa::sources::Sources;
use crate::qa::sources::Stored;
use crate::qa::sources::source_of;
use crate::rank::Hit;
use crate::wire::Standing;

/// What is said, and the documents that it is from.
pub(super) struct Draft<'g> {
    pub(super) composed: Composed,
    pub(super) sources: Sources<'g>,
}

impl<'g> Draft<'g> {
    /// What `hits`, whose documents `sources` has, say to the question.
    pub(super) fn compose(asked: &Asked<'_>, hits: &[Hit], sources: Sources<'g>) -> Self {
        let best = hits
            .iter()
            .map(|hit| hit.bm25)
            .fold(f32::MIN_POSITIVE, f32::max);
        let candidate = |hit| {
            source_of(hit, &sources).map(|source| Candidate {
                source,
                span: hit.span,
                score: hit.bm25 / best,
                is_expired: hit.is_expired,
                is_foreign: hit.is_foreign,
            })
        };
        let candidates: Vec<Candidate<'_>> = hits.iter().filter_map(candidate).collect();
        let pinned: Vec<(Source<'_>, usize)> = hits
            .iter()
            .filter_map(|hit| Some((source_of(hit, &sources)?, hit.pinned?)))
            .collect();
        let composed = answer::compose(asked, &candidates, &pinned);
        let mut draft = Self { composed, sources };
        draft.prove();
        draft
    }

    /// Takes back all that is said.
    pub(super) fn clear(&mut self) {
        self.composed.statements.clear();
        self.composed.citations.clear();
    }

    /// The document that is cited.
    pub(super) fn source(&self, citation: &Citation) -> Option<&Stored<'g>> {
        self.sources.get(&citation.document)
    }

    /// What each citation is on the day, in order.
    pub(super) fn standings(&self, inquiry: &Inquiry<'_>) -> Vec<Option<Standing>> {
        let standing = |citation: &Citation| {
            let place = self.source(citation)?.locator(citation.span);
            Some(inquiry.standing(&citation.document, &place))
        };
        self.composed.citations.iter().map(standing).collect()
    }

    /// Whether words of a provision of document `id` are quoted.
    pub(super) fn quotes(&self, id: &str, provision: usize) -> bool {
        let document = self.sources.get(id).map(|stored| &stored.document);
        let clause = document.and_then(|document| document.provisions.get(provision));
        clause.is_some_and(|clause| self.composed.quotes(id, clause.span))
    }

    /// Puts the words of a provision of document `id`, where the store holds it, before the statement
    /// that stands on the citation `before`, or behind all. The citations are to be numbered then.
    pub(super) fn quote(
        &mut self,
        id: &str,
        provision: usize,
        before: Option<usize>,
        inquiry: &Inquiry<'g>,
    ) -> Result<(), index::Error> {
        if let Some(stored) = inquiry.stored(id)? {
            let pinned = [(stored.source(id), provision)];
            let clause = answer::compose(&inquiry.asked(None), &[], &pinned);
            self.composed.put_before(before, clause);
            self.sources.insert(id.to_owned(), stored);
        }
        Ok(())
    }

    /// Takes out what cannot be proved. Nothing ever should be.
    pub(super) fn prove(&mut self) {
        let Self { composed, sources } = self;
        composed.retain(|citation| is_proved(citation, sources));
    }
}

fn is_proved(citation: &Citation, sources: &Sources<'_>) -> bool {
    let Some(stored) = sources.get(&citation.document) else {
        return false;
    };
    let proof = answer::verify(citation, &stored.document);
    if let Err(reason) = &proof {
        tracing::error!(document.id = %citation.document, locator = %citation.locator, %reason, "a citation was withheld");
    }
    proof.is_ok()
}
