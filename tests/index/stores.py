"""The vector stores that the same tests are held against: Chroma, and Qdrant three ways.

Qdrant is asked over HTTP in any case: of a server on loopback that has the client's local mode
behind it, and, where ``QDRANT_URL`` names one (as ``qdrant://127.0.0.1:6333``; its key in
``QDRANT_KEY``), of a real server.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from index.qdrant import Address, QdrantServer
from index.vector_store import VectorServer, VectorStore, create_store, open_store
from sources.settings import Settings
from tests.index.fake import settings_for

CHROMA, LOOPBACK, REAL = "chroma", "qdrant on loopback", "qdrant"
ON_A_SERVER = [pytest.param(LOOPBACK), pytest.param(REAL, marks=pytest.mark.qdrant)]
EACH = [pytest.param(CHROMA), *ON_A_SERVER]


@dataclass(frozen=True, slots=True)
class StoreSettings:
    """Settings that choose a store, as values of :class:`sources.settings.Settings`."""

    values: dict[str, Any]

    @property
    def server(self) -> VectorServer | None:
        """The server that they name; None for Chroma."""
        if not self.values:
            return None
        return QdrantServer(Address.of(self.values["store"]), self.values["store_key"], 30)

    def settings(self, folder: Path, **more: object) -> Settings:
        """Of a data folder with the fake model and this store."""
        return settings_for(folder, **self.values, **more)


@contextmanager
def store_settings(kind: str) -> Iterator[StoreSettings]:
    """A store of a kind; skips where there is none here."""
    if kind == CHROMA:
        yield StoreSettings({})
        return
    pytest.importorskip("qdrant_client", reason="qdrant-client is not installed")
    if kind == LOOPBACK:
        from tests.index.qdrant_server import qdrant_on_loopback

        with qdrant_on_loopback() as server:
            yield StoreSettings({"store": server.address, "store_key": ""})
        return
    address = os.environ.get("QDRANT_URL", "")
    if not address:
        pytest.skip("QDRANT_URL names no server (docs/operations.md)")
    yield StoreSettings({"store": address, "store_key": os.environ.get("QDRANT_KEY", "")})


class StoreOfTest:
    """One build's vectors, to be created and opened in a store."""

    def __init__(self, store: StoreSettings, folder: Path) -> None:
        self._folder, self._server = folder, store.server
        self.group = f"duchesse-test-{secrets.token_hex(4)}"
        folder.mkdir(exist_ok=True)

    def create(self) -> VectorStore:
        return create_store(self._folder, self._server, f"{self.group}-build", 16)

    def open(self) -> VectorStore:
        return open_store(self._folder, self._server)

    def remove(self) -> None:
        if self._server:
            self._server.keep(self.group, ())


def held(folder: Path) -> list[str]:
    """Files below a folder that this process has open."""
    found = []
    for link in Path("/proc/self/fd").iterdir():
        with suppress(OSError):
            found.append(str(link.readlink()))
    return [f for f in found if f.startswith(str(folder))]
