"""Embedding what a build holds, as far as the cache does not have it."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from index import cache
from index.cache import VectorCache, Want
from index.chunks import Chunk, chunks
from index.embedding import Embedder, ModelId, Side
from index.errors import IndexingError
from index.known_questions import known_questions
from index.progress import Progress
from sources.model import Passage


def _wanted(
    pieces: Sequence[Chunk], questions: Sequence[str]
) -> Iterator[tuple[str, Want, Side, Sequence[str]]]:
    """Stage, what is wanted, on which side of the model, and of which texts."""
    yield "embed vector", "vector", "passage", [c.text for c in pieces]
    yield "embed tokens", "tokens", "passage", [c.embedded for c in pieces]
    yield "embed questions", "vector", "query", questions


@dataclass(frozen=True, slots=True)
class EncodingWork:
    """How much there is to embed.

    Attributes:
        texts: Different texts, each counted for each thing that is wanted of it.
        missing: Those that the cache does not have.
    """

    texts: int
    missing: int


def work(folder: Path, model: ModelId | None, passages: Sequence[Passage]) -> EncodingWork:
    """What :func:`embed` would have to do; all of it where the model is not known yet."""
    pieces = [c for p in passages for c in chunks(p)]
    questions = [q.text for q in known_questions(passages)]
    wanted = [(w, side, texts) for _, w, side, texts in _wanted(pieces, questions)]
    if model is None or not folder.is_dir():
        count = sum(len(set(texts)) for _, _, texts in wanted)
        return EncodingWork(count, count)
    keys = {cache.key(model, w, t, side) for w, side, texts in wanted for t in texts}
    store = VectorCache(folder)
    try:
        return EncodingWork(len(keys), sum(store.get(k) is None for k in keys))
    finally:
        store.close()


def embed(
    folder: Path,
    embedder: Embedder,
    pieces: Sequence[Chunk],
    questions: Sequence[str],
    progress: Progress,
) -> tuple[NDArray[np.float32], list[bytes], NDArray[np.float32]]:
    """Vectors of the texts, shape (chunks, dimension), packed token vectors, and of questions.

    The vector is of the text alone, the token vectors are of the text under its heading: each is
    better at its own work so, and the two err in different places (docs/evaluation.md).
    """
    store = VectorCache(folder)
    got: list[list[bytes]] = []
    try:
        for stage, want, side, texts in _wanted(pieces, questions):
            done: list[bytes | None] = []
            for done in cache.encode(embedder, store, texts, want, side=side):
                progress(stage, sum(d is not None for d in done), len(texts))
            got.append([d for d in done if d is not None])
    except sqlite3.Error as error:
        raise IndexingError(
            "the cache of vectors cannot be written",
            f"{folder} ({error})",
            "Make room on the disk.",
        ) from error
    finally:
        store.close()
    vectors, tokens, of_questions = got
    return _matrix(vectors, embedder.id), tokens, _matrix(of_questions, embedder.id)


def _matrix(rows: Sequence[bytes], model: ModelId) -> NDArray[np.float32]:
    return np.frombuffer(b"".join(rows), np.float32).reshape(len(rows), model.dimension)
