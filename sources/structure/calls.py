"""Signs that call a note in typed text, and stand before it: "(1)", "[1]", "¹", "(*)", "†"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from sources.structure.blocks import Block, Role
from sources.structure.formulas import names_place

_RAISED = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_PLAIN = str.maketrans(_RAISED, "0123456789")
# "[^1]" is one of Markdown; a star before a figure multiplies.
_SIGN = (
    r"\(\d{1,3}\)|\[\d{1,3}\]|\[\^[^\]\s]+\]|\([*†‡]{1,3}\)|[*†‡]{1,3}(?![\w*)]|\s\d)"
    rf"|[{_RAISED}]{{1,3}}(?![\d{_RAISED}])"
)
_NEAR = 20  # characters before a sign that say what it is
CALL = re.compile(rf"[^\s(\[*] ?({_SIGN})")
CALL_AT_END = re.compile(rf"\s?(?:{_SIGN})$")
OF_NOTE = re.compile(rf"({_SIGN}):?(?=\s|(?<=[{_RAISED}])[^\W\d_])")


def heads_note(block: Block) -> str:
    """The sign at the head of a line that may be a note; "" for none."""
    found = OF_NOTE.match(block.text)
    free = found and block.role is Role.TEXT and not block.depth and not block.quoted
    return found[1] if found and free else ""


def calls(text: str) -> Iterator[tuple[str, int]]:
    """The signs in a text that may call a note, and where; "le point (1)" names a place."""
    for found in CALL.finditer(text):
        if not names_place(text[max(0, found.start(1) - _NEAR) : found.start(1)]):
            yield found[1], found.start(1)


def foot_notes(blocks: Sequence[Block]) -> frozenset[str]:
    """The signs of lines that are surely notes, wherever they stand below the words they belong to.

    Each heads one line and is called once above it; numbers begin at 1, and the calls follow each
    other as they do. A list of that form is introduced by a colon, or called by nobody.

    >>> sorted(foot_notes([Block("Le bac (1) part."), Block("Le 3 mai (2)."),
    ...                    Block("(1) Celui d’Ath."), Block("(2) À midi.")]))
    ['(1)', '(2)']
    >>> foot_notes([Block("Les cas (1) et (2) :"), Block("(1) le bac ;"), Block("(2) le quai.")])
    frozenset()
    """
    heads: dict[str, list[int]] = {}
    called: dict[str, list[tuple[int, int]]] = {}
    listed: set[str] = set()  # forms of the signs of lists that a colon introduces
    for at, block in enumerate(blocks):
        if head := heads_note(block):
            heads.setdefault(head, []).append(at)
            listed |= {_form(head)} if at and blocks[at - 1].text.endswith(":") else set()
            continue
        for sign, place in calls(block.text):
            called.setdefault(sign, []).append((at, place))
    found: set[str] = set()
    for form in {_form(head) for head in heads} - listed:
        signs = [head for head in heads if _form(head) == form]
        sure = all(_is_called_above(heads[sign], called.get(sign, [])) for sign in signs)
        numbers = [number for sign in signs if (number := _number(sign))]
        counted = numbers == [str(at + 1) for at in range(len(numbers))]
        if sure and counted and (order := [called[sign] for sign in signs]) == sorted(order):
            found |= set(signs)
    return frozenset(found)


def _is_called_above(heads: Sequence[int], called: Sequence[tuple[int, int]]) -> bool:
    return len(heads) == len(called) == 1 and called[0][0] < heads[0]


def _number(sign: str) -> str:
    return re.sub(r"\D", "", sign.translate(_PLAIN))


def _form(sign: str) -> str:
    """What signs of one list have in common: "(n)", "[n]", raised figures, stars."""
    raised = "^" if sign[0] in _RAISED else ""
    return raised + re.sub(r"\d+", "n", sign.translate(_PLAIN)) if _number(sign) else sign
