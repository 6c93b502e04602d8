"""Trains the static token embedding: one vector a word and a pair of words, contrastively.

A text's vector is the sum of the vectors of its words (marked form and bare form) and of its pairs
of neighbouring words (bare form), normalised. Texts that mean the same are to lie closer than the
other texts of a batch (InfoNCE, both ways). Runs on a CPU or, where there is one, a GPU.
"""

import argparse
import json
import math
import random
import subprocess
import tempfile
import time
from array import array
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import save_file

DIMENSIONS = 256
KEPT = 128
N_PAIRS_OF_WORDS = 60_000
WORD_COUNT_MIN = 15
WORDS_MAX = 384
WINDOW = 96
BATCH = 1024
PER_GROUP = 16
TEMPERATURE = 0.05
LEARNING_RATE = 4e-3
BARE_SHARE = 0.3


def folded(binary, lines, bare):
    """Words of all `lines` as numbers, the end of each line among them, and what the numbers mean."""
    with tempfile.NamedTemporaryFile("w", encoding="utf-8") as text:
        text.writelines(line + "\n" for line in lines)
        text.flush()
        command = [binary, "words", text.name, *(["--bare"] if bare else [])]
        words = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        known, ids, ends = {}, array("i"), []
        for line in words.stdout:
            # A stray combining mark has no bare form: it stays as an empty word.
            for word in line.rstrip("\n").split(" ")[:WORDS_MAX] if line != "\n" else []:
                ids.append(known.setdefault(word, len(known)))
            ends.append(len(ids))
        assert words.wait() == 0 and len(ends) == len(lines)
    return np.frombuffer(ids, dtype=np.int32), np.array(ends), list(known)


class Vocabulary:
    """Rows of the table: marked words, bare words, pairs of bare words; those seen often enough."""

    def __init__(self, marked, bare):
        (marked_ids, ends, marked_words), (bare_ids, bare_ends, bare_words) = marked, bare
        assert (ends == bare_ends).all()
        marked_rows, self.marked, marked_counts = self.frequent(marked_ids, len(marked_words), 0)
        bare_rows, self.bare, bare_counts = self.frequent(bare_ids, len(bare_words), len(self.marked))
        pairs = bare_ids[:-1].astype(np.int64) * len(bare_words) + bare_ids[1:]
        is_inside = np.ones(len(pairs), bool)
        is_inside[ends[(ends > 0) & (ends < len(bare_ids))] - 1] = False
        values, inverse, counts = np.unique(pairs, return_inverse=True, return_counts=True)
        counts = np.bincount(inverse, weights=is_inside, minlength=len(values))
        chosen = np.sort(np.argsort(-counts, kind="stable")[:N_PAIRS_OF_WORDS])
        start = len(self.marked) + len(self.bare)
        self.n_rows = start + len(chosen)
        pair_rows = np.full(len(values), self.n_rows, np.int32)
        pair_rows[chosen] = np.arange(len(chosen)) + start
        pair_rows = np.where(is_inside, pair_rows[inverse], self.n_rows)
        self.marked = [marked_words[i] for i in self.marked]
        self.bare = [bare_words[i] for i in self.bare]
        self.pairs = [(bare_words[v // len(bare_words)], bare_words[v % len(bare_words)]) for v in values[chosen]]
        rows = np.stack([marked_rows, bare_rows, np.append(pair_rows, self.n_rows).astype(np.int32)])
        self.rows = np.where(rows < 0, self.n_rows, rows)
        self.ends = ends
        counts = np.concatenate([marked_counts, bare_counts, counts[chosen]])
        self.shares = counts / len(bare_ids)

    @staticmethod
    def frequent(ids, n_words, start):
        """The row of each word or -1, the numbers of the words with rows, and how often they occur."""
        counts = np.bincount(ids, minlength=n_words)
        chosen = np.flatnonzero(counts >= WORD_COUNT_MIN)
        rows = np.full(n_words, -1, np.int32)
        rows[chosen] = np.arange(len(chosen)) + start
        return rows[ids], chosen, counts[chosen]

    def text(self, at):
        """Rows of text number `at`, shape [3, n_words]; `n_rows` stands for what is unknown."""
        start = self.ends[at - 1] if at else 0
        return self.rows[:, start : self.ends[at]]


def window(rows, rng):
    n = rows.shape[1]
    if n <= WINDOW:
        return rows
    start = 0 if rng.random() < 0.4 else rng.randrange(n - WINDOW)
    return rows[:, start : start + WINDOW]


def bags(texts, device):
    flat = [t.ravel() for t in texts]
    offsets = np.cumsum([0] + [len(t) for t in flat[:-1]])
    ids = torch.from_numpy(np.concatenate(flat)).long()
    return ids.to(device), torch.from_numpy(offsets).long().to(device)


def batches(groups, rng):
    """Indexes of pairs, up to PER_GROUP of a group together."""
    chunks = []
    for members in groups.values():
        rng.shuffle(members)
        chunks += [members[i : i + PER_GROUP] for i in range(0, len(members), PER_GROUP)]
    rng.shuffle(chunks)
    order = [i for chunk in chunks for i in chunk]
    return [order[i : i + BATCH] for i in range(0, len(order) - BATCH + 1, BATCH)]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--binary", default="target/release/camnang")
    parser.add_argument("--epochs", type=int, default=6)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    rng = random.Random(arguments.seed)
    torch.manual_seed(arguments.seed)
    device = "cuda" if torch.cuda.is_available() else "cpu"

    lines = [l.rstrip("\n").split("\t") for l in open(arguments.pairs, encoding="utf-8")]
    lines = [l for l in lines if len(l) == 4]
    texts = [text for l in lines for text in l[2:]]
    vocabulary = Vocabulary(*(folded(arguments.binary, texts, bare) for bare in (False, True)))
    encoded = [vocabulary.text(at) for at in range(len(texts))]
    groups = {}
    for i, (kind, group, *_) in enumerate(lines):
        if encoded[2 * i].shape[1] and encoded[2 * i + 1].shape[1]:
            # Few and real: seen more often.
            groups.setdefault((group, kind == "question"), []).extend([i] * (3 if kind == "question" else 1))
    print(f"{len(lines)} pairs, {vocabulary.n_rows} rows, {device}", flush=True)

    # Rare words start longer: smooth inverse frequency (Arora, Liang and Ma, ICLR 2017).
    rarity = torch.from_numpy(1e-3 / (1e-3 + np.append(vocabulary.shares, 1.0))).float()
    table = torch.nn.EmbeddingBag(vocabulary.n_rows + 1, DIMENSIONS, mode="sum", padding_idx=vocabulary.n_rows)
    with torch.no_grad():
        table.weight.copy_(torch.randn_like(table.weight) / math.sqrt(DIMENSIONS) * rarity[:, None])
        table.weight[-1] = 0
    table.to(device)
    optimiser = torch.optim.Adam(table.parameters(), lr=LEARNING_RATE)
    n_steps = arguments.epochs * len(batches(groups, rng))
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, LEARNING_RATE, total_steps=n_steps, pct_start=0.05)
    started, step = time.time(), 0
    for epoch in range(arguments.epochs):
        losses = []
        for batch in batches(groups, rng):
            if step >= n_steps:
                break
            asked = [encoded[2 * i] for i in batch]
            asked = [a[1:] if rng.random() < BARE_SHARE else a for a in asked]
            found = [window(encoded[2 * i + 1], rng) for i in batch]
            a, b = (torch.nn.functional.normalize(table(*bags(t, device)), dim=1) for t in (asked, found))
            scores = a @ b.T / TEMPERATURE
            target = torch.arange(len(batch), device=device)
            loss = torch.nn.functional.cross_entropy(scores, target) + torch.nn.functional.cross_entropy(
                scores.T, target
            )
            optimiser.zero_grad()
            loss.backward()
            optimiser.step()
            schedule.step()
            losses.append(loss.item() / 2)
            step += 1
            if step % 50 == 0:
                print(f"{step}/{n_steps} {np.mean(losses[-50:]):.4f} {time.time() - started:.0f} s", flush=True)
    with torch.no_grad():
        sample = rng.sample(range(len(encoded)), min(24_000, len(encoded)))
        vectors = [table(*bags([window(encoded[i], rng)], device)) for i in sample]
        weights = principal(table.weight[:-1].cpu(), torch.cat(vectors).cpu())
    export(weights, vocabulary, arguments.out)


def principal(weights, vectors):
    """`weights` in the KEPT directions in which texts differ most: half the size, hardly a loss."""
    vectors = torch.nn.functional.normalize(vectors, dim=1)
    _, directions = torch.linalg.eigh(vectors.T @ vectors)
    return weights @ directions.flip(1)[:, :KEPT]


def export(weights, vocabulary, out):
    """Writes the model folder: a byte a number, 128 for zero, and a scale a row."""
    out.mkdir(parents=True, exist_ok=True)
    scales = weights.abs().max(dim=1).values.clamp(min=1e-8) / 127
    numbers = (weights / scales[:, None]).round().clamp(-127, 127) + 128
    save_file({"weights": numbers.to(torch.uint8), "scales": scales}, out / "model.safetensors")
    config = {"model_type": "camnang-words", "hidden_size": weights.shape[1], "vocab_size": len(weights)}
    (out / "config.json").write_text(json.dumps(config) + "\n")
    with open(out / "vocabulary.txt", "w", encoding="utf-8") as lines:
        for kind, words in (("marked", vocabulary.marked), ("bare", vocabulary.bare)):
            lines.writelines(f"{kind} {word}\n" for word in words)
        lines.writelines(f"pair {first} {second}\n" for first, second in vocabulary.pairs)


if __name__ == "__main__":
    main()
