"""Which passages belong to a question, however many there are.

"What does the text say of drugs?" is answered by all passages on drugs, "when is the next meeting?"
by one. A question is broad or not, by its vector, its form, and how far apart stands what was found
for it; a passage belongs to a broad one or not, by how it stands among all that were found. Both
are logistic models (``data/topics.json``), learned from questions of both sorts on texts that no
evaluation uses (``python -m training.topics``).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, field_validator

from assistant.learned import of_each, read_weights
from index.tokens import stems_of

if TYPE_CHECKING:
    from assistant.finding import ScoredPassage
    from assistant.question import Question
    from index.build import Build
    from index.query import Query
    from sources.anchor import Lang
    from sources.model import Part, Passage

MOST = 25  # passages of a topic
_BROAD, _DOUBTFUL = 1.5, 0.8  # below that breadth, at least that likely
PATH = Path(__file__).with_name("data") / "topics.json"
_SCALE, _WORDS, _MOST_WORDS = 10, 5, 20  # so that all inputs of a breadth are of one size
_FIRST = (2, 3, 5, 10, 20)  # passages whose mean distance from the best tells a breadth
_LIKELY, _TOP = (0.5, 0.25), 5  # probabilities above which passages are counted; those averaged
_WHOLE, _AMONG = 0.99, (3, 6)  # share of its words that is all; among how many of the nearest
_OTHERS = slice(4, 14)  # the passages that those of a topic stand out from


@dataclass(frozen=True, slots=True)
class TopicFeatures:
    """How a passage stands among all that were found for a question.

    Scores are the best sum of vector and late interaction in any language, in units of how far the
    model sets texts apart (:attr:`index.build.Build.spread`): what is written for a text by hand
    has no part in it.

    Attributes:
        below_best: Score of the best passage less that of this one.
        deviation: Score in standard deviations from the mean of all.
        rank: Logarithm of one more than how many stand before it.
        above_others: Score less the mean of the fifth to the fourteenth.
        late, dense: Late interaction and cosine less those of the best passage.
        lexical: Share of the best possible lexical score.
        covered: Share of the content words of the question in the passage.
        less_covered: The same less that of the passage that has most of them.
        in_headings: Share of the content words in its headings.
        weak: Similarity of the half of the content words that fit least.
        section: Best score less the mean of the passages under the same heading.
        section_share: Share of the passages under its heading that were found.
        section_size: Logarithm of one more than how many passages are under its heading.
        names_missing: Share of the names of the question that it does not have.
    """

    below_best: float
    deviation: float
    rank: float
    above_others: float
    late: float
    dense: float
    lexical: float
    covered: float
    less_covered: float
    in_headings: float
    weak: float
    section: float
    section_share: float
    section_size: float
    names_missing: float


NAMES = tuple(f.name for f in fields(TopicFeatures))
_values = attrgetter(*NAMES)


def topic_features(
    found: Sequence[ScoredPassage], query: Query, build: Build
) -> list[TopicFeatures]:
    """How each passage stands among those found."""
    unit = build.spread
    scores = np.array([_meaning(s) for s in found]) / unit
    order = np.argsort(-scores, kind="stable")
    ranks = np.empty(len(found), int)
    ranks[order] = np.arange(len(found))
    first = found[order[0]].features
    others = float(np.sort(scores)[::-1][_OTHERS].mean()) if len(found) > _OTHERS.start else 0.0
    most = max(s.features.covered for s in found)
    asked = frozenset(w.stem for w in query.words)
    together: dict[Part, list[float]] = {}
    for s, score in zip(found, scores, strict=True):
        together.setdefault(s.hit.passage.part, []).append(float(score))
    best, mean, deviation = scores.max(), scores.mean(), scores.std() or 1.0
    out = []
    for s, score, rank in zip(found, scores, ranks, strict=True):
        part, f = s.hit.passage.part, s.features
        size = build.sizes[part]
        out.append(
            TopicFeatures(
                below_best=float(best - score),
                deviation=float((score - mean) / deviation),
                rank=math.log1p(rank),
                above_others=float(score - others),
                late=(f.late - first.late) / unit,
                dense=(f.dense - first.dense) / unit,
                lexical=f.lexical,
                covered=f.covered,
                less_covered=f.covered - most,
                in_headings=_share(asked, s.hit.passage, query.lang),
                weak=f.weak,
                section=float(best) - float(np.mean(together[part])),
                section_share=min(1.0, len(together[part]) / size),
                section_size=math.log1p(size),
                names_missing=f.names_missing,
            )
        )
    return out


def _meaning(found: ScoredPassage) -> float:
    return max(v.dense + v.late for v in found.hit.views)


def _share(asked: frozenset[str], passage: Passage, lang: Lang) -> float:
    """Share of the stems that are asked for in the headings of a passage, in a language."""
    headings = passage.headings_in(lang) or passage.headings
    have = stems_of(headings, lang)
    return len(asked & have) / len(asked) if asked else 0.0


def form(
    vector: NDArray[np.float32],
    text: str,
    features: Sequence[TopicFeatures],
    belongs: NDArray[np.float64],
) -> NDArray[np.float64]:
    """What a breadth is told by: the vector of a question, its length and signs, how far what was
    found for it stands apart, how much of that would belong, and how many passages have its words.
    """
    signs = text.rstrip().endswith("?"), any(c.isdigit() for c in text)
    length = min(len(text.split()), _MOST_WORDS) / _WORDS
    nearest = sorted(features, key=lambda s: s.rank)
    below = [s.below_best for s in nearest]
    apart = [float(np.mean(below[:n])) for n in _FIRST]
    best = nearest[0]
    had = [best.covered, best.in_headings, best.lexical, best.section]
    counts = [belongs.sum(), *((belongs > p).sum() for p in _LIKELY)]
    whole = [s.covered >= _WHOLE for s in nearest]
    shares = [float(np.mean(whole[:n])) for n in _AMONG]
    much = [*np.log1p([*counts, sum(whole)]), np.sort(belongs)[::-1][:_TOP].mean(), *shares]
    told = [length, *map(float, signs), *apart, *had, *much, max(s.covered for s in features)]
    return np.concatenate([np.asarray(vector, np.float64) * _SCALE, told])


class _Linear(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    intercept: float
    weights: tuple[float, ...]

    def of(self, values: NDArray[np.float64]) -> float:
        return self.intercept + float(values @ np.asarray(self.weights))


class _Belonging(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    intercept: float
    weights: dict[str, float]

    @field_validator("weights")
    @classmethod
    def _every_value(cls, weights: dict[str, float]) -> dict[str, float]:
        of_each(weights, NAMES, "values")
        return weights


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    model: str
    breadth: _Linear
    belonging: _Belonging
    threshold: float
    sure: float


@dataclass(frozen=True, slots=True)
class TopicModel:
    """How broad a question is, and what belongs to it."""

    file: _File

    @classmethod
    def load(cls, path: Path = PATH) -> TopicModel:
        """Read the weights; ``AssistantError`` where the file does not have its form."""
        remedy = "Make it again: `python -m training.topics`."
        return cls(read_weights(path, _File, "the model of topics", remedy))

    @classmethod
    def of(cls, model: str) -> TopicModel | None:
        """The model for these vectors; None for an embedding model that none was learned for."""
        found = cls.load()
        return found if found.file.model == model else None

    def breadth(
        self,
        vector: NDArray[np.float32],
        text: str,
        features: Sequence[TopicFeatures],
        belongs: NDArray[np.float64],
    ) -> float:
        """How broad a question is: above 0, it is taken to ask for all of a topic."""
        return self.file.breadth.of(form(vector, text, features, belongs))

    def probabilities(self, features: Sequence[TopicFeatures]) -> NDArray[np.float64]:
        """Probability that each passage belongs to a broad question."""
        belonging = self.file.belonging
        rows = np.array([_values(s) for s in features])
        odds = belonging.intercept + rows @ [belonging.weights[n] for n in NAMES]
        found: NDArray[np.float64] = 1 / (1 + np.exp(-np.clip(odds, -40, 40)))
        return found


@dataclass(frozen=True, slots=True)
class Topic:
    """All of what belongs to a broad question.

    Attributes:
        breadth: How broad the question is; it is taken for broad above 0.
        sureness: Probability that the passage that belongs most does, 0 to 1.
        members: The passages that belong, most likely first; none where the question is not broad.
        is_sure: Is that probability enough to answer, where a passage has the words?
    """

    breadth: float
    sureness: float
    members: list[ScoredPassage]
    is_sure: bool


class Topics:
    """Finds what belongs to a question in one build.

    Args:
        model: How broad a question is, and what belongs to it.
        build: What was searched.
        vector: The vector of a question.
    """

    def __init__(
        self, model: TopicModel, build: Build, vector: Callable[[str], NDArray[np.float32]]
    ) -> None:
        self._model, self._build, self._vector = model, build, vector

    def of(
        self,
        question: Question,
        found: Sequence[ScoredPassage],
        find: Callable[[Query], Sequence[ScoredPassage]],
    ) -> Topic:
        """What belongs to a question, of what was found for it.

        How broad "what does the text say of prisons?" is, its subject tells. All follow by how
        likely they belong, those of the text of the best passage first if that answers; where it is
        doubtful that the question is broad, the best passage leads.

        Args:
            question: As read.
            found: What was found for it.
            find: Finds passages of the text that it names, if any: what belongs is looked for
                there without that name, which all of it has.
        """
        file = self._model.file
        rows = topic_features(found, question, self._build)
        belongs = self._model.probabilities(rows)
        text = question.subject or question.text
        breadth = self._model.breadth(self._vector(text), text, rows, belongs)
        if question.wants_all:
            breadth = max(breadth, _BROAD)
        if breadth <= 0:
            return Topic(breadth, 0.0, [], is_sure=False)
        pool = found
        if question.inside:
            pool = find(question.inside)
            belongs = self._model.probabilities(topic_features(pool, question.inside, self._build))
        is_broad = breadth >= _BROAD
        best = found[0] if found[0].enough else None
        least = file.threshold if is_broad else _DOUBTFUL
        order = sorted(range(len(pool)), key=lambda n: -belongs[n])
        order = [n for n in order if not pool[n].says_nothing]
        members = [pool[n] for n in order if belongs[n] >= least or _is(pool[n], best)]
        if best and not is_broad:
            members = [best, *(s for s in members if not _is(s, best))]
        elif best:  # sorting keeps the order of equals
            members.sort(key=lambda s: s.hit.anchor.work != best.hit.anchor.work)
        top = float(belongs.max())
        return Topic(breadth, top, members[:MOST], top >= file.sure)


def _is(found: ScoredPassage, best: ScoredPassage | None) -> bool:
    return best is not None and found.hit.anchor == best.hit.anchor
