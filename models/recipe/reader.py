"""Trains the reader: the layers of the sentence encoder, adapted to judge a question and a clause together.

Only the adapter (LoRA) and a head are trained and kept. Tokens are marked by whether their word stands
in the other text too, which eight layers would take far longer to find out; the program marks them the
same way (`src/embed/marks.rs`). Each question comes with a clause that answers it, if any does, and with
some that come close. Questions made of clauses, which share their words, teach to compare in the first
part of the training; in the second most are questions written with words of their own, which are also
asked of several clauses in one text, as an answer says them.
"""

import argparse
import itertools
import json
import math
import random
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from blake3 import blake3
from safetensors.torch import load_file, save_file
from tokenizers import Tokenizer
from torch import nn
from torch.utils.data import IterableDataset, get_worker_info

import encoder
from sentences import DEVICE, bare, drawn

RANK = 48
QUESTION_TOKENS, CLAUSE_TOKENS = 44, 140
N_QUESTIONS, READ_AT_ONCE = (128, 256) if DEVICE == "cuda" else (12, 16)
# Clauses that come close, and that merely share words with the question.
N_OTHERS, N_NEAREST, N_FAR = 4, 7, 2
RATES = {"adapter": 1.2e-3, "head": 5e-4, "marks": 2e-3}
# How often a question of each kind is drawn in the first part of the training, and later.
FIRST = {
    "procedure": 4, "law": 4, "figure": 3, "labelled law": 2.5, "who": 2, "vncivil": 2, "civil status": 2, "may": 1.5,
    "title": 1.5, "vicov19qa": 0.7, "web": 0.7,
}  # fmt: skip
LATER = {
    "written": 8.8, "law": 0.9, "procedure": 0.7, "labelled law": 0.6, "civil status": 0.6, "vncivil": 0.4,
    "vicov19qa": 0.2, "web": 0.3,
}  # fmt: skip
FIRST_SHARE = 0.1
# How often a question that has them is asked of several clauses together.
SAID_SHARE = 0.4
BARE_SHARE, LOWER_SHARE, SHORT_SHARE, THIN_SHARE = 0.22, 0.35, 0.3, 0.25
# Written questions come as people type them; a few lose what diacritics they have.
BARE_SHARE_WRITTEN = 0.12
SHORT = {
    "Ủy ban nhân dân": "UBND", "ủy ban nhân dân": "UBND", "thủ tục hành chính": "TTHC", "Giấy chứng nhận": "GCN",
    "giấy chứng nhận": "GCN", "Hội đồng nhân dân": "HĐND", "quyền sử dụng đất": "QSDĐ", "đăng ký": "ĐK", "hồ sơ": "HS",
    "bảo hiểm xã hội": "BHXH", "bảo hiểm y tế": "BHYT", "Căn cước công dân": "CCCD", "căn cước công dân": "CCCD",
    "nghị định": "NĐ", "Nghị định": "NĐ", "thông tư": "TT", "không": "ko", "giấy phép lái xe": "bằng lái",
}  # fmt: skip
SPACE, PUNCTUATION = "▁", " .,;:?!()\"“”'/-–…[]"
ABSENT, ALONE, BESIDE_A_NEIGHBOUR, SECOND, N_MARKS = 0, 1, 2, 3, 6


class Adapted(nn.Module):
    """A linear layer, kept as it is, with what is learned beside it."""

    def __init__(self, linear):
        super().__init__()
        self.linear = linear
        self.down = nn.Parameter(torch.randn(RANK, linear.in_features) / math.sqrt(linear.in_features))
        self.up = nn.Parameter(torch.zeros(linear.out_features, RANK))

    def forward(self, x):
        beside = F.linear(F.linear(x, self.down.to(x.dtype)), self.up.to(x.dtype))
        return self.linear(x) + beside


class Reader(nn.Module):
    """Log odds that clauses answer questions."""

    def __init__(self, base):
        super().__init__()
        self.base = base.requires_grad_(False).to(torch.bfloat16)
        for layer in base.layers:
            for name in ("project", "gather", "widen", "narrow"):
                setattr(layer, name, Adapted(getattr(layer, name)))
        self.marks = nn.Embedding(N_MARKS, encoder.HIDDEN)
        nn.init.normal_(self.marks.weight, std=0.02)
        self.dense, self.classifier = nn.Linear(encoder.HIDDEN, encoder.HIDDEN), nn.Linear(encoder.HIDDEN, 1)

    def forward(self, ids, mask, marks):
        hidden = self.base.hidden(ids, mask, self.marks(marks).to(torch.bfloat16))
        return self.classifier(torch.tanh(self.dense(hidden[:, 0].float())))[:, 0]

    def parameter_groups(self):
        adapter = [p for name, p in self.named_parameters() if name.endswith((".down", ".up"))]
        head = [*self.dense.parameters(), *self.classifier.parameters()]
        named = {"adapter": adapter, "head": head, "marks": list(self.marks.parameters())}
        return [{"params": named[name], "lr": rate, "rate": rate} for name, rate in RATES.items()]


class Pairs:
    """Ids and marks of a question and a clause in one sequence."""

    def __init__(self, tokenizer):
        self.tokenizer = tokenizer

    def words(self, text):
        """Ids, and for each token the number of its word, with the words; the first one is the prefix."""
        encoded = self.tokenizer.encode(text)
        numbers, found = [], []
        for token, is_special in zip(encoded.tokens, encoded.special_tokens_mask):
            if is_special:
                numbers.append(None)
                continue
            if token.startswith(SPACE) or not found:
                found.append("")
            found[-1] += token.lstrip(SPACE)
            numbers.append(len(found) - 1)
        return encoded.ids, numbers, found

    def pair(self, question, clause):
        ids, numbers, asked = self.words("query: " + question)
        more_ids, more_numbers, said = self.words("passage: " + clause)
        is_bare = bare(question) == question
        fold = lambda w: (bare(w) if is_bare else w).lower().strip(PUNCTUATION)
        asked, said = ([""] + [fold(w) for w in found[1:]] for found in (asked, said))
        of_question, of_clause = marks(asked, said), marks(said, asked)
        first = [ABSENT if n is None else of_question[n] for n in numbers]
        second = [SECOND + (ABSENT if n is None else of_clause[n]) for n in more_numbers][1:]
        ids, first = shortened(ids, first, QUESTION_TOKENS, ABSENT)
        more_ids, second = shortened(more_ids[1:], second, CLAUSE_TOKENS, SECOND)
        return ids + more_ids, first + second


def marks(own, other):
    words, pairs = set(other) - {""}, set(zip(other, other[1:]))
    found = []
    for at, word in enumerate(own):
        before, after = own[at - 1] if at else "", own[at + 1] if at + 1 < len(own) else ""
        if word not in words:
            found.append(ABSENT)
        elif before and (before, word) in pairs or after and (word, after) in pairs:
            found.append(BESIDE_A_NEIGHBOUR)
        else:
            found.append(ALONE)
    return found


def shortened(ids, of_ids, n, last):
    return (ids, of_ids) if len(ids) <= n else (ids[: n - 1] + [encoder.END], of_ids[: n - 1] + [last])


class Questions(IterableDataset):
    """Batches without end of questions, changed as people write them, each with clauses."""

    def __init__(self, path, pairs, seed):
        self.pairs, self.seed, self.kinds = pairs, seed, {}
        for line in open(path, encoding="utf-8"):
            group = json.loads(line)
            self.kinds.setdefault(group["kind"], []).append(group)
        # Workers that draw batches ahead see here how far the training is.
        self.is_first = torch.ones(1, dtype=torch.bool).share_memory_()

    def __iter__(self):
        worker = get_worker_info()
        self.rng, self.pools = random.Random(1000 * self.seed + (worker.id if worker else 0)), {}
        while True:
            yield self.batch(FIRST if self.is_first else LATER)

    def draw(self, shares):
        kind = self.rng.choices(list(shares), list(shares.values()))[0]
        if not self.pools.get(kind):
            self.pools[kind] = self.rng.sample(self.kinds[kind], len(self.kinds[kind]))
        return self.pools[kind].pop()

    def changed(self, question, is_written):
        chance = lambda share: self.rng.random() < share
        if not is_written and chance(SHORT_SHARE):
            for long, short in SHORT.items():
                if long in question and chance(0.7):
                    question = question.replace(long, short)
        words = question.split()
        if chance(THIN_SHARE) and len(words) > 7:
            question = " ".join(w for w in words if not chance(0.1))
        question = bare(question) if chance(BARE_SHARE_WRITTEN if is_written else BARE_SHARE) else question
        return question.lower() if chance(LOWER_SHARE) else question

    def batch(self, shares):
        """Pairs of question and clause, whether each is right, and the number of its question."""
        pairs, right, of_question = [], [], []
        for number in range(N_QUESTIONS):
            group = self.draw(shares)
            question = self.changed(group["question"], group["kind"] == "written")
            read = group["said"] if "said" in group and self.rng.random() < SAID_SHARE else group
            answers = read["answers"] and [self.rng.choice(read["answers"])]
            wrong = self.some(read["others"][:N_NEAREST], N_OTHERS + (not answers)) + self.some(read["far"], N_FAR)
            pairs += [self.pairs.pair(question, clause) for clause in answers + wrong]
            right += [1.0] * len(answers) + [0.0] * len(wrong)
            of_question += [number] * len(answers + wrong)
        return pairs, torch.tensor(right), torch.tensor(of_question)

    def some(self, clauses, n):
        return self.rng.sample(clauses, min(n, len(clauses)))


def log_odds(reader, pairs):
    """One a pair; those of similar length are computed together."""
    order = sorted(range(len(pairs)), key=lambda at: len(pairs[at][0]))
    found = []
    for start in range(0, len(order), READ_AT_ONCE):
        part = [pairs[at] for at in order[start : start + READ_AT_ONCE]]
        ids, mask = encoder.padded([ids for ids, _ in part])
        of_ids = torch.zeros_like(ids)
        for row, (_, values) in zip(of_ids, part):
            row[: len(values)] = torch.tensor(values)
        found.append(reader(ids.to(DEVICE), mask.to(DEVICE), of_ids.to(DEVICE)))
    return torch.cat(found)[torch.tensor(order).argsort().to(DEVICE)]


def loss_of(odds, right, of_question):
    """The one that answers against those that come close, and each alone: odds are to mean something."""
    alone = F.binary_cross_entropy_with_logits(odds, right, pos_weight=torch.tensor(2.0, device=DEVICE))
    largest = torch.full((N_QUESTIONS,), -1e9, device=DEVICE)
    largest = largest.scatter_reduce(0, of_question, odds.detach(), "amax")[of_question]
    total = torch.zeros(N_QUESTIONS, device=DEVICE).index_add(0, of_question, torch.exp(odds - largest))
    against = -(odds - largest - torch.log(total[of_question]))
    is_first = (odds.detach() >= largest) * right
    return alone + (against * right).sum() / right.sum(), is_first.sum() / right.sum()


def train(reader, questions, minutes, rate, has_first):
    optimiser = torch.optim.AdamW(reader.parameter_groups(), weight_decay=0.01, betas=(0.9, 0.98))
    trained = [p for group in optimiser.param_groups for p in group["params"]]
    coming = drawn(questions)
    started, step, seen = time.time(), 0, []
    while (share := (time.time() - started) / (60 * minutes)) < 1:
        questions.is_first[0] = has_first and share < FIRST_SHARE
        for group in optimiser.param_groups:
            group["lr"] = rate * group["rate"] * min(1, (step + 1) / 60) * max(0.02, 1 - share)
        pairs, right, of_question = next(coming)
        loss, first = loss_of(log_odds(reader, pairs), right.to(DEVICE), of_question.to(DEVICE))
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        step += 1
        seen.append(torch.stack([loss.detach(), first]))
        if step % 50 == 0:
            print(f"{step} {share:.2f} loss, right one first", *torch.stack(seen[-50:]).mean(0).tolist(), flush=True)


def stored_names(reader):
    """What the library `peft` calls each part of `reader`; some are several there."""
    model = "base_model.model.bert."
    names = {
        "dense.weight": [model + "pooler.dense.weight"], "dense.bias": [model + "pooler.dense.bias"],
        "marks.weight": [model + "embeddings.mark_embeddings.weight"],
        "classifier.weight": ["base_model.model.classifier.weight"], "classifier.bias": ["base_model.model.classifier.bias"],
    }  # fmt: skip
    parts = {
        "project": ["attention.self.query", "attention.self.key", "attention.self.value"],
        "gather": ["attention.output.dense"], "widen": ["intermediate.dense"], "narrow": ["output.dense"],
    }  # fmt: skip
    for at, (own, theirs) in itertools.product(range(len(reader.base.layers)), parts.items()):
        prefixes = [f"{model}encoder.layer.{at}.{name}" for name in theirs]
        names[f"base.layers.{at}.{own}.down"] = [prefix + ".lora_A.weight" for prefix in prefixes]
        names[f"base.layers.{at}.{own}.up"] = [prefix + ".lora_B.weight" for prefix in prefixes]
    return names


def is_shared(name):
    """Whether what is several for `peft` is one for all of them."""
    return name.endswith(".down")


def load(reader, folder):
    """Gives `reader` what `export` wrote into `folder`."""
    stored = load_file(folder / "adapter_model.safetensors")
    known = lambda name: encoder.of_bytes(stored, name)
    parts = {own: theirs[:1] if is_shared(own) else theirs for own, theirs in stored_names(reader).items()}
    reader.load_state_dict({own: torch.cat([known(name) for name in theirs]) for own, theirs in parts.items()}, strict=False)


def export(reader, base, out):
    """Writes the adapter to the encoder in the folder `base` in the form of `peft`, matrices in bytes, and
    the head under BERT's names."""
    own = {name: tensor.detach().float().cpu() for name, tensor in reader.state_dict().items()}
    matrices, others = {}, {}
    for name, theirs in stored_names(reader).items():
        parts = [own[name]] * len(theirs) if is_shared(name) else own[name].chunk(len(theirs))
        kept = matrices if name.endswith((".down", ".up", "dense.weight")) else others
        kept.update(zip(theirs, (part.contiguous().clone() for part in parts)))
    out.mkdir(parents=True, exist_ok=True)
    save_file(encoder.in_bytes(matrices) | others, out / "adapter_model.safetensors")
    config = {
        "peft_type": "LORA", "task_type": "SEQ_CLS", "base_model_name_or_path": f"../{base.name}", "r": RANK, "lora_alpha": RANK,
        "target_modules": ["query", "key", "value", "dense"], "modules_to_save": ["pooler", "classifier", "mark_embeddings"],
    }  # fmt: skip
    (out / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n")
    settings = ['pooling = "cls"', 'query_prefix = "query: "', 'passage_prefix = "passage: "']
    settings.append(f"max_tokens = {QUESTION_TOKENS + CLAUSE_TOKENS}")
    settings.append(f'base = "{blake3((base / "model.safetensors").read_bytes()).hexdigest()}"')
    (out / "manifest.toml").write_text("\n".join(settings) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("groups", type=Path, help="what groups.py writes")
    parser.add_argument("sentences", type=Path, help="the folder of the encoder, beside that of the reader")
    parser.add_argument("out", type=Path)
    parser.add_argument("--minutes", type=float, required=True)
    parser.add_argument("--onward", type=Path, help="folder of a reader that learns on, from written questions most")
    parser.add_argument("--rate", type=float, default=1.0, help="share of the usual rate of learning")
    parser.add_argument("--seed", type=int, default=3)
    arguments = parser.parse_args()
    torch.manual_seed(arguments.seed)
    reader = Reader(encoder.load(arguments.sentences)).to(DEVICE)
    pairs = Pairs(Tokenizer.from_file(str(arguments.sentences / "tokenizer.json")))
    if arguments.onward:
        load(reader, arguments.onward)
    questions = Questions(arguments.groups, pairs, arguments.seed)
    train(reader, questions, arguments.minutes, arguments.rate, has_first=not arguments.onward)
    export(reader, arguments.sentences, arguments.out)


if __name__ == "__main__":
    main()
