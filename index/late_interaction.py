"""Late interaction: a question token by token against a passage token by token.

The score is the mean, over the tokens of the question, of the best cosine with any token of
the passage (MaxSim; Khattab & Zaharia 2020). It needs no further model: the token vectors are
those that the embedding model pools. They are kept as int8 with one scale a token (a quarter
of float32, error below 0.01 in cosine) in one file, of which a search reads what it needs. The
file is not mapped: reading past the end of a mapped file that was cut short ends the process.
"""

from __future__ import annotations

import os
import weakref
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from index.errors import DamagedBuildError

Floats = NDArray[np.float32]


def pack(tokens: Floats) -> bytes:
    """Token vectors, shape (tokens, dimension), as bytes: float16 scales, then int8 rows."""
    scales = np.maximum(np.abs(tokens).max(axis=1), 1e-6) / 127
    rows = np.rint(tokens / scales[:, None]).astype(np.int8)
    return bytes(scales.astype(np.float16).tobytes() + rows.tobytes())


def unpack(data: bytes, dimension: int) -> Floats:
    """Inverse of :func:`pack`, up to rounding."""
    scales, rows = _read(data, dimension)
    return rows.astype(np.float32) * scales[:, None]


def _read(data: bytes, dimension: int) -> tuple[Floats, NDArray[np.int8]]:
    """Scales, shape (tokens,), and rows, shape (tokens, dimension)."""
    count = len(data) // (dimension + 2)
    scales = np.frombuffer(data, np.float16, count).astype(np.float32)
    return scales, np.frombuffer(data, np.int8, count * dimension, 2 * count).reshape(-1, dimension)


class TokenStore:
    """Packed token vectors of a build, by chunk number. Safe for several threads."""

    def __init__(self, folder: Path, dimension: int) -> None:
        self._folder, self._dimension = folder, dimension
        # Products this small gain nothing by threads, which wait for each other on a busy machine.
        threadpool_limits(limits=1, user_api="blas")
        try:
            self._offsets = np.load(folder / "offsets.npy")
            size = (folder / "tokens.bin").stat().st_size
            whole = size == int(self._offsets[-1])
            file = os.open(folder / "tokens.bin", os.O_RDONLY)
        except (OSError, ValueError, EOFError, IndexError) as error:
            raise self._damaged() from error
        self._file = file
        self._end = weakref.finalize(self, os.close, file)
        if not whole:
            self.close()
            raise self._damaged()

    def _damaged(self) -> DamagedBuildError:
        return DamagedBuildError(
            "the token vectors of a build are not whole",
            self._folder,
            "Run `python -m index build`, or `python -m index rollback`.",
        )

    def close(self) -> None:
        """Let go of the file."""
        self._end()

    def __len__(self) -> int:
        return len(self._offsets) - 1

    def __getitem__(self, number: int) -> Floats:
        """Token vectors of a chunk, shape (tokens, dimension); ``DamagedBuildError``."""
        return unpack(self.packed(number), self._dimension)

    def packed(self, number: int) -> bytes:
        """Those of a chunk as they are stored; ``DamagedBuildError``."""
        start, stop = (int(o) for o in self._offsets[number : number + 2])
        try:
            data = os.pread(self._file, stop - start, start)
            if len(data) == stop - start:
                return data
        except (OSError, ValueError) as error:  # closed, a broken disk, or offsets that are none
            raise self._damaged() from error
        raise self._damaged()


def write(folder: Path, packed: Iterable[bytes]) -> None:
    """Write the token vectors of chunks, in their order."""
    folder.mkdir(parents=True, exist_ok=True)
    offsets = [0]
    with (folder / "tokens.bin").open("wb") as file:
        for data in packed:
            file.write(data)
            offsets.append(offsets[-1] + len(data))
    np.save(folder / "offsets.npy", np.asarray(offsets, np.int64))


def best(question: Floats, passages: Iterable[bytes]) -> Floats:
    """Best cosine of each question token with any token of each passage.

    Args:
        question: Shape (question tokens, dimension).
        passages: The token vectors of each, packed; read one after the other, so that each is
            still in the cache of the processor when it is multiplied.

    Returns:
        Shape (passages, question tokens); 0 for a passage without tokens.
    """
    turned = np.ascontiguousarray(question.T)
    found: list[Floats] = []
    for data in passages:
        scales, rows = _read(data, len(turned))
        cosines = rows.astype(np.float32) @ turned
        cosines *= scales[:, None]  # less to multiply than the rows
        found.append(cosines.max(axis=0) if len(rows) else np.zeros(len(question), np.float32))
    return np.stack(found) if found else np.zeros((0, len(question)), np.float32)
