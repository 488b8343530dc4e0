"""``python -m bench.builds``: what a re-index costs beside a full build, in one run.

On all texts of the data folder, in a temporary folder; the real model, no cache to begin with.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sources.command import main_with, options
from sources.library import Edition, Library
from sources.settings import Settings

if TYPE_CHECKING:
    from index.embedding import Embedder, Encoded
    from index.manifest import Manifest
    from sources.model import Document


class Changed(Library):
    """The library with one work left out, or with one word more in one passage of one work."""

    def __init__(self, data: Path, *, without: str = "", altered: str = "") -> None:
        super().__init__(data)
        self._without, self._altered = without, altered

    def editions(self) -> tuple[Edition, ...]:
        """See :class:`sources.library.Library`."""
        kept = [e for e in super().editions() if e.source.id != self._without]
        return tuple(
            replace(e, fingerprint=f"{e.fingerprint} altered")
            if e.source.id == self._altered
            else e
            for e in kept
        )

    def read(self, edition: Edition) -> Document:
        """See :class:`sources.library.Library`."""
        stored = edition.fingerprint.removesuffix(" altered")
        document = super().read(replace(edition, fingerprint=stored))
        if edition.source.id != self._altered or edition.lang != "fr":
            return document
        passages = list(document.passages)
        middle = len(passages) // 2
        passages[middle] = replace(passages[middle], text=f"{passages[middle].text} Modifié.")
        return replace(document, passages=tuple(passages))


@dataclass(frozen=True, slots=True)
class BuildRow:
    """One build: what it was of, how many texts went through the model, and how long it took."""

    name: str
    embedded: int
    seconds: float


class Counting:
    """The model, and how many texts it was given."""

    def __init__(self, inner: Embedder) -> None:
        self.id, self._inner, self.count = inner.id, inner, 0

    def encode(self, texts: Sequence[str], side: str) -> list[Encoded]:
        """See :class:`index.embedding.Embedder`."""
        self.count += len(texts)
        return self._inner.encode(texts, side)  # type: ignore[arg-type]

    def token_spans(self, passage: str) -> list[tuple[int, int]]:
        """See :class:`index.embedding.Embedder`."""
        return self._inner.token_spans(passage)


def measure(settings: Settings, embedder: Embedder, say: Callable[[str], None]) -> list[BuildRow]:
    """Build over and over in a temporary folder; the rows in the order of the table."""
    from index.builder import build
    from index.registry import BuildRegistry

    model = Counting(embedder)
    library = Library(settings.data)
    sizes = {e.source.id: len(library.read(e).passages) for e in library.editions()}
    largest, smallest = max(sizes, key=sizes.__getitem__), min(sizes, key=sizes.__getitem__)
    rows: list[BuildRow] = []

    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        scratch = settings.model_copy(update={"data": Path(folder)})

        def timed(name: str, texts: Library) -> Manifest:
            say(name)
            before, start = model.count, time.perf_counter()
            made = build(
                BuildRegistry(scratch.data), texts, lambda: model, scratch, lambda *_: None
            )
            rows.append(BuildRow(name, model.count - before, time.perf_counter() - start))
            return made

        def forget() -> None:
            for path in (scratch.data / "builds").iterdir():
                path.rename(Path(folder) / f"gone-{len(rows)}-{path.name}")

        timed("full", Changed(settings.data, without=smallest) if len(sizes) > 1 else library)
        if len(sizes) > 1:
            timed(f"{smallest} added", library)
        forget()
        timed("everything from the cache", library)
        timed(f"one paragraph of {largest} changed", Changed(settings.data, altered=largest))
        timed("back to what was built before", library)
        timed("nothing changed", library)
    return rows


def _run(_: argparse.Namespace, settings: Settings) -> int:
    from rich.console import Console
    from rich.table import Table

    from index import embedding

    rows = measure(settings, embedding.load(settings), lambda t: print(t, file=sys.stderr))
    table = Table("build", "texts embedded", "seconds", "× full")
    for row in rows:
        share = f"{row.seconds / rows[0].seconds:.4f}"
        table.add_row(row.name, str(row.embedded), f"{row.seconds:.2f}", share)
    Console(highlight=False).print(table)
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    parser = argparse.ArgumentParser(
        prog="python -m bench.builds", description=__doc__, parents=[options()]
    )
    return main_with(parser, _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
