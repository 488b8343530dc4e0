"""What leads from a place to the text that it is of, in folded text of either language."""

from __future__ import annotations

import re

from assistant.reviewed import table
from sources.anchor import LANGS


def _listed(kind: str) -> list[str]:
    """The words of a kind, in both languages."""
    return [word for la in LANGS for word in table("text_leads")[la][kind]]


def _any_of(*kinds: str) -> str:
    """A pattern for any of some kinds of words; one that is elided needs no space behind it."""
    spaced = (w if w.endswith("'") else rf"{w}\s" for kind in kinds for w in _listed(kind))
    return rf"(?:{'|'.join(spaced)})\s*"


#: With an article: "du", "van het".
OF = _any_of("of")
#: To a name, which may stand without an article: "de", "uit".
OF_NAME = _any_of("of", "bare")
#: To the sort of the text, as a question says it: "du", "bij het", "van".
OF_SORT = rf"(?P<of>[\s,]*{_any_of('of', 'in', 'bare')})"
#: From the name of a text to that of another, of the same place.
ALSO_OF = re.compile(rf"\s*,?\s*\b(?:{'|'.join(_listed('also'))}){OF_SORT}")
#: From a text to what is asked of it.
ABOUT = re.compile(rf"\b(?:{'|'.join(_listed('about'))})\b")
#: Words that mean the text that was spoken of.
THE_SAME = frozenset(_listed("same"))
#: Where a text was published, in brackets.
GAZETTE = re.compile(rf"\(\s*(?:{'|'.join(_listed('gazette'))})(?!\w)[^()]*\)")
