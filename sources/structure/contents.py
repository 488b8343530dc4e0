"""A table of contents that is typed at the head of a text: its lines stand again below it.

A list of prices may look the same, and so may the articles themselves. What tells is that most of
the lines, without the number of a page at their end, are the beginning of a later line.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from sources.folding import letters_alone
from sources.structure.blocks import Block, Role, squeezed
from sources.structure.numbers import marker

HEAD = re.compile(
    r"(?:table des matières|sommaire|inhoud(?:sopgave|stafel)?)[\s.:]*", re.IGNORECASE
)
_PAGED = re.compile(r"(?P<words>\S+\s.*?)[\s|.…·_–—-]+(?P<page>\d{1,3})")
_LEAST = 3  # lines of a table of contents
_LONG = 200  # characters of a line that is no heading


class _Entry(NamedTuple):
    words: str
    page: int | None


def without_contents(blocks: Sequence[Block]) -> tuple[list[Block], list[str]]:
    """The blocks without a table of contents at their head, and its lines with their heading."""
    start, entries = _first_run(blocks)
    end = start + len(entries)
    if not _is_contents(entries, blocks[end:]):
        return list(blocks), []
    above = blocks[start - 1 : start]
    headed = any(b.role is Role.HEADING and not marker(b.text, heading=True) for b in above)
    start -= headed or any(HEAD.fullmatch(b.text) is not None for b in above)
    return [*blocks[:start], *blocks[end:]], [squeezed(b.text) for b in blocks[start:end]]


def _first_run(blocks: Sequence[Block]) -> tuple[int, list[_Entry]]:
    """The first lines, one below the other, that may be such a table above all articles."""
    again = Counter(letters_alone(b.text) for b in blocks if len(b.text) <= _LONG)
    for at, block in enumerate(blocks):
        if len(entries := list(_run(blocks, at, again))) >= _LEAST:
            return at, entries
        head = marker(block.text)
        if head and head.form == "article":
            break
    return 0, []


def _run(blocks: Sequence[Block], start: int, again: Counter[str]) -> Iterator[_Entry]:
    """What the lines from ``start`` on name, up to one that names nothing, or the same."""
    named: set[str] = set()
    for at in range(start, len(blocks)):
        entry = _entry(blocks[at], again)
        if entry is None or entry.words in named:
            return
        named.add(entry.words)
        yield entry


def _entry(block: Block, again: Counter[str]) -> _Entry | None:
    """What a line names: a part whose page it says, or one whose heading is printed again."""
    if len(block.text) > _LONG or "\n" in block.text:
        return None
    if found := _PAGED.fullmatch(block.text):
        return _Entry(found["words"], int(found["page"]))
    head = marker(block.text, heading=True)
    part = head is not None and head.form in {"article", "division"}
    return _Entry(block.text, None) if part and again[letters_alone(block.text)] > 1 else None


def _is_contents(entries: Sequence[_Entry], below: Sequence[Block]) -> bool:
    """Whether half of the lines stand again, and their pages count up."""
    pages = [entry.page for entry in entries if entry.page is not None]
    heads = sorted(letters_alone(b.text) for b in below)
    named = sum(begins(letters_alone(entry.words), heads) for entry in entries)
    return bool(entries) and pages == sorted(pages) and 2 * named >= len(entries)


def begins(words: str, heads: Sequence[str]) -> bool:
    """Whether words begin one of some lines, which are in the order of their letters."""
    at = bisect_left(heads, words)
    return at < len(heads) and heads[at].startswith(words)
