"""What can be compared of a written sentence and a passage in any of the two languages.

Numbers, dates, months, countries, names and acronyms stand in a translation as they stand in the
text, or have one known form there; a sentence may have none that its passages do not have.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import takewhile
from typing import TYPE_CHECKING, Any

from index.tokens import STOP, words
from sources.anchor import LANGS, Lang
from sources.countries import countries
from sources.dates import MONTHS, dates
from sources.folding import fold
from sources.numerals import numbers

if TYPE_CHECKING:
    from index.glossary import Glossary, Term

_NAME = re.compile(r"[^\W\d_][\w\-]*")
_INFLECTED = 4  # letters at least of a name that may have an ending: État, États
_SAME, _SAME_SHARE = 5, 0.55  # letters that a name and its adjective share: België, Belgische


@dataclass(frozen=True, slots=True)
class Facts:
    """What a text names.

    Attributes:
        numbers: In digits.
        dates: Full dates (ISO 8601).
        months: Numbers of the months.
        countries: Their codes, also of what is named after them ("belges").
        names: Other capitalised words and acronyms, as written.
        vocabulary: All words, folded.
        terms: Of the glossary.
    """

    numbers: frozenset[str]
    dates: frozenset[str]
    months: frozenset[int]
    countries: frozenset[str]
    names: frozenset[str]
    vocabulary: frozenset[str]
    terms: frozenset[Term]

    def missing_in(self, others: Iterable[Facts]) -> str | None:
        """The sort of thing that this text names and no other does; None where all are there."""
        others = list(others)
        for sort in ("numbers", "dates", "months", "countries"):
            if getattr(self, sort) - _all(getattr(o, sort) for o in others):
                return sort
        same = self.terms & _all(o.terms for o in others)
        known = _all(o.vocabulary for o in others) | {
            word for term in same for name in (*term.fr, *term.nl) for word in _vocabulary(name)
        }
        return None if all(_is_named(name, known) for name in self.names) else "names"


def _all(sets: Iterable[frozenset[Any]]) -> frozenset[Any]:
    return frozenset().union(*sets)


def _vocabulary(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", fold(text)))


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
        countries=frozenset(codes | _inhabited(_vocabulary(bare))),
        names=frozenset(_names(bare, lang)),
        vocabulary=_vocabulary(text),
        terms=frozenset(glossary.find(words(text, lang), lang)),
    )


@cache
def _month_words() -> tuple[re.Pattern[str], dict[str, int]]:
    numbered = {fold(name): n for name, n in MONTHS.items()}
    return re.compile(rf"\b(?:{'|'.join(numbered)})\b"), numbered


def _months(folded: str) -> Iterator[int]:
    pattern, numbered = _month_words()
    return (numbered[m.group()] for m in pattern.finditer(folded))


def _without_countries(text: str, lang: Lang) -> tuple[str, set[str]]:
    """The text with small letters where it names countries, and their codes."""
    pattern, named = countries(lang)
    codes = {named[m.group()] for m in pattern.finditer(text)}
    return pattern.sub(lambda m: m.group().lower(), text), codes


def _names(text: str, lang: Lang) -> Iterator[str]:
    """Words in capitals, and capitalised ones that do not open the text."""
    for n, m in enumerate(_NAME.finditer(text)):
        word = m.group()
        acronym = sum(c.isupper() for c in word) > 1
        if (acronym or (n and word[0].isupper())) and fold(word) not in STOP[lang]:
            yield word


@cache
def _beginnings() -> dict[str, str]:
    """Countries of one word by the letters that their adjectives begin with as well."""
    return {
        fold(name)[:_SAME]: code
        for la in LANGS
        for name, code in countries(la)[1].items()
        if name.isalpha() and len(name) > _SAME
    }


def _inhabited(vocabulary: Iterable[str]) -> set[str]:
    """Codes of the countries that words are named after, if they are not longer than that."""
    known = _beginnings()
    return {
        known[word[:_SAME]]
        for word in vocabulary
        if word[:_SAME] in known and len(word) <= _SAME / _SAME_SHARE
    }


def _is_named(name: str, vocabulary: frozenset[str]) -> bool:
    """Do words have a name, or what is derived from it or put together with it ("Belgische",
    "IJzerwater"), each capitalised part of it?
    """
    return all(
        part in vocabulary or any(_is_derived(part, word) for word in vocabulary)
        for part in (fold(p) for p in re.findall(r"[^\W\d_]+", name) if p[0].isupper())
        if len(part) > 1
    )


def _is_derived(name: str, word: str) -> bool:
    if len(name) >= _INFLECTED and word.startswith(name) and len(word) <= len(name) + 2:
        return True
    alike = takewhile(lambda pair: pair[0] == pair[1], zip(name, word, strict=False))
    shared = sum(1 for _ in alike)
    return shared >= _SAME and shared >= min(len(word), _SAME_SHARE * max(len(name), len(word)))
