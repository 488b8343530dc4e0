"""The lines of one article: its numbered paragraphs, the points of its list, and other words."""

from __future__ import annotations

from dataclasses import replace

from sources.structure.below import counts_on, ends_list
from sources.structure.blocks import Block, Role
from sources.structure.cursor import Cursor
from sources.structure.lines import LISTED, dash_of, intro_of, is_counted, skips, words_of
from sources.structure.numbers import Marker, marker, readings
from sources.structure.parts import Part
from sources.structure.places import Place, Places
from sources.structure.suspects import Suspects
from sources.structure.writer import Writer


class ArticleLines:
    """Reads the lines of one article, which is open.

    Attributes:
        paragraph: The last numbered paragraph, or point of its list.
    """

    def __init__(self, cursor: Cursor, places: Places, writer: Writer, suspects: Suspects) -> None:
        self._cursor, self._places = cursor, places
        self._writer, self._suspects = writer, suspects
        self.paragraph: Marker | None = None
        self._depth = 0  # of it, in a list whose numbers the format says
        self._list = 0  # of the page, in which it stands
        self._next = 0  # place of the number after it; 0 where none is known
        self._over = False  # the list of the article has ended

    def take(self, block: Block, found: Marker | None) -> None:
        """Read one line; ``found`` is the number at its head."""
        article = self._places.here
        if not article.counts["lines"]:
            self._writer.start(Part(article.steps, self._places.headings))
        article.counts["lines"] += 1
        part = self._writer.parts[-1]
        self._suspects.in_article(block, found, part.blocks, article.marker)
        if opening := self._opening(block, article):
            if self.paragraph is None:
                article.listed = opening.form != "paragraph" and bool(article.intro)
            self.paragraph, self._depth, self._list = opening, block.depth, block.list
            self._next = 0
            self._numbered(part, block, opening, listed=article.listed)
            return
        if found and found.form == "bullet" and block.depth > 1:  # both lists may have one sign
            block, found = replace(block, text=found.rest), None
        own = found is not None or block.goes_on or is_counted(block, self._cursor.around)
        sign = "" if own else dash_of(block)
        if article.listed and not sign and not block.quoted and marker(block.text) is None:
            below = self._cursor.below
            self._over = self._over or ends_list(part.blocks[-2:], self.paragraph, below)
        if self._is_below_list(block):
            self._over, block = True, replace(block, outer=not article.listed)
        depth = int(article.listed and not self._over)
        rubric = block.role is Role.HEADING and found is None
        role = Role.RUBRIC if rubric else Role.TEXT
        self._writer.add(part, replace(block, role=role, label=sign, depth=depth))
        if self.paragraph is None and not (found and found.form == "division"):
            part.lead = article.intro = intro_of(f"{sign} {block.text}".lstrip())

    def is_alone(self, found: Marker) -> bool:
        """Whether the article has no other line with such a number."""
        heads = (marker(block.text) for block in self._writer.parts[-1].blocks)
        schemes = {head.scheme for head in (self.paragraph, *heads) if head is not None}
        return found.scheme not in schemes

    def opens(self, found: Marker, article: Place, depth: int = 0) -> bool:
        """Whether this number opens a paragraph of the article, or a point that ":" introduces.

        Items as deep as the last one (``depth``) are of its list, whatever numbers lack.
        """
        above, before = self._writer.parts[-1].blocks, self.paragraph
        if found.form == "paragraph":
            if before is None and found.rank > 1:  # "… remplacé par : / § 2. Le bac …"
                return not any(block.text.endswith(":") for block in above)
            return before is None or before.form == "paragraph"
        own = article.marker.number if article.marker else ()  # "3.1" stands in article 3
        if found.form not in LISTED or found.number[:-1] not in {(), own}:
            return False
        if before is not None:
            same = 0 < depth == self._depth and found.scheme == before.scheme
            later = same and found.rank > before.rank
            return later or found.succeeds(before) or skips(before, found)
        last = next((marker(line.text) for line in above[-1:]), None)
        if last is not None and last.scheme == found.scheme:
            return False  # a list that began with 0, or counts down
        return found.rank == 1 and (found.form == "decimal" or bool(article.intro))

    def _opening(self, block: Block, article: Place) -> Marker | None:
        """The number of a paragraph or a point that a line opens."""
        row = block.role is Role.ROW and block.lang is None  # not a text beside its translation
        if self._over or block.quoted or row:
            return None
        opens = (m for m in readings(block.text) if self.opens(m, article, block.depth))
        return next(opens, None)

    def _numbered(self, part: Part, block: Block, opening: Marker, *, listed: bool) -> None:
        """A numbered paragraph of an article, or a point of a list that it introduces."""
        sign = "§ " if opening.form == "paragraph" else ""
        if sign and opening.rank > 1 and self._cursor.above.text.endswith(":"):
            heading = self._places.here.heading
            self._suspects.introduced.append(f"{heading}, {sign}{opening.number[0]}")
        number = f"{sign}{opening.printed or '.'.join(opening.number)}"
        line = replace(block, role=Role.TEXT, text=words_of(block, opening))
        if listed:
            self._writer.add(part, replace(line, label=number, depth=1))
        else:
            self._writer.add(part, replace(line, paragraph=number, depth=0))

    def _is_below_list(self, block: Block) -> bool:
        """Whether the list of the page has ended that has the last number, and none goes on."""
        numbered = self.paragraph is not None and self._list > 0
        text = block.role is Role.TEXT and not block.quoted and not block.list
        if not (numbered and text):
            return False
        if not self._over and self._next <= self._cursor.at:
            far = counts_on(self.paragraph, self._cursor.below)
            self._next = self._cursor.at + far if far else 0
        return self._over or not self._next
