"""Reader of acts in the HTML of EUR-Lex from before 2004: paragraphs and nothing else.

There are no classes and no lists; headings and labels are told by their words. A point may
stand on the line of the words before it, after wide space. Old Dutch texts have a space before
each sign ("1 . De Raad"), which is kept in the words. A footnote may stand in the middle of a
sentence: that text is kept as it is, and marked as doubtful. So is what stands for a table, a
picture or a sign that the file does not have (">TABLE POSITION>", ">PIC FILE= …>", ">ISO_7>").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from sources.bilingual import Bilingual
from sources.formats.markup import BLOCKS, Element, Run, joined, runs
from sources.structure import numbers
from sources.structure.blocks import Block, Role, squeezed
from sources.structure.nesting import nested, unquoted

STRAY_NOTE = Bilingual(
    "Une note de bas de page peut être mêlée au texte.",
    "Een voetnoot kan met de tekst vermengd zijn.",
)
STAND_IN = Bilingual(
    "Un tableau, une image ou un signe de l’original manque ici dans le fichier.",
    "Een tabel, een afbeelding of een teken uit het origineel ontbreekt hier in het bestand.",
)
_IMAGE = "\ufdd2"  # stands where an image was
_STAND_IN = re.compile(rf"{_IMAGE}|>[A-Z][A-Z_]*(?: ?[A-Z]+)*(?:_?\d+|= ?\"[^\">]*\")?>")
_SIGN = r"\(\s?(?P<sign>\d{1,2})\s?\)"
_STRAY = re.compile(rf"{_SIGN}\s?(?:JO|PB)\b")
_DOUBTS = ((STRAY_NOTE, _STRAY), (STAND_IN, _STAND_IN))
_NOTE = re.compile(rf"{_SIGN}\s?(?P<text>(?:JO|PB)\s.{{5,120}})")
_WIDE = re.compile(
    r"(?:(?<=\S)[ \u00a0]{3,}|\n[ \u00a0]*)"
    r"(?=\(?\s?(?:[a-z]{1,3}|\d{1,2})\s?\)\s|[-—–]\s)"
)
_SPACED = re.compile(r"^(\(?)\s?(\d{1,3}(?:\s?bis)?|[a-z]{1,3})\s([.)])(?=\s)")
_HEADING = re.compile(r"[^a-zà-öø-ÿ]{4,120}|[A-ZÀ-Ý].{3,119}[^.;:,\s]")
_INSTITUTION = re.compile(r"[^a-zà-öø-ÿ]{5,}[\s,]+")
_LONGEST_TITLE = 6  # lines
_PAGE = 200  # lines: a footnote is not further than this from its call


def blocks(root: Element) -> list[Block]:
    """The printed lines of an act, in reading order."""
    start = next((e for e in root.iter("div") if e.get("id") == "TexteOnly"), root)
    paragraphs = _paragraphs(start)
    lines = [line for text in paragraphs for line in _split(text)]
    end = next((i for i, t in enumerate(lines) if _INSTITUTION.fullmatch(t) and t[-1] == ","), 1)
    end = end if 0 < end <= _LONGEST_TITLE else 1
    title = [Block(text, Role.TITLE) for text in lines[:end]]
    return unquoted(nested(title + _body(lines[end:])))


def _paragraphs(element: Element) -> Iterator[str]:
    for run in runs(element, BLOCKS):
        if isinstance(run, Element):
            yield from _paragraphs(run)
        else:
            yield _line(run)


def _line(run: Run) -> str:
    """The words of inline content; what is raised stays so."""
    out = ""
    for item in run:
        if isinstance(item, str):
            out += _flat(item)
        elif item.tag in {"br", "img"}:
            out += "\n" if item.tag == "br" else _IMAGE
        else:
            content = [part for child in item for part in (child, child.tail or "")]
            inner = _line([item.text or "", *content])
            out = joined(out, inner, {str(item.tag)})
    return out


def _flat(text: str) -> str:
    """Line breaks of the file are spaces; those of the page come from ``br``."""
    return text.replace("\r", " ").replace("\n", " ")


def _split(text: str) -> list[str]:
    """Lines of one paragraph: points that stand behind wide space get their own."""
    parts = _WIDE.split(text.replace("++++", ""))
    return [_SPACED.sub(r"\1\2\3", line) for part in parts if (line := squeezed(part))]


def _body(lines: list[str]) -> list[Block]:
    out: list[Block] = []
    for index, text in enumerate(lines):
        after = lines[index + 1] if index + 1 < len(lines) else ""
        if (note := _NOTE.fullmatch(text)) and _noted(out, note["sign"], note["text"]):
            continue
        block = _block(text, out[-1].role if out else Role.TEXT, after)
        doubts = tuple(doubt for doubt, sign in _DOUBTS if sign.search(text))
        out.append(replace(block, text=block.text.replace(_IMAGE, ""), doubts=doubts))
    return out


def _noted(out: list[Block], sign: str, text: str) -> bool:
    """Give a footnote to the last line before it that calls it; False where none does."""
    for index in range(len(out) - 1, max(-1, len(out) - _PAGE), -1):
        if re.search(rf"\(\s?{sign}\s?\)", out[index].text):
            out[index] = replace(out[index], notes=(*out[index].notes, text))
            return True
    return False


def _block(text: str, before: Role, after: str) -> Block:
    if (role := _heading(text)) is not None:
        return Block(text, role, 1)
    label, rest = numbers.label_head(text)
    sign, words = numbers.paragraph_head(text)
    if sign:
        return Block(words, paragraph=sign)
    if label:
        return Block(rest, label=label, depth=-1)
    if before is Role.DIVISION and _HEADING.fullmatch(text):
        return Block(text, Role.DIVISION_TITLE, 1)
    followed = bool(after) and numbers.article(after) is None
    if before is Role.ARTICLE and followed and _HEADING.fullmatch(text):
        return Block(text, Role.ARTICLE_TITLE)
    return Block(text)


def _heading(text: str) -> Role | None:
    """Role of a line that is a heading by its words; None for any other."""
    if len(text) >= 120:
        return None
    if numbers.article(text):
        return Role.ARTICLE
    if numbers.division(text) and text[-1] not in ".;,":
        return Role.DIVISION
    attached = numbers.attached(text)
    if attached and attached[0] == "anx" and text == text.upper():
        return Role.TITLE
    return None
