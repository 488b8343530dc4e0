"""The cited texts on their way: each fetched and indexed behind the page, one after another.

The page is open meanwhile and answers from the build in use. Each text comes into use with a
build of its own, of the texts before it and this one: so the first can be asked about while the
next is indexed, and whoever stops the page loses the text under way and no other. What else an
administrator has prepared or gone back from is left as it is.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from index import embedding_server
from index.builder import build
from index.errors import BusyError
from index.manifest import ever_indexed
from index.plan import new_cited
from index.registry import BuildRegistry
from sources import acquire
from sources.anchor import LANGS, Lang
from sources.cited import COMMAND, CitedText, cited, fetching, missing
from sources.errors import (
    DuchesseError,
    NotPublishedError,
    TakenError,
    TooSlowError,
    UnreachableError,
    told,
)
from sources.library import Library
from sources.names import work_of

if TYPE_CHECKING:
    from index.build import Build
    from index.embedding import Embedder
    from index.progress import Progress
    from sources.fetch import Fetcher
    from sources.settings import Settings

_LOG = logging.getLogger(__name__)
_AGAIN = 2.0  # seconds between two looks at whether another process has ended
_FETCHING = 0.1  # share of fetching in the whole work, which is mostly embedding
# How far the indexing of a text is when a stage of it begins.
_STAGES = {"read": 0.0, "model": 0.05, "embed vector": 0.1, "embed tokens": 0.5, "verify": 0.95}

Reason = Literal["off", "absent", "unreachable", "slow", "unpublished", "refused", "ready"]


class _StoppedError(Exception):
    """The page is stopped."""


@dataclass(frozen=True, slots=True)
class ArrivalState:
    """How far the work is.

    Attributes:
        stage: Not begun, under way, or ended.
        expected: Works that are to come.
        received: Those that have been fetched, or could not be.
        indexed: Those that can be asked about by now, in the order in which they came.
        current: The work that is being fetched or indexed.
        part: How much of its indexing is done, from 0 to 1.
        failures: Why a language of a work is not here.
        error: Why the texts that are here could not be indexed.
    """

    stage: Literal["idle", "fetching", "indexing", "ended"] = "idle"
    expected: tuple[str, ...] = ()
    received: int = 0
    indexed: tuple[str, ...] = ()
    current: str = ""
    part: float = 0.0
    failures: Mapping[tuple[str, Lang], DuchesseError] = field(
        default_factory=lambda: MappingProxyType({})
    )
    error: DuchesseError | None = None

    @property
    def share(self) -> float:
        """How much of all work is done, from 0 to 1."""
        whole = len(self.expected) or 1
        done = _FETCHING * self.received + (1 - _FETCHING) * (len(self.indexed) + self.part)
        return min(done / whole, 1.0)


@dataclass(frozen=True, slots=True)
class MissingText:
    """A cited text that cannot be asked about, or not in every language.

    Attributes:
        work: The text.
        langs: The languages that are missing.
        reason: Why.
    """

    work: str
    langs: tuple[Lang, ...]
    reason: Reason


class Arrivals:
    """Brings the cited texts of one data folder in, once; safe to be looked at meanwhile."""

    def __init__(
        self,
        settings: Settings,
        *,
        load: Callable[[], Embedder] | None = None,
        fetcher: Fetcher | None = None,
        tell: Callable[[str], None] = lambda _: None,
    ) -> None:
        """``tell`` takes what is for the terminal, a line at a time."""
        self._settings = settings
        self._load = load or (lambda: embedding_server.for_builds(settings))
        self._fetcher = fetcher
        self._tell = tell
        self._embedder: Embedder | None = None
        self._ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._listed: tuple[tuple[str, ArrivalState], list[MissingText]] | None = None
        self.state = ArrivalState()

    @property
    def running(self) -> bool:
        """Are texts on their way?"""
        return self.state.stage in ("fetching", "indexing")

    def start(self) -> threading.Thread | None:
        """Begin, in a thread of its own; None where the settings have nothing fetched."""
        if self._settings.fetch == "never" or self._thread:
            return None
        self.state = ArrivalState("fetching")
        self._thread = threading.Thread(target=self._run, name="arrivals", daemon=True)
        self._thread.start()
        return self._thread

    def stop(self, seconds: float = 0.0) -> None:
        """Leave off at the next step, waited for so long; what was done by then stays."""
        self._ending.set()
        if self._thread:
            self._thread.join(seconds)

    def missing(self, build: Build) -> list[MissingText]:
        """The cited texts that a build lacks; those that somebody has taken out do not count."""
        state = replace(self.state, part=0.0)  # which changes with each step, and lacks nothing
        key, listed = (build.id, state), self._listed
        if listed is None or listed[0] != key:
            self._listed = listed = key, self._lacking(build, state)
        return listed[1]

    def _lacking(self, build: Build, state: ArrivalState) -> list[MissingText]:
        here, before = build.entries.keys(), ever_indexed(self._settings.data)
        found: list[MissingText] = []
        for text in cited(Library.of(self._settings)):
            work = text.source.id
            langs = [la for la in LANGS if (work, la) not in here and (work, la) not in before]
            if langs and not text.removed:
                found.append(self._why(text, tuple(langs), state))
        return found

    def _why(self, text: CitedText, langs: tuple[Lang, ...], state: ArrivalState) -> MissingText:
        work = text.source.id
        errors = [e for la in langs if (e := state.failures.get((work, la)))]
        if not errors:
            never = self._settings.fetch == "never"
            stored = set(langs) <= set(text.stored)
            return MissingText(work, langs, "ready" if stored else "off" if never else "absent")
        reasons: dict[type[DuchesseError], Reason] = {
            UnreachableError: "unreachable",
            TooSlowError: "slow",
            NotPublishedError: "unpublished",
        }
        # That one language is not published does not tell why there is none at all.
        errors.sort(key=lambda error: isinstance(error, NotPublishedError))
        return MissingText(work, langs, reasons.get(type(errors[0]), "refused"))

    # The work

    def _run(self) -> None:
        try:
            self._bring()
        except _StoppedError:
            return
        except Exception as error:  # noqa: BLE001 - the page goes on with what it has
            if not isinstance(error, DuchesseError):
                _LOG.exception("the cited texts could not be brought in")
            self._end(told(error))
        finally:
            self._embedder = None  # a gigabyte

    def _bring(self) -> None:
        new = self._new()
        expected = [t.source.id for t in self._texts() if not t.stored or t.source.id in new]
        self.state = ArrivalState("fetching", tuple(expected))
        if expected:
            self._tell(f"{len(expected)} cited text(s) on the way; DUCHESSE_FETCH=never stops that")
        while True:
            try:
                with fetching(self._settings.data):
                    self._fetch_and_index()
            except TakenError:  # its texts come into use here too; then there is less to do
                self._pause()
            else:
                self._end()
                return

    def _texts(self) -> list[CitedText]:
        return [t for t in cited(Library.of(self._settings)) if not t.removed]

    def _new(self) -> list[str]:
        library = Library.of(self._settings)
        return [text.source.id for text in new_cited(self._settings.data, library)]

    def _fetch_and_index(self) -> None:
        """Fetch what lacks, and index each text before the next: none waits for a slow one."""
        wanted = missing(self._texts())
        left = Counter(work_of(celex) for celex, _ in wanted)
        fetcher = self._fetcher or acquire.fetcher(self._settings)
        self._received(left)
        self._index(left)  # what an earlier start fetched
        library = Library.of(self._settings)
        for attempt in acquire.fetch_each(library, fetcher, self._told(wanted)):
            work = work_of(attempt.celex)
            left[work] -= 1
            if isinstance(attempt.result, DuchesseError):
                failures = {**self.state.failures, (work, attempt.lang): attempt.result}
                self.state = replace(self.state, failures=failures)
            self._received(left)
            self._index(left)

    def _told(self, wanted: list[tuple[str, Lang]]) -> Iterator[tuple[str, Lang]]:
        """What is wanted, each noted as it is asked for."""
        for celex, lang in wanted:
            self._go_on()
            self.state = replace(self.state, stage="fetching", current=work_of(celex))
            yield celex, lang

    def _received(self, left: Counter[str]) -> None:
        received = sum(not left[work] for work in self.state.expected)
        self.state = replace(self.state, received=received)

    def _index(self, left: Counter[str]) -> None:
        """Index what is new, but for texts of which a language is left to be asked for."""
        for work in self._new():
            if left[work]:
                continue
            self.state = replace(self.state, stage="indexing", current=work, part=0.0)
            self._build(work)
            indexed = (*self.state.indexed, work)
            self.state = replace(self.state, indexed=indexed, part=0.0)

    def _build(self, work: str) -> None:
        settings = self._settings
        while True:
            registry, library = BuildRegistry.of(settings), Library.of(settings)
            try:
                build(registry, library, self._model, settings, self._step(), frozenset({work}))
            except BusyError:
                self._pause()
            else:
                return

    def _model(self) -> Embedder:
        """The model of this thread: one that answers meanwhile is not to be shared."""
        if self._embedder is None:
            self._embedder = self._load()
        return self._embedder

    def _step(self) -> Progress:
        """Takes how far a build is, in texts of the whole index; most are in the cache."""
        stages = list(_STAGES)
        first: dict[str, int] = {}

        def progress(stage: str, done: int, total: int) -> None:
            self._go_on()
            if stage not in _STAGES:
                return
            after = stages.index(stage) + 1
            begin, end = _STAGES[stage], _STAGES[stages[after]] if after < len(stages) else 1.0
            start = first.setdefault(stage, done)
            part = (done - start) / (total - start) if total > start else 1.0
            self.state = replace(self.state, part=begin + (end - begin) * part)

        return progress

    def _go_on(self) -> None:
        if self._ending.is_set():
            raise _StoppedError

    def _pause(self) -> None:
        if self._ending.wait(_AGAIN):
            raise _StoppedError

    def _end(self, error: DuchesseError | None = None) -> None:
        self.state = state = replace(self.state, stage="ended", current="", error=error)
        if state.indexed:
            self._tell(f"cited texts in the index now: {', '.join(state.indexed)}")
        said: dict[tuple[str, str], tuple[DuchesseError, list[Lang]]] = {}
        for (work, lang), why in state.failures.items():
            about = "" if isinstance(why, UnreachableError) else work
            said.setdefault((about, why.what), (why, []))[1].append(lang)
        for (work, _), (why, langs) in said.items():
            about = f"{work} ({', '.join(langs)}): " if work else ""
            self._tell(f"not fetched: {about}{why}")
        if error:
            self._tell(f"cited texts: {error}")
        if state.failures or error:
            self._tell(f"by hand: `{COMMAND}`, then `python -m index build`")
