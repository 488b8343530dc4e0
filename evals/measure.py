"""Measures of a run: ranking by ir-measures, citation and refusal as this field defines them.

A case that failed or is missing counts as zero, never as absent. "Citation precision" is the
share of given citations that are right; "recall" the share of what had to be cited that was
(for a case with alternatives, one of them is all). A wrong answer is an answer where a refusal
was due, or one whose first citation is not right.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from pydantic import BaseModel, ConfigDict

from evals.cases import Case, portion


class Given(BaseModel):
    """What the assistant gave for a case.

    Attributes:
        case: Id of the case.
        outcome: ``answer``, ``refusal``, or ``error`` (then ``error`` says why).
        cited: Anchors in order.
        ranked: Anchors of the ten best hits, cited or not.
        exact: Is every quote the stored text, byte for byte?
        confidence: Probability that the judge gave the best hit, 0 to 1.
        elapsed_ms: Time for the answer.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    case: str
    outcome: str
    lang: str = ""
    cited: tuple[str, ...] = ()
    ranked: tuple[str, ...] = ()
    exact: bool = True
    confidence: float = 0.0
    elapsed_ms: float = 0.0
    text: str = ""
    error: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """A case with what was given for it."""

    case: Case
    given: Given

    @property
    def cited(self) -> list[tuple[str, str]]:
        """Work and portion of each citation."""
        return [portion(a) for a in self.given.cited]

    @property
    def ranked(self) -> list[tuple[str, str]]:
        """Work and portion of each hit, each once."""
        return list(dict.fromkeys(portion(a) for a in self.given.ranked))

    @property
    def answered(self) -> bool:
        """Was it answered?"""
        return self.given.outcome == "answer"

    @property
    def wrong(self) -> bool:
        """Is it a wrong answer?"""
        return self.answered and (not self.cited or self.cited[0] not in self.case.right)

    def hit(self, k: int) -> float:
        """1 where a right passage is among the first ``k`` hits."""
        return float(any(p in self.case.right for p in self.ranked[:k]))

    @property
    def precision(self) -> float:
        """Share of citations that are right."""
        cited = self.cited
        return sum(p in self.case.right for p in cited) / len(cited) if cited else 0.0

    @property
    def recall(self) -> float:
        """Share of what had to be cited that was."""
        cited = set(self.cited)
        if self.case.all:
            return sum(portion(a) in cited for a in self.case.all) / len(self.case.all)
        return float(bool(cited & self.case.right))


Values = dict[str, float]
Measure = Callable[[Sequence[Pair]], float]


def _mean(values: Sequence[float]) -> float:
    return float(np.mean(values)) if len(values) else float("nan")


def _answerable(pairs: Sequence[Pair]) -> list[Pair]:
    return [p for p in pairs if not p.case.refuse]


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def _refusal(pairs: Sequence[Pair]) -> tuple[float, float]:
    refused = [p for p in pairs if p.given.outcome == "refusal"]
    due = [p for p in pairs if p.case.refuse]
    right = [p for p in refused if p.case.refuse]
    return (
        len(right) / len(refused) if refused else 0.0,
        len(right) / len(due) if due else float("nan"),
    )


def _citation(pairs: Sequence[Pair]) -> tuple[float, float]:
    """Over the answerable cases that were answered (precision), and all of them (recall)."""
    able = _answerable(pairs)
    return _mean([p.precision for p in able if p.answered]), _mean([p.recall for p in able])


MEASURES: dict[str, Measure] = {
    "hit@1": lambda ps: _mean([p.hit(1) for p in _answerable(ps)]),
    "hit@3": lambda ps: _mean([p.hit(3) for p in _answerable(ps)]),
    "hit@5": lambda ps: _mean([p.hit(5) for p in _answerable(ps)]),
    "citation precision": lambda ps: _citation(ps)[0],
    "citation recall": lambda ps: _citation(ps)[1],
    "citation F1": lambda ps: _f1(*_citation(ps)),
    "refusal precision": lambda ps: _refusal(ps)[0],
    "refusal recall": lambda ps: _refusal(ps)[1],
    "refusal F1": lambda ps: _f1(*_refusal(ps)),
    "wrongly refused": lambda ps: _mean([not p.answered for p in _answerable(ps)]),
    "wrong answers": lambda ps: _mean([p.wrong for p in ps]),
    "answer language": lambda ps: _mean([p.given.lang == p.case.lang for p in ps]),
    "exact quotes": lambda ps: _mean([p.given.exact for p in ps]),
}
LOWER_IS_BETTER = frozenset({"wrongly refused", "wrong answers"})


def ranking(pairs: Sequence[Pair]) -> Values:
    """Recall@k, nDCG@10 and reciprocal rank, by ir-measures, over the answerable cases."""
    import ir_measures
    from ir_measures import RR, R, nDCG

    able = _answerable(pairs)
    if not able:
        return {}
    qrels = {p.case.id: {"|".join(r): 1 for r in p.case.right} for p in able}
    run = {
        p.case.id: {"|".join(r): float(-n) for n, r in enumerate(p.ranked)}
        or {"nothing|found": 0.0}
        for p in able
    }
    wanted = [R @ 5, R @ 10, nDCG @ 10, RR @ 10]
    return {str(m): float(v) for m, v in ir_measures.calc_aggregate(wanted, qrels, run).items()}


def values(pairs: Sequence[Pair]) -> Values:
    """All measures of these pairs."""
    out = {name: measure(pairs) for name, measure in MEASURES.items()} | ranking(pairs)
    times = [p.given.elapsed_ms for p in pairs if p.given.elapsed_ms]
    if times:
        out["latency p50 (ms)"] = float(np.percentile(times, 50))
        out["latency p95 (ms)"] = float(np.percentile(times, 95))
    return out


def interval(
    pairs: Sequence[Pair], measure: Measure, rounds: int = 500, seed: int = 7
) -> tuple[float, float]:
    """95 % bootstrap interval of a measure, over cases drawn again with replacement."""
    if not pairs:
        return float("nan"), float("nan")
    random = np.random.default_rng(seed)
    drawn = [
        measure([pairs[i] for i in random.integers(0, len(pairs), len(pairs))])
        for _ in range(rounds)
    ]
    low, high = np.nanpercentile(drawn, [2.5, 97.5])
    return float(low), float(high)


def risk_coverage(pairs: Sequence[Pair]) -> list[tuple[float, float]]:
    """(share answered, share of those answers that are wrong) as the threshold falls.

    Uses the confidence of the best hit and whether it is right, answered or not.
    """
    ordered = sorted(pairs, key=lambda p: -p.given.confidence)
    points, wrong = [], 0
    for n, pair in enumerate(ordered, 1):
        wrong += pair.case.refuse or not pair.hit(1)
        points.append((n / len(ordered), wrong / n))
    return points


def why(pair: Pair) -> str:
    """In a few words, what is wrong with what was given; "" where nothing is."""
    case, given = pair.case, pair.given
    reasons = (
        (given.outcome == "error", f"failed: {given.error}"),
        (case.refuse and pair.answered, "answered, should have been refused"),
        (not case.refuse and not pair.answered, "refused, should have been answered"),
        (pair.wrong, "first citation is not right"),
        (pair.answered and pair.recall < 1, "not everything that had to be cited"),
        (pair.answered and pair.precision < 1, "a citation too many"),
    )
    return next((reason for holds, reason in reasons if holds), "")


def table(pairs: Sequence[Pair]) -> dict[str, dict[str, Any]]:
    """By measure: French, Dutch, the gap (French minus Dutch), and the intervals."""
    french, dutch = ([p for p in pairs if p.case.lang == la] for la in ("fr", "nl"))
    by_lang = {"fr": values(french), "nl": values(dutch)}
    out: dict[str, dict[str, Any]] = {}
    for name in by_lang["fr"]:
        fr, nl = by_lang["fr"].get(name), by_lang["nl"].get(name)
        row: dict[str, Any] = {"fr": fr, "nl": nl}
        row["gap"] = fr - nl if fr is not None and nl is not None else None
        if name in MEASURES:
            row["fr 95%"] = interval(french, MEASURES[name])
            row["nl 95%"] = interval(dutch, MEASURES[name])
        out[name] = row
    return out
