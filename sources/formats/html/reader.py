"""Reader of HTML pages: headings, paragraphs, lists and tables of the main part of a page.

The main part is ``<main>``, or ``<article>`` where the page has only one, if it holds half of
the words; otherwise the body. Menus, forms, scripts and footers are left out. The character set
comes from the bytes (byte order mark, valid UTF-8) before what the page declares.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

import lxml.html
from lxml import etree
from lxml.etree import _Element

from sources.dates import only_date
from sources.errors import ReadError
from sources.formats.charset import decoded
from sources.formats.html.elements import (
    BLOCKS,
    HEADINGS,
    hidden,
    is_table,
    printed_number,
    rows,
    whole,
    words,
)
from sources.formats.plain import blocks as typed
from sources.structure.blocks import Block, Role, squeezed
from sources.structure.document import Content

_DATES = ("dcterms.issued", "dc.date", "dcterms.date", "dc.date.issued", "article:published_time")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_PARTS = re.compile(r"\n\s*\n")  # two line breaks part paragraphs
_DEEPEST = 200  # elements within elements


def read_html(data: bytes, name: str = "") -> Content:
    """Read a page; ``ReadError`` where it is not text, or nested too deeply to be a document."""
    text, warnings = _text(data, name)
    root = _tree(text, name)
    page = _Page()
    page.walk(_main(root), 0)
    page.close()
    title = root.findtext(".//title") or ""
    heads = [b for b in page.blocks if b.role is Role.HEADING and b.level == 1]
    blocks = [replace(b, role=Role.TITLE) if heads == [b] else b for b in page.blocks]
    return Content(blocks, squeezed(title), _date(root), name, warnings)


def _text(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """The text of a page, by what its bytes are, then by what it declares; and its warnings."""
    found = _CHARSET.search(data[:4096])
    return decoded(data, name, found[1].decode("ascii") if found else "")


def _tree(text: str, name: str) -> _Element:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        whole = text.replace("\0", "\ufffd").encode("utf-8", "replace")
        root = lxml.html.document_fromstring(whole, parser=parser)
    except (etree.LxmlError, ValueError) as error:
        step = "Save the page again."
        raise ReadError("an HTML page is empty or damaged", f"{name}: {error}", step) from error
    cut = [error for error in parser.error_log if error.level_name == "FATAL"]
    if cut:
        step = "Save its text as a plain text file, and add that."
        raise ReadError(
            "an HTML page is beyond what can be read", f"{name}: {cut[0].message}", step
        )
    return root


def _main(root: _Element) -> _Element:
    body = root.find("body")
    body = root if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and 2 * _letters(found[0]) >= _letters(body):
            return found[0]
    return body


def _letters(element: _Element) -> int:
    return len(words(element))


def _date(root: _Element) -> str:
    """The date of the text that the page declares; several must agree."""
    declared = {
        only_date((meta.get("content") or "")[:10])
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in _DATES
    } - {""}
    return declared.pop() if len(declared) == 1 else ""


@dataclass(slots=True)
class _Page:
    """The blocks of a page as they are found; ``words`` belong to the block at hand."""

    blocks: list[Block] = field(default_factory=list)
    words: str = ""
    label: str = ""
    level: int = 0
    depth: int = 0

    def close(self, *, level: int = 0, depth: int = 0, label: str = "") -> None:
        """End the block at hand; the next one is a heading, an item (with its number), or text."""
        parts = [self.words] if self.depth else _PARTS.split(self.words)
        for part in parts:
            if part.strip():
                role = Role.HEADING if self.level else Role.TEXT
                self.blocks.append(Block(self.label + part.strip(), role, self.level, self.depth))
        self.words, self.level, self.depth, self.label = "", level, depth, label

    def walk(self, element: _Element, depth: int, items: int = 0) -> None:
        """Read an element; ``items`` lists stand around it."""
        if depth > _DEEPEST:
            raise ReadError(
                "an HTML page is nested too deeply", f"{depth} elements", "Save it as text."
            )
        self._add(element.text)
        for child in element:
            if not hidden(child):
                self._child(child, depth, items)
            self._add(child.tail)

    def _child(self, child: _Element, depth: int, items: int) -> None:
        tag = child.tag
        if tag == "br":
            self.words += "\n"
        elif tag in HEADINGS:
            self.close(level=HEADINGS[tag])
            self.words = words(child)
            self.close()
        elif tag in {"ul", "ol"}:
            self.close()
            self._list(child, depth, items + 1)
        elif tag == "table" and is_table(child):
            self.close()
            self.blocks += rows(child)
        elif tag == "pre":
            self.close()
            self.blocks += typed("".join(str(text) for text in child.itertext()))
        elif tag in BLOCKS and not self.depth:
            self.close()
            self.walk(child, depth + 1, items)
            self.close()
        else:
            apart = "\n" if tag in BLOCKS else ""
            self.words += apart
            self.walk(child, depth + 1, items)
            self.words += apart

    def _list(self, element: _Element, depth: int, items: int) -> None:
        """Items of a list; those of an ordered one with the number that a browser prints."""
        count = whole(element.get("start"), 1)
        for child in element:
            if child.tag != "li" or hidden(child):
                if child.tag in {"ul", "ol"}:
                    self._list(child, depth + 1, items + 1)
                continue
            label = ""
            if element.tag == "ol" and "none" not in (element.get("style") or ""):
                count = whole(child.get("value"), count)
                label = f"{printed_number(element.get('type') or '1', count)} "
                count += 1
            self.close(depth=items, label=label)
            self.walk(child, depth + 1, items)
            self.close()

    def _add(self, text: str | None) -> None:
        if text:
            self.words += re.sub(r"\s+", " ", text)
