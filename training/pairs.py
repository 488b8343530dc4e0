"""Questions and passages as the tokens of a model, and the pairs of them that a reranker reads.

A pair is ``<s> question </s></s> title heading passage </s>``. Passages are known by their number,
in reading order of each text.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sources.anchor import Lang, other
from sources.bilingual import Bilingual
from sources.model import Kind
from training.data import Question, Versions

QUESTION, TITLE, HEADING, TEXT = 60, 32, 30, 220  # tokens that are read of each
_STEP = 16  # tokens: matrices of such a length are computed faster than others
_ENDS = ".;:!?"

Tokens = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Special:
    """The tokens around texts, and those that end a sentence."""

    start: int
    pad: int
    end: int
    sentence_ends: frozenset[int]


class Tokenizer:
    """The tokenizer of a model.

    Args:
        folder: A sentence-transformers folder of the e5 family.
    """

    def __init__(self, folder: Path) -> None:
        import tokenizers

        self._tokenizer: Any = tokenizers.Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_truncation()
        number: dict[str, int] = self._tokenizer.get_vocab()
        ends = {space + sign for sign in _ENDS for space in ("", "▁")}
        self.special = Special(
            number["<s>"],
            number["<pad>"],
            number["</s>"],
            frozenset(number[piece] for piece in ends & number.keys()),
        )

    def __call__(self, texts: Iterable[str], longest: int) -> list[Tokens]:
        """The first tokens of each text, without those around it."""
        encoded = self._tokenizer.encode_batch(list(texts), add_special_tokens=False)
        return [np.array(e.ids[:longest], np.int32) for e in encoded]


@dataclass(frozen=True, slots=True)
class Version:
    """A passage in a language: what its text is called, its nearest heading, its words.

    The title and the heading may be empty.
    """

    title: Tokens
    heading: Tokens
    text: Tokens


@dataclass(frozen=True, slots=True)
class Numbered:
    """A passage as it is trained on.

    Attributes:
        versions: In each language that it is there in.
        work: Number of its text; passages of a text follow one another.
        recital: Is it a recital of an act?
    """

    versions: Mapping[Lang, Version]
    work: int
    recital: bool

    def version(self, lang: Lang) -> Version:
        """In a language, or in the other where it is not there in it."""
        return self.versions.get(lang) or self.versions[other(lang)]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is trained on, with the numbers of its passages."""

    lang: Lang
    tokens: Tokens
    answers: frozenset[int]
    near: tuple[int, ...]


def numbered(
    passages: Versions, titles: Mapping[str, Bilingual], tokenizer: Tokenizer
) -> list[Numbered]:
    """The passages as tokens, in their order.

    Args:
        passages: By address.
        titles: What each text is called, by its name.
        tokenizer: That of the model.
    """
    names = [address.partition("#")[0] for address in passages]
    flat = [(n, lang, p) for n, each in enumerate(passages.values()) for lang, p in each.items()]
    of_text = tokenizer((titles[names[n]][lang] for n, lang, _ in flat), TITLE)
    headings = tokenizer((p.headings[-1] if p.headings else "" for _, _, p in flat), HEADING)
    texts = tokenizer((p.text for _, _, p in flat), TEXT)
    versions: list[dict[Lang, Version]] = [{} for _ in passages]
    for (n, lang, _), title, heading, text in zip(flat, of_text, headings, texts, strict=True):
        versions[n][lang] = Version(title, heading, text)
    works: dict[str, int] = {}
    return [
        Numbered(
            own,
            works.setdefault(name, len(works)),
            any(p.kind is Kind.RECITAL for p in each.values()),
        )
        for own, name, each in zip(versions, names, passages.values(), strict=True)
    ]


def asked(
    questions: Sequence[Question], addresses: Iterable[str], tokenizer: Tokenizer
) -> list[Asked]:
    """The questions as tokens; ``addresses`` are those of all passages, in their order."""
    number = {address: n for n, address in enumerate(addresses)}
    return [
        Asked(
            q.lang,
            tokens,
            frozenset(number[a] for a in q.answers),
            tuple(number[a] for a in q.near),
        )
        for q, tokens in zip(
            questions, tokenizer((q.text for q in questions), QUESTION), strict=True
        )
    ]


def pair(question: Tokens, passage: Sequence[Tokens], special: Special) -> Tokens:
    """What is read; the passage is its heading, if any, and its text."""
    start, end = np.array([special.start], np.int32), np.array([special.end], np.int32)
    return np.concatenate([start, question, end, end, *passage, end])


def padded(sequences: Sequence[Tokens], special: Special) -> tuple[Tokens, Tokens]:
    """Sequences as a matrix, and 1 for each token that is there: both shape (texts, tokens)."""
    longest = max(map(len, sequences))
    length = -(-longest // _STEP) * _STEP
    tokens = np.full((len(sequences), length), special.pad, np.int32)
    mask = np.zeros_like(tokens)
    for n, sequence in enumerate(sequences):
        tokens[n, : len(sequence)] = sequence
        mask[n, : len(sequence)] = 1
    return tokens, mask
