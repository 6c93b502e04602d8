"""Writes manifest.toml of a model folder: the hash of each file that vectors depend on."""

import sys
from pathlib import Path

from blake3 import blake3

folder = Path(sys.argv[1])
lines = [f'"{name}" = "{blake3((folder / name).read_bytes()).hexdigest()}"'
         for name in ("config.json", "vocabulary.txt", "model.safetensors")]
(folder / "manifest.toml").write_text("[blake3]\n" + "\n".join(lines) + "\n")
