//! A question, and what it is asked of.

use crate::answer::Asked;
use crate::answer::Nearness;
use crate::answer::Terms;
use crate::document::Date;
use crate::document::Locator;
use crate::document::Mention;
use crate::index;
use crate::index::Entry;
use crate::index::Generation;
use crate::qa::sources::Stored;
use crate::rank::Question;
use crate::rank::Ranker;
use crate::rank::meant;
use crate::wire::Standing;

/// A question, the texts that may answer it, and the day whose law is wanted.
pub(super) struct Inquiry<'a> {
    pub(super) question: &'a Question,
    pub(super) terms: &'a Terms,
    pub(super) generation: &'a Generation,
    pub(super) ranker: &'a Ranker,
    /// The day whose law is wanted.
    pub(super) day: Date,
    /// The day it is.
    pub(super) today: Date,
}

impl<'a> Inquiry<'a> {
    /// The question as answers are composed for; `nearness` tells what means the same.
    pub(super) fn asked<'n>(&'n self, nearness: Option<&'n dyn Nearness>) -> Asked<'n> {
        Asked {
            question: &self.question.understood,
            terms: self.terms,
            intent: self.question.intent,
            day: self.day,
            nearness,
            precedents: &[],
        }
    }

    /// Stored documents that `mention` can mean.
    pub(super) fn meant(&self, mention: &'a Mention) -> Vec<&'a Entry> {
        meant(mention, self.generation, self.ranker)
    }

    /// The document `id` as of the day.
    pub(super) fn stored(&self, id: &str) -> Result<Option<Stored<'a>>, index::Error> {
        Stored::of(id, self.generation, self.day)
    }

    /// What a provision of the document `id` is on the day.
    pub(super) fn standing(&self, id: &str, place: &Locator) -> Standing {
        Standing::of(self.generation, id, place, self.day)
    }
}
