"""One passage as programs get it: the same as the reading pane shows, as plain values."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from assistant import render
from assistant.links import links
from assistant.web.markup import safe_link
from assistant.web.reading_pane import find
from index.superseded import successor
from sources.anchor import LANGS
from sources.errors import UsageError

if TYPE_CHECKING:
    from assistant.web.passage_text import Texts
    from index.build import Build
    from index.superseded import SupersededPassage
    from sources.model import Passage


def passage_json(texts: Texts, anchor: str) -> dict[str, Any]:
    """The passage at an address; ``UsageError`` where there is none and never was.

    One that the build no longer has comes as it was, with ``former``: until when it was there
    and what most likely replaced it. It is not to be cited.

    ``text`` is the whole stored text; the places in ``references`` count its characters.
    ``locator`` names it in both languages; ``working`` is a translation that is not official.
    """
    build = texts.build
    if not isinstance(anchor, str):
        raise UsageError("the anchor is not a text", str(anchor)[:80], "Give that of a citation.")
    passage = find(build, anchor)
    if passage is None and (superseded := texts.superseded(anchor)):
        return _superseded_json(superseded, build)
    if passage is None:
        raise UsageError(
            "there is no passage at this address", anchor[:300], "Take an anchor of a citation."
        )
    entry = build.entries[passage.anchor.work_lang]
    twin = build.twin(passage.anchor)
    return {
        "anchor": str(passage.anchor),
        "source": passage.anchor.work,
        "lang": passage.anchor.lang,
        "kind": str(passage.kind),
        "locator": {la: render.locator(build, passage, la) for la in LANGS},
        "headings": list(passage.headings),
        "lead": passage.lead,
        "text": passage.text,
        "page": passage.page,
        "date": entry.date or None,
        "url": {la: safe_link(entry.url[la] if entry.url else None, texts.hosts) for la in LANGS},
        "twin": str(twin.anchor) if twin else None,
        "working": asdict(passage.working) if passage.working else None,
        "notes": list(passage.notes),
        "doubts": [asdict(d) for d in passage.doubts],
        "standing": _standing(passage),
        "corrected_by": [str(p.anchor) for p in texts.corrected_by(passage)],
        "earlier": [{"text": f.passage.text, "until": f.until} for f in texts.earlier(passage)],
        "references": _references(texts, build, passage),
        "build": build.id,
    }


def _standing(passage: Passage) -> dict[str, Any] | None:
    """How a passage stands as law; None for law in force."""
    found = passage.standing
    return {**asdict(found), "label": asdict(found.label)} if found else None


def _superseded_json(superseded: SupersededPassage, build: Build) -> dict[str, Any]:
    passage = superseded.passage
    now = successor(superseded, build.passages)
    return {
        "anchor": superseded.anchor,
        "source": passage.anchor.work,
        "lang": passage.anchor.lang,
        "kind": str(passage.kind),
        "locator": asdict(superseded.locator),
        "headings": list(passage.headings),
        "text": passage.text,
        "page": passage.page,
        "date": superseded.date or None,
        "former": {"until": superseded.until, "replaced_by": str(now) if now else None},
        "build": build.id,
    }


def _references(texts: Texts, build: Build, passage: Passage) -> list[dict[str, Any]]:
    return [
        {**asdict(link), "url": safe_link(link.url, texts.hosts)}
        for link in links(build, texts.mentions, passage)
    ]
