//! Which of several numbered lines truly number their parent: the best chain of numbers.
//!
//! A text holds many lines that begin like a heading and are none: wrapped references (`Điều 5 của
//! Luật này`), sums, numbered lists inside a form. What tells them apart is the numbering as a
//! whole. Each line gets a weight by how much it looks like a heading; a step from one line to the
//! next costs nothing when the numbers follow each other and something when they do not; the chain
//! with the highest sum wins.

use crate::document::ordinal::Ordinal;

/// A line that may be a heading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Candidate {
    pub(super) ordinal: Ordinal,
    /// Numbering may restart for free where this changes (a new appendix, a new Chương).
    pub(super) scope: usize,
    /// How much the line looks like a heading; [`STRONG`] for one that surely does.
    pub(super) weight: i32,
}

/// The weight of an unmistakable heading.
pub(super) const STRONG: i32 = 4;
/// A step over one or two missing numbers.
const SMALL_GAP: i32 = 4;
/// A step over more.
const LARGE_GAP: i32 = 7;
/// The same number once more.
const REPEAT: i32 = 5;
/// Number 1 again without a new scope.
const RESTART: i32 = 9;
/// Numbering that runs on across a scope.
const CROSSING: i32 = 5;
/// How many candidates back a predecessor is sought; bounds the time on hostile input.
const WINDOW: usize = 160;

/// The positions in `candidates` of the best chain, ascending.
pub(super) fn best_chain(candidates: &[Candidate]) -> Vec<usize> {
    let mut scores: Vec<i32> = Vec::with_capacity(candidates.len());
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(candidates.len());
    let mut best: Option<usize> = None;
    for (at, candidate) in candidates.iter().enumerate() {
        let (gain, from) = best_step(candidates, &scores, best, at);
        scores.push(candidate.weight + gain);
        previous.push(from);
        if best.is_none_or(|b| scores[at] > scores[b]) {
            best = Some(at);
        }
    }
    trace(best.filter(|&b| scores[b] > 0), &previous)
}

/// The best sum that can stand before candidate `at`, and the candidate it ends with.
fn best_step(
    candidates: &[Candidate],
    scores: &[i32],
    best: Option<usize>,
    at: usize,
) -> (i32, Option<usize>) {
    let current = candidates[at];
    let mut choice = (-start_cost(current.ordinal), None);
    // A restart may follow anything, however far back: the best chain so far will do.
    if let Some(from) = best.filter(|_| current.ordinal.number <= 1) {
        let new_scope = candidates[from].scope != current.scope;
        improve(
            &mut choice,
            scores[from] - if new_scope { 0 } else { RESTART },
            from,
        );
    }
    for from in at.saturating_sub(WINDOW)..at {
        if let Some(cost) = step_cost(candidates[from], current) {
            improve(&mut choice, scores[from] - cost, from);
        }
    }
    choice
}

fn improve(choice: &mut (i32, Option<usize>), sum: i32, from: usize) {
    // On equal sums the later predecessor of the same number would cut a division in two, so the
    // first one stays; only a real predecessor beats a fresh start.
    if sum > choice.0 || (sum == choice.0 && choice.1.is_none()) {
        *choice = (sum, Some(from));
    }
}

fn start_cost(ordinal: Ordinal) -> i32 {
    match ordinal.number {
        0 | 1 => 0,
        2 | 3 => SMALL_GAP,
        _ => LARGE_GAP,
    }
}

/// What the step costs, or `None` where numbering would run backwards.
fn step_cost(from: Candidate, to: Candidate) -> Option<i32> {
    let crossing = if from.scope == to.scope { 0 } else { CROSSING };
    let cost = if to.ordinal.follows(from.ordinal) {
        0
    } else if to.ordinal == from.ordinal {
        REPEAT
    } else if to.ordinal > from.ordinal {
        if to.ordinal.number - from.ordinal.number <= 3 {
            SMALL_GAP
        } else {
            LARGE_GAP
        }
    } else {
        return None;
    };
    Some(cost + crossing)
}

fn trace(end: Option<usize>, previous: &[Option<usize>]) -> Vec<usize> {
    let mut chain: Vec<usize> =
        std::iter::successors(end, |&at| previous.get(at).copied().flatten()).collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers as candidates; `|` opens a new scope, `?` marks a doubtful line, `!` a sure one.
    fn candidates(notation: &str) -> Vec<Candidate> {
        let mut scope = 0;
        let mut found = Vec::new();
        for word in notation.split(' ') {
            if word == "|" {
                scope += 1;
                continue;
            }
            let weight = match word.chars().next_back() {
                Some('?') => 1,
                Some('!') => STRONG + 2,
                _ => STRONG,
            };
            let ordinal = Ordinal::arabic(word.trim_end_matches(['?', '!'])).expect("a number");
            found.push(Candidate {
                ordinal,
                scope,
                weight,
            });
        }
        found
    }

    #[track_caller]
    fn check(notation: &str, expected: &[usize]) {
        assert_eq!(best_chain(&candidates(notation)), expected, "{notation}");
    }

    #[test]
    fn chain_plain_numbering_takes_all() {
        check("1 2 3 3a 3b 4", &[0, 1, 2, 3, 4, 5]);
    }

    #[test]
    fn chain_stray_numbers_are_left_out() {
        check("1 2 30 3 4", &[0, 1, 3, 4]);
        check("30", &[]);
        check("1 2 5? 3 4 5", &[0, 1, 3, 4, 5]);
    }

    #[test]
    fn chain_gap_in_source_is_stepped_over() {
        check("1 2 4 5", &[0, 1, 2, 3]);
        check("1 2 9 10 11", &[0, 1, 2, 3, 4]);
    }

    #[test]
    fn chain_repeat_is_kept_for_strong_headings_only() {
        check("1 2 2 3", &[0, 1, 3]);
        check("1! 2! 2! 3!", &[0, 1, 2, 3]);
    }

    #[test]
    fn chain_restarts_freely_in_a_new_scope() {
        check("1 2 3 | 1 2", &[0, 1, 2, 3, 4]);
        check("1 2 3 1 4 5", &[0, 1, 2, 4, 5]);
        check("1 2 | 3 4 5", &[0, 1, 2, 3, 4]);
    }
}
