"""``python -m bench``: our search beside other pipelines, on the same questions, in one run."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from evals import cases as case_files
from evals.cases import SPLITS, CasesError
from sources.command import main_with, options
from sources.files import write_atomically
from sources.settings import Settings

if TYPE_CHECKING:
    from bench.rankers import Ranker
    from bench.retrieval import RankerResult
    from index.build import Build
    from index.embedding import Embedder
    from index.glossary import Glossary

# Its default, which is longer than what the weights can read at once (512), and shorter ones.
_CHUNKS = ((1024, 200), (512, 64), (256, 32), (128, 16))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench", description=__doc__, parents=[options()]
    )
    parser.add_argument("--cases", nargs="+", type=Path, default=[], metavar="FILE")
    parser.add_argument("--split", choices=[*SPLITS, "all"], default="test")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the results")
    return parser


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    from tqdm import tqdm

    from bench import retrieval
    from evals.observe import assistant_for
    from evals.run import as_text, works
    from index import embedding

    wanted = [c for c in case_files.load(arguments.cases) if arguments.split in ("all", c.split)]
    embedder = embedding.load(settings)
    assistant = assistant_for(settings, lambda: embedder)
    build = assistant.build
    try:
        cases = retrieval.askable(wanted, works(build.manifest))
        if not cases:
            raise CasesError("no case can be ranked", len(wanted), "Index the works they name.")
        print("embedding for the other pipelines …", file=sys.stderr)
        untrained = embedder if settings.model else embedding.packaged(settings, trained=False)
        chunked, others = _others(build, embedder, untrained)
        rankers = [*_ours(build, embedder, assistant.glossary), *chunked, *others]
        with tqdm(total=len(rankers) * len(cases), desc="rank", file=sys.stderr) as bar:
            found = retrieval.measure(rankers, cases, bar.update)
    finally:
        build.close()
    baseline = retrieval.best(found, [r.name for r in chunked])
    results = retrieval.results(found, baseline)
    data: dict[str, Any] = {
        "build": build.id,
        "split": arguments.split,
        "baseline": baseline,
        "results": results,
    }
    if arguments.json:
        write_atomically(arguments.json, as_text(data).encode("utf-8"))
    _show(results, baseline, build.id)
    return 0


def _ours(build: Build, embedder: Embedder, glossary: Glossary) -> list[Ranker]:
    """Our search, as it is and without the questions that passages are known to answer."""
    from bench.rankers import Ours
    from index.search import Searcher, SearchOptions

    alone = SearchOptions(known_questions=False)
    return [
        Ours(Searcher(build, embedder, glossary)),
        Ours(Searcher(build, embedder, glossary, alone), "ours, text alone"),
    ]


def _others(
    build: Build, embedder: Embedder, untrained: Embedder
) -> tuple[list[Ranker], list[Ranker]]:
    """The pipelines with chunks, which take the model as its package carries it, and the rest."""
    from bench.llama import Chunks, Passages
    from bench.rankers import Lexical

    texts = build.passages
    chunked: list[Ranker] = [Chunks(texts, untrained, *sizes) for sizes in _CHUNKS]
    nodes = [Passages(texts, embedder, n) for n in ("passages", "views", "questions")]
    as_it_comes = Passages(texts, untrained, name="llama-index passages, untrained")
    return chunked, [as_it_comes, *nodes, Lexical(texts)]


def _show(results: Sequence[RankerResult], baseline: str, build: str) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from bench.retrieval import SHOWN

    console = Console(highlight=False)
    table = Table(box=box.SIMPLE_HEAD, padding=0)
    table.add_column("")
    for name in ("lang", *SHOWN, "x MRR", "95 % gain", "ms", "x time"):
        table.add_column(name.replace("RR@10", "MRR"), justify="right", no_wrap=True)
    for r in results:
        table.add_row(
            r.ranker,
            r.lang,
            *(f"{r.values[m]:.3f}" for m in SHOWN),
            f"{r.ratios['RR@10']:.2f}",
            f"{r.low:+.2f}…{r.high:+.2f}",
            f"{r.median_ms:.1f}",
            f"{r.ratios['time']:.2f}",
        )
    console.print(table)
    counts = ", ".join(f"{la} {n}" for la, n in sorted({(r.lang, r.cases) for r in results}))
    console.print(f"build {build}; questions: {counts}; baseline (1.00): {baseline}", markup=False)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
