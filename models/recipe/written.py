"""Questions written for this project on clauses of public texts, and the texts they are about.

`questions.jsonl.gz` has a line for each text: where it comes from, its heading, and questions with the
numbers of the clauses that answer them; none where a question sounds as if the text answered it and
nothing does. They say with other words what the clauses say, which questions made of clauses do not.
"""

import collections
import json
import math
import re
from pathlib import Path

from pairs import rows
from sentences import bare

QUESTIONS = Path(__file__).with_name("questions.jsonl.gz")
CLAUSE_LENGTH, CLAUSE_LENGTH_MIN = 420, 25
ARTICLE = re.compile(r"^(?:\*\*|#+ )?\s*Điều (\d+)[.:]\s*(.{0,160}?)\s*(?:\*\*)?$", re.M)
POINT = re.compile(r"[a-zđ]\) ")
DOCUMENT_SHARE = 0.4
N_FAR = 6


def long_enough(clauses):
    return [clause[:CLAUSE_LENGTH] for clause in clauses if len(clause) > CLAUSE_LENGTH_MIN]


def legal(data, cut):
    for a in rows(data / "legal/corpus.jsonl.gz"):
        law = (a.get("law_title") or "")[:110]
        yield a["id"], [part for part in (law, a["title"][:160]) if part], long_enough(cut(a["text"]))


def procedures(data, sections):
    for p in rows(data / "procedures/corpus.jsonl.gz"):
        known = ((name, p["sections"].get(field) or "") for field, (name, _) in sections.items())
        clauses = [
            f"{name}: {' '.join(text[:380].split())}" for name, text in known
            if len(text) >= 12 and "Không có thông tin" not in text
        ]  # fmt: skip
        yield p["id"], [p["title"]], clauses


def articles(data, name, length=4500):
    """Of each article of documents: the document's id, its title with the article's, and the text."""
    for d in rows(data / f"documents/{name}.jsonl.gz"):
        found = list(ARTICLE.finditer(d["text"]))
        for at, head in enumerate(found):
            end = found[at + 1].start() if at + 1 < len(found) else len(d["text"])
            body = d["text"][head.end() : min(end, head.end() + length)].replace("**", "")
            yield d["id"], (" ".join(d["title"].split())[:160], head[2]), body


def documents(data, name, cut):
    for number, (document, heading), body in articles(data, name, length=2600):
        yield number, [document[:110], heading], long_enough(cut(body))


def texts(data, cut, sections):
    """Headings and clauses by source, id and last heading, of texts that questions are about."""
    asked = list(rows(QUESTIONS))
    wanted = {(a["source"], a["id"], a["heading"]) for a in asked}
    sources = {
        "legal": legal(data, cut), "procedures": procedures(data, sections),
        "congbao": documents(data, "congbao", cut), "new2026": documents(data, "new2026", cut),
    }  # fmt: skip
    found = {}
    for source, of_source in sources.items():
        for number, headings, clauses in of_source:
            key = (source, number, headings[-1] if headings else "")
            if key in wanted:
                found.setdefault(key, (headings, clauses))
    return asked, found


def below_headings(source, headings, clauses, at, has_document):
    """A clause as it is read: below the heading of its article and what leads into it."""
    clause, lead = " ".join(clauses[at].split()), ""
    if POINT.match(clause):
        before = (c for c in reversed(clauses[:at]) if c.rstrip().endswith(":") and not POINT.match(c))
        lead = next(before, "")
    if source == "procedures" and ": " in clause:
        lead, _, clause = clause.partition(": ")
    document = headings[0] if has_document and len(headings) > 1 else ""
    return "\n".join(part for part in (document, headings[-1][:160], lead[:160], clause) if part)


class Similar:
    """Finds clauses of other texts that share rare words with a question."""

    def __init__(self, found):
        self.clauses = [(key, at) for key, (_, clauses) in found.items() for at in range(len(clauses))]
        self.having = collections.defaultdict(list)
        for number, (key, at) in enumerate(self.clauses):
            headings, clauses = found[key]
            for word in self.words(f"{headings[-1]} {clauses[at]}"):
                self.having[word].append(number)

    @staticmethod
    def words(text):
        return {bare(word.lower()) for word in re.findall(r"\w+", text)}

    def to(self, question, key):
        near, n = collections.Counter(), len(self.clauses)
        for word in sorted(self.words(question)):
            if len(self.having[word]) < 0.15 * n:
                near.update(dict.fromkeys(self.having[word], math.log(n / (1 + len(self.having[word])))))
        others = [self.clauses[number] for number, _ in near.most_common(12)]
        return [other for other in others if other[0] != key][:N_FAR]


def groups(data, cut, sections, rng):
    asked, found = texts(data, cut, sections)
    similar = Similar(found)
    for about in asked:
        key = (about["source"], about["id"], about["heading"])
        if key not in found:
            continue
        headings, clauses = found[key]
        for numbers, question in about["asked"]:
            has_document, words = rng.random() < DOCUMENT_SHARE, similar.words(question)
            read = lambda key, at: below_headings(key[0], *found[key], at, has_document)
            right = [number - 1 for number in numbers if number <= len(clauses)]
            others = [at for at in range(len(clauses)) if at not in right]
            others.sort(key=lambda at: -len(words & similar.words(clauses[at])))
            yield {
                "kind": "written", "question": question, "answers": [read(key, at) for at in right],
                "others": [read(key, at) for at in others], "far": [read(*other) for other in similar.to(question, key)],
            }  # fmt: skip
