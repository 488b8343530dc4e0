"""Sentences of a text, and the one that a question is nearest to.

Sentences are found by Punkt (NLTK), trained for French and for Dutch, whose data come inside
llama-index; those of the texts of a build are found when it is made, as NLTK takes a second to
load. Each sentence is scored by late interaction with the token vectors of the build, so that
nothing is embedded when a question is asked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from index.errors import DamagedBuildError
from sources.anchor import LANGS, Lang

if TYPE_CHECKING:
    from nltk.tokenize.punkt import PunktTokenizer

    from sources.model import Passage

NAME = "sentences.json"

_NAMES: dict[Lang, str] = {"fr": "french", "nl": "dutch"}
# What Punkt, which learned from newspapers, does not know as an abbreviation.
_ABBREVIATIONS: dict[Lang, tuple[str, ...]] = {
    "fr": ("al", "art", "’art", "'art", "c.-à-d", "cf", "p.ex", "réf", "resp"),
    "nl": (
        "art",
        "bv",
        "d.i",
        "d.w.z",
        "i.v.m",
        "m.b.t",
        "m.i.v",
        "nr",
        "par",
        "resp",
        "t.a.v",
        "t.e.m",
    ),
}
_SAYS = re.compile(r"[^\W\d_]{2}")  # a number alone ("6.") opens the sentence after it
_WORDS = 2


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a text.

    Attributes:
        start, end: Where it stands in the text, in characters.
        score: Mean best cosine of the tokens of a question with its tokens.
    """

    start: int
    end: int
    score: float


def _places() -> list[str]:
    """Where llama-index has the data of Punkt; it is not imported, which takes seconds."""
    found = find_spec("llama_index")
    folders = (found and found.submodule_search_locations) or ()
    return [str(Path(folder, "core", "_static", "nltk_cache")) for folder in folders]


@cache
def _tokenizer(lang: Lang) -> PunktTokenizer:
    import nltk
    from nltk.tokenize.punkt import PunktTokenizer

    nltk.data.path += [place for place in _places() if place not in nltk.data.path]
    tokenizer = PunktTokenizer(_NAMES[lang])
    tokenizer._params.abbrev_types.update(_ABBREVIATIONS[lang])  # noqa: SLF001 - as NLTK's guide does
    return tokenizer


def sentences(text: str, lang: Lang) -> list[tuple[int, int]]:
    """Where each sentence of a text starts and ends, in characters; lines end sentences.

    >>> text = "6. Ils coopèrent. Ils voient M. Dupont."
    >>> [text[start:end] for start, end in sentences(text, "fr")]
    ['6. Ils coopèrent.', 'Ils voient M. Dupont.']
    """
    found: list[tuple[int, int]] = []
    for line in re.finditer(r"[^\n]+", text):
        begins = None
        for start, end in _tokenizer(lang).span_tokenize(line.group()):
            first = start if begins is None else begins
            if len(_SAYS.findall(line.group()[first:end])) < _WORDS:
                begins = first
                continue
            found.append((line.start() + first, line.start() + end))
            begins = None
        if begins is not None and found and found[-1][0] >= line.start():
            found[-1] = found[-1][0], line.start() + len(line.group().rstrip())
        elif begins is not None and line.group().strip():
            found.append((line.start() + begins, line.start() + len(line.group().rstrip())))
    return found


class StoredSentences:
    """The sentences of the texts of a build; those of another text are found when it is asked.

    Args:
        spans: By language and text, where each sentence starts and ends.
    """

    def __init__(self, spans: dict[tuple[Lang, str], list[tuple[int, int]]]) -> None:
        self._spans = spans

    def __call__(self, text: str, lang: Lang) -> list[tuple[int, int]]:
        """See :func:`sentences`."""
        found = self._spans.get((lang, text))
        return sentences(text, lang) if found is None else found

    @classmethod
    def load(cls, folder: Path, passages: Iterable[Passage]) -> StoredSentences:
        """Those of the passages of a build; ``DamagedBuildError`` where they are not whole."""
        path = folder / NAME
        texts = _texts(passages)
        try:
            stored = json.loads(path.read_text("utf-8"))
            spans = [[(int(a), int(b)) for a, b in pairs] for pairs in stored]
            return cls(dict(zip(texts, spans, strict=True)))
        except (OSError, ValueError, TypeError) as error:
            raise DamagedBuildError(
                "the sentences of a build cannot be read",
                f"{path} ({error})",
                "Run `python -m index build`, or `python -m index rollback`.",
            ) from error


def write(folder: Path, passages: Iterable[Passage]) -> None:
    """Store where the sentences of all texts of passages start and end."""
    found = [sentences(text, la) for la, text in _texts(passages)]
    (folder / NAME).write_text(json.dumps(found, separators=(",", ":")), "utf-8")


def _texts(passages: Iterable[Passage]) -> list[tuple[Lang, str]]:
    """Every text of passages once, with its language."""
    found = ((la, p.texts[la]) for p in passages for la in LANGS if la in p.texts)
    return list(dict.fromkeys(found))


Piece = tuple[Sequence[tuple[int, int]], str, NDArray[np.float32]]


def scored(
    text: str,
    spans: Sequence[tuple[int, int]],
    question: NDArray[np.float32],
    pieces: Sequence[Piece],
) -> list[Sentence]:
    """The sentences of a text, each with its score for a question.

    Args:
        text: What is divided.
        spans: Where its sentences start and end.
        question: Token vectors of the question, shape (question tokens, dimension).
        pieces: See :func:`placed`.
    """
    at, tokens = placed(pieces)
    if not len(at):
        return [Sentence(a, b, 0.0) for a, b in spans]
    return list(_scored(spans, counts(text), at, tokens @ question.T))


def placed(pieces: Sequence[Piece]) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
    """The tokens of a text: how many characters that are no white space stand before each, shape
    (tokens,), and their vectors, shape (tokens, dimension).

    Args:
        pieces: Of each piece of the text, in order: where its tokens stand in the piece, the
            piece, and its token vectors, shape (tokens, dimension). The pieces have all
            characters of the text in their order, apart from white space.
    """
    places, vectors = [], []
    before = 0
    for spans, piece, tokens in pieces:
        counted = counts(piece)
        for (start, _), token in zip(spans, tokens, strict=False):
            if start >= 0:
                places.append(before + counted[start])
                vectors.append(token)
        before += counted[-1]
    return np.asarray(places, np.int64), np.asarray(vectors, np.float32)


def _scored(
    spans: Sequence[tuple[int, int]],
    counted: Sequence[int],
    at: NDArray[np.int64],
    fits: NDArray[np.float32],
) -> Iterator[Sentence]:
    for start, end in spans:
        inside = (at >= counted[start]) & (at < counted[end])
        score = float(fits[inside].max(axis=0).mean()) if inside.any() else 0.0
        yield Sentence(start, end, score)


def counts(text: str) -> list[int]:
    """How many characters that are no white space stand before each place, and in all."""
    counts = [0]
    for sign in text:
        counts.append(counts[-1] + (not sign.isspace()))
    return counts
