//! What was learned of how far a score is off: a line, and trees upon it.
//!
//! Learned outside: the line by the likelihood of the relevant candidates (list-wise softmax), the
//! trees by `LambdaMART` (Burges, Microsoft Research report MSR-TR-2010-82) with the score and the
//! line as their start. Both speak of the natural logarithm of a factor, so that saying nothing
//! leaves the order as it is.

use serde::Deserialize;

use super::forest::Forest;
use super::line::Line;

/// An order of candidates.
#[derive(Debug, Deserialize)]
pub(super) struct Learned {
    n_features: usize,
    line: Option<Line>,
    trees: Forest,
}

/// Why something learned is not usable.
#[derive(Debug, thiserror::Error)]
pub(super) enum Error {
    #[error("not what was learned: {0}")]
    Form(#[from] serde_json::Error),
    #[error("made for {found} features, not {expected}")]
    Features { found: usize, expected: usize },
    #[error("tree {tree}: a node names a feature or node that is not there")]
    Reference { tree: usize },
}

impl Learned {
    /// Reads what was learned over `n_features` features and checks that it holds together.
    pub(super) fn read(json: &[u8], n_features: usize) -> Result<Self, Error> {
        let learned: Self = serde_json::from_slice(json)?;
        let of_line = learned.line.as_ref().map(Line::n_features);
        for found in [Some(learned.n_features), of_line].into_iter().flatten() {
            if found != n_features {
                let expected = n_features;
                return Err(Error::Features { found, expected });
            }
        }
        match learned.trees.unsound(n_features) {
            Some(tree) => Err(Error::Reference { tree }),
            None => Ok(learned),
        }
    }

    /// By what factors the scores of the candidates with the features `described` are to be
    /// corrected.
    pub(super) fn factors(&self, described: &[Vec<f32>]) -> Vec<f32> {
        let mut sums: Vec<f32> = described.iter().map(|f| self.trees.sum(f)).collect();
        if let Some(line) = &self.line {
            for (sum, shares) in sums.iter_mut().zip(line.shares(described)) {
                *sum += shares.iter().sum::<f32>();
            }
        }
        sums.into_iter().map(f32::exp).collect()
    }

    /// What each feature of each candidate adds to the natural logarithm of its factor; what is
    /// left of that, all candidates have in common.
    pub(super) fn shares(&self, described: &[Vec<f32>]) -> Vec<Vec<f32>> {
        let mut shares = self.trees.shares(described);
        if let Some(line) = &self.line {
            for (of_trees, of_line) in shares.iter_mut().zip(line.shares(described)) {
                for (share, more) in of_trees.iter_mut().zip(of_line) {
                    *share += more;
                }
            }
        }
        shares
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str, trees: &str) -> Result<Learned, Error> {
        let json = format!(r#"{{"n_features":2,"line":{line},"trees":[{trees}]}}"#);
        Learned::read(json.as_bytes(), 2)
    }

    #[test]
    fn line_and_trees_add_up_and_neither_changes_nothing() {
        let described = [vec![1.0, 1.0], vec![1.0, 3.0]];
        let none = read("null", "").unwrap().factors(&described);
        assert_eq!(none, [1.0, 1.0]);
        let line = r#"{"weights":[0.0,0.25],"start":{"feature":0,"weight":0.0}}"#;
        let both = read(line, "[[1,2.0,1,2],[-1.0],[1.0]]").unwrap();
        let [low, high] = both.factors(&described)[..] else {
            panic!("two candidates");
        };
        assert!((low.ln() + 1.25).abs() < 1e-3 && (high.ln() - 1.25).abs() < 1e-3);
        let shares = both.shares(&described);
        assert!(shares[1][0].abs() < 1e-6 && (shares[1][1] - 1.25).abs() < 1e-3);
    }

    #[test]
    fn what_does_not_hold_together_is_refused() {
        let refused = |json: &str| Learned::read(json.as_bytes(), 14).unwrap_err().to_string();
        assert!(refused("[").starts_with("not what was learned"));
        assert!(refused(r#"{"n_features":3,"trees":[]}"#).contains("3 features"));
        let line = |n, start| {
            let weights = vec![0.5; n];
            let start = format!(r#"{{"feature":{start},"weight":0.0}}"#);
            format!(
                r#"{{"n_features":14,"line":{{"weights":{weights:?},"start":{start}}},"trees":[]}}"#
            )
        };
        assert!(Learned::read(line(14, 13).as_bytes(), 14).is_ok());
        assert!(refused(&line(1, 0)).contains("1 features"));
        assert!(refused(&line(14, 14)).contains("0 features"));
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
