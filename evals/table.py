"""The measures of a run as rows: French, Dutch, the gap between them, and how sure each is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from evals.cases import SPLITS, CaseKind
from evals.measure import MEASURES, Bounds, calibration_error, columns, latency
from evals.scored_case import ScoredCase
from sources.anchor import LANGS

if TYPE_CHECKING:
    from evals.run import EvaluationRun

# A kind has few cases: these say the most with the least noise.
BY_KIND = ("right", "hit@1", "citation recall")


@dataclass(frozen=True, slots=True)
class MeasureRow:
    """One measure; shares, 0 to 1. The gap is French minus Dutch; bounds are 95 % intervals.

    Attributes:
        measure: Its name.
        lower_is_better: Is a smaller value better?
        fr, nl, gap: Values; NaN where no case belongs to the measure.
        fr_bounds, nl_bounds, gap_bounds: Bootstrap over cases drawn again.
    """

    measure: str
    lower_is_better: bool
    fr: float
    nl: float
    gap: float
    fr_bounds: Bounds
    nl_bounds: Bounds
    gap_bounds: Bounds


def rows(french: Sequence[ScoredCase], dutch: Sequence[ScoredCase]) -> list[MeasureRow]:
    """Every measure over these cases."""
    fr, nl = columns(french), columns(dutch)
    out = []
    for measure in MEASURES:
        value_fr, value_nl = float(measure.of(fr)), float(measure.of(nl))
        out.append(
            MeasureRow(
                measure.name,
                measure.lower_is_better,
                value_fr,
                value_nl,
                value_fr - value_nl,
                measure.interval(fr),
                measure.interval(nl),
                measure.gap_interval(fr, nl),
            )
        )
    return out


@dataclass(frozen=True, slots=True)
class KindRow:
    """One kind of case in one language: how many, and the values of ``BY_KIND``."""

    kind: str
    lang: str
    cases: int
    values: dict[str, float]


def by_kind(scored_cases: Sequence[ScoredCase]) -> list[KindRow]:
    """Every kind that there is, French before Dutch."""
    out = []
    wanted = [m for m in MEASURES if m.name in BY_KIND]
    for kind in CaseKind:
        for lang in LANGS:
            group = [p for p in scored_cases if p.case.kind is kind and p.case.lang == lang]
            if group:
                found = columns(group)
                values = {m.name: float(m.of(found)) for m in wanted}
                out.append(KindRow(str(kind), lang, len(group), values))
    return out


def summary(run: EvaluationRun) -> dict[str, Any]:
    """The measures of a run for programs: by split, then by kind."""
    out: dict[str, Any] = {}
    for split in SPLITS:
        french, dutch = run.scored_cases(split, "fr"), run.scored_cases(split, "nl")
        if french or dutch:
            out[split] = {
                "cases": {"fr": len(french), "nl": len(dutch)},
                "measures": rows(french, dutch),
                "latency_ms": {"fr": latency(french), "nl": latency(dutch)},
                "calibration_error": {
                    "fr": calibration_error(french),
                    "nl": calibration_error(dutch),
                },
                "by_kind": by_kind([*french, *dutch]),
            }
    return out
