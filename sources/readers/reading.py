"""One pass over the blocks of a document: what opens a section, what makes a passage."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from sources.model import Kind
from sources.readers.blocks import Block, squeezed
from sources.readers.numbering import Marker, marker, readings
from sources.readers.places import Place, Places, join

_FINAL = re.compile(r"(?:Fait (?:à|en|le)|Gedaan (?:te|in|op))\b")
_LISTED = {"decimal", "roman", "letter"}


@dataclass(slots=True)
class Draft:
    """A passage in the making; the fields are those of a passage."""

    portion: str
    kind: Kind
    headings: tuple[str, ...]
    page: int | None
    lead: str = ""
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class Reading:
    """Which places are open, and the passages so far."""

    def __init__(self) -> None:
        self.places = Places()
        self.drafts: list[Draft] = []
        self._untitled: Place | None = None  # the block before, a heading of a number only
        self._item: Marker | None = None  # the block before, an item of a numbered list
        self._paragraph: Marker | None = None  # the last numbered paragraph of the article
        self._table, self._rows, self._columns = "", 0, ""

    def take(self, block: Block, after: Block | None) -> None:
        """Read one block; ``after`` is the next one."""
        untitled, self._untitled = self._untitled, None
        item, self._item = self._item, None
        found = self._marker(block)
        if untitled and found is None and _titles(untitled.word, block, after):
            untitled.heading = f"{untitled.heading} – {squeezed(block.text)}"
        elif block.kind == "row" and not self.places.within("art"):
            self._row(block)
        elif found and found.form in {"article", "division"} and block.kind in {"text", "heading"}:
            self._formal(block, found, after)
        elif block.kind == "heading":
            self._heading(block, found)
        elif self.places.within("art"):
            self._in_article(block, found)
        elif _heads(block, found, after, item):
            self._heading(block, found)
        else:
            self._plain(block, found)
        if block.notes and self.drafts:
            self.drafts[-1].notes += block.notes

    def _marker(self, block: Block) -> Marker | None:
        """The reading of the number that fits what is open; a lone letter must fit."""
        found = list(readings(block.text, heading=block.kind == "heading"))
        for reading in found:
            if any(reading.succeeds(place.marker) for place in self.places.open):
                return reading
        if found and found[0].form in {"roman", "letter"}:
            return next((r for r in found if r.rank == 1 or len(r.number[0]) > 1), None)
        return found[0] if found else None

    def _formal(self, block: Block, found: Marker, after: Block | None) -> None:
        """An article or a division, and the title or text on the same line."""
        rest, printed = found.rest, block.text
        word = "art" if found.form == "article" else found.sign
        titled = not rest or _titles(word, replace(block, text=rest), after)
        if not titled:
            printed = printed[: -len(rest)].rstrip(" .:–—-\n")
        if found.form == "article":
            self.places.article(found, squeezed(printed))
            self._paragraph = None
        else:
            self.places.division(found, squeezed(printed), block.level)
        self._untitled = None if rest else self.places.here
        if not titled:
            self.take(replace(block, text=rest, kind="text", notes=()), after)

    def _heading(self, block: Block, found: Marker | None) -> None:
        heading = squeezed(block.text)
        if found and found.form in _LISTED:
            self.places.section(found, heading, block.level)
            self._untitled = None if found.rest else self.places.here
        else:
            self.places.heading(heading, block.level)

    def _in_article(self, block: Block, found: Marker | None) -> None:
        article = self.places.here
        opening = next((m for m in readings(block.text) if self._opens(m, article)), None)
        if _FINAL.match(block.text):
            self.places.final()
            self._plain(block, found)
        elif opening:
            if self._paragraph is None:
                article.listed = opening.form != "paragraph" and bool(article.intro)
            self._paragraph = opening
            step = f"{'pnt' if article.listed else 'par'}_{opening.number[0]}"
            kind = Kind.POINT if article.listed else Kind.PARAGRAPH
            portion = self.places.unique(join(article.portion, step))
            self._draft(portion, kind, block, opening.rest, article.intro)
        else:
            line = f"– {block.text}" if block.kind == "item" and not found else block.text
            if article.counts["lines"]:
                self.drafts[-1].lines.append(line)
            else:
                self._draft(article.portion, Kind.ARTICLE, block, line)
            if self._paragraph is None:
                article.intro = _intro(line)
        article.counts["lines"] += 1

    def _opens(self, found: Marker, article: Place) -> bool:
        """Whether this number opens a paragraph of the article, or a point that ":" introduces."""
        if found.form == "paragraph":
            return self._paragraph is None or self._paragraph.form == "paragraph"
        if found.form not in _LISTED or len(found.number) > 1:
            return False
        if self._paragraph is not None:
            return found.succeeds(self._paragraph)
        return found.rank == 1 and (found.form == "decimal" or bool(article.intro))

    def _plain(self, block: Block, found: Marker | None) -> None:
        if found and found.number and found.form != "article":
            self._point(block, found)
        elif (found and not found.number) or block.kind == "item":
            self._bullet(block, found.rest if found else block.text)
        elif self.drafts and not self.drafts[-1].lines:  # the point's number stood alone
            self.drafts[-1].lines.append(block.text)
        else:
            here = self._after_list()
            here.intro = _intro(block.text)
            self._draft(here.count("par"), Kind.PARAGRAPH, block, block.text)

    def _after_list(self) -> Place:
        """The place to which a paragraph belongs that is no item of the list before it."""
        while self.places.here.listed:
            self.places.open.pop()
        return self.places.here

    def _point(self, block: Block, found: Marker) -> None:
        self.places.point(found, block.level if block.kind == "item" else 0)
        self._item = None if found.rest.endswith(".") else found
        point = self.places.here
        point.counts["par"] = 1  # its own words; a paragraph that follows is its second
        point.intro = _intro(found.rest)
        lead = self.places.open[-2].intro
        self._draft(point.portion, Kind.POINT, block, found.rest, lead)

    def _bullet(self, block: Block, text: str) -> None:
        here, last = self.places.here, self.drafts[-1] if self.drafts else None
        if block.level > 1 and last and last.kind in {Kind.BULLET, Kind.POINT} and last.lines:
            last.lines.append(f"– {text}")
        else:
            self._draft(here.count("blt"), Kind.BULLET, block, text, here.intro)

    def _row(self, block: Block) -> None:
        if block.level == 1 or not self._table:
            self._table, self._rows = self._after_list().count("tab"), 0
            self._columns = block.text
        self._rows += 1
        lead = self._columns if self._rows > 1 else ""
        self._draft(f"{self._table}.row_{self._rows}", Kind.PARAGRAPH, block, block.text, lead)

    def _draft(self, portion: str, kind: Kind, block: Block, text: str, lead: str = "") -> None:
        lines = [text] if text else []
        self.drafts.append(Draft(portion, kind, self.places.headings, block.page, lead, lines))


def _intro(text: str) -> str:
    """The last sentence of a text that ends with ":" (it introduces a list); "" otherwise."""
    if not text.rstrip().endswith(":"):
        return ""
    return re.split(r"(?<=[.;!?])\s+(?=[A-ZÀ-Ý])|\n", text.rstrip())[-1]


def _sentence(text: str) -> bool:
    """Whether a text ends like a sentence, or is too long for a heading."""
    return len(text) > 200 or text[-1] in ".;:,!?" or "\n" in text


def _titles(word: str, block: Block, after: Block | None) -> bool:
    """Whether a block is the title of the article or chapter whose number stands before it."""
    if block.kind == "heading":
        return True
    if block.kind != "text" or _sentence(block.text) or after is None:
        return False
    found = marker(after.text)
    return word != "art" or found is None or found.form not in {"article", "division"}


def _heads(block: Block, found: Marker | None, after: Block | None, item: Marker | None) -> bool:
    """Whether the words and their neighbours make a heading of a block that the format does not."""
    if block.kind != "text" or after is None or _sentence(block.text):
        return False
    if found is None:
        return block.text.isupper() and sum(c.isalpha() for c in block.text) >= 4
    if found.form not in _LISTED or found.sign != "." or not found.rest[:1].isupper():
        return False
    if found.form == "letter" and found.number[0].islower():
        return False
    nexts = list(readings(after.text))
    return not found.succeeds(item) and not any(n.succeeds(found) for n in nexts)
