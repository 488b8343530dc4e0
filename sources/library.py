"""All texts that can be indexed: those that ship with the project and those in the store."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict

from sources import catalogue, questions, repairs, working
from sources.anchor import LANGS, Lang, other
from sources.bilingual import Bilingual
from sources.errors import ChangedError, ReadError, SourceError
from sources.files import read_toml
from sources.model import Document
from sources.records import Record, slug_of
from sources.store import Store
from sources.structure import laid_out
from sources.structure.laid_out import Layout

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sources.catalogue import Catalogue, ShippedFile, Source
    from sources.settings import Settings

READERS = "15"  # raised when a reader gives other passages for the same bytes
_SIDECARS = b"2"  # raised when the files beside a text give it other passages


@dataclass(frozen=True, slots=True)
class Edition:
    """One language version that can be read.

    Attributes:
        source: Its entry in the catalogue.
        lang: Its language.
        fingerprint: Hash of everything its passages are made of; equal means unchanged.
        origin: Where its bytes are.
        version: SHA-256 of its bytes as received.
        received: Moment this version came in (UTC, ISO 8601); "" for what ships.
    """

    source: Source
    lang: Lang
    fingerprint: str
    origin: Literal["shipped", "stored"]
    version: str = ""
    received: str = ""


class _Doubt(BaseModel):
    model_config = ConfigDict(extra="forbid")
    portion: str
    fr: str
    nl: str


class _Doubts(BaseModel):
    model_config = ConfigDict(extra="forbid")
    doubt: list[_Doubt]


class Library:
    """The catalogue and the texts behind it."""

    def __init__(self, data: Path) -> None:
        self.local = data / "catalogue.toml"
        self.sidecars = data / "working"
        self.store = Store(data / "sources")
        self.catalogue: Catalogue = catalogue.load(self.local)

    @classmethod
    def of(cls, settings: Settings) -> Library:
        """The library in the data folder of the settings."""
        return cls(settings.data)

    def editions(self) -> tuple[Edition, ...]:
        """Everything that can be read, in the order of the catalogue, French first."""
        found = (self._edition(source, lang) for source in self.catalogue for lang in LANGS)
        return tuple(edition for edition in found if edition)

    def edition(self, work: str, lang: Lang) -> Edition | None:
        """One text in one language; None where it cannot be read."""
        source = self.catalogue.get(work)
        return self._edition(source, lang) if source else None

    def _edition(self, source: Source, lang: Lang) -> Edition | None:
        twin = self.official(source, other(lang))
        if file := next((f for f in source.file if f.lang == lang), None):
            used = file.model_copy(update={"working": None}) if twin else file
            parts = [_bytes(catalogue.TEXTS / p) for p in used.paths]
            return Edition(source, lang, fingerprint(source, parts), "shipped", file.sha256)
        record = self.store.current(source.id, lang)
        if record is None:
            return None
        parts = [record.sha256.encode(), record.media_type.encode()]
        beside = self._questions(source.id)
        if (path := self.working_path(source.id, other(lang))).is_file() and not twin:
            beside.append(path)
        if beside:
            parts += [_SIDECARS, *map(_bytes, beside)]
        made = fingerprint(source, parts)
        return Edition(source, lang, made, "stored", record.sha256, record.date)

    def official(self, source: Source, lang: Lang) -> bool:
        """Is there an official text of a source in this language?"""
        shipped = any(f.lang == lang for f in source.file)
        return shipped or self.store.current(source.id, lang) is not None

    def working_path(self, work: str, lang: Lang) -> Path:
        """Where the working translation of a stored text into a language is, or would be."""
        return self.sidecars / f"{slug_of(work)}.{lang}.toml"

    def _questions(self, work: str) -> list[Path]:
        """The lists of questions of a stored text, those that there are."""
        return [p for la in LANGS if (p := self.questions_path(work, la)).is_file()]

    def questions_path(self, work: str, lang: Lang) -> Path:
        """Where the list of questions of a stored text in a language is, or would be."""
        return self.sidecars / f"{slug_of(work)}.{lang}.questions.toml"

    def read(self, edition: Edition) -> Document:
        """The passages of an edition; ``SourceError`` where its files are not what they were.

        ``ChangedError`` where they have become others since the edition was made, also meanwhile:
        its passages would stand under the fingerprint of others.
        """
        document = self._read(edition)
        now = self._edition(edition.source, edition.lang)
        if now is None or now.fingerprint != edition.fingerprint:
            name = f"{edition.source.id}@{edition.lang}"
            raise ChangedError("the text changed while it was read", name, "Try again.")
        return document

    def _read(self, edition: Edition) -> Document:
        source, lang = edition.source, edition.lang
        if edition.origin == "stored":
            return self._read_stored(source, lang)
        document = _read_shipped(source, next(f for f in source.file if f.lang == lang))
        # An official version, where there is one, wins.
        return _without_working(document) if self.official(source, other(lang)) else document

    def read_version(self, record: Record) -> Document:
        """The passages of any stored version, in use or not."""
        from sources.formats.sandbox.parent import read_untrusted

        reader: Literal["act", "file"] = "act" if record.origin == "fetched" else "file"
        return read_untrusted(
            self.store.read(record),
            reader=reader,
            work=record.work,
            lang=record.lang,
            media_type=record.media_type,
            name=record.url,
        )

    def _read_stored(self, source: Source, lang: Lang) -> Document:
        record: Record | None = self.store.current(source.id, lang)
        if record is None:
            raise ChangedError(
                "the text is no longer in the store",
                f"{source.id}@{lang}",
                f"Run `python -m sources fetch {source.id}`.",
            )
        document = self.read_version(record)
        document = replace(document, date=source.date or document.date)
        lists = [questions.load(path) for path in self._questions(source.id)]
        mine = [one for one in lists if one.written_for(record.sha256)]
        document = questions.attach(document, mine)
        path = self.working_path(source.id, other(lang))
        if path.is_file() and not self.official(source, other(lang)):  # which wins
            translation = working.load(path)
            if translation.written_for(record.sha256):
                return working.attach(document, translation)
        return document


def fingerprint(source: Source, parts: Iterable[bytes]) -> str:
    """Hash of an entry and of all that the passages of an edition are made of."""
    names = source.model_dump_json().encode("utf-8")  # names are shown with every citation
    digest = hashlib.sha256(READERS.encode())
    for part in (names, *parts):
        digest.update(hashlib.sha256(part).digest())
    return digest.hexdigest()


def _without_working(document: Document) -> Document:
    return replace(document, passages=tuple(replace(p, working=None) for p in document.passages))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SourceError("a shipped file cannot be read", error, "Install again.") from error


def _read_shipped(source: Source, file: ShippedFile) -> Document:
    path = catalogue.TEXTS / file.path
    data = _bytes(path)
    if hashlib.sha256(data).hexdigest() != file.sha256:
        raise SourceError(
            "a shipped text is not the one that was received",
            path,
            "Restore the file: its hash must be the one in the catalogue.",
        )
    received = data.decode("utf-8")
    lines = received.split("\n")
    if file.repairs:
        entries = repairs.load(catalogue.TEXTS / file.repairs)
        seen = file.confusions
        confusions = repairs.load_confusions(catalogue.TEXTS / seen) if seen else None
        if wrong := repairs.faults(entries, confusions):
            raise ReadError(
                "repairs do more than their kind allows", "; ".join(wrong), "Correct them."
            )
        lines = repairs.apply(lines, entries)
    layout = read_toml(catalogue.TEXTS / file.layout, Layout, "a layout")
    document = laid_out.read(
        "\n".join(lines), received, layout, work=source.id, lang=file.lang, date=source.date
    )
    document = replace(document, title=Bilingual(source.title.fr, source.title.nl)[file.lang])
    if file.doubts:
        document = _with_doubts(document, catalogue.TEXTS / file.doubts)
    if file.working:
        document = working.attach(document, working.load(catalogue.TEXTS / file.working))
    return questions.attach(
        document, [questions.load(catalogue.TEXTS / name) for name in file.questions]
    )


def _with_doubts(document: Document, path: Path) -> Document:
    doubts = read_toml(path, _Doubts, "a list of doubts").doubt
    portions = {p.anchor.portion for p in document.passages}
    if unknown := sorted({d.portion for d in doubts} - portions):
        raise ReadError(
            "doubts about portions that are not there", ", ".join(unknown), f"Correct {path}."
        )
    passages = tuple(
        replace(
            p,
            doubts=tuple(Bilingual(d.fr, d.nl) for d in doubts if d.portion == p.anchor.portion),
        )
        for p in document.passages
    )
    return replace(document, passages=passages)
