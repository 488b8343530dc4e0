"""The service that answers questions: holds the model and the build in use.

Each question is answered from one build only. A new build is opened while the old one
is in use, and replaces it between two questions; the old one is closed after its last reader.
"""

from __future__ import annotations

import gc
import logging
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from assistant.language import identifier
from index import embedding
from index.build import Build, check
from index.errors import DamagedBuildError
from index.manifest import NAME as MANIFEST
from index.registry import BuildRegistry

if TYPE_CHECKING:
    from assistant.answer import Outcome
    from assistant.answering import Assistant
    from index.embedding import Embedder
    from sources.anchor import Lang
    from sources.settings import Settings

T = TypeVar("T")

_LOG = logging.getLogger(__name__)
# Asked of every text, they need what most do: the reranker, definitions, numbers in words.
_FIRST: dict[Lang, tuple[str, ...]] = {
    "fr": ("Quelles sont les obligations prévues ?", "Combien de jours sont prévus ?"),
    "nl": ("Welke verplichtingen zijn er voorzien?", "Hoeveel dagen zijn er voorzien?"),
}
_EXAMPLES = 4  # questions that a reader who begins is shown


class AnswerService:
    """Answers questions from the build in use; safe for several threads."""

    def __init__(self, settings: Settings, embedder: Embedder | None = None) -> None:
        self.settings = settings
        self._registry = BuildRegistry.of(settings)
        self._registry.current()  # say that there is no build before the model is loaded
        self._embedder = embedder
        self._lock = threading.Lock()
        self._assistant: Assistant | None = None
        self._opened: tuple[str, int] = ("", 0)
        self._ended = False
        self._examples: dict[tuple[str, Lang], tuple[str, ...]] = {}  # by build and language

    def assistant(self) -> Assistant:
        """The assistant of the build in use now."""
        assistant = self._assistant
        if assistant is not None and self._opened == self._state(self._current()):
            return assistant
        with self._lock:
            current = self._current()  # while this thread waited, another may have come
            state = self._state(current)
            if self._assistant is None or self._opened != state:
                if self._assistant and self._assistant.build.id == current:
                    # Made again under its own id. Chroma knows a folder by its name only, so the
                    # old one must be let go of first; who reads it asks again.
                    self._assistant.build.close()
                if self._assistant:
                    gc.unfreeze()  # see assistant.loading: the old one is garbage soon
                self._assistant, self._opened = self._open(current), state
            return self._assistant

    def examples(self, lang: Lang) -> tuple[str, ...]:
        """Example questions about the texts of the build in use, found once for each build."""
        from assistant.examples import examples

        def found(assistant: Assistant) -> tuple[str, ...]:
            key = (assistant.build.id, lang)
            if key not in self._examples:
                made = examples(assistant, lang, _EXAMPLES)
                kept = {k: own for k, own in self._examples.items() if k[0] == key[0]}
                self._examples = {**kept, key: made}
                return made
            return self._examples[key]

        return self._from_one_build(found)

    def warm(self) -> None:
        """Load what the first question would wait for; what fails is logged: nobody has asked."""
        for lang, questions in _FIRST.items():
            try:
                for question in questions:
                    self.assistant().ask(question, lang)
                self.examples(lang)
            except Exception:  # noqa: BLE001 - the first question will try again, and be told
                if self._ended:
                    return
                _LOG.warning("what the first question needs was not loaded", exc_info=True)

    def end(self) -> None:
        """Nobody will ask any more: what is still being loaded fails in silence."""
        self._ended = True

    def _current(self) -> str:
        """Id of the build to answer from; the open one where the file that names it is damaged."""
        assistant = self._assistant
        return self._registry.current(assistant.build.id if assistant else "")

    def _state(self, name: str) -> tuple[str, int]:
        """A value that changes when another folder comes into use, even one of the same name."""
        try:
            return name, (self._registry.path(name) / MANIFEST).stat().st_ino
        except OSError:  # between two renames; opening it will say what is wrong
            return name, 0

    def _open(self, name: str) -> Assistant:
        # Models are read and unpacked without Python's lock, while this thread imports llama-index.
        with ThreadPoolExecutor(1) as aside:
            loaded = aside.submit(self._load)
            from assistant.answering import Assistant

            build = Build(self._registry.path(name), self._registry.server)
            check(build.manifest, self.settings)
            self._embedder = loaded.result()
            return Assistant.of(build, self.settings, self._embedder)

    def _load(self) -> Embedder:
        embedder = self._embedder or embedding.load(self.settings)
        identifier()
        return embedder

    def ask(
        self,
        question: str,
        lang: Lang | None = None,
        *,
        page: Lang | None = None,
        history: Sequence[str] = (),
    ) -> Outcome:
        """See :meth:`assistant.answering.Assistant.ask`; repeated if the build is replaced."""
        page = page or self.settings.lang
        return self._from_one_build(lambda a: a.ask(question, lang, page=page, history=history))

    def _from_one_build(self, work: Callable[[Assistant], T]) -> T:
        """What is done with a build; again, if it is replaced meanwhile."""
        assistant = self.assistant()
        try:
            return work(assistant)
        except DamagedBuildError:
            if (now := self.assistant()) is assistant:
                raise
            return work(now)
