"""Vectors of the questions that the texts of the project come with: no first start embeds them.

The file (safetensors) has the key of each in the cache (32 bytes) and its vector (float16, length
1). A key is a hash of the model and of the text (:func:`index.cache.key`): where either is another,
nothing is found, and the text is embedded. ``python -m training.shipped_vectors`` makes the file; a
test says when it lacks a question.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

PATH = Path(__file__).with_name("data") / "questions.safetensors"

Floats = NDArray[np.float32]


class _Stored(NamedTuple):
    row: dict[str, int]  # by key
    vectors: NDArray[np.float16]  # shape (keys, dimension)


def write(path: Path, vectors: Mapping[str, Floats]) -> None:
    """Write vectors of length 1, each of shape (dimension,), by their key."""
    from safetensors.numpy import save_file

    keys = sorted(vectors)
    digests = np.array([list(bytes.fromhex(k)) for k in keys], np.uint8)
    save_file(
        {"keys": digests, "vectors": np.stack([vectors[k] for k in keys], dtype=np.float16)}, path
    )


def get(key: str, path: Path = PATH) -> Floats | None:
    """The vector of a key, shape (dimension,), length 1; None where none ships."""
    stored = _read(path)
    row = stored.row.get(key)
    if row is None:
        return None
    vector = stored.vectors[row].astype(np.float32)
    return np.asarray(vector / np.linalg.norm(vector), np.float32)


@cache
def _read(path: Path) -> _Stored:
    """None of them where the file cannot be read: all can be computed again."""
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        keys, vectors = tensors["keys"], tensors["vectors"]
    except (OSError, ValueError, KeyError, SafetensorError):
        return _Stored({}, np.empty((0, 0), np.float16))
    return _Stored({bytes(k).hex(): row for row, k in enumerate(keys)}, vectors)
