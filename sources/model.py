"""The records that everything shares: frozen, plain, and the same for every kind of source."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from sources.anchor import Anchor, Lang
from sources.bilingual import Bilingual
from sources.standing import Standing

__all__ = ["Document", "Kind", "Part", "Passage", "Standing", "Working"]

Part = tuple[str, tuple[str, ...]]  # of a text: its work, and the headings that it stands under
CELLS = " | "  # between the cells of a row, in the text of a passage
_BETWEEN = re.compile(r"(?:^| )\|(?= |$)")  # two cells, of which either may be empty


def cells_of(row: str) -> list[str]:
    """The words of each cell of a row.

    >>> cells_of("Ath | | 5"), cells_of("| 5 |"), cells_of("A|B")
    (['Ath', '', '5'], ['', '5', ''], ['A|B'])
    """
    return [row[start:end] for start, end in cell_places(row)]


def cell_places(row: str) -> list[tuple[int, int]]:
    """Where the words of each cell of a row begin and end.

    >>> [("Ath | | 5")[a:b] for a, b in cell_places("Ath | | 5")]
    ['Ath', '', '5']
    """
    found, at = [], 0
    for bar in [*(m.span() for m in _BETWEEN.finditer(row)), (len(row), len(row))]:
        cell = row[at : bar[0]]
        start = at + len(cell) - len(cell.lstrip()) if cell.strip() else at
        found.append((start, start + len(cell.strip())))
        at = bar[1]
    return found


class Kind(StrEnum):
    """What a passage is in its document."""

    PARAGRAPH = "paragraph"
    EVALUATION = "evaluation"
    BULLET = "bullet"
    RECITAL = "recital"
    ARTICLE = "article"
    POINT = "point"
    ANNEX = "annex"
    SECTION = "section"


@dataclass(frozen=True, slots=True)
class Working:
    """A working (unofficial) translation of one passage: a view, never the citation."""

    lang: Lang
    text: str
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Passage:
    """The smallest unit that is cited.

    Attributes:
        anchor: Permanent address.
        kind: What it is in its document.
        text: The quote, whole. Lines (points of a paragraph) are parted by line feeds.
        headings: From the widest (part) to the nearest (article title), in its language.
        locator: The portion as a person cites it, without the name of the source
            ("art. 36, § 1" / "art. 36, lid 1").
        page: Page of the paper or PDF, from 1; None where there are no pages.
        lead: The words that open the list or the table that it is an item of, in its language;
            beside the quote, not in it. "" where it is none.
        received: The text as it came in, where a repair changed it.
        doubts: What is not certain about the reading of this passage.
        notes: Footnotes of the passage, not part of the quote.
        working: Working translation into the other language, where there is one.
        standing: How it stands as law, where it is not simply in force; None for any other.
        questions: Questions that it answers, for search and refusal alone.
        unanswered: Questions about its subject that its source does not answer, for the same.
    """

    anchor: Anchor
    kind: Kind
    text: str
    headings: tuple[str, ...]
    locator: Bilingual
    page: int | None = None
    lead: str = ""
    received: str | None = None
    doubts: tuple[Bilingual, ...] = ()
    notes: tuple[str, ...] = ()
    working: Working | None = None
    standing: Standing | None = None
    questions: tuple[str, ...] = ()
    unanswered: tuple[str, ...] = ()

    def spoken(self, lang: Lang) -> Lang:
        """The language in which a reader of ``lang`` reads it: theirs where it has words in it."""
        return lang if lang in self.texts else self.anchor.lang

    def in_context(self, lang: Lang) -> str:
        """Its words in a language, after those that open its list ("does not apply to:")."""
        lead = self.lead if lang == self.anchor.lang else ""
        return f"{lead} {self.texts[lang]}".lstrip()

    @property
    def part(self) -> Part:
        """Its work and headings: the same for all that stands under one heading."""
        return self.anchor.work, self.headings

    @property
    def texts(self) -> dict[Lang, str]:
        """Its words in each language there is: its own first, then the working translation."""
        texts = {self.anchor.lang: self.text}
        if self.working:
            texts[self.working.lang] = self.working.text
        return texts

    def headings_in(self, lang: Lang) -> tuple[str, ...]:
        """Its headings in a language; none where it has no words in it."""
        if self.anchor.lang == lang:
            return self.headings
        return self.working.headings if self.working and self.working.lang == lang else ()

    def all_texts(self, lang: Lang) -> tuple[str, ...]:
        """Its words in a language, those that open its list, and its headings; none where it has no
        words in it.
        """
        if lang not in self.texts:
            return ()
        lead = (self.lead,) if lang == self.anchor.lang else ()
        return (self.texts[lang], *lead, *self.headings_in(lang))

    @property
    def is_in_force(self) -> bool:
        """Is it law in force, be it in one region alone?"""
        return self.standing is None or self.standing.state == "in force"


@dataclass(frozen=True, slots=True)
class Document:
    """One language version of a source, as read.

    Attributes:
        work: Name of the work, as in its anchors.
        lang: Language of the text.
        title: Title as the text itself gives it.
        date: Date of the act or of this version (ISO 8601), "" where the text has none.
        passages: In reading order.
        warnings: What a person should know about the reading (English, for administrators).
        bilingual: Its file holds the text in the other language too, beside this one.
    """

    work: str
    lang: Lang
    title: str
    date: str
    passages: tuple[Passage, ...]
    warnings: tuple[str, ...] = field(default=())
    bilingual: bool = False
