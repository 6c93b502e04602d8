"""Learns the order of candidates: LambdaMART from what `camnang eval --features` prints.

The trees start from BM25 (4 ln of its share of the best score), so that where they know nothing
its order stays. Which questions are learned from is listed in SOURCES; nothing else may be.
"""

import argparse
import json
from pathlib import Path

import lightgbm
import numpy as np

PARAMETERS = dict(
    objective="lambdarank", learning_rate=0.03, num_leaves=15, min_data_in_leaf=300, feature_fraction=0.7,
    bagging_fraction=0.8, bagging_freq=1, lambda_l2=5, lambdarank_truncation_level=20, seed=1, deterministic=True,
    verbose=-1,
)
N_TREES = 400
START = 4

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
    arguments = parser.parse_args()
    parts = [(*read(arguments.features / f"{name}.jsonl", choice), weight) for name, weight, choice in SOURCES]
    features = np.vstack([part[0] for part in parts])
    start = START * np.log(np.maximum(features[:, 0], 1e-3))
    features = features[:, : arguments.first]
    data = lightgbm.Dataset(
        features,
        np.concatenate([part[1] for part in parts]),
        group=[n for part in parts for n in part[2]],
        init_score=start,
        weight=np.concatenate([np.full(len(part[1]), part[3]) for part in parts]),
    )
    model = lightgbm.train(PARAMETERS, data, N_TREES)
    trees = [nodes(tree) for tree in model.dump_model()["tree_info"]]
    forest = {"n_features": features.shape[1], "trees": trees}
    arguments.out.write_text(json.dumps(forest, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()
