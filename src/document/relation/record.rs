//! What a clause comes to: relations with their days and words.

use crate::document::Locator;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::relation::Enumeration;
use crate::document::relation::Phrase;
use crate::document::relation::Reference;
use crate::document::relation::Target;
use crate::document::relation::When;
use crate::document::relation::clause::Clause;
use crate::document::relation::context::Context;
use crate::document::relation::rank;
use crate::document::relation::reader::Reader;
use crate::document::relation::targets::Object;
use crate::document::relation::targets::objects;
use crate::document::relation::verb::Words;
use crate::document::relation::when::last_day;
use crate::text::Span;

impl Reader<'_> {
    /// The objects in `region` that this document may act on.
    pub(in crate::document) fn objects(&self, kind: RelationKind, region: Span) -> Vec<Object> {
        let facts = &self.document.facts;
        let own = facts.number.as_ref();
        let is_own = |reference: &Reference| match reference {
            Reference::Title { year, .. } => {
                year.is_none() && reference.names(own, facts.title.as_deref())
            }
            _ => reference.names(own, None),
        };
        let text = self.flat.slice(region);
        objects(text, region.start, self.laws)
            .into_iter()
            .filter(|object| !is_own(&object.reference) && object.reference.is_clear())
            .filter(|object| rank::allows(own, kind, &object.reference))
            .collect()
    }

    /// From when a clause holds; what stands behind `from` goes first.
    pub(in crate::document) fn when(&self, clause: &Clause<'_>, from: usize) -> Option<When> {
        let rest = self
            .flat
            .slice(Span::new(from.min(clause.span.end), clause.span.end));
        let opening = clause
            .words
            .start(clause.first)
            .unwrap_or(clause.span.start);
        let before = self.flat.slice(Span::new(clause.span.start, opening));
        When::find_in(rest)
            .or_else(|| When::find_in(before))
            .or_else(|| {
                When::find_in(clause.text)
                    .filter(|when| !matches!(when, When::Entry | When::Elsewhere))
            })
    }

    /// Adds a relation for each part of the object that has words of its own.
    pub(in crate::document) fn act(
        &mut self,
        clause: &Clause<'_>,
        kind: RelationKind,
        object: &Object,
        context: &Context,
    ) {
        let is_change =
            kind == RelationKind::Replaces && object.is_partial && object.parts.is_empty();
        let kind = if is_change {
            RelationKind::Amends
        } else {
            kind
        };
        let target = |locators: Vec<Locator>, phrase: Option<Phrase>| Target {
            document: object.reference.clone(),
            locators,
            is_partial: object.is_partial,
            phrase,
        };
        let targets: Vec<Target> = if clause.is_phrase && !object.parts.is_empty() {
            object
                .parts
                .iter()
                .map(|part| {
                    let phrase = self.phrase(clause, part.span.start);
                    let is_whole = self.is_laid_down(part);
                    target(part.locators.clone(), phrase.filter(|_| !is_whole))
                })
                .collect()
        } else {
            let phrase = clause
                .is_phrase
                .then(|| self.phrase(clause, clause.span.end))
                .flatten();
            vec![target(object.locators().cloned().collect(), phrase)]
        };
        for target in targets {
            self.add(clause, kind, target, context);
        }
    }

    fn add(&mut self, clause: &Clause<'_>, kind: RelationKind, target: Target, context: &Context) {
        let provision = self.document.provision_at(clause.span).max(self.at);
        let issued = self.document.facts.issued;
        let locator = self.document.locator(provision);
        let from = match context.when {
            // A consolidated text has no force of its own.
            _ if kind == RelationKind::Consolidates => None,
            Some(when) => when.day(issued, self.effect.from),
            None => self.effect.first_day_of(&locator),
        };
        let until = last_day(clause.text);
        let relation = Relation {
            kind,
            span: clause.span,
            provision,
            locator,
            target,
            from,
            until: until.filter(|_| kind == RelationKind::Suspends),
        };
        let same = |r: &&mut Relation| r.kind == relation.kind && r.target == relation.target;
        match self.found.iter_mut().find(same) {
            // What the title says is said again, with its days, by the body.
            Some(told) if told.provision < self.body && provision >= self.body => *told = relation,
            Some(_) => {}
            None => self.found.push(relation),
        }
    }

    /// Whether `các quy định tại` stands before a list: then whole provisions are meant, and not words.
    fn is_laid_down(&self, part: &Enumeration) -> bool {
        let before = self.flat.slice(Span::new(0, part.span.start)).trim_end();
        before.ends_with("quy định tại")
    }

    /// Adds a relation to a whole document that the text before the body states.
    pub(in crate::document) fn state(
        &mut self,
        kind: RelationKind,
        span: Span,
        document: Reference,
    ) {
        let clause = Clause::of(self.flat, span);
        let target = Target {
            document,
            locators: Vec::new(),
            is_partial: false,
            phrase: None,
        };
        self.at = 0;
        self.add(&clause, kind, target, &Context::default());
    }

    /// The words that are changed at the address behind `end`.
    fn phrase(&self, clause: &Clause<'_>, end: usize) -> Option<Phrase> {
        let end = end.max(clause.span.start);
        let span = Span::new(clause.span.start, end);
        let quoted = self.flat.quoted(&self.document.text, span);
        let all = self.flat.quoted(&self.document.text, clause.span);
        let quoted = if quoted.is_empty() { all } else { quoted };
        let last = quoted.last()?;
        let before = quoted.len().checked_sub(2).and_then(|at| quoted.get(at));
        let replaced = before.filter(|before| {
            let between = Span::new(before.0.end.min(last.0.start), last.0.start);
            let between = self.flat.slice(between);
            let words = Words::of(between, 0).bare;
            words
                .first()
                .is_some_and(|word| word == "bang" || word == "thanh")
        });
        Some(match replaced {
            Some(old) => Phrase {
                old: old.1.clone(),
                new: Some(last.1.clone()),
            },
            None => Phrase {
                old: last.1.clone(),
                new: None,
            },
        })
    }
}
