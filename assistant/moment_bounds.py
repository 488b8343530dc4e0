"""The words that bound a moment: "avant le 30 juin 2031" is not "le 30 juin 2031"."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from assistant.reviewed import table
from sources.anchor import LANGS

if TYPE_CHECKING:
    from sources.anchor import Lang

_NEAR = 30  # signs before a moment that are looked at for these words


def bounded(text: str, start: int) -> int:
    """Where a moment of a text begins, with the words that bound it.

    >>> text = "Le solde est payé avant le 30 juin."
    >>> text[bounded(text, 27):]
    'avant le 30 juin.'
    """
    found = _right_before().search(text, max(0, start - _NEAR), start)
    return found.start() if found else start


def unbounded(literal: str) -> str:
    """A moment without the words that bound it.

    >>> unbounded("vóór 30 juni")
    '30 juni'
    """
    found = _before().match(literal)
    return literal[found.end() :] if found else literal


def bound_in_words(literal: str, lang: Lang) -> str:
    """The words that bound a moment in a language, with a space behind them; "" for none.

    >>> bound_in_words("vóór 30 juni", "fr"), bound_in_words("dès mai 2031", "nl")
    ('avant le ', 'vanaf ')
    """
    found = _before().match(literal)
    if found is None:
        return ""
    said = table("moments")[str(found.lastgroup)][lang]
    is_day = re.match(r"\d\d?(?!\d)", literal[found.end() :])
    return f"{said['day' if is_day else 'other']} "


@cache
def _right_before() -> re.Pattern[str]:
    """Such words at the end of a text."""
    return re.compile(rf"{_before().pattern}$", re.IGNORECASE)


@cache
def _before() -> re.Pattern[str]:
    """Such words, with the space behind them; the name of the group says which they are."""
    each = (
        rf"(?P<{name}>{'|'.join(of[lang]['words'] for lang in LANGS)})"
        for name, of in table("moments").items()
    )
    return re.compile(rf"(?<!\w)(?:{'|'.join(each)}) ", re.IGNORECASE)
