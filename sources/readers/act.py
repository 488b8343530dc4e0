"""Reader of legal acts: finds the format in the bytes, and gives the passages of the act.

Formats: XHTML of the Official Journal and consolidated texts, HTML from before 2004, Formex 4
(one XML, or a ZIP of several), and Belgian laws as Justel shows them. All of them become the
same printed lines, which one outline and one division read (see ``structure``).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sources import parts
from sources.anchor import Lang, other
from sources.errors import ReadError
from sources.model import Document
from sources.readers import before2004, formex, journal, justel, markup, printed
from sources.readers.division import units
from sources.readers.markup import Element
from sources.readers.outline import outline
from sources.readers.structure import Block, passages

_NOT_ACTS = (
    (b"%PDF", "a PDF", "Add it as a document, or fetch the act as XHTML."),
    (b"\xd0\xcf\x11\xe0", "an old Word file", "Fetch the act as XHTML."),
    (b"\x1f\x8b", "a compressed file", "Unpack it first."),
    (b"{", "JSON", "Give the act itself, not what describes it."),
)
_CHALLENGE = re.compile(
    r"awswaf|challenge-container|cf-chl|captcha|enable javascript|javascript is disabled"
    r"|verify (?:that )?you are (?:a )?human|request rejected|access denied",
    re.IGNORECASE,
)
_JOURNAL = re.compile(
    r"class=[\"'][^\"']*\b(?:oj-)?(?:ti-art|doc-ti|eli-main-title|title-(?:doc-first|article-norm))\b"
)
_OLD = re.compile(r"id=[\"']?TexteOnly|<TXT_TE", re.IGNORECASE)
_JUSTEL = re.compile(r"ejustice\.just\.fgov\.be|\bjustel\b", re.IGNORECASE)
_VERSION = re.compile(r"\b0\d{4}[A-Z]{1,2}\d{4}\S* — \w+ — (\d{2})\.(\d{2})\.(\d{4})")
# Words that each language has all over, and the others not.
_COMMON_WORDS = {
    "fr": re.compile(r"\b(?:les|des|du|aux|une|est|dans|par|pour|sur)\b"),
    "nl": re.compile(r"\b(?:het|een|van|voor|dat|zijn|worden|niet|bij|aan)\b"),
    "en": re.compile(r"\b(?:the|of|and|shall|which|to|for|by|be|that)\b"),
    "de": re.compile(r"\b(?:der|die|und|den|des|von|zu|für|mit|auf)\b"),
}


@dataclass(frozen=True, slots=True)
class _Draft:
    """An act as its markup gives it; title and date are "" where the lines tell them."""

    blocks: list[Block]
    title: str = ""
    date: str = ""
    warnings: tuple[str, ...] = ()


def read_act(data: bytes, *, work: str, lang: Lang, media_type: str = "") -> Document:
    """Read an act in any of the formats; ``media_type`` is only asked for a character set.

    ``ReadError`` where the bytes are no act, are cut off or unreadable, or are in another
    language than ``lang``. A document always has passages.
    """
    if data[:2] == b"PK":
        draft = _archive(data)
    else:
        for start, what, step in _NOT_ACTS:
            if data.lstrip()[: len(start)] == start:
                raise ReadError(f"the file is {what}, not an act", work, step)
        draft = _draft(markup.decode(data, media_type))
    return _document(draft, work, lang)


def read_files(files: Mapping[str, bytes], *, work: str, lang: Lang) -> Document:
    """Read a Formex publication from its files by name (``….doc.xml`` and those it lists)."""
    texts = {name: markup.decode(data) for name, data in files.items()}
    return _document(_formex(texts), work, lang)


def _archive(data: bytes) -> _Draft:
    members = parts.unpack(data, markup.MAX_BYTES)
    texts = {m.name: m.content for m in members if m.name.lower().endswith((".xml", ".html"))}
    texts |= {m.name: m.content for m in members if m.name.lower().endswith((".xhtml", ".htm"))}
    decoded = {name: markup.decode(content) for name, content in texts.items()}
    if any(markup.root_name(text) in formex.ROOTS for text in decoded.values()):
        return _formex(decoded)
    return _draft(markup.decode(parts.joined(data, markup.MAX_BYTES)))


def _formex(texts: Mapping[str, str]) -> _Draft:
    roots = formex.files(
        {name: t for name, t in texts.items() if markup.root_name(t) in formex.ROOTS}
    )
    title, date = formex.title_and_date(roots[0])
    return _Draft([block for root in roots for block in formex.blocks(root)], title, date)


def _draft(text: str) -> _Draft:
    """The lines of one file, by the reader of its format."""
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
            return read(markup.tree(text, xml=False))
    if _CHALLENGE.search(text):
        raise ReadError(
            "the site answered with a test for robots, not with the act",
            text[:60],
            "Fetch it from Cellar, or save the act from a browser.",
        )
    raise ReadError(
        "the page has no article, recital or title that the reader knows",
        text[:60],
        "Check that the file is the act itself.",
    )


def _journal(text: str) -> _Draft:
    warnings: tuple[str, ...] = ()
    try:
        root = markup.tree(text, xml=True)
    except ReadError:
        if "<?xml" in text[:100]:
            raise
        root = markup.tree(text, xml=False)  # a page of the site, or one with faults
        xhtml = "w3.org/1999/xhtml" in text[:1000]
        warnings = ("the XHTML has faults and was read as HTML",) if xhtml else ()
    version = _VERSION.search(text)
    date = f"{version[3]}-{version[2]}-{version[1]}" if version else ""
    return _Draft(journal.blocks(root), date=date, warnings=warnings)


def _old(root: Element) -> _Draft:
    return _Draft(before2004.blocks(root))


def _justel(root: Element) -> _Draft:
    return _Draft(justel.blocks(root))


_BY_SIGN: tuple[tuple[re.Pattern[str], Callable[[Element], _Draft]], ...] = (
    (_OLD, _old),
    (_JUSTEL, _justel),
)


def _document(draft: _Draft, work: str, lang: Lang) -> Document:
    found = outline(draft.blocks)
    result, warnings = passages([u for part in found.parts for u in units(part)], work, lang)
    if not any(p.anchor.portion not in {"pbl", "fnp", "enc"} for p in result):
        raise ReadError(
            "no article, recital or numbered point found", work, "Add it as another document."
        )
    _check_language(" ".join(p.text for p in result)[:200_000], work, lang)
    title = draft.title or found.title
    return Document(
        work,
        lang,
        title,
        draft.date or printed.date(title),
        tuple(result),
        (*draft.warnings, *found.warnings, *warnings),
    )


def _check_language(text: str, work: str, lang: Lang) -> None:
    """``ReadError`` where the words are clearly of another language."""
    counts = {name: len(words.findall(text.lower())) for name, words in _COMMON_WORDS.items()}
    likely = max(counts, key=lambda name: counts[name])
    if likely != lang and counts[likely] > 20 and counts[likely] > 3 * counts[lang]:
        raise ReadError(
            f"the text is in {likely}, not in {lang}",
            work,
            f"Add it as {likely}." if likely == other(lang) else "Fetch it in French or Dutch.",
        )
