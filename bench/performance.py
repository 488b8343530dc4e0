"""``python -m bench.performance``: how fast and how large, in one run.

Each part is measured in a process of its own, one after the other: a build, what an opened build
takes, each other library on the same passages. The numbers go into docs/performance.md, beside the
goals. Real passages are used where there are any (:mod:`bench.texts`).
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, datetime
from multiprocessing import get_context
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from bench import building, installed, opened, peers, performance_page, starts, texts
from bench.stages import WARM
from sources.command import main_with, options
from sources.files import write_atomically
from sources.settings import Settings

P = ParamSpec("P")
T = TypeVar("T")
_SIZES, _DRAWN = (100, 1000, 10_000), 10_000


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m bench.performance", description=__doc__, parents=[options()]
    )
    parser.add_argument(
        "--sizes", nargs="+", type=int, default=_SIZES, metavar="N",
        help="passages, smallest first; 100000 take an hour and more (default: 100 1000 10000)",
    )  # fmt: skip
    parser.add_argument(
        "--drawn", type=int, default=_DRAWN, metavar="N",
        help="draw the vectors of passages by chance from this size on, instead of embedding them"
        " (default: %(default)s)",
    )  # fmt: skip
    parser.add_argument(
        "--questions", type=int, default=64, help="asked at each size (default: %(default)s)"
    )
    parser.add_argument(
        "--runs", type=int, default=5, help="of each cold start (default: %(default)s)"
    )
    parser.add_argument(
        "--page", type=Path, default=performance_page.PAGE, help="the page that is written"
    )
    parser.add_argument(
        "--json", type=Path, metavar="FILE", help="write what was measured, size by size"
    )
    parser.add_argument(
        "--from", dest="earlier", type=Path, metavar="FILE",
        help="write the page from such a file, and measure nothing",
    )  # fmt: skip
    return parser


def _run(arguments: argparse.Namespace, _: Settings) -> int:
    if arguments.earlier:
        data = json.loads(arguments.earlier.read_text("utf-8"))
    else:
        data = _measured(arguments)
    performance_page.write(arguments.page, data)
    return 0


def _measured(arguments: argparse.Namespace) -> dict[str, Any]:
    data: dict[str, Any] = {
        "command": " ".join(["python -m bench.performance", *_chosen(arguments)]),
        "date": datetime.now(UTC).date().isoformat(),
        "machine": f"{os.cpu_count()} cores, {platform.machine()}",
        "load": os.getloadavg()[0],
        "texts": "real EU acts" if texts.corpus() else "generated acts",
    }
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        for found in measure(Path(folder), arguments):
            data |= found
            if arguments.json:
                write_atomically(arguments.json, json.dumps(data, indent=1).encode())
    return data


def _chosen(arguments: argparse.Namespace) -> list[str]:
    """The options that say what is measured, as they were, without those left as they are."""
    usual = _parser().parse_args([])
    found: list[str] = []
    for name in ("sizes", "drawn", "questions", "runs"):
        value = getattr(arguments, name)
        if value != getattr(usual, name):
            found += [f"--{name}", *map(str, value if name == "sizes" else [value])]
    return found


def measure(folder: Path, arguments: argparse.Namespace) -> Iterator[dict[str, Any]]:
    """All that is measured, again with each further size; data folders are made in a folder."""
    ships = folder / "ships"
    ships.mkdir()
    _say("the first start")
    data: dict[str, Any] = {"first": _apart(building.measure, ships, 0, drawn=False)}
    _say("questions about what ships")
    data["ships"] = _apart(opened.measure, ships, arguments.questions)
    _say("cold starts")
    data["cold"] = starts.command_line(ships, arguments.runs)
    data["page"] = [starts.page(ships, fetch) for fetch in ("never", "cited")]
    data["left_out"] = {n: lacking for n in peers.WAYS if (lacking := peers.lacking(n))}
    _say("what is installed")
    data["installed"] = installed.measure()
    data["sizes"] = []
    for passages in arguments.sizes:
        place = folder / str(passages)
        place.mkdir()
        (place / "models").symlink_to(ships / "models")
        data["sizes"].append(
            _size(place, passages, arguments.questions, drawn=passages >= arguments.drawn)
        )
        shutil.rmtree(place)
        yield data


def _size(place: Path, passages: int, count: int, *, drawn: bool) -> dict[str, Any]:
    """What a collection of so many passages costs, by so many questions."""
    _say(f"{passages} passages: build")
    built = _apart(building.measure, place, passages, drawn=drawn)
    _say(f"{passages} passages: questions")
    asked = _apart(opened.measure, place, count)
    library, found = texts.library(place, passages), {}
    works = frozenset(e.source.id for e in library.editions())
    questions = [question for question, _ in texts.questions(works, WARM + count)]
    for name, way in peers.WAYS.items():
        if not peers.lacking(name) and not (drawn and way.embeds):
            _say(f"{passages} passages: {name}")
            documents = texts.documents(library, whole=way.whole)
            try:
                found[name] = _apart(peers.measure, name, place, documents, questions, drawn=drawn)
            except Exception as error:  # noqa: BLE001 - their own; all else is measured all the same
                _say(f"{passages} passages: {name} is left out: {error}")
    return {
        "passages": passages, "drawn": drawn, "build": built, "opened": asked, "peers": found
    }  # fmt: skip


def _apart(task: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What a function gives in a process of its own, which ends with it."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments, **named).result()


def _say(what: str) -> None:
    print(f"{datetime.now(UTC):%H:%M:%S} {what}", file=sys.stderr, flush=True)


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
