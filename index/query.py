"""A query: the words that are searched, analysed once."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Self

from index.tokens import STOP, Word, words
from sources.anchor import LANGS, Lang
from sources.folding import fold
from sources.pasted import typed

_NAME = re.compile(r"[^\W\d_][\w’'\-]*")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu)['’]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Query:
    """What is searched. Nothing downstream tokenises it again.

    Attributes:
        text: As people type it, on one line (:func:`sources.pasted.typed`).
        lang: Its language.
        folded: The text in lower case, without accents.
        words: Its content words, read as words of its language.
        names: Its names and acronyms: words in capitals, and capitalised words that do not open
            it; without an elided article.
        figures: The runs of digits in it.
        words_by_language: For :meth:`words_as`.
    """

    text: str
    lang: Lang
    folded: str
    words: tuple[Word, ...]
    names: tuple[str, ...]
    figures: frozenset[str]
    words_by_language: tuple[tuple[Word, ...], ...] = field(repr=False)

    @classmethod
    def of(cls, text: str, lang: Lang) -> Self:
        """Analyse a text in a language."""
        return cls(**cls.fields_of(text, lang))

    @staticmethod
    def fields_of(text: str, lang: Lang) -> dict[str, Any]:
        """The fields of a query by name, for a class that has more."""
        text = typed(text)
        by_language = tuple(words(text, la) for la in LANGS)
        return {
            "text": text,
            "lang": lang,
            "folded": fold(text),
            "words": by_language[LANGS.index(lang)],
            "names": _names(text, lang),
            "figures": frozenset(re.findall(r"\d+", text)),
            "words_by_language": by_language,
        }

    def words_as(self, lang: Lang) -> tuple[Word, ...]:
        """Its content words, read as words of a language that may not be its own."""
        return self.words_by_language[LANGS.index(lang)]


def _names(text: str, lang: Lang) -> tuple[str, ...]:
    found = set()
    for n, token in enumerate(_NAME.findall(text)):
        bare = _ELIDED.sub("", token)  # in "d'Anvers" the name has the capital
        opens = n == 0 and bare == token
        if (bare.isupper() and len(bare) > 1) or (bare[:1].isupper() and not opens):
            found.add(bare)
    return tuple(sorted(name for name in found if fold(name) not in STOP[lang]))
