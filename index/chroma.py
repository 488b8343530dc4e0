"""The vector store of one machine: Chroma, embedded in this process. The only file that imports it.

One collection for each language of view, in a folder that is written once and then only
read. Vectors are always given: Chroma's own embedding function would download a model.
"""

from __future__ import annotations

import shutil
import sqlite3
import weakref
from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory, gettempdir
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray

from index.errors import DamagedBuildError, IndexingError
from sources.anchor import LANGS, Lang

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

_DATABASE = "chroma.sqlite3"
_BATCH = 1000
_PREFIX, _LOCK = "duchesse-copy-", "held"
# Exactness over speed: at this width the graph search misses nothing that matters, and
# a question still costs single milliseconds on tens of thousands of chunks.
_HNSW: Any = {"space": "cosine", "ef_construction": 200, "ef_search": 200, "max_neighbors": 32}


@contextmanager
def _panics_are_errors() -> Iterator[None]:
    """A panic of Chroma's Rust code, on a damaged database, is no ``Exception`` in Python."""
    try:
        yield
    except Exception:
        raise
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # it cannot be imported
            raise
        raise RuntimeError(str(error)) from error


@cache
def _settings() -> Any:
    """Chroma's own settings, made once: that takes as long as opening a database."""
    from chromadb.config import Settings

    return Settings(anonymized_telemetry=False, is_persistent=True)


def _connect(folder: Path) -> Any:
    """Chroma on a folder; what it raises is its own, sqlite's and Rust's."""
    import chromadb

    connect: Any = chromadb.PersistentClient
    settings = _settings().model_copy()  # into which Chroma writes the folder
    try:
        with _panics_are_errors():
            client = connect(str(folder), settings)
            client.list_collections()  # a fault of the database shows now
    except Exception:
        with (
            suppress(Exception),
            _panics_are_errors(),
        ):  # it holds on to a client that failed, until one is closed
            connect(str(folder), settings).close()
        raise
    return client


class _Copy:
    """A copy that may be written, in the system's folder for temporary files.

    It is held by a lock; copies of processes that were killed, which nobody holds, are removed.
    """

    def __init__(self, folder: Path) -> None:
        for left in Path(gettempdir()).glob(f"{_PREFIX}*/{_LOCK}"):
            with suppress(Timeout, OSError), FileLock(left, timeout=0):  # in use, or not ours
                shutil.rmtree(left.parent, ignore_errors=True)
        self._open = ExitStack()
        with ExitStack() as undo:
            temporary = TemporaryDirectory(prefix=_PREFIX, ignore_cleanup_errors=True)
            aside = Path(undo.enter_context(temporary))
            undo.enter_context(FileLock(aside / _LOCK, thread_local=False))  # closed by any
            self.path = aside / "chroma"
            shutil.copytree(folder, self.path)
            for path in (self.path, *self.path.rglob("*")):
                path.chmod(0o700 if path.is_dir() else 0o600)
            self._open = undo.pop_all()

    def cleanup(self) -> None:
        """Remove it."""
        self._open.close()


def _close(client: Any, copy: _Copy | None) -> None:
    client.close()
    if copy:
        copy.cleanup()


def _unstored(folder: Path, why: object) -> IndexingError:
    return IndexingError(
        "the vectors cannot be stored",
        f"{folder} ({why})",
        "Look at the room on the disk; if there is enough, try another model.",
    )


class ChromaStore:
    """Vectors of a build by chunk id; lets go of the files when closed or no longer used.

    Chroma writes to its database to open it. Where that cannot be (a folder that is read-only, a
    full disk), a copy for temporary use is read (1.7 kB for each vector).
    """

    def __init__(self, folder: Path, *, create: bool = False) -> None:
        if not create and not (folder / _DATABASE).is_file():
            raise self._damaged(folder, "no database")
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._counts: dict[Lang, int] = {}
        copy = None
        try:
            try:
                self._client = _connect(folder)
            except Exception:
                if create:
                    raise
                copy = _Copy(folder)
                self._client = _connect(copy.path)
        except Exception as error:
            if copy:
                copy.cleanup()
            raise (_unstored if create else self._damaged)(folder, error) from error
        self._end = weakref.finalize(self, _close, self._client, copy)
        try:
            self._collections = {lang: self._collection(lang, create=create) for lang in LANGS}
        except Exception as error:
            self.close()
            raise (_unstored if create else self._damaged)(folder, error) from error

    @staticmethod
    def _damaged(folder: Path, why: object) -> DamagedBuildError:
        return DamagedBuildError(
            "the vector store cannot be read",
            f"{folder} ({why})",
            "Run `python -m index build`, or `python -m index rollback`.",
        )

    @_panics_are_errors()
    def _collection(self, lang: Lang, *, create: bool) -> Collection:
        name = f"views-{lang}"
        found: Collection = (
            self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": _HNSW}
            )
            if create
            else self._client.get_collection(name, embedding_function=None)
        )
        return found

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files."""
        self._end()

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            with _panics_are_errors():
                yield
        except Exception as error:
            raise self._damaged(self._folder, error) from error

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
        self._counts.pop(lang, None)
        for start in range(0, len(ids), _BATCH):
            part = slice(start, start + _BATCH)
            try:
                self._collections[lang].upsert(
                    ids=list(ids[part]),
                    embeddings=vectors[part],
                    metadatas=[{"work": work} for work in works[part]],
                )
            except Exception as error:
                raise _unstored(self._folder, error) from error

    def finish(self) -> None:
        """Nothing is left to do: the graph grows with each chunk."""

    def count(self, lang: Lang) -> int:
        """Chunks in a language of view."""
        with self._reading():
            return self._collections[lang].count()

    def _counted(self, lang: Lang) -> int:
        """The same, counted once for as long as nothing is stored."""
        if lang not in self._counts:
            self._counts[lang] = self.count(lang)
        return self._counts[lang]

    def ids(self, lang: Lang) -> set[str]:
        """All chunk ids in a language of view."""
        with self._reading():
            return set(self._collections[lang].get(include=[])["ids"])

    def nearest(
        self, lang: Lang, vector: NDArray[np.float32], limit: int, works: Iterable[str] = ()
    ) -> list[tuple[str, float]]:
        """Up to ``limit`` chunk ids with their cosine, best first; of these works, if any."""
        wanted: Any = {"work": {"$in": sorted(works)}} if works else None
        limit = min(limit, self._counted(lang))
        if not limit:
            return []
        with self._reading():
            found = self._collections[lang].query(
                query_embeddings=np.asarray([vector]),
                n_results=limit,
                where=wanted,
                include=["distances"],
            )
        assert found["distances"] is not None
        return [
            (i, 1.0 - float(d)) for i, d in zip(found["ids"][0], found["distances"][0], strict=True)
        ]

    def vectors(self, lang: Lang, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """Stored vectors by id; ids that are not there are left out."""
        if not ids:
            return {}
        with self._reading():
            found = self._collections[lang].get(ids=list(ids), include=["embeddings"])
        assert found["embeddings"] is not None
        return {
            i: np.asarray(v, np.float32)
            for i, v in zip(found["ids"], found["embeddings"], strict=True)
        }

    def cosines(
        self, lang: Lang, vector: NDArray[np.float32], ids: Sequence[str]
    ) -> dict[str, float]:
        """Cosine of a vector with chunks, by id; ids that are not there are left out.

        Chroma could measure them, too; at 30,000 vectors that takes six times as long as to read
        the vectors, and leaves out one in a hundred.
        """
        return {i: float(vector @ v) for i, v in self.vectors(lang, ids).items()}


def faults(folder: Path) -> list[str]:
    """What SQLite finds wrong with the database of a folder; it is not changed."""
    address = f"{(folder / _DATABASE).absolute().as_uri()}?mode=ro"
    named = f"{folder.name}/{_DATABASE}"
    try:
        with closing(sqlite3.connect(address, uri=True)) as database:
            found = [str(row[0]) for row in database.execute("PRAGMA integrity_check(5)")]
    except (sqlite3.Error, UnicodeError) as error:  # of a message that is itself damaged
        return [f"{named}: {error}"]
    return [] if found == ["ok"] else [f"{named}: {found[0]}"]
