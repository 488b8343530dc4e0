"""``python -m bench.stores``: the engines of both vector stores on many vectors, in one run.

Chroma as the product uses it, and Qdrant's engine without its server (the package
``qdrant-edge-py``, installed for this alone), with the settings of ``index/qdrant.py``. The
vectors are drawn: near each other as those of texts are, in groups, so that a graph has something
to find and something to miss. Each store is measured in a process of its own.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from index.chroma import ChromaStore
from index.qdrant import _CONSTRUCTION, _NEIGHBOURS, _PLAIN, _SEARCH
from index.search import CANDIDATES

Floats = NDArray[np.float32]
_DIMENSION, _WORKS, _GROUP = 384, 100, 50  # of a vector; texts; passages that are alike
_QUESTIONS, _BATCH = 200, 1000
_ALL, _TOGETHER, _APART = 2.0, 0.8, 0.6  # lengths of what all have, a group has, and each alone
_OTHERS = 120  # passages of a question that other lists lead to


@dataclass(frozen=True, slots=True)
class StoreRow:
    """What was measured of a store.

    Attributes:
        store: Its name.
        load, index: Seconds to store the vectors, and to make the graphs after that.
        disk: Megabytes.
        memory: Megabytes of the process after the questions, above those with the vectors alone.
        nearest, slow: Milliseconds of a search, median and 95th of a hundred.
        recall: Share of the nearest that it finds.
        filtered: Milliseconds of a search in one text of a hundred, median.
        cosines: Milliseconds to measure passages by their ids, median.
    """

    store: str
    load: float
    index: float
    disk: float
    memory: float
    nearest: float
    slow: float
    recall: float
    filtered: float
    cosines: float


class Engine(Protocol):
    """What is measured."""

    def add(self, first: int, vectors: Floats) -> None:
        """Store vectors from a number on."""

    def finish(self) -> None:
        """Make it ready to be searched."""

    def nearest(self, vector: Floats, work: int | None) -> list[int]:
        """Numbers of the nearest, of one work, if any."""

    def cosines(self, vector: Floats, numbers: Sequence[int]) -> int:
        """Measure these; how many it did."""


class Chroma:
    """As in the product."""

    def __init__(self, folder: Path) -> None:
        self._store = ChromaStore(folder, create=True)

    def add(self, first: int, vectors: Floats) -> None:
        """See :class:`Engine`."""
        numbers = range(first, first + len(vectors))
        self._store.add("fr", [str(n) for n in numbers], [_work(n) for n in numbers], vectors)

    def finish(self) -> None:
        """See :class:`Engine`."""

    def nearest(self, vector: Floats, work: int | None) -> list[int]:
        """See :class:`Engine`."""
        works = () if work is None else (_work(work),)
        return [int(i) for i, _ in self._store.nearest("fr", vector, CANDIDATES, works)]

    def cosines(self, vector: Floats, numbers: Sequence[int]) -> int:
        """See :class:`Engine`."""
        return len(self._store.cosines("fr", vector, [str(n) for n in numbers]))


class Edge:
    """Qdrant's engine; ``quantized`` as the option of the address."""

    def __init__(self, folder: Path, *, quantized: bool) -> None:
        import qdrant_edge as q

        folder.mkdir()
        small = q.ScalarQuantizationConfig(q.ScalarType.Int8, always_ram=True)
        config = q.EdgeConfig(
            vectors=q.EdgeVectorParams(_DIMENSION, q.Distance.Cosine, on_disk=quantized),
            hnsw_config=q.HnswIndexConfig(_NEIGHBOURS, _CONSTRUCTION, full_scan_threshold=10_000),
            quantization_config=small if quantized else None,
            optimizers=q.EdgeOptimizersConfig(indexing_threshold=_PLAIN),
            on_disk_payload=True,
        )
        self._q, self._quantized = q, quantized
        self._shard = q.EdgeShard.create(str(folder), config)
        self._shard.update(
            q.UpdateOperation.create_field_index("work", q.PayloadSchemaType.Keyword)
        )

    def add(self, first: int, vectors: Floats) -> None:
        """See :class:`Engine`."""
        points = [
            self._q.Point(n, v.tolist(), {"chunk": str(n), "work": _work(n)})
            for n, v in enumerate(vectors, first)
        ]
        self._shard.update(self._q.UpdateOperation.upsert_points(points))

    def finish(self) -> None:
        """See :class:`Engine`."""
        self._shard.optimize()
        self._shard.flush()

    def _search(self, vector: Floats, limit: int, params: Any, only: Any) -> list[int]:
        q = self._q
        request = q.QueryRequest(
            limit,
            query=q.Query.Nearest(vector.tolist()),
            params=params,
            filter=q.Filter(must=[only]) if only else None,
            with_payload=False,
        )
        return [int(point.id) for point in self._shard.query(request)]

    def nearest(self, vector: Floats, work: int | None) -> list[int]:
        """See :class:`Engine`."""
        q = self._q
        again = q.QuantizationSearchParams(rescore=True, oversampling=2.0)
        params = q.SearchParams(hnsw_ef=_SEARCH, quantization=again if self._quantized else None)
        only = None if work is None else q.FieldCondition("work", q.MatchValue(_work(work)))
        return self._search(vector, CANDIDATES, params, only)

    def cosines(self, vector: Floats, numbers: Sequence[int]) -> int:
        """See :class:`Engine`."""
        q = self._q
        only = q.HasIdCondition(set(numbers))
        return len(self._search(vector, len(numbers), q.SearchParams(exact=True), only))


ENGINES: dict[str, Callable[[Path], Engine]] = {
    "Chroma": Chroma,
    "Qdrant": lambda folder: Edge(folder, quantized=False),
    "Qdrant, 8 bits": lambda folder: Edge(folder, quantized=True),
}


def _work(number: int) -> str:
    return f"work-{number % _WORKS}"


def drawn(count: int) -> tuple[Floats, Floats]:
    """Vectors of passages, and of questions: each near one of the passages."""
    draw = np.random.default_rng(7)

    def directions(size: int, length: float) -> Floats:
        found = draw.normal(size=(size, _DIMENSION)).astype(np.float32)
        return np.asarray(
            found * (length / np.linalg.norm(found, axis=1, keepdims=True)), np.float32
        )

    groups = directions(max(1, count // _GROUP), _TOGETHER)
    of_group = groups[draw.integers(len(groups), size=count)]
    passages = directions(1, _ALL) + of_group + directions(count, _APART)
    asked = passages[draw.integers(count, size=_QUESTIONS)] + directions(_QUESTIONS, _APART)
    return _unit(passages), _unit(asked)


def _unit(vectors: Floats) -> Floats:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), np.float32)


def measure(name: str, count: int, folder: Path) -> StoreRow:
    """Fill a store and ask it."""
    passages, asked = drawn(count)
    exact = [set(np.argpartition(-(passages @ q), CANDIDATES)[:CANDIDATES]) for q in asked]
    before = _resident()
    engine = ENGINES[name](folder / "store")
    started = time.perf_counter()
    for first in range(0, count, _BATCH):
        engine.add(first, passages[first : first + _BATCH])
    loaded = time.perf_counter()
    engine.finish()
    indexed = time.perf_counter()
    engine.nearest(asked[0], None)
    times, found = _timed(lambda q: engine.nearest(q, None), asked)
    filtered, _ = _timed(lambda q: engine.nearest(q, 7), asked[:50])
    others = list(range(0, count, max(1, count // _OTHERS)))[:_OTHERS]
    cosines, measured = _timed(lambda q: [engine.cosines(q, others)], asked[:50])
    assert all(m == [len(others)] for m in measured)
    recall = [len(e.intersection(f)) / CANDIDATES for e, f in zip(exact, found, strict=True)]
    return StoreRow(
        name,
        loaded - started,
        indexed - loaded,
        sum(p.stat().st_size for p in folder.rglob("*") if p.is_file()) / 1e6,
        _resident() - before,
        statistics.median(times),
        statistics.quantiles(times, n=20)[-1],
        statistics.mean(recall),
        statistics.median(filtered),
        statistics.median(cosines),
    )


def _timed(
    ask: Callable[[Floats], list[int]], asked: Iterable[Floats]
) -> tuple[list[float], list[list[int]]]:
    """Milliseconds of each question, and what came."""
    times, found = [], []
    for question in asked:
        start = time.perf_counter()
        found.append(ask(question))
        times.append((time.perf_counter() - start) * 1000)
    return times, found


def _resident() -> float:
    """Megabytes of this process now."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench.stores", description=__doc__)
    parser.add_argument("--passages", type=int, default=100_000, help="vectors that are stored")
    parser.add_argument("--store", choices=list(ENGINES), help="this one only, as JSON")
    return parser


def main() -> int:
    """Measure every store that is installed, each in a process of its own."""
    arguments = _parser().parse_args()
    if arguments.store:
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            row = measure(arguments.store, arguments.passages, Path(folder))
        print(json.dumps(asdict(row)))
        return 0
    from rich.console import Console
    from rich.table import Table

    names = list(ENGINES) if importlib.util.find_spec("qdrant_edge") else ["Chroma"]
    table = Table(*StoreRow.__dataclass_fields__)
    for name in names:
        command = [sys.executable, "-m", "bench.stores", "--store", name]
        given = subprocess.run(
            [*command, "--passages", str(arguments.passages)],
            stdout=subprocess.PIPE,
            check=True,
            text=True,
        )
        row = json.loads(given.stdout)
        table.add_row(
            name, *(f"{v:.3g}" if v < 100 else f"{v:.0f}" for v in list(row.values())[1:])
        )
    Console(highlight=False, width=120).print(table)
    if len(names) == 1:
        print("`pip install -c constraints.txt qdrant-edge-py` measures Qdrant's engine, too")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
