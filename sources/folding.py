"""Text in the form in which it is compared: accents off, and more where a comparison wants it.

``fold`` is for words that are looked up, ``fold_to_line`` for sentences. ``fold_in_place`` is for
finding where something stands: it never changes the length of a text, and so cannot open ligatures.
``without_accents`` is for comparing spellings: case, apostrophes and ligatures stay. ``blanked``
takes parts out before the rest is looked at, and keeps its place; ``alternatives`` looks for any of
some words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

_LIGATURES = (("œ", "oe"), ("æ", "ae"), ("ß", "ss"), ("ĳ", "ij"))
_MAY_COMBINE = re.compile("[\u0300-\U0010ffff]")  # no sign before these is an accent
_KEPT = 10_000  # texts kept as they were folded: the same passages are looked at again and again


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, ligatures opened.

    >>> fold("L’Œuvre d’été")
    "l'oeuvre d'ete"
    """
    folded = unicodedata.normalize("NFKD", text.replace("’", "'")).lower()
    for ligature, letters in _LIGATURES:
        folded = folded.replace(ligature, letters)
    return _MAY_COMBINE.sub(_unless_combining, folded)


def _unless_combining(found: re.Match[str]) -> str:
    sign = found.group()
    return "" if unicodedata.combining(sign) else sign


def fold_to_line(text: str) -> str:
    """Folded, on one line, with one space between words: as reviewed patterns are written.

    >>> fold_to_line(" L’Œuvre  d’été ")
    "l'oeuvre d'ete"
    """
    return " ".join(fold(text).split())


def fold_in_place(text: str) -> str:
    """Lower case, no accents, plain apostrophes and spaces; each sign stays in its place.

    >>> fold_in_place("L’Œuvre d’été")
    "l'œuvre d'ete"
    """
    return "".join(map(_fold_sign, text))


@lru_cache(maxsize=_KEPT)
def _fold_sign(sign: str) -> str:
    if sign in "’‘":
        return "'"
    if sign.isspace():
        return " "
    bare = unicodedata.normalize("NFD", sign)[0].lower()
    return bare if len(bare) == 1 else sign


def blanked(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """Spaces in place of parts of a text, which may overlap; each other sign stays in its place.

    >>> blanked("article 5 bis", [(0, 9)])
    '          bis'
    """
    signs = list(text)
    for start, end in spans:
        signs[start:end] = " " * (end - start)
    return "".join(signs)


def alternatives(words: Iterable[str]) -> str:
    """A pattern for any of some words; the longest first, for one may begin another.

    >>> alternatives(["point", "points", "§"])
    'points|point|§'
    """
    return "|".join(map(re.escape, sorted(words, key=lambda word: (-len(word), word))))


def without_accents(text: str) -> str:
    """The same letters without their accents.

    >>> without_accents("L’Œuvre d’été")
    'L’Œuvre d’ete'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def letters_alone(text: str) -> str:
    """The letters and figures of a text alone, in small ones."""
    return "".join(c for c in text.casefold() if c.isalnum())
