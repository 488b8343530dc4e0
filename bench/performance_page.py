"""The page docs/performance.md: what :mod:`bench.performance` measured, as tables and plots."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from sources.files import write_atomically


def write(page: Path, data: dict[str, Any], marks: tuple[str, str]) -> None:
    """Put the measurements between two marks of a page; the plots go into ``images`` beside it."""
    before, _, rest = page.read_text("utf-8").partition(marks[0])
    _, _, after = rest.partition(marks[1])
    _plot(page.parent / "images", data["sizes"])
    measured = "\n".join(_lines(data))
    write_atomically(page, f"{before}{marks[0]}\n{measured}\n{marks[1]}{after}".encode())


def _lines(data: dict[str, Any]) -> Iterator[str]:
    cold, page, sizes = data["cold"], data["page"], data["sizes"]
    yield f"Measured on {data['date']}: {data['machine']}, load {data['load']:.1f} at the start."
    yield ""
    yield "**Cold start.** Processor seconds, median of each and of their ratios, turn about:"
    yield ""
    yield from _table(
        ("", "s", "×"),
        [
            ("`import chromadb, llama_index.core`", f"{cold['imports']:.2f}", "1.00"),
            ("`python -m assistant ask …`", f"{cold['ask']:.2f}", f"{cold['ratio']:.2f}"),
        ],
    )
    yield (
        f"The page says that it starts after {page['starting']:.1f} s and is there after "
        f"{page['ready']:.1f} s (by the clock, the machine as it was)."
    )
    yield ""
    yield "**A question**, from its text to the answer; beside it the bare encoding of it. With one"
    yield "asker in milliseconds of processor time, with several by the clock:"
    yield ""
    yield from _table(
        ("passages", "askers", "p50", "p95", "encoding p50", "p95", "× p50", "× p95"),
        [
            (
                _named(s), q["askers"], f"{q['p50']:.0f}", f"{q['p95']:.0f}",
                f"{q['bare_p50']:.0f}", f"{q['bare_p95']:.0f}",
                f"{q['p50'] / q['bare_p50']:.1f}", f"{q['p95'] / q['bare_p95']:.1f}",
            )
            for s in sizes
            for q in s["questions"]
        ],
    )  # fmt: skip
    yield "![Processor time of an answer by size](images/performance-growth.svg)"
    yield ""
    yield "**Other ways to search** the same vectors, without an answer: median milliseconds of"
    yield "processor time, and × the bare encoding of the question:"
    yield ""
    yield from _table(
        ("passages", *sizes[0]["searches"]),
        [
            (
                _named(s),
                *(_beside(ms, s["searches"]["bare encoding"]) for ms in s["searches"].values()),
            )
            for s in sizes
        ],
    )
    for name, why in data["peers"].items():
        if why:
            yield f"{name}: {why}."
    yield ""
    yield "**A build** from nothing; passages a second, beside what the bare model encodes of them:"
    yield ""
    yield from _table(
        ("passages", "indexed / s", "encoded / s", "disk", "memory at most", "opened in"),
        [
            (
                _named(s),
                "–" if s["drawn"] else f"{s['indexed_per_second']:.1f}",
                f"{s['encoded_per_second']:.1f}",
                f"{s['disk'] / 1e6:.0f} MB", f"{s['memory'] / 1e6:.0f} MB",
                f"{s['opening_seconds']:.2f} s",
            )
            for s in sizes
        ],
    )  # fmt: skip
    if any(s["drawn"] for s in sizes):
        yield "\\* The vectors of the passages were drawn by chance: a question takes as long."


def _named(size: dict[str, Any]) -> str:
    return f"{size['passages']:,}{'*' if size['drawn'] else ''}"


def _beside(milliseconds: float, bare: float) -> str:
    return f"{milliseconds:.1f} ({milliseconds / bare:.2f} ×)"


def _table(head: Sequence[object], rows: Sequence[Sequence[object]]) -> Iterator[str]:
    yield f"| {' | '.join(map(str, head))} |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield f"| {' | '.join(map(str, row))} |"
    yield ""


def _plot(folder: Path, sizes: Sequence[dict[str, Any]]) -> None:
    """Time of an answer and of the other ways, by the number of passages."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(6.4, 3.6))
    counts = [s["passages"] for s in sizes]
    for percent in ("p50", "p95"):
        axes.plot(
            counts, [s["questions"][0][percent] for s in sizes], "o-", label=f"answer, {percent}"
        )
    for name in sizes[0]["searches"]:
        axes.plot(counts, [s["searches"][name] for s in sizes], "o--", label=name)
    axes.set(xscale="log", xlabel="passages", ylabel="ms of processor time", ylim=(0, None))
    axes.legend(fontsize="small")
    folder.mkdir(exist_ok=True)
    with mpl.rc_context({"svg.hashsalt": "performance"}):
        figure.savefig(
            folder / "performance-growth.svg", bbox_inches="tight", metadata={"Date": None}
        )
    plt.close(figure)
