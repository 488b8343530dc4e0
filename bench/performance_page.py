"""The page docs/performance.md: what :mod:`bench.performance` measured, as tables and plots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from bench import installed, plots
from bench.goals import goals, memory, own
from bench.opened import STAGES
from sources.files import write_atomically

MARKS = ("<!-- measured -->", "<!-- /measured -->")
PAGE = Path(__file__).parents[1] / "docs" / "performance.md"
_STAGES_SHOWN = {
    "bare": "bare encoding",
    "answer": "answer",
    "encoding": "of it encoding",
    "search": "search",
    "reading": "reading",
    "decision": "decision, composition",
}


def write(page: Path, data: dict[str, Any]) -> None:
    """Put the measurements between the marks of a page; the plots go into ``images`` beside it."""
    before, _, rest = page.read_text("utf-8").partition(MARKS[0])
    _, _, after = rest.partition(MARKS[1])
    plots.draw(page.parent / "images", data["sizes"])
    measured = "\n".join(_lines(data))
    write_atomically(page, f"{before}{MARKS[0]}\n{measured}\n{MARKS[1]}{after}".encode())


def _lines(data: dict[str, Any]) -> Iterator[str]:
    yield f"Measured on {data['date']} with `{data['command']}`: {data['machine']}, load"
    yield f"{data['load']:.1f} at the start; passages of {data['texts']}. Times are by the clock,"
    yield "unless it is said. p50 is the median, p95 the 95th of a hundred."
    yield ""
    yield from _goals(data)
    yield from _starts(data)
    yield from _questions(data)
    yield from _peers(data)
    yield from _builds(data)
    yield from _installed(data["installed"])


def _goals(data: dict[str, Any]) -> Iterator[str]:
    yield "### Goals"
    yield ""
    rows = [(g.goal, g.measured, "met" if g.met else "**not met**") for g in goals(data)]
    yield from _table(("goal", "measured", ""), rows)


def _starts(data: dict[str, Any]) -> Iterator[str]:
    first, cold = data["first"], data["cold"]
    yield "### Starts"
    yield ""
    yield (
        f"**The first start** expands the weights in {first['weights_seconds']:.1f} s and indexes "
        f"what ships ({first['passages']} passages) in {first['seconds']:.1f} s: "
        f"{first['texts_embedded']} texts are embedded, in {first['embedding_seconds']:.1f} s."
    )
    yield ""
    yield "**The command line**, cold, turn about; the median of each and of their ratios:"
    yield ""
    yield from _table(
        ("", "s", "×", "processor, s", "×"),
        [
            (
                name,
                f"{cold['clock'][of]:.2f}", f"{cold['clock']['ratio'] if of == 'ask' else 1:.2f}",
                f"{cold['processor'][of]:.2f}",
                f"{cold['processor']['ratio'] if of == 'ask' else 1:.2f}",
            )
            for of, name in (
                ("imports", "`import chromadb, llama_index.core`"),
                ("ask", "`python -m assistant ask …`"),
            )
        ],
    )  # fmt: skip
    yield "**The page**, seconds from its start to the answer to a question asked as it is there:"
    yield ""
    yield from _table(
        ("cited texts", "says that it starts", "is there", "has answered"),
        [
            (
                f"`DUCHESSE_FETCH={page['fetch']}`",
                *(f"{page[of]:.1f}" for of in ("starting", "ready", "answered")),
            )
            for page in data["page"]
        ],
    )


def _questions(data: dict[str, Any]) -> Iterator[str]:
    collections = _collections(data)
    yield "### A question"
    yield ""
    yield "One asker, warm; milliseconds, p50 (p95), and × the bare encoding of the same questions."
    yield "*Reading* is what the reranker takes."
    yield ""
    yield from _table(
        ("passages", "reranker", *_STAGES_SHOWN.values(), "× p50", "× p95"),
        [
            (
                name, shown,
                *(f"{stages[s]['p50']:.0f} ({stages[s]['p95']:.0f})" for s in STAGES),
                *(f"{stages['answer'][p] / stages['bare'][p]:.1f}" for p in ("p50", "p95")),
            )
            for name, opened in collections.items()
            for shown, stages in (("yes", opened["reading"]), ("none", opened["unread"]))
        ],
    )  # fmt: skip
    yield "![Time of an answer by size](images/performance-answer.svg)"
    yield ""
    yield "Several who ask at once, with the reranker; × is to one asker:"
    yield ""
    yield from _table(
        ("passages", "askers", "p50, ms", "p95, ms", "× p95", "answers / s", "errors"),
        [
            (
                name, row["askers"], f"{row['p50']:.0f}", f"{row['p95']:.0f}",
                f"{row['p95'] / opened['askers'][0]['p95']:.1f}",
                f"{row['per_second']:.1f}", row["errors"],
            )
            for name, opened in collections.items()
            for row in opened["askers"]
        ],
    )  # fmt: skip
    yield "![Time of an answer by those who ask at once](images/performance-askers.svg)"
    yield ""


def _peers(data: dict[str, Any]) -> Iterator[str]:
    yield "### Beside other libraries"
    yield ""
    yield "The same passages, weights and cores. They index and find the ten nearest; we index,"
    yield "find, and answer (here without and with the reranker). p50 of a question, and × the bare"
    yield "encoding of it in the same process:"
    yield ""
    rows: list[tuple[object, ...]] = []
    for size in data["sizes"]:
        opened, name = size["opened"], _named(size)
        rate = "–" if size["drawn"] else f"{size['passages'] / size['build']['seconds']:.1f}"
        for shown, way, kept in (
            ("no reranker", "unread", "memory"),
            ("reranker", "reading", "memory_reading"),
        ):
            stages = opened[way]
            beside = _beside(stages["answer"]["p50"], stages["bare"]["p50"])
            held = f"{opened[kept]['all'] / 1e6:.0f} MB"
            rows.append((name, f"ours, {shown}", rate, beside, held))
        bare = opened["unread"]["bare"]["p50"]
        rows += [(name, w, "", _beside(ms, bare), "") for w, ms in opened["searches"].items()]
        for peer, found in size["peers"].items():
            rate = "–" if size["drawn"] else f"{size['passages'] / found['seconds']:.1f}"
            beside = _beside(found["p50"], found["bare"])
            rows.append((name, peer, rate, beside, f"{found['memory'] / 1e6:.0f} MB"))
    yield from _table(("passages", "", "indexed / s", "a question, ms", "memory"), rows)
    for name, modules in data["left_out"].items():
        yield f"{name} is left out: {', '.join(modules)} not installed (extra `bench`)."
        yield ""
    yield "![Passages indexed in a second](images/performance-indexing.svg)"
    yield ""


def _builds(data: dict[str, Any]) -> Iterator[str]:
    sizes = data["sizes"]
    yield "### Builds"
    yield ""
    yield "Memory is that of a process that opens the build and answers, without the reranker and"
    yield "with it. A passage takes what is more than with the smallest size, without the reranker"
    yield "and mapped files; × is to one float32 vector a chunk and the text in UTF-8, likewise."
    yield ""
    yield from _table(
        (
            "passages", "build, s", "of it embedding", "disk", "of it token vectors", "opened in",
            "memory", "of it mapped files", "with the reranker", "a passage", "×",
        ),
        [
            (
                _named(s),
                f"{s['build']['seconds']:.0f}",
                "–" if s["drawn"] else f"{s['build']['embedding_seconds']:.0f}",
                _mb(s["build"]["disk"]), _mb(s["build"]["tokens"]),
                f"{s['opened']['opening_seconds']:.2f} s",
                _mb(s["opened"]["memory"]["all"]), _mb(s["opened"]["memory"]["mapped"]),
                _mb(s["opened"]["memory_reading"]["all"]),
                *_each(sizes[0], s),
            )
            for s in sizes
        ],
    )  # fmt: skip
    yield "![Memory and disk by size](images/performance-room.svg)"
    if any(s["drawn"] for s in sizes):
        yield ""
        yield "\\* The vectors of the passages were drawn by chance: a search takes as long, but"
        yield "finds less that answers: the reranker reads twelve passages more often than six."
    yield ""


def _each(small: dict[str, Any], size: dict[str, Any]) -> tuple[str, str]:
    """Bytes for each passage that a size has more than a small one, and × its vectors and text."""
    ratio = memory(small["opened"], size["opened"])
    if ratio is None:
        return "", ""
    more = own(size["opened"]) - own(small["opened"])
    return f"{more / (size['passages'] - small['passages']):.0f} B", f"{ratio:.1f}"


def _installed(found: dict[str, Any]) -> Iterator[str]:
    yield "### What is installed"
    yield ""
    yield f"To run: {found['packages']} packages, {_mb(found['bytes'])}, what Python compiled of"
    yield "them included. The largest, and how long each takes to import with all that it imports:"
    yield ""
    yield from _table(("package", "MB", "import, s", "asked for by"), installed.table(found))


def _collections(data: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """What was opened, by its name in a table."""
    ships = f"{data['first']['passages']}, what ships"
    return {ships: data["ships"]} | {_named(s): s["opened"] for s in data["sizes"]}


def _named(size: dict[str, Any]) -> str:
    return f"{size['passages']:,}{'*' if size['drawn'] else ''}"


def _beside(milliseconds: float, bare: float) -> str:
    return f"{milliseconds:.1f} ({milliseconds / bare:.2f} ×)"


def _mb(size: int) -> str:
    return f"{size / 1e6:,.0f} MB"


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(map(str, head))} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""
