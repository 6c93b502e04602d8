#!/usr/bin/env bash
# From the data to models/camnang-words and models/ranker.json: `models/recipe/run.sh DATA [WORK]`.
# About an hour on two cores; uses a GPU where PyTorch finds one.
set -euo pipefail
data=$(realpath "$1")
work=$(realpath -m "${2:-target/recipe}")
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
recipe=models/recipe model=models/camnang-words
mkdir -p "$work/features"
python3 -m venv "$work/python"
"$work/python/bin/pip" install --quiet --requirement $recipe/requirements.txt
python() { "$work/python/bin/python" "$@"; }
cargo build --locked --release

python $recipe/pairs.py "$data" "$work/pairs.tsv"
python $recipe/embedding.py "$work/pairs.tsv" "$work/model"
python $recipe/manifest.py "$work/model"

features() { # name corpus queries qrels [option]
  target/release/camnang --model "$work/model" eval --features --corpus "$data/$2" \
    --queries "$data/$3" --qrels "$data/$4" ${5:+"$5"} > "$work/features/$1.jsonl"
}
features zalo legal/corpus.jsonl.gz zalo/train.queries.jsonl.gz zalo/train.qrels.tsv
features zalo_bare legal/corpus.jsonl.gz zalo/train.queries.jsonl.gz zalo/train.qrels.tsv --strip-diacritics
features hotich hotich/corpus.jsonl.gz hotich/train.queries.jsonl.gz hotich/train.qrels.tsv
for set in vncivil vicov19qa; do
  features $set pairs/$set/corpus.jsonl.gz pairs/$set/queries.jsonl.gz pairs/$set/qrels.tsv
done
python $recipe/trees.py "$work/features" "$work/model/ranker.json"
python $recipe/trees.py "$work/features" models/ranker.json --first 14
mkdir -p $model
cp "$work"/model/{config.json,vocabulary.txt,model.safetensors,manifest.toml,ranker.json} $model
