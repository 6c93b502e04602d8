//! Ranking metrics, averaged over questions that have at least one relevant unit.

use std::collections::HashMap;

use serde::Serialize;

/// One question's result: ids as ranked, and the ids that are relevant with their grades.
#[derive(Clone, Debug, Default)]
pub struct Ranking {
    /// Best first, no id twice.
    pub ranked: Vec<String>,
    /// Relevant ids; a grade above 0.
    pub relevant: HashMap<String, u32>,
}

/// Means over questions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Metrics {
    /// Normalised discounted cumulative gain, cut at 10 (Järvelin and Kekäläinen 2002; gain is the
    /// grade, discount `log2(rank + 1)`).
    #[serde(rename = "ndcg@10")]
    pub ndcg_10: f64,
    /// Reciprocal rank of the first relevant unit, 0 beyond 10.
    #[serde(rename = "mrr@10")]
    pub mrr_10: f64,
    /// Share of relevant units ranked first.
    #[serde(rename = "recall@1")]
    pub recall_1: f64,
    /// Share of relevant units among the first 10.
    #[serde(rename = "recall@10")]
    pub recall_10: f64,
    /// Share of relevant units among the first 100.
    #[serde(rename = "recall@100")]
    pub recall_100: f64,
    /// Number of questions averaged over.
    pub n_queries: usize,
}

impl Metrics {
    /// Averages over `rankings`; those without relevant units are left out.
    pub fn of(rankings: &[Ranking]) -> Self {
        let judged: Vec<&Ranking> = rankings.iter().filter(|r| !r.relevant.is_empty()).collect();
        let mean = |measure: &dyn Fn(&Ranking) -> f64| {
            judged.iter().map(|r| measure(r)).sum::<f64>() / as_f64(judged.len().max(1))
        };
        Self {
            ndcg_10: mean(&|r| r.ndcg(10)),
            mrr_10: mean(&|r| r.reciprocal_rank(10)),
            recall_1: mean(&|r| r.recall(1)),
            recall_10: mean(&|r| r.recall(10)),
            recall_100: mean(&|r| r.recall(100)),
            n_queries: judged.len(),
        }
    }
}

impl Ranking {
    fn grade(&self, id: &str) -> u32 {
        self.relevant.get(id).copied().unwrap_or(0)
    }

    fn ndcg(&self, cut: usize) -> f64 {
        let mut ideal: Vec<u32> = self.relevant.values().copied().collect();
        ideal.sort_unstable_by(|a, b| b.cmp(a));
        let gained = self.ranked.iter().take(cut).map(|id| self.grade(id));
        discounted(gained) / discounted(ideal.into_iter().take(cut))
    }

    fn reciprocal_rank(&self, cut: usize) -> f64 {
        let first = self
            .ranked
            .iter()
            .take(cut)
            .position(|id| self.grade(id) > 0);
        first.map_or(0.0, |at| 1.0 / as_f64(at + 1))
    }

    fn recall(&self, cut: usize) -> f64 {
        let found = self
            .ranked
            .iter()
            .take(cut)
            .filter(|id| self.grade(id) > 0)
            .count();
        as_f64(found) / as_f64(self.relevant.len())
    }
}

fn discounted(grades: impl Iterator<Item = u32>) -> f64 {
    grades
        .enumerate()
        .map(|(at, grade)| f64::from(grade) / as_f64(at + 2).log2())
        .sum()
}

#[expect(
    clippy::cast_precision_loss,
    reason = "counts of questions and ranks are small"
)]
pub(super) fn as_f64(n: usize) -> f64 {
    n as f64
}

/// `part` of `all`; whole where there is nothing.
#[expect(clippy::cast_precision_loss, reason = "counts are small")]
pub(super) fn share(part: usize, all: usize) -> f64 {
    if all == 0 {
        1.0
    } else {
        part as f64 / all as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ranking(ranked: &[&str], relevant: &[&str]) -> Ranking {
        Ranking {
            ranked: ranked.iter().map(|&id| id.to_owned()).collect(),
            relevant: relevant.iter().map(|&id| (id.to_owned(), 1)).collect(),
        }
    }

    #[test]
    fn perfect_and_empty_rankings() {
        let perfect = Metrics::of(&[ranking(&["a", "b"], &["a"])]);
        assert_eq!(
            (perfect.ndcg_10, perfect.mrr_10, perfect.recall_1),
            (1.0, 1.0, 1.0)
        );
        let nothing = Metrics::of(&[ranking(&[], &["a"])]);
        assert_eq!(
            (nothing.ndcg_10, nothing.recall_100, nothing.n_queries),
            (0.0, 0.0, 1)
        );
    }

    #[test]
    fn second_place_is_discounted() {
        let second = Metrics::of(&[ranking(&["x", "a"], &["a"])]);
        assert!((second.ndcg_10 - 1.0 / 3f64.log2()).abs() < 1e-12);
        assert_eq!(
            (second.mrr_10, second.recall_1, second.recall_10),
            (0.5, 0.0, 1.0)
        );
    }

    #[test]
    fn unjudged_questions_are_left_out() {
        assert_eq!(Metrics::of(&[ranking(&["a"], &[])]), Metrics::default());
    }
}
