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
use crate::document::relation::content::strikes;
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

    /// From when a clause holds, which acts on the documents in `named`; what stands behind `from` goes
    /// first.
    pub(in crate::document) fn when(
        &self,
        clause: &Clause<'_>,
        from: usize,
        named: Option<Span>,
    ) -> Option<When> {
        // What a text says of its exceptions is no day of its own.
        let exception = clause.exception(clause.first);
        let end = exception.and_then(|at| clause.words.start(at));
        let end = end.unwrap_or(clause.span.end);
        let rest = self.between(from, end.max(from));
        let opening = clause
            .words
            .start(clause.first)
            .unwrap_or(clause.span.start);
        let before = self.flat.slice(Span::new(clause.span.start, opening));
        When::find_in(rest)
            .or_else(|| When::find_in(before))
            .or_else(|| self.when_beside(clause, named, end))
    }

    /// The day that stands beside the documents a clause names, and in none of their titles.
    fn when_beside(&self, clause: &Clause<'_>, named: Option<Span>, end: usize) -> Option<When> {
        let is_told = |when: &When| !matches!(when, When::Entry | When::Elsewhere);
        // A suspension says from when and until when behind the title.
        let is_suspension = clause.words.find("ngưng hiệu lực", 0).is_some();
        let Some(named) = named.filter(|_| !is_suspension) else {
            return When::find_in(clause.text).filter(is_told);
        };
        let before = self.between(clause.span.start, named.start);
        let behind = self.between(named.end, end);
        // A day before this document was issued is one of the title.
        let issued = self.document.facts.issued;
        let is_past =
            |when: &When| matches!(when, When::Day(day) if issued.is_some_and(|i| *day < i));
        When::find_in(before)
            .filter(is_told)
            .or_else(|| When::find_behind(behind).filter(|when| is_told(when) && !is_past(when)))
    }

    /// Adds a relation for each part of the object that has words of its own.
    pub(in crate::document) fn act(
        &mut self,
        clause: &Clause<'_>,
        kind: RelationKind,
        object: &Object,
        context: &Context,
    ) {
        let ends = strikes(kind);
        let is_change =
            kind == RelationKind::Replaces && object.is_partial && object.parts.is_empty();
        let is_some = object.is_some || self.excepts(clause);
        let is_inside = ends && is_some && !object.parts.is_empty();
        let is_change = is_change || is_inside && !clause.is_phrase;
        let target = |locators: Vec<Locator>, phrase: Option<Phrase>| Target {
            document: object.reference.clone(),
            locators,
            is_partial: object.is_partial,
            phrase,
        };
        let changed = |is_change: bool| {
            if is_change {
                RelationKind::Amends
            } else {
                kind
            }
        };
        let targets: Vec<(RelationKind, Target)> = if clause.is_phrase && !object.parts.is_empty() {
            object
                .parts
                .iter()
                .map(|part| {
                    let is_whole = self.is_laid_down(part);
                    let phrase = self.phrase(clause, part.span.start);
                    let phrase = phrase.filter(|_| !is_whole);
                    // Words are changed whose quotation signs are lost.
                    let is_lost = ends && phrase.is_none() && !is_whole;
                    (changed(is_lost), target(part.locators.clone(), phrase))
                })
                .collect()
        } else {
            let phrase = clause
                .is_phrase
                .then(|| self.phrase(clause, clause.span.end))
                .flatten();
            let target = target(object.locators().cloned().collect(), phrase);
            vec![(changed(is_change), target)]
        };
        for (kind, target) in targets {
            self.add(clause, kind, target, context);
        }
    }

    /// Whether the clause leaves a provision of the other document as it is: `Bãi bỏ Điều 5, trừ khoản 2`.
    fn excepts(&self, clause: &Clause<'_>) -> bool {
        let at = clause.exception(clause.first);
        let Some(start) = at.and_then(|at| clause.words.start(at)) else {
            return false;
        };
        let rest = Span::new(start, clause.span.end.max(start));
        !self.own_lists(rest, false).is_empty()
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
