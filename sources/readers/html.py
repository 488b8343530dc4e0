"""Reader of HTML pages: headings, paragraphs, lists and tables of the main part of a page.

The main part is ``<main>``, or ``<article>`` where the page has only one, if it holds half of
the words; otherwise the body. Menus, forms, scripts and footers are left out. The character set
comes from the bytes (byte order mark, valid UTF-8) before what the page declares.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml import etree
from lxml.etree import _Element

from sources.anchor import Lang
from sources.errors import ReadError
from sources.model import Document
from sources.readers.blocks import Block, Shape, clean, squeezed
from sources.readers.dates import date_in
from sources.readers.numbering import roman
from sources.readers.plain import About, document
from sources.readers.text import decode

_LEFT_OUT = {
    "script", "style", "noscript", "template", "nav", "aside", "footer", "form", "button", "select",
    "svg", "iframe", "object", "head", "dialog", "figure",
}  # fmt: skip
_ROLES = {"navigation", "banner", "contentinfo", "search", "complementary", "menu"}
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = {
    "address", "article", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "header", "hr", "html", "li", "main", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", *_HEADINGS,
}  # fmt: skip
_DATES = ("dcterms.issued", "dc.date", "dcterms.date", "dc.date.issued", "article:published_time")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_\-]+)", re.IGNORECASE)
_LATIN = {"iso-8859-1", "iso8859-1", "latin1", "latin-1", "us-ascii", "ascii"}
_DEEPEST = 200  # elements within elements


def read_html(data: bytes, *, work: str, lang: Lang, name: str = "") -> Document:
    """Read a page; ``ReadError`` where it is not text, or nested too deeply to be a document."""
    root = _tree(_text(data, name), name)
    page = _Page()
    page.walk(_main(root), 0)
    page.close()
    heads = [b for b in page.blocks if b.kind == "heading" and b.level == 1]
    title = heads[0].text if len(heads) == 1 else root.findtext(".//title") or ""
    about = About(squeezed(title), _date(root), name)
    return document(page.blocks, work=work, lang=lang, about=about)


def _text(data: bytes, name: str) -> str:
    """The text of a page, by what its bytes are, then by what it declares."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        found = _CHARSET.search(data[:4096])
    charset = found[1].decode("ascii").lower() if found else ""
    if charset and charset not in _LATIN and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return data.decode(charset)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data, name)


def _tree(text: str, name: str) -> _Element:
    parser = lxml.html.HTMLParser(
        encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True
    )
    try:
        root = lxml.html.document_fromstring(
            clean_controls(text).encode("utf-8", "replace"), parser=parser
        )
    except (etree.LxmlError, ValueError) as error:
        raise ReadError(
            "an HTML page is empty or damaged", f"{name}: {error}", "Save the page again."
        ) from error
    return root


def clean_controls(text: str) -> str:
    """The text without the signs that end a parser's reading."""
    return text.replace("\0", "\ufffd")


def _main(root: _Element) -> _Element:
    body = root.find("body")
    body = root if body is None else body
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) == 1 and 2 * _letters(found[0]) >= _letters(body):
            return found[0]
    return body


def _letters(element: _Element) -> int:
    return len("".join(element.itertext()).strip())


def _date(root: _Element) -> str:
    """The date of the text that the page declares; several must agree."""
    declared = {
        date_in((meta.get("content") or "")[:10])
        for meta in root.iter("meta")
        if (meta.get("name") or meta.get("property") or "").lower() in _DATES
    } - {""}
    return declared.pop() if len(declared) == 1 else ""


@dataclass(slots=True)
class _Page:
    """The blocks of a page as they are found; ``words`` belong to the block at hand."""

    blocks: list[Block] = field(default_factory=list)
    words: str = ""
    kind: Shape = "text"
    level: int = 0

    def close(self, kind: Shape = "text", level: int = 0) -> None:
        """End the block at hand; the next one is of this kind."""
        for part in re.split(r"\n\s*\n", self.words):  # two line breaks part paragraphs
            if clean(part):
                self.blocks.append(Block(part, self.kind, self.level))
                self.kind = "text" if self.kind == "item" else self.kind
        self.words, self.kind, self.level = "", kind, level

    def walk(self, element: _Element, depth: int, items: int = 0) -> None:
        """Read an element; ``items`` lists stand around it."""
        if depth > _DEEPEST:
            raise ReadError(
                "an HTML page is nested too deeply", f"{depth} elements", "Save it as text."
            )
        self._add(element.text)
        for child in element:
            if not _hidden(child):
                self._child(child, depth, items)
            self._add(child.tail)

    def _child(self, child: _Element, depth: int, items: int) -> None:
        tag = str(child.tag).lower()
        if tag == "br":
            self.words += "\n"
        elif tag in _HEADINGS:
            self.close("heading", _HEADINGS[tag])
            self.words = squeezed("".join(child.itertext()))
            self.close()
        elif tag in {"ul", "ol"}:
            self.close()
            self._list(child, depth, items + 1)
            self.close()
        elif tag == "table" and _is_table(child):
            self.close()
            self.blocks += _rows(child)
        elif tag in _BLOCKS:
            self.close(*(("item", items) if self.kind == "item" and not self.words.strip() else ()))
            self.walk(child, depth + 1, items)
            self.close()
        else:
            self.walk(child, depth + 1, items)

    def _list(self, element: _Element, depth: int, items: int) -> None:
        """Items of a list; those of an ordered one with the number that a browser prints."""
        count = _whole(element.get("start"), 1)
        for child in element:
            if child.tag != "li" or _hidden(child):
                if child.tag in {"ul", "ol"}:
                    self._list(child, depth + 1, items + 1)
                continue
            self.close("item", items)
            if element.tag == "ol" and "none" not in (element.get("style") or ""):
                count = _whole(child.get("value"), count)
                self.words = f"{_label(element.get('type') or '1', count)} "
                count += 1
            self.walk(child, depth + 1, items)
            self.close()

    def _add(self, text: str | None) -> None:
        if text:
            self.words += re.sub(r"\s+", " ", text)


def _hidden(element: _Element) -> bool:
    tag = str(element.tag).lower() if isinstance(element.tag, str) else "script"
    style = (element.get("style") or "").replace(" ", "").lower()
    return (
        tag in _LEFT_OUT
        or element.get("hidden") is not None
        or element.get("aria-hidden") == "true"
        or (element.get("role") or "").lower() in _ROLES
        or "display:none" in style
    )


def _is_table(table: _Element) -> bool:
    """Whether a table holds data; one that holds tables or long texts is only a layout."""
    if table.find(".//table") is not None or table.find(".//h2") is not None:
        return False
    rows = [[c for c in row if c.tag in {"td", "th"}] for row in table.iter("tr")]
    return sum(len(row) > 1 for row in rows) > 0


def _rows(table: _Element) -> Iterator[Block]:
    first = 1
    for row in table.iter("tr"):
        cells = [squeezed(" ".join(c.itertext())) for c in row if c.tag in {"td", "th"}]
        if any(cells):
            yield Block(" | ".join(cells), "row", first)
            first = 0


def _whole(text: str | None, default: int) -> int:
    return int(text) if text and re.fullmatch(r"\d{1,5}", text.strip()) else default


def _label(form: str, count: int) -> str:
    """The number of an item as browsers print it."""
    if form in {"a", "A"} and 0 < count <= 26:
        letter = chr(ord("a") + count - 1)
        return f"{letter})" if form == "a" else f"{letter.upper()}."
    if form in {"i", "I"} and 0 < count < 400:
        return f"{roman(count)})" if form == "i" else f"{roman(count).upper()}."
    return f"{count}."
