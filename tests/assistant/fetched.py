"""An assistant over acts that a server on loopback gives, beside the declaration."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.service import AnswerService
from index.builder import build
from index.registry import BuildRegistry
from sources import acquire
from sources.anchor import Lang
from sources.library import Library
from sources.progress import Bar
from sources.settings import Settings
from tests.sources.cellar import Answer as Reply
from tests.sources.cellar import CellarServer

if TYPE_CHECKING:
    from assistant.answering import Assistant
    from index.embedding import Embedder


def fetched(folder: Path, acts: Mapping[tuple[str, Lang], bytes]) -> tuple[Settings, list[str]]:
    """The settings of a folder with these acts, by CELEX number and language, and what was told."""
    told: list[str] = []
    with CellarServer({key: Reply(body=body) for key, body in acts.items()}) as server:
        settings = Settings(data=folder, cellar_url=server.url)
        library, source = Library.of(settings), acquire.fetcher(settings)
        for celex, lang in acts:
            got = acquire.fetch(library, source, celex, lang, Bar("", quiet=True))
            told += got.warnings
    return settings, told


@contextmanager
def answering(settings: Settings, embedder: Embedder) -> Iterator[Assistant]:
    """An assistant over what is in a folder, which is built first."""
    registry = BuildRegistry(settings.data)
    build(registry, Library.of(settings), lambda: embedder, settings, lambda *_: None)
    assistant = AnswerService(settings, embedder).assistant()
    yield assistant
    assistant.build.close()
