"""Words as lexical search compares them: folded, without elisions, stemmed; one way a language.

Folding comes before stemming, so that "securite" typed without accents meets "sécurité".
References and numbers stay whole and give their parts too: "2022/915" is also "2022", "915".
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Protocol

from sources.anchor import LANGS, Lang
from sources.folding import fold

_KEPT = 10_000  # texts whose words are kept: the same passages are looked at again and again
_ELISION = re.compile(r"\b(?:jusqu|lorsqu|puisqu|quelqu|presqu|aujourd|[cdjlmnstz]|qu)['’](?=\w)")
_WORD = re.compile(r"\w+(?:/\w+)+|\w+")


def _stop(lang: Lang) -> frozenset[str]:
    path = Path(__file__).with_name("data") / f"stop.{lang}.txt"
    lines = path.read_text("utf-8").splitlines()
    return frozenset(w for line in lines if not line.startswith("#") for w in line.split())


# Words that carry no content. Question words are among them: what a question is about counts.
STOP: dict[Lang, frozenset[str]] = {lang: _stop(lang) for lang in LANGS}


class _Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...  # noqa: N802 - the library's name


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as compared, and as it stands there."""

    stem: str
    written: str


@cache
def _stemmer(lang: Lang) -> _Stemmer:
    import Stemmer

    found: _Stemmer = Stemmer.Stemmer("french" if lang == "fr" else "dutch")
    return found


@lru_cache(maxsize=100_000)
def stem(word: str, lang: Lang) -> str:
    """Stem of one folded word; numbers and words of two letters stay as they are."""
    if len(word) < 3 or not word.isalpha():
        return word
    return _stemmer(lang).stemWord(word)


@lru_cache(maxsize=_KEPT)
def words(text: str, lang: Lang) -> tuple[Word, ...]:
    """Words of a text in their order, stop words left out."""
    found: list[Word] = []
    folded = fold(text)
    if lang == "fr":
        folded = _ELISION.sub(" ", folded)
    for match in _WORD.finditer(folded):
        written = match.group()
        parts = [written, *written.split("/")] if "/" in written else [written]
        found += [Word(stem(p, lang), p) for p in parts if p not in STOP[lang] and p.strip("_")]
    return tuple(found)


@lru_cache(maxsize=_KEPT)
def stems(text: str, lang: Lang) -> frozenset[str]:
    """The different stems of the words of a text."""
    return frozenset(w.stem for w in words(text, lang))


def stems_of(texts: Iterable[str], lang: Lang) -> frozenset[str]:
    """The different stems of the words of several texts."""
    return frozenset[str]().union(*(stems(text, lang) for text in texts))


def stems_in_order(text: str, lang: Lang) -> tuple[str, ...]:
    """The stem of each word of a text."""
    return tuple(w.stem for w in words(text, lang))


class Compounds:
    """Parts of Dutch compounds, by the words of the corpus itself.

    "politiesamenwerking" also counts as "politie" and "samenwerking" where the corpus has both
    words, so that a question that writes them apart finds it, and the other way round.

    >>> c = Compounds(["politie", "samenwerking"])
    >>> c.parts("politiesamenwerking")
    ['politie', 'samenwerking']
    """

    _LINKS = ("", "s", "en", "e", "n")
    _LEAST = 4

    def __init__(self, vocabulary: Iterable[str]) -> None:
        self.known = {w for w in vocabulary if len(w) >= self._LEAST and w.isalpha()}

    def parts(self, word: str) -> list[str]:
        """The parts of a folded word, or nothing where it is no compound of known words."""
        least = self._LEAST
        for cut in range(len(word) - least, least - 1, -1):
            head, tail = word[:cut], word[cut:]
            if head not in self.known:
                continue
            for link in self._LINKS:
                rest = tail.removeprefix(link) if link and tail.startswith(link) else tail
                if link and rest == tail:
                    continue
                if len(rest) >= least and rest in self.known:
                    return [head, rest]
        return []


def expand(found: Sequence[Word], lang: Lang, compounds: Compounds | None) -> list[str]:
    """Stems of words and, in Dutch, of the parts of compounds."""
    out = [w.stem for w in found]
    if lang == "nl" and compounds:
        out += [stem(p, lang) for w in found for p in compounds.parts(w.written)]
    return out
