"""Letters for which a font gives another meaning than it draws.

A font of symbols may give the letter of the key instead of the sign, others give private codes,
or other letters for their ligatures. What is known is read; what is not is lost, and told.
"""

from __future__ import annotations

import re

from sources.formats.symbols import LOST, sign, signs

_PRIVATE = range(0xE000, 0xF900)
_KEYS = range(0xF000, 0xF100)  # of fonts of symbols
_ADOBE = range(0xF720, 0xF800)  # old-style figures and small capitals, in the order of Latin 1
_UPPER = range(0x80, 0x100)  # the upper half of Latin 1
_SYMBOLS = re.compile(
    r"(?:[A-Z]{6}\+)?(?:standard ?)?(wingdings|webdings|symbol)(?:[ -]?([23]))?", re.IGNORECASE
)
_OWN = {sign(code, "symbol") for code in range(0x20, 0x100)}
# Of Calibri and Carlito; no French or Dutch word has these letters at such a place.
_LIGATURES = {"ƞ": "tf", "Ɵ": "ti", "Ʃ": "tt", "ƫ": "tti", "Ō": "ft"}
_LIGATURE = re.compile(r"(?<=[^\W\d_])[ƞƟƩƫŌ]|Ɵ(?=[^\W\d_])")


def symbolic(name: str) -> str:
    """The font of symbols that the name of a font tells, "" for any other.

    >>> symbolic("ABCDEF+Wingdings-Regular"), symbolic("Wingdings2"), symbolic("Times")
    ('wingdings', 'wingdings 2', '')
    """
    found = _SYMBOLS.match(name)
    return " ".join(part.lower() for part in found.groups() if part) if found else ""


def drawn(letter: str, font: str) -> str:
    """What is drawn for a letter; ``font`` is a font of symbols, or "".

    A key of such a font that is not known stays: at the start of a line it is a bullet.
    """
    code = ord(letter)
    if code in _ADOBE:
        return chr(code - 0xF700).upper()
    if code in _PRIVATE and code not in _KEYS:
        return LOST
    if code not in _KEYS and (not font or (font == "symbol" and not _is_key(letter))):
        return letter
    found = signs(letter, font)
    return (LOST if letter.isalnum() else letter) if found == LOST else found


def _is_key(letter: str) -> bool:
    """Whether Symbol has no such letter, so that it is the key of another sign: "£" of "≤"."""
    return letter != "µ" and (letter.isalnum() or ord(letter) in _UPPER) and letter not in _OWN


def ligatures(text: str) -> str:
    """The words with the letters of the ligatures that other letters stand for.

    >>> ligatures("La noƟficaƟon aƩeste le liƟge.")
    'La notification atteste le litige.'
    """
    return _LIGATURE.sub(lambda found: _LIGATURES[found[0]], text)
