"""Boxes: what a page shows as one part, whose headings head nothing below it.

So are the answer that a click shows together with its question, a group of fields, the panel of a
tab, and columns beside each other that have headings of their own.
"""

from __future__ import annotations

from dataclasses import replace

from lxml.etree import _Element

from sources.formats.html.elements import controlled, is_menu, is_tab, toggles, words_of
from sources.formats.printed import HEADINGS
from sources.formats.styling import Styling
from sources.structure.blocks import Block, Role, squeezed

_BESIDE = {"flex", "grid", "inline-flex", "inline-grid"}
_TOGGLES = ("aria-controls", "aria-expanded", "data-target", "data-bs-target")


class Boxes:
    """The boxes of a page.

    Attributes:
        tabs: The panels of tabs, with the words of their tabs.
        lists: The rows of tabs that head such panels.
    """

    def __init__(self, root: _Element) -> None:
        self.tabs: dict[_Element, str] = {}
        self.lists: set[_Element] = set()
        self._ends: dict[_Element, list[_Element]] = {}  # the first parts of those that end there
        self._starts: dict[_Element, int] = {}  # blocks before each part
        # Blocks of the cells of each row, of those of a table and of what stands beside each other.
        self._columns: dict[_Element, dict[_Element, list[list[Block]]]] = {}
        self._count = 0
        named = {str(e.get("id")): e for e in root.iter() if e.get("id")}
        for box in root.iter("details", "fieldset"):
            self._ends.setdefault(box, []).append(box)
        rows: dict[_Element, list[_Element]] = {}  # of tabs
        for control in root.iter("a", "button", "div", "h2", "h3", "h4", "li", "span"):
            for name in controlled(control).split() if _opens(control) else ():
                panel = named.get(name.removeprefix("#"))
                if panel is None or is_menu(panel) or control in {panel, *panel.iterdescendants()}:
                    pass
                elif is_tab(control):
                    self.tabs[panel] = words_of(control)
                    self._ends.setdefault(panel, []).append(panel)
                    rows.setdefault(_row_of(control), []).append(control)
                else:
                    self._add(control, panel)
        self.lists = {
            row for row, its in rows.items() if _letters(row) == "".join(map(_letters, its))
        }

    def _add(self, control: _Element, panel: _Element) -> None:
        """A box from the part with a control to that with what it shows, beside each other."""
        around = {e.getparent(): e for e in (panel, *panel.iterancestors())}
        for first in (control, *control.iterancestors()):
            last = around.get(first.getparent())
            if last is not None:
                if first in set(last.itersiblings(preceding=True)):
                    self._ends.setdefault(last, []).append(first)
                return

    def begin(self, part: _Element, start: int) -> None:
        """Note how many blocks stand before a part of the page."""
        self._starts[part] = start

    def end(self, part: _Element, blocks: list[Block], styling: Styling) -> None:
        """Mark the blocks of the boxes that end with a part of the page."""
        start = self._starts[part]
        row = part.getparent()
        if row is not None and row.tag == "tr" and len(blocks) > start:
            table = next(row.iterancestors("table"), row)  # its cells may go on in the next row
            self._columns.setdefault(table, {}).setdefault(row, []).append(blocks[start:])
        elif row is not None and _is_row(row, styling):
            self._columns.setdefault(row, {}).setdefault(row, []).append(blocks[start:])
        rows = self._columns.pop(part, {}).values()
        if any(sum(map(_is_headed, cells)) > (part.tag != "table") for cells in rows if cells[1:]):
            self._mark(blocks, start)
        for first in self._ends.get(part, ()):
            self._mark(blocks, self._starts.get(first, start))

    def _mark(self, blocks: list[Block], start: int) -> None:
        self._count += 1
        blocks[start:] = [replace(b, boxes=(self._count, *b.boxes)) for b in blocks[start:]]

    def title(self, panel: _Element) -> str:
        """The words of the tab of a panel, which head it where it has no such heading itself."""
        words = squeezed(self.tabs.get(panel, ""))
        own = next(panel.iter(*HEADINGS), None)
        return words if own is None or words_of(own) != words else ""


def _opens(control: _Element) -> bool:
    return is_tab(control) or bool(toggles(control)) or any(map(control.get, _TOGGLES))


def _letters(element: _Element) -> str:
    return words_of(element).replace(" ", "")


def _row_of(tab: _Element) -> _Element:
    above = [e for e in tab.iterancestors() if e.tag in {"ul", "ol"} or e.get("role") == "tablist"]
    return above[0] if above else next(tab.iterancestors(), tab)


def _is_row(element: _Element, styling: Styling) -> bool:
    """Whether the parts of an element stand beside each other."""
    own = styling.declared(element)
    return own.get("display") in _BESIDE and "column" not in own.get("flex-direction", "")


def _is_headed(cell: list[Block]) -> bool:
    """Whether a column has a heading with words below it; a line in capitals may be one."""
    heads = [block.role is Role.HEADING or block.text.isupper() for block in cell]
    return any(heads) and not heads[-1]
