"""Reader of a joint declaration: parts, points, "Évaluation" and "Prochaines étapes".

Expects plain text as optical character recognition gives it, already repaired: a page starts
with one leading space, a bullet with "• " (or "o "), a blank line parts paragraphs. Not every
blank line does, and some bullets have lost their sign, so the rules are:

- a block that begins in lower case goes on from the block before it, over page breaks too;
- under "Évaluation", a new paragraph begins only where the line before was too short to hold
  its first word;
- under "Prochaines étapes", every block is a bullet, with or without its sign.

Portions: ``I.2`` is the second paragraph of part I; ``2.eval`` the evaluation of point 2 of
part II (``7.eval.2`` its second paragraph, where there are several); ``2.6`` its sixth bullet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from sources.anchor import Anchor, Lang
from sources.errors import ReadError
from sources.locator import ordinal
from sources.model import Bilingual, Document, Kind, Passage

_PART = re.compile(r"(?P<number>[IVX]+)\. (?P<title>\S.*)")
_POINT = re.compile(r"(?P<number>\d+)\. (?P<title>\S.*)")
_EVALUATION = re.compile(r"[EÉ]valuation ?: ?(?P<rest>\S.*)")
_STEPS = re.compile(r"Prochaines étapes ?:")
_BULLET = re.compile(r"[•o] (?P<rest>\S.*)")

_ALINEA = Bilingual("alinéa", "alinea")
_TIRET = Bilingual("tiret", "streepje")


@dataclass(frozen=True, slots=True)
class _Line:
    number: int  # from 0, into the received lines
    page: int
    text: str


@dataclass(slots=True)
class _Block:
    """Lines that belong together, and where they stand."""

    section: str  # "", "part", "evaluation", "steps"
    headings: tuple[str, ...]
    point: str
    lines: list[_Line] = field(default_factory=list)
    width: int = 0
    cut: int = 0  # signs before the words of the first line: a bullet, "Evaluation : "

    @property
    def text(self) -> str:
        return _join(line.text for line in self.lines)


def read(text: str, received: str, *, work: str, lang: Lang, date: str) -> Document:
    """Read the reviewed ``text``; ``received`` is the same text, line by line, as it came in."""
    lines, raw = text.split("\n"), received.split("\n")
    if len(lines) != len(raw):
        raise ReadError(
            "the reviewed text must have the lines of the text as received",
            f"{len(lines)} against {len(raw)}",
            "Correct the repairs file.",
        )
    title, blocks = _blocks(_pages(lines))
    if strays := [b.text[:60] for b in blocks if not b.point]:
        raise ReadError("words that stand in no part or point", strays[0], "Check the file.")
    passages: list[Passage] = []
    for _, members in groupby(blocks, key=lambda b: (b.point, b.section)):
        group = list(members)
        passages += [_passage(b, i, len(group), raw, work, lang) for i, b in enumerate(group, 1)]
    if not passages:
        raise ReadError("no part or point found in a declaration", work, "Check the file.")
    seen = Counter(p.anchor.portion for p in passages)
    if twice := [portion for portion, times in seen.items() if times > 1]:
        raise ReadError("numbers that are used twice", ", ".join(twice), "Check the file.")
    return Document(work, lang, title, date, tuple(passages))


def _pages(lines: list[str]) -> list[_Line]:
    page, out = 0, []
    for number, line in enumerate(lines):
        page += line.startswith(" ") or not page
        out.append(_Line(number, page, line.strip()))
    return out


def _blocks(lines: list[_Line]) -> tuple[str, list[_Block]]:
    """Title, and the blocks that become passages, each under its headings."""
    title: list[str] = []
    blocks: list[_Block] = []
    part, point, number, section = "", "", "", ""
    heading_open = blank = False
    for line in lines:
        if not line.text:
            blank, heading_open = True, False
            continue
        if found := _PART.fullmatch(line.text):
            part, point, number, section = line.text, "", found["number"], "part"
        elif found := _POINT.fullmatch(line.text):
            point, number, section, heading_open = line.text, found["number"], "point", True
        elif heading_open:
            point = _join((point, line.text))
        elif found := _EVALUATION.fullmatch(line.text):
            section = "evaluation"
            blocks.append(_Block(section, (part, point), number))
            blocks[-1].lines.append(_Line(line.number, line.page, found["rest"]))
            blocks[-1].width = len(line.text)
            blocks[-1].cut = found.start("rest")
        elif _STEPS.fullmatch(line.text):
            section = "steps"
        elif not section:
            title.append(line.text)
        elif _starts(line, blocks, section, number, blank=blank):
            found = _BULLET.fullmatch(line.text)
            shown = found["rest"] if found else line.text
            headings = (part, point) if point else (part,)
            blocks.append(_Block(section, headings, number))
            blocks[-1].lines.append(_Line(line.number, line.page, shown))
            blocks[-1].cut = found.start("rest") if found else 0
        else:
            blocks[-1].lines.append(line)
            blocks[-1].width = max(blocks[-1].width, len(line.text))
        blank = False
    return _join(title), blocks


def _starts(line: _Line, blocks: list[_Block], section: str, number: str, *, blank: bool) -> bool:
    """Does this line start a new passage, or go on from the one before?"""
    if not blocks or (blocks[-1].section, blocks[-1].point) != (section, number):
        return True
    if section == "steps" and _BULLET.fullmatch(line.text):
        return True
    if not blank or line.text[0].islower():
        return False
    if section == "evaluation":
        block = blocks[-1]
        first = line.text.split()[0]
        return len(block.lines[-1].text) + 1 + len(first) <= block.width
    return True


def _passage(
    block: _Block, index: int, count: int, raw: list[str], work: str, lang: Lang
) -> Passage:
    point = block.point
    match block.section:
        case "part":
            kind, portion = Kind.PARAGRAPH, f"{point}.{index}"
            place = ordinal(index, _ALINEA)
            locator = Bilingual(f"{point}, {place.fr}", f"{point}, {place.nl}")
        case "evaluation":
            kind = Kind.EVALUATION
            portion = f"{point}.eval" if count == 1 else f"{point}.eval.{index}"
            locator = Bilingual(f"II.{point}, Évaluation", f"II.{point}, Evaluatie")
            if count > 1:
                place = ordinal(index, _ALINEA)
                locator = Bilingual(f"{locator.fr}, {place.fr}", f"{locator.nl}, {place.nl}")
        case _:
            kind, portion = Kind.BULLET, f"{point}.{index}"
            place = ordinal(index, _TIRET)
            locator = Bilingual(f"II.{point}, {place.fr}", f"II.{point}, {place.nl}")
    text = block.text
    received = _join(
        raw[line.number].strip()[block.cut if line is block.lines[0] else 0 :]
        for line in block.lines
    )
    return Passage(
        anchor=Anchor(work, lang, portion),
        kind=kind,
        text=text,
        headings=block.headings,
        locator=locator,
        page=block.lines[0].page,
        received=received if received != text else None,
    )


def _join(lines: Iterable[str]) -> str:
    """Lines into one text; a hyphen at the end of a line belongs to the word."""
    out = ""
    for line in lines:
        out += line if not out or out.endswith("-") else f" {line}"
    return out
