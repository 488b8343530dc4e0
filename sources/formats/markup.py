"""From received bytes to a tree that is safe to walk, and from an element to its words.

Nothing is fetched, no entity is expanded, and size and depth are bounded: what goes beyond
them, is cut off, or is not what it says it is, gives ``ReadError``.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Container, Iterable, Iterator
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from sources.bilingual import Bilingual
from sources.errors import ReadError
from sources.formats import raised as signs
from sources.formats.attributes import check_attributes, shown
from sources.formats.charset import declared_charset, decoded
from sources.formats.grid import Cell
from sources.structure.blocks import squeezed

Element = _Element
MAX_BYTES = 32_000_000
_MAX_DEPTH = 180

_BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"), ("<!", ">"))  # what may stand before an element
_ELEMENT = re.compile(r"<([\w.:\-]+)")
_ENTITY = re.compile(r"&([A-Za-z][A-Za-z0-9]{1,31});")
_XML_OWN = {"amp", "lt", "gt", "quot", "apos"}
_AGAIN = "Fetch or download it again."


def decode(data: bytes, media_type: str = "", name: str = "") -> str:
    """The text of a file. ``ReadError`` where it is empty, too large or has not all its letters."""
    if not data.strip():
        raise ReadError("the file is empty", f"{len(data)} bytes", _AGAIN)
    if len(data) > MAX_BYTES:
        raise ReadError(
            "the file is too large", f"{len(data)} bytes", f"The limit is {MAX_BYTES} bytes."
        )
    return decoded(data, name, declared_charset(data, media_type), strict=True)[0]


def root_name(text: str) -> str:
    """Name of the first element, without its namespace; "" where the text is no markup."""
    start = 0
    while True:
        while start < len(text) and text[start].isspace():
            start += 1
        end = next((e for b, e in _BEFORE_ROOT if text.startswith(b, start)), "")
        if not end:
            break
        subset = text.find("]", start) if "[" in text[start : text.find(">", start)] else start
        after = text.find(end, start if end != ">" else max(subset, start))
        if after < 0:
            return ""
        start = after + len(end)
    found = _ELEMENT.match(text, start)
    return found[1].rpartition(":")[2] if found else ""


def tree(text: str, *, xml: bool) -> Element:
    """Root element, its tags without namespaces and in the case they have.

    ``ReadError`` where the document is cut off, declares entities, or is nested too deeply.
    """
    if "<!ENTITY" in text:
        raise ReadError(
            "the file declares its own entities", text[:40], "No official act does: fetch it again."
        )
    check_attributes(text, "")
    if xml:
        # Named letters such as &nbsp; come from a DTD that is not read.
        text = _ENTITY.sub(_named, text)
        parser: etree.XMLParser | etree.HTMLParser = etree.XMLParser(
            encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False,
            huge_tree=False, remove_comments=True, remove_pis=True,
        )  # fmt: skip
    else:
        if not re.search(r"</html\s*>", text[-2000:], re.IGNORECASE):
            raise ReadError("the page is cut off (no end of document)", text[-40:], _AGAIN)
        text = shown(text)
        parser = etree.HTMLParser(
            encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True,
            remove_pis=True,
        )  # fmt: skip
    body = re.sub(r"\A\s*<\?xml[^>]*\?>", "", text).encode()
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ReadError("the markup is broken or cut off", error.msg, _AGAIN) from error
    if root is None:
        raise ReadError("the page has no content", text[:40], _AGAIN)
    unknown = next(root.iter(etree.Entity), None)
    if unknown is not None:
        raise ReadError("the page has an entity that nothing declares", unknown.text, _AGAIN)
    _bounded(root)
    return root


def _named(entity: re.Match[str]) -> str:
    name = entity[1]
    return entity[0] if name in _XML_OWN else html.unescape(entity[0])


def _bounded(root: Element) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        depth += 1 if event == "start" else -1
        if depth > _MAX_DEPTH:
            raise ReadError(
                "the markup is nested too deeply", f"more than {_MAX_DEPTH} levels", _AGAIN
            )
        if event == "start" and "}" in element.tag:
            element.tag = element.tag.rpartition("}")[2]


CALL = "\ufdd0"  # stands where the call sign of a footnote was
_CALL_SIGNS = re.compile(rf"\( ?{CALL} ?\)")
_CALL_END = re.compile(rf" ?{CALL}+(?=[ ,.;:!?)\]»”’]|$)")
_CALL_MID = re.compile(rf" ?{CALL}+ ?")


def without_calls(text: str) -> str:
    """The words on one line, without traces of footnote calls."""
    text = squeezed(text)
    if CALL in text:
        text = _CALL_END.sub("", _CALL_SIGNS.sub(CALL, text))
        text = " ".join(_CALL_MID.sub(" ", text).split())
    return text


def joined(before: str, text: str, kinds: Container[str]) -> str:
    """Words with those of an element behind them, raised or lowered as its tag or class says."""
    if any(kind in kinds for kind in _HIGH):
        return raised(before, text)
    return signs.lowered(before, text) if any(kind in kinds for kind in _LOW) else before + text


_HIGH, _LOW = ("sup", "super", "superscript"), ("sub", "subscript")


def raised(before: str, text: str) -> str:
    """Words with a superscript behind them; the calls of notes are told by their links.

    "1" and "er" stay together as they are printed, but ten to the sixth must not become 106.
    """
    return signs.shown(signs.raised(before, text))


def cells(row: Iterable[Element]) -> list[Cell[Element | None]]:
    """The cells of a row of HTML or Formex, with how many columns and rows each covers."""
    return [Cell(c, _span(c, "colspan"), _span(c, "rowspan")) for c in row]


def _span(cell: Element, name: str) -> int:
    value = cell.get(name) or cell.get(name.upper()) or "1"
    return int(value) if re.fullmatch(r"\d{1,4}", value.strip()) else 1


def drop(element: Element) -> None:
    """Take an element out of its tree; the words after it stay."""
    parent, before = element.getparent(), element.getprevious()
    if parent is None:
        return
    if before is None:
        parent.text = (parent.text or "") + (element.tail or "")
    else:
        before.tail = (before.tail or "") + (element.tail or "")
    element.tail = None
    parent.remove(element)


CUT = "\ufddf"  # stands where words of a line were struck out


def cut(element: Element, blocks: Container[str]) -> None:
    """Take out an element that is struck out; beside other words of its line it leaves a sign."""
    line = next((e for e in element.iterancestors() if e.tag in blocks), None)
    own, around = _letters(element), "" if line is None else _letters(line)
    if element.tag not in blocks and own and own != around:
        element.tail = CUT + (element.tail or "")
    drop(element)


def _letters(element: Element) -> str:
    return "".join("".join(map(str, element.itertext())).split())


@dataclass(slots=True)
class Words:
    """Words of a line on their way: text as in the markup, notes it calls, what is not certain."""

    text: str = ""
    notes: list[str] = field(default_factory=list)
    doubts: list[Bilingual] = field(default_factory=list)

    @classmethod
    def of(cls, run: Iterable[str | Element], inline: Callable[[Element, Words], None]) -> Words:
        """Those of inline content; ``inline`` adds those of an element."""
        words = cls()
        for item in run:
            if isinstance(item, str):
                words.text += item
            else:
                inline(item, words)
        return words


# Elements of HTML that begin a line of their own.
BLOCKS = frozenset({
    "address", "blockquote", "body", "center", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4",
    "h5", "h6", "hr", "li", "ol", "p", "table", "tbody", "td", "tfoot", "th", "thead", "tr",
    "txt_te", "ul",
})  # fmt: skip
Run = list[str | Element]  # inline content: text and inline elements, in order


def runs(element: Element, blocks: frozenset[str]) -> Iterator[Run | Element]:
    """Content of an element: each block child by itself, the inline content between in runs."""
    run: Run = [element.text] if element.text else []
    for child in element:
        if child.tag in blocks:
            if run:
                yield run
            yield child
            run = []
        else:
            run.append(child)
        if child.tail:
            run.append(child.tail)
    if run:
        yield run
