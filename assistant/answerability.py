"""Is what was found enough to answer? Several signals, weighed by a small calibrated model.

The best similarity alone does not tell a question that the sources answer from one that only
sounds alike. Each signal below is a number that a person can read; a logistic model weighs
them. Its weights are data (``assistant/data/answerability.json``; for another embedding model
``<data>/evidence/<model>.json``), made by
``python -m evals calibrate`` on the development half of the evaluation set, separately for
passages of sources that come with questions they answer and do not answer, for others with a
view in the language of the question, and for those with none.
"""

from __future__ import annotations

import json
import math
import re
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant import answer_type
from assistant.errors import AssistantError
from index.build import Build
from index.glossary import Glossary
from index.search import Hit, SearchResult
from index.tokens import STOP, fold, stem, words
from sources.anchor import LANGS, Lang
from sources.errors import plain

PATH = Path(__file__).with_name("data") / "answerability.json"
_REST = slice(4, 14)  # the hits that a good answer stands out from


@dataclass(frozen=True, slots=True)
class Signals:
    """What speaks for and against an answer; each is 0 to 1 unless it says otherwise.

    Attributes:
        late: Late-interaction score of the best view.
        dense: Cosine of the best view.
        margin: How far the best hit stands above the next ten (score difference, times 10).
        lead: How far it stands above the second (times 10).
        weakest: Similarity of the content word of the question that fits least.
        weak: Mean similarity of the half of the content words that fit least.
        lexical: Share of the best possible lexical score.
        covered: Share of the question's content words (by how much they tell) in the passage.
        unknown: Share of its content words that no text has.
        figures_missing: Share of its numbers that the passage does not have.
        names_missing: Share of its names and acronyms that the passage does not have.
        asked_missing: Share of what it asks for (an amount, a moment, a person, a name) that
            the passage does not have to give.
        asked: Likeness to the questions that the passage is known to answer; 0 where it comes
            with none.
        asked_lead: How far those are nearer than those of any other passage found.
        nearer: How much nearer an answered question is than an unanswered one; this one and
            the next two only where the source comes with both.
        nearer_some: The same for the nearest five.
        leaning: Whether what is asked of the subject is of the sort that is answered.
    """

    late: float
    dense: float
    margin: float
    lead: float
    weakest: float
    weak: float
    lexical: float
    covered: float
    unknown: float
    figures_missing: float
    names_missing: float
    asked_missing: float
    asked: float
    asked_lead: float
    nearer: float
    nearer_some: float
    leaning: float

    def vector(self) -> list[float]:
        """The values in the order of the fields."""
        return [float(v) for v in asdict(self).values()]


NAMES = tuple(f.name for f in fields(Signals))


def signals(found: SearchResult, hit: Hit, build: Build, glossary: Glossary) -> Signals:
    """Signals of one hit as the answer to a question."""
    best = max(hit.views, key=lambda v: v.late)
    fits = _by_word(found, hit.tokens)
    rest = [h.score for h in found.hits if h is not hit][_REST]
    second = max((h.score for h in found.hits if h is not hit), default=hit.score)
    covered, unknown = _coverage(found, hit, build, glossary)
    others = [h.asked for h in found.hits if h is not hit and h.asked is not None]
    asked_for = hit.asked or 0.0
    known = found.likeness if hit.judged else None
    half = sorted(fits)[: max(1, (len(fits) + 1) // 2)]
    return Signals(
        late=best.late,
        dense=max(v.dense for v in hit.views),
        margin=10 * (hit.score - float(np.mean(rest))) if rest else 0.0,
        lead=10 * (hit.score - second),
        weakest=min(fits, default=best.late),
        weak=float(np.mean(half)) if fits else best.late,
        lexical=hit.lexical,
        covered=covered,
        unknown=unknown,
        figures_missing=_missing(_figures(found.question), _figures(_all_text(hit))),
        names_missing=_names_missing(found, hit, glossary),
        asked_missing=answer_type.missing(found.question, found.lang, hit.passage.texts),
        asked=asked_for,
        asked_lead=asked_for - max(others) if hit.asked is not None and others else 0.0,
        nearer=known.nearer[hit.anchor.work] if known else 0.0,
        nearer_some=known.nearer_some[hit.anchor.work] if known else 0.0,
        leaning=known.leaning[hit.anchor.work, hit.anchor.portion] if known else 0.0,
    )


def _all_text(hit: Hit) -> str:
    p = hit.passage
    parts = [p.text, p.lead, *p.headings]
    if p.working:
        parts += [p.working.text, *p.working.headings]
    return "\n".join(parts)


def _by_word(found: SearchResult, by_token: NDArray[np.float32]) -> list[float]:
    """A value by token as one by content word of the question: mean over its tokens."""
    groups: list[tuple[str, list[float]]] = []
    for piece, value in zip(found.pieces, by_token, strict=False):
        if piece.startswith("▁") or not groups:
            groups.append((piece.removeprefix("▁"), [float(value)]))
        else:
            groups[-1] = (groups[-1][0] + piece, [*groups[-1][1], float(value)])
    out = []
    for written, values in groups:
        content = [w for w in words(written, found.lang) if len(w.written) > 1]
        if content:
            out.append(float(np.mean(values)))
    return out


def _coverage(
    found: SearchResult, hit: Hit, build: Build, glossary: Glossary
) -> tuple[float, float]:
    """Share of content words in the passage, weighed; and share that no text has."""
    have = {la: _stems(hit, la) for la in LANGS}
    total = got = unknown = 0.0
    question = words(found.question, found.lang)
    if not question:
        return 0.0, 1.0
    for word in question:
        index = build.lexical[found.lang]
        known = index.knows(word.stem) or any(
            build.lexical[la].knows(stem(word.written, la)) for la in LANGS
        )
        weight = index.weight(word.stem) or index.rarest
        total += weight
        unknown += not known
        got += weight * _has(word.written, word.stem, found, have, glossary)
    return got / total if total else 0.0, unknown / len(question)


def _stems(hit: Hit, lang: Lang) -> set[str]:
    p = hit.passage
    texts = []
    if p.anchor.lang == lang:
        texts = [p.text, p.lead, *p.headings]
    elif p.working and p.working.lang == lang:
        texts = [p.working.text, *p.working.headings]
    return {w.stem for t in texts for w in words(t, lang)}


def _has(
    written: str, stemmed: str, found: SearchResult, have: dict[Lang, set[str]], glossary: Glossary
) -> bool:
    if stemmed in have[found.lang] or any(stem(written, la) in have[la] for la in LANGS):
        return True
    for la in LANGS:
        for name in glossary.translate(written, found.lang, la):
            stems = {w.stem for w in words(name, la)}
            if stems and stems <= have[la]:
                return True
    return False


def _figures(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))


def _missing(asked: set[str], given: set[str]) -> float:
    return len(asked - given) / len(asked) if asked else 0.0


def _names_missing(found: SearchResult, hit: Hit, glossary: Glossary) -> float:
    """Names: capitalised words that do not open the question, and words all in capitals."""
    tokens = re.findall(r"[^\W\d_][\w’'\-]*", found.question)
    names = {
        t for n, t in enumerate(tokens) if (t.isupper() and len(t) > 1) or (n and t[0].isupper())
    }
    names = {n for n in names if fold(n) not in STOP[found.lang]}
    if not names:
        return 0.0
    text = fold(_all_text(hit))
    missing = 0
    for name in names:
        bare = re.sub(r"^(?:[cdjlmnst]|qu)['’]", "", name)
        others = [n for la in LANGS for n in glossary.translate(bare, found.lang, la)]
        missing += not any(fold(n) in text for n in (bare, *others))
    return missing / len(names)


def own_path(data: Path, model: str) -> Path:
    """Where the calibration for an embedding model is, besides the one that ships."""
    return data / "evidence" / f"{re.sub(r'[^0-9A-Za-z.-]+', '-', model)}.json"


class _Weights(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    intercept: float
    weights: dict[str, float]
    threshold: float

    @field_validator("weights")
    @classmethod
    def _every_signal(cls, weights: dict[str, float]) -> dict[str, float]:
        if set(weights) != set(NAMES):
            odd = ", ".join(sorted(set(weights) ^ set(NAMES)))
            raise ValueError(f"made for other signals: {odd}")
        return weights


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    model: str
    asked: _Weights
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
        try:
            return cls(_File.model_validate(json.loads(path.read_text("utf-8"))))
        except (OSError, ValueError, ValidationError) as error:
            raise AssistantError(
                "the calibration cannot be read",
                f"{path}: {plain(error)}",
                "Run `python -m evals calibrate --write`.",
            ) from error

    @classmethod
    def of(cls, data: Path, model: str) -> AnswerabilityModel:
        """The calibration for an embedding model; ``AssistantError`` where there is none.

        One in the data folder (made there for another model) goes before the one that ships.
        Weights fitted to the similarities of one model mean nothing for those of another.
        """
        own = own_path(data, model)
        path = own if own.is_file() else PATH
        judge = cls.load(path)
        if judge.file.model != model:
            raise AssistantError(
                "refusal is not calibrated for the embedding model of the index",
                f"{model}; {path} is for {judge.file.model}",
                "Run `python -m evals calibrate --write`.",
            )
        return judge

    def weights(self, hit: Hit) -> _Weights:
        """Those for this hit: of a source with questions of both sorts; else by its views."""
        if hit.judged:
            return self.file.asked
        return self.file.same if hit.same is not None else self.file.cross

    def probability(self, hit: Hit, given: Signals) -> float:
        """Probability, 0 to 1, that the hit answers the question."""
        w = self.weights(hit)
        z = w.intercept + sum(w.weights[n] * v for n, v in zip(NAMES, given.vector(), strict=True))
        return 1 / (1 + math.exp(-max(-40.0, min(40.0, z))))

    def enough(self, hit: Hit, probability: float) -> bool:
        """Is that probability enough to answer?"""
        return probability >= self.weights(hit).threshold
