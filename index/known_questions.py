"""Questions that are known: those that a passage answers, and those that its source does not.

A question is nearer to another that asks the same than to the text that answers both. So where
a passage comes with questions, they say two things of a new one: which passage it leads to, and
whether it asks something that is answered there.

The vectors of an embedding model lie close together, and most of what parts two questions is
how they are put. Whitening takes that out: distances are measured against how the questions of
one passage differ among themselves (a linear discriminant; Fisher 1936, Rao 1948). What is
learned is a mean, one matrix and one direction, from the lists of the build alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedBuildError
from sources.anchor import WorkPortion
from sources.model import Passage

NAME = "questions.npz"
Floats = NDArray[np.float32]
_SHRINKAGE = 0.5  # towards no whitening; .3 to .7 gave the same
_RIDGE = 10.0  # 3 to 100 gave the same
_NEAREST_SOME = 5
_UNRELATED = 0.2  # likeness that a question about something else reaches by chance
_FLAT = 1e-9


class KnownQuestion(NamedTuple):
    """A known question: where it leads, and whether it is answered there."""

    portion: WorkPortion
    text: str
    answered: bool


@dataclass(frozen=True, slots=True)
class Likeness:
    """How like the known questions a new one is. All values are differences or cosines.

    Attributes:
        by_portion: Likeness to the questions that each portion answers, -1 to 1.
        nearer: By work, how much nearer its nearest answered question is than its nearest
            unanswered one; only of works with both.
        nearer_some: The same for the nearest five.
        leaning: By portion, whether what is asked of its subject is of the sort that is
            answered (above 0) or of the sort that is not.
    """

    by_portion: dict[WorkPortion, float]
    nearer: dict[str, float]
    nearer_some: dict[str, float]
    leaning: dict[WorkPortion, float]


def known_questions(passages: Iterable[Passage]) -> list[KnownQuestion]:
    """Every known question once, in reading order."""
    found: dict[KnownQuestion, None] = {}
    for p in passages:
        at = p.anchor.work_portion
        found |= dict.fromkeys(KnownQuestion(at, q, answered=True) for q in p.questions)
        found |= dict.fromkeys(KnownQuestion(at, q, answered=False) for q in p.unanswered)
    return list(found)


def write(folder: Path, questions: Sequence[KnownQuestion], vectors: Floats) -> None:
    """Learn from the vectors of the questions, shape (questions, d); store what a search needs."""
    np.savez(folder / NAME, **_learned(questions, vectors))  # type: ignore[arg-type]


def _learned(questions: Sequence[KnownQuestion], vectors: Floats) -> dict[str, Floats]:
    answered = np.array([q.answered for q in questions], dtype=bool)
    places = _places(questions)
    mean, matrix = _whitening(vectors[answered], places[answered])
    white = _white(vectors, mean, matrix)
    direction = _direction(white, places, answered)
    return {"mean": mean, "matrix": matrix, "vectors": white, "direction": direction}


class KnownQuestions:
    """Known questions, as a search asks them.

    Args:
        questions: All of them, in the order of their vectors.
        learned: What was learned from their vectors.
    """

    def __init__(self, questions: Sequence[KnownQuestion], learned: Mapping[str, Floats]) -> None:
        self._mean, self._matrix = learned["mean"], learned["matrix"]
        self._vectors, self._direction = learned["vectors"], learned["direction"]
        self._answered = np.array([q.answered for q in questions], dtype=bool)
        rows: dict[WorkPortion, list[int]] = {}
        for row, q in enumerate(questions):
            if q.answered:
                rows.setdefault(q.portion, []).append(row)
        self._portions = list(rows)
        self._rows = np.array([n for ns in rows.values() for n in ns], dtype=np.int64)
        counts = [len(ns) for ns in rows.values()]
        self._place = np.repeat(np.arange(len(rows)), counts)  # the portion of each row
        self._ends = np.cumsum(counts, dtype=np.int64)
        self._starts = self._ends - counts
        centres = [_centre(self._vectors[ns]) for ns in rows.values()]
        self._middles = np.array([middle for middle, _ in centres])
        self._means = np.array([mean for _, mean in centres])
        works = np.array([q.portion[0] for q in questions], dtype=object)
        self._sides = {
            work: (self._answered & (works == work), ~self._answered & (works == work))
            for work in dict.fromkeys(works)
        }
        self.with_unanswered = {q.portion[0] for q in questions if not q.answered}

    @classmethod
    def of(cls, questions: Sequence[KnownQuestion], vectors: Floats) -> KnownQuestions:
        """Learned now from the vectors of the questions, shape (questions, d)."""
        return cls(questions, _learned(questions, vectors))

    @classmethod
    def load(cls, folder: Path, passages: Iterable[Passage]) -> KnownQuestions:
        """Those of a build; ``DamagedBuildError`` where what is stored is not whole."""
        questions = known_questions(passages)
        try:
            with (folder / NAME).open("rb") as stored, np.load(stored) as file:
                found = cls(questions, file)
        except (OSError, ValueError, EOFError, KeyError, IndexError, BadZipFile) as error:
            raise _damaged(folder) from error
        if len(found) != len(questions):
            raise _damaged(folder)
        return found

    def __len__(self) -> int:
        return len(self._vectors)

    def like(self, question: Floats) -> Likeness | None:
        """How like the known questions one of shape (d,) is; None where none are known."""
        if not self._portions:
            return None
        white = _white(question[None], self._mean, self._matrix)[0]
        cosines = self._vectors @ white
        likeness = (self._middles @ white + self._nearest(cosines)) / 2
        leaning = (white - self._means) @ self._direction[:-1] + self._direction[-1]
        sides = [(w, cosines[yes], cosines[no]) for w, (yes, no) in self._sides.items()]
        both = [(w, yes, no) for w, yes, no in sides if len(yes) and len(no)]
        one, some = (
            {w: _top(yes, count) - _top(no, count) for w, yes, no in both}
            for count in (1, _NEAREST_SOME)
        )
        return Likeness(
            dict(zip(self._portions, likeness.tolist(), strict=True)),
            one,
            some,
            dict(zip(self._portions, leaning.tolist(), strict=True)),
        )

    def _nearest(self, cosines: Floats) -> Floats:
        """By portion, the mean of the two nearest questions that it answers, or the one."""
        mine = cosines[self._rows]
        falling = mine[np.lexsort((-mine, self._place))]
        second = np.minimum(self._starts + 1, self._ends - 1)
        return np.asarray((falling[self._starts] + falling[second]) / 2, np.float32)


def bonus(likeness: Sequence[float | None]) -> list[float]:
    """What known questions add to each passage's score, before weighing.

    Among the passages that come with questions, likeness counts as it is. Beside passages that
    come with none, which gain and lose nothing, only what a question about something else would
    not reach counts.
    """
    known = [a for a in likeness if a is not None]
    floor = min(max(known, default=0.0), _UNRELATED)
    return [0.0 if a is None else a - floor for a in likeness]


def _places(questions: Sequence[KnownQuestion]) -> NDArray[np.int64]:
    """A number for the portion of each question."""
    number: dict[WorkPortion, int] = {}
    return np.array([number.setdefault(q.portion, len(number)) for q in questions], dtype=np.int64)


def _whitening(vectors: Floats, places: NDArray[np.int64]) -> tuple[Floats, Floats]:
    """Mean, and the matrix after which questions of one portion differ alike in every way."""
    dimension = vectors.shape[1]
    if not len(vectors):
        return np.zeros(dimension, np.float32), np.eye(dimension, dtype=np.float32)
    within = np.concatenate(
        [mine - mine.mean(axis=0) for p in np.unique(places) for mine in [vectors[places == p]]]
    ).astype(np.float64)
    covariance = within.T @ within / len(within)
    alike = np.trace(covariance) / dimension * np.eye(dimension)
    scatter = (1 - _SHRINKAGE) * covariance + _SHRINKAGE * alike
    values, axes = np.linalg.eigh(scatter)
    if values[0] < _FLAT**2:  # one question a portion: nothing to learn from
        return vectors.mean(axis=0), np.eye(dimension, dtype=np.float32)
    matrix = axes @ np.diag(values**-0.5) @ axes.T
    return vectors.mean(axis=0), matrix.astype(np.float32)


def _white(vectors: Floats, mean: Floats, matrix: Floats) -> Floats:
    """Vectors, shape (n, d), whitened, each of length 1."""
    moved = np.asarray((vectors - mean) @ matrix, np.float32)
    moved /= np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), _FLAT)
    return moved


def _centre(white: Floats) -> tuple[Floats, Floats]:
    """The direction of the middle of some questions, of length 1, and their mean."""
    mean = np.asarray(white.mean(axis=0), np.float32)
    length = max(float(np.linalg.norm(mean)), _FLAT)
    return np.asarray(mean / length, np.float32), mean


def _direction(white: Floats, places: NDArray[np.int64], answered: NDArray[np.bool_]) -> Floats:
    """Which way what is asked of a subject leans when it is answered: shape (d + 1,).

    Fitted (ridge regression) on how each question differs from those that its portion answers,
    answered and unanswered ones weighing the same in all; the last number is the intercept.
    """
    means = {p: white[answered & (places == p)].mean(axis=0) for p in np.unique(places[answered])}
    rows = [n for n, p in enumerate(places) if p in means]
    sides = answered[rows]
    if not rows or sides.all() or not sides.any():
        return np.zeros(white.shape[1] + 1, np.float32)
    apart = np.array([white[n] - means[places[n]] for n in rows], np.float64)
    weights = np.where(sides, 0.5 / sides.mean(), 0.5 / (~sides).mean())
    wanted = np.where(sides, 1.0, -1.0)
    middle, height = np.average(apart, 0, weights), np.average(wanted, 0, weights)
    weighed = (apart - middle) * weights[:, None]
    scatter = weighed.T @ (apart - middle) + _RIDGE * np.eye(apart.shape[1])
    slope = np.linalg.solve(scatter, weighed.T @ (wanted - height))
    return np.append(slope, height - middle @ slope).astype(np.float32)


def _top(values: Floats, count: int) -> float:
    """Mean of the largest."""
    return float(np.mean(np.partition(values, -min(count, len(values)))[-count:]))


def _damaged(folder: Path) -> DamagedBuildError:
    return DamagedBuildError(
        "the questions of a build are not whole",
        folder,
        "Run `python -m index build`, or `python -m index rollback`.",
    )
