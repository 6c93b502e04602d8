"""Learns the order of candidates from what `camnang eval --features` prints: a line, and trees upon it.

The line weighs by how many standard deviations each feature stands out among the candidates of its
question, and holds on collections that it was not learned on. The trees (LambdaMART) start from BM25
and the line. Which questions are learned from is listed in SOURCES; nothing else may be.
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy as np
from scipy.optimize import minimize

PARAMETERS = dict(
    objective="lambdarank", learning_rate=0.03, num_leaves=15, feature_fraction=0.7,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, lambdarank_truncation_level=20, seed=1, deterministic=True,
    verbose=-1,
)  # fmt: skip
FIRST = dict(n_trees=400, min_data_in_leaf=300)
# The second look has fewer candidates a question to learn from.
TWICE = dict(n_trees=300, min_data_in_leaf=100)
# BM25's score is its share of the best to the power of one; what is learned is a quarter of that.
START = 4
# Draws the line to BM25 alone.
RIDGE = 0.1
DEVIATION_MIN = BM25_MIN = 1e-3

# File, weight, and which questions: all, so many first ones, or those about every second document.
SOURCES = [
    ("zalo", 1.0, None),
    ("zalo_bare", 0.5, None),
    ("hotich", 0.3, "half"),
    ("vncivil", 1.0, 1000),
    ("vicov19qa", 1.0, 600),
]


def read(path, choice):
    """For each chosen question the features of its candidates and which of them are relevant."""
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
        units = sorted({unit for _, rows in questions for *_, unit in rows})
        learned = set(units[::2])
        relevant = {q: [unit for _, grade, unit in rows if grade] for q, rows in questions}
        questions = [(q, rows) for q, rows in questions if relevant[q] and relevant[q][0] in learned]
    split = lambda rows: (np.array([f for f, *_ in rows], np.float64), np.array([grade for _, grade, _ in rows]))
    return [split(rows) for _, rows in questions]


def standing_out(features):
    """Deviations above the mean of the candidates, then what BM25 starts from."""
    deviations = (features - features.mean(0)) / (features.std(0) + DEVIATION_MIN)
    return np.hstack([deviations, START * np.log(np.maximum(features[:, :1], BM25_MIN))])


def line(questions):
    """The weights under which the relevant candidates are likeliest; `questions` come with a weight."""
    known = [(standing_out(x), y / y.sum(), weight) for x, y, weight in questions if y.any()]
    bm25_alone = np.zeros(known[0][0].shape[1])
    bm25_alone[-1] = 1
    total = sum(weight for *_, weight in known)

    def loss(weights):
        value, gradient = 0.0, np.zeros_like(weights)
        for x, y, weight in known:
            scores = x @ weights
            likely = np.exp(scores - scores.max())
            likely /= likely.sum()
            value -= weight * (y * np.log(likely + 1e-12)).sum()
            gradient += weight * (x.T @ (likely - y))
        away = weights - bm25_alone
        return value / total + RIDGE * (away**2).sum(), gradient / total + 2 * RIDGE * away

    return minimize(loss, bm25_alone, jac=True, method="L-BFGS-B").x


def grown(questions, weights, chosen):
    """Trees that start from the line."""
    data = lightgbm.Dataset(
        np.vstack([x for x, *_ in questions]).astype(np.float32),
        np.concatenate([y for _, y, _ in questions]),
        group=[len(y) for _, y, _ in questions],
        init_score=np.concatenate([standing_out(x) @ weights for x, *_ in questions]),
        weight=np.concatenate([np.full(len(y), weight) for _, y, weight in questions]),
    )
    parameters = {**PARAMETERS, "min_data_in_leaf": chosen["min_data_in_leaf"]}
    return lightgbm.train(parameters, data, chosen["n_trees"]).dump_model()["tree_info"]


def nodes(tree):
    """Nodes with each before its children: [feature, threshold, low, high] or [value]."""
    flat = []

    def visit(node):
        at = len(flat)
        flat.append(None)
        if "leaf_value" in node:
            flat[at] = [round(node["leaf_value"] / START, 6)]
        else:
            low, high = visit(node["left_child"]), visit(node["right_child"])
            flat[at] = [node["split_feature"], float(f"{node['threshold']:.8g}"), low, high]
        return at

    visit(tree["tree_structure"])
    return flat


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("features", type=Path, help="folder with one .jsonl a source")
    parser.add_argument("out", type=Path)
    parser.add_argument("--first", type=int, help="use the first features only")
    parser.add_argument("--twice", action="store_true", help="features of the second look")
    arguments = parser.parse_args()
    questions = []
    for name, weight, choice in SOURCES:
        of_source = read(arguments.features / f"{name}.jsonl", choice)
        questions += [(x[:, : arguments.first], y, weight) for x, y in of_source]
    weights = line(questions)
    trees = grown(questions, weights, TWICE if arguments.twice else FIRST)
    learned = {
        "n_features": len(weights) - 1,
        "line": {
            "weights": [round(weight / START, 6) for weight in weights[:-1]],
            "bm25": round(weights[-1] - 1, 6),
        },
        "trees": [nodes(tree) for tree in trees],
    }
    arguments.out.write_text(json.dumps(learned, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
