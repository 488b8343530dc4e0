"""The head of a document: its letterhead, its title, and where its body begins.

A format may say which block is the title. Else the paper does: the title is what stands in the
largest type above the first numbered line; or what is printed again below a memorandum, above the
articles; or what begins with the date of an act, as a gazette prints it ("3 MAI 2031. - Loi
relative aux bacs") above the articles; or a line that goes on with its date and subject on lines of
their own, as acts of the Union have it; or the subject of a letter ("Objet : le bac"); or the first
line. Short lines above it are the letterhead, which are words of the document and head nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from functools import reduce
from itertools import pairwise, takewhile
from typing import NamedTuple

from sources.dates import behind_date, is_dated, is_dateline, promulgated
from sources.folding import without_accents
from sources.model import cells_of
from sources.structure.acts import begins_act
from sources.structure.blocks import Block, Role, as_text, squeezed, under
from sources.structure.formulas import (
    enacts,
    heads_decision,
    heads_operative,
    heads_report,
    names_authority,
    subject_of,
)
from sources.structure.numbers import heads_annex, marker

_LARGE = 1.1  # of the size of the text
_LARGE_HEADING = 1.05
_SMALL = 0.9
_LONG = 250  # characters of a line that is no title
_LONG_BY_PLACE = 200  # of one that nothing but its place makes a title
_FIRST = 12  # blocks among which a title is looked for, where no page says how many
_KNOWN = 5  # of those, where the metadata says what it is
_CAPITALS = re.compile(r"(?=.*[^\W\d_]{3})(?:[^a-zß-ÿ]|n[°ºr])+\s(?=du\s|van\s)")
_IN_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]$")
_WORD = re.compile(r"[^\W\d_]{3}")
_LABEL = re.compile(r"[^\W\d_][^:.;,]{1,40}:\s")
_NUMBER = re.compile(r"\b(?:n[°ºo]|nr)\.?\s?\d", re.IGNORECASE)
_ABOVE_SUBJECT = 25  # lines at most
_REFERENCE = re.compile(r"[^:]{1,40}:[^:]*\d[\W\d_]*")  # "Nos réf. : 2031/12" tells no subject


class Opening(NamedTuple):
    """What stands at the head of a document.

    Attributes:
        title: Its words; "" where none is sure.
        letterhead: The lines above the title.
        body: All other blocks. Where other titles follow, it is among them as a heading.
        heading: The title with its notes and doubts, for the words below it; empty where it stays
            in the body.
    """

    title: str
    letterhead: Sequence[Block]
    body: Sequence[Block]
    heading: Block = Block("")


def opening(blocks: Sequence[Block], known: str) -> Opening:
    """The head of a document, from its blocks; ``known`` is the title of its metadata."""
    found = _head(blocks, squeezed(known))
    return found._replace(body=_with_acts(found.body))


def _head(blocks: Sequence[Block], known: str) -> Opening:
    if twice := _twice(blocks):
        return twice
    marked = [b.role is Role.TITLE for b in blocks]
    if any(marked):
        start = marked.index(True)
        end = _whole(blocks, _end(marked, start))
        return _parted([*blocks[:end], *map(_headed, blocks[end:])], start, end)
    found = (
        _below_authority(blocks)
        or _largest(blocks)
        or _in_parts(blocks)
        or _named(blocks, known)
        or _dated(blocks)
    )
    found = found or _letter(blocks)
    return found or (Opening(known, (), blocks) if known else _by_place(blocks))


def _twice(blocks: Sequence[Block]) -> Opening | None:
    """The head of a text whose title stands above a memorandum, and again above its articles.

    Where it stands again it is a heading, and nothing of the memorandum goes on below it.
    """
    words = [squeezed(b.text).casefold() for b in blocks]
    for start, block in enumerate(_first(blocks)):
        again = words.index(words[start], start + 1) if words[start] in words[start + 1 :] else 0
        pairs = zip(words[start:again], words[again:], blocks[start:], strict=False)
        alike = list(takewhile(lambda p: p[0] == p[1] and _is_line(p[2]), pairs))
        count = len(alike) if _begins_title(block) else 0
        end = again + count
        sure = count > 1 or (count == 1 and promulgated(block.text))
        report = any(heads_report(squeezed(b.text)) for b in blocks[:again])
        if sure and _has_article(blocks[end:]) and (report or not _has_article(blocks[:again])):
            above, below = map(_explained, blocks[:again]), map(_headed, blocks[end:])
            title = _joined(blocks[again:end])
            return _parted([*above, title, *below], start, start + count)
    return None


def _explained(block: Block) -> Block:
    """A block of a memorandum, whose articles are those that it explains, and none of the text."""
    if _has_article([block]):
        return replace(block, role=Role.TEXT, level=0, quoted=True)
    return _headed(block)


def _with_acts(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks, a line that begins with the date of an act as a title above its articles."""
    dated = [at for at, b in enumerate(blocks) if promulgated(b.text) and _is_line(b)]
    ends = [*dated, len(blocks)][1:]
    titles = {at for at, end in zip(dated, ends, strict=True) if _has_article(blocks[at + 1 : end])}
    return [replace(b, role=Role.TITLE) if at in titles else b for at, b in enumerate(blocks)]


def _parted(blocks: Sequence[Block], start: int, end: int, *, headed: bool = False) -> Opening:
    """The head of a document whose title is from ``start`` to ``end``.

    It stays in the body where it may head but a part of it (``headed``), as below the articles of
    a text that ends there.
    """
    title, above = blocks[start:end], blocks[:start]
    lines = list(takewhile(lambda b: b.role is Role.ROW or _is_line(b), above))
    ends = _has_article(above)
    letterhead = lines if ends or len(lines) == start else []
    headed = headed or ends
    body = [*above[len(letterhead) :], *blocks[start if headed else end :]]
    heading = _joined(title)
    return Opening(squeezed(heading.text), letterhead, body, Block("") if headed else heading)


def _headed(block: Block) -> Block:
    """What is marked as a title after other words is a heading: "ANNEXE", in the same style."""
    return replace(block, role=Role.HEADING, level=1) if block.role is Role.TITLE else block


def _end(values: Sequence[object], start: int) -> int:
    """Where the run of one value ends that begins at ``start``."""
    return start + sum(1 for _ in takewhile(lambda value: value == values[start], values[start:]))


def _largest(blocks: Sequence[Block]) -> Opening | None:
    """The head of a document whose title stands in the largest type of its first lines.

    Further lines in that type, the title once more or those of other texts, are titles too.
    """
    usual = _usual(blocks) or math.inf
    sizes = [b.size if _may_be_title(b) and _is_large(b, usual) else 0 for b in _first(blocks)]
    size = max(sizes, default=0)
    if not size:
        return None
    start = sizes.index(size)
    end = _whole(blocks, _end(sizes, start))
    words = {squeezed(b.text) for b in blocks[start:end]}
    alike = [b for b in blocks[end:] if b.size >= size and (_is_line(b) or _is_heading(b))]
    rivals = [b for b in alike if squeezed(b.text) not in words and not _is_of_part(b)]
    if not _heads(blocks[end:], rivals):
        return None
    titled = [
        replace(b, role=Role.TITLE) if b.size >= size and _is_line(b) else b for b in blocks[start:]
    ]
    return _parted([*blocks[:start], *titled], start, end, headed=bool(rivals))


def _below_authority(blocks: Sequence[Block]) -> Opening | None:
    """The head of a document whose title begins as that of an act, right below whose act it is."""
    above = list(takewhile(lambda b: names_authority(squeezed(b.text)), _first(blocks)))
    at = len(above)
    if not above or at == len(_first(blocks)) or not all(map(_is_line, above)):
        return None
    others = [b.size for b in _first(blocks)[at:] if _may_be_title(b)]
    first = begins_act(squeezed(blocks[at].text)) and blocks[at].size >= max(others, default=0)
    return _parted(blocks, at, _whole(blocks, at + 1)) if first and _is_line(blocks[at]) else None


def _whole(blocks: Sequence[Block], end: int) -> int:
    """Where a title ends that goes on below: "van 3 mei 2031", "betreffende de veren"."""
    below = blocks[end : end + 1]
    if not below or behind_date(squeezed(below[0].text)) != "":
        return end
    return _further(blocks, end)


def _further(blocks: Sequence[Block], at: int) -> int:
    """Where a title ends that goes on below its date in lower case."""
    lines = takewhile(lambda b: b.text[:1].islower() and _is_line(b), blocks[at + 1 :])
    return at + 1 + sum(1 for b in lines if b.role is blocks[at].role)


def _end_of_parts(blocks: Sequence[Block], at: int) -> int:
    """Where the title ends that begins at a line, and goes on with its date; 0 for none.

    Its lines may stand in one paragraph, the first of them in capitals.
    """
    capitals = _CAPITALS.match(words := squeezed(blocks[at].text))
    behind = behind_date(words[capitals.end() :]) if capitals else None
    whole = behind is not None and not behind[:1].isupper()
    end = _further(blocks, at) if whole else _whole(blocks, at + 1)
    return end if (whole or end > at + 1) and _begins_title(blocks[at]) else 0


def _in_parts(blocks: Sequence[Block]) -> Opening | None:
    """The head of a document whose title goes on with its date, below it or behind capitals.

    Where another text below its articles has such a title, in the same type, each is the heading of
    its part.
    """
    ends = {at: end for at in range(len(blocks)) if (end := _end_of_parts(blocks, at))}
    start = min(ends, default=len(blocks))
    if start >= len(_first(blocks)) or any(is_dated(squeezed(b.text)) for b in blocks[:start]):
        return None
    own, last = {start}, start
    for at, end in ends.items():
        alike = _look(blocks[end - 1]) == _look(blocks[ends[start] - 1])
        between, below = blocks[ends[last] : at], blocks[end:]
        if alike and _has_article(between) and _has_article(below):
            own.add(last := at)
    body: list[Block] = []
    at = 0
    while at < len(blocks):
        end = ends[at] if at in own else at + 1
        body.append(_joined(blocks[at:end]) if at in own else blocks[at])
        at = end
    return _parted(body, start, start + 1, headed=len(own) > 1)


def _look(block: Block) -> tuple[float, Role]:
    return block.size, block.role


def _joined(lines: Sequence[Block]) -> Block:
    """The lines of a title as one."""
    text = " ".join(line.text for line in lines)
    last = reduce(lambda above, line: under(line, above), lines)
    return replace(lines[0], text=text, role=Role.TITLE, notes=last.notes, doubts=last.doubts)


def _named(blocks: Sequence[Block], known: str) -> Opening | None:
    """The head of a document with the title that its metadata names in its first lines."""
    words = [squeezed(b.text).casefold() for b in blocks[:_KNOWN]]
    if known.casefold() not in words:
        return None
    at = words.index(known.casefold())
    return _parted(blocks, at, at + 1)._replace(title=known)


def _dated(blocks: Sequence[Block]) -> Opening | None:
    """The head of a document whose title begins with its date, below a letterhead at most.

    Other texts cite acts on lines like that. An act has articles below it, before the next one; or
    it is the only one, and what stands above it is in capitals, as the names of authorities are.
    """
    lines = takewhile(_is_line, _first(blocks))
    at = next((at for at, line in enumerate(lines) if promulgated(line.text)), None)
    if at is None:
        return None
    above, below = blocks[:at], blocks[at + 1 :]
    own = list(takewhile(lambda b: not promulgated(b.text), below))
    alone = len(own) == len(below) and all(b.text == b.text.upper() for b in above)
    return _parted(blocks, at, at + 1) if alone or _has_article(own) else None


def _letter(blocks: Sequence[Block]) -> Opening | None:
    """The head of a letter, whose subject is its title; that stands among its letterhead."""
    for at, block in enumerate(blocks[:_ABOVE_SUBJECT]):
        if subject := _subject(block):
            heading = Block(subject, notes=block.notes)
            return Opening(subject, blocks[: at + 1], blocks[at + 1 :], heading)
        if not _is_of_letterhead(block, first=not at):
            return None
    return None


def _is_of_letterhead(block: Block, *, first: bool) -> bool:
    """Whether a block may stand above the subject of a letter.

    It is no sentence and no numbered line, or has a label: "Présents : MM. …". Where one has the
    date of an act or, as the ``first``, its number ("Advies nr. 8/2031"), that tells what it is.
    """
    if block.role is Role.ROW or _LABEL.match(block.text) or _is_data(block):
        return True
    short = len(block.text) <= _LONG and not block.text.endswith(".")
    free = marker(block.text, heading=_is_heading(block)) is None and not block.depth
    told = is_dated(squeezed(block.text)) or (first and _NUMBER.search(block.text) is not None)
    return short and free and not told


def _subject(block: Block) -> str:
    """What a line or a cell calls the subject of a letter; "" for none."""
    parts = [part for line in block.text.split("\n") for part in cells_of(line)]
    for part, after in pairwise([*parts, ""]):
        if (found := subject_of(part)) is not None:
            return found or after
    return ""


def _by_place(blocks: Sequence[Block]) -> Opening:
    """The head of a document whose first line is its title, below a date or a reference."""
    nothing = Opening("", (), blocks)
    at = sum(1 for _ in takewhile(lambda b: _is_line(b) and _is_data(b), blocks))
    if len(blocks) < at + 2 or marker(blocks[at].text, heading=True) or _is_preamble(blocks[at]):
        return nothing
    first, others = blocks[at], blocks[at + 1 :]
    if not _is_heading(first):
        short = len(first.text) <= _LONG_BY_PLACE
        return _parted(blocks, at, at + 1) if short and _is_line(first) else nothing
    headings = [b for b in others if _is_heading(b) and not _is_of_part(b)]
    rivals = [b for b in headings if first.level and b.level <= first.level]
    heads = _heads(others, rivals)
    return _parted(blocks, at, at + 1, headed=bool(rivals)) if heads else nothing


def _may_be_title(block: Block) -> bool:
    """Whether a line may tell what a text is about."""
    return _is_line(block) and not _is_data(block) and not _is_preamble(block)


def _begins_title(block: Block) -> bool:
    """Whether a title of several lines may begin with a line."""
    return _may_be_title(block) and not block.text[:1].islower()


def _is_data(block: Block) -> bool:
    """Whether a line is a date, a reference or in brackets, as above the subject of a letter.

    So is one without a word of three letters ("NL", "L 118/22").
    """
    text = _IN_BRACKETS.sub("", squeezed(block.text))  # "Bruxelles, le 3 mai 2031 (OR. en)"
    tells = _WORD.search(text) is not None
    return not tells or is_dateline(text) or _REFERENCE.fullmatch(text) is not None


def _is_preamble(block: Block) -> bool:
    """Whether a line names the preamble, in French or in Dutch."""
    return without_accents(squeezed(block.text)).casefold() == "preambule"


def _heads(below: Sequence[Block], rivals: Sequence[Block]) -> bool:
    """Whether a line is the title above all, though others of its look stand below it.

    Those have numbers, which it has not, or are the titles of other texts, below its articles.
    """
    plain = [b for b in rivals if marker(b.text, heading=True) is None]
    between = below[: below.index(plain[0])] if plain else ()
    return not plain or _has_article(between)


def _is_of_part(block: Block) -> bool:
    """Whether a line names a part that any text may have: an annex, or what it decides."""
    text = block.text
    return heads_annex(text) or enacts(text) or heads_decision(text) or heads_operative(text)


def _has_article(blocks: Sequence[Block]) -> bool:
    heads = (marker(b.text) for b in blocks)
    return any(head is not None and head.form == "article" for head in heads)


def _first(blocks: Sequence[Block]) -> Sequence[Block]:
    """The blocks of the first page; where there are no pages, those above the first number."""
    if blocks and blocks[0].page:
        return blocks[: _end([b.page for b in blocks], 0)]
    return list(takewhile(lambda b: marker(b.text, heading=True) is None, blocks[:_FIRST]))


def _is_line(block: Block) -> bool:
    """Whether a block is a line without a number that ends no sentence."""
    heading = block.role is not Role.TEXT
    ended = not heading and block.text.endswith((".", ";", ":", ","))
    plain = block.role is not Role.ROW and not block.depth
    free = marker(block.text, heading=heading) is None
    return plain and free and not ended and len(block.text) <= _LONG


def _is_heading(block: Block) -> bool:
    return block.role is Role.HEADING


def _is_large(block: Block, usual: float) -> bool:
    least = usual * (_LARGE_HEADING if _is_heading(block) else _LARGE)
    return block.size > least and any(c.isalpha() for c in block.text)


def without_captions(blocks: Sequence[Block]) -> list[Block]:
    """The blocks, bold lines in smaller type than the text as text: they stand at a picture."""
    least = _SMALL * _usual(blocks)
    return [as_text(b) if 0 < b.size < least else b for b in blocks]


def _usual(blocks: Sequence[Block]) -> float:
    """The size in which most letters of the text stand, of its sentences where it has any."""
    text = [b for b in blocks if b.role is Role.TEXT]
    letters = Counter[float]()
    for block in [b for b in text if not _is_line(b)] or text:
        letters[block.size] += len(block.text)
    return max(letters, key=lambda size: letters[size], default=0.0)
