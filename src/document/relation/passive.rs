//! Clauses that tell what happens to something (`Nghị định số … hết hiệu lực`), the lists they open,
//! and powers that are moved.

use crate::document::RelationKind;
use crate::document::relation::Verb;
use crate::document::relation::clause;
use crate::document::relation::clause::Clause;
use crate::document::relation::context::Context;
use crate::document::relation::reader::Reader;
use crate::document::relation::subject;
use crate::document::relation::targets::Object;
use crate::document::relation::verb::Voice;
use crate::document::relation::verb::Words;
use crate::text::Span;

/// How many bytes a subject has at most before the first document it names.
const SUBJECT_BYTES_MAX: usize = 600;

impl Reader<'_> {
    /// `Nghị định số … hết hiệu lực kể từ ngày …`, or the lead of such a list.
    pub(in crate::document) fn passive(
        &mut self,
        clause: &Clause<'_>,
        verb: Verb,
        context: &mut Context,
    ) -> bool {
        let start = clause
            .words
            .start(clause.first)
            .unwrap_or(clause.span.start);
        let end = clause.words.start(verb.at).unwrap_or(clause.span.end);
        let subject = Span::new(start.min(end), end);
        let mut found = self.objects(verb.kind, subject);
        let named = found.first().zip(found.last());
        let named = named.map(|(first, last)| Span::new(first.span.start, last.span.end));
        let when = self.when(clause, end, named).or(context.when);
        let before = found
            .first()
            .map_or(subject.end, |object| object.span.start);
        let gap = self.flat.slice(Span::new(subject.start, before));
        if !found.is_empty() && gap.len() < SUBJECT_BYTES_MAX && subject::may_open(gap) {
            context.when = when;
            for object in &mut found {
                object.is_partial |= object.parts.is_empty() && subject::names_part(gap);
                self.act(clause, verb.kind, object, context);
            }
            context.when = None;
            return false;
        }
        let named = clause
            .words
            .bare
            .get(clause.first..verb.at)
            .unwrap_or_default();
        let is_own = named.last().is_some_and(|word| word == "nay");
        if !found.is_empty() || is_own || !subject::announces(named) {
            return false;
        }
        *context = Context {
            kind: Some(verb.kind),
            is_some: subject::names_content(named),
            when,
            ..Context::default()
        };
        let rest = Span::new(
            clause.words.start(verb.end).unwrap_or(clause.span.end),
            clause.span.end,
        );
        for member in clause::members(self.flat.slice(rest), rest.start) {
            self.clause(member, false, false, &mut context.clone());
        }
        true
    }

    /// A member of a list: it begins with a document, or with a part of the one that is meant.
    pub(in crate::document) fn member(
        &mut self,
        clause: &Clause<'_>,
        is_lead: bool,
        context: &mut Context,
    ) -> bool {
        let Some(kind) = context.kind.filter(|kind| *kind != RelationKind::Guides) else {
            return false;
        };
        let start = clause
            .words
            .start(clause.first)
            .unwrap_or(clause.span.start);
        let region = Span::new(start, clause.span.end);
        let mut found = self.objects(kind, region);
        let before = found.first().map_or(region.end, |object| object.span.start);
        let gap = self.flat.slice(Span::new(start, before));
        let concerns = clause.words.find("đối với", clause.first) == Some(clause.first);
        let goes_on = clause.words.find("tiếp tục", clause.first).is_some();
        let may_list = context.target.is_none() && kind != RelationKind::Amends && !goes_on;
        if may_list && !found.is_empty() && subject::may_open(gap) {
            if concerns && is_lead {
                context.target = found.first().map(|object| object.reference.clone());
                return true;
            }
            for object in &mut found {
                object.is_partial |= context.is_some;
                object.is_some |= context.is_some;
                self.act(clause, kind, object, context);
            }
            return false;
        }
        self.part(clause, kind, region, context);
        false
    }

    /// `a) Khoản 3 Điều 1;` below `Bãi bỏ một số nội dung của Nghị định …, như sau:`.
    fn part(&mut self, clause: &Clause<'_>, kind: RelationKind, region: Span, context: &Context) {
        let Some(target) = context
            .target
            .clone()
            .filter(|_| kind != RelationKind::Amends)
        else {
            return;
        };
        let lists = self.own_lists(region, clause.is_phrase);
        let Some(first) = lists.first() else { return };
        let gap = self
            .flat
            .slice(Span::new(region.start, first.span.start.max(region.start)));
        let opens = subject::links(gap) || clause.is_phrase || gap.trim_end().ends_with("đầu");
        if opens {
            let object = Object {
                span: region,
                reference: target,
                is_partial: true,
                is_some: context.is_some,
                parts: lists,
            };
            self.act_apart(clause, kind, &object, context);
        }
    }

    /// `Thẩm quyền … quy định tại khoản 1 Điều 136 Luật Đất đai do … thực hiện`.
    pub(in crate::document) fn transfer(&mut self, clause: &Clause<'_>) -> bool {
        let words = &clause.words;
        let is_power = ["thẩm quyền", "nhiệm vụ", "việc"]
            .iter()
            .any(|power| words.find(power, clause.first) == Some(clause.first));
        let Some(laid_down) = words
            .find("quy định tại", clause.first)
            .filter(|_| is_power)
        else {
            return false;
        };
        let moves = [
            "chuyển giao cho",
            "chuyển cho",
            "do ủy ban",
            "do chủ tịch",
            "do sở",
            "phân cấp cho",
            "phân quyền cho",
        ];
        let Some(mover) = moves.iter().filter_map(|m| words.find(m, laid_down)).min() else {
            return false;
        };
        let from = words.start(laid_down).unwrap_or(clause.span.start);
        let to = words.start(mover).unwrap_or(clause.span.end);
        for object in self.objects(RelationKind::TransfersCompetence, Span::new(from, to)) {
            self.act(
                clause,
                RelationKind::TransfersCompetence,
                &object,
                &Context::default(),
            );
        }
        true
    }
}

/// `… hết hiệu lực`, `… ngưng hiệu lực`, `… bị bãi bỏ`: the verb behind its subject.
pub(in crate::document) fn passive_verb(words: &Words, first: usize) -> Option<Verb> {
    let is_passive = |verb: &Verb| {
        let before = verb.at.checked_sub(1).and_then(|at| words.bare.get(at));
        let after = words.bare.get(verb.end).map(String::as_str);
        let next = words.bare.get(verb.end + 1).map(String::as_str);
        let is_condition = after == Some("thi") && next != Some("hanh") || after == Some("ma");
        let is_told = matches!(after, Some("boi" | "theo" | "tai"));
        let suffers = before.is_some_and(|word| word == "bi" || word == "duoc");
        let fits = match verb.kind {
            RelationKind::Suspends => verb.at > first,
            RelationKind::Repeals | RelationKind::Replaces if verb.voice == Voice::Active => {
                suffers && !is_told
            }
            _ => verb.voice == Voice::Passive && !words.is_foreign(verb.at),
        };
        fits && !is_condition
    };
    let found: Vec<Verb> = (first..words.bare.len())
        .filter_map(|at| words.verb_at(at))
        .filter(is_passive)
        .collect();
    let ending = found.iter().find(|verb| verb.voice == Voice::Passive);
    ending.or_else(|| found.first()).copied()
}
