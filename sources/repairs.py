"""Repairs of a text that came through optical character recognition (OCR).

A repair is data: what was received, what it becomes, on which lines. Code applies it and
keeps both texts, so that any reader can see the difference. A repair never changes the
meaning of a word, a name, a number or a date; its ``kind`` says what may change, and
:func:`faults` holds each entry to that.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from sources.errors import ReadError
from sources.files import read_toml
from sources.folding import without_accents

Kind = Literal["number", "bullet", "letter", "space", "accent", "apostrophe"]


class Repair(BaseModel):
    """One reviewable entry: words as received, words as reviewed, and where.

    ``received`` is one or more whole words as they stand between white space; a line is
    listed once for each time the words occur on it.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind
    received: str = Field(min_length=1)
    reviewed: str = Field(min_length=1)
    lines: list[int] = Field(min_length=1)


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid")
    repair: list[Repair]


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")
    seen: str = Field(min_length=1)
    meant: str


class Confusions(BaseModel):
    """What the recognition of one scan confuses.

    Attributes:
        bullets: Signs seen for a bullet.
        alone: By a word that stands alone, the letter that is meant.
        pair: Letters seen for others, taken in order.
        pattern: Patterns, taken after these.
        bare: Patterns, taken once the word is in lower case without accents.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    bullets: tuple[str, ...] = ()
    alone: dict[str, str] = {}
    pair: tuple[_Seen, ...] = ()
    pattern: tuple[_Seen, ...] = ()
    bare: tuple[_Seen, ...] = ()

    def alike(self, a: str, b: str) -> bool:
        """Do the words differ in nothing but these confusions?"""
        return self._fold(a) == self._fold(b)

    def _fold(self, word: str) -> str:
        if word in self.alone:
            return self.alone[word]
        for pair in self.pair:
            word = word.replace(pair.seen, pair.meant)
        for pattern in self.pattern:
            word = re.sub(pattern.seen, pattern.meant, word)
        word = without_accents(word).lower()
        for pattern in self.bare:
            word = re.sub(pattern.seen, pattern.meant, word)
        return word


def load_confusions(path: Path) -> Confusions:
    """Read a file of confusions; ``ReadError`` where it does not have its form."""
    return read_toml(path, Confusions, "a list of confusions")


def load(path: Path) -> tuple[Repair, ...]:
    """Read a repairs file (TOML, a list of ``[[repair]]``); ``ReadError`` without that form."""
    return tuple(read_toml(path, _File, "a list of repairs").repair)


def apply(lines: list[str], repairs: tuple[Repair, ...]) -> list[str]:
    """The reviewed lines, one for each received line.

    All places are looked for in the text as received, so the order of the entries does not
    matter. ``ReadError`` where an entry does not occur exactly as often as it says, or where
    two entries touch the same words.
    """
    edits: dict[int, list[tuple[int, int, str]]] = {}
    for repair in repairs:
        for number, times in Counter(repair.lines).items():
            places = _places(lines[number - 1] if 0 < number <= len(lines) else "", repair.received)
            if len(places) != times:
                raise ReadError(
                    f"a repair must match {times} time(s) on line {number}, matches {len(places)}",
                    repair.received,
                    "Correct the entry in the repairs file.",
                )
            edits.setdefault(number, []).extend((a, b, repair.reviewed) for a, b in places)
    reviewed = list(lines)
    for number, changes in edits.items():
        reviewed[number - 1] = _edit(lines[number - 1], sorted(changes), number)
    return reviewed


def _places(line: str, words: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(rf"(?<!\S){re.escape(words)}(?!\S)", line)]


def _edit(line: str, changes: list[tuple[int, int, str]], number: int) -> str:
    out, end = [], 0
    for start, stop, text in changes:
        if start < end:
            raise ReadError(
                f"two repairs touch the same words on line {number}",
                line[start:stop],
                "Make one entry of them in the repairs file.",
            )
        out += [line[end:start], text]
        end = stop
    return "".join([*out, line[end:]])


def faults(repairs: tuple[Repair, ...], confusions: Confusions | None = None) -> list[str]:
    """Entries that do more than their kind allows; empty when all is well."""
    confusions = confusions or Confusions()
    return [
        f"{r.kind}: {r.received!r} -> {r.reviewed!r}"
        for r in repairs
        if not _allowed(r, confusions)
    ]


def _allowed(r: Repair, confusions: Confusions) -> bool:
    a, b = r.received.replace("'", "’"), r.reviewed
    match r.kind:
        case "apostrophe":
            return a == b
        case "accent":
            return without_accents(a) == without_accents(b) and a != b
        case "space":
            return a.replace(" ", "") == b.replace(" ", "")
        case "bullet":
            return a[0] in confusions.bullets and b[0] == "•" and confusions.alike(a[1:], b[1:])
        case "number":
            return re.fullmatch(rf"\d+\. {re.escape(r.received)}", b) is not None
        case "letter":
            return confusions.alike(a, b)
