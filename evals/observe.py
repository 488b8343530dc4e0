"""An assistant that keeps what its last search found, to measure the search as it was used."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from assistant.answerability import AnswerabilityModel
from assistant.answering import Assistant
from assistant.selection import ScoredPassage
from index import embedding
from index.build import Build, check
from index.registry import BuildRegistry
from sources import catalogue
from sources.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from assistant.answer import Outcome
    from index.embedding import Embedder
    from sources.anchor import Lang
    from sources.settings import Settings


class Observed(Assistant):
    """Answers as the assistant does, and keeps the hits of the question."""

    seen: tuple[ScoredPassage, ...] = ()

    def ask(self, *arguments: Any, **named: Any) -> Outcome:
        """See :meth:`assistant.answering.Assistant.ask`; :attr:`seen` is then of this question."""
        self.seen = ()
        return super().ask(*arguments, **named)

    def search(
        self,
        question: str,
        lang: Lang,
        history: Sequence[str] = (),
        works: Sequence[str] = (),
    ) -> list[ScoredPassage]:
        """See :meth:`assistant.answering.Assistant.search`."""
        found = super().search(question, lang, history, works)
        self.seen = tuple(found)
        return found


def observed(
    settings: Settings,
    load: Callable[[], Embedder] | None = None,
    judge: AnswerabilityModel | None = None,
    build_id: str = "",
) -> Observed:
    """The assistant on a build, ready to be observed.

    Args:
        settings: Which data folder and which model.
        load: Gives the embedding model; the configured one by default.
        judge: The calibration; the one in use by default.
        build_id: Of a build on the shelf; the one in use by default.
    """
    registry = BuildRegistry(settings.data)
    if build_id and not registry.has(build_id):
        raise UsageError("there is no such build", build_id, "See `python -m index status`.")
    name = build_id or registry.current()  # say what is wrong before the model is loaded
    build = Build(registry.path(name))
    check(build.manifest, settings)
    return Observed(
        build,
        load() if load else embedding.load(settings),
        catalogue.load(settings.data / "catalogue.toml"),
        judge or AnswerabilityModel.of(settings.data, build.manifest.model.name),
        max_question=settings.max_question,
    )
