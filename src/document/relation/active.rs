//! Clauses that act: `Bãi bỏ khoản 3 Điều 5 Nghị định …`, `Nghị định này thay thế …`.

use crate::document::RelationKind;
use crate::document::relation::Enumeration;
use crate::document::relation::Verb;
use crate::document::relation::chain::Act;
use crate::document::relation::clause::Clause;
use crate::document::relation::content::strikes;
use crate::document::relation::context::Context;
use crate::document::relation::enumerations;
use crate::document::relation::reader::Reader;
use crate::document::relation::share::share;
use crate::document::relation::share::shared;
use crate::document::relation::subject;
use crate::document::relation::targets::Object;
use crate::document::relation::verb::Voice;
use crate::document::relation::verb::Words;
use crate::text::Span;

/// How far behind `Nghị định này` its verb may stand (`… có hiệu lực từ ngày … và thay thế …`).
const OWN_WORDS_MAX: usize = 30;

impl Reader<'_> {
    /// `Bãi bỏ khoản 3 Điều 5 Nghị định …`, `Nghị định này thay thế …`.
    pub(in crate::document) fn active(
        &mut self,
        clause: &Clause<'_>,
        verb: Verb,
        is_lead: bool,
        context: &mut Context,
    ) -> bool {
        let from = clause.words.start(verb.end).unwrap_or(clause.span.end);
        let region = object_region(clause, verb, from);
        let acts = self.acts(clause, verb, region);
        let named = named(&acts);
        context.when = self.when(clause, region.end, named).or(context.when);
        context.is_some = is_content(clause, verb);
        let mut goes_on = false;
        for (at, act) in acts.iter().enumerate() {
            if let Some(next) = acts.get(at + 1).filter(|_| act.objects.is_empty()) {
                self.lend(next, clause.is_phrase, context);
            }
            goes_on |= self.one(clause, act, is_lead, context);
        }
        if acts.iter().any(|act| act.verb.kind != verb.kind) {
            // Which verb a list below has is not said: no part of it is repealed by that.
            context.kind = Some(RelationKind::Amends);
        }
        goes_on
    }

    /// What one verb of a clause does.
    fn one(
        &mut self,
        clause: &Clause<'_>,
        act: &Act,
        is_lead: bool,
        context: &mut Context,
    ) -> bool {
        let Act { verb, region, .. } = *act;
        let opening = clause.words.verb_at(clause.first);
        let is_order = opening.is_some_and(|verb| verb.voice == Voice::Active);
        context.kind = Some(verb.kind);
        if act.objects.is_empty() && context.target.is_none() {
            let rest = clause.words.bare.get(verb.end..).unwrap_or_default();
            let all = clause.words.bare.get(verb.at..).unwrap_or_default();
            let announced = rest.is_empty() || subject::announces(all);
            return ends_force(verb.kind) && announced;
        }
        if act.objects.is_empty() {
            if !is_order && is_lead && ends_force(verb.kind) {
                // `Thông tư này bãi bỏ:` with a list of other documents.
                context.target = None;
                return true;
            }
            return is_order && self.parts(clause, verb, region, context);
        }
        let found = self.inserted(clause, act);
        let sole = found.first().filter(|_| found.len() == 1).cloned();
        for object in &found {
            let is_detailed = is_lead && ends_force(verb.kind) && object.is_partial;
            if !(is_detailed && object.parts.is_empty()) {
                self.act(clause, verb.kind, object, context);
            }
        }
        context.target = sole.as_ref().map(|object| object.reference.clone());
        context.locator = shared(sole.iter().flat_map(Object::locators));
        true
    }

    /// The objects of an amending verb, of which an insertion names the new provisions first.
    fn inserted(&self, clause: &Clause<'_>, act: &Act) -> Vec<Object> {
        let mut found = act.objects.clone();
        let amends = act.verb.kind == RelationKind::Amends;
        if let Some(object) = found.first_mut().filter(|_| amends) {
            let end = object.span.end.max(act.region.start);
            let lists = self.own_lists(Span::new(act.region.start, end), clause.is_phrase);
            let inserts = !object.parts.is_empty() && lists.first() != object.parts.first();
            if inserts && lists.len() == 1 {
                object.parts = lists;
            }
        }
        found
    }

    /// A change in the document that the lead names: `1. Sửa đổi khoản 2 Điều 5 như sau:`.
    fn parts(
        &mut self,
        clause: &Clause<'_>,
        verb: Verb,
        region: Span,
        context: &mut Context,
    ) -> bool {
        let Some(target) = context.target.clone() else {
            return false;
        };
        let mut lists = self.own_lists(region, clause.is_phrase);
        let is_whole = lists.is_empty() && verb.kind == RelationKind::Suspends;
        if lists.is_empty() && !is_whole {
            let rest = clause.words.bare.get(verb.end..).unwrap_or_default();
            if ends_force(verb.kind) && subject::lists(rest) {
                context.target = None;
            }
            return true;
        }
        for locator in lists.iter_mut().flat_map(|list| &mut list.locators) {
            *locator = context.complete(locator.clone());
        }
        let shared = shared(lists.iter().flat_map(|list| &list.locators));
        let object = Object {
            span: region,
            reference: target,
            is_partial: !is_whole,
            is_some: false,
            parts: lists,
        };
        self.act_apart(clause, verb.kind, &object, context);
        context.locator = shared.or(context.locator.take());
        true
    }

    /// The lists of locators in `region` that are not this document's own, and for an insertion
    /// (`Bổ sung khoản 4 sau khoản 3 Điều 20`) only the new provisions.
    pub(in crate::document) fn own_lists(&self, region: Span, is_phrase: bool) -> Vec<Enumeration> {
        let text = self.flat.slice(region);
        let mut lists = enumerations(text, region.start);
        lists.retain(|list| {
            !self.is_this(list.span.end, region.end) && !self.is_counted(list, region.start)
        });
        share(&mut lists);
        let (Some(first), Some(second)) = (lists.first(), lists.get(1)) else {
            return lists;
        };
        let between = self
            .flat
            .slice(Span::new(first.span.end, second.span.start));
        let between = Words::of(between, 0).bare;
        let is_insertion = between.last().is_some_and(|w| w == "sau" || w == "truoc");
        if is_phrase || !is_insertion {
            return lists;
        }
        let outer = Context {
            locator: second.locators.first().cloned(),
            ..Context::default()
        };
        let locators = first.locators.iter().cloned().map(|l| outer.complete(l));
        vec![Enumeration {
            span: first.span,
            locators: locators.collect(),
        }]
    }

    /// Whether a list names nothing: `một số Phụ lục`, `cụm từ, Phụ lục`.
    fn is_counted(&self, list: &Enumeration, from: usize) -> bool {
        let before = self
            .flat
            .slice(Span::new(from.min(list.span.start), list.span.start));
        let before = before.trim_end();
        let is_bare = list
            .locators
            .iter()
            .all(|l| l.steps.len() == 1 && l.steps[0].label.is_empty());
        is_bare && (before.ends_with("một số") || before.ends_with(','))
    }

    /// Whether `này` follows: `Phụ lục I ban hành kèm theo Nghị định này`.
    fn is_this(&self, from: usize, end: usize) -> bool {
        let words = Words::of(self.flat.slice(Span::new(from, end)), 0).bare;
        let kinds = [
            "nghi dinh nay",
            "thong tu nay",
            "quyet dinh nay",
            "luat nay",
            "nghi quyet nay",
        ];
        let near = words
            .iter()
            .take(8)
            .map(String::as_str)
            .collect::<Vec<&str>>()
            .join(" ");
        let near = near
            .trim_start_matches("ban hanh ")
            .trim_start_matches("kem theo ")
            .trim_start_matches("cua ");
        kinds.iter().any(|kind| near.starts_with(kind))
    }
}

/// `Nghị định này … thay thế`: the verb whose subject is this document.
pub(in crate::document) fn own_verb(words: &Words) -> Option<Verb> {
    let kinds = [
        "nghi dinh",
        "thong tu",
        "quyet dinh",
        "luat",
        "nghi quyet",
        "lien tich",
        "phap lenh",
    ];
    let is_named = |at: usize| {
        let before = words.bare.get(..at).unwrap_or_default().join(" ");
        kinds.iter().any(|kind| before.ends_with(kind))
    };
    let this = (0..words.bare.len()).find(|&at| words.bare[at] == "nay" && is_named(at))?;
    let end = words.bare.len().min(this + OWN_WORDS_MAX);
    let joins = |at: usize| at == this + 1 || words.goes_on(at);
    (this + 1..end)
        .filter(|&at| joins(at) && !words.is_foreign(at))
        .find_map(|at| words.verb_at(at))
        .filter(|verb| verb.voice == Voice::Active)
}

/// Where the objects of an active verb stand: up to `như sau` or an exception.
fn object_region(clause: &Clause<'_>, verb: Verb, from: usize) -> Span {
    let words = &clause.words;
    // What a text does not detail of a law decides nothing about the law.
    let exception = clause
        .exception(verb.end)
        .filter(|_| verb.kind != RelationKind::Guides);
    let end = words
        .find("như sau", verb.end)
        .into_iter()
        .chain(exception)
        .min();
    let end = end
        .and_then(|at| words.start(at))
        .unwrap_or(clause.span.end);
    Span::new(from, end.max(from))
}

/// Whether what a relation of this kind acts on is no longer in force, for a time at least.
fn ends_force(kind: RelationKind) -> bool {
    strikes(kind) || kind == RelationKind::Suspends
}

/// From the first to the last document that the verbs of a clause act on.
fn named(acts: &[Act]) -> Option<Span> {
    let mut objects = acts.iter().flat_map(|act| &act.objects);
    let first = objects.next()?;
    let last = objects.last().unwrap_or(first);
    Some(Span::new(
        first.span.start,
        last.span.end.max(first.span.start),
    ))
}

/// Whether a list below the clause names places in which something is struck.
fn is_content(clause: &Clause<'_>, verb: Verb) -> bool {
    let rest = clause.words.bare.get(verb.end..).unwrap_or_default();
    let is_one_of_many = clause.words.verb_at(verb.end).is_some();
    clause.is_phrase || is_one_of_many || subject::names_content(rest)
}
