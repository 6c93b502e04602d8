"""Trains the sentence encoder: eight layers of multilingual-e5-small, taught Vietnamese law.

Layers are left out and the vocabulary is cut to what Vietnamese texts use; then questions and titles
are to lie closer to their texts than to the other texts of a batch (InfoNCE), several of one law
among them. Three in ten questions lose their diacritics. Runs on a CPU or, where there is one, a GPU,
for a given number of minutes.
"""

import argparse
import collections
import json
import random
import time
import unicodedata
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

import encoder
import packed

# Without training these rank as well as all twelve; six or the lower ones do not.
LAYERS = [0, 1, 3, 4, 6, 8, 10, 11]
PIECE_COUNT_MIN = 10
BATCH = 64
# Of a batch, and how many texts of one law or procedure stand together.
SHARES = {"title": (0.42, 8), "question": (0.30, 4), "section": (0.18, 8), "sentence": (0.10, 4)}
NEGATIVES_MAX = 10
BARE_SHARE, LOWER_SHARE = 0.3, 0.3
QUERY_TOKENS, PASSAGE_TOKENS, PREFIX_TOKENS = 40, 120, 5
TEMPERATURE = 0.02
LEARNING_RATE = 6e-5
TOKENS_MAX = 192


def bare(text):
    plain = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(plain).replace("đ", "d").replace("Đ", "D")


def read_pairs(path, questions, rng):
    """Pairs by kind and group, and texts that do not answer, by question."""
    pairs, negatives = {}, {}
    for line in open(path, encoding="utf-8"):
        kind, group, a, b = line.rstrip("\n").split("\t")
        is_dull = kind == "title" and len(a.split()) < 4 or kind == "sentence" and rng.random() > 0.25
        if not is_dull:
            pairs.setdefault(kind, {}).setdefault(group, []).append((a, b))
    for question, text, others in json.loads(questions.read_text()):
        group = f"labelled {rng.randrange(400)}"
        pairs["question"].setdefault(group, []).append((question, text))
        negatives[question] = others
    return pairs, negatives


def used_rows(tokenizer, pairs, rng):
    """Numbers of the pieces that texts use, with diacritics, without and in small letters."""
    counts = collections.Counter()
    texts = [f"{a} {b[:3000]}" for groups in pairs.values() for group in groups.values() for a, b in group]
    texts = rng.sample(texts, min(len(texts), 60_000))
    for change in (str, lambda t: bare(t).lower(), str.lower):
        for start in range(0, len(texts), 2000):
            part = [change(t) for t in texts[start : start + 2000]]
            for encoding in tokenizer.encode_batch_fast(part):
                counts.update(encoding.ids)
    special = {encoder.BEGIN, encoder.PAD, encoder.END, encoder.UNKNOWN}
    return sorted(special | {row for row, n in counts.items() if n >= PIECE_COUNT_MIN})


class Batches:
    """Draws batches of sequences without end: questions, then their texts, then further texts."""

    def __init__(self, tokenizer, pairs, negatives, rng):
        self.tokenizer, self.pairs, self.negatives, self.rng = tokenizer, pairs, negatives, rng
        self.pools = {kind: [] for kind in SHARES}

    def draw(self, kind, n, per_group):
        drawn = []
        while len(drawn) < n:
            if not self.pools[kind]:
                for group in self.pairs[kind].values():
                    self.rng.shuffle(group)
                    self.pools[kind] += [group[i : i + per_group] for i in range(0, len(group), per_group)]
                self.rng.shuffle(self.pools[kind])
            drawn += self.pools[kind].pop()
        return drawn[:n]

    def next(self):
        questions, texts, further = [], [], []
        for kind, (share, per_group) in SHARES.items():
            for a, b in self.draw(kind, round(BATCH * share), per_group):
                if a in self.negatives and len(further) < NEGATIVES_MAX:
                    further.append(self.rng.choice(self.negatives[a]))
                a = bare(a) if self.rng.random() < BARE_SHARE else a
                questions.append("query: " + (a.lower() if self.rng.random() < LOWER_SHARE else a))
                texts.append(b)
        texts = ["passage: " + text[:2500] for text in texts + further]
        asked = [e.ids for e in self.tokenizer.encode_batch(questions)]
        asked = [e[: QUERY_TOKENS - 1] + [encoder.END] if len(e) > QUERY_TOKENS else e for e in asked]
        return asked, [self.window(e.ids) for e in self.tokenizer.encode_batch(texts)]

    def window(self, ids):
        if len(ids) <= PASSAGE_TOKENS:
            return ids
        n = PASSAGE_TOKENS - PREFIX_TOKENS - 1
        start = PREFIX_TOKENS if self.rng.random() < 0.65 else self.rng.randrange(PREFIX_TOKENS, len(ids) - n)
        return ids[:PREFIX_TOKENS] + ids[start : start + n] + [encoder.END]


def vectors(model, sequences, device):
    """One a sequence; those of similar length are computed together."""
    order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
    parts = [order[at : at + BATCH // 2] for at in range(0, len(order), BATCH // 2)]
    found = []
    for part in parts:
        ids, mask = encoder.padded([sequences[at] for at in part])
        with torch.autocast(device, torch.bfloat16):
            found.append(model(ids.to(device), mask.to(device)))
    return torch.cat(found)[torch.tensor(order).argsort().to(device)]


def train(model, batches, minutes, device):
    matrices = [p for p in model.parameters() if p.ndim > 1]
    others = [p for p in model.parameters() if p.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=LEARNING_RATE, betas=(0.9, 0.98))
    started, step, losses = time.time(), 0, []
    while (share := (time.time() - started) / (60 * minutes)) < 1:
        for group in optimiser.param_groups:
            group["lr"] = LEARNING_RATE * min(1, (step + 1) / 25) * max(0.02, 1 - share)
        asked, texts = (vectors(model, s, device) for s in batches.next())
        scores = asked @ texts.T / TEMPERATURE
        target = torch.arange(len(asked), device=device)
        forth = F.cross_entropy(scores, target)
        loss = forth + 0.5 * F.cross_entropy(scores.T[: len(asked)], target)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        losses.append(forth.item())
        if step % 20 == 0:
            print(f"{step} {share:.2f} {np.mean(losses[-20:]):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("questions", type=Path, help="what label.py writes")
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, default=52)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"
    pairs, negatives = read_pairs(arguments.pairs, arguments.questions, rng)
    tensors, pieces, scores = packed.read()
    whole = [(piece, float(score)) for piece, score in zip(pieces, scores)]
    rows = used_rows(encoder.tokenizer(whole), pairs, rng)
    tokenizer = encoder.tokenizer([whole[row] for row in rows])
    model = encoder.of_tensors(tensors, rows, LAYERS).to(device)
    print(f"{len(rows)} rows, {device}", flush=True)
    train(model, Batches(tokenizer, pairs, negatives, rng), arguments.minutes, device)
    encoder.export(model.cpu(), tokenizer, arguments.out, TOKENS_MAX)


if __name__ == "__main__":
    main()
