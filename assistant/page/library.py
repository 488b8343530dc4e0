"""The list of indexed documents, and finding words in them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant import render
from assistant.page.markup import render as html
from assistant.page.markup import safe_link
from assistant.page.reading import contents
from index.manifest import Entry
from index.stored import Build
from index.words import fold, words
from sources.anchor import Lang
from sources.model import Passage

if TYPE_CHECKING:
    from sources.catalogue import Catalogue

MOST = 40  # passages shown
_LONGEST = 200  # characters of a query that are looked for
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Found:
    """A passage with the words looked for: pieces of text, marked or not."""

    anchor: str
    locator: str
    lang: Lang
    pieces: tuple[tuple[str, bool], ...]


def search(build: Build, query: str, lang: Lang) -> tuple[list[Found], int]:
    """Passages that have every word of a query, in reading order (at most MOST), and how many.

    Words are compared without accents and by their beginning; the working translation counts
    as well, and shows where only it has them.
    """
    terms = [w.written for w in words(query[:_LONGEST], lang)] or _WORD.findall(fold(query))
    if not terms:
        return [], 0
    hits = [(p, t, la) for p in build.passages if (hit := _hit(p, terms)) for t, la in [hit]]
    shown = [
        Found(str(p.anchor), render.locator(build, p, lang), la, mark(text, terms))
        for p, text, la in hits[:MOST]
    ]
    return shown, len(hits)


def _hit(passage: Passage, terms: Sequence[str]) -> tuple[str, Lang] | None:
    views: list[tuple[str, Lang]] = [(passage.text, passage.anchor.lang)]
    if passage.working:
        views.append((passage.working.text, passage.working.lang))
    for text, lang in views:
        have = _WORD.findall(fold(text))
        if all(any(w.startswith(t) for w in have) for t in _parts(terms)):
            return text, lang
    return None


def _parts(terms: Sequence[str]) -> list[str]:
    return [part for t in terms for part in _WORD.findall(t)]


def mark(text: str, terms: Sequence[str]) -> tuple[tuple[str, bool], ...]:
    """A text in pieces; those that begin with a term are marked.

    >>> mark("La Sécurité", ["secu"])
    (('La ', False), ('Sécurité', True))
    """
    found: list[tuple[str, bool]] = []
    last = 0
    for match in _WORD.finditer(text):
        if any(fold(match.group()).startswith(t) for t in _parts(terms)):
            found += [(text[last : match.start()], False), (match.group(), True)]
            last = match.end()
    found.append((text[last:], False))
    return tuple(piece for piece in found if piece[0])


def documents(
    build: Build, catalogue: Catalogue, lang: Lang, hosts: frozenset[str], query: str
) -> str:
    """HTML of the list of documents and, where words are looked for, of what has them."""
    found, count = search(build, query, lang) if query.strip() else ([], 0)
    entries = build.manifest.documents
    indexed = {e.work for e in entries}
    return html(
        "documents.html",
        lang,
        entries=[
            (e, contents(build.document(e.work, e.lang), lang), safe_link(_url(e, lang), hosts))
            for e in entries
        ],
        known=[
            (s.title.fr if lang == "fr" else s.title.nl, safe_link(s.url(lang), hosts))
            for s in catalogue
            if s.id not in indexed
        ],
        query=query.strip(),
        found=found,
        count=count,
    )


def _url(entry: Entry, lang: Lang) -> str | None:
    return entry.url[lang] if entry.url else None
