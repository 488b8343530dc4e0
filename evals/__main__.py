"""``python -m evals``: measure the assistant, compare runs, add cases, calibrate."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from evals import cases as case_files
from evals.cases import CasesError
from evals.parser import MODELS, parser
from sources.command import Run, by_name, main_with
from sources.errors import UsageError
from sources.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from evals.run import EvaluationRun


def _console() -> Console:
    from rich.console import Console

    return Console(highlight=False)


def _ask(
    settings: Settings, files: Sequence[Path] = (), split: str | None = None, build: str = ""
) -> EvaluationRun:
    """Run the cases with a progress bar on standard error."""
    from tqdm import tqdm

    from evals import terminal
    from evals.observe import assistant_for
    from evals.run import ask_all, finish, runnable, works

    wanted = [c for c in case_files.load(files) if split in (None, c.split)]
    assistant = assistant_for(settings, build_id=build)
    try:
        choice = runnable(wanted, works(assistant.build.manifest))
        for line in terminal.left_out(choice):
            print(line, file=sys.stderr)
        if not choice.able:
            raise CasesError(
                "no case can be run", f"{len(wanted)} given", "Index the works that they name."
            )
        answers = ask_all(choice.able, assistant)
        given = list(tqdm(answers, total=len(choice.able), desc="ask", file=sys.stderr))
        return finish(choice, given, assistant)
    finally:
        assistant.build.close()


def _run_cases(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import report, terminal

    if arguments.check and arguments.split:
        raise UsageError("a check needs all cases", "--split", "Leave it out.")
    if arguments.check and arguments.cases and not arguments.baseline:
        raise UsageError("a check needs all cases", "--cases", "Give --baseline, of these files.")
    if arguments.baseline and not arguments.check:
        raise UsageError("a baseline is for a check", arguments.baseline, "Add --check.")
    for path in filter(None, (arguments.json, arguments.html)):
        _writable(path)
    run = _ask(settings, arguments.cases, arguments.split, arguments.build or "")
    if arguments.json:
        run.write(arguments.json)
    if arguments.html:
        report.write(run, arguments.html)
    terminal.show_run(run, _console())
    return _hold(run, arguments.baseline) if arguments.check else 0


def _writable(path: Path) -> None:
    """Say before the work, not after it, that a file cannot be written."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab"):
            pass
    except OSError as error:
        raise UsageError("cannot write", error, "Give another file.") from error


def _hold(run: EvaluationRun, path: Path | None) -> int:
    from evals import baseline, terminal

    verdict = baseline.check(run, baseline.Baseline.read(path or baseline.PATH))
    terminal.show_verdict(verdict, _console())
    return 0 if verdict.passed else 1


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import baseline
    from evals.run import EvaluationRun

    run = EvaluationRun.read(arguments.run) if arguments.run else _ask(settings)
    if not arguments.refresh:
        return _hold(run, arguments.baseline)
    path = arguments.baseline or baseline.PATH
    baseline.of(run).write(path)
    print(f"baseline of build {run.build}, {len(run.cases)} cases: {path}")
    return 0


def _compare(arguments: argparse.Namespace, _settings: Settings) -> int:
    from evals import terminal
    from evals.compare import compare
    from evals.run import EvaluationRun, as_text

    found = compare(EvaluationRun.read(arguments.before), EvaluationRun.read(arguments.after))
    if not found.cases:
        raise CasesError("the runs have no case in common", arguments.after, "Run the same cases.")
    if arguments.json:
        print(as_text(found))
    else:
        terminal.show_comparison(found, _console())
    return 0


def _report(arguments: argparse.Namespace, _settings: Settings) -> int:
    from evals import report
    from evals.run import EvaluationRun

    run = EvaluationRun.read(arguments.run)
    path = arguments.html or arguments.run.with_suffix(".html")
    _writable(path)
    report.write(run, path)
    print(path)
    return 0


def _calibrate(arguments: argparse.Namespace, settings: Settings) -> int:
    import json

    from assistant.answerability import AnswerabilityModel, models, own_path
    from evals import calibrate
    from evals.observe import assistant_for
    from index import embedding, reranker
    from index.registry import BuildRegistry

    # What is not there shows now, not after half an hour.
    also = [settings.model_copy(update={"data": path}) for path in arguments.also]
    for other in also:
        BuildRegistry.of(other).current()
    embedder = embedding.load(settings)
    assistant = assistant_for(settings, lambda: embedder, AnswerabilityModel.neutral())
    try:
        only = arguments.only or MODELS
        kept = {}
        if arguments.only:
            name = models(assistant.build, reranker.load(settings))
            kept = AnswerabilityModel.of(settings.data, name).file.model_dump()
        file, counts = calibrate.calibrate(
            case_files.load(), settings, assistant, embedder, only, also
        )
        file = kept | file
    finally:
        assistant.build.close()
    print(json.dumps(file, indent=1))
    print(", ".join(f"{k}: {v} examples" for k, v in counts.items()), file=sys.stderr)
    if arguments.write is not None:
        path = Path(arguments.write or own_path(settings.data, file["model"]))
        path.parent.mkdir(parents=True, exist_ok=True)
        calibrate.write(file, path)
        print(f"written: {path}", file=sys.stderr)
    return 0


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.build import read_passages
    from index.registry import BuildRegistry

    folder = case_files.FOLDER.resolve()
    file = (arguments.file or folder / f"added.{arguments.lang}.jsonl").resolve()
    files = dict.fromkeys([*sorted(folder.glob("*.jsonl")), file])
    known = case_files.load([f for f in files if f.exists()])
    fields = ("lang", "kind", "split", "question", "any", "all", "refuse", "needs", "absent")
    case = case_files.make(
        id=arguments.id or case_files.free_id("added", arguments.lang, known),
        history=arguments.history,
        note=arguments.note,
        **{name: getattr(arguments, name) for name in fields},
    )
    registry = BuildRegistry.of(settings)
    indexed = {str(p.anchor) for p in read_passages(registry.path(registry.current()))}
    if unknown := [a for a in (*case.any, *case.all) if a not in indexed]:
        raise CasesError(
            "not in the build in use", ", ".join(unknown), "Anchors are shown with each citation."
        )
    case_files.add(file, case, known)
    print(f"{case.id}: {file}")
    return 0


def _candidates(arguments: argparse.Namespace, settings: Settings) -> int:
    from assistant.web.feedback import Feedback
    from evals import feedback, terminal
    from evals.run import as_text

    file = Feedback(settings.data).path
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


def _collect(arguments: argparse.Namespace, settings: Settings) -> int:
    from evals import collection

    acts = collection.read(arguments.passages, arguments.acts) if arguments.passages else []
    invented = collection.invented(arguments.texts)
    manifest = collection.index(settings, acts, invented)
    texts = len(acts) + len(invented)
    print(f"build in use: {manifest.build} ({texts} texts added, {manifest.passages} passages)")
    return 0


_COMMANDS: dict[str, Run] = {
    "run": _run_cases,
    "compare": _compare,
    "report": _report,
    "check": _check,
    "calibrate": _calibrate,
    "add": _add,
    "candidates": _candidates,
    "collect": _collect,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(parser(), by_name(_COMMANDS), argv)


if __name__ == "__main__":
    raise SystemExit(main())
