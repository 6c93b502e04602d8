"""Fits the weights of `src/answer/confidence.rs` to what the program answers.

`confidence.py OUTCOMES[:WEIGHT] …` reads what `camnang eval --gold … --each --json` prints and writes the
weights in the order of `Features::values`, and what thresholds make of them, ten-fold. Right is an
answer that quotes an expected provision. The first file is the hard kind that thresholds are told of
(`tests/gold/tuning.jsonl`); others, at a fifth of the weight, should be easy ones and questions on
other matters, or the fit trusts what it should not.
"""

import json
import sys

import numpy as np
from scipy.optimize import minimize

# What each value may weigh: a text that has more of the question is never worth less. The length of a
# question tells more among the hard ones than elsewhere.
MORE, LESS, LENGTH = (0, None), (None, 0), (0, 0.6)
VALUES = {
    "syllables": MORE, "passage": MORE, "figure": MORE, "fifth": LESS, "length": LENGTH, "gap": LESS,
    "meaning.evidence": MORE, "meaning.nearest_evidence": MORE, "meaning.passage": MORE, "meaning.nearest_passage": MORE,
    "odds": MORE, "said": MORE,
}  # fmt: skip
RIDGE = 0.005 / len(VALUES)
UNJUDGED = -4.0
N_FOLDS, N_ROUNDS = 10, 5
THRESHOLDS = (0.45, 0.5, 0.55, 0.6)


def value(evidence, name):
    for part in name.split("."):
        evidence = (evidence or {}).get(part)
    return evidence if evidence is not None else (UNJUDGED if name in ("odds", "said") else 0.0)


def read(argument):
    """Of each question its values, whether it is answered rightly, its weight, and whether it has an answer."""
    path, _, weight = argument.partition(":")
    outcomes = json.load(open(path, encoding="utf-8"))["outcomes"]
    values = np.array([[value(o["evidence"], name) for name in VALUES] for o in outcomes])
    has_answer = np.array([o["answerable"] for o in outcomes])
    right = has_answer & np.array([o["found"] for o in outcomes])
    return values, right.astype(float), np.full(len(outcomes), float(weight or 1)), has_answer


def fitted(values, right, weight):
    total = weight.sum()

    def loss(weights):
        sums = values @ weights[:-1] + weights[-1]
        wrong = (1 / (1 + np.exp(-sums)) - right) * weight
        away = np.logaddexp(0, -sums) * right + np.logaddexp(0, sums) * (1 - right)
        gradient = np.append(values.T @ wrong / total + 2 * RIDGE * weights[:-1], wrong.sum() / total)
        return (away * weight).sum() / total + RIDGE * (weights[:-1] ** 2).sum(), gradient

    bounds = [*VALUES.values(), (None, None)]
    return minimize(loss, np.zeros(len(bounds)), jac=True, bounds=bounds, method="L-BFGS-B").x


def probabilities(weights, values):
    return 1 / (1 + np.exp(-(values @ weights[:-1] + weights[-1])))


def out_of_fold(values, right, weight):
    """Probabilities under weights that were fitted without the question."""
    rng, found = np.random.default_rng(0), np.zeros(len(right))
    for _ in range(N_ROUNDS):
        fold = rng.permutation(len(right)) % N_FOLDS
        for at in range(N_FOLDS):
            known = fold != at
            weights = fitted(values[known], right[known], weight[known])
            found[~known] += probabilities(weights, values[~known]) / N_ROUNDS
    return found


def area_under_curve(scores, right):
    ranks = scores.argsort().argsort()
    n = right.sum()
    return (ranks[right == 1].sum() - n * (n - 1) / 2) / (n * (len(right) - n))


def main():
    files = [read(argument) for argument in sys.argv[1:]]
    values, right, weight, has_answer = (np.concatenate(parts) for parts in zip(*files))
    unseen, n_hard = out_of_fold(values, right, weight), len(files[0][1])
    hard, is_right, answerable = unseen[:n_hard], right[:n_hard] == 1, has_answer[:n_hard]
    print(f"area under the curve: hard kind {area_under_curve(hard, right[:n_hard]):.3f}, all {area_under_curve(unseen, right):.3f}")
    for threshold in THRESHOLDS:
        cited = (is_right & (hard >= threshold)).sum() / answerable.sum()
        declined = (hard[~answerable] < threshold).mean()
        others = (unseen[n_hard:][~has_answer[n_hard:]] < threshold).mean() if n_hard < len(unseen) else float("nan")
        print(f"{threshold}: cited {cited:.3f}, declined {declined:.3f}, of other matters {others:.3f}")
    weights = fitted(values, right, weight)
    print("weights", [round(float(w), 3) for w in weights[:-1]], "bias", round(float(weights[-1]), 2))


if __name__ == "__main__":
    main()
