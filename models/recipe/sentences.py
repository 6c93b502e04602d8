"""Trains the sentence encoder: eight layers of multilingual-e5-small, taught Vietnamese law.

Layers are left out and the vocabulary is cut to what Vietnamese texts use (`cut`); then questions and
titles are to lie closer to their texts than to the other texts of a batch (InfoNCE), several of one law
among them, and than to texts that come close (`train`). Three in ten questions lose their diacritics.
Half of the questions written for this project are to find the clause, with another clause of its text as
what comes close, half the passage as the program reads it. Runs on a CPU or, where there is one, a GPU,
for a given number of seconds; `--half` adds questions that teach the orders too, of one half or both, and
leaves the vectors of the pieces as they are.
"""

import argparse
import collections
import json
import os
import random
import time
import unicodedata
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch.utils.data import DataLoader, IterableDataset, get_worker_info

import encoder

# Without training these rank as well as all twelve; six or the lower ones do not.
LAYERS = [0, 1, 3, 4, 6, 8, 10, 11]
PIECE_COUNT_MIN = 10
DEVICE = "cuda" if torch.cuda.is_available() else "cpu"
BATCH = 1024 if DEVICE == "cuda" else 64
# Tokens, padding included, that are read at once.
READ_AT_ONCE = 131_072 if DEVICE == "cuda" else 8192
# Of a batch, without and with questions that teach the orders.
SHARES = {"title": 0.34, "sentence": 0.08, "section": 0.12, "question": 0.14, "written": 0.32}
SHARES_WITH_HALF = {"title": 0.26, "sentence": 0.05, "section": 0.10, "question": 0.29, "written": 0.30}
HALF_SHARE = 0.55
# How many texts of one law, procedure or text stand together.
TOGETHER = {"title": 16, "section": 8, "written": 3}
BARE_SHARE, LOWER_SHARE = 0.3, 0.3
QUERY_TOKENS, TOKENS_MAX, LEAD_TOKENS = 48, 192, 40
TEMPERATURE = 0.02
RATE, RATE_WITH_HALF = 1.2e-4, 5e-5


def bare(text):
    plain = (c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return "".join(plain).replace("đ", "d").replace("Đ", "D")


def used_rows(tokenizer, texts):
    """Numbers of the pieces that texts use, with diacritics, without and in small letters."""
    counts = collections.Counter()
    for change in (str, lambda t: bare(t).lower(), str.lower):
        for start in range(0, len(texts), 2000):
            part = [change(t) for t in texts[start : start + 2000]]
            for encoding in tokenizer.encode_batch_fast(part):
                counts.update(encoding.ids)
    special = {encoder.BEGIN, encoder.PAD, encoder.END, encoder.UNKNOWN}
    return sorted(special | {row for row, n in counts.items() if n >= PIECE_COUNT_MIN})


def cut(pairs, out):
    """Writes what is started from; `pairs` is what pairs.py writes."""
    import packed

    texts = [" ".join(line.rstrip("\n").split("\t")[2:])[:3000] for line in open(pairs, encoding="utf-8")]
    pieces, tensors = packed.read()
    rows = used_rows(encoder.tokenizer(pieces), random.Random(2).sample(texts, min(len(texts), 60_000)))
    encoder.export(encoder.of_tensors(tensors, rows, LAYERS), encoder.tokenizer([pieces[row] for row in rows]), out, TOKENS_MAX)


class Passages:
    """The ids of passages, and windows of them as the program reads them."""

    def __init__(self, folder, tokenizer):
        stored = np.load(folder / "units.npz")
        self.ids = {name: stored[name] for name in ("context", "heading", "body")}
        self.ends = {name: stored[name + "_ends"] for name in self.ids}
        self.before = np.array(tokenizer.encode("passage:").ids[:-1], np.uint16)
        self.end = np.array([encoder.END], np.uint16)
        self.room = TOKENS_MAX - len(self.before) - 1

    def part(self, name, unit):
        ends = self.ends[name]
        return self.ids[name][ends[unit - 1] if unit else 0 : ends[unit]]

    def framed(self, *parts):
        ids = np.concatenate([np.asarray(part, np.uint16) for part in parts])[: self.room]
        return np.concatenate([self.before, ids, self.end])

    def window(self, unit, at, has_context=True, has_heading=True):
        """The window that has place `at` of the body; all but the first begin with the heading."""
        context = self.part("context", unit) if has_context else []
        heading = self.part("heading", unit) if has_heading else []
        first, body = np.concatenate([context, heading]).astype(np.uint16), self.part("body", unit)
        of_first = max(0, self.room - len(first))
        if at < of_first or len(body) <= of_first:
            return self.framed(first, body)
        lead = heading[:LEAD_TOKENS]
        n = self.room - len(lead)
        start = of_first + (at - of_first) // n * n
        return self.framed(lead, body[start : start + n])


class Batches(IterableDataset):
    """Batches without end: the ids of questions, then of their texts and of further ones; units of the
    texts, and to which question each further text belongs."""

    def __init__(self, folder, tokenizer, halves, seed):
        self.folder, self.tokenizer, self.seed = folder, tokenizer, seed
        self.passages = Passages(folder, tokenizer)
        found = json.loads((folder / "questions.json").read_text())
        self.titles, self.sections, self.n_law = found["titles"], found["sections"], found["n_law"]
        self.texts, self.written = found["written"]["texts"], found["written"]["learned"]
        self.questions = [q for q in found["questions"] if q[3] is None]
        self.of_halves = [q for q in found["questions"] if q[3] in halves]
        self.shares = SHARES_WITH_HALF if self.of_halves else SHARES

    def __iter__(self):
        worker = get_worker_info()
        self.rng, self.pools = random.Random(1000 * self.seed + (worker.id if worker else 0)), {}
        while True:
            yield self.batch()

    def drawn(self, kind, rows):
        """Some of `rows` that stand together."""
        if not self.pools.get(kind):
            groups = collections.defaultdict(list)
            for row in rows:
                groups[row[0]].append(row)
            n, pool = TOGETHER.get(kind, 1), []
            for group in groups.values():
                self.rng.shuffle(group)
                pool += [group[i : i + n] for i in range(0, len(group), n)]
            self.rng.shuffle(pool)
            self.pools[kind] = pool
        return self.pools[kind].pop()

    def draw(self, kind, n):
        found = []
        while len(found) < n:
            if kind == "sentence":
                n_units = len(self.passages.ends["body"])
                is_law = self.rng.random() < 0.7
                found.append(self.rng.randrange(self.n_law) if is_law else self.rng.randrange(self.n_law, n_units))
            elif kind == "question":
                is_half = self.of_halves and self.rng.random() < HALF_SHARE
                found += self.drawn(f"question {is_half}", self.of_halves if is_half else self.questions)
            else:
                found += self.drawn(kind, {"title": self.titles, "section": self.sections, "written": self.written}[kind])
        return found[:n]

    def anywhere(self, unit):
        n = len(self.passages.part("body", unit))
        return 0 if self.rng.random() < 0.65 else self.rng.randrange(max(1, n))

    def title(self, row):
        _, title, law, is_common, unit = row
        asked = f"{title} {law}" if law and (is_common or self.rng.random() < 0.3) else title
        has_law = is_common or self.rng.random() < 0.5
        return asked, unit, self.passages.window(unit, self.anywhere(unit), has_law, has_heading=False), None

    def section(self, row):
        _, asked, unit = row
        return asked, unit, self.passages.window(unit, self.anywhere(unit), False, False), None

    def sentence(self, unit):
        """Some words of a text, and the text without them."""
        body = self.passages.part("body", unit)
        if len(body) < 40:
            return None
        n = self.rng.randrange(8, 30)
        at = self.rng.randrange(len(body) - n)
        rest = np.concatenate([body[:at], body[at + n :]])
        start = max(0, at - self.rng.randrange(150)) if self.rng.random() < 0.6 else 0
        lead = (self.passages.part(name, unit)[:LEAD_TOKENS] for name in ("context", "heading"))
        return body[at : at + n], unit, self.passages.framed(*lead, rest[start:]), None

    def question(self, row):
        asked, unit, near, _ = row
        # The very nearest often answer as well.
        other = near and self.rng.choice(near[2:] if len(near) > 2 and self.rng.random() < 0.8 else near)
        read = lambda unit: self.passages.window(unit, self.anywhere(unit))
        return asked, unit, read(unit), (other, read(other)) if near else None

    def writing(self, row):
        number, right, asked = row
        text, at = self.texts[number], self.rng.choice(right)
        unit, clauses = text["unit"], text["clauses"]
        if self.rng.random() < 0.5:
            # As the body has it: a clause begins somewhere within.
            start = self.passages.part("body", unit).tobytes().find(np.array(clauses[at][1:7], np.uint16).tobytes())
            return asked, unit, self.passages.window(unit, max(0, start // 2)), None
        others = [n for n in range(len(clauses)) if n not in right and len(clauses[n]) > 6]
        other = (None, self.clause(text, self.rng.choice(others))) if others else None
        return asked, unit, self.clause(text, at), other

    def clause(self, text, at):
        headings = text["headings"]
        document = headings[0][:LEAD_TOKENS] if len(headings) > 1 and self.rng.random() < 0.5 else []
        return self.passages.framed(document, headings[-1][:50], text["clauses"][at])

    def changed(self, asked):
        asked = bare(asked) if self.rng.random() < BARE_SHARE else asked
        return asked.lower() if self.rng.random() < LOWER_SHARE else asked

    def batch(self):
        makers = {"title": self.title, "section": self.section, "sentence": self.sentence, "question": self.question}
        questions, texts, units, further = [], [], [], []
        for kind, share in self.shares.items():
            for row in self.draw(kind, round(BATCH * share)):
                made = makers.get(kind, self.writing)(row)
                if made is None:
                    continue
                asked, unit, text, other = made
                if other:
                    further.append((len(questions), *other))
                questions.append(asked if isinstance(asked, np.ndarray) else self.changed(asked))
                texts.append(text)
                units.append(unit)
        # What comes close within a text counts against its own question alone: no unit is equal to it.
        units += [unit if unit is not None else -1 - of for of, unit, _ in further]
        return self.asked(questions), texts + [text for *_, text in further], units

    def asked(self, questions):
        encoded = iter(self.tokenizer.encode_batch([f"query: {q}" for q in questions if isinstance(q, str)]))
        start, ids = np.array(self.tokenizer.encode("query:").ids[:-1]), []
        for question in questions:
            of_one = np.array(next(encoded).ids) if isinstance(question, str) else [*start, *question, encoder.END]
            ids.append(of_one if len(of_one) <= QUERY_TOKENS else [*of_one[: QUERY_TOKENS - 1], encoder.END])
        return ids


def vectors(model, sequences):
    """One a sequence; those of similar length are computed together."""
    order = sorted(range(len(sequences)), key=lambda at: len(sequences[at]))
    parts, found = [[]], []
    for at in order:
        if parts[-1] and len(sequences[at]) * (len(parts[-1]) + 1) > READ_AT_ONCE:
            parts.append([])
        parts[-1].append(at)
    for part in parts:
        ids, mask = encoder.padded([sequences[at] for at in part])
        found.append(model(ids.to(DEVICE), mask.to(DEVICE)))
    return torch.cat(found)[torch.tensor(order).argsort().to(DEVICE)]


def loss_of(model, questions, texts, units):
    with torch.autocast(DEVICE, torch.bfloat16):
        asked, said = vectors(model, questions), vectors(model, texts)
    n, units = len(questions), torch.tensor(units, device=DEVICE)
    is_same = units[:n, None] == units[None]
    is_same.fill_diagonal_(False)
    scores = (asked @ said.T / TEMPERATURE).masked_fill(is_same, -1e4)
    target = torch.arange(n, device=DEVICE)
    forth = F.cross_entropy(scores, target)
    return forth + 0.5 * F.cross_entropy(scores[:, :n].T, target), forth.detach()


def unchanged(batch):
    return batch


def drawn(batches):
    """An iterator over `batches`; with a GPU others draw ahead of it."""
    workers = {"num_workers": min(12, os.cpu_count()), "prefetch_factor": 4} if DEVICE == "cuda" else {}
    return iter(DataLoader(batches, batch_size=None, collate_fn=unchanged, **workers))


def train(model, batches, seconds, rate, last):
    matrices = [p for p in model.parameters() if p.requires_grad and p.ndim > 1]
    others = [p for p in model.parameters() if p.requires_grad and p.ndim <= 1]
    groups = [{"params": matrices, "weight_decay": 0.01}, {"params": others, "weight_decay": 0.0}]
    optimiser = torch.optim.AdamW(groups, lr=rate, betas=(0.9, 0.98))
    coming = drawn(batches)
    started, step, losses = time.time(), 0, []
    while (share := (time.time() - started) / seconds) < 1:
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 25) * max(last, 1 - share)
        loss, forth = loss_of(model, *next(coming))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        step += 1
        losses.append(forth)
        if step % 50 == 0:
            print(f"{step} {share:.2f} {float(torch.stack(losses[-50:]).mean()):.4f}", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    steps = parser.add_subparsers(dest="step", required=True)
    of_cut = steps.add_parser("cut")
    of_cut.add_argument("pairs", type=Path)
    of_cut.add_argument("out", type=Path)
    of_train = steps.add_parser("train")
    of_train.add_argument("start", type=Path, help="the folder of an encoder")
    of_train.add_argument("units", type=Path, help="what units.py writes")
    of_train.add_argument("out", type=Path)
    of_train.add_argument("--seconds", type=float, required=True)
    of_train.add_argument("--half", type=int, action="append", default=[])
    of_train.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    if arguments.step == "cut":
        cut(arguments.pairs, arguments.out)
        return
    torch.manual_seed(arguments.seed)
    tokenizer = Tokenizer.from_file(str(arguments.start / "tokenizer.json"))
    model = encoder.load(arguments.start).to(DEVICE)
    model.words.requires_grad_(not arguments.half)
    model.positions.requires_grad_(not arguments.half)
    batches = Batches(arguments.units, tokenizer, set(arguments.half), arguments.seed)
    rate, last = (RATE_WITH_HALF, 0.02) if arguments.half else (RATE, 0.25)
    train(model, batches, arguments.seconds, rate, last)
    encoder.export(model.cpu(), tokenizer, arguments.out, TOKENS_MAX)


if __name__ == "__main__":
    main()
