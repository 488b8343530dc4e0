"""Reader of acts in the HTML of EUR-Lex from before 2004: paragraphs and nothing else.

There are no classes and no lists; headings and labels are told by their words. A point may
stand on the line of the words before it, after wide space, and a footnote may stand in the
middle of a sentence: that text is kept as it is, and marked as doubtful.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sources.model import Bilingual
from sources.readers import printed
from sources.readers.markup import BLOCKS, Element, clean, runs
from sources.readers.nesting import nested, unquoted
from sources.readers.structure import Block, Role

STRAY_NOTE = Bilingual(
    "Une note de bas de page peut être mêlée au texte.",
    "Een voetnoot kan met de tekst vermengd zijn.",
)
_WIDE = re.compile(r"(?:(?<=\S)[ \u00a0]{3,}|\n+)(?=\(?(?:[a-z]{1,3}|\d{1,2})\)\s|[-—–]\s)")
_STRAY = re.compile(r"\(\d{1,2}\)\s?(?:JO|PB)\b")
_NOTE = re.compile(r"\(\d{1,2}\)\s?(?:JO|PB)\s.{5,80}")
_HEADING = re.compile(r"[^a-zà-öø-ÿ]{4,120}|[A-ZÀ-Ý].{3,119}[^.;:,\s]")
_MARKS = re.compile(r"\+{4,}")


def blocks(root: Element) -> list[Block]:
    """The printed lines of an act, in reading order."""
    found = root.xpath("//*[@id='TexteOnly']")
    start = found[0] if isinstance(found, list) and found else root.find(".//body")
    lines = [line for text in _paragraphs(start if isinstance(start, Element) else root)
             for line in _split(text)]  # fmt: skip
    return unquoted(nested(list(_roles(lines))))


def _paragraphs(element: Element) -> Iterator[str]:
    for run in runs(element, BLOCKS):
        if isinstance(run, Element):
            yield from _paragraphs(run)
        else:
            yield "".join(
                item if isinstance(item, str) else _inline(item) for item in run
            )


def _inline(element: Element) -> str:
    inner = "".join(map(str, element.itertext()))
    return "\n" if element.tag == "br" else inner


def _split(text: str) -> list[str]:
    """Lines of one paragraph: points that stand behind wide space get their own."""
    text = _MARKS.sub("", text)
    return [line for part in _WIDE.split(text) if (line := clean(part))]


def _roles(lines: list[str]) -> Iterator[Block]:
    """Lines with their roles. The first is the title; a heading may go on over two lines."""
    before = Role.TEXT
    for index, text in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else ""
        block = Block(Role.TITLE, text) if index == 0 else _block(text, before, after)
        if _NOTE.fullmatch(text) and index:
            continue
        yield block
        before = block.role


def _block(text: str, before: Role, after: str) -> Block:
    if printed.article(text):
        return Block(Role.ARTICLE, text)
    division = printed.division(text)
    if division and len(text) < 120 and text[-1] not in ".;,":
        return Block(Role.DIVISION, text)
    attached = printed.attached(text)
    if attached and attached[0] == "anx" and len(text) < 60 and text == text.upper():
        return Block(Role.TITLE, text)
    head, rest = printed.label_head(text)
    number, words = printed.paragraph_head(text)
    plain = not head and not number
    if plain and before is Role.DIVISION and _HEADING.fullmatch(text):
        return Block(Role.DIVISION_TITLE, text)
    if plain and before is Role.ARTICLE and after and _HEADING.fullmatch(text):
        if not printed.article(after):
            return Block(Role.ARTICLE_TITLE, text)
    if number:
        return Block(Role.TEXT, words, number=number)
    return Block(Role.TEXT, rest, label=head, depth=-1 if head else 0)


def doubtful(text: str) -> bool:
    """Whether a footnote seems to stand within these words."""
    return _STRAY.search(text) is not None


def rid(blocks_: list[Block]) -> list[Block]:
    """The same lines without empty ones."""
    return [replace(b) for b in blocks_ if b.text]
