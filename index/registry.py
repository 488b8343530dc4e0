"""The registry of builds: one folder each, and one small file that says which is in use.

Where a server keeps the vectors, the registry tells it, too: the aliases there are switched just
before the file, and what no build has any more is removed. The file alone decides what is searched.

``builds/CURRENT`` holds build ids, one a line: the one in use first, then those that were in
use before it, newest first. It is replaced by one rename, so a reader sees one build or the
other. A folder with the ending ``.tmp`` is being made, ``.failed`` did not verify; neither is
ever read.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import BusyError, DamagedBuildError, IndexingError, NoBuildError
from index.vector_store import name_of, server_of
from sources.files import sync_folder, write_atomically
from sources.locks import exclusive

if TYPE_CHECKING:
    from collections.abc import Iterator

    from index.vector_store import VectorServer
    from sources.settings import Settings

_ID = re.compile(r"[0-9a-f]{12}")
_REJECTED = re.compile(r"[0-9a-f]{12}\.failed(?:-\d+)?")
_GROUP = "SERVER_GROUP"
_FAILED = 2  # builds that did not verify and are kept with their reason


class BuildRegistry:
    """The folder ``builds`` of a data folder.

    Args:
        data: The data folder.
        server: Keeps the vectors of builds that are made, and of those made so before; None where
            each has its own.
    """

    def __init__(self, data: Path, server: VectorServer | None = None) -> None:
        self.folder = data / "builds"
        #: Where vectors are kept by the texts that they are of.
        self.cache = data / "cache"
        self.server = server

    @classmethod
    def of(cls, settings: Settings) -> BuildRegistry:
        """That of the data folder that is configured."""
        return cls(settings.data, server_of(settings))

    def path(self, build: str) -> Path:
        """Folder of a build."""
        return self.folder / build

    def has(self, build: str) -> bool:
        """Is there a finished build of this id?"""
        return _ID.fullmatch(build) is not None and self.path(build).is_dir()

    def history(self) -> list[str]:
        """Ids of the builds in use, now and before, newest first.

        Those gone are left out, and lines that are damaged: a lost byte costs one build its
        place in the line, and no build its life.
        """
        return [b for b in self._lines() if self.has(b)]

    def _lines(self) -> list[str]:
        try:
            return (self.folder / "CURRENT").read_bytes().decode("ascii", "replace").split()
        except FileNotFoundError:
            return []
        except OSError as error:
            raise IndexingError(
                "the file that names the build in use cannot be read",
                error,
                "Run `python -m index build`.",
            ) from error

    def current(self, held: str = "") -> str:
        """Id of the build in use; ``NoBuildError`` where there is none.

        Where the file that names it is damaged, gone or cannot be read: ``held``, the build that
        whoever asks has open, as long as that is there.
        """
        try:
            lines = self._lines()
        except IndexingError:
            if self.has(held):
                return held
            raise
        for build in (*lines[:1], held, *lines[1:]):
            if self.has(build):
                return build
        if found := self._finished():
            raise IndexingError(
                "the file that names the build in use is empty, damaged or gone",
                f"{self.folder / 'CURRENT'}; builds that are there: {', '.join(found)}",
                "Run `python -m index build`: they are kept.",
            )
        raise NoBuildError("there is no index yet", self.folder, "Run `python -m index build`.")

    def _finished(self) -> list[str]:
        """Ids of all builds that are there, the folder changed last first."""
        if not self.folder.is_dir():
            return []
        found = [f for f in self.folder.iterdir() if self.has(f.name)]
        found.sort(key=lambda f: (f.stat().st_mtime_ns, f.name), reverse=True)
        return [f.name for f in found]

    def use(self, build: str) -> None:
        """Put a build into use: one rename. Where nothing says which were, all others stay."""
        try:
            lines = self._lines()
        except IndexingError:
            lines = []
        there = [b for b in lines if self.has(b)]
        if there[:1] != lines[:1] or not lines:  # damaged or gone: no build is forgotten
            there += self._finished()
        self._point_to([build, *(b for b in dict.fromkeys(there) if b != build)])

    def rollback(self, to: str = "") -> str:
        """Put the build before into use, or an earlier one; the id of the new one.

        The one that was in use goes to the end of the line.
        """
        history = self.history()
        if len(history) < 2:
            raise IndexingError(
                "there is no earlier build to go back to",
                ", ".join(history) or "none",
                "Run `python -m index build`.",
            )
        earlier = history[1:]
        first = to or earlier[0]
        self._point_to([first, *(b for b in earlier if b != first), history[0]])
        return first

    def _point_to(self, history: list[str]) -> None:
        """Put the first of these builds into use."""
        name = name_of(self.path(history[0]))
        if name is not None and self.server is not None:
            self.server.use(name, self.group())
        write_atomically(self.folder / "CURRENT", "\n".join(history).encode("ascii") + b"\n")

    def group(self) -> str:
        """What the names of all builds of this data folder begin with on a server.

        Two data folders may use one server: it is drawn once, and kept beside the builds.
        """
        place = self.folder / _GROUP
        try:
            return place.read_text("ascii").strip()
        except FileNotFoundError:
            drawn = f"duchesse-{secrets.token_hex(4)}"
            write_atomically(place, drawn.encode("ascii") + b"\n")
            return drawn

    def free_name(self, build: str) -> str:
        """Name on the server for a build that is to be made.

        It is the same again where a builder was killed, so that the next one goes on; another
        where a build of this id is there, which may be in use, and is made anew.
        """
        first, number, taken = f"{self.group()}-{build}", 1, self._names()
        name = first
        while name in taken:
            number += 1
            name = f"{first}-{number}"
        return name

    def _names(self) -> set[str]:
        """Names on the server of all builds that are there."""
        found = set()
        for build in self._finished():
            try:
                found.add(name_of(self.path(build)))
            except DamagedBuildError:  # its collections go: nothing tells which they are
                continue
        return {name for name in found if name is not None}

    def tidy_server(self, *more: str) -> None:
        """Remove from the server what belongs to no build that is there, except these names."""
        if self.server is not None:
            self.server.keep(self.group(), self._names() | set(more))

    def put(self, aside: Path, build: str) -> Path:
        """Rename a finished folder to its place; one that stands there is set aside first."""
        place = self.path(build)
        if place.exists():
            os.replace(place, self._free(f"{build}.replaced"))
        os.replace(aside, place)
        sync_folder(self.folder)
        return place

    def reject(self, aside: Path, build: str, reason: str) -> Path:
        """Keep a folder that did not verify, with the reason beside it."""
        place = self._free(f"{build}.failed")
        os.replace(aside, place)
        (place / "REASON").write_text(reason + "\n", "utf-8")
        return place

    def _free(self, name: str) -> Path:
        place = self.folder / name
        number = 1
        while place.exists():
            number += 1
            place = self.folder / f"{name}-{number}"
        return place

    def aside(self, build: str) -> Path:
        """A new empty folder to build in."""
        place = self.folder / f"{build}.tmp"
        place.mkdir(parents=True)
        return place

    def _sweep(self) -> None:
        """Remove what a writer left that was stopped half-way; only under the lock."""
        for left in (*self.folder.glob("*.tmp"), *self.folder.glob(".*.tmp")):
            if left.is_dir():
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)

    def prune(self, keep: int) -> list[str]:
        """Remove builds beyond the ``keep`` newest; never the one in use nor the one before.

        Of those that failed, the ``_FAILED`` newest stay: they say why.
        """
        keepers = set(self.history()[: max(keep, 2)])
        removed: list[str] = []
        if not keepers:  # nothing tells which builds matter
            return removed
        for folder in sorted(self.folder.iterdir()):
            known = _ID.fullmatch(folder.name)
            if folder.is_dir() and (
                (known and folder.name not in keepers) or ".replaced" in folder.name
            ):
                shutil.rmtree(folder, ignore_errors=True)
                removed.append(folder.name)
        failed = [f for f in self.folder.iterdir() if _REJECTED.fullmatch(f.name) and f.is_dir()]
        failed.sort(key=lambda f: (f.stat().st_mtime, f.name), reverse=True)
        for folder in failed[_FAILED:]:
            shutil.rmtree(folder, ignore_errors=True)
            removed.append(folder.name)
        return removed

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the right to write; ``BusyError`` names who holds it and since when."""
        with exclusive(self.folder / "writer.lock", _busy):
            self._sweep()
            yield


def _busy(holder: str) -> BusyError:
    return BusyError("another process is building", holder, "Wait for it, or stop it.")
