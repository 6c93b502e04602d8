//! Clauses that act more than once: `thay thế Thông tư số … và bãi bỏ Điều 2 Thông tư số …`.

use crate::document::RelationKind;
use crate::document::relation::Verb;
use crate::document::relation::clause::Clause;
use crate::document::relation::context::Context;
use crate::document::relation::enumerations;
use crate::document::relation::reader::Reader;
use crate::document::relation::reference::references;
use crate::document::relation::subject;
use crate::document::relation::targets::Object;
use crate::document::relation::verb::Voice;
use crate::document::relation::verb::Words;
use crate::text::Span;

/// One verb of a clause with what it acts on.
#[derive(Debug)]
pub(in crate::document) struct Act {
    pub(in crate::document) verb: Verb,
    /// Where its objects stand.
    pub(in crate::document) region: Span,
    /// The documents among them.
    pub(in crate::document) objects: Vec<Object>,
}

impl Reader<'_> {
    /// The verbs of a clause from `first` on; their objects stand in `region`.
    pub(in crate::document) fn acts(
        &self,
        clause: &Clause<'_>,
        first: Verb,
        region: Span,
    ) -> Vec<Act> {
        let verbs = self.verbs(clause, first, region);
        let words = &clause.words;
        let mut acts = Vec::new();
        for (at, &verb) in verbs.iter().enumerate() {
            let from = words.start(verb.end).unwrap_or(region.end);
            let next = verbs.get(at + 1).and_then(|next| words.start(next.at));
            let end = next.unwrap_or(region.end);
            let region = Span::new(from.min(end), end);
            acts.push(Act {
                verb,
                region,
                objects: self.objects(verb.kind, region),
            });
        }
        acts
    }

    /// Lets a verb without a document of its own take that of the next one, and the wider steps: `Sửa đổi
    /// khoản 1 và bãi bỏ khoản 3 Điều 12 Nghị định số …`.
    pub(in crate::document) fn lend(&self, next: &Act, is_phrase: bool, context: &mut Context) {
        let lists = match next.objects.as_slice() {
            [] => self.own_lists(next.region, is_phrase),
            [object] => {
                context.target = Some(object.reference.clone());
                context.locator = None;
                object.parts.clone()
            }
            _ => return,
        };
        let first = lists.into_iter().flat_map(|list| list.locators).next();
        if let Some(first) = first {
            context.locator = Some(context.complete(first));
        }
    }

    fn verbs(&self, clause: &Clause<'_>, first: Verb, region: Span) -> Vec<Verb> {
        let mut found = vec![first];
        if clause.is_phrase || !changes(first.kind) {
            return found;
        }
        let places = self.places(region);
        let words = &clause.words;
        let (mut last, mut at) = (first, first.end);
        while let Some(start) = words.start(at).filter(|start| *start < region.end) {
            let verb = words.verb_at(at).filter(|v| v.voice == Voice::Active);
            let Some(verb) = verb.filter(|v| changes(v.kind)) else {
                at += 1;
                continue;
            };
            let from = words.start(last.end).unwrap_or(start);
            let between = places.iter().filter(|p| from <= p.at && p.at < start);
            let has_document = between.clone().any(|place| place.is_document);
            let is_told = !words.goes_on(at) || words.is_foreign(at);
            let is_apart = has_document || verb.kind != last.kind || self.is_behind_stop(start);
            let has_object = self.is_followed(words, verb, &places);
            if !is_told && is_apart && has_object && between.clone().next().is_some() {
                found.push(verb);
                last = verb;
            } else if has_document {
                // The title of an amending document: `sửa đổi Điều 15 và bãi bỏ Điều 6 Thông tư …`.
                break;
            }
            at = verb.end;
        }
        found
    }

    /// The addresses and documents that `region` names, in order.
    fn places(&self, region: Span) -> Vec<Place> {
        let text = self.flat.slice(region);
        let place = |at: usize, is_document: bool| Place { at, is_document };
        let documents = references(text, region.start, self.laws);
        let lists = enumerations(text, region.start);
        let documents = documents.iter().map(|one| place(one.span.start, true));
        let lists = lists.iter().map(|one| place(one.span.start, false));
        let mut places: Vec<Place> = documents.chain(lists).collect();
        places.sort_by_key(|place| place.at);
        places
    }

    /// Whether a document or an address stands right behind the verb.
    fn is_followed(&self, words: &Words, verb: Verb, places: &[Place]) -> bool {
        let Some(from) = words.start(verb.end) else {
            return false;
        };
        let next = places.iter().find(|place| place.at >= from);
        next.is_some_and(|next| {
            let gap = self.between(from, next.at);
            subject::links(gap) && !subject::names_part(gap)
        })
    }

    /// Whether a semicolon closes the words before `at`.
    fn is_behind_stop(&self, at: usize) -> bool {
        let before = self.between(0, at);
        before.trim_end().ends_with(';')
    }
}

/// Where something is named, and whether it is a document.
#[derive(Clone, Copy, Debug)]
struct Place {
    at: usize,
    is_document: bool,
}

/// Whether a verb of this kind may stand in such a chain.
fn changes(kind: RelationKind) -> bool {
    matches!(
        kind,
        RelationKind::Amends | RelationKind::Repeals | RelationKind::Replaces
    )
}
