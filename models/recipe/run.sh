#!/usr/bin/env bash
# From the data to models/camnang and models/ranker.json: `models/recipe/run.sh DATA [WORK]`.
# Uses a GPU where PyTorch finds one: half an hour then, most of it features. On two cores a night, and less is learned.
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
if python -c 'import sys, torch; sys.exit(not torch.cuda.is_available())'; then
  sentences_s=215 reader_min=3.4
else
  sentences_s=14400 reader_min=240
fi

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
python $recipe/sentences.py cut "$work/pairs.tsv" "$work/cut"
python $recipe/units.py "$data" "$work/words-features" "$work/questions.json" "$work/cut" "$work/units"
python $recipe/sentences.py train "$work/cut" "$work/units" "$work/common" --seconds "$sentences_s"
# Of questions that teach the order, each half is seen by an encoder that learned from the other.
learned() { # folder option…
  local folder=$1; shift
  python $recipe/sentences.py train "$work/common" "$work/units" "$folder/sentences" --seconds $((sentences_s / 8)) --seed 7 "$@"
  python $recipe/manifest.py "$folder/sentences" config.json tokenizer.json model.safetensors
}
learned "$work/model" --half 0 --half 1
for half in 0 1; do
  mkdir -p "$work/half$half/features"
  cp -r "$work/model/words" "$work/half$half"
  learned "$work/half$half" --half $half
  # What is looked for are features; an order that changes nothing lets the folder open.
  echo '{"n_features": 29, "trees": []}' > "$work/half$half/ranker.json"
  all_features "$work/half$half" "$work/half$half/features"
done
python $recipe/order.py "$work"/half{1,0}/features "$work/model/ranker.json" --twice "$work/words-features"

# The reader: groups of a question and clauses, then what they teach the encoder.
python $recipe/groups.py "$data" "$work/words-features" "$work/questions.json" "$work/groups.jsonl"
python $recipe/reader.py "$work/groups.jsonl" "$work/model/sentences" "$work/model/reader" --minutes "$reader_min"
python $recipe/manifest.py "$work/model/reader" adapter_config.json adapter_model.safetensors

mkdir -p $model/words $model/sentences $model/reader
cp "$work"/model/words/{config.json,vocabulary.txt,model.safetensors,manifest.toml,ranker.json} $model/words
cp "$work"/model/sentences/{config.json,tokenizer.json,model.safetensors,manifest.toml} $model/sentences
cp "$work"/model/reader/{adapter_config.json,adapter_model.safetensors,manifest.toml} $model/reader
cp "$work"/model/ranker.json $model
