"""Checksums of vectors that allow for rounding.

Chroma normalises the vectors that it stores, so that their last bits may change each time it
writes them, and no hash of them holds. These checksums do: a few sums of each vector, weighted
by waves of different lengths, which any change of a number or of their order moves.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
from numpy.typing import NDArray

NAME = "checksums.npy"
_SUMS = 8
_TOLERANCE = 5e-6  # rounding moves a sum by 3e-7 at most


def checksums(vectors: NDArray[np.float32]) -> NDArray[np.float64]:
    """Sums of vectors of shape (n, d): shape (n, 8)."""
    waves = np.cos(np.outer(np.arange(1, vectors.shape[1] + 1), np.arange(1, _SUMS + 1)))
    sums: NDArray[np.float64] = vectors.astype(np.float64) @ waves
    return sums


def write(folder: Path, vectors: NDArray[np.float32]) -> None:
    """Store the checksums of the vectors of a build, in the order of its chunks."""
    np.save(folder / NAME, checksums(vectors))


def read(folder: Path) -> NDArray[np.float64]:
    """The checksums of a build, shape (chunks, 8)."""
    found: NDArray[np.float64] = np.load(folder / NAME)
    return found


def agree(vectors: NDArray[np.float32], expected: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Is each of these vectors the one that the checksum was made of? Shape (n,)."""
    apart = np.abs(checksums(vectors) - expected).max(axis=1)
    return np.asarray(apart < _TOLERANCE)
