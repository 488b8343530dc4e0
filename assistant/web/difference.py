"""What a repair changed in a text, word by word."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: in both texts, only in the one received, or only in the one shown."""

    kind: Literal["same", "was", "now"]
    text: str


def difference(received: str, shown: str) -> list[Piece]:
    """The pieces of both texts in reading order.

    >>> [(p.kind, p.text) for p in difference("de I'accord", "de l’accord")]
    [('same', 'de '), ('was', "I'accord"), ('now', 'l’accord')]
    """
    before, after = (re.findall(r"\S+|\s+", t) for t in (received, shown))
    pieces: list[Piece] = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag == "equal":
            pieces.append(Piece("same", "".join(before[a:b])))
            continue
        if a < b:
            pieces.append(Piece("was", "".join(before[a:b])))
        if c < d:
            pieces.append(Piece("now", "".join(after[c:d])))
    return pieces
