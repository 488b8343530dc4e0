"""What can be compared of a written sentence and a passage in any of the two languages.

Numbers, dates, months, countries, names and acronyms stand in a translation as they stand in the
text, or have one known form there; a sentence may have none that its passages do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from os.path import commonprefix
from typing import TYPE_CHECKING

from babel import Locale

from index.tokens import STOP, words
from sources.anchor import LANGS, Lang
from sources.dates import dates, month_names
from sources.folding import fold
from sources.numbers import numbers

if TYPE_CHECKING:
    from index.glossary import Glossary

_NAME = re.compile(r"[^\W\d_][\w\-]*")
_SAME, _SAME_SHARE = 5, 0.55  # letters that a name and its adjective share: België, Belgische


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text names.

    Attributes:
        numbers: In digits.
        dates: Full dates (ISO 8601).
        months: Numbers of the months.
        countries: Their codes.
        names: Other capitalised words and acronyms, as written.
        vocabulary: All words, folded.
        terms: Ids of the terms of the glossary.
    """

    numbers: frozenset[str]
    dates: frozenset[str]
    months: frozenset[int]
    countries: frozenset[str]
    names: frozenset[str]
    vocabulary: frozenset[str]
    terms: frozenset[int]

    def missing_in(self, others: Iterable[Facts], glossary: Glossary, lang: Lang) -> str | None:
        """The sort of thing that this text names and no other does; None where all are there."""
        others = list(others)
        for sort in ("numbers", "dates", "months", "countries"):
            if getattr(self, sort) - frozenset().union(*(getattr(o, sort) for o in others)):
                return sort
        known = frozenset().union(*(o.vocabulary for o in others))
        terms = frozenset().union(*(o.terms for o in others))
        for name in self.names:
            translated = {id(t) for t in glossary.find(words(name, lang), lang)} & terms
            if not translated and not _is_named(name, known):
                return "names"
        return None


def facts(text: str, lang: Lang, glossary: Glossary) -> Facts:
    """What a text in a language names."""
    folded = fold(text)
    bare, codes = _without_countries(text, lang)
    found = dates(text)
    parts = [int(p) for iso in found for p in iso.split("-")[::2]]
    return Facts(
        numbers=numbers(text, lang) | frozenset(map(str, parts)),
        dates=frozenset(found),
        months=frozenset(_months(folded)) | {int(iso[5:7]) for iso in found},
        countries=frozenset(codes),
        names=frozenset(_names(bare, lang)),
        vocabulary=frozenset(re.findall(r"[^\W\d_]+", folded)),
        terms=frozenset(id(t) for t in glossary.find(words(text, lang), lang)),
    )


@cache
def _month_words() -> tuple[re.Pattern[str], dict[str, int]]:
    numbered = {fold(name): n for la in LANGS for n, name in month_names(la).items()}
    return re.compile(rf"\b(?:{'|'.join(numbered)})\b"), numbered


def _months(folded: str) -> Iterator[int]:
    pattern, numbered = _month_words()
    return (numbered[m.group()] for m in pattern.finditer(folded))


@cache
def _country_names(lang: Lang) -> tuple[re.Pattern[str], dict[str, str]]:
    """Names of countries (Unicode's, by Babel) with their codes, the longest first."""
    named = {n: c for c, n in Locale(lang).territories.items() if c.isalpha() and len(c) == 2}
    ordered = sorted(map(re.escape, named), key=len, reverse=True)
    return re.compile(rf"\b(?:{'|'.join(ordered)})\b"), named


def _without_countries(text: str, lang: Lang) -> tuple[str, set[str]]:
    """The text with small letters where it names countries, and their codes."""
    pattern, named = _country_names(lang)
    codes = {named[m.group()] for m in pattern.finditer(text)}
    return pattern.sub(lambda m: m.group().lower(), text), codes


def _names(text: str, lang: Lang) -> Iterator[str]:
    """Words in capitals, and capitalised ones that do not open the text."""
    for n, m in enumerate(_NAME.finditer(text)):
        word = m.group()
        acronym = sum(c.isupper() for c in word) > 1
        if (acronym or (n and word[0].isupper())) and fold(word) not in STOP[lang]:
            yield word


def _is_named(name: str, vocabulary: frozenset[str]) -> bool:
    """Do words have a name, each part of it, or what is derived from it ("Belgische")?"""
    return all(
        part in vocabulary or any(_is_derived(part, word) for word in vocabulary)
        for part in re.findall(r"[^\W\d_]+", fold(name))
        if len(part) > 1
    )


def _is_derived(name: str, word: str) -> bool:
    shared = len(commonprefix([name, word]))
    return shared >= _SAME and shared >= _SAME_SHARE * max(len(name), len(word))
