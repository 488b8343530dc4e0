"""What stands between blocks and passages: the outline of a document, its parts, their units."""

from __future__ import annotations

from dataclasses import dataclass, field

from sources.locator import Steps
from sources.structure.blocks import Block


@dataclass(slots=True)
class Part:
    """A recital, an article, an annex, a paragraph…: where it stands, and its blocks.

    ``whole`` parts are one passage; others are divided by their numbers. ``lead`` is what
    introduces the passages of the part.
    """

    steps: Steps
    headings: tuple[str, ...] = ()
    blocks: list[Block] = field(default_factory=list)
    whole: bool = False
    lead: str = ""


@dataclass(slots=True)
class Unit:
    """A passage on its way."""

    steps: Steps
    headings: tuple[str, ...]
    blocks: list[Block] = field(default_factory=list)
    lead: str = ""
    title: str = ""  # its heading or number, which is the text where nothing stands under it


@dataclass(slots=True)
class Outline:
    """Title and parts of a document, and what a person should know about the reading."""

    title: str = ""
    parts: list[Part] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    repeated: list[str] = field(default_factory=list)  # portions whose number occurs again
