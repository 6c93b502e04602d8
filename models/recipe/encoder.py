"""A BERT encoder in PyTorch, its tokenizer, and the folder that Camnang reads both from."""

import json

import numpy as np
import torch
import torch.nn.functional as F
from safetensors.torch import load_file, save_file
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors
from torch import nn

HIDDEN, WIDE, HEADS, POSITIONS = 384, 1536, 12, 512
BEGIN, PAD, END, UNKNOWN = 0, 1, 2, 3


def tokenizer(vocabulary):
    """Unigram pieces as multilingual-e5 has them; `vocabulary` is pieces with log probabilities."""
    made = Tokenizer(models.Unigram(vocabulary, unk_id=UNKNOWN, byte_fallback=False))
    made.normalizer = normalizers.Sequence([normalizers.NFKC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="always")
    made.post_processor = processors.TemplateProcessing(
        single="<s> $A </s>", special_tokens=[("<s>", BEGIN), ("</s>", END)]
    )
    return made


def attention(query, key, value, mask):
    """Of shape [n, heads, length, HIDDEN / heads]; where `mask` is false nothing is looked at."""
    if query.is_cuda:
        return F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
    # Plain products: on a CPU the fused attention takes half of all time in learning.
    n, heads, length, size = query.shape
    query, key, value = (part.reshape(n * heads, length, size) for part in (query, key, value))
    scores = torch.bmm(query, key.transpose(1, 2)).view(n, heads, length, length) * size**-0.5
    scores = scores + torch.where(mask, 0.0, -1e4).to(scores.dtype)
    shares = torch.softmax(scores, -1).view(n * heads, length, length).to(value.dtype)
    return torch.bmm(shares, value).view(n, heads, length, size)


class Layer(nn.Module):
    def __init__(self):
        super().__init__()
        self.project = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.gather, self.gather_norm = nn.Linear(HIDDEN, HIDDEN), nn.LayerNorm(HIDDEN, eps=1e-12)
        self.widen, self.narrow = nn.Linear(HIDDEN, WIDE), nn.Linear(WIDE, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)

    def forward(self, x, mask):
        n, length, _ = x.shape
        parts = self.project(x).view(n, length, 3, HEADS, -1).permute(2, 0, 3, 1, 4)
        seen = attention(*parts, mask)
        x = self.gather_norm(x + self.gather(seen.transpose(1, 2).reshape(n, length, HIDDEN)))
        return self.norm(x + self.narrow(F.gelu(self.widen(x))))


class Encoder(nn.Module):
    """Vectors of length one: the mean over the tokens of the last layer."""

    def __init__(self, n_rows, n_layers):
        super().__init__()
        self.words, self.positions = nn.Embedding(n_rows, HIDDEN), nn.Embedding(POSITIONS, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(n_layers))

    def hidden(self, ids, mask, added=0.0):
        """The vectors of the tokens, shape [n, length, HIDDEN]; `added` joins those of the words."""
        x = self.norm(self.words(ids) + self.positions.weight[: ids.shape[1]] + added)
        for layer in self.layers:
            x = layer(x, mask[:, None, None, :])
        return x

    def forward(self, ids, mask):
        x, weights = self.hidden(ids, mask).float(), mask[:, :, None].float()
        return F.normalize((x * weights).sum(1) / weights.sum(1), dim=1)


def of_tensors(tensors, rows, layers):
    """The encoder with `rows` of the vocabulary and `layers` of those in `tensors`."""
    made = Encoder(len(rows), len(layers))
    take = lambda name, *shape: torch.from_numpy(tensors[name].reshape(*shape).copy())

    def norm(module, name):
        module.weight.copy_(take(name + ".w", -1))
        module.bias.copy_(take(name + ".b", -1))

    def linear(module, prefix, names, n_inputs):
        module.weight.copy_(torch.cat([take(f"{prefix}.{name}.w", -1, n_inputs) for name in names]))
        module.bias.copy_(torch.cat([take(f"{prefix}.{name}.b", -1) for name in names]))

    with torch.no_grad():
        made.words.weight.copy_(take("emb.word", -1, HIDDEN)[torch.tensor(rows)])
        made.positions.weight.copy_(take("emb.pos", -1, HIDDEN) + take("emb.type", -1, HIDDEN)[0])
        norm(made.norm, "emb.ln")
        for layer, number in zip(made.layers, layers):
            prefix = f"l{number}"
            linear(layer.project, prefix, "qkv", HIDDEN)
            linear(layer.gather, prefix, ["ao"], HIDDEN)
            linear(layer.widen, prefix, ["fi"], HIDDEN)
            linear(layer.narrow, prefix, ["fo"], WIDE)
            norm(layer.gather_norm, prefix + ".aln")
            norm(layer.norm, prefix + ".oln")
    return made


def load(folder):
    """The encoder that `export` wrote into `folder`."""
    stored = load_file(folder / "model.safetensors")
    tensors = {name: of_bytes(stored, name) for name in stored if not name.endswith(".scales")}
    n_layers = json.loads((folder / "config.json").read_text())["num_hidden_layers"]
    made = Encoder(len(tensors["embeddings.word_embeddings.weight"]), n_layers)
    made.load_state_dict({own: torch.cat([tensors[name] for name in names]) for own, names in stored_names(made).items()})
    return made


def of_bytes(stored, name):
    numbers = stored[name].float()
    return (numbers - 128) * stored[name + ".scales"][:, None] if name + ".scales" in stored else numbers


def stored_names(encoder):
    """What Hugging Face's BERT calls each tensor of `encoder`; some are several there."""
    names = {
        "words.weight": ["embeddings.word_embeddings.weight"],
        "positions.weight": ["embeddings.position_embeddings.weight"],
    }
    modules = {"norm": ["embeddings.LayerNorm"]}
    for at in range(len(encoder.layers)):
        own, theirs = f"layers.{at}.", f"encoder.layer.{at}."
        modules |= {
            own + "project": [f"{theirs}attention.self.{part}" for part in ("query", "key", "value")],
            own + "gather": [theirs + "attention.output.dense"],
            own + "gather_norm": [theirs + "attention.output.LayerNorm"],
            own + "widen": [theirs + "intermediate.dense"],
            own + "narrow": [theirs + "output.dense"],
            own + "norm": [theirs + "output.LayerNorm"],
        }
    for own, theirs in modules.items():
        for part in ("weight", "bias"):
            names[f"{own}.{part}"] = [f"{name}.{part}" for name in theirs]
    return names


def padded(sequences):
    """Ids and mask, shape [n, longest]."""
    # A GPU reads rows of a multiple of eight fastest.
    longest = -(-max(map(len, sequences)) // 8) * 8
    ids = np.full((len(sequences), longest), PAD, np.int64)
    for row, sequence in zip(ids, sequences):
        row[: len(sequence)] = sequence
    lengths = torch.tensor([len(s) for s in sequences])
    return torch.from_numpy(ids), torch.arange(longest) < lengths[:, None]


def in_bytes(tensors):
    """Matrices as bytes, 128 for zero, with a scale a row; vectors as they are."""
    stored = {}
    for name, tensor in tensors.items():
        if tensor.ndim < 2:
            stored[name] = tensor.contiguous()
            continue
        scales = tensor.abs().max(dim=1).values.clamp(min=1e-8) / 127
        numbers = (tensor / scales[:, None]).round().clamp(-127, 127) + 128
        stored[name], stored[name + ".scales"] = numbers.to(torch.uint8), scales
    return stored


def export(encoder, made_tokenizer, out, max_tokens):
    """Writes `encoder` under the names of Hugging Face's BERT."""
    tensors = {"embeddings.token_type_embeddings.weight": torch.zeros(1, HIDDEN)}
    own = encoder.state_dict()
    for name, theirs in stored_names(encoder).items():
        tensors |= dict(zip(theirs, own[name].chunk(len(theirs))))
    out.mkdir(parents=True, exist_ok=True)
    save_file(in_bytes({name: tensor.detach().float() for name, tensor in tensors.items()}), out / "model.safetensors")
    config = {
        "model_type": "bert", "hidden_size": HIDDEN, "intermediate_size": WIDE, "num_attention_heads": HEADS,
        "num_hidden_layers": len(encoder.layers), "vocab_size": len(encoder.words.weight),
        "max_position_embeddings": POSITIONS, "type_vocab_size": 1, "layer_norm_eps": 1e-12,
        "hidden_act": "gelu", "pad_token_id": PAD,
    }  # fmt: skip
    (out / "config.json").write_text(json.dumps(config, indent=1) + "\n")
    made_tokenizer.save(str(out / "tokenizer.json"), pretty=False)
    settings = f'pooling = "mean"\nquery_prefix = "query: "\npassage_prefix = "passage: "\nmax_tokens = {max_tokens}\n'
    (out / "manifest.toml").write_text(settings)
