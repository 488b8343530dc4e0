"""The plots of docs/performance.md: SVG, all of one size and style."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes

Sizes = Sequence[dict[str, Any]]
_STYLE: Any = {
    "axes.grid": True,
    "axes.spines.right": False,
    "axes.spines.top": False,
    "figure.figsize": (6.4, 3.6),
    "font.size": 9.0,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "svg.hashsalt": "performance",  # the same data, the same file
}


def draw(folder: Path, sizes: Sizes) -> None:
    """Write every plot into a folder."""
    import matplotlib as mpl

    mpl.use("svg")
    from matplotlib import pyplot as plt

    plots: dict[str, Callable[[Axes, Sizes], None]] = {
        "answer": _answer, "indexing": _indexing, "room": _room, "askers": _askers
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    with mpl.rc_context(_STYLE):
        for name, plot in plots.items():
            figure, axes = plt.subplots(layout="constrained")
            plot(axes, sizes)
            figure.savefig(folder / f"performance-{name}.svg", metadata={"Date": None})
            plt.close(figure)


def _over_sizes(axes: Axes, sizes: Sizes, unit: str, *, yscale: str = "linear") -> Any:
    """Axes over the number of passages; draws one line of a value for each size."""
    counts = [s["passages"] for s in sizes]
    axes.set(xscale="log", yscale=yscale, xlabel="passages", ylabel=unit)
    axes.set_xticks(counts, [f"{n:,}" for n in counts], minor=False)
    axes.minorticks_off()
    return partial(axes.plot, counts, marker="o")


def _answer(axes: Axes, sizes: Sizes) -> None:
    line = _over_sizes(axes, sizes, "ms by the clock")
    ways = (("reading", "with the reranker", "C0"), ("unread", "without", "C1"))
    for way, name, colour in ways:
        for percent, style in (("p95", "--"), ("p50", "-")):
            values = [s["opened"][way]["answer"][percent] for s in sizes]
            line(values, style, color=colour, label=f"answer {name}, {percent}")
    line([s["opened"]["unread"]["bare"]["p50"] for s in sizes], color="C2",
         label="bare encoding of the question, p50")  # fmt: skip
    axes.set_ylim(0)
    axes.legend()


def _indexing(axes: Axes, sizes: Sizes) -> None:
    """Of the largest size whose passages were embedded."""
    size = next((s for s in reversed(sizes) if not s["drawn"]), None)
    if size is None:
        return
    seconds = {"this project": size["build"]["seconds"]}
    seconds |= {name: p["seconds"] for name, p in size["peers"].items()}
    rates = [size["passages"] / s for s in seconds.values()]
    colours = ["C0"] + ["C7"] * (len(rates) - 1)
    bars = axes.barh(list(seconds), rates, color=colours)
    axes.bar_label(bars, fmt="%.1f", padding=3)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.set(xlabel=f"passages indexed in a second, of {size['passages']:,}")


def _room(axes: Axes, sizes: Sizes) -> None:
    line = _over_sizes(axes, sizes, "MB", yscale="log")
    line([s["opened"]["memory"]["all"] / 1e6 for s in sizes], color="C0", label="memory, opened")
    line([s["build"]["disk"] / 1e6 for s in sizes], color="C1", label="disk")
    line([s["opened"]["vectors_and_text"] / 1e6 for s in sizes], "--", color="C2",
         label="one vector a chunk, and the text")  # fmt: skip
    axes.legend()


def _askers(axes: Axes, sizes: Sizes) -> None:
    for size in sizes:
        rows = size["opened"]["askers"]
        askers = [row["askers"] for row in rows]
        axes.plot(
            askers, [row["p95"] for row in rows], "o-", label=f"{size['passages']:,} passages"
        )
    axes.set(xlabel="askers at once", ylabel="ms by the clock, p95", ylim=(0, None))
    axes.set_xticks(askers)
    axes.legend()
