"""Questions, each with a clause that answers it and clauses that come close: what the reader learns from.

Writes JSON lines: kind, question, answers, others, far: clauses that answer it, that come close, and
that merely share words with it. Most weight have the questions of `written.py`. Known questions take
the clause of their text that has most of their words; their other candidates give the near misses. Of
procedures one section answers, and neither the other sections nor the same section of a similar
procedure do. Clauses of law are turned into questions: with a figure cut out, by who acts, by what may
or must be done.

Arguments: the data, the folder that `camnang eval --features` wrote into, what `label.py` wrote, and
where to write.
"""

import collections
import json
import math
import random
import re
import sys
from pathlib import Path

import written
from pairs import every_second, judgements, rows

CLAUSE_LENGTH, CONTEXT_LENGTH, TEXT_LENGTH = 700, 160, 900
WORD = re.compile(r"\w+")
CLAUSE = re.compile(r"\n+|(?<=[.;:]) (?=\d{1,2}\. [A-ZĐÀ-Ỹ])|(?<=[.;:]) (?=[a-zđ]\) )")
LAW_TITLE_SHARE, LEAD_SHARE = 0.4, 0.7
KINDS_MAX = {"figure": 9000, "who": 6000, "may": 4500, "title": 4000}
DROPPED_SHARE = 0.35
DROPPED = set("và của các cho theo tại trong khi thì là được do với về từ này đó".split())

# What communes and the people who come to them are concerned with.
MATTERS = re.compile(
    "hộ tịch|khai sinh|kết hôn|cư trú|chứng thực|đất đai|nhà ở|bảo trợ|trợ cấp|người có công|nghĩa vụ quân sự|"
    "khiếu nại|tố cáo|xử phạt|xây dựng|hòa giải|nuôi con nuôi|trẻ em|bảo hiểm|ủy ban nhân dân|cán bộ|công chức|"
    "viên chức|hộ nghèo|thi đua|văn thư|lưu trữ|một cửa|thủ tục hành chính|căn cước|người cao tuổi|khuyết tật|"
    "giáo dục|thuế|phí|ngân sách|đầu tư công|môi trường|an ninh|dân quân|hôn nhân|dân chủ",
    re.I,
)
ASKED_FOR = {
    "ngày làm việc": ["mấy ngày làm việc", "bao lâu", "bao nhiêu ngày"],
    "ngày": ["bao nhiêu ngày", "bao lâu", "mấy ngày"],
    "tháng": ["mấy tháng", "bao lâu"],
    "năm": ["bao nhiêu năm", "mấy năm", "bao lâu"],
    "giờ": ["mấy giờ", "bao nhiêu giờ"],
    "tuổi": ["bao nhiêu tuổi", "mấy tuổi"],
    "đồng": ["bao nhiêu tiền", "bao nhiêu đồng", "bao nhiêu"],
    "%": ["bao nhiêu phần trăm", "bao nhiêu"],
    "người": ["bao nhiêu người", "mấy người"],
    "lần": ["mấy lần", "bao nhiêu lần"],
    "m2": ["bao nhiêu m2", "bao nhiêu"],
    "mét": ["bao nhiêu mét", "bao xa"],
}
FIGURE = re.compile(r"(?<![\d/.,\-])(\d[\d.,]*)(?: *\([^)]*\))? *(" + "|".join(ASKED_FOR) + r")\b(?! *\d)")
NUMBER = r"^(?:\d+\. |[a-zđ]\) )?"
WHO = re.compile(
    NUMBER + r"([A-ZĐ][^.;:,]{6,70}?) (có trách nhiệm|quyết định|chịu trách nhiệm|có thẩm quyền|hướng dẫn|quy định|"
    r"trình|thẩm định|phê duyệt|cấp|kiểm tra|tiếp nhận|xác nhận) (.{20,})"
)
MAY = re.compile(NUMBER + r"(.{8,90}?) (không được|được|phải) (.{12,})")

# What a section of a procedure is called, and how one asks for it.
SECTIONS = {
    "cach_thuc_thuc_hien": ("Cách thức thực hiện, thời hạn, phí, lệ phí", [
        "{} mất bao lâu?", "thời hạn giải quyết {} là mấy ngày", "làm {} bao giờ có kết quả", "{} may ngày xong",
        "dân hỏi {} mấy hôm thì có", "thời gian xử lý hồ sơ {}", "lệ phí {} bao nhiêu tiền", "{} có mất phí không",
        "Mức thu phí khi {} là bao nhiêu?", "{} thì đóng bao nhiêu tiền", "phí {}", "{} có nộp online được không",
    ]),
    "thanh_phan_ho_so": ("Thành phần hồ sơ", [
        "Hồ sơ {} gồm những gì?", "{} cần giấy tờ gì", "muốn {} thì phải chuẩn bị giấy tờ nào", "giấy tờ {}",
        "dân đến {} phải nộp những gì", "{} phải mang theo gì", "thủ tục {} cần những gì",
        "Công dân {} thì nộp mấy bộ hồ sơ?",
    ]),
    "trinh_tu_thuc_hien": ("Trình tự thực hiện", [
        "Trình tự {} như thế nào?", "các bước {}", "{} làm thế nào", "quy trình {} ra sao", "thủ tục {}", "hướng dẫn {}",
        "muốn {} thì đến đâu, làm sao",
    ]),
    "co_quan_thuc_hien": ("Cơ quan thực hiện", [
        "Cơ quan nào giải quyết {}?", "{} ai làm", "ai có thẩm quyền {}", "{} ở đâu", "nộp hồ sơ {} ở cơ quan nào",
        "xã có {} được không", "UBND xã có làm {} không",
    ]),
    "co_quan_co_tham_quyen": ("Cơ quan có thẩm quyền", [
        "Thẩm quyền {} thuộc về ai?", "{} do cấp nào quyết định", "ai ký {}", "chủ tịch xã có được {} không",
    ]),
    "yeu_cau_dieu_kien": ("Yêu cầu, điều kiện", [
        "Điều kiện {} là gì?", "{} phải đáp ứng yêu cầu gì", "trường hợp nào được {}", "khi nào thì được {}",
        "không đủ điều kiện {} thì sao",
    ]),
    "ket_qua_xu_ly": ("Kết quả", ["{} xong thì được cấp giấy gì", "Kết quả của việc {} là gì?", "{} thì nhận được gì"]),
    "can_cu_phap_ly": ("Căn cứ pháp lý", [
        "{} căn cứ vào văn bản nào?", "quy định về {} nằm ở đâu", "văn bản nào quy định {}", "{} theo nghị định nào",
    ]),
    "doi_tuong_thuc_hien": ("Đối tượng thực hiện", [
        "Ai được {}?", "những đối tượng nào thực hiện {}", "đối tượng được {}",
    ]),
}  # fmt: skip
# Sections that answer each other's questions.
ALIKE = [
    {"co_quan_thuc_hien", "co_quan_co_tham_quyen", "trinh_tu_thuc_hien"},
    {"cach_thuc_thuc_hien", "trinh_tu_thuc_hien"},
]


def words(text):
    return [w.lower() for w in WORD.findall(text)]


def pairs_of(found):
    return set(zip(found, found[1:]))


def cut(text, length=CLAUSE_LENGTH):
    """The clauses of `text`, long ones at the ends of sentences."""
    parts = []
    for line in filter(None, (line.strip() for line in CLAUSE.split(text))):
        if len(line) <= length:
            parts.append(line)
            continue
        part = ""
        for sentence in re.split(r"(?<=[.;]) ", line):
            if part and len(part) + len(sentence) > length:
                parts.append(part)
                part = ""
            part = f"{part} {sentence}".strip()
        parts += [part[:length]] if part else []
    return parts


def sheet_parts(text, length=600):
    """The parts of a procedure written as a list below headings."""
    parts, part = [], ""
    for line in filter(None, (line.strip().replace("**", "") for line in text.split("\n"))):
        is_short = len(line) < 90 and line[:1].isupper() and not line.startswith("-") and len(line.split()) < 14
        if is_short or line.endswith(":") and len(line) < 90 or len(part) + len(line) > length:
            parts += [part] if part else []
            part = ""
        part = f"{part}\n{line}".strip()
    return [p for p in [*parts, part] if len(p) > 40] or [text[:length]]


def below(*parts):
    """A clause below what it is read with."""
    *context, clause = parts
    return "\n".join([p[:CONTEXT_LENGTH] for p in context if p] + [clause])


class Groups:
    """Makes groups from data; `weight` tells how rare a word is in law."""

    def __init__(self, data, features, labelled, rng):
        self.data, self.features, self.labelled, self.rng = data, features, labelled, rng
        self.articles = list(rows(data / "legal/corpus.jsonl.gz"))
        self.article = {a["id"]: a for a in self.articles}
        counts, n = collections.Counter(), 20_000
        for a in rng.sample(self.articles, n):
            counts.update(set(words(f"{a['title']} {a['text'][:3000]}")))
        self.weight = lambda word: math.log((n + 1) / (counts[word] + 0.5))
        self.has_law_title = False

    def coverage(self, question, text):
        asked, said = words(question), words(text)
        # Exact sums do not depend on the order of a set, which differs from run to run.
        total = math.fsum(map(self.weight, set(asked))) or 1
        share = math.fsum(map(self.weight, set(asked) & set(said))) / total
        return 0.5 * share + 0.5 * len(pairs_of(asked) & pairs_of(said)) / max(1, len(asked))

    def closest(self, question, clauses):
        return max(clauses, key=lambda clause: self.coverage(question, clause))

    def nearest(self, question, texts, n, text_of):
        return sorted(texts, key=lambda text: -self.coverage(question, text_of(text)))[:n]

    def of_article(self, article, clause):
        first = cut(article["text"])[:1]
        has_lead = first and first[0].endswith(":") and first[0] != clause and self.rng.random() < LEAD_SHARE
        law = (article.get("law_title") or "")[:110] if self.has_law_title else ""
        return below(law, article["title"], first[0] if has_lead else "", clause)

    def candidates(self, name):
        """By question the units that answer and those that do not, in the order of BM25."""
        found = collections.defaultdict(lambda: ([], []))
        for line in open(self.features / f"{name}.jsonl", encoding="utf-8"):
            row = json.loads(line)
            found[row["question"]][0 if row["grade"] else 1].append(row["unit"])
        return {question: units for question, units in found.items() if units[0]}

    def law(self):
        """Questions on law whose articles are known."""
        asked = {q["id"]: q["text"] for q in rows(self.data / "zalo/train.queries.jsonl.gz")}
        for question, (right, wrong) in self.candidates("zalo").items():
            question = asked[question]
            for nth in range(4):
                self.has_law_title = self.rng.random() < LAW_TITLE_SHARE
                article = self.article[self.rng.choice(right)]
                best = self.nearest(question, cut(article["text"]), 2, str)
                if not best:
                    continue
                is_second = nth and len(best) > 1 and (
                    self.coverage(question, best[1]) > 0.9 * self.coverage(question, best[0])
                )  # fmt: skip
                others = [self.article[unit] for unit in self.rng.sample(wrong[:12], min(3, len(wrong)))]
                yield "law", question, self.of_article(article, best[int(bool(is_second))]), [
                    self.of_article(other, self.closest(question, cut(other["text"]))) for other in others if cut(other["text"])
                ]

    def labelled_law(self):
        """Questions on law whose articles the ranking is sure of."""
        def part(question, text):
            title, _, body = text.partition(". ")
            return below(title, self.closest(question, cut(body) or [text[:600]]))

        for question, text, others in json.loads(self.labelled.read_text()):
            yield "labelled law", question, part(question, text), [part(question, other) for other in others]

    def civil_status(self):
        """Questions on procedures; a part of the right one that has few of the words is a near miss."""
        texts = {r["id"]: r for r in rows(self.data / "hotich/corpus.jsonl.gz")}
        asked = {q["id"]: q["text"] for q in rows(self.data / "hotich/train.queries.jsonl.gz")}
        learned = every_second(texts)
        for question, (right, wrong) in self.candidates("hotich").items():
            if right[0] not in learned:
                continue
            question, text = asked[question], texts[right[0]]
            parts = self.nearest(question, sheet_parts(text["text"]), 99, str)
            others = [texts[unit] for unit in self.rng.sample(wrong[:8], min(2, len(wrong)))]
            misses = [below(o["title"], self.closest(question, sheet_parts(o["text"]))) for o in others]
            if len(parts) > 2:
                misses.append(below(text["title"], self.rng.choice(parts[len(parts) // 2 :])))
            yield "civil status", question, below(text["title"], parts[0]), misses

    def pairs(self, name, n_max):
        """Questions with answers; texts with the same rare words come close."""
        folder = self.data / "pairs" / name
        texts = {r["id"]: r["text"] for r in rows(folder / "corpus.jsonl.gz")}
        asked = list(rows(folder / "queries.jsonl.gz"))
        right = collections.defaultdict(set)
        for query, unit, is_relevant in judgements(folder):
            if is_relevant:
                right[query].add(unit)
        having = collections.defaultdict(list)
        for unit, text in texts.items():
            for word in set(words(text)):
                having[word].append(unit)
        for query in self.rng.sample(asked, min(n_max, len(asked))):
            question, units = query["text"], right[query["id"]]
            if not units:
                continue
            near = collections.Counter()
            for word in sorted(set(words(question))):
                if len(having[word]) < len(texts) / 5:
                    near.update(dict.fromkeys(having[word], self.weight(word)))
            wrong = [unit for unit, _ in near.most_common(25) if unit not in units][2:]
            answer = texts[self.rng.choice(sorted(units))]
            clause = lambda text: self.closest(question, cut(text, 600) or [text])
            yield name, question, clause(answer) if len(answer) > TEXT_LENGTH else answer, [
                clause(texts[unit]) for unit in self.rng.sample(wrong, min(3, len(wrong)))
            ]

    def web(self):
        """Questions with texts that people judged; some have no answer."""
        folder = self.data / "pairs/mailong25_googleqa"
        texts, asked = (
            {r["id"]: r["text"] for r in rows(folder / f"{part}.jsonl.gz")} for part in ("corpus", "queries")
        )
        judged = collections.defaultdict(lambda: ([], []))
        for query, unit, is_relevant in judgements(folder):
            judged[asked[query]][not is_relevant].append(texts[unit])
        for question, (right, wrong) in judged.items():
            yield "web", question, right[0] if right else None, wrong[:3]

    def procedures(self):
        found = list(rows(self.data / "procedures/corpus.jsonl.gz"))
        of_field = collections.defaultdict(list)
        for p in found:
            of_field[p["sections"].get("linh_vuc", "")].append(p)
        plain = lambda title: re.sub(r"\s*\(.*?\)\s*", " ", title).strip()

        def text(p, section):
            body = p["sections"].get(section) or ""
            if len(body) < 12 or "Không có thông tin" in body:
                return None
            title = p["title"] if self.rng.random() < 0.85 else ""
            return below(title, SECTIONS[section][0] if self.rng.random() < 0.6 else "", body[:600])

        for p in found:
            name = plain(p["title"])
            name = name[:1].lower() + name[1:]
            if len(name.split()) > 22:
                continue
            known = [section for section in SECTIONS if text(p, section)]
            fellows = [f for f in of_field[p["sections"].get("linh_vuc", "")] if f is not p]
            fellows = self.nearest(name, fellows, 6, lambda f: f["title"])
            fellows = [f for f in fellows if words(plain(f["title"])) != words(name)]
            for section in self.rng.sample(known, min(5, len(known))):
                question = self.rng.choice(SECTIONS[section][1]).format(name)
                answer = text(p, section)
                is_other = lambda s: s != section and not any({s, section} <= alike for alike in ALIKE)
                sections = [s for s in known if is_other(s)]
                others = [text(p, s) for s in self.rng.sample(sections, min(2, len(sections)))]
                for fellow in self.rng.sample(fellows, min(2, len(fellows))):
                    of_fellow = text(fellow, section)
                    if of_fellow and fellow["title"] in of_fellow:
                        others.append(of_fellow)
                if p["title"] not in answer:
                    others = [o for o in others if p["title"] in o or self.rng.random() < 0.3]
                yield "procedure", question, answer, self.rng.sample(others, min(3, len(others)))

    def thinned(self, found):
        """`found` words without some of those that people leave out."""
        return [w for w in found if w.lower() not in DROPPED or self.rng.random() > DROPPED_SHARE]

    def with_figure_cut(self, clause):
        figures = list(FIGURE.finditer(clause))
        if not 1 <= len(figures) <= 2 or self.rng.random() > 0.6:
            return None
        figure = self.rng.choice(figures)
        before = clause[: figure.start()].split()[-self.rng.randrange(6, 16) :]
        before = [w for w in before if not re.match(r"^\d+\.$|^[a-zđ]\)$", w)]
        after = re.split(r"[.;:]", clause[figure.end() :])[0].split()[: self.rng.randrange(4, 14)]
        asked = [self.rng.choice(ASKED_FOR[figure[2]])]
        return " ".join(self.thinned(before) + asked + self.thinned(after)) + self.rng.choice(["?", ""])

    def who(self, clause):
        found = WHO.match(clause)
        if not found or self.rng.random() > 0.5:
            return None
        rest = self.thinned(re.split(r"[.;:]", found[3])[0].split())[: self.rng.randrange(6, 16)]
        return f"{self.rng.choice(['Ai', 'Cơ quan nào', 'cơ quan nào', 'ai'])} {found[2]} {' '.join(rest)}?"

    def may(self, clause):
        found = MAY.match(clause)
        if not found or self.rng.random() > 0.25:
            return None
        rest = " ".join(self.thinned(re.split(r"[.;:]", found[3])[0].split())[:14])
        verb = "có phải" if found[2] == "phải" else self.rng.choice(["có được", "được", "có phải"])
        return f"{found[1][-70:].split(' ', 1)[-1]} {verb} {rest} không"

    def of_title(self, article):
        if len(article["title"].split()) < 4 or self.rng.random() > 0.2:
            return None
        return article["title"] + self.rng.choice([" được quy định như thế nào?", " thế nào", " gồm những gì?", " là gì?"])

    def questions_on(self, article, clauses):
        """Questions on an article, with the clauses that answer them."""
        makers = [("figure", self.with_figure_cut), ("who", self.who), ("may", self.may)]
        made = [(kind, clause, make(clause)) for clause in clauses for kind, make in makers]
        first = clauses[1] if clauses[0].endswith(":") and len(clauses) > 1 else clauses[0]
        made.append(("title", first, self.of_title(article)))
        return [(kind, clause, question) for kind, clause, question in made if question and len(question.split()) > 5]

    def clauses(self):
        of_law = collections.defaultdict(list)
        for a in self.articles:
            of_law[a.get("law_title") or ""].append(a)
        concerned = [
            a for a in self.articles
            if MATTERS.search(f"{a.get('law_title') or ''} {a['title']}") and len(a["text"]) < 9000
        ]  # fmt: skip
        self.rng.shuffle(concerned)
        counts = collections.Counter()
        for article in concerned:
            clauses = cut(article["text"])
            made = self.questions_on(article, clauses) if clauses else []
            for kind, clause, question in self.rng.sample(made, min(3, len(made))):
                if counts[kind] >= KINDS_MAX[kind]:
                    continue
                counts[kind] += 1
                yield kind, *self.on_clause(kind, question, (article, clauses, clause), of_law)

    def on_clause(self, kind, question, found, of_law):
        article, clauses, clause = found
        self.has_law_title = self.rng.random() < LAW_TITLE_SHARE
        others, own = [], [c for c in clauses if c != clause]
        if kind != "title" and own:
            near = self.closest(question, own) if self.rng.random() < 0.6 else self.rng.choice(own)
            others.append(self.of_article(article, near))
        fellows = of_law[article.get("law_title") or ""]
        fellows = [f for f in self.rng.sample(fellows, min(40, len(fellows))) if f is not article]
        text_of = lambda f: f"{f['title']} {f['text'][:1500]}"
        for fellow in self.nearest(question, fellows, 3, text_of):
            if cut(fellow["text"]):
                others.append(self.of_article(fellow, self.closest(question, cut(fellow["text"]))))
        if kind in ("figure", "who") and self.rng.random() < 0.3:
            title = article["title"]
            question = question.rstrip("?") + self.rng.choice([" trong ", " khi ", " về "]) + title[:1].lower() + title[1:]
        return question, self.of_article(article, clause), self.rng.sample(others, min(3, len(others)))


def main():
    data, features, labelled, out = map(Path, sys.argv[1:])
    groups = Groups(data, features, labelled, random.Random(7))
    sources = [
        groups.law(), groups.labelled_law(), groups.civil_status(), groups.pairs("vncivil", 9999),
        groups.pairs("vicov19qa", 2000), groups.web(), groups.procedures(), groups.clauses(),
    ]  # fmt: skip
    counts = collections.Counter()
    with open(out, "w", encoding="utf-8") as lines:
        for source in sources:
            for kind, question, answer, others in source:
                row = {
                    "kind": kind, "question": " ".join(question.split())[:300],
                    "answers": [answer[:TEXT_LENGTH]] if answer else [],
                    "others": [o[:TEXT_LENGTH] for o in others if o != answer], "far": [],
                }  # fmt: skip
                counts[kind] += 1
                print(json.dumps(row, ensure_ascii=False), file=lines)
        for row in written.groups(data, cut, SECTIONS, random.Random(8)):
            counts[row["kind"]] += 1
            print(json.dumps(row, ensure_ascii=False), file=lines)
    print(dict(counts))


if __name__ == "__main__":
    main()
