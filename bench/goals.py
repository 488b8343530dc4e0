"""What speed and room are meant to be, beside what was measured."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

_OF_SEARCH = 10_000  # passages
_ASKING = 16


class Goal(NamedTuple):
    """One of them.

    Attributes:
        goal: In words.
        measured: What came out, in words.
        met: Is that enough?
    """

    goal: str
    measured: str
    met: bool


def goals(data: dict[str, Any]) -> Iterator[Goal]:
    """Each goal with what :mod:`bench.performance` measured; none where that was not measured."""
    sizes, ships = data["sizes"], data["ships"]
    yield from _indexing(sizes)
    yield from _search(sizes)
    yield _answer({"what ships": ships} | {f"{s['passages']:,}": s["opened"] for s in sizes})
    cold = data["cold"]["clock"]["ratio"]
    yield Goal(
        "a cold question on the command line ≤ 1.5 × its imports", f"{cold:.2f} ×", cold <= 1.5
    )
    first = data["first"]["embedding_seconds"]
    yield Goal("embedding at the first start ≤ 30 s", f"{first:.1f} s", first <= 30)
    yield from _memory(sizes)
    yield _askers(sizes)


def _indexing(sizes: list[dict[str, Any]]) -> Iterator[Goal]:
    """On the largest size whose passages were embedded by both."""
    for size in reversed(sizes):
        ours = size["build"]["seconds"]
        theirs = {n: p["seconds"] for n, p in size["peers"].items() if "llama" in n}
        if theirs and not size["drawn"]:
            ratios = {name: seconds / ours for name, seconds in theirs.items()}
            shown = "; ".join(f"{ratio:.2f} × {name}" for name, ratio in ratios.items())
            yield Goal(
                "indexing ≥ 4 × llama-index’s own pipeline, same text and cores",
                f"{shown} ({size['passages']:,} passages)",
                min(ratios.values()) >= 4,
            )
            return


def _search(sizes: list[dict[str, Any]]) -> Iterator[Goal]:
    size = next((s for s in sizes if s["passages"] == _OF_SEARCH), None)
    if size is None:
        return
    shares = {
        name: stages["search and decision"]["p50"] / stages["bare"]["p50"]
        for name, stages in _both(size["opened"]).items()
    }
    yield Goal(
        "search and decision ≤ 15 % of embedding the question, at 10,000 passages",
        "; ".join(f"{share:.0%} {name}" for name, share in shares.items()),
        max(shares.values()) <= 0.15,
    )


def _both(opened: dict[str, Any]) -> dict[str, Any]:
    return {"with the reranker": opened["reading"], "without": opened["unread"]}


def _answer(collections: dict[str, dict[str, Any]]) -> Goal:
    worst = {
        name: max(_beside(_both(opened)[name]) for opened in collections.values())
        for name in ("with the reranker", "without")
    }
    return Goal(
        "95th of a hundred warm answers ≤ 2 × that of the bare embedding",
        "; ".join(f"{ratio:.1f} × {name}" for name, ratio in worst.items())
        + f", the slowest of {', '.join(collections)}",
        max(worst.values()) <= 2,
    )


def _beside(stages: dict[str, Any]) -> float:
    return float(stages["answer"]["p95"] / stages["bare"]["p95"])


def _memory(sizes: list[dict[str, Any]]) -> Iterator[Goal]:
    if found := memory(sizes[0]["opened"], sizes[-1]["opened"]):
        least, most = sizes[0]["passages"], sizes[-1]["passages"]
        yield Goal(
            "memory for each passage ≤ 2 × its vector and text",
            f"{found:.1f} × (from {least:,} to {most:,} passages)",
            found <= 2,
        )


def memory(small: dict[str, Any], large: dict[str, Any]) -> float | None:
    """Own memory above that of a small build, for each byte of vectors and text that are more; None
    where nothing is more.
    """
    more = large["vectors_and_text"] - small["vectors_and_text"]
    return (own(large) - own(small)) / more if more > 0 else None


def own(opened: dict[str, Any]) -> int:
    """Bytes of memory without the reranker and without mapped files, which the system takes back as
    it wants.
    """
    return int(opened["memory"]["all"] - opened["memory"]["mapped"])


def _askers(sizes: list[dict[str, Any]]) -> Goal:
    ratios, errors = [], 0
    for size in sizes:
        of = {row["askers"]: row for row in size["opened"]["askers"]}
        ratios.append(of[_ASKING]["p95"] / of[1]["p95"])
        errors += sum(row["errors"] for row in of.values())
    return Goal(
        "95th of a hundred answers to 16 askers ≤ 4 × that to one, no errors",
        f"{min(ratios):.1f} to {max(ratios):.1f} ×, {errors} errors",
        max(ratios) <= 4 and not errors,
    )
