//! Regression trees over the features of a candidate.

use serde::Deserialize;

/// A sum of trees over the features of a candidate.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Forest(Vec<Vec<Node>>);

/// An inner node stands before both its children.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(untagged)]
enum Node {
    /// Feature, threshold, then the nodes for values up to it and above it.
    Split(usize, f64, usize, usize),
    Leaf([f32; 1]),
}

impl Forest {
    /// The first tree in which some walk over `n_features` features does not end at a leaf.
    pub(super) fn unsound(&self, n_features: usize) -> Option<usize> {
        let is_sound = |nodes: &Vec<Node>| {
            let follows = |at: usize, node: &Node| match *node {
                Node::Leaf(_) => true,
                Node::Split(feature, _, low, high) => {
                    feature < n_features && low.min(high) > at && low.max(high) < nodes.len()
                }
            };
            !nodes.is_empty() && nodes.iter().enumerate().all(|(at, n)| follows(at, n))
        };
        self.0.iter().position(|nodes| !is_sound(nodes))
    }

    /// What the trees say of a candidate with these features.
    pub(super) fn sum(&self, features: &[f32]) -> f32 {
        self.0.iter().map(|tree| leaf(tree, features)).sum()
    }

    /// What each feature of each of the candidates with the features `described` adds to its sum:
    /// how far the walks through the trees turn at it from the middle of what lies below (Saabas,
    /// 2014). What is left of the sum, all candidates have in common.
    pub(super) fn shares(&self, described: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let mut shares: Vec<Vec<f32>> = described.iter().map(|f| vec![0.0; f.len()]).collect();
        for tree in &self.0 {
            let middles = middles(tree);
            for (features, shares) in described.iter().zip(&mut shares) {
                let mut at = 0;
                while let Some((feature, next)) = turn(tree[at], features) {
                    shares[feature] += middles[next] - middles[at];
                    at = next;
                }
            }
        }
        shares
    }
}

/// The middle of what lies below each node.
fn middles(tree: &[Node]) -> Vec<f32> {
    let mut middles = vec![0.0; tree.len()];
    // Children stand behind their parents.
    for (at, node) in tree.iter().enumerate().rev() {
        middles[at] = match *node {
            Node::Leaf([value]) => value,
            Node::Split(_, _, low, high) => f32::midpoint(middles[low], middles[high]),
        };
    }
    middles
}

/// The feature that a walk turns at on `node`, and where it goes on; nowhere from a leaf.
fn turn(node: Node, features: &[f32]) -> Option<(usize, usize)> {
    match node {
        Node::Leaf(_) => None,
        Node::Split(feature, threshold, low, high) => {
            let is_low = f64::from(features[feature]) <= threshold;
            Some((feature, if is_low { low } else { high }))
        }
    }
}

fn leaf(tree: &[Node], features: &[f32]) -> f32 {
    let mut at = 0;
    loop {
        match tree[at] {
            Node::Leaf([value]) => return value,
            split @ Node::Split(..) => at = turn(split, features).map_or(at, |(_, next)| next),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forest(json: &str) -> Forest {
        serde_json::from_str(json).unwrap()
    }

    #[test]
    fn trees_add_up() {
        let forest = forest("[[[0,0.5,1,2],[-1.0],[1.0]],[[0.5]]]");
        let sums = [1.0, 0.5].map(|x| forest.sum(&[x])).to_vec();
        assert_eq!(sums, [1.5, -0.5]);
    }

    #[test]
    fn shares_tell_which_feature_turned_the_walk() {
        // The middle of all is .5, of the right half 2.
        let forest = forest("[[[0,0.5,1,2],[-1.0],[2,0.5,3,4],[0.0],[4.0]]]");
        let shares = |features: [f32; 3]| forest.shares(&[features.to_vec()]).concat();
        assert_eq!(shares([1.0, 1.0, 1.0]), [1.5, 0.0, 2.0]);
        assert_eq!(shares([1.0, 1.0, 0.0]), [1.5, 0.0, -2.0]);
        assert_eq!(shares([0.0, 1.0, 0.0]), [-1.5, 0.0, 0.0]);
    }
}
