"""Questions without known answers, labelled with what the ranking by words is surest of.

`unlabelled QUESTIONS CORPUS OUT` writes judgements that make `camnang eval --features` rank them all;
`labelled FEATURES LEARNED QUESTIONS CORPUS OUT` reads what that prints and the order by words, and
keeps the two thirds of the questions whose best article stands out most, each with three articles
further down that do not answer it.
"""

import json
import random
import sys
from pathlib import Path

import numpy as np

import order
from pairs import rows

KEPT_SHARE = 0.65
N_SCORED = 40


def value(tree, features):
    node = tree[0]
    while len(node) > 1:
        feature, threshold, low, high = node
        node = tree[low if features[feature] <= threshold else high]
    return node[0]


def unlabelled(questions, corpus, out):
    any_unit = next(rows(corpus))["id"]
    lines = [f"{q['id']}\t{any_unit}\t1\n" for q in rows(questions)]
    Path(out).write_text("query-id\tcorpus-id\tscore\n" + "".join(lines))


def scores(features, learned):
    """Of candidates with these features, one a row, by which they are ordered."""
    start = learned["line"]["start"]
    known = order.standing_out(features, start["feature"])
    weights = np.append(learned["line"]["weights"], (1 + start["weight"]) / order.START)
    trees = [sum(value(tree, row) for tree in learned["trees"]) for row in features]
    return known @ weights + trees


def best_and_others(features, learned):
    """For each question by how much its best unit stands out, that unit, and three further down."""
    candidates = {}
    for line in open(features, encoding="utf-8"):
        row = json.loads(line)
        candidates.setdefault(row["question"], []).append((row["unit"], row["features"]))
    found = {}
    for question, units in candidates.items():
        scored = scores(np.array([f for _, f in units]), learned)[:N_SCORED]
        best = sorted(((score, unit) for score, (unit, _) in zip(scored, units)), reverse=True)
        if len(best) > 16:
            others = random.Random(question).sample(best[4:16], 3)
            found[question] = best[0][0] - best[1][0], best[0][1], [unit for _, unit in others]
    return found


def labelled(features, learned, questions, corpus, out):
    found = best_and_others(features, json.loads(Path(learned).read_text()))
    margins = sorted(margin for margin, *_ in found.values())
    least = margins[int(len(margins) * (1 - KEPT_SHARE))]
    kept = {question: (unit, others) for question, (margin, unit, others) in found.items() if margin >= least}
    needed = {unit for unit, others in kept.values() for unit in [unit, *others]}
    texts = {
        r["id"]: " ".join(f"{r['title']}. {r['text'][:3000]}".split()) for r in rows(corpus) if r["id"] in needed
    }
    asked = {str(q["id"]): q["text"] for q in rows(questions)}
    pairs = [(asked[q], texts[unit], [texts[o] for o in others]) for q, (unit, others) in kept.items()]
    Path(out).write_text(json.dumps(pairs, ensure_ascii=False))
    print(len(pairs), "labelled")


if __name__ == "__main__":
    {"unlabelled": unlabelled, "labelled": labelled}[sys.argv[1]](*sys.argv[2:])
