"""The vectors that ship are those that the model gives, for every question that ships."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index import cache, shipped_vectors
from index.cache import VectorCache
from index.embedding import Embedder
from sources.library import Library
from tests.index.fake import FakeEmbedder
from training.shipped_vectors import questions, vectors


@pytest.fixture
def asked(tmp_path: Path) -> list[str]:
    found = questions(Library(tmp_path))
    if not found:
        pytest.skip("no text ships with questions")
    return found


def test_every_question_that_ships_has_its_vector(asked: list[str], embedder: Embedder) -> None:
    keys = [cache.key(embedder.id, "vector", q, "query") for q in asked]
    without = [q for q, k in zip(asked, keys, strict=True) if shipped_vectors.get(k) is None]
    assert not without, "run python -m training.shipped_vectors"


def test_a_shipped_vector_is_what_the_model_gives(asked: list[str], embedder: Embedder) -> None:
    for key, vector in vectors(embedder, asked[:: len(asked) // 20]).items():
        shipped = shipped_vectors.get(key)
        assert shipped is not None
        assert vector @ shipped == pytest.approx(1, abs=1e-6)
        assert shipped @ shipped == pytest.approx(1, abs=1e-6)


def test_what_ships_is_not_embedded(
    asked: list[str], embedder: Embedder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    unused = FakeEmbedder(embedder.id)
    store = VectorCache(tmp_path)
    try:
        *_, done = cache.encode(unused, store, asked[:3], "vector", side="query")
    finally:
        store.close()
    assert None not in done
    assert unused.seen == []


def test_another_model_or_text_has_none(asked: list[str], embedder: Embedder) -> None:
    for model, text in ((FakeEmbedder().id, asked[0]), (embedder.id, asked[0] + "?")):
        assert shipped_vectors.get(cache.key(model, "vector", text, "query")) is None


def test_vectors_come_back_as_they_were_written(tmp_path: Path) -> None:
    path = tmp_path / "vectors.safetensors"
    kept = np.array([0.6, 0.8], np.float32)
    shipped_vectors.write(path, {"ab" * 32: kept, "cd" * 32: kept[::-1]})
    found = shipped_vectors.get("ab" * 32, path)
    assert found is not None
    np.testing.assert_allclose(found, kept, atol=1e-3)
    assert found @ found == pytest.approx(1, abs=1e-6)


@pytest.mark.parametrize("content", [None, b"", b"no safetensors"])
def test_an_unreadable_file_has_no_vectors(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "vectors.safetensors"
    if content is not None:
        path.write_bytes(content)
    assert shipped_vectors.get("ab" * 32, path) is None
