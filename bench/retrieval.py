"""One run that compares rankings side by side: the same questions, passages, weights, machine.

Only questions that the sources answer, and that stand alone, are asked. Quality and time are
given as they are and as ratios to a named baseline: of the llama-index pipelines with chunks,
the one that ranks best here, so that the choice of a chunk size is not held against it.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from bench.rankers import Ranker
from evals.cases import Case
from evals.measure import MEASURES, columns
from evals.scored_case import Given, ScoredCase
from sources.anchor import LANGS

_LIMIT = 10
SHOWN = ("hit@1", "hit@3", "hit@5", "RR@10")


@dataclass(frozen=True, slots=True)
class Timed:
    """A ranking for a case, and how long it took in milliseconds."""

    scored: ScoredCase
    elapsed_ms: float


@dataclass(frozen=True, slots=True)
class RankerResult:
    """A ranker on the questions of one language.

    Attributes:
        ranker, lang, cases: What was measured, and on how many questions.
        values: By measure, 0 to 1; RR@10 is the mean reciprocal rank (MRR) within ten.
        median_ms: Median time for a question, its embedding included.
        ratios: Each of these over the baseline's; a time ratio below 1 is faster.
        low, high: 95 % interval of the difference of RR@10 to the baseline's.
    """

    ranker: str
    lang: str
    cases: int
    values: dict[str, float]
    median_ms: float
    ratios: dict[str, float]
    low: float
    high: float


def askable(cases: Sequence[Case], works: frozenset[str]) -> list[Case]:
    """Cases that a ranking alone can be measured on."""
    return [c for c in cases if not c.refuse and not c.history and c.works <= works]


def measure(
    rankers: Sequence[Ranker], cases: Sequence[Case], tick: Callable[[], object]
) -> dict[str, list[Timed]]:
    """What each ranker gives; ``tick`` is told of each question."""
    out: dict[str, list[Timed]] = {}
    for ranker in rankers:
        ranker.rank(cases[0].question, cases[0].lang, _LIMIT)  # the first call loads and caches
        out[ranker.name] = list(_timed(ranker, cases, tick))
    return out


def _timed(ranker: Ranker, cases: Sequence[Case], tick: Callable[[], object]) -> Iterator[Timed]:
    for case in cases:
        start = time.perf_counter()
        ranked = ranker.rank(case.question, case.lang, _LIMIT)
        elapsed = 1000 * (time.perf_counter() - start)
        tick()
        given = Given(case=case.id, outcome="refusal", ranked=tuple(ranked))
        yield Timed(ScoredCase(case, given), elapsed)


def best(found: dict[str, list[Timed]], names: Sequence[str]) -> str:
    """Of these rankers, the one with the highest reciprocal rank over all questions."""
    return max(names, key=lambda n: _values([t.scored for t in found[n]])["RR@10"])


def results(found: dict[str, list[Timed]], baseline: str) -> list[RankerResult]:
    """Every ranker and language, in the order given."""
    return [
        _result(name, lang, _of(timed, lang), _of(found[baseline], lang))
        for name, timed in found.items()
        for lang in LANGS
        if _of(timed, lang)
    ]


def _of(timed: Sequence[Timed], lang: str) -> list[Timed]:
    return [t for t in timed if t.scored.case.lang == lang]


def _result(
    name: str, lang: str, own_times: Sequence[Timed], base: Sequence[Timed]
) -> RankerResult:
    scored_cases, others = [t.scored for t in own_times], [t.scored for t in base]
    values, before = _values(scored_cases), _values(others)
    median, usual = _median(own_times), _median(base)
    rank = next(m for m in MEASURES if m.name == "RR@10")
    low, high = rank.paired_interval(columns(others), columns(scored_cases))
    ratios = {m: v / before[m] if before[m] else float("nan") for m, v in values.items()}
    return RankerResult(
        name, lang, len(scored_cases), values, median, ratios | {"time": median / usual}, low, high
    )


def _values(scored_cases: Sequence[ScoredCase]) -> dict[str, float]:
    found = columns(scored_cases)
    return {m.name: float(m.of(found)) for m in MEASURES if m.name in SHOWN}


def _median(timed: Sequence[Timed]) -> float:
    return float(np.median([t.elapsed_ms for t in timed]))
