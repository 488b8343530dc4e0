"""Does a written sentence say what the passages that it cites say?

A sentence of a language model is shown only where this module says yes. First what is certain: its
form, its language, and that it names nothing (numbers, dates, countries, names) that its passages
do not name. Then a small logistic model weighs features that a person can read: how near each of
its words is to the words of the passages, whether another passage fits better, whether its clause
of the text says yes or no, must or may, as the sentence does. Its weights are data
(``data/claims.json``), learned from sentences written for texts of our own and labelled
(``python -m training.claims``); the bound is set for precision, since a wrong sentence is worse
than none.
"""

from __future__ import annotations

import json
import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, ValidationError, field_validator

from assistant.claim_facts import Facts, facts
from assistant.errors import AssistantError
from assistant.language import detect
from assistant.message import is_order, patterns_by_sort
from index.search import word_groups
from index.sentences import counts, placed, sentences
from index.tokens import stem, words
from sources.anchor import Lang, other
from sources.errors import plain
from sources.folding import fold

if TYPE_CHECKING:
    from index.embedding import Encoded
    from index.search import Searcher
    from sources.anchor import Anchor
    from sources.model import Passage

PATH = Path(__file__).with_name("data") / "claims.json"
_FEWEST, _LONGEST = 3, 400  # words and characters of a sentence
_SIGNS = re.compile(r"[\[\]<>{}|`*_#\\~^@=]|://|\bwww\.|\b[\w-]{3,}\.[a-z]{2,}\b", re.IGNORECASE)
_CAPITALISED = re.compile(r"\b[A-ZÀ-ÖØ-Þ][\w-]*")
_PUNCTUATION = re.compile(r"[.;:!?,()\n]+")
_REMEMBERED = 128  # passages whose clauses are kept


@dataclass(frozen=True, slots=True)
class ClaimFeatures:
    """What speaks for and against a sentence; 0 to 1 unless it says otherwise.

    Attributes:
        late: Mean best cosine of its tokens with those of its passages.
        weakest: How well the content word that fits least fits: 1 where the passages have it.
        weak: The same, mean of the third that fits least.
        uncovered: Share of its content words, by how much they tell, that the passages do not have.
        elsewhere: How much better another passage fits than those that it cites.
        clause: Share of its content words in the clauses of the text that have most of them.
        negation: Does it say no where its clause says yes, or the other way round?
        modality: Does it say must where its clause says may, or the other way round?
        duty, leave: Does it say must, or may, where its clause says neither?
        apart: Share of what it names that stands in another clause than what it names beside.
        turned: Share of what it names whose order the passages have the other way round.
        length: Logarithm of the number of its content words.
        foreign: Do the passages have no text in its language?
    """

    late: float
    weakest: float
    weak: float
    uncovered: float
    elsewhere: float
    clause: float
    negation: float
    modality: float
    duty: float
    leave: float
    apart: float
    turned: float
    length: float
    foreign: float


NAMES = tuple(f.name for f in fields(ClaimFeatures))


class _File(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    model: str
    intercept: float
    weights: dict[str, float]
    threshold: float

    @field_validator("weights")
    @classmethod
    def _every_feature(cls, weights: dict[str, float]) -> dict[str, float]:
        if odd := set(weights) ^ set(NAMES):
            raise ValueError(f"made for other features: {', '.join(sorted(odd))}")
        return weights


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """How likely a sentence is supported."""

    file: _File

    @classmethod
    def load(cls, path: Path = PATH) -> ClaimModel:
        """Read the weights; ``AssistantError`` where the file does not have its form."""
        try:
            return cls.of_file(json.loads(path.read_text("utf-8")))
        except (OSError, ValueError, ValidationError) as error:
            raise AssistantError(
                "the model of written sentences cannot be read",
                f"{path}: {plain(error)}",
                "Make it again: `python -m training.claims`.",
            ) from error

    @classmethod
    def of_file(cls, content: object) -> ClaimModel:
        """From the content of the file; ``ValidationError`` where it does not have its form."""
        return cls(_File.model_validate(content))

    @classmethod
    def of(cls, model: str) -> ClaimModel | None:
        """The model for these vectors; None for an embedding model that none was learned for."""
        found = cls.load()
        return found if found.file.model == model else None

    def probability(self, features: ClaimFeatures) -> float:
        """Probability that a sentence is supported."""
        odds = self.file.intercept + sum(
            self.file.weights[name] * value for name, value in asdict(features).items()
        )
        return 1 / (1 + math.exp(-min(max(odds, -40), 40)))

    def accepts(self, features: ClaimFeatures) -> bool:
        """Is that enough?"""
        return self.probability(features) >= self.file.threshold


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a text: what it names, and whether it denies, demands or allows."""

    start: int
    end: int
    stems: frozenset[str]
    named: frozenset[str]
    denies: bool
    duty: bool
    leave: bool


@dataclass(frozen=True, slots=True)
class _View:
    """A passage in one language: its clauses, and its tokens, each with its clause."""

    clauses: tuple[_Clause, ...]
    facts: Facts
    stems: frozenset[str]
    of_token: NDArray[np.int64]
    tokens: NDArray[np.float32]
    sentences: tuple[str, ...]


class ClaimChecker:
    """Checks sentences against the passages of one build."""

    def __init__(self, searcher: Searcher, model: ClaimModel) -> None:
        self._searcher, self._model = searcher, model
        self._build = searcher.build
        self._view = lru_cache(maxsize=_REMEMBERED)(self._read)

    def fault(
        self, text: str, lang: Lang, cited: Sequence[Passage], pool: Sequence[Passage]
    ) -> str | None:
        """Why a sentence is not shown, in a word for the log; None where it is.

        Args:
            text: The sentence.
            lang: Language of the answer.
            cited: The passages that it rests on.
            pool: All passages that it could have cited.
        """
        if not cited:
            return "passages"
        if not _is_prose(text, lang):
            return "form"
        if detect(text, lang, self._knows) != (lang, True):
            return "language"
        if lacking := self.lacking(text, lang, cited):
            return lacking
        features = self.features(text, lang, cited, pool)
        return None if self._model.accepts(features) else "meaning"

    def lacking(self, text: str, lang: Lang, cited: Sequence[Passage]) -> str | None:
        """The sort of thing that a sentence names and no passage does."""
        glossary = self._searcher.glossary
        own = facts(text, lang, glossary)
        return own.missing_in((v.facts for v in self._views(cited)), glossary, lang)

    def features(
        self, text: str, lang: Lang, cited: Sequence[Passage], pool: Sequence[Passage]
    ) -> ClaimFeatures:
        """What speaks for and against a sentence that its passages have the words for."""
        encoded = self._searcher.encoded(text)
        views = self._views(cited, lang)
        foreign = not views
        views = views or self._views(cited, other(lang))
        tokens = np.concatenate([v.tokens for v in views])
        clauses = [c for v in views for c in v.clauses]
        starts = np.cumsum([0, *(len(v.clauses) for v in views)])
        of_token = np.concatenate([v.of_token + n for v, n in zip(views, starts, strict=False)])
        products = encoded.tokens @ tokens.T
        late = float(products.max(axis=1).mean())
        found = list(self._fits(encoded, lang, products, of_token, views, foreign=foreign))
        fits = sorted(f.fit for f in found) or [0.0]
        told = sum(f.weight for f in found) or 1.0
        shares = np.zeros(len(clauses))
        for f in found:
            shares[f.clause] += f.weight / told
        main = [clauses[n] for n in np.flatnonzero(shares >= max(shares.max() * 0.6, 1e-9))]
        own = _clause(text, lang, 0, len(text), _named(facts(text, lang, self._searcher.glossary)))
        duty, leave = any(c.duty for c in main), any(c.leave for c in main)
        return ClaimFeatures(
            late=late,
            weakest=fits[0],
            weak=float(np.mean(fits[: math.ceil(len(fits) / 3)])),
            uncovered=sum(f.weight for f in found if f.fit < 1) / told,
            elsewhere=max(0.0, self._best_other(encoded, lang, cited, pool) - late),
            clause=float(shares.max()),
            negation=float(not any(c.denies == own.denies for c in main)),
            modality=float(
                (own.duty and leave and not duty and not own.leave)
                or (own.leave and duty and not leave and not own.duty)
            ),
            duty=float(own.duty and not duty),
            leave=float(own.leave and not leave),
            apart=_apart(own, clauses),
            turned=_turned(text, views),
            length=math.log1p(len(found)),
            foreign=float(foreign),
        )

    def _fits(
        self,
        encoded: Encoded,
        lang: Lang,
        products: NDArray[np.float32],
        of_token: NDArray[np.int64],
        views: Sequence[_View],
        *,
        foreign: bool,
    ) -> Iterator[_WordFit]:
        """Each content word: how it fits, how much it tells, and the clause where it fits best."""
        index = self._build.lexical[lang]
        have = frozenset() if foreign else frozenset().union(*(v.stems for v in views))
        for written, places in word_groups(encoded.pieces, lang):
            near = products[places].mean(axis=0)
            best = int(near.argmax())
            terms = index.terms(words(written, lang))
            is_there = any(t in have for t in terms)
            weight = max((index.weight(t) for t in terms), default=0.0) or index.rarest
            yield _WordFit(1.0 if is_there else float(near[best]), weight, int(of_token[best]))

    def _best_other(
        self, encoded: Encoded, lang: Lang, cited: Sequence[Passage], pool: Sequence[Passage]
    ) -> float:
        """How well the best passage fits that could have been cited and is not."""
        own = {p.anchor for p in cited}
        others = [p for p in pool if p.anchor not in own and p.anchor.twin() not in own]
        scores = [
            float((encoded.tokens @ v.tokens.T).max(axis=1).mean())
            for p in others
            for v in self._views([p], lang) or self._views([p], other(lang))
        ]
        return max(scores, default=0.0)

    def _views(self, passages: Sequence[Passage], lang: Lang | None = None) -> list[_View]:
        """The texts of passages, in one language or in both."""
        versions = {
            (version.anchor, la): version
            for p in passages
            for version in (p, self._build.twin(p.anchor))
            if version is not None
            for la in version.texts
            if lang in (None, la)
        }
        return [self._view(*key) for key in versions]

    def _read(self, anchor: Anchor, lang: Lang) -> _View:
        passage = self._build.by_anchor[anchor]
        text = _without_orders(passage.texts[lang], lang)
        glossary, index = self._searcher.glossary, self._build.lexical[lang]
        entry = self._build.entries[anchor.work, anchor.lang]
        own = passage.headings if lang == anchor.lang else ()
        working = passage.working.headings if passage.working and lang != anchor.lang else ()
        around = "\n".join((*own, *working, entry.short[lang]))
        at, tokens = placed(self._searcher.pieces(passage, lang))
        clauses = tuple(
            _clause(text[a:b], lang, a, b, _named(facts(text[a:b], lang, glossary)))
            for a, b in _clauses(text, lang)
        )
        counted = counts(passage.texts[lang])
        starts = [counted[c.start] for c in clauses]
        of_token = np.searchsorted(starts, at, side="right") - 1
        ends = np.asarray([counted[c.end] for c in clauses])
        inside = (of_token >= 0) & (at < ends[of_token])
        return _View(
            clauses,
            facts(f"{text}\n{around}", lang, glossary),
            frozenset(index.terms(words(f"{text}\n{around}", lang))),
            of_token[inside],
            tokens[inside],
            tuple(fold(text[a:b]) for a, b in sentences(text, lang)),
        )

    def _knows(self, word: str, lang: Lang) -> bool:
        return self._build.lexical[lang].knows(stem(word, lang))


@dataclass(frozen=True, slots=True)
class _WordFit:
    fit: float
    weight: float
    clause: int


def _is_prose(text: str, lang: Lang) -> bool:
    """Is a text one plain sentence that speaks to nobody: no markup, link, number in brackets?"""
    folded = fold(text)
    return (
        len(text.split()) >= _FEWEST
        and len(text) <= _LONGEST
        and not _SIGNS.search(text)
        and all(unicodedata.category(c)[0] in "LNPZ" or c in "%€°+" for c in text)
        and not any(unicodedata.category(c) in ("Zl", "Zp") for c in text)
        and not _words(lang)["reader"].search(folded)
        and not text.rstrip().endswith("?")
        and not is_order(text)
    )


@cache
def _words(lang: Lang) -> dict[str, re.Pattern[str]]:
    return patterns_by_sort("claims")[lang]


def _without_orders(text: str, lang: Lang) -> str:
    """The text with spaces for sentences that order the assistant about or speak to a reader:
    whatever they say, it is nothing that the text lays down.
    """
    kept = text
    for start, end in sentences(text, lang):
        sentence = text[start:end]
        if is_order(sentence) or _words(lang)["reader"].search(fold(sentence)):
            kept = kept[:start] + " " * (end - start) + kept[end:]
    return kept


def _clauses(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Where the clauses of a text begin and end; orders to an assistant are none.

    >>> text = "Chaluter est interdit, mais pêcher est permis."
    >>> [text[a:b].strip() for a, b in _clauses(text, "fr")]
    ['Chaluter est interdit', 'mais pêcher est permis']
    """
    turn = re.compile(rf"\s+(?=(?:{_words(lang)['turn'].pattern})\b)", re.IGNORECASE)
    cuts = sorted({m.end() for p in (_PUNCTUATION, turn) for m in p.finditer(text)})
    bounds = [0, *cuts, len(text)]
    return [
        (a, b)
        for a, b in zip(bounds, bounds[1:], strict=False)
        if any(c.isalnum() for c in text[a:b])
    ]


def _clause(text: str, lang: Lang, start: int, end: int, named: frozenset[str]) -> _Clause:
    folded, said = fold(text), _words(lang)
    return _Clause(
        start,
        end,
        frozenset(w.stem for w in words(text, lang)),
        named,
        denies=bool(said["not"].search(folded)) != bool(said["denial"].search(folded)),
        duty=bool(said["duty"].search(folded)),
        leave=bool(said["leave"].search(folded)),
    )


def _named(found: Facts) -> frozenset[str]:
    """What a text names, as one set."""
    return found.numbers | found.countries | frozenset(map(fold, found.names))


def _apart(own: _Clause, clauses: Sequence[_Clause]) -> float:
    """Share of pairs of what a sentence names that no clause has together, while some have each."""
    pairs = list(combinations(sorted(own.named), 2))
    apart = [p for p in pairs if not any(c.named >= set(p) for c in clauses)]
    return len(apart) / len(pairs) if pairs else 0.0


def _turned(text: str, views: Sequence[_View]) -> float:
    """Share of pairs of capitalised words that no sentence has in the order of this one, while
    some has them in the other ("A pays B" where the text has "B pays A").
    """
    own = [fold(m.group()) for m in _CAPITALISED.finditer(text)]
    pairs = [(a, b) for a, b in combinations(dict.fromkeys(own), 2)]
    both = [
        {s.index(a) < s.index(b) for v in views for s in v.sentences if a in s and b in s}
        for a, b in pairs
    ]
    return sum(orders == {False} for orders in both) / len(pairs) if pairs else 0.0
