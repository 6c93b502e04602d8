"""Questions written for this project on clauses of public texts, and the texts they are about.

`questions.jsonl.xz` has a line for each text: where it comes from, its heading, and questions with the
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

QUESTIONS = Path(__file__).with_name("questions.jsonl.xz")
CLAUSE_LENGTH, CLAUSE_LENGTH_MIN = 420, 25
ARTICLE = re.compile(r"^(?:\*\*|#+ )?\s*Điều (\d+)[.:]\s*(.{0,160}?)\s*(?:\*\*)?$", re.M)
POINT = re.compile(r"[a-zđ]\) ")
NUMBER = re.compile(r"(?:^|so-|/)(\d+)-(20\d\d)-(nd-cp|qd-ttg|(?:tt|nq|qd)-[a-z]+)")
ARTICLES = ("congbao", "new2026", "legal")
DOCUMENT_SHARE, NUMBER_SHARE, LABEL_SHARE = 0.4, 0.7, 0.6
TITLE_LENGTHS = (90, 125, 160)
N_FAR = 6
# Of what is said for a question: ways to say what answers, and others that do not, of its text and of others.
N_SAID, N_SAID_ELSE, N_SAID_FAR = 3, 4, 4
# Clauses that are said with one another, each as often as it stands here.
N_WITH_RIGHT, N_ELSE, N_WITH_FAR = (0, 1, 1, 2, 3), (1, 2, 2, 3), (0, 1, 2)
# What stands before the clause that answers leaves room for it in what is read.
SAID_LENGTH = 620


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


def title(source, number, headings, rng):
    """What the program calls the document of a text: its number, mostly, and its title."""
    if len(headings) < 2:
        return ""
    number = number.split("|")[0].upper() if source == "legal" else number_of(number)
    called = f"{number if rng.random() < NUMBER_SHARE else ''} {headings[0]}"
    return " ".join(called.split())[: rng.choice(TITLE_LENGTHS)]


def number_of(name):
    """The number of a document in the name of its file."""
    found = NUMBER.search(name.lower())
    kind = found and found[3].upper().replace("ND", "NĐ").replace("QD", "QĐ")
    return f"{found[1]}/{found[2]}/{kind}" if found else ""


def heading(source, headings, rng):
    """That of an article, as it stands in the text: mostly with what the article is called."""
    own = headings[-1][:150]
    return f"Điều {rng.randrange(1, 60)}. {own}" if source in ARTICLES and rng.random() < LABEL_SHARE else own


def with_lead(source, clauses, at):
    """What leads into a clause, and the clause."""
    clause, lead = " ".join(clauses[at].split()), ""
    if POINT.match(clause):
        before = (c for c in reversed(clauses[:at]) if c.rstrip().endswith(":") and not POINT.match(c))
        lead = next(before, "")
    if source == "procedures" and ": " in clause:
        lead, _, clause = clause.partition(": ")
    return " ".join(lead.split())[:160], clause


def below_headings(key, found, at, has_document, rng):
    """A clause as it is judged alone: below the heading of its article and what leads into it, and where
    it is judged beside others below the title of its document."""
    (source, number, _), (headings, clauses) = key, found
    document = title(source, number, headings, rng) if has_document else ""
    parts = document, heading(source, headings, rng), *with_lead(source, clauses, at)
    return "\n".join(part for part in parts if part)


def said(key, found, chosen, rng):
    """Clauses of one text as they are judged together: below the title of the document and a heading."""
    (source, number, _), (headings, clauses) = key, found
    parts = [title(source, number, headings, rng), heading(source, headings, rng)]
    for at in sorted(chosen):
        lead, clause = with_lead(source, clauses, at)
        parts += [lead if source == "procedures" else "", clause]
    return "\n".join(part for part in parts if part)


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


def with_others(right, others, clauses, rng):
    """A clause that answers, with some that do not and do not push it out of what is read."""
    chosen, length = [right], len(clauses[right])
    for other in rng.sample(others[:N_FAR], min(rng.choice(N_WITH_RIGHT), len(others[:N_FAR]))):
        if other > right or length + len(clauses[other]) < SAID_LENGTH:
            chosen.append(other)
            length += len(clauses[other])
    return chosen


def said_for(key, found, right, others, far, rng):
    """What may be said for a question: what answers it, and what does not."""
    clauses = found[key][1]
    answers = [with_others(rng.choice(right), others, clauses, rng) for _ in range(N_SAID) if right]
    near = others[:N_FAR]
    wrong = [rng.sample(near, min(rng.choice(N_ELSE), len(near))) for _ in range(N_SAID_ELSE) if near]
    say = lambda key, chosen: said(key, found[key], chosen, rng)
    elsewhere = []
    for other, at in far[:N_SAID_FAR]:
        beside = range(len(found[other][1]))
        elsewhere.append(say(other, {at, *rng.sample(beside, min(rng.choice(N_WITH_FAR), len(beside)))}))
    return {
        "answers": [say(key, chosen) for chosen in answers], "others": [say(key, chosen) for chosen in wrong], "far": elsewhere,
    }  # fmt: skip


def groups(data, cut, sections, rng):
    asked, found = texts(data, cut, sections)
    similar = Similar(found)
    for about in asked:
        key = (about["source"], about["id"], about["heading"])
        if key not in found:
            continue
        clauses = found[key][1]
        for numbers, question in about["asked"]:
            has_document, words = rng.random() < DOCUMENT_SHARE, similar.words(question)
            read = lambda key, at: below_headings(key, found[key], at, has_document, rng)
            right = [number - 1 for number in numbers if number <= len(clauses)]
            others = [at for at in range(len(clauses)) if at not in right]
            others.sort(key=lambda at: -len(words & similar.words(clauses[at])))
            far = similar.to(question, key)
            yield {
                "kind": "written", "question": question, "answers": [read(key, at) for at in right],
                "others": [read(key, at) for at in others], "far": [read(*other) for other in far],
                "said": said_for(key, found, right, others, far, rng),
            }  # fmt: skip
