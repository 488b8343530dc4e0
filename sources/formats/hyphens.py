"""Joining the lines of a paragraph again, and the words that were parted at a line's end.

A hyphen at the end of a line is kept or dropped by the first of these rules that applies:

1. a soft hyphen is dropped, and any other is kept in the address of a page or of a person;
2. before "et", "en", "ou" or "of" it belongs to a shortened word, and a space follows
   ("land- en tuinbouw");
3. it is kept after a figure or an acronym and before a figure or a capital ("Royaume-Uni",
   "2014-2020", "EU-lidstaten"); a word all in capitals is looked up like any other;
4. it is dropped where the word without it stands elsewhere in the document;
5. it is kept where the word with it stands elsewhere in the document;
6. it is kept after a part that French or Dutch writes with a hyphen ("non-", "vice-", "oud-")
   and before a part that follows one ("-ci", "-même", "-il");
7. otherwise it is dropped: most hyphens at a line's end part a word. It is told of a name
   ("État-", "major"), whose hyphen may be its own. It is told of all words where hardly a line
   ends with a hyphen: the program that made such a text parts no words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from sources.structure.blocks import counted

_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")
_END = re.compile(  # begins where a word does: each sign is looked at once, however long it is
    r"(?<![^\W_])(?<![^\W_]-)(?P<word>[^\W_]++(?:-[^\W_]++)*+)(?P<sign>[-\u2010\u00ad])$"
)
_START = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
_LONGEST = 200  # letters of a word
_RARE = 15  # lines for each word that is parted: such a text parts none
_ADDRESS = re.compile(r"(?:://|\bwww\.|@)\S*$")
_AND = {"et", "en", "ou", "of"}
_BEFORE = {
    "ad", "anti", "après", "arrière", "avant", "c'est", "c’est", "celle", "celles", "celui", "ceux",
    "ci", "contre", "demi", "ex", "mi", "niet", "non", "oud", "peut", "plus", "quasi", "sans",
    "semi", "sous", "sud", "nord", "est", "ouest", "vice", "vis",
}  # fmt: skip
_AFTER = {
    "à",
    "ce",
    "ci",
    "elle",
    "elles",
    "il",
    "ils",
    "je",
    "là",
    "même",
    "mêmes",
    "nous",
    "on",
    "vous",
}


class Words:
    """The words of a document, by which parted words are put together."""

    def __init__(self, lines: Iterable[str]) -> None:
        self._known: set[str] = set()
        self._unsure: dict[str, None] = {}  # names that may have a hyphen
        self._joined: dict[str, None] = {}  # other words that may
        self._lines = 0
        parted = False
        for line in lines:
            self._lines += 1
            words = _WORD.findall(line.casefold())
            ends = bool(_END.search(line))
            self._known.update(words[parted : len(words) - ends])
            parted = ends

    def join(self, lines: Sequence[str]) -> str:
        """One paragraph of its lines."""
        out: list[str] = []
        for line in map(str.strip, lines):
            if out:
                out[-1] = self._end(out[-1], line)
            out.append(line)
        return "".join(out)

    def warnings(self) -> list[str]:
        """What a person should know of the words put together so far."""
        told = "parted at the end of a line, whose hyphen may be their own"
        names = [f"names {told}: {counted(list(self._unsure))}"] if self._unsure else []
        rare = 0 < len(self._joined) * _RARE <= self._lines
        return [*names, *([f"words {told}: {counted(list(self._joined))}"] if rare else [])]

    def _end(self, before: str, after: str) -> str:
        """A line with what parts it from the next one, if anything does."""
        end, start = _END.search(before[-_LONGEST:]), _START.match(after)
        if not end or not start:
            return f"{before} "
        if end["sign"] == "\u00ad":
            return before[:-1]
        if _ADDRESS.search(before[-_LONGEST:]):
            return before
        if start[0] in _AND:
            return f"{before} "
        return before[:-1] + "-" if self._keeps(end["word"], start[0]) else before[:-1]

    def _keeps(self, first: str, second: str) -> bool:
        capitals = first.isupper() and second.isupper() and len(first) > 1 and len(second) > 1
        if not capitals and (
            first[-1].isdigit() or not second[0].islower() or (len(first) > 1 and first.isupper())
        ):
            return True
        one, other = first.casefold(), second.casefold()
        if one + other in self._known:
            return False
        if f"{one}-{other}" in self._known:
            return True
        if one.rpartition("-")[2] in _BEFORE or other in _AFTER:
            return True
        if first[0].isupper() and not first.isupper():
            self._unsure[first + second] = None
        else:
            self._joined[first + second] = None
        return False
