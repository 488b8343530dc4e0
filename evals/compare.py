"""Two runs compared over the cases that both have: what changed by more than noise.

The noise is that of the cases: the same cases are drawn again, with replacement, for both runs
(a paired bootstrap), and a measure has changed where 95 % of the differences lie on one side
of zero. Cases that only one run has, or that were altered between them, are left out and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from evals.cases import SPLITS
from evals.measure import MEASURES, columns
from evals.run import EvaluationRun
from evals.scored_case import ScoredCase
from sources.anchor import LANGS


@dataclass(frozen=True, slots=True)
class Change:
    """A measure before and after.

    Attributes:
        split, lang, measure: Of what.
        before, after: Its values, shares from 0 to 1; NaN where no case belongs to it.
        low, high: 95 % interval of the difference (after minus before).
        verdict: "better", "worse", or "noise" where the interval holds zero.
    """

    split: str
    lang: str
    measure: str
    before: float
    after: float
    low: float
    high: float
    verdict: str


@dataclass(frozen=True, slots=True)
class CaseChange:
    """A case that is right in one run only.

    Attributes:
        case, lang, kind, split, question: Which.
        now: "right" or "wrong", in the second run.
        why: What is wrong in the run where it is wrong.
        before, after: What was given: anchors of the citations, or the outcome without any.
    """

    case: str
    lang: str
    kind: str
    split: str
    question: str
    now: str
    why: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs.

    Attributes:
        before, after: Their build ids.
        cases: How many were compared.
        not_compared: Ids of cases that are not the same in both runs.
        changes: Every measure, changed or not.
        turns: Cases that became right or wrong.
    """

    before: str
    after: str
    cases: int
    not_compared: tuple[str, ...]
    changes: tuple[Change, ...]
    turns: tuple[CaseChange, ...]


def compare(before: EvaluationRun, after: EvaluationRun) -> Comparison:
    """Compare two runs, case by case and measure by measure."""
    first = {p.case.id: p for p in before.scored_cases()}
    second = {p.case.id: p for p in after.scored_cases()}
    shared = [i for i in first if i in second and first[i].case.digest == second[i].case.digest]
    pairs = [(first[i], second[i]) for i in shared]
    return Comparison(
        before.build,
        after.build,
        len(shared),
        tuple(sorted((first.keys() | second.keys()) - set(shared))),
        tuple(_changes(pairs)),
        tuple(_turn(a, b) for a, b in pairs if a.right != b.right),
    )


def _changes(pairs: Sequence[tuple[ScoredCase, ScoredCase]]) -> list[Change]:
    out: list[Change] = []
    for split in SPLITS:
        for lang in LANGS:
            group = [(a, b) for a, b in pairs if (a.case.split, a.case.lang) == (split, lang)]
            if group:
                out += _measured(group, split, lang)
    return out


def _measured(
    pairs: Sequence[tuple[ScoredCase, ScoredCase]], split: str, lang: str
) -> list[Change]:
    first, second = columns([a for a, _ in pairs]), columns([b for _, b in pairs])
    out = []
    for measure in MEASURES:
        low, high = measure.paired_interval(first, second)
        before, after = float(measure.of(first)), float(measure.of(second))
        verdict = "noise"
        if low > 0 or high < 0:
            verdict = "worse" if measure.worse(before, after) > 0 else "better"
        out.append(Change(split, lang, measure.name, before, after, low, high, verdict))
    return out


def _turn(before: ScoredCase, after: ScoredCase) -> CaseChange:
    case = after.case
    return CaseChange(
        case.id,
        case.lang,
        str(case.kind),
        case.split,
        case.question,
        "right" if after.right else "wrong",
        str((before if after.right else after).why or ""),
        before.given.cited or (before.given.outcome,),
        after.given.cited or (after.given.outcome,),
    )
