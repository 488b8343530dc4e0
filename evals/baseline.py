"""The baseline: measures that a later run must not fall below by more than noise.

It holds the values, how far each may move by chance, and a hash of each case, so that a run is
only held against it over the very same cases. Made again (``python -m evals check --refresh``)
when cases change, and when a change of the search is meant to move the measures.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import isnan
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from evals.cases import SPLITS, CasesError, Split
from evals.measure import MEASURES
from evals.run import EvaluationRun
from evals.table import rows
from sources.anchor import LANGS, Lang
from sources.files import write_atomically

PATH = Path(__file__).with_name("baseline.json")
NOISE = 0.02  # a measure may always move by this much


class Value(BaseModel):
    """A measure, and half of its 95 % interval (at least ``NOISE``)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    value: float
    noise: float


class Baseline(BaseModel):
    """Measures by split and language, and the cases that they are over (id, hash)."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    created: str
    build: str
    model: str
    judge: str
    sources: tuple[str, ...]
    measures: dict[Split, dict[Lang, dict[str, Value]]]
    cases: dict[str, str]

    def write(self, path: Path) -> None:
        """Write it as JSON that a reviewer can read."""
        write_atomically(path, (self.model_dump_json(indent=1) + "\n").encode("utf-8"))

    @classmethod
    def read(cls, path: Path) -> Baseline:
        """Read it; ``CasesError`` where the file is none."""
        try:
            return cls.model_validate_json(path.read_bytes())
        except (OSError, ValueError) as error:
            raise CasesError(
                "not a baseline",
                f"{path} ({error})",
                "Make one: `python -m evals check --refresh`.",
            ) from error


@dataclass(frozen=True, slots=True)
class Fall:
    """A measure that is worse than the baseline by more than noise."""

    split: str
    lang: str
    measure: str
    before: float
    after: float
    noise: float

    def __str__(self) -> str:
        return (
            f"{self.split} {self.lang}: {self.measure} {self.before:.3f} -> {self.after:.3f} "
            f"(may move by {self.noise:.3f})"
        )


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a check found.

    Attributes:
        falls: Measures that are worse than they may be.
        lacking: Ids of cases of the baseline that were not run, or were altered.
        new: Ids of cases that the baseline does not have; not looked at.
    """

    falls: tuple[Fall, ...]
    lacking: tuple[str, ...]
    new: tuple[str, ...]

    @property
    def passed(self) -> bool:
        """Was the baseline reached, over all of its cases?"""
        return not self.falls and not self.lacking


def of(run: EvaluationRun) -> Baseline:
    """The baseline that a run gives."""
    measures: dict[Split, dict[Lang, dict[str, Value]]] = {s: {} for s in SPLITS}
    for split in SPLITS:
        found = rows(run.scored_cases(split, "fr"), run.scored_cases(split, "nl"))
        for lang in LANGS:
            measures[split][lang] = {}
            for row in found:
                value, (low, high) = (
                    (row.fr, row.fr_bounds) if lang == "fr" else (row.nl, row.nl_bounds)
                )
                if not isnan(value):  # some case belongs to the measure
                    noise = max(NOISE, (high - low) / 2)
                    measures[split][lang][row.measure] = Value(
                        value=round(value, 4), noise=round(noise, 4)
                    )
    return Baseline(
        created=run.created,
        build=run.build,
        model=run.model,
        judge=run.judge,
        sources=run.sources,
        measures=measures,
        cases={c.id: c.digest for c in run.cases},
    )


def check(run: EvaluationRun, baseline: Baseline) -> Verdict:
    """Hold a run against a baseline, over the cases of the baseline.

    Where cases are lacking, the values are not over the same cases: nothing is compared then.
    """
    now = {c.id: c.digest for c in run.cases}
    lacking = tuple(i for i, digest in baseline.cases.items() if now.get(i) != digest)
    new = tuple(i for i in now if i not in baseline.cases)
    if lacking:
        return Verdict((), lacking, new)
    same = run.model_copy(update={"cases": tuple(c for c in run.cases if c.id not in new)})
    after = of(same)
    falls = [
        Fall(split, lang, measure.name, old.value, found, old.noise)
        for split, langs in baseline.measures.items()
        for lang, values in langs.items()
        for measure in MEASURES
        if (old := values.get(measure.name))
        # No value: the cases of the measure are gone, such as those with quotes to be exact.
        for found in (_value(after, split, lang, measure.name),)
        if measure.worse(old.value, found) > old.noise
    ]
    return Verdict(tuple(falls), (), new)


def _value(baseline: Baseline, split: Split, lang: Lang, measure: str) -> float:
    found = baseline.measures[split][lang].get(measure)
    return found.value if found else 0.0
