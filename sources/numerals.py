"""Numbers as French and Dutch write them, in digits or in words, in one form for comparing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from sources.anchor import Lang
from sources.folding import fold, fold_in_place

_SPELLINGS: dict[Lang, tuple[str, ...]] = {"fr": ("fr", "fr_BE"), "nl": ("nl",)}
_SPELLED = range(3, 1001)  # "un" and "deux" are an article and, most often, "both"
_LONGEST = 7  # words of a number: "neuf cent quatre-vingt-dix-neuf"
_DIGITS = re.compile(r"(?<!\d)(?:\d{1,3}(?:[ .\u00a0\u202f]\d{3})+(?!\d)|\d+)(?:,\d+)?", re.ASCII)


_FRENCH_TENS = "vingt|trente|quarante|cinquante|soixante|septante|huitante|octante|nonante"
_FRENCH = (  # one word of a number, with "un" where that is no article
    rf"(?:(?:{_FRENCH_TENS})[- ]et[- ](?:une?|onze)\b|quatre-vingt-une?\b|cents? une?\b"
    "|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize"
    rf"|vingts?|{_FRENCH_TENS}|cents?|mille)"
)
_DUTCH_UNITS = "twee|drie|vier|vijf|zes|zeven|acht|negen"
_DUTCH_TENS = "twintig|dertig|veertig|vijftig|zestig|zeventig|tachtig|negentig"
_DUTCH = (
    rf"(?:(?:[eé][eé]n|{_DUTCH_UNITS})[eë]n)?(?:{_DUTCH_TENS})"
    r"|dertien|veertien|vijftien|zestien|zeventien|achttien|negentien|tien|elf|twaalf"
    rf"|{_DUTCH_UNITS}"
)
#: A cardinal in words from two on, of either language, as it is written or folded: a pattern.
NUMBER_WORDS = (
    rf"(?:{_FRENCH}(?:[- ]{_FRENCH})*"
    rf"|(?:{_DUTCH_UNITS})?honderd(?:en)?(?:{_DUTCH}|[eé][eé]n)?|duizend|{_DUTCH})"
)


@cache
def _words(lang: Lang) -> dict[str, str]:
    """Numbers by how they are spelled, as cardinals and ordinals, with spaces for hyphens."""
    from num2words import num2words

    return {
        fold(num2words(n, lang=spelling, to=form)).replace("-", " "): str(n)
        for spelling in _SPELLINGS[lang]
        for form in ("ordinal", "cardinal")
        for n in _SPELLED
    }


def number_in_words(number: int, lang: Lang) -> str:
    """A number in words, as Belgium writes it.

    >>> number_in_words(4, "nl"), number_in_words(72, "fr")
    ('vier', 'septante-deux')
    """
    from num2words import num2words

    return str(num2words(number, lang=_SPELLINGS[lang][-1]))


def placed(text: str, lang: Lang) -> list[tuple[int, int, str]]:
    """The numbers that a text names, from left to right: where each starts and ends, and it in
    digits, with a point before decimals.

    >>> placed("Vingt-huit agents, 1 200 euros, 4,8 %", "fr")
    [(0, 10, '28'), (19, 24, '1200'), (32, 35, '4.8')]
    >>> [number for *_, number in placed("De vierde van achtentwintig landen, 1.200 euro", "nl")]
    ['4', '28', '1200']
    """
    in_digits = [(*m.span(), _plain(m.group())) for m in _DIGITS.finditer(text)]
    return sorted([*in_digits, *_spelled(text, lang)])


def _plain(written: str) -> str:
    whole, _, decimals = written.partition(",")
    digits = re.sub(r"\D", "", whole).lstrip("0") or "0"
    decimals = decimals.rstrip("0")
    return f"{digits}.{decimals}" if decimals else digits


def _spelled(text: str, lang: Lang) -> Iterator[tuple[int, int, str]]:
    tokens = list(re.finditer(r"[^\W\d_]+", fold_in_place(text)))
    known, at = _words(lang), 0
    while at < len(tokens):
        for length in range(min(_LONGEST, len(tokens) - at), 0, -1):
            if number := known.get(" ".join(t.group() for t in tokens[at : at + length])):
                yield tokens[at].start(), tokens[at + length - 1].end(), number
                at += length
                break
        else:
            at += 1
