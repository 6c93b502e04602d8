//! From a parsed document to its relations: every clause of its own text, with what the provisions
//! above have said.

use crate::document::Document;
use crate::document::Effect;
use crate::document::Level;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::relation::Flat;
use crate::document::relation::active::own_verb;
use crate::document::relation::clause;
use crate::document::relation::clause::Clause;
use crate::document::relation::context::Context;
use crate::document::relation::passive::passive_verb;
use crate::document::relation::preamble;
use crate::document::relation::reference::Laws;
use crate::document::relation::verb::Voice;
use crate::text::Span;

/// How many Điều at the beginning say what the document details.
const SCOPE_ARTICLES: usize = 2;

/// The relations of a document.
pub(in crate::document) fn read(document: &Document) -> Vec<Relation> {
    let flat = Flat::of(document);
    let laws = Laws::of(&flat);
    let mut reader = Reader {
        document,
        flat: &flat,
        laws: &laws,
        effect: document.effect_in(&flat),
        at: 0,
        body: document
            .provisions
            .partition_point(|p| p.span.start < preamble::end(document)),
        found: Vec::new(),
    };
    if !preamble::consolidates(&mut reader) {
        preamble::titles(&mut reader);
        reader.provisions();
    }
    reader.found
}

pub(in crate::document) struct Reader<'d> {
    pub(in crate::document) document: &'d Document,
    pub(in crate::document) flat: &'d Flat,
    pub(in crate::document) laws: &'d Laws,
    pub(in crate::document) effect: Effect,
    /// The provision that is being read.
    pub(in crate::document) at: usize,
    /// The first provision of the body.
    pub(in crate::document) body: usize,
    pub(in crate::document) found: Vec<Relation>,
}

impl Reader<'_> {
    /// The words between two places.
    pub(in crate::document) fn between(&self, from: usize, to: usize) -> &str {
        self.flat.slice(Span::new(from.min(to), to))
    }

    /// Reads every provision outside appendices, each with the context that its parent leaves.
    fn provisions(&mut self) {
        let provisions = &self.document.provisions;
        let body = preamble::end(self.document);
        let mut contexts: Vec<Option<Context>> = vec![None; provisions.len()];
        let mut n_articles = 0;
        for (at, provision) in provisions.iter().enumerate() {
            let parent = provision
                .parent
                .and_then(|parent| contexts.get(parent)?.clone());
            let is_foreign = provision.level.is_container() || provision.level == Level::Signature;
            if is_foreign || provision.parent.is_some() && parent.is_none() {
                continue;
            }
            let mut context = parent.unwrap_or_else(|| self.amended());
            n_articles += usize::from(provision.level == Level::Article);
            let is_read = !provision.level.is_grouping() || provision.level == Level::Heading;
            if provision.span.start >= body && is_read {
                self.at = at;
                self.provision(at, n_articles <= SCOPE_ARTICLES, &mut context);
            }
            if let Some(slot) = contexts.get_mut(at) {
                *slot = Some(context);
            }
        }
    }

    /// The one document that the title amends: provisions that name none amend that.
    fn amended(&self) -> Context {
        let mut titled = self.found.iter().filter(|r| r.kind == RelationKind::Amends);
        let target = titled.next().map(|r| r.target.document.clone());
        let is_sole = titled.all(|r| Some(&r.target.document) == target.as_ref());
        Context {
            target: target.filter(|_| is_sole),
            ..Context::default()
        }
    }

    fn provision(&mut self, at: usize, may_guide: bool, context: &mut Context) {
        let Some(provision) = self.document.provisions.get(at) else {
            return;
        };
        let is_lead = !self.document.descendants(at).is_empty();
        let heading = provision
            .heading
            .filter(|_| provision.level == Level::Article);
        let heading = heading
            .filter(|h| provision.own.contains(*h))
            .map(|h| self.wrapped(h, provision.own));
        if let Some(heading) = heading {
            self.clause(heading, may_guide, true, context);
        }
        let rest = Span::new(
            heading.map_or(provision.own.start, |h| h.end),
            provision.own.end,
        );
        let is_list = context.kind.is_some() && context.target.is_none();
        for sentence in clause::sentences(self.flat.slice(rest), rest.start) {
            if is_list {
                // Members whose labels the scanner misread stand in the one before.
                for member in clause::members(self.flat.slice(sentence), sentence.start) {
                    self.clause(member, may_guide, is_lead, context);
                }
            } else {
                self.clause(sentence, may_guide, is_lead, context);
            }
        }
    }

    /// A heading with the lines that go on with it.
    fn wrapped(&self, heading: Span, own: Span) -> Span {
        let rest = Span::new(heading.end, own.end).slice(&self.document.text);
        let mut end = heading.end;
        for line in rest.unwrap_or_default().split_inclusive('\n') {
            let body = line.trim_start();
            let is_number =
                body.starts_with(|c: char| c.is_ascii_digit()) && clause::label(body) == 0;
            let goes_on = body.starts_with(char::is_lowercase) && clause::label(body) == 0;
            let is_rest = end == heading.end && !line.starts_with(char::is_alphanumeric);
            if !(is_number || goes_on || is_rest && body.is_empty()) {
                break;
            }
            end += line.len();
        }
        Span::new(heading.start, end)
    }

    /// Reads one sentence; `is_lead` where provisions below may go on with it.
    pub(in crate::document) fn clause(
        &mut self,
        span: Span,
        may_guide: bool,
        is_lead: bool,
        context: &mut Context,
    ) {
        let flat = self.flat;
        let (head, tail) = clause::halves(flat.slice(span), span);
        let clause = Clause::of(flat, head);
        let mut inner = context.clone();
        let is_lead = is_lead || tail.is_some();
        if self.head(&clause, may_guide, is_lead, &mut inner) {
            context.clone_from(&inner);
        }
        for member in tail.map_or_else(Vec::new, |tail| {
            clause::members(flat.slice(tail), tail.start)
        }) {
            self.clause(member, false, false, &mut inner.clone());
        }
    }

    /// Reads what stands before the colon; whether it says anything for the clauses below.
    fn head(
        &mut self,
        clause: &Clause<'_>,
        may_guide: bool,
        is_lead: bool,
        context: &mut Context,
    ) -> bool {
        let verb = clause
            .words
            .verb_at(clause.first)
            .filter(|v| v.voice == Voice::Active);
        let own = verb.or_else(|| own_verb(&clause.words));
        if let Some(verb) = own.filter(|v| may_guide || v.kind != RelationKind::Guides) {
            return self.active(clause, verb, is_lead, context);
        }
        if let Some(verb) = passive_verb(&clause.words, clause.first) {
            return self.passive(clause, verb, context);
        }
        self.transfer(clause) || self.member(clause, is_lead, context)
    }
}
