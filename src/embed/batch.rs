//! Many texts at once: shares of about equal work, one a thread, results in the order asked for.

use std::cmp::Reverse;

use rayon::prelude::*;

use super::Sequence;

/// Tokens in one share, at most, unless one text alone has more. Enough to use a matrix often once
/// it is in the cache, and few enough for the shares of all threads to end at about the same time.
const TOKENS_PER_SHARE: usize = 512;

/// What `embed` gives for each of `sequences`, which it gets in shares from several threads.
///
/// A single share for few texts would leave threads idle, so shares shrink with the number of
/// tokens there are.
pub(super) fn in_parallel<F>(sequences: &[Sequence], embed: F) -> Vec<Vec<f32>>
where
    F: Fn(&[&Sequence]) -> Vec<Vec<f32>> + Sync,
{
    let n_tokens: usize = sequences.iter().map(|s| s.ids.len()).sum();
    let per_thread = n_tokens.div_ceil(rayon::current_num_threads());
    let shares = shares(sequences, per_thread.min(TOKENS_PER_SHARE));
    let results: Vec<(usize, Vec<f32>)> = shares
        .par_iter()
        .flat_map_iter(|share| {
            let of_share: Vec<&Sequence> = share.iter().map(|&at| &sequences[at]).collect();
            share.iter().copied().zip(embed(&of_share))
        })
        .collect();
    let mut ordered = vec![Vec::new(); sequences.len()];
    for (at, vector) in results {
        ordered[at] = vector;
    }
    ordered
}

/// Positions in `sequences`, longest first, in runs of `max` tokens or one sequence.
///
/// The longest come first so that what is left at the end, when threads run out of work, is small.
fn shares(sequences: &[Sequence], max: usize) -> Vec<Vec<usize>> {
    let mut order: Vec<usize> = (0..sequences.len()).collect();
    order.sort_by_key(|&at| Reverse(sequences[at].ids.len()));
    let mut shares: Vec<Vec<usize>> = Vec::new();
    let mut room = 0;
    for at in order {
        let n_tokens = sequences[at].ids.len();
        match shares.last_mut() {
            Some(share) if n_tokens <= room => {
                share.push(at);
                room -= n_tokens;
            }
            _ => {
                shares.push(vec![at]);
                room = max.saturating_sub(n_tokens);
            }
        }
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sequence(ids: Vec<u32>) -> Sequence {
        Sequence {
            ids,
            marks: Vec::new(),
            is_truncated: false,
        }
    }

    #[test]
    fn batch_shares_are_full_but_not_overfull_and_longest_first() {
        let sequences = [2, 9, 3, 1, 4].map(|n| sequence(vec![0; n]));
        assert_eq!(shares(&sequences, 7), [vec![1], vec![4, 2], vec![0, 3]]);
    }

    #[test]
    fn batch_results_come_in_the_order_of_the_texts() {
        let length = |id: u32| (id * 7) % 50;
        let sequences: Vec<Sequence> = (0..50)
            .map(|id| sequence((0..length(id)).collect()))
            .collect();
        let found = in_parallel(&sequences, |share| {
            share.iter().map(|s| vec![0.0; s.ids.len()]).collect()
        });
        for (vector, sequence) in found.iter().zip(sequences) {
            assert_eq!(vector.len(), sequence.ids.len());
        }
    }
}
