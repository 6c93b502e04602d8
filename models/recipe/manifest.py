"""Adds to manifest.toml of a model folder the hash of each file that vectors depend on.

Arguments: the folder, and the file that says what tokens are.
"""

import sys
from pathlib import Path

from blake3 import blake3

folder, tokens = Path(sys.argv[1]), sys.argv[2]
manifest = folder / "manifest.toml"
settings = manifest.read_text().partition("[blake3]")[0].rstrip() if manifest.exists() else ""
lines = [f'"{name}" = "{blake3((folder / name).read_bytes()).hexdigest()}"'
         for name in ("config.json", tokens, "model.safetensors")]
manifest.write_text("\n\n".join(filter(None, [settings, "[blake3]\n" + "\n".join(lines) + "\n"])))
