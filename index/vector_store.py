"""The vectors of a build: what a store of them does, and where that of a build is.

By default they are in the build's own folder (Chroma, :mod:`index.chroma`). Where a server is
configured (Qdrant, :mod:`index.qdrant`), they are in collections of it, and the file
``vectors.json`` in the folder of the build says in which. So builds of both sorts stand side by
side, and one can go back from either to the other.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, Self

from index.errors import DamagedBuildError, StaleBuildError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from sources.anchor import Lang
    from sources.settings import Settings

PLACE = "vectors.json"
_CHROMA = "chroma"


class VectorStore(Protocol):
    """Vectors of one build by chunk id, in each language of view; safe for several threads."""

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...

    def close(self) -> None:
        """Let go of files and connections; twice does nothing more."""

    def add(
        self, lang: Lang, ids: Sequence[str], works: Sequence[str], vectors: NDArray[np.float32]
    ) -> None:
        """Store the vectors of chunks; an id that is there already is replaced.

        Args:
            lang: Language of view.
            ids: Ids of the chunks.
            works: The work of each.
            vectors: Shape (ids, dimension).
        """

    def finish(self) -> None:
        """All is added: ready to be searched when this returns."""

    def count(self, lang: Lang) -> int:
        """Chunks in a language of view."""

    def ids(self, lang: Lang) -> set[str]:
        """All chunk ids in a language of view."""

    def nearest(
        self, lang: Lang, vector: NDArray[np.float32], limit: int, works: Iterable[str] = ()
    ) -> list[tuple[str, float]]:
        """Up to ``limit`` chunk ids with their cosine, best first; of these works, if any."""

    def cosines(
        self, lang: Lang, vector: NDArray[np.float32], ids: Sequence[str]
    ) -> dict[str, float]:
        """Cosine of a vector with chunks, by id; ids that are not there are left out."""

    def vectors(self, lang: Lang, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Stored vectors by id; ids that are not there are left out."""


class VectorServer(Protocol):
    """A server that keeps the vectors of builds, each under a name of its own.

    What goes wrong is a ``StoreError`` that says what to do, an ``AwayError`` where it may go
    right later.
    """

    @property
    def kind(self) -> str:
        """Which program it is."""

    def check(self) -> None:
        """Is it there, is it one that this program can use, and does it take the key?"""

    def create(self, name: str, dimension: int) -> VectorStore:
        """To be filled with vectors of this dimension; what a killed writer stored stays."""

    def open(self, name: str) -> VectorStore:
        """Of a build that was finished; ``DamagedBuildError`` where the server lacks it."""

    def use(self, name: str, group: str) -> None:
        """Let the aliases of a group of builds name this one, all at the same moment."""

    def keep(self, group: str, names: Collection[str]) -> None:
        """Remove the builds of a group that are not among these."""


def server_of(settings: Settings) -> VectorServer | None:
    """The server that is configured; None for Chroma."""
    if not settings.store:
        return None
    from index.qdrant import QdrantServer

    return QdrantServer.of(settings)


def name_of(folder: Path) -> str | None:
    """Name on the server of the build in a folder; None where its vectors are in the folder."""
    place = folder / PLACE
    if not place.exists():
        return None
    try:
        return str(json.loads(place.read_bytes())["name"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DamagedBuildError(
            "the file that says where the vectors of a build are cannot be read",
            f"{place} ({error})",
            "Run `python -m index build`, or `python -m index rollback`.",
        ) from error


def open_store(folder: Path, server: VectorServer | None = None) -> VectorStore:
    """The vectors of the build in a folder, to be read."""
    name = name_of(folder)
    if name is None:
        from index.chroma import ChromaStore

        return ChromaStore(folder / _CHROMA)
    if server is None:
        raise StaleBuildError(
            "the vectors of this build are on a server, and none is configured",
            name,
            "Set DUCHESSE_STORE to its address, or run `python -m index build`.",
        )
    return server.open(name)


def create_store(
    folder: Path, server: VectorServer | None, name: str, dimension: int
) -> VectorStore:
    """The vectors of a build that is made in a folder, to be filled.

    Args:
        folder: The build.
        server: Where they go; None for the folder itself.
        name: Of the build on the server.
        dimension: Of the vectors.
    """
    if server is None:
        from index.chroma import ChromaStore

        return ChromaStore(folder / _CHROMA, create=True)
    (folder / PLACE).write_text(json.dumps({"server": server.kind, "name": name}) + "\n", "ascii")
    return server.create(name, dimension)


def damage(folder: Path) -> list[str]:
    """What is wrong with the files of the vectors in a folder, as far as the engine tells."""
    if name_of(folder) is not None:
        return []
    from index.chroma import faults

    return faults(folder / _CHROMA)
