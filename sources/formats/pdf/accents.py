"""Accents that a page draws by themselves over their letters, as TeX does: one sign of both."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Sequence
from typing import TypeVar

from sources.formats.pdf.paths import Box

_Sign = TypeVar("_Sign")

_PLAIN = str.maketrans("ıȷ", "ij")
_COMBINING = {"`": "\u0300", "^": "\u0302", "ˆ": "\u0302", "~": "\u0303", "ˇ": "\u030c"}


def composed(
    signs: Sequence[_Sign],
    text: Callable[[_Sign], str],
    box: Callable[[_Sign], Box],
    joined: Callable[[_Sign, str], _Sign],
) -> list[_Sign]:
    """The signs, those of an accent over a letter put together."""
    out = list(signs)
    accents = [n for n, sign in enumerate(out) if _combining(text(sign))]
    gone: set[int] = set()
    for n in accents:
        beside = [m for m in (n - 1, n + 1) if 0 <= m < len(out) and m not in gone]
        over = [m for m in beside if text(out[m]).isalpha() and _is_over(box(out[n]), box(out[m]))]
        if not over:
            continue
        letter = text(out[over[0]]).translate(_PLAIN)
        both = unicodedata.normalize("NFC", letter + _combining(text(out[n])))
        if len(both) == 1:
            out[over[0]] = joined(out[over[0]], both)
            gone.add(n)
    return [sign for n, sign in enumerate(out) if n not in gone]


def _combining(text: str) -> str:
    """The accent of a sign that is one by itself, "" for others."""
    parts = unicodedata.normalize("NFKD", text)
    alone = len(parts) == 2 and parts[0] == " " and unicodedata.combining(parts[1])
    return parts[1] if alone else _COMBINING.get(text, "")


def _is_over(accent: Box, letter: Box) -> bool:
    """Whether the middle of an accent stands over or under a letter."""
    middle = (accent[0] + accent[2]) / 2
    return letter[0] <= middle <= letter[2]
