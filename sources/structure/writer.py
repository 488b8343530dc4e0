"""The parts of a document as they are written, and what headings leave to the words below them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sources.locator import Steps
from sources.structure.blocks import Block, Role, under
from sources.structure.notes import TypedNotes
from sources.structure.parts import Part
from sources.structure.places import Place, Places

NOTHING = Block("")


class Writer:
    """The parts so far.

    Attributes:
        parts: In reading order.
        notes: Lines that are notes, and what calls them.
        waiting: Notes and doubts of headings, for the words below them.
        bare: The place of the last part, where that is a heading or a number only.
    """

    def __init__(self, blocks: Sequence[Block], places: Places) -> None:
        self.parts: list[Part] = []
        self.notes = TypedNotes(blocks)
        self.waiting = NOTHING
        self.bare: Place | None = None
        self._places = places

    @property
    def last(self) -> Part | None:
        """The last part so far."""
        return self.parts[-1] if self.parts else None

    def start(self, part: Part) -> None:
        """Begin a part; the heading or number right above it is then no passage of its own."""
        if self.bare in self._places.open:
            self.waiting = under(self.parts.pop().blocks[0], self.waiting)
        self.bare = None
        self.parts.append(part)

    def heading(self, block: Block) -> None:
        """The heading of the place here, a passage itself for as long as nothing is below it."""
        here = self._places.here
        here.boxes = block.boxes
        self.start(Part(here.steps, self._places.headings, whole=True))
        line = replace(block, text=here.heading, role=Role.TEXT)
        self.parts[-1].blocks.append(self._with_waiting(line))
        self.bare = here

    def whole(
        self, steps: Steps, block: Block, text: str, lead: str = "", heading: str = ""
    ) -> None:
        """A part that is one passage, below the headings that are open, and one of its own."""
        headings = (*self._places.headings, *([heading] if heading else []))
        self.start(Part(steps, headings, whole=True, lead=lead))
        self.add(self.parts[-1], replace(block, text=text))

    def add(self, part: Part, block: Block) -> None:
        """Add a block to a part."""
        part.blocks.append(self._with_waiting(block))
        self.notes.call(part)

    def _with_waiting(self, block: Block) -> Block:
        waiting, self.waiting = self.waiting, NOTHING
        return under(block, waiting)
