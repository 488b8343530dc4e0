"""Texts that come by themselves: the acts that a text which is here cites.

Which these are is data: an entry of the catalogue with ``fetch = "cited"``, for as long as one of
the texts in its ``cited_by`` can be indexed. So another declaration brings its own.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sources.anchor import LANGS, Lang
from sources.errors import TakenError
from sources.locks import exclusive

if TYPE_CHECKING:
    from sources.catalogue import Source
    from sources.library import Library

COMMAND = "python -m sources fetch --cited"


@dataclass(frozen=True, slots=True)
class CitedText:
    """An act that comes by itself.

    Attributes:
        source: Its entry in the catalogue.
        stored: Languages in which it is on this machine.
        removed: An administrator has taken it out; it does not come back by itself.
    """

    source: Source
    stored: tuple[Lang, ...]
    removed: bool

    @property
    def celex(self) -> str:
        """Its CELEX number."""
        assert self.source.celex, "the catalogue is checked"
        return self.source.celex

    @property
    def lacking(self) -> tuple[Lang, ...]:
        """Languages in which it is not on this machine."""
        return tuple(la for la in LANGS if la not in self.stored)


def cited(library: Library) -> list[CitedText]:
    """The acts that come by themselves, in the order of the catalogue."""
    stored: dict[str, list[Lang]] = {}
    for edition in library.editions():
        stored.setdefault(edition.source.id, []).append(edition.lang)
    return [
        CitedText(
            source,
            tuple(stored.get(source.id, ())),
            source.id not in stored and library.store.has_removed(source.id),
        )
        for source in library.catalogue
        if source.fetch == "cited" and not stored.keys().isdisjoint(source.cited_by)
    ]


def missing(texts: Iterable[CitedText]) -> list[tuple[str, Lang]]:
    """CELEX number and language of what is to be fetched."""
    return [(text.celex, lang) for text in texts for lang in text.lacking]


def fetching(data: Path) -> AbstractContextManager[None]:
    """Hold the right to fetch the cited texts; ``TakenError`` names who holds it."""
    return exclusive(data / "sources" / "cited.lock", _busy)


def _busy(holder: str) -> TakenError:
    return TakenError(
        "another process is fetching the cited texts", holder, "Wait for it, or stop it."
    )
