"""The preamble of an act: citations, recitals, and the words that frame them.

Markup with ids says which is which. Elsewhere the words do: the institution and the adoption
formula stand in capitals, "considérant ce qui suit" opens the recitals, a recital has a number
in parentheses or begins with "considérant que"; what stands before is a citation.
"""

from __future__ import annotations

import re
from collections import Counter

from sources.locator import Step
from sources.structure import numbers
from sources.structure.blocks import Block, under
from sources.structure.headings import HEADINGS, Divisions
from sources.structure.parts import Part

_WHEREAS = re.compile(r"(?:considérant|overwegende)\b[\s,]*(?P<rest>.*)", re.IGNORECASE)
_OPENING = {"", ":", "ce qui suit:", "ce qui suit :", "hetgeen volgt:", "hetgeen volgt :"}
_SAID_OF_IT = re.compile(r"\([^()]+\)|\[.+\]")  # "(Texte présentant de l’intérêt pour l’EEE)"
_ADOPTS = re.compile(r"[^a-zà-öø-ÿ]{5,}:")  # in capitals, with a colon at the end


def adopts(block: Block) -> bool:
    """Whether this is the formula after the recitals ("A ADOPTÉ LE PRÉSENT RÈGLEMENT:")."""
    return block.depth == 0 and _ADOPTS.fullmatch(block.text) is not None


class Preamble:
    """Collects the parts of a preamble, line by line."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.adopted = False
        self._frame: Part | None = None
        self._part: Part | None = None
        self._place = ""
        self._counts: Counter[str] = Counter()
        self._printed = False  # the open recital has a printed number
        self._divisions = Divisions()
        self._before: Block | None = None
        self._waiting = Block("")  # notes and doubts of headings, for the recital below them

    def take(self, block: Block) -> None:
        """Put one line where it belongs; ``adopted`` tells that the preamble is over."""
        if block.role in HEADINGS:
            self._divisions.take(block, self._before)
            self._waiting = under(block, self._waiting)
        else:
            self._line(block)
        self._before = block

    def _line(self, block: Block) -> None:
        kind = block.place[:3]
        whereas = _WHEREAS.match(block.text) if block.depth == 0 else None
        if kind in {"cit", "rct"}:
            self._placed(kind, block)
        elif kind == "pbl" or adopts(block):
            self._framed(block)
            self.adopted = adopts(block)
        elif whereas and whereas["rest"].strip().lower() in _OPENING:
            self._framed(block)
            self._counts["opened"] = 1
        elif block.depth != 0 or block.paragraph:
            self._item(block)
        elif whereas:
            self._open("rct", "", block)
        elif self._counts["opened"] or self._counts["rct"]:
            self._after(block)
        elif block.text.isupper() or _SAID_OF_IT.fullmatch(block.text):
            self._framed(block)
        else:
            self._open("cit", "", block)

    def _placed(self, kind: str, block: Block) -> None:
        if block.place == self._place and self._part:
            self._part.blocks.append(block)
            return
        self._open(kind, numbers.number(block.label) if kind == "rct" else "", block)
        self._place = block.place

    def _item(self, block: Block) -> None:
        number = numbers.number(block.label or block.paragraph)
        if (number and block.depth <= 1) or self._part is None:
            self._open("rct", number, block)
        else:
            self._part.blocks.append(block)

    def _after(self, block: Block) -> None:
        """A line at the margin after the recitals began: it goes on, or it is a new one."""
        if self._part is not None and self._part.headings != self._divisions.headings:
            self._framed(block)  # below a heading of its own: no words of the recital before it
        elif self._part is not None and self._printed:
            self._part.blocks.append(block)
        else:
            self._open("rct", "", block)

    def _framed(self, block: Block) -> None:
        if self._frame is None:
            self._frame = Part((Step("pbl"),), whole=True)
            self.parts.insert(0, self._frame)
        self._frame.blocks.append(block)

    def _open(self, word: str, number: str, block: Block) -> None:
        self._counts[word] += 1
        self._printed = bool(number)
        number = number or str(self._counts[word])
        block, self._waiting = under(block, self._waiting), Block("")
        steps = (Step(word, number, number),)
        self._part = Part(steps, self._divisions.headings, blocks=[block], whole=True)
        self.parts.append(self._part)
