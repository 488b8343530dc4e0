"""What a build is made of: enough to tell whether it may be searched, and to prove it whole."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict

from index import chunks
from index.embedding import ModelId
from index.errors import DamagedBuildError, IndexingError
from index.registry import BuildRegistry
from sources.anchor import LANGS, Lang
from sources.bilingual import Bilingual
from sources.dates import date_in_words
from sources.files import write_atomically

FORMAT = 8  # raised when the files of a build change their form
NAME = "manifest.json"


class Entry(BaseModel):
    """One document of a build.

    Attributes:
        version: SHA-256 of the file that it was read from; "" where there is none.
        received: Moment that file came in (UTC, ISO 8601); "" for a text that ships.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    work: str
    lang: Lang
    fingerprint: str
    title: str
    date: str
    short: Bilingual
    url: Bilingual | None
    passages: int
    chunks: int
    version: str = ""
    received: str = ""
    warnings: tuple[str, ...] = ()


class Manifest(BaseModel):
    """The manifest of a build.

    Attributes:
        build: Its id: a hash of everything that decides its content, so that the same corpus
            and settings give the same id.
        created: When it was made (UTC, ISO 8601).
        files: SHA-256 of the files whose bytes do not change once written.
        digest: SHA-256 of all of this; "" until it is written.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    format: int
    build: str
    created: str
    model: ModelId
    chunker: str
    documents: tuple[Entry, ...]
    passages: int
    chunks: int
    files: dict[str, str]
    digest: str = ""

    def write(self, folder: Path) -> None:
        """Write it into a build's folder, with its digest."""
        whole = self.model_copy(update={"digest": self.computed_digest()})
        write_atomically(folder / NAME, whole.model_dump_json(indent=1).encode("utf-8"))

    def computed_digest(self) -> str:
        """SHA-256 of everything else in it."""
        content = self.model_copy(update={"digest": ""}).model_dump_json()
        return hashlib.sha256(content.encode("utf-8")).hexdigest()

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read it from a build's folder; ``DamagedBuildError`` where that cannot be done."""
        try:
            manifest = cls.model_validate_json((folder / NAME).read_bytes())
            if manifest.format == FORMAT and manifest.digest != manifest.computed_digest():
                raise ValueError("altered")
            return manifest
        except (OSError, ValueError) as error:
            raise DamagedBuildError(
                "the manifest of a build cannot be read",
                f"{folder.name} ({error})",
                "Run `python -m index build`, or `python -m index rollback`.",
            ) from error


def told_apart(documents: Sequence[Entry]) -> tuple[Entry, ...]:
    """The documents; those of works with one short title have their date behind it, or their id
    where the date does not tell them apart.
    """
    alike: dict[tuple[Lang, str], dict[str, str]] = {}
    for entry in documents:
        for lang in LANGS:
            dates = alike.setdefault((lang, entry.short[lang].casefold()), {})
            dates[entry.work] = dates.get(entry.work) or entry.date

    def short(entry: Entry, lang: Lang) -> str:
        dates = alike[lang, entry.short[lang].casefold()]
        if len(dates) == 1:
            return entry.short[lang]
        dated = len(set(filter(None, dates.values()))) == len(dates)
        mark = date_in_words(lang, dates[entry.work]) if dated else entry.work
        return f"{entry.short[lang]} ({mark})"

    return tuple(
        entry.model_copy(update={"short": Bilingual(short(entry, "fr"), short(entry, "nl"))})
        for entry in documents
    )


def indexed_editions(data: Path) -> set[tuple[str, Lang]]:
    """Work and language of each document of the build in use; empty where none can be read."""
    registry = BuildRegistry(data)
    try:
        manifest = Manifest.read(registry.path(registry.current()))
    except (IndexingError, OSError):
        return set()
    return {(d.work, d.lang) for d in manifest.documents}


def ever_indexed(data: Path) -> set[tuple[str, Lang]]:
    """Work and language of each document of the build in use, or of one that was before it."""
    registry = BuildRegistry(data)
    try:
        builds = [intact(registry.path(b)) for b in registry.history()]
    except IndexingError:
        return set()
    return {(d.work, d.lang) for manifest in builds if manifest for d in manifest.documents}


def intact(folder: Path) -> Manifest | None:
    """The manifest in a build's folder; None where it cannot be read."""
    try:
        return Manifest.read(folder)
    except DamagedBuildError:
        return None


def build_id(
    model: tuple[str, str], fingerprints: list[tuple[str, Lang, str]], server: str = ""
) -> str:
    """Id of the build of these editions: 12 hexadecimal digits.

    Args:
        model: Name and revision of the embedding model.
        fingerprints: Work, language and fingerprint of each edition.
        server: Kind of the server that keeps its vectors; "" where it keeps them itself.
    """
    digest = hashlib.sha256(repr((FORMAT, chunks.VERSION, model)).encode())
    digest.update(server.encode())
    for edition in fingerprints:
        digest.update(repr(edition).encode())
    return digest.hexdigest()[:12]


def file_hash(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
