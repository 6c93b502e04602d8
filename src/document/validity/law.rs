//! All documents together, built once and asked often.

use std::collections::BTreeMap;

use crate::document::Date;
use crate::document::Document;
use crate::document::DocumentNumber;
use crate::document::Effect;
use crate::document::Reference;
use crate::document::Relation;
use crate::document::RelationKind;
use crate::document::validity::problem;
use crate::document::validity::problem::Problem;
use crate::document::validity::state::Cause;
use crate::document::validity::timeline::Change;
use crate::document::validity::timeline::Node;

/// What one document says of itself and of others.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Act {
    /// Its id in the store.
    pub id: String,
    /// Số ký hiệu.
    pub number: Option<DocumentNumber>,
    /// Trích yếu; for laws, which are named by it.
    pub title: Option<String>,
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
                ended: act.effect.until.and_then(|last| last.plus(1)),
                ..Node::default()
            });
            law.by_id.insert(act.id.clone(), node);
            if let Some(number) = &act.number {
                law.by_key.entry(number.key()).or_default().push(node);
            }
        }
        law.acts = acts;
        law.link();
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

    /// The relation that a cause names.
    pub fn relation(&self, cause: &Cause) -> Option<&Relation> {
        let node = self.node(&cause.id)?;
        self.acts.get(node.act?)?.relations.get(cause.relation)
    }

    pub(in crate::document) fn node(&self, id: &str) -> Option<&Node> {
        self.nodes.get(*self.by_id.get(id)?)
    }

    pub(in crate::document) fn node_by_number(&self, number: &DocumentNumber) -> Option<&Node> {
        self.nodes.get(*self.by_key.get(&number.key())?.first()?)
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
                for target in self.targets(act, relation) {
                    let change = self.change(act, relation);
                    if let (Some(node), Some(change)) = (self.nodes.get_mut(target), change) {
                        node.changes.push(change);
                    }
                }
            }
        }
    }

    /// The nodes that a relation names; a number that no document has gets a node of its own.
    fn targets(&mut self, act: usize, relation: usize) -> Vec<usize> {
        let Some(relation) = self.acts.get(act).and_then(|a| a.relations.get(relation)) else {
            return Vec::new();
        };
        let named = match &relation.target.document {
            Reference::Number(number) => {
                let key = number.key();
                let nodes = &mut self.nodes;
                let known = self.by_key.entry(key).or_insert_with(|| {
                    nodes.push(Node::default());
                    vec![nodes.len() - 1]
                });
                known.clone()
            }
            other => (0..self.acts.len())
                .filter(|&at| {
                    self.acts
                        .get(at)
                        .is_some_and(|a| other.names(a.number.as_ref(), a.title.as_deref()))
                })
                .collect(),
        };
        named.into_iter().filter(|&node| node != act).collect()
    }

    fn change(&self, act: usize, relation: usize) -> Option<Change> {
        let said = self.acts.get(act)?;
        let stated = said.relations.get(relation)?;
        let year = said.number.as_ref().and_then(|number| number.year);
        let not_before = said
            .effect
            .from
            .or(said.issued)
            .or_else(|| Date::new(year?, 1, 1));
        let target = &stated.target;
        Some(Change {
            kind: stated.kind,
            act,
            relation,
            locators: target.locators.clone(),
            is_vague: target.phrase.is_some() || target.is_partial && target.locators.is_empty(),
            from: stated.from,
            until: stated.until,
            not_before,
            is_void: false,
        })
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
        if is_void {
            self.problems.push(Problem::Void(self.cause(&change)));
        }
        let ends = matches!(change.kind, RelationKind::Replaces | RelationKind::Repeals);
        let Some(target) = self.nodes.get_mut(node) else {
            return;
        };
        if target.issued.is_some_and(|issued| from < issued) {
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
