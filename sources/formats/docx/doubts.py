"""What a reader of Word files cannot know surely, in words, and as marks on paragraphs."""

from __future__ import annotations

from lxml.etree import _Element

from sources.bilingual import Bilingual
from sources.formats.docx.package import W
from sources.formats.omissions import CHANGED
from sources.locale import bilingual

BOUND = bilingual("doubt.bound")
DATED = bilingual("doubt.dated")
EQUATION = bilingual("doubt.equation")
DRAWN = bilingual("doubt.shape")
TABS = bilingual("doubt.tabs")
_MARKS = {f"{W}duchesse-changed": CHANGED, f"{W}duchesse-bound": BOUND}


def mark(element: _Element, doubt: Bilingual) -> None:
    """Set a doubt on the paragraphs in an element, or on the one in which it stands."""
    name = next(name for name, known in _MARKS.items() if known is doubt)
    around = (element, *element.iterancestors())
    nearest = next((above for above in around if above.tag == f"{W}p"), None)
    for paragraph in element.iter(f"{W}p") if nearest is None else (nearest,):
        paragraph.set(name, "1")


def marked(paragraph: _Element) -> list[Bilingual]:
    """The doubts that were set on a paragraph."""
    return [doubt for name, doubt in _MARKS.items() if paragraph.get(name)]
