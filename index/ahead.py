"""Embedding before a build: by several processes or machines, each for texts of its own."""

from __future__ import annotations

from pathlib import Path

from index.cache import VectorCache
from index.chunks import chunks
from index.embedding import Embedder
from index.encoding import embed
from index.errors import IndexingError
from index.known_questions import known_questions
from index.plan import documents, items
from index.progress import Progress
from index.registry import BuildRegistry
from sources.library import Library

_AT_ONCE = 256  # passages, whose vectors are in memory until they are in the cache


def embed_ahead(
    registry: BuildRegistry,
    library: Library,
    embedder: Embedder,
    progress: Progress,
    only: frozenset[str] = frozenset(),
) -> int:
    """Embed what a build needs, as far as the cache does not have it; of how many passages.

    Nothing is locked and nothing is built: a build finds the vectors in the cache. It can be
    interrupted, and goes on where it stopped.

    Args:
        registry: Where builds are.
        library: The texts.
        embedder: The model that builds use.
        progress: Told how many passages are done.
        only: Works to embed; all where empty.
    """
    texts = documents(registry, library, items(library, (), only), progress)
    passages = [p for d in texts for p in d.passages]
    for start in range(0, len(passages), _AT_ONCE):
        progress("embed", start, len(passages))
        some = passages[start : start + _AT_ONCE]
        pieces = [c for p in some for c in chunks(p)]
        questions = [q.text for q in known_questions(some)]
        embed(registry.cache, embedder, pieces, questions, lambda *_: None)
    progress("embed", len(passages), len(passages))
    return len(passages)


def take(registry: BuildRegistry, file: Path) -> int:
    """Copy what another cache has and this one has not; how many vectors.

    ``IndexingError`` where the file is no cache.

    Args:
        registry: Where builds are.
        file: ``cache/vectors.sqlite3`` of another data folder.
    """
    if not file.is_file():
        raise IndexingError(
            "there is no such cache of vectors",
            file,
            "Give the file cache/vectors.sqlite3 of another data folder.",
        )
    cache = VectorCache(registry.cache)
    try:
        return cache.take(file)
    finally:
        cache.close()
