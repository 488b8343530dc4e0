"""Reader of legal acts: finds the format in the bytes, and gives the blocks of the act.

Formats: XHTML of the Official Journal and consolidated texts, HTML from before 2004, Formex 4
(one XML, or a ZIP of several), and Belgian laws as Justel shows them. All of them become the
same blocks, one a printed line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from sources import parts
from sources.errors import NoActError, ReadError
from sources.formats import justel, lists, markup
from sources.formats.eurlex import before2004, corrigendum, formex, journal
from sources.formats.markup import Element
from sources.formats.omissions import STRUCK, Omissions
from sources.formats.styling import Styling
from sources.structure.blocks import Block, clean
from sources.structure.document import Content

CORRECTS = "this is a corrigendum: it changes another act, whose own text stays as it is"
_NOT_ACTS = (
    (b"%PDF", "a PDF", "Add it as a document, or fetch the act as XHTML."),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "Fetch the act as XHTML."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"{", "JSON", "Give the act itself, not what describes it."),
)
_MARKUP = (".xml", ".html", ".xhtml", ".htm")
_CHALLENGE = re.compile(
    r"awswaf|challenge-container|cf-chl|captcha|enable javascript|javascript is disabled"
    r"|verify (?:that )?you are (?:a )?human|request rejected|access denied",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"class=[\"'][^\"']*\b(?:oj-)?(?:ti-art|doc-ti|eli-main-title|title-(?:doc-first|article-norm))\b"
)
_OLD = re.compile(r"id=[\"']?TexteOnly|<TXT_TE", re.IGNORECASE)
# The older pages of Justel do not name it, but are titled "LOI - WET".
_JUSTEL = re.compile(r"ejustice\.just\.fgov\.be|\bjustel\b|<title>\s*loi - wet\b", re.IGNORECASE)
_VERSION = re.compile(r"\b0\d{4}[A-Z]{1,2}\d{4}\S* — \w+ — (\d{2})\.(\d{2})\.(\d{4})")


def read_act(data: bytes, name: str, media_type: str = "") -> Content:
    """Read an act in any of the formats; ``media_type`` is only asked for a character set.

    ``ReadError`` where the bytes are no act, or are cut off or unreadable.
    """
    content = _read(data, name, media_type)
    title = clean(content.title.replace(markup.CUT, ""))
    return replace(content, title=title, blocks=list(_doubted(content.blocks)))


def _doubted(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks with a doubt where words of theirs were struck out."""
    for block in blocks:
        if markup.CUT not in f"{block.label}{block.paragraph}{block.text}{block.notes}":
            yield block
            continue
        text, label, paragraph, *notes = (
            clean(words.replace(markup.CUT, ""))
            for words in (block.text, block.label, block.paragraph, *block.notes)
        )
        if text or label or paragraph:
            doubts = tuple(dict.fromkeys((*block.doubts, STRUCK)))
            yield replace(
                block,
                text=text,
                label=label,
                paragraph=paragraph,
                notes=tuple(notes),
                doubts=doubts,
            )


def _read(data: bytes, name: str, media_type: str) -> Content:
    if data[:2] == b"PK":
        return _archive(data)
    for start, what, step in _NOT_ACTS:
        if data.lstrip()[: len(start)] == start:
            raise ReadError(f"the file is {what}, not an act", name, step)
    return _one(markup.decode(data, media_type, name))


def _archive(data: bytes) -> Content:
    members = parts.unpack(data, markup.MAX_BYTES)
    texts = {
        m.name: markup.decode(m.content, name=m.name) if m.name.lower().endswith(_MARKUP) else ""
        for m in members
    }
    if any(markup.root_name(text) in formex.ROOTS for text in texts.values()):
        return _formex(texts)
    return _one(parts.joined(texts))


def _formex(texts: Mapping[str, str]) -> Content:
    roots = formex.files(
        {name: t for name, t in texts.items() if markup.root_name(t) in formex.ROOTS}
    )
    omissions = Omissions()
    for root in roots:
        formex.leave_out(root, omissions)
    title, date = formex.title_and_date(roots[0])
    blocks = [block for root in roots for block in formex.blocks(root)]
    return Content(blocks, title, date, warnings=omissions.warnings(), act=True)


def _one(text: str) -> Content:
    """The content of one file, by the reader of its format."""
    root = markup.root_name(text)
    if root in formex.ROOTS:
        return _formex({"": text})
    if not root:
        raise ReadError("the file is no markup", text[:40], "Add plain text as a document.")
    if root.lower() != "html":
        raise ReadError(
            "the file is XML of another kind, not an act",
            f"<{root}>",
            "Fetch the act as XHTML or Formex.",
        )
    if _JOURNAL.search(text):
        return _journal(text)
    for sign, read in _BY_SIGN:
        if sign.search(text):
            page = markup.tree(text, xml=False)
            warnings = _leave_out(page)
            blocks = read(page)
            unsure = justel.unsure(blocks) if read is justel.blocks else ()
            return Content(blocks, warnings=(*warnings, *unsure), act=True)
    if _CHALLENGE.search(text):
        raise ReadError(
            "the site answered with a test for robots, not with the act",
            text[:60],
            "Fetch it from Cellar, or save the act from a browser.",
        )
    raise NoActError(
        "the page has no article, recital or title that the reader knows",
        text[:60],
        "Check that the file is the act itself.",
    )


def _journal(text: str) -> Content:
    warnings: tuple[str, ...] = ()
    try:
        root = markup.tree(text, xml=True)
    except ReadError:
        if "<?xml" in text[:100]:
            raise
        root = markup.tree(text, xml=False)  # a page of the site, or one with faults
        xhtml = "w3.org/1999/xhtml" in text[:1000]
        warnings = ("the XHTML has faults and was read as HTML",) if xhtml else ()
    warnings += _leave_out(root)
    version = _VERSION.search(text)
    date = f"{version[3]}-{version[2]}-{version[1]}" if version else ""
    blocks = journal.blocks(root)
    if corrigendum.is_corrigendum(blocks):
        blocks = corrigendum.corrections(blocks)
        warnings += (CORRECTS,)
    return Content(blocks, date=date, warnings=warnings, act=True)


def _words(element: Element) -> list[str]:
    """The words of an element; those of a control are none of the act."""
    if element.tag == "button":
        return []
    parts = ([*_words(child), child.tail or ""] for child in element)
    return [element.text or "", *(word for part in parts for word in part)]


def _leave_out(root: Element) -> tuple[str, ...]:
    """Take out of a page what nobody sees and what is struck out; what that was."""
    styling, omissions = Styling(root), Omissions()
    for element in list(root.iter("style", "script")):
        markup.drop(element)
    for element in list(root.iter("*")):
        if element.getparent() is not None and element.tag not in _UNSEEN:
            struck = "struck out" if styling.struck(element) else ""
            if reason := struck or styling.unseen(element):
                omissions.add(reason, "".join(_words(element)))
                if struck:
                    markup.cut(element, markup.BLOCKS)
                else:
                    markup.drop(element)
    lists.mark(root, styling)
    return (*omissions.warnings(), *styling.warnings())


_UNSEEN = {"head", "style", "script", "title", "meta", "link", "body"}
_BY_SIGN: tuple[tuple[re.Pattern[str], Callable[[Element], list[Block]]], ...] = (
    (_OLD, before2004.blocks),
    (_JUSTEL, justel.blocks),
)
