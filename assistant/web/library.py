"""The list of indexed documents, and finding words in them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from assistant import render
from assistant.text_version import full_title, version
from assistant.web.markup import render as html
from assistant.web.markup import safe_link
from assistant.web.reading_pane import contents
from assistant.web.strings import count, say
from index.build import Build
from index.manifest import Entry
from index.tokens import stem, words
from sources.anchor import Lang
from sources.folding import fold
from sources.model import Passage

if TYPE_CHECKING:
    from sources.catalogue import Catalogue

MOST = 40  # passages shown
_LONGEST = 200  # characters of a query that are looked for
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class DocumentMatch:
    """A passage with the words looked for: pieces of text, marked or not.

    ``working``: Is it the working translation, and not the text, that has them?
    """

    anchor: str
    locator: str
    lang: Lang
    pieces: tuple[tuple[str, bool], ...]
    working: bool = False


class DocumentsView(NamedTuple):
    """The documents as HTML, and how many passages have the words looked for, in a sentence."""

    html: str
    counted: str


def search(build: Build, query: str, lang: Lang) -> tuple[list[DocumentMatch], int]:
    """Passages that have every word of a query, in reading order (at most MOST), and how many.

    Words are compared without accents, by their beginning and, in a text of the language of the
    page, by their stem ("drogues" finds "drogue"); the working translation counts as well, and
    shows where only it has them.
    """
    query = query[:_LONGEST]
    written = [w.written for w in words(query, lang)] or _WORD.findall(fold(query))
    terms = {part: stem(part, lang) for w in written for part in _WORD.findall(w)}
    if not terms:
        return [], 0
    hits = [(p, t, la) for p in build.passages if (hit := _hit(p, terms, lang)) for t, la in [hit]]
    shown = [
        DocumentMatch(
            str(p.anchor),
            render.locator(build, p, lang),
            la,
            mark(text, terms, lang if la == lang else None),
            working=la != p.anchor.lang,
        )
        for p, text, la in hits[:MOST]
    ]
    return shown, len(hits)


def _hit(passage: Passage, terms: Mapping[str, str], page: Lang) -> tuple[str, Lang] | None:
    """The text of a passage that has all terms, each given with its stem."""
    for lang, text in passage.texts.items():
        have = _WORD.findall(fold(text))
        stems = {stem(word, page) for word in have} if lang == page else set()
        if all(s in stems or any(w.startswith(t) for w in have) for t, s in terms.items()):
            return text, lang
    return None


def mark(text: str, terms: Mapping[str, str], stemmed: Lang | None) -> tuple[tuple[str, bool], ...]:
    """A text in pieces; the words that were looked for are marked.

    Args:
        text: The whole.
        terms: What is looked for, with the stem of each.
        stemmed: The language of these stems, where the text is in it; None where it is not.

    >>> mark("La Sécurité", {"secu": "secu"}, "fr")
    (('La ', False), ('Sécurité', True))
    """
    beginnings, stems = tuple(terms), frozenset(terms.values())
    found: list[tuple[str, bool]] = []
    last = 0
    for match in _WORD.finditer(text):
        word = fold(match.group())
        if word.startswith(beginnings) or (stemmed and stem(word, stemmed) in stems):
            found += [(text[last : match.start()], False), (match.group(), True)]
            last = match.end()
    found.append((text[last:], False))
    return tuple(piece for piece in found if piece[0])


def documents(
    build: Build,
    catalogue: Catalogue,
    lang: Lang,
    hosts: frozenset[str],
    query: str,
    missing: Mapping[str, str] = MappingProxyType({}),
) -> DocumentsView:
    """The list of documents, the version in the language of the page first, and, where words are
    looked for, what has them.

    ``missing`` is what is to be said of cited texts that are not here, or not in every language.
    """
    query = query.strip()
    found, total = search(build, query, lang) if query else ([], 0)
    counted = _counted(query, total, lang) if query else ""
    places = {e.work: n for n, e in reversed(list(enumerate(build.entries.values())))}
    entries = sorted(build.entries.values(), key=lambda e: (places[e.work], e.lang != lang))
    sources = {s.id: s for s in catalogue}
    shown = html(
        "documents.html",
        lang,
        entries=[
            (
                e,
                full_title(e, sources.get(e.work), lang),
                version(e.work, e.date, lang),
                contents(build.document(e.work, e.lang), lang),
                safe_link(_url(e, lang), hosts),
            )
            for e in entries
        ],
        known=[
            (s.id, s.title[lang], safe_link(s.url(lang), hosts))
            for s in catalogue
            if s.id not in places
        ],
        missing=missing,
        query=query,
        found=found,
        counted=counted,
    )
    return DocumentsView(shown, counted)


def _counted(query: str, found: int, lang: Lang) -> str:
    if not found:
        return say(lang, "documents.nothing", query=query)
    if found > MOST:
        return say(lang, "documents.found_more", count=found, query=query, shown=MOST)
    return count(lang, "documents.found", found, query=query)


def _url(entry: Entry, lang: Lang) -> str | None:
    return entry.url[lang] if entry.url else None
