"""What texts cite: each reference resolved to a work, and whether that work is here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from shlex import quote
from typing import Any

from sources.abbreviations import within
from sources.anchor import LANGS, Lang
from sources.catalogue import Catalogue, common_names
from sources.errors import DuchesseError
from sources.known_works import known_works, same_as
from sources.library import Library
from sources.names import celex_of, consolidated, work_of
from sources.references import NamePatterns, find


def names_of(catalogue: Iterable[Any], indexed: Collection[str] = ()) -> NamePatterns:
    """Names of all sources, of well-known acts and of works without a number, in both languages.

    A name that several have belongs to the first that is indexed, else to the first; an act comes
    before its consolidated text. An act that was added under an id of one's own is that text.
    """
    texts = sorted(catalogue, key=lambda s: s.id not in indexed)
    added = {work_of(s.act): s.id for s in reversed(texts) if s.act and not s.celex}
    same = same_as(texts) | {act: own for act, own in added.items() if act not in indexed}
    works = [(same.get(w.id, w.id), w) for w in known_works().values()]
    named = [(s.id, [n for la in LANGS for n in s.names(la)]) for s in texts]
    common = ((same.get(work_of(c), work_of(c)), of) for c, of in common_names().items())
    named += [(work, [n for la in LANGS for n in of[la]]) for work, of in common]
    named += [(own, [*w.everywhere]) for own, w in works]
    beside = [(own, [*w.with_places]) for own, w in works] + _told_apart(texts, indexed)
    return NamePatterns(_each_once(named, indexed), _each_once(beside, indexed), same)


def _each_once(
    named: Iterable[tuple[str, list[str]]], indexed: Collection[str]
) -> dict[str, tuple[str, ...]]:
    """The names of each work, each name for one of them."""
    found: dict[str, list[str]] = {}
    taken: set[str] = set()
    for work, names in sorted(named, key=lambda n: (n[0] not in indexed, bool(consolidated(n[0])))):
        own = [n for n in names if n.lower() not in taken]
        taken |= {n.lower() for n in own}
        if own:
            found.setdefault(work, []).extend(own)
    return {work: tuple(names) for work, names in found.items()}


def _told_apart(texts: Iterable[Any], indexed: Collection[str]) -> list[tuple[str, list[str]]]:
    """The abbreviations that titles and names give texts that are here ("Code des moulins
    (CoMou)"), of those that one text alone has.
    """
    each = {
        s.id: {a for la in LANGS for n in (s.title[la], *s.names(la)) for a in within(n)}
        for s in texts
        if s.id in indexed and not consolidated(s.id)
    }
    having = Counter(a for own in each.values() for a in own)
    return [(work, sorted(a for a in own if having[a] == 1)) for work, own in each.items()]


def report(
    library: Library, indexed: set[tuple[str, Lang]], only: str | None = None
) -> list[dict[str, Any]]:
    """References to other texts in everything that can be read; one row for each place.

    A row has ``from`` (anchor), ``text`` (as it stands there), ``target`` (work), ``portion``,
    ``state`` (``indexed``, ``known``: in the catalogue, or ``unknown``) and ``command`` (what
    fetches it, where that can be done).
    """
    names = names_of(library.catalogue)
    works = {w for w, _ in indexed}
    rows: list[dict[str, Any]] = []
    for edition in library.editions():
        if only not in (None, edition.source.id):
            continue
        try:
            document = library.read(edition)
        except DuchesseError as error:
            rows.append(
                _row(f"{edition.source.id}@{edition.lang}", str(error), None, None, "unknown")
            )
            continue
        for passage in document.passages:
            for r in find(passage.text, names):
                if r.work is None or r.work == document.work:
                    continue
                state = _state(r.work, works, library.catalogue)
                text = passage.text[r.start : r.end].replace("\n", " ")
                rows.append(_row(str(passage.anchor), text, r.work, r.portion, state))
    return rows


def _state(work: str, indexed: set[str], catalogue: Catalogue) -> str:
    if work in indexed:
        return "indexed"
    return "known" if catalogue.get(work) else "unknown"


def _row(
    where: str, text: str, work: str | None, portion: str | None, state: str
) -> dict[str, Any]:
    number = celex_of(work) if work else None
    command = f"python -m sources fetch {quote(number)}" if number and state != "indexed" else None
    return {
        "from": where,
        "text": text,
        "target": work,
        "portion": portion,
        "state": state,
        "command": command,
    }
