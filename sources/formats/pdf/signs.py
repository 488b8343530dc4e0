"""Private signs that stand in the words of a PDF until its blocks are known, as doubts of these."""

from __future__ import annotations

import re
from dataclasses import replace
from unicodedata import normalize

from sources.formats.omissions import (
    COVERED,
    CROSSED,
    DRAWN,
    FORM,
    FORMULA,
    LAID_OUT,
    NESTED,
    PICTURE,
    STRUCK,
)
from sources.formats.raised import SHARED_NOTES
from sources.formats.symbols import LOST
from sources.structure.blocks import Block

VALUE = "\ufdd2"  # after the value of a form field
PICTURED = "\ufdd3"  # after the words above a picture
CUT = "\ufdd4"  # where words are struck out
THROUGH = "\ufdd5"  # after words that a line crosses
SHAPED = "\ufdd6"  # after words beside drawn boxes, or within a drawn ring
HIDDEN = "\ufdd7"  # where words of a line are hidden
PLACED = "\ufdd8"  # after a row of a table without lines whose cells are not sure
INNER = "\ufdd9"  # after a row of a drawn table that stands in a cell of another one
FRACTION = "\ufdda"  # after words above or below the line of a fraction
SHARED = "\ufddb"  # after words that call a note whose sign several have
_DOUBTS = {
    VALUE: FORM, PICTURED: PICTURE, CUT: STRUCK, THROUGH: CROSSED, SHAPED: DRAWN, HIDDEN: COVERED,
    PLACED: LAID_OUT, INNER: NESTED, FRACTION: FORMULA, SHARED: SHARED_NOTES,
}  # fmt: skip
_ANY = re.compile("[\ufdd2-\ufddb]")
_MATHEMATICAL = re.compile("[\U0001d400-\U0001d7ff]")  # letters in the type of a formula
_KEY = re.compile("(?<!^)[\uf000-\uf0ff]")  # of a font of symbols, but for the bullet of a block


def bare(text: str) -> str:
    """The words without these signs."""
    return _ANY.sub("", text)


def doubted(block: Block) -> Block:
    """The block with doubts instead of these signs."""
    found = dict.fromkeys(_DOUBTS[sign] for sign in _ANY.findall(block.text))
    if _MATHEMATICAL.search(block.text):
        found[FORMULA] = None
    text = _KEY.sub(LOST, bare(block.text))
    text = _MATHEMATICAL.sub(lambda letter: normalize("NFKC", letter[0]), text)
    if text == block.text:
        return block
    return replace(block, text=text, doubts=(*block.doubts, *found))
