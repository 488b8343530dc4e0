"""Questions that passages are known to answer: which passage a question like this one leads to.

A question is nearer to another that asks the same than to the text that answers both. Where a
passage comes with such questions, the mean cosine of the nearest two is one more signal about
that passage. Two, because one may be near by an accident of its wording. Where a passage comes
with none, nothing changes: what is added to a score is only by how much its questions are
nearer than those of passages whose text fits as well.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedBuildError
from sources.anchor import Anchor
from sources.model import Passage

NAME = "questions.npy"
Floats = NDArray[np.float32]
_NEAREST = 2
_FEWEST = 3  # passages below which there is nothing to expect from
_FLAT = 1e-9


def listed(passages: Iterable[Passage]) -> list[tuple[Anchor, str]]:
    """Every question with the passage that it leads to, in reading order."""
    return [(p.anchor, q) for p in passages for q in p.questions]


class Asked:
    """The questions of a build as vectors."""

    def __init__(self, folder: Path, passages: Iterable[Passage]) -> None:
        self._anchors = [anchor for anchor, _ in listed(passages)]
        try:
            self._vectors: Floats = np.load(folder / NAME)
        except (OSError, ValueError, EOFError) as error:
            raise _damaged(folder) from error
        if len(self._vectors) != len(self._anchors):
            raise _damaged(folder)

    def __len__(self) -> int:
        return len(self._anchors)

    def nearest(self, question: Floats) -> dict[Anchor, float]:
        """By passage, the mean cosine of its two nearest questions with one of shape (d,)."""
        found: dict[Anchor, list[float]] = {}
        if self._anchors:
            for anchor, value in zip(self._anchors, self._vectors @ question, strict=True):
                found.setdefault(anchor, []).append(float(value))
        return {a: float(np.mean(sorted(values)[-_NEAREST:])) for a, values in found.items()}


def surprise(scores: Sequence[float], asked: Sequence[float | None]) -> list[float]:
    """By how much each passage's questions are nearer than its score would make one expect.

    What is expected is the line of least squares through the passages that have questions; it
    is drawn for each question anew, so nothing depends on the model or on the other sources.

    Args:
        scores: Of each passage by its text.
        asked: Cosine of its nearest questions; None where it has none.

    Returns:
        One difference of cosines for each passage; 0 where it has no questions.
    """
    pairs = [(s, a) for s, a in zip(scores, asked, strict=True) if a is not None]
    if len(pairs) < _FEWEST:
        return [0.0] * len(asked)
    x, y = np.array(pairs).T
    spread = float(((x - x.mean()) ** 2).sum())
    slope = float(((x - x.mean()) * (y - y.mean())).sum()) / spread if spread > _FLAT else 0.0
    return [
        0.0 if a is None else a - float(y.mean()) - slope * (s - float(x.mean()))
        for s, a in zip(scores, asked, strict=True)
    ]


def _damaged(folder: Path) -> DamagedBuildError:
    return DamagedBuildError(
        "the questions of a build are not whole",
        folder,
        "Run `python -m index build`, or `python -m index rollback`.",
    )
