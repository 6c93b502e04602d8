"""Texts as ids: passages as the program reads them, and the questions that are asked of them.

`units.py DATA FEATURES LABELLED ENCODER OUT` writes `units.npz` (ids of context, heading and body of each
passage) and `questions.json`: what is asked of which passage, with passages that come close, and to which
half a question belongs that teaches the orders too. An encoder that learned from one half shows the order
how it sees the other; see `run.sh`.
"""

import collections
import json
import sys
from pathlib import Path

import numpy as np
from tokenizers import Tokenizer

import written
from groups import cut
from groups import SECTIONS as PARTS
from pairs import SECTIONS, every_second, flat, half, judgements, rows

BODY_LENGTH = {"legal": 6000, "procedure": 3500, "section": 3000, "document": 4500, "web": 4500, "encyclopedia": 3000}
ENCYCLOPEDIA_MAX = 22_000
# Texts with these numbers of 15 are kept out of training, to see what was learned.
HELD_OUT = lambda number: number % 15 == 7
# Question sets with how many first questions teach the orders, which see a candidate as a stranger does.
SETS = {"vncivil": 1000, "vicov19qa": 600, "mailong25_googleqa": 0}
N_NEAR = 30


class Units:
    """Collects passages, each once, by a key."""

    def __init__(self):
        self.parts, self.numbers = [], {}

    def add(self, key, context, heading, body, kind):
        if key not in self.numbers:
            self.numbers[key] = len(self.parts)
            self.parts.append((flat(context), flat(heading), flat(body[: BODY_LENGTH[kind]])))
        return self.numbers[key]

    def ids(self, tokenizer):
        found = {}
        for at, name in enumerate(("context", "heading", "body")):
            encoded = tokenizer.encode_batch_fast([parts[at] for parts in self.parts], add_special_tokens=False)
            found[name] = np.concatenate([np.array(e.ids, np.uint16) for e in encoded])
            found[name + "_ends"] = np.cumsum([len(e.ids) for e in encoded])
        return found


def titles_and_sections(data, units):
    """Titles and names of sections with the passages that they are the titles of."""
    articles = list(rows(data / "legal/corpus.jsonl.gz"))
    often = collections.Counter(a["title"] for a in articles)
    titles, sections = [], []
    for a in articles:
        law, number = a.get("law_title") or "", a.get("law_number") or ""
        unit = units.add(("legal", a["id"]), f"{law} {number}", a["title"], a["text"], "legal")
        if len(a["text"].split()) >= 8 and len(a["title"].split()) >= 3:
            titles.append((number or a["id"].split("|")[0], a["title"], law, often[a["title"]] > 3, unit))
    for p in rows(data / "procedures/corpus.jsonl.gz"):
        unit = units.add(("procedures", p["id"]), "", p["title"], p["text"], "procedure")
        titles.append((p.get("linh_vuc") or "", p["title"], "", False, unit))
        for field, name in SECTIONS.items():
            text = p["sections"].get(field)
            if isinstance(text, str) and len(text.split()) >= 8:
                key = ("section", p["id"], field)
                sections.append((p["id"], f"{name} {p['title']}", units.add(key, "", f"{p['title']} {name}", text, "section")))
    for name in ("congbao", "new2026"):
        for number, (document, heading), body in written.articles(data, name):
            if len(body.split()) >= 12:
                unit = units.add((name, number, heading), document, heading, body, "document")
                if len(heading.split()) >= 3:
                    titles.append((number, heading, document[:110], False, unit))
    return titles, sections


def encyclopedia(data, units):
    n = 0
    for a in rows(data / "text/viwiki.jsonl.gz"):
        for at, part in enumerate(a["text"].split("\n\n")):
            if n < ENCYCLOPEDIA_MAX and len(part.split()) >= 40:
                units.add(("encyclopedia", a["title"], at), "", a["title"], part, "encyclopedia")
                n += 1


def candidates(features, name):
    """By question the units that BM25 finds, best first, with whether each is relevant."""
    found = collections.defaultdict(list)
    for line in open(features / f"{name}.jsonl", encoding="utf-8"):
        row = json.loads(line)
        found[row["question"]].append((row["unit"], row["grade"] > 0))
    return found


def asked_of(data, features, units):
    """Questions of the sets: text, unit, units that come close, and the half or none."""
    legal = lambda unit: units.numbers["legal", unit]
    texts = {q["id"]: q["text"] for q in rows(data / "zalo/train.queries.jsonl.gz")}
    for question, found in candidates(features, "zalo").items():
        right = [unit for unit, is_relevant in found if is_relevant]
        near = [legal(unit) for unit, is_relevant in found[:N_NEAR] if not is_relevant]
        yield from ((texts[question], legal(unit), near, half(right[0])) for unit in right)

    procedures = {r["id"]: r for r in rows(data / "hotich/corpus.jsonl.gz")}
    learned = every_second(procedures)
    texts = {q["id"]: q["text"] for q in rows(data / "hotich/train.queries.jsonl.gz")}
    own = lambda p: units.add(("hotich", p), "", procedures[p]["title"], procedures[p]["text"], "procedure")
    for question, found in candidates(features, "hotich").items():
        right = [unit for unit, is_relevant in found if is_relevant]
        if right and right[0] in learned:
            near = [own(unit) for unit, is_relevant in found[:20] if not is_relevant and unit in learned]
            yield texts[question], own(right[0]), near, half(right[0])

    for name, n_ordering in SETS.items():
        texts = {r["id"]: r for r in rows(data / f"pairs/{name}/corpus.jsonl.gz")}
        own = lambda u: units.add((name, u), "", texts[u].get("title") or "", texts[u]["text"], "web")
        right = collections.defaultdict(list)
        for query, unit, is_relevant in judgements(data / "pairs" / name):
            if is_relevant:
                right[query].append(unit)
        near = candidates(features, name) if n_ordering else {}
        for at, q in enumerate(rows(data / f"pairs/{name}/queries.jsonl.gz")):
            found = near.get(q["id"], [])
            answers = [u for u, is_relevant in found if is_relevant] or right[q["id"]]
            if answers:
                others = [own(u) for u, is_relevant in found[:25] if not is_relevant]
                yield q["text"], own(answers[0]), others[:12], half(answers[0]) if at < n_ordering else None


def labelled_questions(data, labelled, units):
    start = lambda text: " ".join(text.split())[:400]
    known = {start(f"{a['title']}. {a['text'][:3000]}"): a["id"] for a in rows(data / "legal/corpus.jsonl.gz")}
    unit = lambda text: units.numbers["legal", known[start(text)]]
    for question, text, others in json.loads(labelled.read_text()):
        yield question, unit(text), [unit(other) for other in others], None


def written_questions(data, units, ids_of):
    """Questions written for this project on clauses, with the ids of these and of what they stand below."""
    asked, found = written.texts(data, cut, PARTS)
    texts, questions = [], {"learned": [], "held_out": []}
    for number, about in enumerate(asked):
        key = (about["source"], about["id"], about["heading"])
        if key not in found:
            continue
        headings, clauses = found[key]
        unit = units.numbers[key if key[0] in ("congbao", "new2026") else key[:2]]
        for numbers, question in about["asked"]:
            right = [n - 1 for n in numbers if n <= len(clauses)]
            if right:
                questions["held_out" if HELD_OUT(number) else "learned"].append((len(texts), right, question))
        texts.append({"unit": unit, "headings": ids_of(headings), "clauses": ids_of(clauses)})
    return {"texts": texts, **questions}


def main():
    data, features, labelled, encoder, out = map(Path, sys.argv[1:])
    tokenizer = Tokenizer.from_file(str(encoder / "tokenizer.json"))
    plain = lambda texts: [e.ids for e in tokenizer.encode_batch_fast([flat(t) for t in texts], add_special_tokens=False)]
    units = Units()
    titles, sections = titles_and_sections(data, units)
    n_law = len(units.parts)
    encyclopedia(data, units)
    questions = [*asked_of(data, features, units), *labelled_questions(data, labelled, units)]
    found = {"titles": titles, "sections": sections, "questions": questions, "n_law": n_law}
    found["written"] = written_questions(data, units, plain)
    out.mkdir(parents=True, exist_ok=True)
    (out / "questions.json").write_text(json.dumps(found, ensure_ascii=False))
    np.savez(out / "units.npz", **units.ids(tokenizer))
    print(len(units.parts), "units", len(questions), "questions")


if __name__ == "__main__":
    main()
