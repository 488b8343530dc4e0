"""``python -m bench.performance``: how fast and how large, in one run, as ratios.

Each size is measured in a process of its own, on acts that are generated. Beside our answer stand,
with the same vectors: llama-index's own index, BM25 alone, an exact search with numpy, and the bare
encoding of the question, which all of them but BM25 need. Ratios are to that.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sources.command import main_with, options
from sources.settings import Settings

if TYPE_CHECKING:
    from index.build import Build
    from index.embedding import Embedder
    from sources.anchor import Lang

_ASKERS = (1, 4, 16)
_ASKED = 64  # questions for each number of askers, and each other way to search
_PEERS = {"haystack": "haystack-ai", "txtai": "txtai"}  # module, package
_IMPORTS = "import chromadb, llama_index.core"
_PORT = 7999  # of the page whose start is timed
_MARKS = ("<!-- measured -->", "<!-- /measured -->")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.performance", description=__doc__, parents=[options()]
    )
    parser.add_argument("--sizes", nargs="+", type=int, default=[100, 1000, 10_000], metavar="N")
    parser.add_argument(
        "--drawn", type=int, default=0, metavar="N",
        help="draw the vectors of passages by chance from this size on, instead of encoding them",
    )  # fmt: skip
    parser.add_argument("--runs", type=int, default=5, help="of each cold start")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page that is written")
    parser.add_argument(
        "--questions", type=int, default=_ASKED, help="asked at each size (default: %(default)s)"
    )
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)  # one size, in its own process
    return parser


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    if arguments.one:
        drawn = bool(arguments.drawn and arguments.one >= arguments.drawn)
        print(json.dumps(size(settings, arguments.one, arguments.questions, drawn=drawn)))
        return 0
    data = {
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "load": os.getloadavg()[0],
        "cold": cold(arguments.runs),
        "page": page_start(),
        "sizes": [_apart(n, arguments.questions, arguments.drawn) for n in arguments.sizes],
        "peers": {
            name: "" if find_spec(module) else f"left out: {name} is not installed"
            for module, name in _PEERS.items()
        },
    }
    from bench import performance_page

    performance_page.write(arguments.page, data, _MARKS)
    print(json.dumps(data, indent=1))
    return 0


def _apart(passages: int, asked: int, drawn: int) -> dict[str, Any]:
    print(f"{passages} passages …", file=sys.stderr)
    command = [sys.executable, "-m", "bench.performance"]
    done = subprocess.run(
        [*command, "--one", str(passages), "--questions", str(asked), "--drawn", str(drawn)],
        stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found: dict[str, Any] = json.loads(done.stdout)
    return found


# Cold starts


def cold(runs: int) -> dict[str, float]:
    """Processor seconds of a question on the command line and of the two libraries beneath it, turn
    about; the median of each, and of their ratios.
    """
    question = ["-m", "assistant", "ask", "Quel rôle est prévu pour les douanes ?"]
    pairs = [(_seconds(question), _seconds(["-c", _IMPORTS])) for _ in range(runs)]
    return {
        "ask": statistics.median(a for a, _ in pairs),
        "imports": statistics.median(b for _, b in pairs),
        "ratio": statistics.median(a / b for a, b in pairs),
    }


def _seconds(command: Sequence[str]) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, *command], stdout=subprocess.DEVNULL, check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return (after.ru_utime + after.ru_stime) - (before.ru_utime + before.ru_stime)


def page_start() -> dict[str, float]:
    """Seconds until the page says that it starts, and until it is there."""
    found: dict[str, float] = {}
    start = time.perf_counter()
    command = [sys.executable, "app.py", "--port", str(_PORT)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        try:
            while "ready" not in found:
                try:
                    urllib.request.urlopen(f"http://127.0.0.1:{_PORT}/health").close()
                    found["ready"] = time.perf_counter() - start
                except urllib.error.HTTPError:
                    found.setdefault("starting", time.perf_counter() - start)
                except OSError:
                    pass
                time.sleep(0.05)
        finally:
            process.terminate()
    return found


# One size


def size(settings: Settings, passages: int, asked: int, *, drawn: bool) -> dict[str, Any]:
    """What a collection of so many passages costs, by so many questions; seconds, milliseconds,
    bytes.
    """
    from assistant.answering import Assistant
    from bench.generated import DrawnVectors, GeneratedActs
    from index import embedding
    from index.build import Build
    from index.builder import build
    from index.registry import BuildRegistry

    real = embedding.load(settings)
    model: Embedder = DrawnVectors(real) if drawn else real
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = settings.model_copy(update={"data": Path(folder)})
        registry = BuildRegistry(scratch.data)
        start = time.perf_counter()
        made = build(registry, GeneratedActs(passages), lambda: model, scratch, lambda *_: None)
        seconds = time.perf_counter() - start
        place = registry.path(made.build)
        start = time.perf_counter()
        opened = Build(place)
        assistant = Assistant.of(opened, scratch, model)
        opening = time.perf_counter() - start
        try:
            found = {
                "passages": passages,
                "drawn": drawn,
                "indexed_per_second": passages / seconds,
                "encoded_per_second": _encoding(real, opened),
                "opening_seconds": opening,
                "disk": sum(p.stat().st_size for p in place.rglob("*") if p.is_file()),
                "questions": [_asked(assistant, real, asked, n) for n in _ASKERS],
                "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024,
            }
            # These hold copies of their own: the memory above is without them.
            return found | {"searches": _searches(opened, real, asked)}
        finally:
            opened.close()


def _encoding(embedder: Embedder, build: Build) -> float:
    """Passages that the bare model encodes in a second: two times each, as a build does."""
    texts = [c.text for c in build.chunks[:64]] + [c.embedded for c in build.chunks[:64]]
    start = time.perf_counter()
    embedder.encode(texts, "passage")
    return len(texts) / 2 / (time.perf_counter() - start)


def _asked(assistant: Any, embedder: Embedder, count: int, askers: int) -> dict[str, Any]:
    """From question to answer with so many who ask at once, and the bare encoding likewise."""
    from bench.generated import questions

    warm, *asked = questions(count + 1, seed=askers)
    assistant.ask(*warm)
    bare = _timed(askers, [partial(embedder.encode, [q], "query") for q, _ in asked])
    ours = _timed(askers, [partial(assistant.ask, *question) for question in asked])
    return {
        "askers": askers,
        "p50": _at(ours, 50), "p95": _at(ours, 95),
        "bare_p50": _at(bare, 50), "bare_p95": _at(bare, 95),
    }  # fmt: skip


def _timed(threads: int, tasks: Sequence[Callable[[], object]]) -> list[float]:
    """Milliseconds of each task; of processor time where nobody else works in this process."""
    clock = time.process_time if threads == 1 else time.perf_counter
    together = threading.Barrier(threads)

    def work(mine: Sequence[Callable[[], object]]) -> list[float]:
        together.wait()
        found = []
        for task in mine:
            start = clock()
            task()
            found.append(1000 * (clock() - start))
        return found

    with ThreadPoolExecutor(threads) as pool:
        shares = pool.map(work, [tasks[n::threads] for n in range(threads)])
        return [ms for share in shares for ms in share]


def _at(values: Sequence[float], percent: int) -> float:
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1]


def _searches(build: Build, embedder: Embedder, count: int) -> dict[str, float]:
    """Median processor milliseconds of a search in each other way, over the same vectors."""
    from bench.generated import questions
    from bench.rankers import Lexical

    lexical = Lexical(build.passages)
    exact, framework = _exact(build, embedder), _llama(build, embedder)
    ways: dict[str, Callable[[str, Lang], object]] = {
        "bare encoding": lambda q, _: embedder.encode([q], "query"),
        "BM25 alone": lambda q, la: lexical.rank(q, la, 10),
        "exact search, numpy": exact,
        "llama-index": framework,
    }
    asked = questions(count, seed=99)
    found: dict[str, float] = {}
    for name, way in ways.items():
        way(*asked[0])
        found[name] = _at(_timed(1, [partial(way, *question) for question in asked]), 50)
    return found


def _vectors(build: Build) -> dict[str, Any]:
    from sources.anchor import LANGS

    found: dict[str, Any] = {}
    for lang in LANGS:
        ids = [c.id for c in build.chunks if c.lang == lang]
        for start in range(0, len(ids), 1000):
            found |= build.vectors.vectors(lang, ids[start : start + 1000])
    return found


def _exact(build: Build, embedder: Embedder) -> Callable[[str, Lang], object]:
    import numpy as np

    matrix = np.stack(list(_vectors(build).values()))

    def search(question: str, _: Lang) -> object:
        scores = matrix @ embedder.encode([question], "query")[0].text
        return np.argpartition(scores, -10)[-10:]

    return search


def _llama(build: Build, embedder: Embedder) -> Callable[[str, Lang], object]:
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode

    from bench.llama import Embedding

    texts = {c.id: c.text for c in build.chunks}
    nodes = [
        TextNode(id_=i, text=texts[i], embedding=v.tolist()) for i, v in _vectors(build).items()
    ]
    index = VectorStoreIndex(nodes=nodes, embed_model=Embedding(embedder))
    retriever = index.as_retriever(similarity_top_k=10)
    return lambda question, _: retriever.retrieve(question)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
