"""The assistant that is measured: as the page uses it, on any build."""

from __future__ import annotations

from typing import TYPE_CHECKING

from assistant.answerability import AnswerabilityModel
from assistant.answering import Assistant
from index import embedding
from index.build import Build, check
from index.registry import BuildRegistry
from sources.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from index.embedding import Embedder
    from index.search import SearchOptions
    from sources.settings import Settings


def assistant_for(
    settings: Settings,
    load: Callable[[], Embedder] | None = None,
    model: AnswerabilityModel | None = None,
    build_id: str = "",
    options: SearchOptions | None = None,
) -> Assistant:
    """The assistant on a build, as the page has it.

    Args:
        settings: Which data folder and which model.
        load: Gives the embedding model; the configured one by default.
        model: The calibration; the one in use by default.
        build_id: Of a build that is there; the one in use by default.
        options: What the search uses of the build; all by default.
    """
    registry = BuildRegistry.of(settings)
    if build_id and not registry.has(build_id):
        raise UsageError("there is no such build", build_id, "See `python -m index status`.")
    name = build_id or registry.current()  # say what is wrong before the model is loaded
    build = Build(registry.path(name), registry.server)
    check(build.manifest, settings)
    embedder = load() if load else embedding.load(settings)
    return Assistant.of(build, settings, embedder, model=model, options=options)
