"""Pairs of texts that mean the same, from titles, sections and neighbouring sentences.

Writes `pairs.tsv`: kind, group, text a, text b. A batch takes texts of one group together, so that
what tells two articles of one law apart has to be learned.
"""

import argparse
import gzip
import hashlib
import json
import lzma
import random
import re
from collections import Counter
from pathlib import Path

SECTIONS = {
    "trinh_tu_thuc_hien": "trình tự thực hiện",
    "cach_thuc_thuc_hien": "cách thức thực hiện, thời hạn, phí, lệ phí",
    "thanh_phan_ho_so": "thành phần hồ sơ, giấy tờ",
    "can_cu_phap_ly": "căn cứ pháp lý",
    "yeu_cau_dieu_kien": "yêu cầu, điều kiện",
    "co_quan_thuc_hien": "cơ quan thực hiện",
    "doi_tuong_thuc_hien": "đối tượng thực hiện",
    "ket_qua_xu_ly": "kết quả",
}
SENTENCE = re.compile(r"(?<=[.;:!?])\s+|\n+")


def rows(path):
    opened = lzma.open if path.suffix == ".xz" else gzip.open
    with opened(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def flat(*parts):
    return re.sub(r"\s+", " ", " ".join(part for part in parts if part)).strip()


def sentences(text):
    return [flat(s) for s in SENTENCE.split(text) if 6 <= len(s.split()) <= 40]


def without_one(text, rng):
    """A sentence of `text`, and `text` without it."""
    found = sentences(text)
    if len(found) < 3:
        return None
    taken = rng.choice(found)
    return taken, flat(*(s for s in SENTENCE.split(text) if flat(s) != taken))


def legal(data, rng):
    articles = list(rows(data / "legal/corpus.jsonl.gz"))
    often = Counter(a["title"] for a in articles)
    for a in articles:
        if len(a["text"].split()) < 8:
            continue
        group = a.get("law_number") or a["id"].split("|")[0]
        law = a.get("law_title") or ""
        title = a["title"]
        if title:
            is_common = often[title] > 3
            yield "title", group, flat(title, law if is_common or rng.random() < 0.3 else ""), flat(
                law if is_common or rng.random() < 0.5 else "", a["text"]
            )
        split = without_one(a["text"], rng)
        if split:
            yield "sentence", group, split[0], flat(law, title, split[1])


def procedures(data, rng):
    for p in rows(data / "procedures/corpus.jsonl.gz"):
        yield "title", p.get("linh_vuc") or "", flat(p["title"]), flat(p["text"][:3000])
        for field, name in SECTIONS.items():
            text = p["sections"].get(field)
            if isinstance(text, str) and len(text.split()) >= 8:
                yield "section", p["id"], flat(name, p["title"]), flat(text[:3000])
                split = without_one(text, rng)
                if split:
                    yield "sentence", p["id"], split[0], flat(p["title"], name, split[1][:3000])


def documents(data, rng):
    heading = re.compile(r"^(?:Điều|Mục|Chương)\s+\w+[.:]?\s+(.{8,200})$", re.M)
    for name in ("congbao", "new2026"):
        for d in rows(data / f"documents/{name}.jsonl.gz"):
            found = list(heading.finditer(d["text"]))
            for at, head in enumerate(found):
                end = found[at + 1].start() if at + 1 < len(found) else len(d["text"])
                body = d["text"][head.end() : min(end, head.end() + 3000)]
                if len(body.split()) >= 12:
                    yield "title", d["id"], flat(head[1]), flat(d["title"], body)


def encyclopedia(data, rng):
    for a in rows(data / "text/viwiki.jsonl.gz"):
        section = ""
        for part in re.split(r"\n\s*\n", a["text"]):
            head = re.match(r"\s*=+\s*(.*?)\s*=+", part)
            if head:
                section = head[1]
            if len(part.split()) < 40:
                continue
            split = without_one(part[:3000], rng)
            if split:
                yield "sentence", a["title"], flat(split[0], a["title"]), flat(section, split[1])


def judgements(folder):
    """Query, unit and whether it is relevant, of a question set in BEIR form."""
    for line in (folder / "qrels.tsv").read_text().splitlines()[1:]:
        query, unit, score = line.split("\t")
        yield query, unit, float(score) > 0


def every_second(units):
    """The half of the civil-status procedures whose questions may be learned from; the other half is scored."""
    return set(sorted(units)[::2])


def half(unit):
    """Of the questions that `unit` answers first: 0 or 1."""
    return int(hashlib.md5(unit.encode()).hexdigest(), 16) % 2


def questions(data, name, first, last):
    folder = data / "pairs" / name
    texts = {r["id"]: flat(r.get("title") or "", r["text"][:3000]) for r in rows(folder / "corpus.jsonl.gz")}
    asked = [(r["id"], r["text"]) for r in rows(folder / "queries.jsonl.gz")][first:last]
    relevant = {}
    for query, unit, is_relevant in judgements(folder):
        if is_relevant:
            relevant.setdefault(query, unit)
    for at, (query, text) in enumerate(asked):
        if query in relevant:
            yield "question", f"{name}{at // 64}", flat(text), texts[relevant[query]]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path)
    parser.add_argument("out", type=Path)
    arguments = parser.parse_args()
    data, rng = arguments.data, random.Random(1)
    with open(arguments.out, "w", encoding="utf-8") as out:
        for make in (legal, procedures, documents, encyclopedia):
            n = 0
            for kind, group, a, b in make(data, rng):
                print(kind, flat(group), a, b, sep="\t", file=out)
                n += 1
            print(make.__name__, n)
        # Questions that train the ranking are left out: a model that has seen them misleads it.
        for name, first, last in (("vncivil", 1000, 1700), ("vicov19qa", 600, 3000), ("mailong25_googleqa", 0, None)):
            for kind, group, a, b in questions(data, name, first, last):
                print(kind, group, a, b, sep="\t", file=out)


if __name__ == "__main__":
    main()
