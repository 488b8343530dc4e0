"""What flat lines hide: how deep a labelled line stands, and which lines are a quotation.

Some files print a list without saying which points stand within others. Labels tell: a kind of
label that is new opens a deeper list, one that was seen before goes back to its list.
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import chain

from sources import pinpoints
from sources.numbering import LETTER, place_of
from sources.structure.blocks import Block, Role
from sources.structure.numbers import Marker, marker

_LETTER = re.compile(LETTER)
_OPENS = "«„“"
_CLOSES = "»”"
_PAIRS = {"«": "»", "„": "”", "“": "”", '"': '"'}
_FAR = 200  # lines of what is inserted, at most
_INTRODUCED = re.compile(r":\s*(?=[«„“\"])")


def nested(blocks: list[Block]) -> list[Block]:
    """The same lines, with a depth where it was unknown (-1)."""
    out: list[Block] = []
    families: list[tuple[str, str]] = []  # open lists, outer first: kind, last label
    for block in blocks:
        if block.depth != -1:
            if block.depth == 0 and not block.quoted:
                families = []
            out.append(block)
            continue
        if block.label and not block.quoted:
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
    letters = _LETTER.fullmatch(bare) and _LETTER.fullmatch(last)
    return letters is not None and place_of(bare) == place_of(last) + 1


def unquoted(blocks: list[Block]) -> list[Block]:
    """The same lines, with those marked that stand inside a quotation of several lines.

    A quotation begins a line with its sign and ends where as many are closed as were opened;
    one that never ends, or only after the title of an annex, is none.
    """
    out = list(blocks)
    index = 0
    for start, end in enumerate(_ends(blocks)):
        if start >= index and end > start and blocks[start].text[:1] in _OPENS:
            index = end + 1
            out[start:index] = [replace(b, quoted=True) for b in blocks[start:index]]
    return out


def introduced(blocks: list[Block]) -> list[Block]:
    """The same lines, with those marked that ":" introduces as a quotation, to insert them.

    It begins the line below the colon, or stands on its line and goes on below. Such a quotation,
    in straight signs too, ends before the next article; so do articles below a colon that stand in
    no signs but count otherwise. What a point introduces belongs to that point.
    """
    out = list(blocks)
    start, article = 0, None
    while start < len(blocks):
        block = blocks[start]
        before, article = article, _article(block.text) or article
        below = start > 0 and blocks[start - 1].text.endswith(":") and block.text[:1] in _PAIRS
        opened = block.text if below else _left_open(block.text) if article else ""
        end, closed = _closing(blocks, start, opened, article) if opened else (start, False)
        if not opened and start and blocks[start - 1].text.endswith(":"):
            end = _inserted(blocks, start, before)
            closed = below = end > start
        if closed:
            first = start if below else start + 1
            out[first:end] = [replace(b, quoted=True) for b in blocks[first:end]]
        start = max(end, start + 1)  # what never ends is looked through once
    return out


def _left_open(text: str) -> str:
    """The beginning of a quotation that a colon on its line introduces; "" where it ends there."""
    found = (text[colon.end() :] for colon in _INTRODUCED.finditer(text))
    return next((words for words in found if _balance(words, words[0]) > 0), "")


def _inserted(blocks: list[Block], start: int, article: Marker | None) -> int:
    """Where the articles end that stand below a colon, without signs of a quotation.

    Their numbers do not go on from that of the ``article``, and the next one's does below them;
    one that goes on is inserted where the line above names it and the article has it once more.
    0 where none stand there: those that begin at 1 may be its annex.
    """
    first = _article(blocks[start].text) if article else None
    if first is None or first.number == ("1",):
        return 0
    if first.succeeds(article) and not _names(blocks[start - 1].text, first):
        return 0
    near = range(start + 1, min(start + _FAR, len(blocks)))
    heads = ((at, _article(blocks[at].text)) for at in near)
    return next((at for at, head in heads if head and head.succeeds(article)), 0)


def _names(text: str, article: Marker) -> bool:
    """Whether a line names an article: "il est inséré un article 3 rédigé comme suit :"."""
    places = pinpoints.find(text)
    ranges = (pinpoints.numbers_between(p.portion, p.last) for p in places if p.last)
    named = {*(p.portion.partition(".")[0] for p in places), *chain.from_iterable(ranges)}
    return f"art_{article.number[0]}" in named


def _balance(text: str, opens: str) -> int:
    """How many quotations with this sign a text opens more than it closes."""
    count = text.count(opens)
    return count % 2 if opens == '"' else count - text.count(_PAIRS[opens])


def _article(text: str) -> Marker | None:
    """The article whose number begins a line."""
    found = marker(text) if text.startswith(("Art", "ART")) else None
    return found if found and found.form == "article" else None


def _closing(
    blocks: list[Block], start: int, opened: str, article: Marker | None
) -> tuple[int, bool]:
    """Where the quotation ends that a line has ``opened``, and whether its sign closes it there.

    It stands in an ``article``, and ends before the next one.
    """
    opens, balance = opened[0], 0
    for index in range(start, len(blocks)):
        block = blocks[index]
        after = _article(block.text) if article and index > start else None
        if block.role in {Role.ARTICLE, Role.TITLE} or (after and after.succeeds(article)):
            return index, False
        balance += _balance(opened if index == start else block.text, opens)
        balance = balance % 2 if opens == '"' else balance
        if balance <= 0:
            return index + 1, True
    return len(blocks), False


def _ends(blocks: list[Block]) -> list[int]:
    """For each line, where all that it opens is closed again; -1 where it never is."""
    ends = [-1] * len(blocks)
    waiting: list[tuple[int, int]] = []  # lines not closed yet, and how many were open before
    open_signs = 0
    for index, block in enumerate(blocks):
        if block.role is Role.TITLE:
            waiting.clear()
        waiting.append((index, open_signs))
        open_signs += sum(block.text.count(s) for s in _OPENS)
        open_signs -= sum(block.text.count(s) for s in _CLOSES)
        while waiting and waiting[-1][1] >= open_signs:
            ends[waiting.pop()[0]] = index
    return ends
