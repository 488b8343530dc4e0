"""Do the hits suffice for an answer? A small calibrated model weighs several features.

The best similarity alone does not tell a question that the sources answer from one that only
sounds alike. Each feature below is a number that a person can read; a multinomial logistic model
weighs them. A passage can fail in two ways: it is about the question and does not answer it, or it
is about something else. What tells a right passage from the one does not tell it from the other, so
each way has weights of its own, and a passage has to pass both.

The weights are data (``assistant/data/answerability.json``; for another embedding model
``<data>/answerability/<model>.json``), made by ``python -m evals calibrate``: separately for
passages of sources that come with questions they answer and do not answer, on these questions, and,
on the development half of the evaluation set, for others with a view in the language of the
question and for those with none.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields
from functools import cached_property
from hashlib import sha256
from operator import attrgetter, mul
from pathlib import Path
from statistics import fmean
from typing import TYPE_CHECKING

from pydantic import BaseModel, ConfigDict, field_validator

from assistant.answer_type import AnswerType
from assistant.errors import AssistantError
from assistant.learned import of_each, read_weights
from index.build import Build
from index.coverage import Names
from index.glossary import Glossary
from index.query import Query
from index.search import Hit
from index.tokens import words
from sources.anchor import LANGS, Lang
from sources.folding import fold

if TYPE_CHECKING:
    from index.reranker import Reranker

PATH = Path(__file__).with_name("data") / "answerability.json"
_REST = slice(4, 14)  # the hits that a good answer stands out from


@dataclass(frozen=True, slots=True)
class Features:
    """What speaks for and against a passage as an answer; each 0 to 1 unless it says otherwise.

    Attributes:
        late: Late-interaction score of the best view.
        dense: Cosine of the best view.
        margin: How far the hit stands above the fifth to fourteenth of the others (in score).
        lead: How far it stands above the second.
        weakest: Similarity of the content word of the query that fits least.
        weak: Mean similarity of the half of the content words that fit least.
        lexical: Share of the best possible lexical score.
        covered, likely_covered, unknown: See :class:`index.coverage.Coverage`.
        figures_missing: Share of its numbers that the passage does not have.
        names_missing: Share of its names and acronyms that the passage does not have.
        answer_type_missing: Share of what it asks for (an amount, a moment, a person, a name)
            that the passage does not have to give.
        question_likeness: Likeness to the questions that the passage is known to answer; 0 where
            it comes with none.
        question_lead: How far those are nearer than those of any other passage found.
        nearer: How much nearer an answered question is than an unanswered one; this one and
            the next two only where the source comes with both.
        nearer_some: The same for the nearest five.
        leaning: Whether what is asked of the subject is of the sort that is answered.
        reading: Score of the reranker, on its own scale: of a passage that it has not read, the
            lowest of those that it has; 0 where there is none.
    """

    late: float
    dense: float
    margin: float
    lead: float
    weakest: float
    weak: float
    lexical: float
    covered: float
    likely_covered: float
    unknown: float
    figures_missing: float
    names_missing: float
    answer_type_missing: float
    question_likeness: float
    question_lead: float
    nearer: float
    nearer_some: float
    leaning: float
    reading: float = 0.0

    def vector(self) -> list[float]:
        """The values in the order of the fields."""
        return [float(v) for v in _values(self)]


NAMES = tuple(f.name for f in fields(Features))
_values = attrgetter(*NAMES)


class FeatureExtractor:
    """Features of the hits of one query; what depends only on the query is computed once.

    Args:
        query: What was searched.
        hits: What was found, best first.
        glossary: Other names of the same thing.
        names: Those of a work in a language. A question that names the text that it is about asks
            for no passage with these words.
    """

    def __init__(
        self,
        query: Query,
        hits: Sequence[Hit],
        glossary: Glossary,
        names: Names,
    ) -> None:
        self._hits, self._names_of = hits, names
        self._unread = min((h.reading for h in hits if h.reading is not None), default=0.0)
        self._figures = query.figures
        self._names = [(fold(n), *_other_names(n, query.lang, glossary)) for n in query.names]
        self._wanted = AnswerType.of(query)

    def all(self) -> list[Features]:
        """Features of each hit, in the order of the hits."""
        seconds = _best_of_others([h.score for h in self._hits])
        alike = _best_of_others([h.question_likeness for h in self._hits])
        return [
            self._of(place, second, other)
            for place, (second, other) in enumerate(zip(seconds, alike, strict=True))
        ]

    def _of(self, place: int, second: float | None, alike: float | None) -> Features:
        """Features of a hit, with the best score and the best likeness of any other."""
        hit = self._hits[place]
        best = max(hit.views, key=lambda v: v.late)
        first = self._hits[: _REST.stop + 1]
        rest = [h.score for n, h in enumerate(first) if n != place][_REST]
        likeness = hit.question_likeness or 0.0
        half = sorted(hit.word_fits)[: max(1, (len(hit.word_fits) + 1) // 2)]
        text = self._all_text(hit) if self._figures or self._names else ""
        return Features(
            late=best.late,
            dense=max(v.dense for v in hit.views),
            margin=hit.score - fmean(rest) if rest else 0.0,
            lead=0.0 if second is None else hit.score - second,
            weakest=min(hit.word_fits, default=best.late),
            weak=fmean(half) if half else best.late,
            lexical=hit.lexical,
            covered=hit.coverage.covered,
            likely_covered=hit.coverage.likely,
            unknown=hit.coverage.unknown,
            figures_missing=_missing(self._figures, set(re.findall(r"\d+", text))),
            names_missing=self._names_missing(fold(text)),
            answer_type_missing=self._wanted.missing(hit.passage.texts),
            question_likeness=likeness,
            question_lead=0.0
            if hit.question_likeness is None or alike is None
            else likeness - alike,
            nearer=hit.nearer,
            nearer_some=hit.nearer_some,
            leaning=hit.leaning,
            reading=self._unread if hit.reading is None else hit.reading,
        )

    def _all_text(self, hit: Hit) -> str:
        p = hit.passage
        parts = [text for la in p.texts for text in p.all_texts(la)]
        parts += [name for la in LANGS for name in self._names_of(p.anchor.work, la)]
        return "\n".join(parts)

    def _names_missing(self, text: str) -> float:
        missing = sum(not any(n in text for n in names) for names in self._names)
        return missing / len(self._names) if self._names else 0.0


def _best_of_others(values: Sequence[float | None]) -> list[float | None]:
    """For each the largest of the others, of those that there are; None where there is none."""
    order = sorted((-v, n) for n, v in enumerate(values) if v is not None)
    first, second = [*(-v for v, _ in order[:2]), None, None][:2]
    return [second if order and n == order[0][1] else first for n in range(len(values))]


def _other_names(name: str, lang: Lang, glossary: Glossary) -> list[str]:
    found = words(name, lang)
    return [fold(n) for la in LANGS for n in glossary.translate(found, lang, la)]


def _missing(required: frozenset[str], given: set[str]) -> float:
    return len(required - given) / len(required) if required else 0.0


def models(build: Build, reranker: Reranker | None) -> str:
    """What a calibration is for: the embedding model of a build, and the reranker if any."""
    name = build.manifest.model.name
    return f"{name}+{reranker.name}" if reranker else name


def own_path(data: Path, model: str) -> Path:
    """Path of an administrator's own calibration for these models."""
    return data / "answerability" / f"{re.sub(r'[^0-9A-Za-z.-]+', '-', model)}.json"


class _LogOdds(BaseModel):
    """Logarithm of how much likelier a right passage is than another kind, linear in features."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    intercept: float
    weights: dict[str, float]

    @field_validator("weights")
    @classmethod
    def _every_feature(cls, weights: dict[str, float]) -> dict[str, float]:
        of_each(weights, NAMES, "features")
        return weights

    @cached_property
    def _in_order(self) -> tuple[float, ...]:
        """The weights in the order of a vector."""
        return tuple(self.weights[name] for name in NAMES)

    def of(self, vector: Sequence[float]) -> float:
        """Its value, within bounds that :func:`math.exp` has room for."""
        z = self.intercept + sum(map(mul, self._in_order, vector), 0.0)
        return max(-40.0, min(40.0, z))


class _Weights(BaseModel):
    """Against a passage that is about the question, against one that is not, and what is enough."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    near: _LogOdds
    far: _LogOdds
    threshold: float


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    model: str
    with_questions: _Weights
    same: _Weights
    cross: _Weights


@dataclass(frozen=True, slots=True)
class AnswerabilityModel:
    """The calibrated model: a probability that a hit answers the question."""

    file: _File

    @property
    def id(self) -> str:
        """Short hash of the weights."""
        return sha256(self.file.model_dump_json().encode()).hexdigest()[:12]

    @classmethod
    def load(cls, path: Path = PATH) -> AnswerabilityModel:
        """Read the weights; ``AssistantError`` where the file does not have its form."""
        remedy = "Run `python -m evals calibrate --write`."
        return cls(read_weights(path, _File, "the calibration", remedy))

    @classmethod
    def neutral(cls) -> AnswerabilityModel:
        """One that weighs nothing, for work that does not depend on it, as making another."""
        odds = _LogOdds(intercept=0.0, weights=dict.fromkeys(NAMES, 0.0))
        none = _Weights(near=odds, far=odds, threshold=0.0)
        return cls(_File(model="", with_questions=none, same=none, cross=none))

    @classmethod
    def of(cls, data: Path, model: str) -> AnswerabilityModel:
        """The calibration for these models; ``AssistantError`` where there is none.

        One in the data folder (made there for another model) goes before the one that ships.
        Weights fitted to the similarities of one model mean nothing for those of another.
        """
        own_file = own_path(data, model)
        path = own_file if own_file.is_file() else PATH
        loaded = cls.load(path)
        if loaded.file.model != model:
            raise AssistantError(
                "refusal is not calibrated for the embedding model of the index, or the reranker",
                f"{model}; {path} is for {loaded.file.model}",
                "Run `python -m evals calibrate --write`.",
            )
        return loaded

    def weights(self, hit: Hit) -> _Weights:
        """The weights for this hit: by the lists of questions of its source, else by its views."""
        if hit.has_unanswered:
            return self.file.with_questions
        return self.file.same if hit.same is not None else self.file.cross

    def probability(self, hit: Hit, given: Features) -> float:
        """Probability, 0 to 1, that the hit answers the question."""
        w = self.weights(hit)
        vector = given.vector()
        return 1 / (1 + sum(math.exp(-odds.of(vector)) for odds in (w.near, w.far)))

    def enough(self, hit: Hit, probability: float) -> bool:
        """Is that probability enough to answer?"""
        return probability >= self.weights(hit).threshold
