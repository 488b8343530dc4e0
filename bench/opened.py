"""An opened build and its answers, in a process that does nothing else: memory and milliseconds."""

from __future__ import annotations

import gc
import re
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from bench.stages import WARM, Stages, at, milliseconds
from sources.settings import Settings

if TYPE_CHECKING:
    from assistant.answerability import AnswerabilityModel
    from assistant.answering import Assistant
    from index.build import Build
    from index.embedding import Embedder
    from sources.anchor import Lang

    Questions = Sequence[tuple[str, Lang]]

ASKERS = (1, 4, 16)
STAGES = ("bare", "answer", "encoding", "search", "reading", "decision")


def measure(data: Path, count: int) -> dict[str, Any]:
    """What the build of a data folder takes to be opened and to answer at most so many questions.

    Memory is that after the answers to one asker, without the reranker and then with it: what that
    takes depends on the passages that it reads, not on how many there are.
    """
    from bench import texts
    from index import embedding
    from index.build import Build
    from index.registry import BuildRegistry

    settings = Settings.read().model_copy(update={"data": data})
    unread = settings.model_copy(update={"reranker": "none"})
    registry, embedder = BuildRegistry(data), embedding.load(settings)
    start = time.perf_counter()
    build = Build(registry.path(registry.current()))
    model = _calibrated(build, settings)
    silent = _fresh(build, unread, embedder, model)
    opening = time.perf_counter() - start
    try:
        works = frozenset(d.work for d in build.manifest.documents)
        asked = texts.questions(works, WARM + count)
        found = {"unread": _staged(*silent, unread, asked), "memory": resident()}
        reading = _fresh(build, settings, embedder)
        found |= {"reading": _staged(*reading, settings, asked), "memory_reading": resident()}
        return found | {
            "questions": len(asked) - WARM,
            "opening_seconds": opening,
            "vectors_and_text": _vectors_and_text(build),
            "askers": [_asked(_fresh(build, settings, embedder)[0], asked, n) for n in ASKERS],
            "searches": _searches(build, embedder, asked),
        }
    finally:
        build.close()


def resident() -> dict[str, int]:
    """Bytes of memory of this process now: all, and those of it that are files, mapped."""
    status = Path("/proc/self/status").read_text("ascii")
    found = {name: 1024 * int(kb) for name, kb in re.findall(r"Rss(\w+):\s+(\d+) kB", status)}
    return {"all": sum(found.values()), "mapped": found["File"]}


def _vectors_and_text(build: Build) -> int:
    """Bytes of one float32 vector for each chunk and of the texts of the passages in UTF-8."""
    vectors = 4 * build.manifest.model.dimension * len(build.chunks)
    return vectors + sum(len(t.encode()) for p in build.passages for t in p.texts.values())


def _calibrated(build: Build, settings: Settings) -> AnswerabilityModel:
    """How likely a passage answers, as calibrated with the reranker: without it takes as long to
    say, if not as well.
    """
    from assistant.answerability import AnswerabilityModel, models
    from index import reranker

    return AnswerabilityModel.of(settings.data, models(build, reranker.load(settings)))


def _fresh(
    build: Build, settings: Settings, embedder: Embedder, model: AnswerabilityModel | None = None
) -> tuple[Assistant, Any]:
    """An assistant that has not heard any question yet, nor its reranker, and the way in which it
    alone has the embedder.
    """
    from assistant.answering import Assistant
    from index import packaged_reranker

    packaged_reranker.load.cache_clear()  # it keeps what it has read
    gc.collect()  # so that no two stand beside each other
    own: Any = SimpleNamespace(
        id=embedder.id, encode=embedder.encode, token_spans=embedder.token_spans
    )
    return Assistant.of(build, settings, own, model=model), own


def _staged(
    assistant: Assistant, embedder: Any, settings: Settings, asked: Questions
) -> dict[str, dict[str, float]]:
    """One asker: for each of :data:`STAGES` the median and the 95th of a hundred, milliseconds.

    ``bare`` is the encoding of the question alone, before each answer.
    """
    from index import reranker

    bare, stages = embedder.encode, Stages()
    stages.watch(assistant, "ask", "decision")
    stages.watch(assistant.searcher, "search", "search")
    stages.watch(embedder, "encode", "encoding")
    if reader := reranker.load(settings):
        stages.watch(reader, "scores", "reading")
    rows = []
    for question, lang in asked:
        alone = milliseconds(partial(bare, [question], "query"))
        answer = milliseconds(partial(assistant.ask, question, lang))
        spent = {"bare": alone, "answer": answer} | stages.taken()
        rows.append(dict.fromkeys(STAGES, 0.0) | spent)  # not every answer needs every stage
    rows = rows[WARM:]
    columns = {stage: [row[stage] for row in rows] for stage in STAGES}
    columns["search and decision"] = [row["search"] + row["decision"] for row in rows]
    return {s: {"p50": at(values, 50), "p95": at(values, 95)} for s, values in columns.items()}


def _asked(assistant: Assistant, asked: Questions, askers: int) -> dict[str, Any]:
    """The same questions from so many who ask at once: milliseconds of an answer, answers a second,
    and errors.
    """
    for question, lang in asked[:WARM]:
        assistant.ask(question, lang)
    together = threading.Barrier(askers)

    def ask(mine: Questions) -> list[float | None]:
        together.wait()
        return [_answered(assistant, *question) for question in mine]

    start = time.perf_counter()
    with ThreadPoolExecutor(askers) as pool:
        shares = pool.map(ask, [asked[WARM + n :: askers] for n in range(askers)])
        times = [ms for share in shares for ms in share]
    seconds = time.perf_counter() - start
    found = [ms for ms in times if ms is not None]
    return {
        "askers": askers,
        "p50": at(found, 50),
        "p95": at(found, 95),
        "per_second": len(found) / seconds,
        "errors": len(times) - len(found),
    }


def _answered(assistant: Assistant, question: str, lang: Lang) -> float | None:
    """Milliseconds of an answer; None where there was an error."""
    try:
        return milliseconds(partial(assistant.ask, question, lang))
    except Exception:  # noqa: BLE001 - whatever it is, it is counted
        return None


def _searches(build: Build, embedder: Embedder, asked: Questions) -> dict[str, float]:
    """Median milliseconds of other ways to search the same passages, with the same vectors."""
    import numpy as np

    from bench.rankers import Lexical
    from sources.anchor import LANGS

    lexical = Lexical(build.passages)
    rows: list[Any] = []
    for lang in LANGS:
        ids = [c.id for c in build.chunks if c.lang == lang]
        for start in range(0, len(ids), 1000):
            rows += build.vectors.vectors(lang, ids[start : start + 1000]).values()
    matrix = np.stack(rows)

    def exact(question: str, _: Lang) -> object:
        scores = matrix @ embedder.encode([question], "query")[0].text
        return np.argpartition(scores, -10)[-10:]

    ways = {"exact search, numpy": exact, "BM25 alone": lambda q, la: lexical.rank(q, la, 10)}
    return {
        name: at([milliseconds(partial(way, *q)) for q in asked][WARM:], 50)
        for name, way in ways.items()
    }
