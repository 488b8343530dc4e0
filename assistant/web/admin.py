"""What an administrator sees of the index and does with it: rebuild, compare, go back."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
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
from sources.errors import DuchesseError
from sources.library import Library

if TYPE_CHECKING:
    from index.embedding import Embedder
    from index.plan import Plan
    from sources.anchor import Lang
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

    title: str
    id: str
    state: Literal["indexed", "ready", "known"]
    langs: str


class Administration:
    """Rebuilds and rolls back the index of one data folder; one rebuild at a time."""

    def __init__(self, settings: Settings, load: Callable[[], Embedder] | None = None) -> None:
        self._settings = settings
        self._load = load or (lambda: embedding_server.for_builds(settings))
        self._registry = BuildRegistry.of(settings)
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._progress = RebuildProgress()
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
        except DuchesseError as error:
            self.fail(error)
        except Exception as error:  # noqa: BLE001 - the build in use stays; the log has the rest
            _LOG.exception("a rebuild failed")
            self.result = ActionResult(done=False, detail=type(error).__name__)

    def roll_back(self) -> None:
        """Put the build before into use; ``DuchesseError`` where that cannot be."""
        self.result = ActionResult(done=True, detail=roll_back(self._registry).build)

    def report(self, lang: Lang) -> str:
        """HTML for an administrator."""
        history = self._registry.history()
        read = {b: intact(self._registry.path(b)) for b in history}
        builds = [m for m in read.values() if m]
        used = read[history[0]] if history else None
        library = Library.of(self._settings)
        found, more = self._differences(history)
        return html(
            "admin.html",
            lang,
            builds=builds,
            used=used,
            damaged=[b for b, m in read.items() if m is None],
            running=self.running,
            progress=self._progress,
            result=self.result,
            pending=_pending(plan(self._registry, library, embedding.identify(self._settings))),
            sources=_sources(library, used, lang),
            differences=found,
            more=more,
        )

    def fail(self, error: DuchesseError) -> None:
        """Say in the report why something could not be done."""
        self.result = ActionResult(done=False, detail=str(error))

    def _differences(self, history: list[str]) -> tuple[list[Difference], bool]:
        """Of the two newest builds, and whether there are more than are shown."""
        if len(history) < 2:
            return [], False
        new, old = (self._registry.path(b) for b in history[:2])
        try:
            found = list(islice(compare(old, new), _MOST + 1))
        except IndexingError:  # one of them is damaged; the list of builds says so
            return [], False
        return found[:_MOST], len(found) > _MOST


def _pending(would: Plan) -> list[tuple[str, str]]:
    return [(kind, name) for kind, names in would.changes.items() for name in names]


def _sources(library: Library, used: Manifest | None, lang: Lang) -> list[SourceState]:
    indexed = {(d.work, d.lang) for d in used.documents} if used else set()
    readable = {(e.source.id, e.lang) for e in library.editions()}
    found: list[SourceState] = []
    for source in library.catalogue:
        langs = [la for w, la in sorted(indexed | readable) if w == source.id]
        works = {w for w, _ in indexed}
        state: Literal["indexed", "ready", "known"] = (
            "indexed" if source.id in works else "ready" if langs else "known"
        )
        found.append(SourceState(source.shown[lang], source.id, state, ", ".join(langs)))
    return found
