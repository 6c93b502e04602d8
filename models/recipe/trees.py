"""Learns the order of candidates: LambdaMART from what `camnang eval --features` prints.

The trees start from BM25 (4 ln of its share of the best score), so that where they know nothing
its order stays; with `--twice` a little of how far the cosine stands out is added to that start. Which
questions are learned from is listed in SOURCES; nothing else may be.
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy as np

PARAMETERS = dict(
    objective="lambdarank", learning_rate=0.03, num_leaves=15, feature_fraction=0.7,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, lambdarank_truncation_level=20, seed=1, deterministic=True,
    verbose=-1,
)
N_TREES = 400
START = 4

# For the second look, which has fewer candidates a question to learn from.
TWICE = dict(n_trees=300, min_data_in_leaf=100, share=0.8)
STANDING_OUT, STANDING_OUT_WEIGHT, STEP = 27, 0.05, 0.25

# File, weight, and which questions: all, so many first ones, or those about every second document.
SOURCES = [
    ("zalo", 1.0, None),
    ("zalo_bare", 0.5, None),
    ("hotich", 0.5, "half"),
    ("vncivil", 0.3, 1000),
    ("vicov19qa", 0.3, 600),
]


def read(path, choice):
    """Candidates of the chosen questions: features, relevance, and how many each question has."""
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
    rows = [row for _, rows in questions for row in rows]
    features = np.array([f for f, *_ in rows], np.float32)
    return features, np.array([grade for _, grade, _ in rows]), [len(rows) for _, rows in questions]


def steps(lowest=-3.0, highest=4.5):
    """A tree that is nearly a line: what standing out adds, in steps."""
    flat = []

    def visit(low, high):
        at = len(flat)
        flat.append(None)
        if high - low <= STEP:
            flat[at] = [round(STANDING_OUT_WEIGHT * (low + high) / 2, 6)]
        else:
            middle = low + STEP * round((high - low) / STEP / 2)
            below, above = visit(low, middle), visit(middle, high)
            flat[at] = [STANDING_OUT, middle, below, above]
        return at

    visit(lowest, highest)
    return flat


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

    visit(tree["tree_structure"])
    return flat


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("features", type=Path, help="folder with one .jsonl a source")
    parser.add_argument("out", type=Path)
    parser.add_argument("--first", type=int, help="use the first features only")
    parser.add_argument("--twice", action="store_true", help="features of the second look")
    arguments = parser.parse_args()
    chosen = TWICE if arguments.twice else dict(n_trees=N_TREES, min_data_in_leaf=300, share=1.0)
    parts = [(*read(arguments.features / f"{name}.jsonl", choice), weight) for name, weight, choice in SOURCES]
    features = np.vstack([part[0] for part in parts])
    start = START * np.log(np.maximum(features[:, 0], 1e-3))
    if arguments.twice:
        start += START * STANDING_OUT_WEIGHT * features[:, STANDING_OUT]
    features = features[:, : arguments.first]
    data = lightgbm.Dataset(
        features,
        np.concatenate([part[1] for part in parts]),
        group=[n for part in parts for n in part[2]],
        init_score=start,
        weight=np.concatenate([np.full(len(part[1]), part[3]) for part in parts]),
    )
    parameters = {**PARAMETERS, "min_data_in_leaf": chosen["min_data_in_leaf"]}
    model = lightgbm.train(parameters, data, chosen["n_trees"])
    trees = [nodes(tree, chosen["share"]) for tree in model.dump_model()["tree_info"]]
    trees += [steps()] if arguments.twice else []
    forest = {"n_features": features.shape[1], "trees": trees}
    arguments.out.write_text(json.dumps(forest, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
