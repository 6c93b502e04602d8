//! What does not fit together in what documents say of each other.

use std::fmt;

use crate::document::RelationKind;
use crate::document::validity::law::Act;
use crate::document::validity::state::Cause;
use crate::document::validity::timeline::Node;

/// A contradiction between documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Problem {
    /// These documents replace or repeal each other in a ring.
    Cycle(Vec<String>),
    /// The clause would take effect when its own document is no longer in force.
    Void(Cause),
    /// The clause would take effect before its target was issued.
    BeforeIssue(Cause),
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Cycle(ids) => write!(
                f,
                "`{}` replace or repeal each other in a ring",
                ids.join("`, `")
            ),
            Self::Void(by) => write!(
                f,
                "a clause of `{}` would take effect when its own document is no longer in force",
                by.id
            ),
            Self::BeforeIssue(by) => write!(
                f,
                "a clause of `{}` would take effect before the document it changes was issued",
                by.id
            ),
        }
    }
}

impl PartialOrd for Cause {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Cause {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (&self.id, self.relation).cmp(&(&other.id, other.relation))
    }
}

/// The documents that replace or repeal each other in rings, all rings together.
pub(in crate::document) fn cycles(nodes: &[Node], acts: &[Act]) -> Option<Problem> {
    let ends = |kind| matches!(kind, RelationKind::Replaces | RelationKind::Repeals);
    let edges: Vec<(usize, usize)> = nodes
        .iter()
        .enumerate()
        .flat_map(|(target, node)| {
            let whole = node.changes.iter().filter(|c| ends(c.kind) && c.is_whole());
            whole.map(move |change| (change.act, target))
        })
        .collect();
    let mut left = vec![true; nodes.len()];
    let mut is_settled = false;
    while !is_settled {
        is_settled = true;
        let (mut goes_out, mut comes_in) = (vec![false; left.len()], vec![false; left.len()]);
        for &(from, to) in edges.iter().filter(|&&(from, to)| left[from] && left[to]) {
            goes_out[from] = true;
            comes_in[to] = true;
        }
        for (at, stays) in left.iter_mut().enumerate().filter(|(_, stays)| **stays) {
            if !(goes_out[at] && comes_in[at]) {
                *stays = false;
                is_settled = false;
            }
        }
    }
    let ids: Vec<String> = nodes
        .iter()
        .zip(&left)
        .filter(|(_, left)| **left)
        .filter_map(|(node, _)| Some(acts.get(node.act?)?.id.clone()))
        .collect();
    (!ids.is_empty()).then_some(Problem::Cycle(ids))
}
