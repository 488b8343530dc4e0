"""Lines that look like the heads of articles, and that nothing reads as such."""

from __future__ import annotations

from collections.abc import Sequence

from sources.numbering import follows
from sources.structure.blocks import Block, Role, counted
from sources.structure.numbers import article, marker, unsure_article


def unread_articles(blocks: Sequence[Block], *, act: bool = False) -> tuple[str, ...]:
    """What a person is told of lines with the number of the next article, where words stand behind
    it that no number has ("Art. 4 nouveau.- Le bac", "Art. 5, a. La halle").

    In an ``act`` the format says which lines are the heads of articles; no other is one.
    """
    before, found = "0", list[str]()
    for block in blocks:
        if block.quoted:
            continue
        if number := _of_act(block) if act else _read(block.text, before):
            before = number
        for line in block.text.split("\n")[0 if act or not number else 1 :]:
            unsure = unsure_article(line) if block.role is Role.TEXT else None
            if unsure and follows(before, unsure.number[0]):
                before = unsure.number[0]
                found.append(unsure.rest)
    what = "numbers of articles in a form that is not known, read as words of the text"
    return (f"{what}: {counted(found)}",) if found else ()


def _of_act(block: Block) -> str:
    head = article(block.text) if block.role is Role.ARTICLE else None
    return head.step.number if head else ""


def _read(text: str, before: str) -> str:
    """The number of the article that a paragraph is the head of; "" for any other."""
    if (found := marker(text)) and found.form == "article":
        return found.number[0]
    unsigned = marker(text, heading=True)
    if unsigned is None or unsigned.form != "article" or not unsigned.rest[:1].isupper():
        return ""
    return unsigned.number[0] if follows(before, unsigned.number[0]) else ""
