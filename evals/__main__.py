"""``python -m evals``: measure the assistant, compare runs, add cases, calibrate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals import cases as case_files
from evals.cases import SPLITS, CasesError, Kind
from sources.anchor import LANGS
from sources.command import main_with
from sources.errors import DuchesseError, UsageError
from sources.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from evals.run import Run


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--debug", action="store_true", help="show the traceback of an error")
    parser = argparse.ArgumentParser(prog="python -m evals", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    run = commands.add_parser("run", parents=[shared], help="ask all cases, and measure")
    run.add_argument("--cases", nargs="+", type=Path, default=[], metavar="FILE")
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
    calibrate = commands.add_parser("calibrate", parents=[shared], help="fit the judge on dev")
    calibrate.add_argument("--write", action="store_true", help="store it for the assistant")
    _add_parser(commands.add_parser("add", parents=[shared], help="add a case"))
    candidates = commands.add_parser(
        "candidates", parents=[shared], help="feedback of readers, as cases to review"
    )
    candidates.add_argument("--json", action="store_true", help="print JSON")
    return parser


def _baseline(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--baseline", type=Path, metavar="FILE", help="default: evals/baseline.json"
    )


def _add_parser(add: argparse.ArgumentParser) -> None:
    add.add_argument("--lang", choices=LANGS, required=True)
    add.add_argument("--question", required=True)
    add.add_argument("--kind", choices=[str(k) for k in Kind], required=True)
    add.add_argument("--split", choices=SPLITS, required=True)
    right = add.add_mutually_exclusive_group(required=True)
    right.add_argument("--any", nargs="+", default=[], metavar="ANCHOR", help="one is enough")
    right.add_argument("--all", nargs="+", default=[], metavar="ANCHOR", help="all are needed")
    right.add_argument("--refuse", action="store_true", help="the sources do not say it")
    add.add_argument(
        "--absent", nargs="+", default=[], metavar="WORK", help="refuse while these are not indexed"
    )
    add.add_argument("--history", nargs="+", default=[], metavar="QUESTION", help="asked before")
    add.add_argument("--note", default="")
    add.add_argument("--id", help="default: the next free one")
    add.add_argument(
        "--file", type=Path, metavar="FILE", help="default: evals/cases/added.LANG.jsonl"
    )


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    command = {
        "run": _run_cases,
        "compare": _compare,
        "report": _report,
        "check": _check,
        "calibrate": _calibrate,
        "add": _add,
        "candidates": _candidates,
    }[arguments.command]
    return command(arguments, settings)


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _ask(settings: Settings, files: Sequence[Path] = (), split: str | None = None) -> Run:
    """Run the cases with a progress bar on standard error."""
    from tqdm import tqdm

    from evals import terminal
    from evals.observe import observed
    from evals.run import ask_all, finish, runnable, works

    wanted = [c for c in case_files.load(files) if split in (None, c.split)]
    assistant = observed(settings)
    try:
        choice = runnable(wanted, works(assistant.build))
        for line in terminal.left_out(choice):
            print(line, file=sys.stderr)
        if not choice.able:
            raise CasesError(
                "no case can be run", f"{len(wanted)} given", "Index the works that they name."
            )
        asked = ask_all(choice.able, assistant)
        given = list(tqdm(asked, total=len(choice.able), desc="ask", file=sys.stderr))
        return finish(choice, given, assistant.build)
    finally:
        assistant.build.close()


def _run_cases(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import report, terminal

    if arguments.check and (arguments.cases or arguments.split):
        raise UsageError("a check needs all cases", "--cases or --split", "Leave them out.")
    if arguments.baseline and not arguments.check:
        raise UsageError("a baseline is for a check", arguments.baseline, "Add --check.")
    run = _ask(settings, arguments.cases, arguments.split)
    if arguments.json:
        run.write(arguments.json)
    if arguments.html:
        report.write(run, arguments.html)
    terminal.show_run(run, _console())
    return _hold(run, arguments.baseline) if arguments.check else 0


def _hold(run: Run, path: Path | None) -> int:
    from evals import baseline, terminal

    verdict = baseline.check(run, baseline.Baseline.read(path or baseline.PATH))
    terminal.show_verdict(verdict, _console())
    return 0 if verdict.passed else 1


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import baseline
    from evals.run import Run

    run = Run.read(arguments.run) if arguments.run else _ask(settings)
    if not arguments.refresh:
        return _hold(run, arguments.baseline)
    path = arguments.baseline or baseline.PATH
    baseline.of(run).write(path)
    print(f"baseline of build {run.build}, {len(run.cases)} cases: {path}")
    return 0


def _compare(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import terminal
    from evals.compare import compare
    from evals.run import Run, as_text

    found = compare(Run.read(arguments.before), Run.read(arguments.after))
    if not found.cases:
        raise CasesError("the runs have no case in common", arguments.after, "Run the same cases.")
    if arguments.json:
        print(as_text(found))
    else:
        terminal.show_comparison(found, _console())
    return 0


def _report(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import report
    from evals.run import Run

    path = arguments.html or arguments.run.with_suffix(".html")
    report.write(Run.read(arguments.run), path)
    print(path)
    return 0


def _calibrate(arguments: argparse.Namespace, settings: Settings) -> int:
    import json

    from assistant import evidence
    from evals import calibrate
    from evals.observe import observed
    from index import embedding

    embedder = embedding.load(settings)
    assistant = observed(settings, lambda: embedder)
    file, counts = calibrate.calibrate(case_files.load(), settings, assistant, embedder)
    print(json.dumps(file, indent=1))
    print(", ".join(f"{k}: {v} examples" for k, v in counts.items()), file=sys.stderr)
    if arguments.write:
        calibrate.write(file, evidence.PATH)
        print(f"written: {evidence.PATH}", file=sys.stderr)
    return 0


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.shelf import Shelf
    from index.stored import read_passages

    file = arguments.file or case_files.FOLDER / f"added.{arguments.lang}.jsonl"
    mine = [file] if arguments.file and file.exists() else []
    known = case_files.load(dict.fromkeys([*sorted(case_files.FOLDER.glob("*.jsonl")), *mine]))
    fields = ("lang", "kind", "split", "question", "any", "all", "refuse", "absent", "history")
    case = case_files.make(
        id=arguments.id or case_files.free_id("added", arguments.lang, known),
        note=arguments.note,
        **{name: getattr(arguments, name) for name in fields},
    )
    shelf = Shelf(settings.data)
    there = {str(p.anchor) for p in read_passages(shelf.path(shelf.current()))}
    if unknown := [a for a in (*case.any, *case.all) if a not in there]:
        raise CasesError(
            "not in the build in use", ", ".join(unknown), "Anchors are shown with each citation."
        )
    case_files.add(file, case, known)
    print(f"{case.id}: {file}")
    return 0


def _candidates(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import feedback, terminal
    from evals.run import as_text

    file = feedback.path(settings.data)
    found = feedback.candidates(file, case_files.load())
    if found.unreadable:
        lines = ", ".join(map(str, found.unreadable))
        print(f"{file}: line(s) {lines} cannot be read and were left out", file=sys.stderr)
    if arguments.json:
        listed = [c.remark.model_dump() | {"command": c.command} for c in found.found]
        print(as_text(listed))
    else:
        terminal.show_candidates(found, _console())
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
