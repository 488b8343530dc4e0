"""The words of a question about a text that say nothing of what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from index.tokens import Word, stem, words
from sources.anchor import Lang


@dataclass(frozen=True, slots=True)
class EmptyWords:
    """Those of a language, from a file that a jurist can review.

    Attributes:
        stems: Of those that say nothing in any form.
        forms: Those that say nothing as they are written: "donne" has the stem of "données".
        things: Stems of those that can be there: an agreement, a measure.
    """

    stems: frozenset[str]
    forms: frozenset[str]
    things: frozenset[str]

    def __contains__(self, word: Word) -> bool:
        return word.stem in self.stems or word.written in self.forms


@cache
def empty_words(lang: Lang) -> EmptyWords:
    """Those of a language, read once."""
    path = Path(__file__).with_name("data") / f"empty.{lang}.txt"
    lines = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]

    def after(sign: str) -> list[str]:
        return [w for line in lines if line.startswith(sign) for w in line[1:].split()]

    plain = [w for line in lines if line[:1] not in ("=", "*") for w in line.split()]
    things = frozenset(stem(w, lang) for w in after("*"))
    stems = things.union(stem(w, lang) for w in plain)
    return EmptyWords(stems, frozenset(after("=")), things)


def is_empty(word: Word, lang: Lang) -> bool:
    """Does a word of a question about a text say nothing of what is asked of it?"""
    return word in empty_words(lang)


def content_words(text: str, lang: Lang) -> list[Word]:
    """The words of a text that are not empty, in its order; numbers are none."""
    return [w for w in words(text, lang) if not is_empty(w, lang) and not w.written.isdigit()]


def content_stems(text: str, lang: Lang) -> tuple[str, ...]:
    """Their stems, but for single letters."""
    return tuple(w.stem for w in content_words(text, lang) if len(w.written) > 1)
