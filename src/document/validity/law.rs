//! All documents together, built once and asked often.

use std::collections::BTreeMap;

use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentNumber;
use crate::document::Effect;
use crate::document::Locator;
use crate::document::Reference;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::province;
use crate::document::relation::bare_title;
use crate::document::validity::problem;
use crate::document::validity::problem::Problem;
use crate::document::validity::state::Cause;
use crate::document::validity::timeline::Change;
use crate::document::validity::timeline::Node;
use crate::text::fold_text;

/// What one document says of itself and of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its id in the store.
    pub id: String,
    /// Số ký hiệu.
    pub number: Option<DocumentNumber>,
    /// Trích yếu; for laws, which are named by it.
    pub title: Option<String>,
    /// Cơ quan ban hành; for local bodies, which all count from one.
    pub issuer: Option<String>,
    /// The day it was issued.
    pub issued: Option<Date>,
    /// When it is in force.
    pub effect: Effect,
    /// What it does to others.
    pub relations: Vec<Relation>,
}

impl Act {
    /// What a parsed document says.
    pub fn of(id: &str, document: &Document) -> Self {
        Self {
            id: id.to_owned(),
            number: document.facts.number.clone(),
            title: document.facts.title.clone(),
            issuer: document.facts.issuer.clone(),
            issued: document.facts.issued,
            effect: document.effect(),
            relations: document.relations(),
        }
    }
}

/// The law as far as the store knows it.
#[derive(Clone, Debug, Default)]
pub struct Law {
    acts: Vec<Act>,
    nodes: Vec<Node>,
    by_id: BTreeMap<String, usize>,
    by_key: BTreeMap<String, Vec<usize>>,
    /// Acts by the digits of their number, and by their title in search form.
    by_digits: BTreeMap<String, Vec<usize>>,
    by_title: BTreeMap<String, Vec<usize>>,
    problems: Vec<Problem>,
}

impl Law {
    /// Puts together what all documents say; their order does not matter.
    pub fn build(mut acts: Vec<Act>) -> Self {
        acts.sort_by(|a, b| a.id.cmp(&b.id));
        acts.dedup_by(|a, b| a.id == b.id);
        let mut law = Self::default();
        for (at, act) in acts.iter().enumerate() {
            let node = law.nodes.len();
            law.nodes.push(Node {
                act: Some(at),
                effect: act.effect.clone(),
                issued: act.issued,
                year: act.number.as_ref().and_then(|number| number.year),
                ended: act.effect.until.and_then(|last| last.plus(1)),
                ..Node::default()
            });
            law.by_id.insert(act.id.clone(), node);
            if let Some(number) = &act.number {
                law.by_key.entry(number.key()).or_default().push(node);
                let digits = law.by_digits.entry(number.number.clone());
                digits.or_default().push(node);
            }
            if let Some(title) = &act.title {
                let title = law.by_title.entry(bare_title(title));
                title.or_default().push(node);
            }
        }
        law.acts = acts;
        law.link();
        law.follow_bases();
        law.settle();
        law.problems.extend(problem::cycles(&law.nodes, &law.acts));
        law.problems.sort();
        law
    }

    /// What does not fit together.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The documents, by id.
    pub fn acts(&self) -> &[Act] {
        &self.acts
    }

    /// The document called `id`.
    pub fn act(&self, id: &str) -> Option<&Act> {
        self.acts.get(self.node(id)?.act?)
    }

    /// Whether anything is said of a document, by itself or by another one.
    pub fn is_known(&self, number: &DocumentNumber) -> bool {
        self.node_by_number(number).is_some()
    }

    /// The number of a document as it is printed, with its title where it is held or known: people
    /// write `61/2018/nd-cp`.
    pub fn named(&self, number: &DocumentNumber) -> Option<(&DocumentNumber, Option<&str>)> {
        let node = self.node_by_number(number)?;
        if let Some(act) = node.act.and_then(|at| self.acts.get(at)) {
            return Some((act.number.as_ref()?, act.title.as_deref()));
        }
        let first = node.changes.first()?;
        let relation = self.acts.get(first.act)?.relations.get(first.relation)?;
        match &relation.target.document {
            Reference::Number(printed) => Some((printed, None)),
            _ => None,
        }
    }

    /// The relation that a cause names.
    pub fn relation(&self, cause: &Cause) -> Option<&Relation> {
        self.act(&cause.id)?.relations.get(cause.relation)
    }

    /// The provisions of document `id` that nobody may rest on as of `date`, while the rest may hold:
    /// put out of force alone, or not in force yet.
    pub fn void_parts(&self, id: &str, date: Date) -> Vec<&Locator> {
        let Some(node) = self.node(id) else {
            return Vec::new();
        };
        let struck = node.changes.iter().filter(|change| {
            let is_over = change.until.is_some_and(|until| until < date);
            let is_suspended = change.kind == RelationKind::Suspends && !is_over;
            (change.is_end() || is_suspended) && !change.is_vague && change.is_at(date)
        });
        let waiting = node.effect.parts.iter().filter(|part| part.from > date);
        struck
            .flat_map(|change| &change.locators)
            .chain(waiting.flat_map(|part| &part.locators))
            .collect()
    }

    pub(in crate::document) fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(*self.by_id.get(id)?)
    }

    /// The document with that number. A number without a year comes again every year: where several
    /// documents have it, which is meant cannot be told.
    pub(in crate::document) fn node_by_number(&self, number: &DocumentNumber) -> Option<&Node> {
        let nodes = self.by_key.get(&number.key())?;
        let is_one = number.year.is_some() || !self.are_of_several_days(nodes);
        self.nodes.get(*nodes.first().filter(|_| is_one)?)
    }

    pub(in crate::document) fn cause(&self, change: &Change) -> Cause {
        let id = self.acts.get(change.act).map(|act| act.id.clone());
        Cause {
            id: id.unwrap_or_default(),
            relation: change.relation,
        }
    }

    /// The first day on which an act as a whole is no longer in force. Acts are the first nodes.
    pub(in crate::document) fn ended_on(&self, act: usize) -> Option<Date> {
        self.nodes.get(act)?.ended
    }

    /// Gives every relation to the documents it acts on.
    fn link(&mut self) {
        for act in 0..self.acts.len() {
            let n_relations = self.acts.get(act).map_or(0, |a| a.relations.len());
            for relation in 0..n_relations {
                let targets = self.targets(act, relation);
                let Some(change) = self.change(act, relation, &targets) else {
                    continue;
                };
                for target in targets {
                    if let Some(node) = self.nodes.get_mut(target) {
                        node.changes.push(change.clone());
                    }
                }
            }
        }
    }

    /// Lets a consolidated text, which has no force of its own, end with the document that it was made
    /// from. What changed that one before is worked in; what changes it later is not.
    fn follow_bases(&mut self) {
        for act in 0..self.acts.len() {
            let Some(base) = self.base(act) else { continue };
            let changes = self
                .nodes
                .get(base)
                .map_or(&[][..], |node| node.changes.as_slice());
            let later = changes.iter().filter(|c| self.is_left_out(act, c));
            let later: Vec<Change> = later.cloned().collect();
            if let Some(node) = self.nodes.get_mut(act) {
                node.changes.extend(later.into_iter().map(|change| Change {
                    is_of_base: true,
                    ..change
                }));
            }
        }
    }

    /// The document that `act` consolidates: the first of those that it was made from, and the oldest,
    /// because the others amend it.
    fn base(&mut self, act: usize) -> Option<usize> {
        let relations = &self.acts.get(act)?.relations;
        let consolidates = |r: &Relation| r.kind == RelationKind::Consolidates;
        let first = relations.iter().position(consolidates)?;
        let year = |r: &Relation| r.target.document.year();
        let oldest = relations
            .iter()
            .filter(|r| consolidates(r))
            .filter_map(year);
        let is_oldest = relations.get(first).and_then(year) == oldest.min();
        let base = self.targets(act, first).first().copied();
        base.filter(|_| is_oldest)
    }

    /// Whether the consolidated text `act` does not have a change of its base worked in: whatever ends all
    /// of it, and what took effect later by a document that is none of those it was made from.
    fn is_left_out(&self, act: usize, change: &Change) -> bool {
        let Some(said) = self.acts.get(act) else {
            return false;
        };
        let by = self.acts.get(change.act);
        let is_worked_in = said.relations.iter().any(|relation| {
            let document = &relation.target.document;
            relation.kind == RelationKind::Consolidates
                && by.is_some_and(|by| document.names(by.number.as_ref(), by.title.as_deref()))
        });
        let day = change.from.or(change.not_before);
        let is_later = day.zip(said.issued).is_some_and(|(day, made)| day > made);
        let is_change = change.kind != RelationKind::Consolidates;
        is_change && (change.is_end() && change.is_whole() || is_later && !is_worked_in)
    }

    /// The nodes that a relation names; a number that no document has gets a node of its own.
    fn targets(&mut self, act: usize, relation: usize) -> Vec<usize> {
        let Some(relation) = self.acts.get(act).and_then(|a| a.relations.get(relation)) else {
            return Vec::new();
        };
        let from = relation.from;
        let has_year = !lacks_year(&relation.target.document);
        let named = match &relation.target.document {
            Reference::Number(number) => {
                let key = number.key();
                let nodes = &mut self.nodes;
                let known = self.by_key.entry(key).or_insert_with(|| {
                    nodes.push(Node {
                        year: number.year,
                        ..Node::default()
                    });
                    vec![nodes.len() - 1]
                });
                known.clone()
            }
            other => self
                .near(other)
                .iter()
                .copied()
                .filter(|&at| {
                    self.acts
                        .get(at)
                        .is_some_and(|a| other.names(a.number.as_ref(), a.title.as_deref()))
                })
                .collect(),
        };
        let others = named
            .into_iter()
            .filter(|&node| node != act)
            .filter(|&node| has_year || self.is_issued_before(node, act, from))
            .collect();
        self.meant_by(act, others)
    }

    /// Whether `act`, one of whose clauses holds from the day `from`, can know the document at `node`: a
    /// number without a year comes again in later years.
    fn is_issued_before(&self, node: usize, act: usize, from: Option<Date>) -> bool {
        let issued = self.nodes.get(node).and_then(|node| node.issued);
        let said = self.acts.get(act).and_then(|act| act.issued).or(from);
        issued.zip(said).is_none_or(|(issued, said)| issued <= said)
    }

    /// Whether these nodes, which share a number, are documents of several days and thus not one.
    fn are_of_several_days(&self, nodes: &[usize]) -> bool {
        let issued = |at: &usize| self.nodes.get(*at).and_then(|node| node.issued);
        let mut days = nodes.iter().filter_map(issued);
        let first = days.next();
        days.any(|day| Some(day) != first)
    }

    /// Those of `nodes`, which one reference of `act` names, that it can mean: bodies of every province
    /// number their documents from one, so that many share a number.
    fn meant_by(&self, act: usize, nodes: Vec<usize>) -> Vec<usize> {
        let issuer = |node: &usize| {
            let act = self.acts.get(self.nodes.get(*node)?.act?)?;
            let is_local = act.number.as_ref().is_some_and(DocumentNumber::is_local);
            act.issuer.as_deref().filter(|_| is_local)
        };
        let Some(own) = self.acts.get(act).and_then(|act| act.issuer.as_deref()) else {
            return nodes;
        };
        let is_own = |node: &usize| issuer(node).is_some_and(|i| is_same_body(i, own));
        if nodes.iter().any(is_own) {
            return nodes.into_iter().filter(is_own).collect();
        }
        let Some(home) = province(own) else {
            return nodes;
        };
        let is_elsewhere =
            |node: &usize| issuer(node).and_then(province).is_some_and(|p| p != home);
        nodes.into_iter().filter(|n| !is_elsewhere(n)).collect()
    }

    /// The acts that a reference without a full number may name. Acts are the first nodes.
    fn near(&self, reference: &Reference) -> &[usize] {
        let near = match reference {
            Reference::Number(number) => self.by_digits.get(&number.number),
            Reference::Mention(mention) => self.by_digits.get(&mention.number),
            Reference::Title { title, .. } => self.by_title.get(&bare_title(title)),
        };
        near.map_or(&[], Vec::as_slice)
    }

    /// What a relation does to each of `targets`. Where one number without a year names several, one of
    /// them ends, and nothing says which: of each it is unknown then.
    fn change(&self, act: usize, relation: usize, targets: &[usize]) -> Option<Change> {
        let said = self.acts.get(act)?;
        let stated = said.relations.get(relation)?;
        let year = said.number.as_ref().and_then(|number| number.year);
        let not_before = said
            .effect
            .from
            .or(said.issued)
            .or_else(|| Date::new(year?, 1, 1));
        let target = &stated.target;
        let mut change = Change {
            kind: stated.kind,
            act,
            relation,
            locators: target.locators.clone(),
            is_vague: target.phrase.is_some() || target.is_partial && target.locators.is_empty(),
            from: stated.from,
            until: stated.until,
            not_before,
            is_void: false,
            is_of_base: false,
        };
        let is_open = lacks_year(&target.document) && self.are_of_several_days(targets);
        if is_open && change.is_end() {
            change.not_before = change.from.or(not_before);
            change.from = None;
        }
        Some(change)
    }

    /// Lets the changes happen in the order of their days: one whose text has fallen is void.
    fn settle(&mut self) {
        let mut events: Vec<(Date, String, usize, usize)> = Vec::new();
        for (node, one) in self.nodes.iter_mut().enumerate() {
            one.changes.sort_by_key(|c| (c.from, c.act, c.relation));
            for (at, change) in one.changes.iter().enumerate() {
                let id = self.acts.get(change.act).map_or("", |act| act.id.as_str());
                events.extend(change.from.map(|from| (from, id.to_owned(), node, at)));
            }
        }
        events.sort();
        for (from, _, node, at) in events {
            self.happen(from, node, at);
        }
    }

    fn happen(&mut self, from: Date, node: usize, at: usize) {
        let Some(change) = self
            .nodes
            .get(node)
            .and_then(|n| n.changes.get(at))
            .cloned()
        else {
            return;
        };
        let is_void = self.ended_on(change.act).is_some_and(|on| on < from);
        if is_void && !change.is_of_base {
            self.problems.push(Problem::Void(self.cause(&change)));
        }
        let ends = matches!(change.kind, RelationKind::Replaces | RelationKind::Repeals);
        let Some(target) = self.nodes.get_mut(node) else {
            return;
        };
        if !change.is_of_base && target.issued.is_some_and(|issued| from < issued) {
            let cause = Cause {
                id: self
                    .acts
                    .get(change.act)
                    .map(|a| a.id.clone())
                    .unwrap_or_default(),
                relation: change.relation,
            };
            self.problems.push(Problem::BeforeIssue(cause));
        }
        if ends && !is_void && change.is_whole() {
            target.ended = Some(target.ended.map_or(from, |on| on.min(from)));
        }
        if let Some(change) = target.changes.get_mut(at) {
            change.is_void = is_void;
        }
    }
}

/// Whether this is a number that comes again every year: `41/NQ-CP`.
fn lacks_year(reference: &Reference) -> bool {
    matches!(reference, Reference::Number(number) if number.year.is_none())
}

/// Whether two names are of one body: marks and case do not count.
fn is_same_body(a: &str, b: &str) -> bool {
    fold_text(a, false) == fold_text(b, false)
}
