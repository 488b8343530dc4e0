"""What holds for a whole HTML page: its style and notes, what is left out, and what is told."""

from __future__ import annotations

from itertools import chain

from lxml.etree import _Element

from sources.formats.bilingual import Columns, languages, read_in_both
from sources.formats.html.boxes import Boxes
from sources.formats.html.elements import (
    around,
    in_languages,
    is_contents,
    is_dialog,
    is_sheet,
    opened,
    silent,
    spoken,
    words_of,
)
from sources.formats.html.notes import Footnotes
from sources.formats.html.word import lists_contents, mark_paragraphs
from sources.formats.omissions import Omissions
from sources.formats.printed import cells_of, groups
from sources.formats.styling import Styling
from sources.structure.blocks import counted

STRUCK_OUT = "struck out"  # a reason
_SHARE = 4  # of the letters of a page; what lies over it has fewer


class Context:
    """What holds for a whole page: its style, its notes, what was left out so far."""

    def __init__(self, root: _Element) -> None:
        self.styling = Styling(root)
        mark_paragraphs(root, self.styling)
        self.notes = Footnotes(root)
        self.languages = _languages(root)
        self.marked = in_languages(root)
        self.omissions = Omissions()
        self.foreign = 0
        self.closed = opened(root)
        self.boxes = Boxes(root)
        self._letters = spoken(root).replace(" ", "")
        self.clicked: list[str] = []  # words that show the parts of those that are read
        self.sheets = sum(1 for link in root.iter("link") if is_sheet(link))
        self.menus: list[str] = []  # lists that may be none of the text
        self.in_both: list[str] = []  # lines over both columns of two languages
        self.beside: list[str] = []  # cells beside those with articles
        self.other: list[str] = []  # words of another language within a paragraph
        self.third: list[str] = []  # parts in a language that is not read
        french = (root.get("lang") or "").lower().startswith("fr")
        self.quotes = ("«", "»") if french else ("“", "”")

    def left_out(self, element: _Element) -> str | None:
        """Why an element is left out; "" where there is nothing to tell, None where it is read."""
        if silent(element) or self.notes.holds(element) or element in self.boxes.lists:
            return ""
        reason = around(element) or self.styling.unseen(element) or self._over(element)
        if reason == "hidden" and element in self.closed:
            reason = ""
            self.clicked.append(self.closed[element])
        return reason or (STRUCK_OUT if self.styling.struck(element) else None)

    def _over(self, element: _Element) -> str:
        """Why an element that is seen is none of the text: it lies over the page, or lists it."""
        if lists_contents(element) or is_contents(element, self._letters):
            return "table of contents"
        over = self.styling.declared(element).get("position") == "fixed" or is_dialog(element)
        small = over and _SHARE * len(words_of(element).replace(" ", "")) < len(self._letters)
        return "boxes over the page" if small and element.find(".//h1") is None else ""

    def signs(self, element: _Element) -> tuple[str, str]:
        """What a browser writes before and after the words of an element; items have numbers."""
        if element.tag == "q":
            return self.quotes
        return ("", "") if element.tag == "li" else self.styling.written(element)

    def warnings(self) -> list[str]:
        """What a person should know of the reading."""
        told = (
            (self.foreign, f"frames and media of other files are not read: {self.foreign}"),
            (
                self.sheets,
                "style sheets in other files are not read, and what they hide or strike out is "
                f"read as text: {self.sheets}",
            ),
        )
        files = [text for there, text in told if there]
        read = (
            ("lists and lines of links alone, read as text", self.menus),
            ("cells beside articles, read above or below them", self.beside),
            ("parts that a click on some words shows, read as text", self.clicked),
            ("words in another language within a paragraph", self.other),
            ("parts that the page marks as of a third language, read as text", self.third),
        )
        places = [f"{what}: {counted(found)}" for what, found in read if found]
        both = read_in_both(self.in_both)
        return [*self.omissions.warnings(), *files, *places, *self.styling.warnings(), *both]


def _languages(root: _Element) -> dict[_Element, Columns]:
    """The tables that hold a text in French and in Dutch, with the language of each column."""
    rows = {table: chain.from_iterable(groups(table)) for table in root.iter("table")}
    return languages(
        {table: [[*map(spoken, cells_of(row))] for row in own] for table, own in rows.items()}
    )
