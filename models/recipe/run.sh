#!/usr/bin/env bash
# From the data to models/camnang and models/ranker.json: `models/recipe/run.sh DATA [WORK]`.
# About five hours on two cores; uses a GPU where PyTorch finds one.
set -euo pipefail
data=$(realpath "$1")
work=$(realpath -m "${2:-target/recipe}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
recipe=models/recipe model=models/camnang
mkdir -p "$work/features" "$work/words-features" "$work/model"
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --requirement $recipe/requirements.txt
python() { "$work/python/bin/python" "$@"; }
cargo build --locked --release

features() { # model out corpus queries qrels [option]
  target/release/camnang --model "$1" eval --features --corpus "$data/$3" \
    --queries "$4" --qrels "$5" ${6:+"$6"} > "$2.jsonl"
}
all_features() { # model out
  local zalo=(legal/corpus.jsonl.gz "$data/zalo/train.queries.jsonl.gz" "$data/zalo/train.qrels.tsv")
  features "$1" "$2/zalo" "${zalo[@]}"
  features "$1" "$2/zalo_bare" "${zalo[@]}" --strip-diacritics
  features "$1" "$2/hotich" hotich/corpus.jsonl.gz "$data"/hotich/train.{queries.jsonl.gz,qrels.tsv}
  for set in vncivil vicov19qa; do
    features "$1" "$2/$set" pairs/$set/corpus.jsonl.gz "$data/pairs/$set"/{queries.jsonl.gz,qrels.tsv}
  done
}

# Words: vectors, then the order by them, then one that needs no model.
python $recipe/pairs.py "$data" "$work/pairs.tsv"
python $recipe/embedding.py "$work/pairs.tsv" "$work/model/words"
python $recipe/manifest.py "$work/model/words" config.json vocabulary.txt model.safetensors
# A model without an order is described by words alone: one that changes nothing shows all features.
echo '{"n_features": 25, "trees": []}' > "$work/model/words/ranker.json"
all_features "$work/model/words" "$work/words-features"
python $recipe/order.py "$work/words-features" "$work/model/words/ranker.json"
python $recipe/order.py "$work/words-features" models/ranker.json --first 14

# Sentences: questions labelled by the ranking so far, the encoder, then the order of the second look.
python $recipe/label.py unlabelled "$data/questions/r2ai2026.jsonl.gz" "$data/legal/corpus.jsonl.gz" \
  "$work/unlabelled.tsv"
features "$work/model/words" "$work/unlabelled" legal/corpus.jsonl.gz \
  "$data/questions/r2ai2026.jsonl.gz" "$work/unlabelled.tsv"
python $recipe/label.py labelled "$work/unlabelled.jsonl" "$work/model/words/ranker.json" \
  "$data/questions/r2ai2026.jsonl.gz" "$data/legal/corpus.jsonl.gz" "$work/questions.json"
python $recipe/sentences.py "$work/pairs.tsv" "$work/questions.json" "$work/model/sentences"
python $recipe/manifest.py "$work/model/sentences" config.json tokenizer.json model.safetensors
all_features "$work/model" "$work/features"
python $recipe/order.py "$work/features" "$work/model/ranker.json" --twice "$work/words-features"

# The reader: groups of a question and clauses, then what they teach the encoder.
python $recipe/groups.py "$data" "$work/words-features" "$work/questions.json" "$work/groups.jsonl"
python $recipe/reader.py "$work/groups.jsonl" "$work/model/sentences" "$work/model/reader"
python $recipe/manifest.py "$work/model/reader" adapter_config.json adapter_model.safetensors

mkdir -p $model/words $model/sentences $model/reader
cp "$work"/model/words/{config.json,vocabulary.txt,model.safetensors,manifest.toml,ranker.json} $model/words
cp "$work"/model/sentences/{config.json,tokenizer.json,model.safetensors,manifest.toml} $model/sentences
cp "$work"/model/reader/{adapter_config.json,adapter_model.safetensors,manifest.toml} $model/reader
cp "$work"/model/ranker.json $model
