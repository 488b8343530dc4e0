"""Reader of a text whose layout is described in a file beside it.

Expects plain text as optical character recognition gives it, already repaired. Which lines are
headings, what stands under them, and how a passage there is named is data (:class:`Layout`; an
example is any ``sources/texts/*/layout.toml``). What is the same everywhere:

- a blank line parts paragraphs, but not every blank line does: a block that begins in lower case
  goes on from the block before it, over page breaks too;
- ``begins = "short line"``: a new paragraph begins only where the line before was too short to
  hold its first word;
- ``begins = "bullet"``: every block is a bullet, with or without its sign.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.locator import nth
from sources.model import Document, Kind, Passage


def _is_pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise ValueError(f"not a pattern: {error}") from error
    return text


_Pattern = Annotated[str, AfterValidator(_is_pattern)]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Heading(_Part):
    """A level of headings, the widest first.

    Attributes:
        pattern: Fits a whole line; its group ``number`` names what stands under it.
        wraps: Does its title go on over the lines up to the next blank one?
    """

    pattern: _Pattern
    wraps: bool = False


class Section(_Part):
    """What stands under a heading.

    Attributes:
        under: Level of that heading, from 1.
        label: Fits the line that opens it; its group ``rest``, where it has one, is the beginning
            of the first passage. "" for what stands under the heading itself.
        begins: Where a passage begins.
        kind: What its passages are.
        portion, locator: How one is named and cited: ``{number}`` is the heading's, ``{index}``
            counts from 1, ``{place}`` is "2nd" with the noun.
        portion_of_many, locator_of_many: The same where the section has several; by default alike.
        noun: What a passage is called ("alinéa").
    """

    under: int = Field(ge=1)
    label: _Pattern = ""
    begins: Literal["paragraph", "short line", "bullet"]
    kind: Kind
    portion: str
    locator: Bilingual
    portion_of_many: str = ""
    locator_of_many: Bilingual | None = None
    noun: Bilingual


class Layout(_Part):
    """How a text is laid out.

    Attributes:
        page_start: What the first line of a page begins with.
        bullet: Fits a line with the sign of a bullet; its group ``rest`` is what follows.
        heading: Levels of headings.
        section: What stands under them.
    """

    page_start: str = "\f"
    bullet: _Pattern = r"[•–-] (?P<rest>\S.*)"
    heading: tuple[Heading, ...] = Field(min_length=1)
    section: tuple[Section, ...] = Field(min_length=1)


@dataclass(frozen=True, slots=True)
class _Line:
    number: int  # from 0, into the received lines
    page: int
    text: str


@dataclass(slots=True)
class _Draft:
    """Lines that belong together, and where they stand."""

    section: Section
    headings: tuple[str, ...]
    number: str
    lines: list[_Line] = field(default_factory=list)
    width: int = 0
    cut: int = 0  # signs before the words of the first line: a bullet, a label

    @property
    def text(self) -> str:
        return _join(line.text for line in self.lines)


def read(text: str, received: str, layout: Layout, *, work: str, lang: Lang, date: str) -> Document:
    """Read the reviewed ``text``; ``received`` is the same text, line by line, as it came in."""
    lines, raw = text.split("\n"), received.split("\n")
    if len(lines) != len(raw):
        raise ReadError(
            "the reviewed text must have the lines of the text as received",
            f"{len(lines)} against {len(raw)}",
            "Correct the repairs file.",
        )
    reading = _Reading(layout)
    for line in _pages(lines, layout.page_start):
        reading.take(line)
    passages: list[Passage] = []
    for _, members in groupby(reading.blocks, key=lambda b: (b.number, b.headings, id(b.section))):
        group = list(members)
        passages += [_passage(b, i, len(group), raw, work, lang) for i, b in enumerate(group, 1)]
    if not passages:
        raise ReadError("no heading with words under it is found", work, "Check the file.")
    seen = Counter(p.anchor.portion for p in passages)
    if twice := [portion for portion, times in seen.items() if times > 1]:
        raise ReadError("numbers that are used twice", ", ".join(twice), "Check the file.")
    return Document(work, lang, _join(reading.title), date, tuple(passages))


def _pages(lines: list[str], start: str) -> list[_Line]:
    page, out = 0, []
    for number, line in enumerate(lines):
        page += line.startswith(start) or not page
        out.append(_Line(number, page, line.strip()))
    return out


class _Reading:
    """Goes through the lines; what it has found is in :attr:`title` and :attr:`blocks`."""

    def __init__(self, layout: Layout) -> None:
        self.title: list[str] = []
        self.blocks: list[_Draft] = []
        self._layout = layout
        self._headings: list[str] = []
        self._number = ""
        self._section: Section | None = None
        self._wraps = self._blank = False

    def take(self, line: _Line) -> None:
        """One more line."""
        if not line.text:
            self._blank, self._wraps = True, False
            return
        if self._is_heading(line.text) or self._is_label(line):
            pass
        elif self._wraps:
            self._headings[-1] = _join((self._headings[-1], line.text))
        elif not self._headings:
            self.title.append(line.text)
        elif self._starts(line):
            found = re.fullmatch(self._layout.bullet, line.text)
            self._begin(line, found["rest"] if found else line.text)
        else:
            self.blocks[-1].lines.append(line)
            self.blocks[-1].width = max(self.blocks[-1].width, len(line.text))
        self._blank = False

    def _is_heading(self, text: str) -> bool:
        for level, heading in enumerate(self._layout.heading):
            if found := re.fullmatch(heading.pattern, text):
                self._headings = [*self._headings[:level], text]
                self._number, self._wraps = found["number"], heading.wraps
                self._section = self._under(level + 1)
                return True
        return False

    def _under(self, level: int) -> Section | None:
        """What stands under a heading itself; where that is not said, the last section there is."""
        there = [s for s in self._layout.section if s.under == level]
        return next((s for s in there if not s.label), there[-1] if there else None)

    def _is_label(self, line: _Line) -> bool:
        for section in self._layout.section:
            if not section.label or section.under != len(self._headings):
                continue
            if found := re.fullmatch(section.label, line.text):
                self._section, self._wraps = section, False
                if rest := found.groupdict().get("rest"):
                    self._begin(line, rest)
                    self.blocks[-1].width = len(line.text)
                return True
        return False

    def _begin(self, line: _Line, shown: str) -> None:
        if self._section is None:
            raise ReadError("words that stand in no section", line.text[:60], "Check the layout.")
        block = _Draft(self._section, tuple(self._headings), self._number)
        block.lines.append(_Line(line.number, line.page, shown))
        block.cut = len(line.text) - len(shown)
        self.blocks.append(block)

    def _starts(self, line: _Line) -> bool:
        """Does this line start a new passage, or go on from the one before?"""
        block = self.blocks[-1] if self.blocks else None
        here = (self._section, tuple(self._headings))
        if block is None or (block.section, block.headings) != here:
            return True
        begins = block.section.begins
        if begins == "bullet" and re.fullmatch(self._layout.bullet, line.text):
            return True
        if not self._blank or line.text[0].islower():
            return False
        if begins == "short line":
            first = line.text.split()[0]
            return len(block.lines[-1].text) + 1 + len(first) <= block.width
        return True


def _passage(
    block: _Draft, index: int, count: int, raw: list[str], work: str, lang: Lang
) -> Passage:
    section = block.section
    portion, locator = section.portion, section.locator
    if count > 1:
        portion = section.portion_of_many or portion
        locator = section.locator_of_many or locator
    place = nth(index, section.noun)
    values: dict[str, Any] = {"number": block.number, "index": index}
    text = block.text
    received = _join(
        raw[line.number].strip()[block.cut if line is block.lines[0] else 0 :]
        for line in block.lines
    )
    return Passage(
        anchor=Anchor(work, lang, portion.format(**values)),
        kind=section.kind,
        text=text,
        headings=block.headings,
        locator=Bilingual(
            locator.fr.format(**values, place=place.fr), locator.nl.format(**values, place=place.nl)
        ),
        page=block.lines[0].page,
        received=received if received != text else None,
    )


def _join(lines: Iterable[str]) -> str:
    """Lines into one text; a hyphen at the end of a line belongs to the word."""
    out = ""
    for line in lines:
        out += line if not out or out.endswith("-") else f" {line}"
    return out
