"""The reading pane: a passage within its document, or a whole document."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from assistant import render
from assistant.answer import Citation, KeySentence
from assistant.key_data import SORTS
from assistant.locale import count
from assistant.text_version import version
from assistant.web.dossier import keepable
from assistant.web.marks import MarkedPiece, marked
from assistant.web.markup import render as html
from assistant.web.markup import safe_link
from assistant.web.passage_text import TextPiece, Texts, runs, with_marks
from index.build import Build
from index.diff import PartKind, parts
from index.manifest import Entry
from index.superseded import successor
from sources.anchor import Anchor, Lang, as_lang, other
from sources.model import Passage

_AROUND = 12  # passages shown on each side at most, where only the section is asked for
_LEAST = 1  # and at least, where the section has fewer
_LINKED = 1000  # passages with links at most; of a longer text only the section has them


@dataclass(frozen=True, slots=True)
class ReadingPlace:
    """What the pane shows.

    Attributes:
        target: An anchor, "work@lang" for a document, "" for the first document.
        whole: The whole document instead of the section.
        trail: Anchors of the citations that the reader can go through.
        keys: The key sentence of each of them, if any.
        cited: Does an answer cite it (or is it only open)?
        marked: Is the passage marked, or only what is around it shown?
        origin: Where the reader came from and can go back to; "" for an address of its own.
    """

    target: str = ""
    whole: bool = False
    trail: tuple[str, ...] = ()
    keys: tuple[KeySentence | None, ...] = ()
    cited: bool = False
    marked: bool = True
    origin: Literal["", "answer", "documents"] = ""

    @classmethod
    def of(cls, citations: Sequence[Citation], target: str) -> ReadingPlace:
        """A passage that was opened from an answer with these citations."""
        trail = tuple(c.anchor for c in citations)
        keys = tuple(c.key for c in citations)
        return cls(target, trail=trail, keys=keys, cited=target in trail, origin="answer")


@dataclass(frozen=True, slots=True)
class PaneRow:
    """One line of the pane: a heading, or a passage.

    ``leads``: what opens the list of the passage is not in the row above it.
    """

    level: int = 0
    heading: str = ""
    working: str = ""
    anchor: str = ""
    passage: Passage | None = None
    leads: bool = False


@dataclass(frozen=True, slots=True)
class TocEntry:
    """One line of a table of contents."""

    level: int
    heading: str
    anchor: str


@dataclass(frozen=True, slots=True)
class KeyItem:
    """One thing that a document names: its words, the first passage with it, how many have it."""

    label: str
    anchor: str
    passages: int


def section(document: Sequence[Passage], anchor: Anchor) -> tuple[int, int]:
    """First and last place (exclusive) of the section around a passage.

    A section is the run of passages under the same headings, within limits on both sides.
    """
    at = next(n for n, p in enumerate(document) if p.anchor == anchor)
    first = last = at
    same = document[at].headings
    while first > 0 and document[first - 1].headings == same:
        first -= 1
    while last + 1 < len(document) and document[last + 1].headings == same:
        last += 1
    first = max(0, at - _AROUND, min(first, at - _LEAST))
    last = min(len(document) - 1, at + _AROUND, max(last, at + _LEAST))
    return first, last + 1


def rows(passages: Iterable[Passage]) -> list[PaneRow]:
    """Passages with a heading wherever the heading path changes."""
    found: list[PaneRow] = []
    before: tuple[str, ...] = ()
    said: tuple[str, ...] = ()  # what opens a list, where the passage before this one says it
    for p in passages:
        working = p.working.headings if p.working else ()
        for level, heading in _new(before, p.headings):
            shown = working[level] if len(working) == len(p.headings) else ""
            found.append(PaneRow(level=level, heading=heading, working=shown))
        before = p.headings
        found.append(PaneRow(anchor=str(p.anchor), passage=p, leads=p.lead not in said))
        said = (p.lead, *p.text.split("\n"))
    return found


def _new(before: tuple[str, ...], now: tuple[str, ...]) -> list[tuple[int, str]]:
    """Headings, with their level from 0, that are new after another path."""
    shared = 0
    while shared < min(len(before), len(now)) and before[shared] == now[shared]:
        shared += 1
    return list(enumerate(now))[shared:]


def contents(document: Sequence[Passage], lang: Lang) -> list[TocEntry]:
    """Table of contents, in ``lang`` where a (working) translation gives the headings."""
    found: list[TocEntry] = []
    before: tuple[str, ...] = ()
    for p in document:
        titles = p.headings
        if p.anchor.lang != lang and p.working and len(p.working.headings) == len(titles):
            titles = p.working.headings
        found += [TocEntry(level, h, str(p.anchor)) for level, h in _new(before, titles)]
        before = titles
    return found


def pane(texts: Texts, place: ReadingPlace, lang: Lang, serial: str) -> str:
    """HTML of the pane for a reader of ``lang``; ``serial`` changes each time it is shown."""
    build = texts.build
    if not build.manifest.documents:
        return html("reading_none.html", lang)
    if not place.target:
        first = build.manifest.documents[0]
        return _document(texts, first, None, place, lang, serial)
    work, _, rest = place.target.partition("@")
    if "#" not in rest:
        entry = next((e for (w, la), e in build.entries.items() if (w, la) == (work, rest)), None)
        if entry:
            return _document(texts, entry, None, place, lang, serial)
        return html("reading_unknown.html", lang, anchor=place.target, serial=serial)
    passage = find(build, place.target)
    if passage is None:
        return _not_in_build(texts, place.target, lang, serial)
    entry = build.entries[passage.anchor.work_lang]
    return _document(texts, entry, passage, place, lang, serial)


def _not_in_build(texts: Texts, anchor: str, lang: Lang, serial: str) -> str:
    """A passage that is not in the build: its last text, where an earlier build had it."""
    superseded = texts.superseded(anchor)
    if superseded is None:
        return html("reading_unknown.html", lang, anchor=anchor, serial=serial)
    build = texts.build
    now = successor(superseded, build.passages)
    anchor_before = superseded.passage.anchor
    return html(
        "reading_superseded.html",
        lang,
        superseded=superseded,
        passage=superseded.passage,
        version=version(anchor_before.work, superseded.date, lang),
        successor=str(now) if now else "",
        locator=render.locator(build, build.by_anchor[now], lang) if now else "",
        indexed=anchor_before.work_lang in build.entries,
        serial=serial,
    )


def find(build: Build, anchor: str) -> Passage | None:
    """The passage at an address as it was typed; None where there is none."""
    try:
        return build.by_anchor.get(Anchor.parse(anchor.strip()))
    except ValueError:
        return None


def _document(
    texts: Texts,
    entry: Entry,
    passage: Passage | None,
    place: ReadingPlace,
    lang: Lang,
    serial: str,
) -> str:
    shown = _values(texts, entry, passage, place, lang)
    first, last = shown["span"]
    document = texts.build.document(entry.work, entry.lang)
    return html(
        "reading.html",
        lang,
        rows=rows(document[first:last]),
        contents=contents(document, lang),
        key_data=_key_data(texts, entry, lang) if shown["whole"] else (),
        before=first > 0,
        after=last < len(document),
        translated=any(p.working for p in document),
        serial=serial,
        **shown,
    )


def _key_data(texts: Texts, entry: Entry, lang: Lang) -> list[tuple[str, list[KeyItem]]]:
    """What a document names: the title of each list, and what is in it.

    In the language of the reader where the document is the only version and has a translation.
    """
    if texts.key_data is None:
        return []
    is_only = (entry.work, other(as_lang(entry.lang))) not in texts.build.entries
    spoken = lang if is_only else as_lang(entry.lang)
    found = []
    for sort in SORTS:
        if data := texts.key_data.of(entry.work, spoken, sort):
            items = [
                KeyItem(d.label, f"{entry.work}@{entry.lang}#{d.portions[0]}", len(d.portions))
                for d in data
            ]
            found.append((count(lang, f"listing.{sort}", len(data)), items))
    return found


def _values(
    texts: Texts, entry: Entry, passage: Passage | None, place: ReadingPlace, lang: Lang
) -> dict[str, Any]:
    """What the templates need to show a passage, or none, within its document."""
    build = texts.build
    document = build.document(entry.work, entry.lang)
    whole = place.whole or passage is None
    span = (0, len(document))
    if passage is not None and not whole:
        span = section(document, passage.anchor)
    twin = build.twin(passage.anchor) if passage else None
    received = passage.received if passage else None
    at = _at(place, passage)
    key = place.keys[at] if place.marked and 0 <= at < len(place.keys) else None
    return {
        "entry": entry,
        "title": entry.short[lang],
        "version": version(entry.work, entry.date, lang),
        "official": safe_link(entry.url[lang] if entry.url else None, texts.hosts),
        "passage": passage,
        "marked": str(passage.anchor) if passage and place.marked else "",
        "anchor": str(passage.anchor) if passage else f"{entry.work}@{entry.lang}",
        "locator": render.locator(build, passage, lang) if passage else "",
        "headings": render.headings(build, passage, lang) if passage else (),
        "headings_lang": _headings_lang(build, passage, lang) if passage else lang,
        "span": span,
        "runs": runs,
        "pieces": _pieces(texts, document, passage, lang, key),
        "working": _working(passage, key),
        "whole": whole,
        "twin": str(twin.anchor) if twin else "",
        "other": other(as_lang(entry.lang)),
        "changes": text_changes(received, passage.text) if passage and received else (),
        "earlier": texts.earlier(passage) if passage else (),
        "corrected_by": _corrected_by(texts, passage, lang) if passage else (),
        "pictured": bool(passage and passage.page and (entry.work, entry.lang) in texts.pictured),
        "previous": place.trail[at - 1] if at > 0 else "",
        "following": place.trail[at + 1] if 0 <= at < len(place.trail) - 1 else "",
        "at": at + 1,
        "place": place,
        "kept": keepable(str(passage.anchor), build.id) if passage else {},
    }


def _corrected_by(texts: Texts, passage: Passage, lang: Lang) -> list[tuple[str, str]]:
    """The points of corrigenda that correct a passage: their address, and how they are cited."""
    found = texts.corrected_by(passage)
    return [(str(p.anchor), render.locator(texts.build, p, lang)) for p in found]


def text_changes(received: str, shown: str) -> list[tuple[PartKind, str]]:
    """What a repair changed in a text: words and the white space between them, in reading order.

    >>> text_changes("de I'accord", "de l’accord")
    [('same', 'de '), ('removed', "I'accord"), ('added', 'l’accord')]
    """
    before, after = (re.findall(r"\S+|\s+", text) for text in (received, shown))
    return [(kind, "".join(part)) for kind, part in parts(before, after)]


def move(
    texts: Texts, before: ReadingPlace, place: ReadingPlace, lang: Lang
) -> dict[str, str] | None:
    """From a passage to another of the same whole document: only what differs, as HTML.

    None where the pane has to be shown anew. A whole act is megabytes; this is a few kilobytes.
    """
    document = before.target.partition("#")[0]
    whole = before.whole and place.whole and document == place.target.partition("#")[0]
    passage = find(texts.build, place.target)
    if not whole or passage is None:
        return None
    entry = texts.build.entries[passage.anchor.work_lang]
    shown = _values(texts, entry, passage, place, lang)
    translated = any(p.working for p in texts.build.document(entry.work, entry.lang))
    left = find(texts.build, before.target)
    left_row = PaneRow(anchor=str(left.anchor), passage=left) if left else None
    now = PaneRow(anchor=str(passage.anchor), passage=passage)
    return {
        "about": html("reading_about.html", lang, **shown),
        "bar": html("reading_bar.html", lang, translated=translated, **shown),
        "left": left_row.anchor if left_row else "",
        "before": html("reading_passage.html", lang, row=left_row, **shown) if left_row else "",
        "reached": now.anchor,
        "after": html("reading_passage.html", lang, row=now, **shown),
    }


def _pieces(
    texts: Texts,
    document: Sequence[Passage],
    passage: Passage | None,
    lang: Lang,
    key: KeySentence | None,
) -> Callable[[Passage], list[TextPiece]]:
    """What gives the pieces of a passage that is shown; ``key`` is of the one that is marked."""
    linked = None
    if len(document) > _LINKED:
        first, last = section(document, passage.anchor) if passage else (0, _AROUND)
        linked = {p.anchor for p in document[first:last]}

    def pieces(p: Passage) -> list[TextPiece]:
        is_linked = linked is None or p.anchor in linked
        found = texts.pieces(p, lang) if is_linked else [TextPiece(p.text)]
        return (
            list(with_marks(found, marked(p.text, p.anchor.lang, key)))
            if _same(p, passage)
            else found
        )

    return pieces


def _working(
    passage: Passage | None, key: KeySentence | None
) -> Callable[[Passage], list[MarkedPiece]]:
    """What gives the working translation of a passage in pieces, likewise."""

    def pieces(p: Passage) -> list[MarkedPiece]:
        working = p.working
        return (
            marked(working.text, working.lang, key if _same(p, passage) else None)
            if working
            else []
        )

    return pieces


def _same(one: Passage, passage: Passage | None) -> bool:
    return passage is not None and one.anchor == passage.anchor


def _headings_lang(build: Build, passage: Passage, lang: Lang) -> Lang:
    shown = render.headings(build, passage, lang)
    return passage.anchor.lang if shown == passage.headings else lang


def _at(place: ReadingPlace, passage: Passage | None) -> int:
    """Place of the passage (or of its twin) in the trail, from 0; -1 where it is not in it."""
    if passage is None:
        return -1
    names = (str(passage.anchor), str(passage.anchor.twin()))
    return next((n for n, a in enumerate(place.trail) if a in names), -1)
