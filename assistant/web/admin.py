"""What an administrator sees of the index and does with it: rebuild, compare, go back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Literal, NamedTuple

from assistant.web.markup import render as html
from index import embedding, embedding_server
from index.builder import build, roll_back
from index.diff import Difference, compare
from index.errors import IndexingError
from index.manifest import Manifest, intact
from index.plan import plan
from index.registry import BuildRegistry
from sources.errors import DuchesseError, told
from sources.library import Library

if TYPE_CHECKING:
    from index.embedding import Embedder
    from sources.anchor import Lang
    from sources.bilingual import Bilingual
    from sources.settings import Settings

_LOG = logging.getLogger(__name__)
_MOST = 50  # differences shown


class RebuildProgress(NamedTuple):
    """How far a rebuild is."""

    stage: str = ""
    done: int = 0
    total: int = 0


class ActionResult(NamedTuple):
    """How the last thing done to the index ended: the build in use now, or why it failed."""

    done: bool
    detail: str


@dataclass(frozen=True, slots=True)
class SourceState:
    """A text of the catalogue and what has become of it."""

    title: Bilingual
    id: str
    state: Literal["indexed", "ready", "known"]
    langs: str


@dataclass(frozen=True, slots=True)
class IndexState:
    """How the index is, as files say it: builds, what has changed since, and what differs.

    Attributes:
        builds: Manifests of the builds, the one in use first.
        used: That of the one in use, None where there is none, or it is damaged.
        damaged: Ids of builds whose manifest cannot be read.
        pending: What would change, as (kind of change, edition).
        sources: The texts of the catalogue.
        differences: Of the two newest builds, the first of them.
        more: Are there more of them?
    """

    builds: tuple[Manifest, ...] = ()
    used: Manifest | None = None
    damaged: tuple[str, ...] = ()
    pending: tuple[tuple[str, str], ...] = ()
    sources: tuple[SourceState, ...] = ()
    differences: tuple[Difference, ...] = ()
    more: bool = False


class Administration:
    """Rebuilds and rolls back the index of one data folder; one rebuild at a time."""

    def __init__(self, settings: Settings, load: Callable[[], Embedder] | None = None) -> None:
        self._settings = settings
        self._load = load or (lambda: embedding_server.for_builds(settings))
        self._registry = BuildRegistry.of(settings)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._progress = RebuildProgress()
        self._state: IndexState | None = None
        self.result: ActionResult | None = None

    @property
    def running(self) -> bool:
        """Is a rebuild under way?"""
        return self._thread is not None and self._thread.is_alive()

    def rebuild(self) -> threading.Thread | None:
        """Build what has changed, in a thread of its own; None where one is under way."""
        with self._lock:
            if self.running:
                return None
            self._progress, self.result = RebuildProgress(), None
            self._thread = threading.Thread(target=self._rebuild, daemon=True)
            self._thread.start()
            return self._thread

    def _rebuild(self) -> None:
        def progress(stage: str, done: int, total: int) -> None:
            self._progress = RebuildProgress(stage, done, total)

        try:
            library = Library.of(self._settings)
            made = build(self._registry, library, self._load, self._settings, progress)
            self.result = ActionResult(done=True, detail=made.build)
        except Exception as error:  # noqa: BLE001 - the build in use stays
            self.fail(error)

    def roll_back(self) -> None:
        """Put the build before into use; ``DuchesseError`` where that cannot be."""
        self.result = ActionResult(done=True, detail=roll_back(self._registry).build)

    def report(self, lang: Lang) -> str:
        """HTML for an administrator.

        While a rebuild is under way, how the index was before: only its progress is new.
        """
        running, unread = self.running, ""
        if self._state is None or not running:
            try:
                self._state = self._read()
            except Exception as error:  # noqa: BLE001 - what was read before is shown, and this said
                unread = _told(error)
        return html(
            "admin.html",
            lang,
            state=self._state or IndexState(),
            running=running,
            unread=unread,
            progress=self._progress,
            result=self.result,
        )

    def _read(self) -> IndexState:
        history = self._registry.history()
        read = {b: intact(self._registry.path(b)) for b in history}
        used = read[history[0]] if history else None
        library = Library.of(self._settings)
        would = plan(self._registry, library, embedding.identify(self._settings))
        found, more = self._differences(history)
        return IndexState(
            tuple(m for m in read.values() if m),
            used,
            tuple(b for b, m in read.items() if m is None),
            tuple((kind, name) for kind, names in would.changes.items() for name in names),
            tuple(_sources(library, used)),
            found,
            more,
        )

    def fail(self, error: Exception) -> None:
        """Say in the report why something could not be done."""
        self.result = ActionResult(done=False, detail=_told(error))

    def _differences(self, history: list[str]) -> tuple[tuple[Difference, ...], bool]:
        """Of the two newest builds, and whether there are more than are shown."""
        if len(history) < 2:
            return (), False
        new, old = (self._registry.path(b) for b in history[:2])
        try:
            found = list(islice(compare(old, new), _MOST + 1))
        except IndexingError:  # one of them is damaged; the list of builds says so
            return (), False
        return tuple(found[:_MOST]), len(found) > _MOST


def _told(error: Exception) -> str:
    if not isinstance(error, DuchesseError):
        _LOG.error("the index could not be read or changed", exc_info=error)
    return str(told(error))


def _sources(library: Library, used: Manifest | None) -> Iterator[SourceState]:
    indexed = {(d.work, d.lang) for d in used.documents} if used else set()
    readable = {(e.source.id, e.lang) for e in library.editions()}
    for source in library.catalogue:
        langs = [la for w, la in sorted(indexed | readable) if w == source.id]
        works = {w for w, _ in indexed}
        state: Literal["indexed", "ready", "known"] = (
            "indexed" if source.id in works else "ready" if langs else "known"
        )
        yield SourceState(source.shown, source.id, state, ", ".join(langs))
