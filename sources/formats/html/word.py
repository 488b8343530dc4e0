"""What a page that Word saved says of its paragraphs by the names and levels of their styles."""

from __future__ import annotations

import re

from lxml.etree import _Element

from sources.formats.printed import BLOCKS, HEADINGS
from sources.formats.styling import Styling

# As Word names the classes of its own styles, in any language, and of those named in French or
# Dutch. Headings of a level that HTML has are tags of it, but for those of other programs.
_HEADING = re.compile(r"(?:MsoHeading|Heading|Titre|Kop)([1-9])")
_CONTENTS = re.compile(r"MsoToc(?:[1-9]|Heading)")
_TITLE = "MsoTitle"


def mark_paragraphs(root: _Element, styling: Styling) -> None:
    """Give paragraphs that a style makes headings the tag of one, of its level.

    What is declared for them is asked for before: a style sheet names them by their first tag.
    """
    for element in list(root.iter("p")):
        if level := _level(element, styling):
            element.tag = f"h{min(level, len(HEADINGS))}"


def names_text(element: _Element) -> bool:
    """Whether an element is in the style of the title of a document."""
    return _TITLE in _classes(element)


def lists_contents(element: _Element) -> bool:
    """Whether an element is in the style of a line of a table of contents."""
    return any(map(_CONTENTS.fullmatch, _classes(element)))


def _level(element: _Element, styling: Styling) -> int:
    """The level of a heading, from 1; 0 for text."""
    if any(True for part in element.iterdescendants(*BLOCKS)):
        return 0
    outline = styling.declared(element).get("mso-outline-level", "")
    if outline:
        return int(outline) if re.fullmatch("[1-9]", outline) else 0
    names = _classes(element)
    found = next(filter(None, map(_HEADING.fullmatch, names)), None)
    return int(found[1]) if found else int(_TITLE in names)


def _classes(element: _Element) -> list[str]:
    return (element.get("class") or "").split()
