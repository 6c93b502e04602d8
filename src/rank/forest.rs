//! Regression trees that say how far BM25 is off.
//!
//! Learned outside (`LambdaMART`; Burges, Microsoft Research report MSR-TR-2010-82) from `ln(BM25)`
//! as the start, so that trees which say nothing leave the order of BM25 as it is.

use serde::Deserialize;

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
    #[error("made for {found} features, not {expected}")]
    Features { found: usize, expected: usize },
    #[error("tree {tree}: a node names a feature or node that is not there")]
    Reference { tree: usize },
}

impl Forest {
    /// Reads trees over `n_features` features and checks that every walk through them ends at a
    /// leaf.
    pub(super) fn read(json: &[u8], n_features: usize) -> Result<Self, Error> {
        let forest: Self = serde_json::from_slice(json)?;
        if forest.n_features != n_features {
            return Err(Error::Features {
                found: forest.n_features,
                expected: n_features,
            });
        }
        let is_sound = |nodes: &Vec<Node>| {
            let follows = |at: usize, node: &Node| match *node {
                Node::Leaf(_) => true,
                Node::Split(feature, _, low, high) => {
                    feature < n_features && low.min(high) > at && low.max(high) < nodes.len()
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
    pub(super) fn factor(&self, features: &[f32]) -> f32 {
        let sum: f32 = self.trees.iter().map(|tree| leaf(tree, features)).sum();
        sum.exp()
    }
}

fn leaf(tree: &[Node], features: &[f32]) -> f32 {
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
    fn trees_add_up_and_no_tree_changes_nothing() {
        let json = r#"{"n_features":14,"trees":[[[0,0.5,1,2],[-1.0],[1.0]],[[0.5]]]}"#;
        let forest = Forest::read(json.as_bytes(), 14).unwrap();
        let factor = forest.factor(&[1.0; 14]);
        assert!((factor.ln() - 1.5).abs() < 1e-5, "{factor}");
        let none = Forest::read(br#"{"n_features":14,"trees":[]}"#, 14).unwrap();
        assert!((none.factor(&[1.0; 14]) - 1.0).abs() < 1e-6);
    }

    #[test]
    fn unsound_trees_are_refused() {
        let refused = |json: &str| Forest::read(json.as_bytes(), 14).unwrap_err().to_string();
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
