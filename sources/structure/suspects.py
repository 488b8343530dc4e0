"""Lines that may be something else than they are read as: what a person is told of them."""

from __future__ import annotations

from collections.abc import Sequence

from sources.structure.blocks import BY_TYPE, Block, Role, counted, squeezed
from sources.structure.cursor import Cursor
from sources.structure.lines import (
    article_within,
    heads_by_words,
    in_brackets,
    is_sentence,
    may_head,
    opens_head,
)
from sources.structure.notes import glued
from sources.structure.numbers import Marker, named
from sources.structure.unread import unread_articles


class Suspects:
    """Such lines so far, by what they may be."""

    def __init__(self, cursor: Cursor) -> None:
        self._cursor = cursor
        self.introduced: list[str] = []  # articles below the colon of the one before
        self.others: list[str] = []  # what stands above articles that begin again at 1
        self._bracketed: list[str] = []  # lines that may be articles
        self._unsure: list[str] = []  # last lines of articles that may be headings
        self._named: list[str] = []  # other lines that may be, by the names and numbers they have
        self._loose: list[str] = []  # lines that end no sentence, the last ones so far
        self._captions: list[str] = []  # those of them that stand above a table
        self._titled: list[str] = []  # words on the lines of articles that are titles
        self._worded = 0  # articles that have words of their text there
        self._within_quotation: list[str] = []  # lines of it that are articles
        self._capitals: list[str] = []  # lines of the last article that may head what is below

    def warnings(self, notes: Sequence[str]) -> list[str]:
        """What is told of them, and of lines that may be ``notes``."""
        blocks = self._cursor.blocks
        titled = self._titled if len(self._titled) < self._worded else []
        within = [found for block in blocks if (found := article_within(block))]
        told = (
            (self.introduced, "articles or paragraphs right below a colon, read as of this text"),
            (self._capitals, "lines in capitals, read as words of the last article"),
            (self.others, "articles begin again at 1, as those of another text"),
            (self._unsure, "lines right above an article, read as text of the one before"),
            (self._loose, "last lines, which end no sentence, read as text of the last article"),
            (
                self._captions,
                "a table below the last article, read as its text with the line above",
            ),
            (self._named, "lines with a name and a number, which may be headings, read as text"),
            (within, "articles in the midst of a paragraph, read as its words"),
            (
                self._within_quotation,
                "numbers of articles in a quotation or a report on them, read as its words",
            ),
            (self._bracketed, "numbers of articles in brackets, read as words of the one before"),
            (notes, "lines that begin with the sign of a note, read as text"),
            (glued(blocks), "figures behind words that may call a note, which is read as text"),
            (titled, "words behind the number of an article, read as its title and not as text"),
        )
        lines = [f"{what}: {counted(found)}" for found, what in told if found]
        return [*lines, *unread_articles(blocks)]

    def clear(self) -> None:
        """The last lines so far end no sentence for a reason: a heading or a formula is below."""
        self._loose.clear()

    def on_line(self, rest: str, *, titled: bool) -> None:
        """Words on the line of an article, which are its title or its text."""
        self._titled += [squeezed(rest)] if titled else []
        self._worded += not titled

    def above_article(self, *, formula: bool) -> None:
        """The last lines above an article; and the one right above it, of a final ``formula``."""
        self._unsure += self._loose
        above = self._cursor.above.text
        if formula and not is_sentence(above):
            self._unsure.append(squeezed(above))

    def quoted(self, block: Block) -> None:
        """An article in a quotation."""
        self._within_quotation.append(squeezed(block.text))

    def in_article(
        self, block: Block, found: Marker | None, before: Sequence[Block], article: Marker | None
    ) -> None:
        """A line of an article, below others of it, that may be none of its words."""
        after = self._cursor.after if found is None and before else None
        heads = heads_by_words(block, None, after, None) and not block.quoted
        if heads and after and not opens_head(after) and self._cursor.is_last(article):
            self._capitals.append(squeezed(block.text))
        bracketed = in_brackets(block.text)
        if bracketed and bracketed.succeeds(article):
            self._bracketed.append(squeezed(block.text))
        if found is None and before and self._is_loose(block, before[-1]):
            self._loose.append(squeezed(block.text))
            return
        if block.role is Role.ROW and self._loose and self._cursor.is_last(article):
            self._captions += self._loose[-1:]
        self._loose.clear()

    def plain(self, block: Block) -> None:
        """A paragraph outside of articles, which may have the name and number of a heading."""
        self._named += [squeezed(block.text)] if self._may_be_named(block) else []

    def _is_loose(self, block: Block, before: Block) -> bool:
        """Whether a line ends no sentence and goes on from none, or signs in bold type.

        Right above an article it may be its heading; it may also come from the page around a text.
        """
        ended = not before.quoted and before.text.endswith(".")
        ended = ended or bool(self._loose) or block.level == BY_TYPE
        plain = may_head(block) and not block.quoted and not is_sentence(block.text)
        return ended and plain and not block.text[:1].islower()

    def _may_be_named(self, block: Block) -> bool:
        """Whether a line has the name and number of a heading ("Mesure 1.2 : Les bacs").

        It may also be one of a list, or stand above a picture or a table.
        """
        found = named(block.text)
        beside = self._cursor.around
        alike = sum(1 for b in beside if found and (m := named(b.text)) and m.sign == found.sign)
        rows = any(b.role is Role.ROW for b in beside)
        return (
            alike == 1 and bool(found and found.rest) and not rows and not is_sentence(block.text)
        )
