//! Regression trees that say how far BM25 is off.
//!
//! Learned outside (`LambdaMART`; Burges, Microsoft Research report MSR-TR-2010-82) from `ln(BM25)`
//! as the start, so that trees which say nothing leave the order of BM25 as it is.

use std::sync::LazyLock;

use serde::Deserialize;

use super::features::N_FEATURES;

/// The trees that ship with the program.
static SHIPPED: LazyLock<Option<Forest>> = LazyLock::new(|| {
    Forest::read(include_str!("../../models/ranker.json"))
        .inspect_err(
            |error| tracing::warn!(%error, "no learned ranking: passages stay in BM25 order"),
        )
        .ok()
});

/// The shipped trees, or none where they cannot be read.
pub(super) fn shipped() -> Option<&'static Forest> {
    SHIPPED.as_ref()
}

/// A sum of trees over the features of a candidate.
#[derive(Debug, Deserialize)]
pub(super) struct Forest {
    n_features: usize,
    trees: Vec<Vec<Node>>,
}

/// An inner node stands before both its children.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    /// Feature, threshold, then the nodes for values up to it and above it.
    Split(usize, f64, usize, usize),
    Leaf([f32; 1]),
}

/// Why trees are not usable.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("not a forest: {0}")]
    Form(#[from] serde_json::Error),
    #[error("made for {found} features, not {N_FEATURES}")]
    Features { found: usize },
    #[error("tree {tree}: a node names a feature or node that is not there")]
    Reference { tree: usize },
}

impl Forest {
    /// Reads trees and checks that every walk through them ends at a leaf.
    pub(super) fn read(json: &str) -> Result<Self, Error> {
        let forest: Self = serde_json::from_str(json)?;
        if forest.n_features != N_FEATURES {
            let found = forest.n_features;
            return Err(Error::Features { found });
        }
        let is_sound = |nodes: &Vec<Node>| {
            let follows = |at: usize, node: &Node| match *node {
                Node::Leaf(_) => true,
                Node::Split(feature, _, low, high) => {
                    feature < N_FEATURES && low.min(high) > at && low.max(high) < nodes.len()
                }
            };
            !nodes.is_empty() && nodes.iter().enumerate().all(|(at, n)| follows(at, n))
        };
        match forest.trees.iter().position(|nodes| !is_sound(nodes)) {
            Some(tree) => Err(Error::Reference { tree }),
            None => Ok(forest),
        }
    }

    /// By what factor the BM25 score of a candidate with these features is to be corrected.
    pub(super) fn factor(&self, features: &[f32; N_FEATURES]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| leaf(tree, features)).sum();
        sum.exp()
    }
}

fn leaf(tree: &[Node], features: &[f32; N_FEATURES]) -> f32 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Leaf([value]) => return value,
            Node::Split(feature, threshold, low, high) => {
                let is_low = f64::from(features[feature]) <= threshold;
                at = if is_low { low } else { high };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shipped_trees_are_sound() {
        assert!(Forest::read(include_str!("../../models/ranker.json")).is_ok());
    }

    #[test]
    fn trees_add_up_and_no_tree_changes_nothing() {
        let json = r#"{"n_features":14,"trees":[[[0,0.5,1,2],[-1.0],[1.0]],[[0.5]]]}"#;
        let forest = Forest::read(json).unwrap();
        let factor = forest.factor(&[1.0; N_FEATURES]);
        assert!((factor.ln() - 1.5).abs() < 1e-5, "{factor}");
        let none = Forest::read(r#"{"n_features":14,"trees":[]}"#).unwrap();
        assert!((none.factor(&[1.0; N_FEATURES]) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn unsound_trees_are_refused() {
        let refused = |json: &str| Forest::read(json).unwrap_err().to_string();
        assert!(refused("[").starts_with("not a forest"));
        assert!(refused(r#"{"n_features":3,"trees":[]}"#).contains("3 features"));
        for tree in [
            "[]",
            "[[0,0.5,0,0]]",
            "[[0,0.5,1,2],[1.0]]",
            "[[99,0.5,1,1],[1.0]]",
        ] {
            let json = format!(r#"{{"n_features":14,"trees":[{tree}]}}"#);
            assert!(refused(&json).starts_with("tree 0"), "{tree}");
        }
    }
}
