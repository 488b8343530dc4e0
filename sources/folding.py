"""Text in the form in which it is compared: accents off, and more where a comparison wants it.

``fold`` is for words that are looked up. ``fold_in_place`` is for finding where something stands:
it never changes the length of a text, and so cannot open ligatures. ``without_accents`` is for
comparing spellings: case, apostrophes and ligatures stay.
"""

from __future__ import annotations

import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ĳ": "ij"})


def fold(text: str) -> str:
    """Lower case, no accents, plain apostrophes, ligatures opened.

    >>> fold("L’Œuvre d’été")
    "l'oeuvre d'ete"
    """
    parts = unicodedata.normalize("NFKD", text.replace("’", "'")).lower().translate(_LIGATURES)
    return "".join(c for c in parts if not unicodedata.combining(c))


def fold_in_place(text: str) -> str:
    """Lower case, no accents, plain apostrophes and spaces; each sign stays in its place.

    >>> fold_in_place("L’Œuvre d’été")
    "l'œuvre d'ete"
    """
    return "".join(_fold_sign(sign) for sign in text)


def _fold_sign(sign: str) -> str:
    if sign in "’‘":
        return "'"
    if sign.isspace():
        return " "
    bare = unicodedata.normalize("NFD", sign)[0].lower()
    return bare if len(bare) == 1 else sign


def without_accents(text: str) -> str:
    """The same letters without their accents.

    >>> without_accents("L’Œuvre d’été")
    'L’Œuvre d’ete'
    """
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
