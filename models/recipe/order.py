"""Learns the order of candidates from what `camnang eval --features` prints: a line, and trees upon it.

The line weighs by how many standard deviations each feature stands out among the candidates of its
question, and holds on collections that it was not learned on. The trees (LambdaMART) start from the
line. The second look corrects the scores of the first; for learning these come from orders that did
not learn from the question. Which questions are learned from is listed in SOURCES; nothing else may be.
"""

import argparse
import hashlib
import itertools
import json
from pathlib import Path

import lightgbm
import numpy as np
from scipy.optimize import minimize

from pairs import every_second, half

PARAMETERS = dict(
    objective="lambdarank", learning_rate=0.03, num_leaves=15, feature_fraction=0.7,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, lambdarank_truncation_level=20, seed=1, deterministic=True,
    verbose=-1,
)  # fmt: skip
# `start` is the feature that is corrected: a score as a share of the best.
FIRST = dict(n_trees=400, min_data_in_leaf=300, start=0, share=1.0)
# The second look has fewer candidates a question to learn from, and knows what the first one learned:
# half of what its trees say is kept.
TWICE = dict(n_trees=200, min_data_in_leaf=200, start=-1, share=0.5)
# The start counts to the power of one; what is learned is a quarter of that.
START = 4
# Draws the line to the start alone.
RIDGE = 0.1
DEVIATION_MIN = START_MIN = 1e-3
N_FOLDS = 6

# File, weight, and which questions: all, so many first ones, or those about every second document.
SOURCES = [
    ("zalo", 1.0, None),
    ("zalo_bare", 0.5, None),
    ("hotich", 0.3, "half"),
    ("vncivil", 1.0, 1000),
    ("vicov19qa", 1.0, 600),
]


def read(path, choice):
    """Each chosen question with the features of its candidates, which are relevant, and their names."""
    questions, current = [], None
    for line in open(path, encoding="utf-8"):
        row = json.loads(line)
        if current is None or row["question"] != current[0]:
            current = (row["question"], [])
            questions.append(current)
        current[1].append((row["features"], min(row["grade"], 1), row["unit"]))
    if isinstance(choice, int):
        questions = questions[:choice]
    if choice == "half":
        units = {unit for _, rows in questions for *_, unit in rows}
        learned = every_second(units)
        relevant = {q: [unit for _, grade, unit in rows if grade] for q, rows in questions}
        questions = [(q, rows) for q, rows in questions if relevant[q] and relevant[q][0] in learned]
    features = lambda rows: np.array([f for f, *_ in rows], np.float64)
    relevant = lambda rows: np.array([grade for _, grade, _ in rows])
    return [(q, features(rows), relevant(rows), [unit for *_, unit in rows]) for q, rows in questions]


def standing_out(features, start):
    """Deviations above the mean of the candidates, then what is started from."""
    deviations = (features - features.mean(0)) / (features.std(0) + DEVIATION_MIN)
    return np.hstack([deviations, START * np.log(np.maximum(features[:, [start]], START_MIN))])


def line(questions, start):
    """The weights under which the relevant candidates are likeliest; `questions` come with a weight."""
    known = [(standing_out(x, start), y / y.sum(), weight) for x, y, weight in questions if y.any()]
    start_alone = np.zeros(known[0][0].shape[1])
    start_alone[-1] = 1
    total = sum(weight for *_, weight in known)

    def loss(weights):
        value, gradient = 0.0, np.zeros_like(weights)
        for x, y, weight in known:
            scores = x @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            value -= weight * (y * np.log(likely + 1e-12)).sum()
            gradient += weight * (x.T @ (likely - y))
        away = weights - start_alone
        return value / total + RIDGE * (away**2).sum(), gradient / total + 2 * RIDGE * away

    return minimize(loss, start_alone, jac=True, method="L-BFGS-B").x


def grown(questions, weights, chosen):
    """Trees that start from the line."""
    data = lightgbm.Dataset(
        np.vstack([x for x, *_ in questions]).astype(np.float32),
        np.concatenate([y for _, y, _ in questions]),
        group=[len(y) for _, y, _ in questions],
        init_score=np.concatenate([standing_out(x, chosen["start"]) @ weights for x, *_ in questions]),
        weight=np.concatenate([np.full(len(y), weight) for _, y, weight in questions]),
    )
    parameters = {**PARAMETERS, "min_data_in_leaf": chosen["min_data_in_leaf"]}
    return lightgbm.train(parameters, data, chosen["n_trees"])


def first_looks(folder):
    """By source and question, the share of the best score that each unit has in an order by words
    that did not learn from the question."""
    sources = [(name, weight, read(folder / f"{name}.jsonl", choice)) for name, weight, choice in SOURCES]
    fold = lambda question: int(hashlib.md5(question.encode()).hexdigest(), 16) % N_FOLDS
    found = {}
    for at in range(N_FOLDS):
        known = [(x, y, weight) for _, weight, of in sources for q, x, y, _ in of if fold(q) != at]
        weights = line(known, FIRST["start"])
        trees = grown(known, weights, FIRST)
        for name, _, of in sources:
            for question, x, _, units in (row for row in of if fold(row[0]) == at):
                scores = (standing_out(x, FIRST["start"]) @ weights + trees.predict(x)) / START
                found[name, question] = dict(zip(units, np.exp(scores - scores.max())))
    return found


def halves(folder):
    """The half of each question by source, as units.py has it; `folder` is of first looks."""
    found = {}
    for name, *_ in SOURCES:
        for question, _, relevant, units in read(folder / f"{name}.jsonl", None):
            if relevant.any():
                found[name, question] = half(units[relevant.argmax()])
    return found


def nodes(tree, share):
    """Nodes with each before its children: [feature, threshold, low, high] or [value]."""
    flat = []

    def visit(node):
        at = len(flat)
        flat.append(None)
        if "leaf_value" in node:
            flat[at] = [round(share * node["leaf_value"] / START, 6)]
        else:
            low, high = visit(node["left_child"]), visit(node["right_child"])
            flat[at] = [node["split_feature"], float(f"{node['threshold']:.8g}"), low, high]
        return at

    visit(tree)
    return flat


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("features", type=Path, nargs="+", help="folder with one .jsonl a source; of the second look one a half")
    parser.add_argument("out", type=Path)
    parser.add_argument("--first", type=int, help="use the first features only")
    parser.add_argument("--twice", type=Path, help="features are of the second look; those of the first, as folder")
    arguments = parser.parse_args()
    chosen = TWICE if arguments.twice else FIRST
    first = first_looks(arguments.twice) if arguments.twice else {}
    of_half = halves(arguments.twice) if arguments.twice else {}
    questions = []
    for (at, folder), (name, weight, choice) in itertools.product(enumerate(arguments.features), SOURCES):
        for question, x, y, units in read(folder / f"{name}.jsonl", choice):
            if len(arguments.features) > 1 and of_half.get((name, question)) != at:
                continue
            x = x[:, : arguments.first]
            if arguments.twice:
                shares = np.array([first[name, question].get(unit, START_MIN) for unit in units])
                x[:, chosen["start"]] = shares / shares.max()
            questions.append((x, y, weight))
    weights = line(questions, chosen["start"])
    trees = grown(questions, weights, chosen).dump_model()["tree_info"]
    n_features = len(weights) - 1
    learned = {
        "n_features": n_features,
        "line": {
            "weights": [round(weight / START, 6) for weight in weights[:-1]],
            "start": {"feature": chosen["start"] % n_features, "weight": round(weights[-1] - 1, 6)},
        },
        "trees": [nodes(tree["tree_structure"], chosen["share"]) for tree in trees],
    }
    arguments.out.write_text(json.dumps(learned, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
