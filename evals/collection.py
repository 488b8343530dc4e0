"""A collection of acts to measure on, indexed in a data folder of its own.

The texts are no part of the project: they come from a file of passages (JSON lines, gzip), one a
line, with the fields ``celex``, ``portion``, ``kind``, ``title``, ``title_nl``, ``fr``,
``head_fr``, and, where there is Dutch, ``nl`` and ``head_nl``. Each act becomes what it would be
had it been fetched: an entry of the catalogue, and a document in each language.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sources import catalogue
from sources.acquire import EU_LICENCE
from sources.anchor import LANGS, Anchor, Lang
from sources.catalogue import BilingualEntry, Source
from sources.errors import SourceError
from sources.library import Edition, Library
from sources.locator import locator, steps_of
from sources.model import Document, Kind, Passage
from sources.names import natural_names, work_of

Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Act:
    """The passages of one act, in reading order."""

    celex: str
    records: tuple[Record, ...]

    @property
    def source(self) -> Source:
        """Its entry in the catalogue."""
        first = self.records[0]
        names = natural_names(self.celex)
        short = {la: names[la] if names else self.celex for la in LANGS}
        return Source(
            id=work_of(self.celex),
            kind="eu-act",
            title=BilingualEntry(
                fr=first["title"] or short["fr"], nl=first["title_nl"] or short["nl"]
            ),
            short=BilingualEntry(**{la: text[0].upper() + text[1:] for la, text in short.items()}),
            celex=self.celex,
            licence=EU_LICENCE,
        )

    def document(self, lang: Lang) -> Document:
        """Its text in a language; without passages where there is none."""
        source = self.source
        passages = tuple(
            Passage(
                anchor=Anchor(source.id, lang, r["portion"]),
                kind=Kind(r["kind"]),
                text=r[lang],
                headings=tuple(r.get(f"head_{lang}") or ()),
                locator=locator(steps_of(r["portion"])),
            )
            for r in self.records
            if r.get(lang)
        )
        return Document(source.id, lang, source.title.model_dump()[lang], "", passages)


def read(path: Path, wanted: Iterable[str] = ()) -> list[Act]:
    """The acts of a file of passages, all or those of these CELEX numbers; ``SourceError``."""
    chosen = frozenset(wanted)
    found: dict[str, list[Record]] = {}
    try:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            for line in file:
                record = json.loads(line)
                if not chosen or record["celex"] in chosen:
                    found.setdefault(record["celex"], []).append(record)
    except (OSError, ValueError, KeyError) as error:
        raise SourceError(
            "not a file of passages", f"{path} ({error})", "Give one as evals/collection.py says."
        ) from error
    if missing := chosen - set(found):
        raise SourceError("acts that the file does not have", ", ".join(sorted(missing)), str(path))
    return [Act(celex, tuple(records)) for celex, records in found.items()]


class CollectionLibrary(Library):
    """The library of a data folder, and the acts of a collection beside what it has."""

    def __init__(self, data: Path, acts: Sequence[Act]) -> None:
        for act in acts:
            catalogue.add(data / "catalogue.toml", act.source)
        super().__init__(data)
        self._documents = {
            (d.work, d.lang): d for a in acts for la in LANGS if (d := a.document(la)).passages
        }
        self._sources = {a.source.id: a.source for a in acts}

    def editions(self) -> tuple[Edition, ...]:
        """See :class:`sources.library.Library`."""
        return (*super().editions(), *map(self._edition_of, self._documents.values()))

    def _edition_of(self, document: Document) -> Edition:
        fingerprint = hashlib.sha256(repr(document).encode("utf-8")).hexdigest()
        return Edition(self._sources[document.work], document.lang, fingerprint, "stored")

    def read(self, edition: Edition) -> Document:
        """See :class:`sources.library.Library`."""
        return self._documents.get((edition.source.id, edition.lang)) or super().read(edition)
