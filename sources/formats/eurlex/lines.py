"""Collects the printed lines while a reader walks through markup."""

from __future__ import annotations

from dataclasses import dataclass, replace

from sources.bilingual import Bilingual
from sources.formats.markup import Words, without_calls
from sources.structure.blocks import Block, Role
from sources.structure.numbers import number


@dataclass(frozen=True, slots=True)
class Where:
    """What stands around an element.

    Attributes:
        depth: Lists around it.
        place: "cit_2", "rct_5", "fnp", "pbl", else "".
        quoted: Within a text that goes into another act.
        outer: In an article with numbered paragraphs, but in none of them.
        boxed: In a frame: its lines are no headings.
        article: Digits of the number of the article around it, by its id; "0" where it has none.
        paragraph: How many lines came before its paragraph's own div; -1 outside of one.
    """

    depth: int = 0
    place: str = ""
    quoted: bool = False
    outer: bool = False
    boxed: bool = False
    article: str = ""
    paragraph: int = -1


class Lines:
    """The lines so far, and the label or sign of a paragraph that waits for its words."""

    def __init__(self) -> None:
        self.all: list[Block] = []
        self.label = ""
        self.paragraph = ""

    def add(self, role: Role, words: Words, where: Where, level: int = 1) -> None:
        """Add a line with the sign that waited; without words it is left out."""
        text = without_calls(words.text)
        if text or words.doubts:
            self._put(role, text, words, where, level)

    def row(self, cells: list[Words], where: Where) -> None:
        """Add a row of a table with data, its cells parted by " | ".

        An empty cell keeps its place before others: the next one stands below another heading.
        """
        words = Words(
            " | ".join(without_calls(c.text) for c in cells).rstrip(" |"),
            [note for c in cells for note in c.notes],
            [doubt for c in cells for doubt in c.doubts],
        )
        self.add(Role.ROW, words, where)

    def numbered(self, sign: str, where: Where) -> None:
        """The next line begins a numbered paragraph; within a quotation it is just a label."""
        if where.quoted or where.depth or not number(sign):
            self.label = sign
        else:
            self.paragraph = sign

    def flush(self, where: Where) -> None:
        """A label without words of its own ("1. a) …") is a line that the next one completes."""
        if self.label or self.paragraph:
            self._put(Role.TEXT, "", Words(), where, 1)

    def doubt(self, doubt: Bilingual, start: int) -> None:
        """Put a doubt on all lines from one on."""
        self.all[start:] = [
            replace(block, doubts=tuple(dict.fromkeys((*block.doubts, doubt))))
            for block in self.all[start:]
        ]

    def _put(self, role: Role, text: str, words: Words, where: Where, level: int) -> None:
        self.all.append(
            Block(
                text,
                role,
                level,
                label=without_calls(self.label),
                depth=where.depth,
                paragraph=without_calls(self.paragraph),
                place=where.place,
                quoted=where.quoted,
                outer=where.outer,
                notes=tuple(words.notes),
                doubts=tuple(dict.fromkeys(words.doubts)),
            )
        )
        self.label = self.paragraph = ""
