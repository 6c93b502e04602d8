"""Adds to manifest.toml of a model folder the hash of each file that what it computes depends on.

Arguments: the folder, and the files.
"""

import sys
from pathlib import Path

from blake3 import blake3

folder, *files = sys.argv[1:]
manifest = Path(folder, "manifest.toml")
settings = manifest.read_text().partition("[blake3]")[0].rstrip() if manifest.exists() else ""
lines = [f'"{name}" = "{blake3(Path(folder, name).read_bytes()).hexdigest()}"' for name in files]
manifest.write_text("\n\n".join(filter(None, [settings, "[blake3]\n" + "\n".join(lines) + "\n"])))
