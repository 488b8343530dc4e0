"""Signs that call a note in typed text, and stand before it: "(1)", "[1]", "¹", "(*)", "†"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.structure.formulas import names_place

RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
# "[^1]" is one of Markdown; a star before a figure multiplies.
_SIGN = (
    r"\(\d{1,3}\)|\[\d{1,3}\]|\[\^[^\]\s]+\]|\([*†‡]{1,3}\)|[*†‡]{1,3}(?![\w*)]|\s\d)"
    rf"|[{RAISED}]{{1,3}}(?![\d{RAISED}])"
)
_NEAR = 20  # characters before a sign that say what it is
CALL = re.compile(rf"[^\s(\[*] ?({_SIGN})")
CALL_AT_END = re.compile(rf"\s?(?:{_SIGN})$")
OF_NOTE = re.compile(rf"({_SIGN}):?(?=\s|(?<=[{RAISED}])[^\W\d_])")


def calls(text: str) -> Iterator[tuple[str, int]]:
    """The signs in a text that may call a note, and where; "le point (1)" names a place."""
    for found in CALL.finditer(text):
        if not names_place(text[max(0, found.start(1) - _NEAR) : found.start(1)]):
            yield found[1], found.start(1)
