"""A build from nothing: how long it takes, and how much of that is embedding."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from bench.builds import Counting
from sources.settings import Settings


class _EmbeddingTime:
    """Seconds from the moment that the model is there to the last text that it has embedded."""

    def __init__(self) -> None:
        self.seconds, self._since = 0.0, 0.0

    def __call__(self, stage: str, done: int, total: int) -> None:
        """See :class:`index.progress.Progress`."""
        if stage == "model" and done == total:
            self._since = time.perf_counter()
        elif stage.startswith("embed"):
            self.seconds = time.perf_counter() - self._since


def measure(data: Path, passages: int, *, drawn: bool) -> dict[str, Any]:
    """Build so many passages in a data folder, 0 for what ships; seconds and bytes.

    Args:
        data: Where; the weights of the model are expanded there if they are not there yet.
        passages: How many.
        drawn: Draw their vectors by chance instead of embedding them.
    """
    from bench import texts
    from bench.generated import DrawnVectors
    from index import embedding, embedding_server
    from index.builder import build
    from index.registry import BuildRegistry

    settings = Settings.read().model_copy(update={"data": data})
    library = texts.library(data, passages)
    start = time.perf_counter()
    model = embedding_server.for_builds(settings)
    loading = time.perf_counter() - start
    counting = Counting(DrawnVectors(embedding.load(settings)) if drawn else model)
    registry, embedded = BuildRegistry(data), _EmbeddingTime()
    start = time.perf_counter()
    made = build(registry, library, lambda: counting, settings, embedded)
    folder = registry.path(made.build)
    return {
        "passages": made.passages,
        "texts_embedded": counting.count,
        "weights_seconds": loading,
        "seconds": time.perf_counter() - start,
        "embedding_seconds": embedded.seconds,
        "disk": sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()),
        "tokens": (folder / "tokens.bin").stat().st_size,
    }
