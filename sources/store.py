"""Texts that were fetched or added, on disk as received, every version kept.

::

    <root>/celex_3a32016_l0680/fr/3f2a….xhtml    the bytes of a version
    <root>/celex_3a32016_l0680/fr/3f2a….json     where they came from: a Record
    <root>/celex_3a32016_l0680/fr/current.json   which version is in use
    <root>/removed/celex_3a32016_l0680.1/        what was removed, whole

A version is written before its record, and its record before ``current.json``; each is written
aside, flushed and renamed. So a process that is killed leaves at most a version that is not in
use, and a reader needs no lock. Writers of all processes take turns.
"""

from __future__ import annotations

import hashlib
import re
from contextlib import AbstractContextManager
from pathlib import Path

from pydantic import BaseModel, ValidationError

from sources.anchor import LANGS, Lang, as_lang
from sources.catalogue import Source
from sources.errors import SourceError
from sources.files import sync_folder, write_atomically
from sources.locks import locked
from sources.records import (
    EXTENSIONS,
    REMOVED,
    Change,
    Current,
    Provenance,
    Record,
    Stored,
    slug_of,
    work_of_slug,
)


class Store:
    """The files as received, below ``root``; every failure is a ``SourceError``."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(
        self,
        work: str,
        lang: Lang,
        content: bytes,
        came: Provenance,
        entry: Source | None = None,
    ) -> Stored:
        """Keep the bytes and make them the version in use.

        Bytes that are in use change nothing on disk. Bytes of an older version put that version
        in use again, with its record of then. A damaged file of these bytes is made whole.
        ``entry`` is kept with the version that goes out of use.
        """
        folder = self._folder(work, lang)
        sha256 = hashlib.sha256(content).hexdigest()
        with self._writing():
            _sweep(folder)
            change, existing = self.change(work, lang, content)
            if existing and change == "none":
                return Stored(change, existing)
            record = existing or _new(work, lang, content, came)
            if not existing:
                write_atomically(folder / record.file, content)
                write_atomically(_record_path(folder, sha256), _json(record))
            if entry and change != "first":
                self._keep(work, lang, entry)
            write_atomically(folder / "current.json", _json(Current(sha256=sha256)))
        return Stored(change, record)

    def change(self, work: str, lang: Lang, content: bytes) -> tuple[Change, Record | None]:
        """What :meth:`put` would do with these bytes; their record, where they are stored."""
        sha256 = hashlib.sha256(content).hexdigest()
        existing, used = self._sound(work, lang, sha256), self._in_use(self._folder(work, lang))
        if existing:
            return ("none" if used == sha256 else "earlier"), existing
        return ("new" if used else "first"), None

    def _keep(self, work: str, lang: Lang, entry: Source) -> None:
        """Keep an entry with the version in use, where its record is whole."""
        try:
            record = self.current(work, lang)
        except SourceError:
            return
        if record:
            kept = record.model_copy(update={"entry": entry})
            write_atomically(_record_path(self._folder(work, lang), record.sha256), _json(kept))

    def current(self, work: str, lang: Lang) -> Record | None:
        """The version in use, or None where there is none."""
        folder = self._folder(work, lang)
        try:
            text = (folder / "current.json").read_bytes()
        except FileNotFoundError:
            return None
        try:
            sha256 = Current.model_validate_json(text).sha256
        except ValidationError as error:
            raise _damaged(folder / "current.json", work) from error
        return self._record(_record_path(folder, sha256), work, lang)

    def versions(self, work: str, lang: Lang) -> tuple[Record, ...]:
        """Every version, the oldest first."""
        folder = self._folder(work, lang)
        paths = [p for p in folder.glob("*.json") if re.fullmatch(r"[0-9a-f]{16}", p.stem)]
        records = [self._record(path, work, lang) for path in paths]
        return tuple(sorted(records, key=lambda record: (record.date, record.sha256)))

    def read(self, record: Record) -> bytes:
        """The bytes of a version, verified; ``SourceError`` where they are not those."""
        path = self._folder(record.work, record.lang) / record.file
        try:
            content = path.read_bytes()
        except OSError as error:
            raise SourceError(
                f"a stored text cannot be read ({error.strerror})", path, _again(record.work)
            ) from error
        if hashlib.sha256(content).hexdigest() != record.sha256:
            raise SourceError(
                "a stored text is not what was stored (its SHA-256 differs)",
                path,
                _again(record.work),
            )
        return content

    def works(self) -> list[tuple[str, Lang]]:
        """Every work and language with a version in use, sorted."""
        found: list[tuple[str, Lang]] = []
        for path in sorted(self._root.glob("*/*/current.json")):
            try:
                work, lang = work_of_slug(path.parent.parent.name), as_lang(path.parent.name)
            except ValueError:
                continue  # a folder of someone else
            found.append((work, lang))
        return sorted(found)

    def using(self, content: bytes) -> list[tuple[str, Lang]]:
        """Every work and language whose version in use is these bytes, sorted."""
        sha256 = hashlib.sha256(content).hexdigest()
        return [(w, la) for w, la in self.works() if self._in_use(self._folder(w, la)) == sha256]

    def remove(self, work: str) -> Path:
        """Move all languages and versions of a work aside; the folder they are in now."""
        folder = self._root / slug_of(work)
        with self._writing():
            if not folder.is_dir():
                raise SourceError(
                    "nothing is stored of this work", work, "See `python -m sources list`."
                )
            aside = self._root / REMOVED
            aside.mkdir(exist_ok=True)
            number = 1
            while (target := aside / f"{folder.name}.{number}").exists():
                number += 1
            folder.rename(target)
            sync_folder(aside)
            sync_folder(self._root)
        return target

    def has_removed(self, work: str) -> bool:
        """Has this work been removed at some time? Its files are aside."""
        aside = (self._root / REMOVED).glob("*")
        return any(path.name.rpartition(".")[0] == slug_of(work) for path in aside)

    def _folder(self, work: str, lang: Lang) -> Path:
        if lang not in LANGS:
            raise SourceError("not a language of this project", lang, f"Use {' or '.join(LANGS)}.")
        return self._root / slug_of(work) / lang

    def _writing(self) -> AbstractContextManager[None]:
        return locked(self._root / ".lock")

    def _record(self, path: Path, work: str, lang: Lang) -> Record:
        try:
            record = Record.model_validate_json(path.read_bytes())
        except (OSError, ValidationError) as error:
            raise _damaged(path, work) from error
        if (record.work, record.lang, record.sha256[:16]) != (work, lang, path.stem):
            raise _damaged(path, work)
        return record

    def _sound(self, work: str, lang: Lang, sha256: str) -> Record | None:
        """The record of these bytes, where both are on disk and whole."""
        try:
            record = self._record(_record_path(self._folder(work, lang), sha256), work, lang)
            self.read(record)
        except SourceError:
            return None
        return record if record.sha256 == sha256 else None

    def _in_use(self, folder: Path) -> str | None:
        try:
            return Current.model_validate_json((folder / "current.json").read_bytes()).sha256
        except (OSError, ValidationError):
            return None


def _new(work: str, lang: Lang, content: bytes, came: Provenance) -> Record:
    sha256 = hashlib.sha256(content).hexdigest()
    extension = EXTENSIONS.get(came.media_type.lower(), "bin")
    return Record(
        work=work,
        lang=lang,
        url=came.url,
        media_type=came.media_type,
        date=came.date,
        sha256=sha256,
        size=len(content),
        file=f"{sha256[:16]}.{extension}",
        origin=came.origin,
    )


def _sweep(folder: Path) -> None:
    """Delete what a killed writer left half-written; only under the lock."""
    for path in folder.glob(".*.tmp"):
        path.unlink(missing_ok=True)


def _record_path(folder: Path, sha256: str) -> Path:
    return folder / f"{sha256[:16]}.json"


def _json(model: BaseModel) -> bytes:
    return (model.model_dump_json(indent=2, exclude_none=True) + "\n").encode()


def _damaged(path: Path, work: str) -> SourceError:
    return SourceError("a record in the data folder is missing or damaged", path, _again(work))


def _again(work: str) -> str:
    return f"Fetch or add {work} again: that puts the file right and keeps the other versions."
