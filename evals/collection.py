"""A collection of texts to measure on, indexed in a data folder of its own.

Acts are no part of the project: they come from a file of passages (JSON lines, gzip), one a
line, with the fields ``celex``, ``portion``, ``kind``, ``title``, ``title_nl``, ``fr``,
``head_fr``, and, where there is Dutch, ``nl`` and ``head_nl``. Each act becomes what it would be
had it been fetched: an entry of the catalogue, and a document in each language.

Texts of our own invention are in ``texts/``, a folder each sort, a file each text (JSON lines):
first its entry of the catalogue, then a passage a line, with ``portion``, and ``head_fr``, ``fr``,
``head_nl``, ``nl`` in the languages that it is there in. A passage of a declaration is a bullet;
any other says its ``kind``, and what opens its list or table (``lead_fr``, ``lead_nl``).
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources import catalogue
from sources.acquire import act_entry, is_local
from sources.anchor import LANGS, Anchor, Lang, parent, word_at
from sources.catalogue import Source
from sources.errors import SourceError
from sources.files import read_lines
from sources.library import Edition, Library, fingerprint
from sources.locator import Step, locator, steps_of
from sources.model import Document, Kind, Passage
from sources.names import work_of

if TYPE_CHECKING:
    from index.manifest import Manifest
    from sources.settings import Settings

Record = dict[str, Any]
TEXTS = Path(__file__).with_name("texts")


@dataclass(frozen=True, slots=True)
class Act:
    """The passages of one act, in reading order."""

    celex: str
    records: tuple[Record, ...]

    @property
    def work(self) -> str:
        """The work of its anchors."""
        return work_of(self.celex)

    def entry(self, existing: Source | None = None) -> Source:
        """Its entry of the catalogue, with what an ``existing`` one has beside its titles."""
        for lang in LANGS:
            existing = act_entry(existing, self.celex, self._document(lang, ()))
        assert existing is not None
        return existing

    def document(self, lang: Lang) -> Document:
        """Its text in a language; without passages where there is none."""
        texts = {r["portion"]: str(r.get(lang) or "") for r in self.records}
        passages = tuple(
            Passage(
                anchor=Anchor(self.work, lang, r["portion"]),
                kind=Kind(r["kind"]),
                text=r[lang],
                headings=tuple(r.get(f"head_{lang}") or ()),
                locator=locator(steps_of(r["portion"])),
                lead=_lead(r["portion"], texts),
            )
            for r in self.records
            if r.get(lang)
        )
        return self._document(lang, passages)

    def _document(self, lang: Lang, passages: tuple[Passage, ...]) -> Document:
        title = self.records[0][{"fr": "title", "nl": "title_nl"}[lang]]
        return Document(self.work, lang, title, "", passages)


def _lead(portion: str, texts: Mapping[str, str]) -> str:
    """The line that opens the list of a point, out of the passage around it; "" for any other."""
    if word_at(portion, -1) != "pnt":
        return ""
    lines = texts.get(parent(portion), "").split("\n")
    return next((line for line in reversed(lines) if line.rstrip().endswith(":")), lines[0])


def invented_passages(work: str, lang: Lang, records: Iterable[Record]) -> tuple[Passage, ...]:
    """The passages of a text of our own invention, in a language."""
    return tuple(_invented(Anchor(work, lang, r["portion"]), r) for r in records if r.get(lang))


def _invented(anchor: Anchor, record: Record) -> Passage:
    portion, kind = anchor.portion, record.get("kind")
    return Passage(
        anchor=anchor,
        kind=Kind(kind or "bullet"),
        text=record[anchor.lang],
        headings=tuple(record[f"head_{anchor.lang}"]),
        locator=locator(steps_of(portion) if kind else (Step("pnt", portion),)),
        lead=record.get(f"lead_{anchor.lang}", ""),
    )


@dataclass(frozen=True, slots=True)
class InventedText:
    """A text of our own invention, in one language or both."""

    entry: Source
    records: tuple[Record, ...]

    @classmethod
    def read(cls, path: Path) -> InventedText:
        """From its file."""
        first, *others = map(json.loads, filter(None, read_lines(path)))
        return cls(Source.model_validate(first), tuple(others))

    def document(self, lang: Lang) -> Document:
        """Its text in a language; without passages where there is none."""
        passages = invented_passages(self.entry.id, lang, self.records)
        return Document(self.entry.id, lang, self.entry.title[lang], self.entry.date, passages)


def invented(sort: str) -> list[InventedText]:
    """All of a sort that ship."""
    return [InventedText.read(path) for path in sorted((TEXTS / sort).glob("*.jsonl"))]


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
    """The library of a data folder, and the texts of a collection beside what it has."""

    def __init__(
        self,
        data: Path,
        acts: Sequence[Act],
        invented: Sequence[InventedText] = (),
    ) -> None:
        super().__init__(data)
        documents = {(a.work, la): a.document(la) for a in acts for la in LANGS}
        documents |= {(d.entry.id, la): d.document(la) for d in invented for la in LANGS}
        entries = [d.entry for d in invented]
        for act in acts:
            entry = self.catalogue.get(act.work)
            if entry is None or is_local(self, entry):
                entries.append(act.entry(entry))
        catalogue.add(self.local, *entries)
        self.catalogue = catalogue.load(self.local)
        self._documents = {key: d for key, d in documents.items() if d.passages}

    def editions(self) -> tuple[Edition, ...]:
        """See :class:`sources.library.Library`."""
        found = [(d, self.catalogue.find(d.work)) for d in self._documents.values()]
        collected = (
            Edition(s, d.lang, fingerprint(s, [repr(d).encode("utf-8")]), "stored")
            for d, s in found
        )
        return (*super().editions(), *collected)

    def read(self, edition: Edition) -> Document:
        """See :class:`sources.library.Library`."""
        return self._documents.get((edition.source.id, edition.lang)) or super().read(edition)


def index(settings: Settings, acts: Sequence[Act], invented: Sequence[InventedText]) -> Manifest:
    """Index texts in the data folder of the settings, beside what it has, with progress."""
    from index import embedding
    from index.builder import build
    from index.progress import ProgressBar
    from index.registry import BuildRegistry

    library = CollectionLibrary(settings.data, acts, invented)
    registry = BuildRegistry.of(settings)
    with closing(ProgressBar(quiet=False)) as bar:
        return build(registry, library, lambda: embedding.load(settings), settings, bar)
