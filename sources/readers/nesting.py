"""What flat lines hide: how deep a labelled line stands, and which lines are a quotation.

Some files print a list without saying which points stand within others. Labels tell: a kind of
label that is new opens a deeper list, one that was seen before goes back to its list.
"""

from __future__ import annotations

import re
from dataclasses import replace

from sources.readers.structure import Block, Role

_OPENS = "«„“"
_CLOSES = "»”"
_LONGEST = 2000  # lines of one quotation


def nested(blocks: list[Block]) -> list[Block]:
    """The same lines, with a depth where it was unknown (-1)."""
    out: list[Block] = []
    families: list[tuple[str, str]] = []  # open lists, outer first: kind, last label
    for block in blocks:
        if block.depth != -1:
            if block.depth == 0:
                families = []
            out.append(block)
            continue
        if block.label:
            kind = _kind(block.label, families)
            kinds = [k for k, _ in families]
            if kind in kinds:
                del families[kinds.index(kind) :]
            families.append((kind, _bare(block.label)))
        out.append(replace(block, depth=max(1, len(families))))
    return out


def _bare(label: str) -> str:
    return re.sub(r"[\s()«„“]", "", label).rstrip(".)°")


def _kind(label: str, families: list[tuple[str, str]]) -> str:
    """Kind of a label: its number and its sign. "i)" after "h)" is a letter, else it is roman."""
    bare = _bare(label)
    sign = label.strip()[-1]
    if bare[:1].isdigit():
        return f"1{sign}{bare.count('.')}"
    if not bare.isalnum():
        return f"-{bare}"
    case = "A" if bare[0].isupper() else "a"
    roman = re.fullmatch(r"[ivxl]+", bare.lower()) is not None
    for kind, last in reversed(families):
        if kind == f"{case}{sign}" and _follows(bare.lower(), last.lower()):
            return kind
    return f"{case}{sign}roman" if roman else f"{case}{sign}"


def _follows(bare: str, last: str) -> bool:
    return len(last) == len(bare) and bare[:-1] == last[:-1] and ord(bare[-1]) == ord(last[-1]) + 1


def unquoted(blocks: list[Block]) -> list[Block]:
    """The same lines, with those marked that stand inside a quotation of several lines.

    A quotation begins a line with its sign and ends where as many are closed as were opened;
    one that never ends is none.
    """
    out = list(blocks)
    index = 0
    while index < len(out):
        end = _end_of_quotation(out, index) if out[index].text[:1] in _OPENS else None
        if end is None:
            index += 1
            continue
        for inside in range(index, end + 1):
            out[inside] = replace(out[inside], quoted=True)
        index = end + 1
    return out


def _end_of_quotation(blocks: list[Block], start: int) -> int | None:
    open_signs = 0
    for index in range(start, min(start + _LONGEST, len(blocks))):
        if index > start and blocks[index].role is Role.TITLE:
            return None
        text = blocks[index].text
        open_signs += sum(text.count(s) for s in _OPENS) - sum(text.count(s) for s in _CLOSES)
        if open_signs <= 0:
            return index if index > start else None
    return None
