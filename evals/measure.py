"""Measures of a run: ranking by ir-measures, citation and refusal as this field defines them.

Every measure is a mean of one value a case, or the harmonic mean of two such means (F1). A
case that failed or is missing has the worst value in every measure that it belongs to, never
none. "Citation precision" is the share of given citations that are right, over the answerable
cases that were answered; "recall" the share of what had to be cited that was, over all
answerable cases (of alternatives, one is all). A wrong answer is an answer where a refusal was
due, or one whose first citation is not right.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import DegenerateDataWarning, bootstrap

from evals.scored_case import ScoredCase
from sources.errors import DuchesseError

Floats = NDArray[np.float64]
Columns = Mapping[str, Floats]
Bounds = tuple[float, float]

ROUNDS, SEED = 2000, 7
_GROUPS = 10
_RANKING = ("R@5", "R@10", "nDCG@10", "RR@10")


def _able(scored: ScoredCase, value: float) -> float | None:
    return None if scored.case.refuse else float(value)


def _refusal_precision(scored: ScoredCase) -> float | None:
    return float(scored.refused and scored.case.refuse) if scored.refused or scored.failed else None


# One value a case; None where the case does not belong to the measure.
_VALUES: dict[str, Callable[[ScoredCase], float | None]] = {
    "right": lambda p: float(p.right),
    "hit@1": lambda p: _able(p, p.hit(1)),
    "hit@3": lambda p: _able(p, p.hit(3)),
    "hit@5": lambda p: _able(p, p.hit(5)),
    "article@1": lambda p: _able(p, p.article),
    "citation precision": lambda p: None if p.refused else _able(p, p.precision),
    "citation recall": lambda p: _able(p, p.recall),
    "refusal precision": _refusal_precision,
    "refusal recall": lambda p: float(p.refused) if p.case.refuse else None,
    "wrongly refused": lambda p: _able(p, not p.answered),
    "wrong answers": lambda p: float(p.wrong or p.failed),
    "parts": lambda p: p.parts if p.case.parts else None,
    "literal": lambda p: p.literal if p.case.literal else None,
    "answer language": lambda p: float(p.language),
    "exact quotes": lambda p: None if p.refused else float(p.quoted),
}


@dataclass(frozen=True, slots=True)
class Measure:
    """A mean over cases.

    Attributes:
        name: As the field writes it.
        parts: Columns; where there are two, the harmonic mean of their means.
        lower_is_better: Is a smaller value better?
    """

    name: str
    parts: tuple[str, ...]
    lower_is_better: bool = False

    def of(self, columns: Columns, drawn: NDArray[np.int64] | None = None) -> Floats:
        """The value, shape (), or one for each row of case numbers drawn, shape (rounds,)."""
        means = [_mean(columns[p] if drawn is None else columns[p][drawn]) for p in self.parts]
        if len(means) == 1:
            return means[0]
        # Without a single answer (or refusal) there is no precision, and nothing was found.
        neither = np.isnan(means[0]) & np.isnan(means[1])
        first, second = np.nan_to_num(means[0]), np.nan_to_num(means[1])
        total = first + second
        f1: Floats = 2 * first * second / np.where(total == 0, 1, total)
        return np.where(neither, np.nan, f1)

    def interval(self, columns: Columns) -> Bounds:
        """95 % interval of the value, by drawing the cases again."""
        return _interval(lambda drawn: self.of(columns, drawn), self._count(columns))

    def paired_interval(self, before: Columns, after: Columns) -> Bounds:
        """95 % interval of after minus before, by drawing the cases that both have again."""
        return _interval(
            lambda drawn: self.of(after, drawn) - self.of(before, drawn), self._count(before)
        )

    def gap_interval(self, first: Columns, second: Columns) -> Bounds:
        """95 % interval of first minus second, each with cases of its own."""
        return _interval(
            lambda a, b: self.of(first, a) - self.of(second, b),
            self._count(first),
            self._count(second),
        )

    def _count(self, columns: Columns) -> int:
        return len(columns[self.parts[0]])

    def worse(self, before: float, after: float) -> float:
        """By how much ``after`` is worse; negative where it is better."""
        return after - before if self.lower_is_better else before - after


MEASURES = (
    Measure("right", ("right",)),
    *(Measure(name, (name,)) for name in ("hit@1", "article@1", "hit@3", "hit@5")),
    *(Measure(name, (name,)) for name in _RANKING),
    Measure("citation precision", ("citation precision",)),
    Measure("citation recall", ("citation recall",)),
    Measure("citation F1", ("citation precision", "citation recall")),
    Measure("refusal precision", ("refusal precision",)),
    Measure("refusal recall", ("refusal recall",)),
    Measure("refusal F1", ("refusal precision", "refusal recall")),
    Measure("wrongly refused", ("wrongly refused",), lower_is_better=True),
    Measure("wrong answers", ("wrong answers",), lower_is_better=True),
    Measure("parts", ("parts",)),
    Measure("literal", ("literal",)),
    Measure("answer language", ("answer language",)),
    Measure("exact quotes", ("exact quotes",)),
)


def _mean(values: Floats) -> Floats:
    """Mean over the last axis of the values that are there; NaN where none is."""
    defined = ~np.isnan(values)
    count = defined.sum(axis=-1)
    total = np.where(defined, values, 0.0).sum(axis=-1)
    mean: Floats = np.where(count == 0, np.nan, total / np.maximum(count, 1))
    return mean


def columns(scored_cases: Sequence[ScoredCase]) -> Columns:
    """Values by case, shape (cases,) each, in the order of the cases; NaN for "none"."""
    by_case = {
        name: np.array([value(p) for p in scored_cases], dtype=np.float64)  # None becomes NaN
        for name, value in _VALUES.items()
    }
    return by_case | _ranking(scored_cases)


def _ranking(scored_cases: Sequence[ScoredCase]) -> dict[str, Floats]:
    """Recall@k, nDCG@10 and reciprocal rank by ir-measures; every right passage is relevant."""
    place = {p.case.id: n for n, p in enumerate(scored_cases) if not p.case.refuse}
    out = {name: np.full(len(scored_cases), np.nan) for name in _RANKING}
    if not place:
        return out
    try:
        import ir_measures
    except ImportError as error:
        raise DuchesseError(
            "the package that measures ranking is not installed",
            "ir-measures",
            "Install the development packages: pip install -e .[dev]",
        ) from error
    qrels = {i: {"|".join(r): 1 for r in scored_cases[n].good} for i, n in place.items()}
    run = {
        i: {"|".join(r): float(-rank) for rank, r in enumerate(scored_cases[n].ranked)}
        or {"nothing|found": 0.0}  # a case without hits must not vanish
        for i, n in place.items()
    }
    wanted = [ir_measures.parse_measure(name) for name in _RANKING]
    for metric in ir_measures.iter_calc(wanted, qrels, run):
        out[str(metric.measure)][place[metric.query_id]] = metric.value
    return out


def values(scored_cases: Sequence[ScoredCase]) -> dict[str, float]:
    """All measures of these cases; NaN where no case belongs to one."""
    found = columns(scored_cases)
    return {m.name: float(m.of(found)) for m in MEASURES}


def latency(scored_cases: Sequence[ScoredCase]) -> dict[str, float]:
    """Median and 95th percentile of the time for an answer, in milliseconds."""
    times = [p.given.elapsed_ms for p in scored_cases if not p.failed]
    if not times:
        return {"p50": float("nan"), "p95": float("nan")}
    return {f"p{q}": float(np.percentile(times, q)) for q in (50, 95)}


def calibration_error(scored_cases: Sequence[ScoredCase]) -> float:
    """How far the confidence is from what it says: expected calibration error, 0 to 1.

    Cases are put in ten groups by the confidence in their best hit; the error is the mean over
    them, by their size, of how much the share that is right differs from the mean confidence.
    Cases that another rule decided have no confidence and do not count; NaN where all are so.
    """
    judged = [p for p in scored_cases if p.given.confidence > 0]
    if not judged:
        return float("nan")
    sure = np.array([p.given.confidence for p in judged])
    right = np.array([p.hit(1) for p in judged], dtype=np.float64)
    groups = np.minimum((sure * _GROUPS).astype(int), _GROUPS - 1)
    apart = [abs(right[groups == g].sum() - sure[groups == g].sum()) for g in range(_GROUPS)]
    return float(sum(apart) / len(judged))


def _interval(statistic: Callable[..., Floats], *counts: int) -> Bounds:
    """95 % interval of a statistic over cases drawn again with replacement (bootstrap percentiles).

    Args:
        statistic: From case numbers drawn, shape (rounds, count) for each of ``counts``, to its
            values, shape (rounds,).
        counts: How many cases there are, for each group that is drawn by itself.

    The same for the same input. Rounds without any case of the measure do not count; NaN where
    no round has one.
    """
    if not all(counts):
        return float("nan"), float("nan")

    def of_rows(*drawn: NDArray[np.int64], axis: int) -> Floats:  # noqa: ARG001 - always the last
        return statistic(*drawn)

    # The library wants two cases or more; the mean of one case twice is that of the case.
    cases = [np.arange(n) if n > 1 else np.zeros(2, dtype=np.int64) for n in counts]
    with warnings.catch_warnings(action="ignore", category=DegenerateDataWarning):
        drawn = bootstrap(
            cases,
            of_rows,
            n_resamples=ROUNDS,
            vectorized=True,
            method="percentile",
            rng=np.random.default_rng(SEED),
        ).bootstrap_distribution
    defined = drawn[~np.isnan(drawn)]
    if not defined.size:
        return float("nan"), float("nan")
    low, high = np.percentile(defined, [2.5, 97.5])
    return float(low), float(high)


def risk_coverage(scored_cases: Sequence[ScoredCase]) -> list[tuple[float, float]]:
    """(share answered, share of those answers that are wrong) as the threshold falls.

    Uses the confidence of the best hit and whether it is right, answered or not; cases of equal
    confidence are answered together.
    """
    ordered = sorted(scored_cases, key=lambda p: -p.given.confidence)
    points: list[tuple[float, float]] = []
    wrong = 0
    for n, scored in enumerate(ordered, 1):
        wrong += not scored.hit(1)  # nothing is right for a case that must be refused
        last = n == len(ordered)
        if last or ordered[n].given.confidence < scored.given.confidence:
            points.append((n / len(ordered), wrong / n))
    return points
