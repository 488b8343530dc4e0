"""The blocks that a format gives of a document, and how their words are cleaned."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Shape = Literal["title", "heading", "text", "item", "row"]


@dataclass(frozen=True, slots=True)
class Block:
    r"""One paragraph, heading, list item or table row, in reading order.

    Attributes:
        text: Its words with the number or sign printed before them; lines parted by ``\n``.
        kind: What the format says it is; ``"text"`` leaves it to the words.
        level: Of a heading, its outline level from 1; of an item, its depth from 1; of a row, 1
            for the first of its table. 0 where the format does not say.
        page: Page on which it starts, from 1; None where there are no pages.
        notes: Its footnotes.
    """

    text: str
    kind: Shape = "text"
    level: int = 0
    page: int | None = None
    notes: tuple[str, ...] = ()


_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st"}
_FOLD = str.maketrans(
    {**_LIGATURES, **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""), "\u2011": "-"}
)
_BREAKS = str.maketrans(dict.fromkeys("\r\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"))
_UNREADABLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ud800-\udfff]")


def clean(text: str) -> str:
    r"""The words as they are stored: composed accents, plain spaces, no invisible signs.

    >>> clean(" La coope\u0301ration\u00a0: une   fin ")
    'La coopération : une fin'
    """
    text = _UNREADABLE.sub("\ufffd", text.replace("\r\n", "\n").translate(_BREAKS))
    text = unicodedata.normalize("NFC", text.translate(_FOLD))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


def squeezed(text: str) -> str:
    """The words on one line."""
    return " ".join(clean(text).split())
