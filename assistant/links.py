"""References inside a passage, as links: to the cited passage where it is indexed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from index.resolve import resolve_any
from sources.anchor import LANGS, Lang
from sources.names import celex_of, eurlex_link
from sources.pinpoints import find as find_pinpoints
from sources.references import is_of

if TYPE_CHECKING:
    from assistant.mentions import Mentions
    from index.build import Build
    from sources.model import Passage
    from sources.pinpoints import Pinpoint
    from sources.references import Reference


@dataclass(frozen=True, slots=True)
class Link:
    """A part of a passage's text that is a link.

    Attributes:
        start, end: Where it stands in the text.
        anchor: Passage it leads to, where that is indexed.
        work: The work it cites.
        url: Official address of a work that is not indexed, where it has one.
    """

    start: int
    end: int
    anchor: str | None
    work: str
    url: str | None


def links(build: Build, mentions: Mentions, passage: Passage) -> list[Link]:
    """Links in the text of a passage, in its order, none inside another."""
    lang = passage.anchor.lang
    found = (
        _link(build, mentions, r, passage, lang) for r in mentions.texts.references(passage.text)
    )
    out: list[Link] = []
    for link in found:
        if link and (not out or link.start >= out[-1].end):
            out.append(link)
    return out


def _link(
    build: Build, mentions: Mentions, reference: Reference, passage: Passage, lang: Lang
) -> Link | None:
    if reference.of:
        return None  # a place in a text that is not known
    work = reference.work or passage.anchor.work
    indexed = any((work, la) in build.entries for la in LANGS)
    if not indexed:
        celex = celex_of(work)
        url = mentions.known.url(work, lang) or (eurlex_link(celex, lang) if celex else None)
        return Link(reference.start, reference.end, None, work, url)
    start = reference.start
    if reference.portion is None and (place := _point_of(reference, passage.text)):
        targets = resolve_any(build, work, place.readings, lang)
        start = place.start if targets else start
        targets = targets or build.document_for(work, lang)
    elif reference.portion is None:
        first = build.document_for(work, lang)
        targets = [] if work == passage.anchor.work else first
    else:
        targets = resolve_any(build, work, reference.readings, lang)
    if not targets or targets[0].anchor == passage.anchor:
        return None
    return Link(start, reference.end, str(targets[0].anchor), work, None)


def _point_of(reference: Reference, text: str) -> Pinpoint | None:
    """The place without an article that is named right before its text ("point 2 de la
    recommandation …").
    """
    line = text.rfind("\n", 0, reference.start) + 1
    places = find_pinpoints(text[line : reference.start], inner=True)
    if not places or not places[-1].inner:
        return None
    there = replace(places[-1], start=places[-1].start + line, end=places[-1].end + line)
    return there if is_of(text[there.end : reference.start]) else None
