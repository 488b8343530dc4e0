"""Compares the two language versions of an act, passage by passage.

Twins have the same portion. Where a structure differs, a person must know it: a reference may
lead to a passage without twin, or to one that says something else. Nothing is guessed here,
only reported.
"""

from __future__ import annotations

import re
from operator import attrgetter

from sources.model import Document, Passage

_SHOWN = 5  # differences that are told one by one
_LABEL = re.compile(r"(?:\(?[0-9a-zA-Z]{1,6}\)|\d{1,3}[.°]|[—–•-])(?=\s)")


def twin_differences(fr: Document, nl: Document) -> list[str]:
    """What differs in structure, in reading order of the French text; empty when nothing does.

    Reports passages without a twin, of another kind, or with another number of lines or points.
    ``ValueError`` where the documents are not the French and the Dutch text of one work.
    """
    if (fr.lang, nl.lang) != ("fr", "nl") or fr.work != nl.work:
        raise ValueError(f"not the twins of one work: {fr.work}@{fr.lang}, {nl.work}@{nl.lang}")
    dutch = {p.anchor.portion: p for p in nl.passages}
    french = {p.anchor.portion for p in fr.passages}
    found: list[str] = []
    for passage in fr.passages:
        portion = passage.anchor.portion
        twin = dutch.get(portion)
        found += [f"{portion}: only in fr"] if twin is None else _between(passage, twin)
    return found + [f"{p}: only in nl" for p in dutch if p not in french]


def twin_notes(one: Document, twin: Document) -> tuple[str, ...]:
    """The first differences, for a person who brings a text in; in any order."""
    fr, nl = sorted((one, twin), key=attrgetter("lang"))
    found = twin_differences(fr, nl)
    shown = [f"twins differ: {d}" for d in found[:_SHOWN]]
    more = len(found) - _SHOWN
    return tuple(shown + ([f"… and {more} more"] if more > 0 else []))


def _between(fr: Passage, nl: Passage) -> list[str]:
    pairs = (
        ("kind", str(fr.kind), str(nl.kind)),
        ("lines", len(_lines(fr)), len(_lines(nl))),
        ("points", _points(fr), _points(nl)),
    )
    return [
        f"{fr.anchor.portion}: {what} {left} in fr, {right} in nl"
        for what, left, right in pairs
        if left != right
    ]


def _lines(passage: Passage) -> list[str]:
    return passage.text.split("\n")


def _points(passage: Passage) -> int:
    return sum(_LABEL.match(line) is not None for line in _lines(passage))
