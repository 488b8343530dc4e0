"""Embedding before a build: shared by processes and machines, and never done twice."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

import pytest

from index.ahead import embed_ahead, take
from index.embedding import Encoded, Side
from index.errors import IndexingError
from index.registry import BuildRegistry
from sources.settings import Settings
from tests.index.fake import FakeEmbedder, harbour, make, quiet, settings_for

PORTS, ACT = "ports-2031", "celex:32031L0007"


class _Interrupted(FakeEmbedder):
    """Stopped by Ctrl-C at the second request."""

    def encode(self, texts: Sequence[str], side: Side) -> list[Encoded]:
        if self.seen:
            raise KeyboardInterrupt
        return super().encode(texts, side)


def ahead(settings: Settings, *works: str, embedder: FakeEmbedder | None = None) -> FakeEmbedder:
    """The embedder, with what it was asked for."""
    own = embedder or FakeEmbedder()
    embed_ahead(BuildRegistry.of(settings), harbour(), own, quiet, frozenset(works))
    return own


def cache_of(settings: Settings) -> Path:
    return settings.data / "cache" / "vectors.sqlite3"


def test_a_build_embeds_nothing_of_what_several_have_shared_among_them(settings: Settings) -> None:
    ports, act = ahead(settings, PORTS), ahead(settings, ACT)
    assert ports.seen
    assert act.seen
    assert not set(ports.seen) & set(act.seen)
    last = FakeEmbedder()
    make(settings, harbour(), last)
    assert last.seen == []


def test_no_build_is_made_and_none_has_to_wait(settings: Settings, registry: BuildRegistry) -> None:
    with registry.writing():  # somebody builds
        ahead(settings)
    assert registry.history() == []


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path, settings: Settings) -> None:
    whole = ahead(settings_for(tmp_path / "other"))
    first = _Interrupted()
    with pytest.raises(KeyboardInterrupt):
        ahead(settings, embedder=first)
    again = ahead(settings)
    assert first.seen
    assert sorted(first.seen + again.seen) == sorted(whole.seen)


def test_what_another_machine_embedded_is_taken_once(tmp_path: Path, settings: Settings) -> None:
    other = settings_for(tmp_path / "other")
    embedded = ahead(other, ACT)
    ahead(settings, PORTS)
    assert take(BuildRegistry.of(settings), cache_of(other)) == len(embedded.seen)
    assert take(BuildRegistry.of(settings), cache_of(other)) == 0
    last = FakeEmbedder()
    make(settings, harbour(), last)
    assert last.seen == []


@pytest.mark.parametrize("content", [None, b"", b"no database", "another"])
def test_a_file_that_is_no_cache_is_refused_and_nothing_is_lost(
    tmp_path: Path, settings: Settings, content: bytes | str | None
) -> None:
    ahead(settings)
    file = tmp_path / "vectors.sqlite3"
    if isinstance(content, bytes):
        file.write_bytes(content)
    elif content:
        with sqlite3.connect(file) as db:
            db.execute("CREATE TABLE encoded (id INTEGER)")
        db.close()
    with pytest.raises(IndexingError, match="vectors"):
        take(BuildRegistry.of(settings), file)
    assert ahead(settings).seen == []
