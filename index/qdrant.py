"""The vector store past one machine: a Qdrant server. The only file that imports its client.

A build has one collection for each language of view, under a name that no other build uses, which
is filled once and then only read. What a search asks for are ids and cosines: scores are added up
here, as with Chroma, so that both rank the same. The aliases of a data folder name the build in
use, for whoever looks at the server; a search never goes through them, so that it never meets two
builds.
"""

from __future__ import annotations

import logging
import math
import threading
import time
import weakref
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, Self, TypeVar
from urllib.parse import parse_qsl, urlsplit
from uuid import UUID, uuid5

import numpy as np
from numpy.typing import NDArray

from index.errors import AwayError, DamagedBuildError, IndexingError, StoreError
from sources.anchor import LANGS, Lang
from sources.errors import UsageError
from sources.hosts import is_loopback

if TYPE_CHECKING:
    from qdrant_client import QdrantClient

    from sources.settings import Settings

_T = TypeVar("_T")
_LOG = logging.getLogger(__name__)
_POINT = UUID("b1ce4f0a-96f5-5d0e-8d0b-6a2d4f3b7c11")  # of chunk ids, among all names
_PORT = 6333
_OLDEST = (1, 12)  # version; queries, tenants and what else is used here came before
_BATCH = 500  # vectors in one request: 2 MB
_IDS = 10_000  # ids in one answer
_WRITING = 60.0  # seconds that a write may take
_TRIES, _PAUSE = 8, 0.3  # of a write, and seconds after the first; half a minute in all
_LOOK, _PATIENCE = 1.0, 3600.0  # seconds between two looks at the graphs, and without progress
_PLAIN = 20_000  # kilobytes of vectors in a segment up to which all are compared, without a graph
# The width of the graph search is that of Chroma (index.chroma): nothing that matters is missed.
_NEIGHBOURS, _CONSTRUCTION, _SEARCH = 32, 200, 200
_PASSING = {
    HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.BAD_GATEWAY,
    HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.GATEWAY_TIMEOUT,
}  # fmt: skip
_STRANGE = "what answers is no Qdrant that this program understands"
_FULL = ("no space left", "not enough space", "out of disk", "disk is full", "storage is full")


@dataclass(frozen=True, slots=True)
class Address:
    """Where the server is, and how collections are laid out on it.

    Attributes:
        url: Of its REST interface.
        shards: Parts of a collection; 0 for as many as the server has nodes.
        replicas: Nodes that have each part.
        quantized: Search 8 bits a number in memory, then compare the whole vectors on disk.
    """

    url: str
    shards: int = 0
    replicas: int = 1
    quantized: bool = False

    @classmethod
    def of(cls, address: str) -> Address:
        """Of the setting; ``UsageError`` where it is none.

        >>> Address.of("qdrant+https://vectors.example.be/search?replicas=2")
        Address(url='https://vectors.example.be:6333/search', shards=0, replicas=2, quantized=False)
        """
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port or _PORT
            scheme = {"qdrant": "http", "qdrant+https": "https"}[parts.scheme]
            options = dict(parse_qsl(parts.query, strict_parsing=True)) if parts.query else {}
            layout = {n: int(options.pop(n)) for n in ("shards", "replicas") if n in options}
            quantized = {"0": False, "1": True}[options.pop("quantized", "0")]
            if not host or parts.username is not None or parts.fragment or options:
                raise ValueError
            if min(layout.get("shards", 1), layout.get("replicas", 1)) < 1:
                raise ValueError
        except (KeyError, ValueError) as error:
            raise UsageError(
                "this is no address of a vector store",
                _without_secret(address),
                "Set DUCHESSE_STORE to qdrant://host:port or qdrant+https://host:port, with "
                "?shards=, replicas= and quantized=1 where you want them; the key belongs in "
                "DUCHESSE_STORE_KEY.",
            ) from error
        named = f"[{host}]" if ":" in host else host
        return cls(
            f"{scheme}://{named}:{port}{parts.path.rstrip('/')}", quantized=quantized, **layout
        )

    @property
    def private(self) -> bool:
        """Can nobody between here and the server read what is sent?"""
        parts = urlsplit(self.url)
        return parts.scheme == "https" or is_loopback(parts.hostname or "")


def _without_secret(address: str) -> str:
    """An address as a message may show it."""
    before, at, after = address.rpartition("@")
    return f"{before.partition('//')[0]}//…{at}{after}" if at else address


class QdrantServer:
    """A server that keeps the vectors of builds; safe for several threads.

    Args:
        address: Where it is.
        key: Its key; "" where it wants none.
        seconds: Longest wait for it, while a question is answered.
    """

    kind = "qdrant"

    def __init__(self, address: Address, key: str = "", seconds: float = 5) -> None:
        if key and not address.private:
            raise UsageError(
                "the key of the vector store would be sent without TLS",
                address.url,
                "Write qdrant+https:// in DUCHESSE_STORE, or unset DUCHESSE_STORE_KEY.",
            )
        self.address = address
        self._key, self._seconds = key, seconds
        self._clients: dict[float, QdrantClient] = {}
        self._lock = threading.Lock()

    @classmethod
    def of(cls, settings: Settings) -> QdrantServer:
        """The one that is configured."""
        key = settings.store_key.get_secret_value()
        return cls(Address.of(settings.store), key, settings.store_seconds)

    def _client(self, seconds: float) -> QdrantClient:
        with self._lock:
            if seconds not in self._clients:
                try:
                    from qdrant_client import QdrantClient
                except ImportError as error:
                    raise StoreError(
                        "the client of Qdrant is not installed",
                        error,
                        "Run `pip install -c constraints.txt -e '.[qdrant]'`, or unset "
                        "DUCHESSE_STORE.",
                    ) from error
                client = QdrantClient(
                    url=self.address.url,
                    timeout=math.ceil(seconds),
                    headers={"api-key": self._key} if self._key else None,
                    # Reading the certificates takes longer than a request.
                    verify=self.address.url.startswith("https:"),
                    check_compatibility=False,  # in a thread of its own, as a warning: see check
                )
                self._clients[seconds] = client
                weakref.finalize(self, client.close)
            return self._clients[seconds]

    def read(self, ask: Callable[[QdrantClient], _T]) -> _T:
        """What a question asks of the server; once more where the connection was lost."""
        return self._told(lambda: ask(self._client(self._seconds)), tries=2, patient=False)

    def write(self, ask: Callable[[QdrantClient], _T]) -> _T:
        """What a builder asks of the server, again and again where it may go right later.

        Everything that is written may be written twice.
        """
        return self._told(lambda: ask(self._client(_WRITING)), tries=_TRIES, patient=True)

    def _told(self, ask: Callable[[], _T], *, tries: int, patient: bool) -> _T:
        from tenacity import Retrying, retry_if_exception, stop_after_attempt, wait_exponential

        again = Retrying(
            stop=stop_after_attempt(tries),
            wait=wait_exponential(_PAUSE, max=20),
            retry=retry_if_exception(lambda e: _passes(e, patient=patient)),
            reraise=True,
        )
        try:
            return again(ask)
        except IndexingError:
            raise
        except Exception as error:
            raise self._error(error) from error

    def check(self) -> None:
        """See :class:`index.vector_store.VectorServer`."""
        try:
            version = str(self.read(lambda c: c.info()).version)
        except DamagedBuildError as error:  # its address is not found, not a build
            raise StoreError(_STRANGE, error.value, "Correct DUCHESSE_STORE.") from error
        try:
            major, minor = (int(n) for n in version.split(".")[:2])
        except ValueError:
            major, minor = 0, 0
        if (major, minor) < _OLDEST or major != _OLDEST[0]:
            oldest = ".".join(map(str, _OLDEST))
            raise StoreError(
                "this version of Qdrant cannot be used",
                f"{version} at {self.address.url}",
                f"Install one from {oldest} on, below {_OLDEST[0] + 1}.",
            )
        self._there()  # the version is told to who has no key, too

    def _there(self) -> set[str]:
        """Names of all collections."""
        return {c.name for c in self.read(lambda c: c.get_collections()).collections}

    def create(self, name: str, dimension: int) -> QdrantStore:
        """See :class:`index.vector_store.VectorServer`."""
        started = [self._create(_collection(name, lang), dimension) for lang in LANGS]
        return QdrantStore(self, name, started=any(started))

    def _create(self, collection: str, dimension: int) -> bool:
        """Make a collection; True where it stood, with points."""
        if self.write(lambda c: c.collection_exists(collection)):
            info = self.write(lambda c: c.get_collection(collection))
            if getattr(info.config.params.vectors, "size", None) == dimension:
                self._index_works(collection)
                return bool(info.points_count)
            self.write(lambda c: c.delete_collection(collection))
        layout = self._layout(dimension)

        def make(client: QdrantClient) -> None:
            if not client.collection_exists(collection):  # it is, where the answer was lost
                client.create_collection(collection, **layout)

        self.write(make)
        self._index_works(collection)
        return False

    def _layout(self, dimension: int) -> dict[str, Any]:
        """What a collection is made with."""
        from qdrant_client import models

        address = self.address
        small = models.ScalarQuantization(
            scalar=models.ScalarQuantizationConfig(type=models.ScalarType.INT8, always_ram=True)
        )
        return {
            "vectors_config": models.VectorParams(
                size=dimension, distance=models.Distance.COSINE, on_disk=address.quantized
            ),
            "quantization_config": small if address.quantized else None,
            "hnsw_config": models.HnswConfigDiff(m=_NEIGHBOURS, ef_construct=_CONSTRUCTION),
            # No graph before everything is there: it would be made over and over.
            "optimizers_config": models.OptimizersConfigDiff(indexing_threshold=0),
            "shard_number": address.shards or None,
            "replication_factor": address.replicas,
            "write_consistency_factor": address.replicas,
            "on_disk_payload": True,
        }

    def _index_works(self, collection: str) -> None:
        from qdrant_client import models

        by_work = models.KeywordIndexParams(type=models.KeywordIndexType.KEYWORD, is_tenant=True)
        self.write(lambda c: c.create_payload_index(collection, "work", field_schema=by_work))

    def open(self, name: str) -> QdrantStore:
        """See :class:`index.vector_store.VectorServer`.

        While the server is away it is opened all the same: texts can be read without vectors.
        """
        try:
            self.check()
            if lost := {_collection(name, lang) for lang in LANGS} - self._there():
                raise self._missing(", ".join(sorted(lost)))
        except AwayError as error:
            _LOG.warning("%s", error)
        return QdrantStore(self, name)

    def use(self, name: str, group: str) -> None:
        """See :class:`index.vector_store.VectorServer`."""
        from qdrant_client import models

        named = {a.alias_name for a in self.write(lambda c: c.get_aliases()).aliases}
        changes: list[Any] = []
        for lang in LANGS:
            alias = _collection(group, lang)
            if alias in named:
                old = models.DeleteAlias(alias_name=alias)
                changes.append(models.DeleteAliasOperation(delete_alias=old))
            new = models.CreateAlias(collection_name=_collection(name, lang), alias_name=alias)
            changes.append(models.CreateAliasOperation(create_alias=new))
        self.write(lambda c: c.update_collection_aliases(changes))

    def keep(self, group: str, names: Collection[str]) -> None:
        """See :class:`index.vector_store.VectorServer`."""
        kept = {_collection(name, lang) for name in names for lang in LANGS}
        for name in self._there() - kept:
            if name.startswith(f"{group}-"):
                self.write(lambda c, n=name: c.delete_collection(n))  # type: ignore[misc]

    def _missing(self, what: object) -> DamagedBuildError:
        return DamagedBuildError(
            "the vector store does not have the vectors of this build",
            f"{what} at {self.address.url}",
            "Run `python -m index build`, or `python -m index rollback`; or set DUCHESSE_STORE to "
            "the server that has them.",
        )

    def _error(self, error: Exception) -> IndexingError:
        """What went wrong, as whoever runs the server can act on it."""
        import httpx

        status, said = _answer(error)
        if status == HTTPStatus.NOT_FOUND:
            return self._missing(said)
        source, answered = _source(error), status is not None
        rows: tuple[tuple[bool, type[StoreError], str, str], ...] = (
            (
                status in (HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN),
                StoreError,
                "the vector store refuses the key",
                "Set DUCHESSE_STORE_KEY to its key.",
            ),
            (
                answered and _is_full(said),
                AwayError,
                "the vector store is full",
                "Make room on its disk, then do this again; what is in use stays.",
            ),
            (
                answered and (status in _PASSING or int(status or 0) >= 500),
                AwayError,
                "the vector store cannot answer now",
                "Look at its log, disk and memory.",
            ),
            (
                answered,
                StoreError,
                "the vector store refuses what is asked",
                "Look at its log and its version.",
            ),
            (
                isinstance(source, httpx.TimeoutException),
                AwayError,
                "the vector store does not answer in time",
                "Look at its load; DUCHESSE_STORE_SECONDS says how long a question waits.",
            ),
            (
                isinstance(source, httpx.TransportError),
                AwayError,
                "the vector store cannot be reached",
                "Start it, or correct DUCHESSE_STORE.",
            ),
            (True, StoreError, _STRANGE, "Correct DUCHESSE_STORE, or look at its version."),
        )
        _, kind, what, step = next(row for row in rows if row[0])
        return kind(what, f"{self.address.url} ({said})", step)


def _source(error: Exception) -> Exception:
    """What the client wrapped."""
    found = getattr(error, "source", None)
    return found if isinstance(found, Exception) else error


def _answer(error: Exception) -> tuple[int | None, str]:
    """Status of the server's answer, None where there was none; and what it says, on one line."""
    from qdrant_client.common.client_exceptions import ResourceExhaustedResponse
    from qdrant_client.http.exceptions import UnexpectedResponse

    if isinstance(error, ResourceExhaustedResponse):
        return HTTPStatus.TOO_MANY_REQUESTS, str(error)
    if isinstance(error, UnexpectedResponse):
        content = error.content.decode("utf-8", "replace")
        said = " ".join(content.split())[:200] or error.reason_phrase
        return error.status_code, f"{error.status_code} {said}"
    source = _source(error)
    return None, " ".join(str(source).split())[:200] or type(source).__name__


def _is_full(said: str) -> bool:
    return any(sign in said.lower() for sign in _FULL)


def _passes(error: BaseException, *, patient: bool) -> bool:
    """May the same request go right in a moment? A question is not made to wait twice."""
    import httpx

    if not isinstance(error, Exception) or isinstance(error, IndexingError):
        return False
    status, said = _answer(error)
    if status is not None:
        return not _is_full(said) and (status in _PASSING or (patient and status >= 500))
    source = _source(error)
    if isinstance(source, httpx.TimeoutException):
        return patient
    return isinstance(source, httpx.TransportError)


def _collection(name: str, lang: Lang) -> str:
    return f"{name}-{lang}"


def _point(chunk: str) -> str:
    """Id of a chunk's point: the server takes numbers and UUIDs only."""
    return str(uuid5(_POINT, chunk))


def _parts(ids: Sequence[str]) -> Iterator[Sequence[str]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))


class QdrantStore:
    """Vectors of one build on a server; see :class:`index.vector_store.VectorStore`.

    Args:
        server: The server.
        name: Of the build there.
        started: Did an earlier writer begin to fill it?
    """

    def __init__(self, server: QdrantServer, name: str, *, started: bool = False) -> None:
        self._server, self._name, self._started = server, name, started

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Nothing is held: the connections are the server's."""

    def add(
        self, lang: Lang, ids: Sequence[str], works: Sequence[str], vectors: NDArray[np.float32]
    ) -> None:
        """See :class:`index.vector_store.VectorStore`; what an earlier writer stored stays."""
        from qdrant_client import models

        work = dict(zip(ids, works, strict=True))
        place = {chunk: n for n, chunk in enumerate(ids)}
        for part in _parts(ids):
            there = set(self._there(lang, part)) if self._started else set()
            if not (new := [chunk for chunk in part if chunk not in there]):
                continue
            batch = models.Batch(
                ids=[_point(chunk) for chunk in new],
                vectors=vectors[[place[chunk] for chunk in new]].tolist(),
                payloads=[{"chunk": chunk, "work": work[chunk]} for chunk in new],
            )
            self._server.write(
                lambda c, b=batch: c.upsert(_collection(self._name, lang), b, wait=True)  # type: ignore[misc]
            )

    def _there(self, lang: Lang, ids: Sequence[str]) -> list[str]:
        """Those of these chunks that are stored."""
        points = {_point(chunk): chunk for chunk in ids}
        found = self._server.write(
            lambda c: c.retrieve(_collection(self._name, lang), list(points), with_payload=False)
        )
        return [points[str(record.id)] for record in found]

    def finish(self) -> None:
        """See :class:`index.vector_store.VectorStore`: the server makes its graphs."""
        from qdrant_client import models

        graphs = models.OptimizersConfigDiff(indexing_threshold=_PLAIN)
        names = [_collection(self._name, lang) for lang in LANGS]
        for name in names:
            self._server.write(
                lambda c, n=name: c.update_collection(n, optimizers_config=graphs)  # type: ignore[misc]
            )
        for name in names:
            self._wait(name)

    def _wait(self, name: str) -> None:
        """Until the graphs of a collection are made."""
        seen, since = -1, time.monotonic()
        while True:
            info = self._server.write(lambda c: c.get_collection(name))
            size = getattr(info.config.params.vectors, "size", 0) * (info.points_count or 0) * 4
            if info.status == "green" or size < _PLAIN * 1000:
                return
            if info.status == "red":
                raise StoreError(
                    "the vector store cannot index the vectors",
                    f"{name} ({info.optimizer_status})",
                    "Look at its log, disk and memory, then build again.",
                )
            if (done := info.indexed_vectors_count or 0) != seen:
                seen, since = done, time.monotonic()
            elif time.monotonic() - since > _PATIENCE:
                raise AwayError(
                    "the vector store does not finish indexing",
                    f"{name}, {done} vectors",
                    "Look at its log, then build again: what is stored is not sent again.",
                )
            time.sleep(_LOOK)

    def count(self, lang: Lang) -> int:
        """See :class:`index.vector_store.VectorStore`."""
        return int(self._server.read(lambda c: c.count(_collection(self._name, lang))).count)

    def ids(self, lang: Lang) -> set[str]:
        """See :class:`index.vector_store.VectorStore`."""
        found: set[str] = set()
        offset: Any = None
        while True:
            records, offset = self._server.write(
                lambda c, o=offset: c.scroll(  # type: ignore[misc]
                    _collection(self._name, lang), limit=_IDS, offset=o, with_payload=["chunk"]
                )
            )
            found.update(self._chunk(record.payload) for record in records)
            if offset is None:
                return found

    def _chunk(self, payload: dict[str, Any] | None) -> str:
        try:
            return str((payload or {})["chunk"])
        except KeyError as error:
            raise DamagedBuildError(
                "the vector store has vectors that are of no build",
                self._name,
                "Run `python -m index build`, or `python -m index rollback`.",
            ) from error

    def nearest(
        self, lang: Lang, vector: NDArray[np.float32], limit: int, works: Iterable[str] = ()
    ) -> list[tuple[str, float]]:
        """See :class:`index.vector_store.VectorStore`."""
        from qdrant_client import models

        if limit < 1:
            return []
        wanted = sorted(works)
        only = models.FieldCondition(key="work", match=models.MatchAny(any=wanted))
        again = models.QuantizationSearchParams(rescore=True, oversampling=2.0)
        found = self._server.read(
            lambda c: c.query_points(
                _collection(self._name, lang),
                query=vector.tolist(),
                limit=limit,
                query_filter=models.Filter(must=[only]) if wanted else None,
                search_params=models.SearchParams(
                    hnsw_ef=max(_SEARCH, limit),
                    quantization=again if self._server.address.quantized else None,
                ),
                with_payload=["chunk"],
            )
        )
        return [(self._chunk(point.payload), float(point.score)) for point in found.points]

    def cosines(
        self, lang: Lang, vector: NDArray[np.float32], ids: Sequence[str]
    ) -> dict[str, float]:
        """See :class:`index.vector_store.VectorStore`: measured there, a number for each comes."""
        from qdrant_client import models

        found: dict[str, float] = {}
        for part in _parts(ids):
            points = {_point(chunk): chunk for chunk in part}
            among = models.Filter(must=[models.HasIdCondition(has_id=list(points))])
            measured = self._server.read(
                lambda c, p=points, a=among: c.query_points(  # type: ignore[misc]
                    _collection(self._name, lang),
                    query=vector.tolist(),
                    limit=len(p),
                    query_filter=a,
                    search_params=models.SearchParams(exact=True),
                    with_payload=False,
                )
            )
            found |= {points[str(point.id)]: float(point.score) for point in measured.points}
        return found

    def vectors(self, lang: Lang, ids: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """See :class:`index.vector_store.VectorStore`."""
        found: dict[str, NDArray[np.float32]] = {}
        for part in _parts(ids):
            points = {_point(chunk): chunk for chunk in part}
            records = self._server.read(
                lambda c, p=points: c.retrieve(  # type: ignore[misc]
                    _collection(self._name, lang), list(p), with_payload=False, with_vectors=True
                )
            )
            found |= {points[str(r.id)]: np.asarray(r.vector, np.float32) for r in records}
        return found
