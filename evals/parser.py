"""What can be typed after ``python -m evals``."""

from __future__ import annotations

import argparse
from pathlib import Path

from evals.cases import SPLITS, CaseKind
from sources.anchor import LANGS
from sources.command import options

MODELS = ("with_questions", "same", "cross")  # that `calibrate` fits
TEXTS = ("declarations", "ordinary")  # of our own invention, that `collect` indexes
DESCRIPTION = "Measure the assistant, compare runs, add cases, calibrate."


def parser() -> argparse.ArgumentParser:
    """The parser of ``python -m evals``."""
    shared = options()
    found = argparse.ArgumentParser(prog="python -m evals", description=DESCRIPTION)
    commands = found.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", parents=[shared], help="ask all cases, and measure")
    run.add_argument("--cases", nargs="+", type=Path, default=[], metavar="FILE")
    run.add_argument("--build", metavar="ID", help="ask this build (default: the one in use)")
    run.add_argument("--split", choices=SPLITS, help="this half only")
    run.add_argument("--json", type=Path, metavar="FILE", help="write the run")
    run.add_argument("--html", type=Path, metavar="FILE", help="write the report")
    run.add_argument("--check", action="store_true", help="and hold it against the baseline")
    _baseline(run)
    compare = commands.add_parser("compare", parents=[shared], help="two runs, side by side")
    compare.add_argument("before", type=Path, metavar="A", help="file of `run --json`")
    compare.add_argument("after", type=Path, metavar="B")
    compare.add_argument("--json", action="store_true", help="print JSON")
    report = commands.add_parser("report", parents=[shared], help="a run as a page to read")
    report.add_argument("run", type=Path, metavar="RUN", help="file of `run --json`")
    report.add_argument(
        "--html", type=Path, metavar="FILE", help="where to (default: RUN with the ending .html)"
    )
    check = commands.add_parser("check", parents=[shared], help="run, fail below the baseline")
    check.add_argument("--run", type=Path, metavar="RUN", help="take this run, ask nothing")
    check.add_argument("--refresh", action="store_true", help="make the run the new baseline")
    _baseline(check)
    calibrate = commands.add_parser(
        "calibrate", parents=[shared], help="fit the calibration of refusal on dev"
    )
    calibrate.add_argument(
        "--write",
        nargs="?",
        const="",
        metavar="FILE",
        help="store it, for the index of this data folder where no file is given",
    )
    calibrate.add_argument(
        "--only",
        nargs="+",
        choices=MODELS,
        default=[],
        help="these models; the others stay as they are",
    )
    calibrate.add_argument(
        "--also",
        nargs="+",
        type=Path,
        default=[],
        metavar="DATA",
        help="data folders whose indexes `same` and `cross` learn from as well",
    )
    _add_parser(commands.add_parser("add", parents=[shared], help="add a case"))
    candidates = commands.add_parser(
        "candidates", parents=[shared], help="feedback of readers, as cases to review"
    )
    candidates.add_argument("--json", action="store_true", help="print JSON")
    collect = commands.add_parser(
        "collect",
        parents=[shared],
        help="index texts to measure on: of our own invention, and acts of a file of passages",
    )
    collect.add_argument(
        "passages", type=Path, nargs="?", metavar="FILE", help="see evals/collection.py"
    )
    collect.add_argument(
        "--acts", nargs="+", default=[], metavar="CELEX", help="these only (default: all)"
    )
    collect.add_argument(
        "--texts",
        choices=TEXTS,
        default=TEXTS[0],
        help="which of our own invention (default: %(default)s)",
    )
    return found


def _baseline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="default: evals/baseline.json"
    )


def _add_parser(add: argparse.ArgumentParser) -> None:
    add.add_argument("--lang", choices=LANGS, required=True)
    add.add_argument("--question", required=True)
    add.add_argument("--kind", choices=[str(k) for k in CaseKind], required=True)
    add.add_argument("--split", choices=SPLITS, required=True)
    right = add.add_mutually_exclusive_group(required=True)
    right.add_argument("--any", nargs="+", default=[], metavar="ANCHOR", help="one is enough")
    right.add_argument("--all", nargs="+", default=[], metavar="ANCHOR", help="all are needed")
    right.add_argument("--refuse", action="store_true", help="the sources do not say it")
    add.add_argument(
        "--needs", nargs="+", default=[], metavar="WORK", help="ask only while these are indexed"
    )
    add.add_argument(
        "--absent", nargs="+", default=[], metavar="WORK", help="refuse while these are not indexed"
    )
    add.add_argument("--history", nargs="+", default=[], metavar="QUESTION", help="asked before")
    add.add_argument("--note", default="")
    add.add_argument("--id", help="default: the next free one")
    add.add_argument(
        "--file", type=Path, metavar="FILE", help="default: evals/cases/added.LANG.jsonl"
    )
