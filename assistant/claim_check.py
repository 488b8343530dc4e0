"""Does a written sentence say what the passages that it cites say?

A sentence of a language model is shown only where this module says yes. First what is certain: its
form, its language, and that it names nothing (numbers, dates, countries, names) that its passages
do not name. Then a small logistic model weighs features that a person can read: how near each of
its words is to the words of the passages, and whether the clause of the text that has them says
yes or no, must or may, as the sentence does. Its weights are data
(``data/claims.json``), learned from sentences written for texts of our own and labelled
(``python -m training.claims``); the bound is set for precision, since a wrong sentence is worse
than none.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields
from difflib import SequenceMatcher
from functools import cache, lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, field_validator

from assistant.claim_facts import Facts, facts
from assistant.language import detect
from assistant.learned import of_each, read_weights
from assistant.message import is_order, patterns_by_sort
from index.search import word_groups
from index.sentences import counts, placed, sentences
from index.tokens import stem, words
from sources.anchor import LANGS, Lang
from sources.folding import fold
from sources.numerals import placed as placed_numbers

if TYPE_CHECKING:
    from index.embedding import Encoded
    from index.search import Searcher
    from sources.anchor import Anchor
    from sources.model import Passage

PATH = Path(__file__).with_name("data") / "claims.json"
_FEWEST, _LONGEST = 3, 400  # words and characters of a sentence
_SIGNS = re.compile(r"[\[\]<>{}|`*_#\\~^@=]|://|\bwww\.|\b[\w-]{3,}\.[a-z]{2,}\b", re.IGNORECASE)
STRANGE = 0.4  # share of its words that a passage may lack, however near they are
ORDERED = 0.75  # share of its words that one sentence of the text has in the same order
_STANCE = ("not", "denial", "duty", "leave")
_ECHO = 0.2  # share of its words that the question has and the passages do not
_BESIDE = 2  # words on each side of a number that say of what it is
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
        clause: Share of its content words in the clause of the text that has most of them.
        sentence: Share of its content words in the sentence of the text that has most of them.
        negation: Share of its content words in clauses that say no where it says yes, or yes
            where it says no.
        modality: Share of them in clauses that say may where it says must, or must where it says
            may.
        numbers: Share of its numbers that the text has beside none of the words beside them.
        length: Logarithm of the number of its content words.
    """

    late: float
    weakest: float
    weak: float
    uncovered: float
    clause: float
    sentence: float
    negation: float
    modality: float
    numbers: float
    length: float


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
        of_each(weights, NAMES, "features")
        return weights


@dataclass(frozen=True, slots=True)
class ClaimModel:
    """How likely a sentence is supported."""

    file: _File

    @classmethod
    def load(cls, path: Path = PATH) -> ClaimModel:
        """Read the weights; ``AssistantError`` where the file does not have its form."""
        remedy = "Make it again: `python -m training.claims`."
        return cls(read_weights(path, _File, "the model of written sentences", remedy))

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
        """Is that enough, of a sentence that has not too many words of its own?"""
        return features.uncovered < STRANGE and self.probability(features) >= self.file.threshold


@dataclass(frozen=True, slots=True)
class _Clause:
    """A clause of a text: where it and its sentence begin; does it deny, demand, allow?"""

    start: int
    sentence: int
    denies: bool
    duty: bool
    leave: bool


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence: the stems of its content words in their order; does it deny, demand, allow;
    the words that say of which or of how many it holds.
    """

    stems: tuple[str, ...]
    stance: tuple[bool, ...]
    scope: frozenset[str]

    @classmethod
    def of(cls, text: str, lang: Lang) -> _Said:
        folded, patterns = fold(text), _words(lang)
        stance = tuple(bool(patterns[sort].search(folded)) for sort in _STANCE)
        scope = frozenset(m[0].rstrip("es") for m in patterns["scope"].finditer(folded))
        return cls(tuple(w.stem for w in words(text, lang)), stance, scope)

    def share_in(self, other: _Said) -> float:
        """Share of its words that the other has in the same order."""
        same = SequenceMatcher(None, self.stems, other.stems, autojunk=False).get_matching_blocks()
        return sum(block.size for block in same) / max(1, len(self.stems))


@dataclass(frozen=True, slots=True)
class _View:
    """A passage in one language: sentences, clauses, and tokens, each with its clause."""

    sentences: tuple[_Said, ...]
    clauses: tuple[_Clause, ...]
    facts: Facts
    stems: frozenset[str]
    of_token: NDArray[np.int64]
    tokens: NDArray[np.float32]
    numbers: dict[str, frozenset[str]]


class ClaimChecker:
    """Checks sentences against the passages of one build."""

    def __init__(self, searcher: Searcher, model: ClaimModel) -> None:
        self._searcher, self._model = searcher, model
        self._build = searcher.build
        self._view = lru_cache(maxsize=_REMEMBERED)(self._read)

    def fault(
        self, text: str, lang: Lang, cited: Sequence[Passage], question: str = ""
    ) -> str | None:
        """Why a sentence is not shown, in a word for the log; None where it is.

        Args:
            text: The sentence.
            lang: Language of the answer.
            cited: The passages that it rests on.
            question: What was asked; what only that says is no answer to it.
        """
        if not self._views(cited, lang) or not all(map(self.is_evidence, cited)):
            return "passages"
        if not _is_prose(text):
            return "form"
        if detect(text, lang, self._knows) != (lang, True):
            return "language"
        if fault := self.lacking(text, lang, cited):
            return fault
        if self._echo(text, lang, cited, question) > _ECHO:
            return "question"
        if fault := self._apart(text, lang, cited):
            return fault
        return None if self._model.accepts(self.features(text, lang, cited)) else "meaning"

    def is_evidence(self, passage: Passage) -> bool:
        """May sentences rest on a passage? On none that gives orders or speaks to its reader, as
        no official text does: whatever it says besides, it is not to be trusted with.
        """
        return not any(
            _is_addressed("\n".join((text, *self._headings(version, la))))
            for version in self._versions(passage)
            for la, text in version.texts.items()
        )

    def lacking(self, text: str, lang: Lang, cited: Sequence[Passage]) -> str | None:
        """The sort of thing that a sentence names and no passage does."""
        glossary = self._searcher.glossary
        own = facts(text, lang, glossary)
        return own.missing_in(v.facts for v in self._views(cited))

    def _apart(self, text: str, lang: Lang, cited: Sequence[Passage]) -> str | None:
        """Why a sentence is no shorter form of one of the text: too few of its words stand there in
        the same order; or one of the two denies, demands or allows and the other does not; or it
        holds of others or of more ("all", "only", "the same").

        Who says it in other words, or of two sentences, may well be right; nothing here can tell.
        """
        own = _Said.of(text, lang)
        nearest = max(
            (said for view in self._views(cited, lang) for said in view.sentences),
            key=own.share_in,
            default=None,
        )
        if nearest is None or own.share_in(nearest) < ORDERED:
            return "order"
        agree = own.stance == nearest.stance and own.scope <= nearest.scope
        return None if agree else "stance"

    def _echo(self, text: str, lang: Lang, cited: Sequence[Passage], question: str) -> float:
        """Share of the content words of a sentence, by how much they tell, that the question has
        and the passages do not: a model easily repeats what a question takes for granted.
        """
        index = self._build.lexical[lang]
        have = frozenset().union(*(v.stems for v in self._views(cited, lang)))
        asked = set(index.terms(words(question, lang)))
        told = echoed = 0.0
        for word in words(text, lang):
            terms = index.terms([word])
            weight = max(map(index.weight, terms), default=0.0) or index.rarest
            told += weight
            echoed += weight if asked.intersection(terms) and not have.intersection(terms) else 0.0
        return echoed / (told or 1.0)

    def features(self, text: str, lang: Lang, cited: Sequence[Passage]) -> ClaimFeatures:
        """What speaks for and against a sentence whose passages have a text in its language."""
        encoded = self._searcher.encoded(text)
        views = self._views(cited, lang)
        clauses = [(n, c) for n, view in enumerate(views) for c in view.clauses]
        products = encoded.tokens @ np.concatenate([v.tokens for v in views]).T
        found = list(self._fits(encoded, lang, products, views))
        fits = sorted(f.fit for f in found) or [0.0]
        told = sum(f.weight for f in found) or 1.0
        in_clause: defaultdict[int, float] = defaultdict(float)
        in_sentence: defaultdict[tuple[int, int], float] = defaultdict(float)
        for f in found:
            view, clause = clauses[f.clause]
            in_clause[f.clause] += f.weight / told
            in_sentence[view, clause.sentence] += f.weight / told
        own = _clause(text, lang, 0, len(text))
        must, may = own.duty and not own.leave, own.leave and not own.duty

        def said(holds: Callable[[_Clause], bool]) -> float:
            return float(sum(share for n, share in in_clause.items() if holds(clauses[n][1])))

        return ClaimFeatures(
            late=float(products.max(axis=1).mean()),
            weakest=fits[0],
            weak=float(np.mean(fits[: math.ceil(len(fits) / 3)])),
            uncovered=sum(f.weight for f in found if f.fit < 1) / told,
            clause=max(in_clause.values(), default=0.0),
            sentence=max(in_sentence.values(), default=0.0),
            negation=said(lambda c: c.denies != own.denies),
            modality=said(
                lambda c: (must and c.leave and not c.duty) or (may and c.duty and not c.leave)
            ),
            numbers=_numbers_apart(text, views, lang),
            length=math.log1p(len(found)),
        )

    def _fits(
        self,
        encoded: Encoded,
        lang: Lang,
        products: NDArray[np.float32],
        views: Sequence[_View],
    ) -> Iterator[_WordFit]:
        """Each content word: how it fits, how much it tells, and the clause where it fits best."""
        index = self._build.lexical[lang]
        firsts = np.cumsum([0, *(len(v.clauses) for v in views)])
        of_token = np.concatenate([v.of_token + n for v, n in zip(views, firsts, strict=False)])
        have = frozenset().union(*(v.stems for v in views))
        for written, places in word_groups(encoded.pieces, lang):
            near = products[places].mean(axis=0)
            best = int(near.argmax())
            terms = index.terms(words(written, lang))
            is_there = any(t in have for t in terms)
            weight = max((index.weight(t) for t in terms), default=0.0) or index.rarest
            yield _WordFit(1.0 if is_there else float(near[best]), weight, int(of_token[best]))

    def _views(self, passages: Sequence[Passage], lang: Lang | None = None) -> list[_View]:
        """The texts of passages, in one language or in both."""
        versions = {
            (version.anchor, la): None
            for p in passages
            for version in self._versions(p)
            for la in version.texts
            if lang in (None, la)
        }
        return [self._view(*key) for key in versions]

    def _versions(self, passage: Passage) -> list[Passage]:
        """A passage and its official text in the other language, where there is one."""
        return [p for p in (passage, self._build.twin(passage.anchor)) if p is not None]

    @staticmethod
    def _headings(passage: Passage, lang: Lang) -> tuple[str, ...]:
        if lang == passage.anchor.lang:
            return passage.headings
        return passage.working.headings if passage.working else ()

    def _read(self, anchor: Anchor, lang: Lang) -> _View:
        passage = self._build.by_anchor[anchor]
        text = passage.texts[lang]
        glossary, index = self._searcher.glossary, self._build.lexical[lang]
        entry = self._build.entries[anchor.work, anchor.lang]
        around = "\n".join((*self._headings(passage, lang), entry.short[lang]))
        at, tokens = placed(self._searcher.pieces(passage, lang))
        clauses = tuple(_clause(text, lang, *span) for span in _clauses(text, lang))
        counted = counts(text)
        starts = [counted[c.start] for c in clauses]
        return _View(
            tuple(_Said.of(text[a:b], lang) for a, b in sentences(text, lang)),
            clauses,
            facts(f"{text}\n{around}", lang, glossary),
            frozenset(index.terms(words(f"{text}\n{around}", lang))),
            np.maximum(np.searchsorted(starts, at, side="right") - 1, 0),
            tokens,
            _beside_numbers(text, lang),
        )

    def _knows(self, word: str, lang: Lang) -> bool:
        return self._build.lexical[lang].knows(stem(word, lang))


@dataclass(frozen=True, slots=True)
class _WordFit:
    fit: float
    weight: float
    clause: int


def _is_prose(text: str) -> bool:
    """Is a text one plain sentence that speaks to nobody: no markup, link, number in brackets?"""
    return (
        len(text.split()) >= _FEWEST
        and len(text) <= _LONGEST
        and not _SIGNS.search(text)
        and all(unicodedata.category(c)[0] in "LNPZ" or c in "%€°+" for c in text)
        and not any(unicodedata.category(c) in ("Zl", "Zp") for c in text)
        and not text.rstrip().endswith("?")
        and not _is_addressed(text)
    )


@cache
def _words(lang: Lang) -> dict[str, re.Pattern[str]]:
    return patterns_by_sort("claims")[lang]


def _is_addressed(text: str) -> bool:
    """Does a text tell somebody what to write, or speak to its reader, in either language?"""
    folded = fold(text)
    return is_order(text) or any(
        _words(la)[sort].search(folded) for la in LANGS for sort in ("order", "reader")
    )


def _clauses(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Where the clauses of a text begin and end; orders to an assistant are none.

    >>> text = "Chaluter est interdit, mais pêcher est permis."
    >>> [text[a:b].strip() for a, b in _clauses(text, "fr")]
    ['Chaluter est interdit', 'mais pêcher est permis']
    """
    turn = re.compile(rf"\s+(?=(?:{_words(lang)['turn'].pattern})\b)", re.IGNORECASE)
    cuts = sorted({m.end() for p in (_PUNCTUATION, turn) for m in p.finditer(text)})
    bounds = [0, *cuts, len(text)]
    return [(a, b) for a, b in pairwise(bounds) if any(c.isalnum() for c in text[a:b])]


def _clause(text: str, lang: Lang, start: int, end: int) -> _Clause:
    folded, said = fold(text[start:end]), _words(lang)
    begins = [first for first, _ in sentences(text, lang) if first <= start]
    return _Clause(
        start,
        max(begins, default=0),
        denies=bool(said["not"].search(folded)) != bool(said["denial"].search(folded)),
        duty=bool(said["duty"].search(folded)),
        leave=bool(said["leave"].search(folded)),
    )


def _beside_numbers(text: str, lang: Lang) -> dict[str, frozenset[str]]:
    """The stems of the words that stand beside each number of a text."""
    found: dict[str, set[str]] = {}
    for start, end, number in placed_numbers(text, lang):
        before, after = words(text[:start], lang)[-_BESIDE:], words(text[end:], lang)[:_BESIDE]
        found.setdefault(number, set()).update(w.stem for w in (*before, *after))
    return {number: frozenset(stems) for number, stems in found.items()}


def _numbers_apart(text: str, views: Sequence[_View], lang: Lang) -> float:
    """See :attr:`ClaimFeatures.numbers`; what a text in another language has cannot be told."""
    own = _beside_numbers(text, lang)
    told = [n for n in own if any(n in v.numbers for v in views)]
    apart = [n for n in told if not any(own[n] & v.numbers.get(n, frozenset()) for v in views)]
    return len(apart) / len(told) if told else 0.0
