"""Numbers in words, as Belgium and France write them: "quatre", "septante", "vierde"."""

from __future__ import annotations

from functools import cache

from num2words import num2words

from sources.anchor import Lang
from sources.folding import fold

_MOST = 99
_SPELLINGS: dict[Lang, tuple[str, ...]] = {"fr": ("fr_BE", "fr"), "nl": ("nl",)}


def in_words(number: int, lang: Lang) -> str:
    """A number in words.

    >>> in_words(4, "nl"), in_words(72, "fr")
    ('vier', 'septante-deux')
    """
    return str(num2words(number, lang=_SPELLINGS[lang][0]))


@cache
def ordinals(lang: Lang) -> dict[str, int]:
    """Ordinals up to 99 in words, without accents, and the numbers that they stand for.

    >>> ordinals("fr")["quatrieme"], ordinals("nl")["vierde"], ordinals("fr")["premiere"]
    (4, 4, 1)
    """
    named = {
        fold(num2words(number, lang=spelling, to="ordinal")): number
        for spelling in _SPELLINGS[lang]
        for number in range(1, _MOST + 1)
    }
    return named | ({"premiere": 1, "second": 2, "seconde": 2} if lang == "fr" else {})
