"""``python -m index``: build, status, verify, diff, rollback."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from index.registry import BuildRegistry
from sources.command import main_with
from sources.errors import UsageError
from sources.library import Library
from sources.settings import Settings

if TYPE_CHECKING:
    from index.plan import Plan


def _parser() -> argparse.ArgumentParser:
    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("--json", action="store_true", help="print JSON")
    shared.add_argument("--debug", action="store_true", help="show the traceback of an error")
    parser = argparse.ArgumentParser(prog="python -m index", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    build = commands.add_parser("build", parents=[shared], help="build what has changed")
    build.add_argument("--dry-run", action="store_true", help="say what would be done, do nothing")
    build.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="ID",
        help="take up changes of this source only; the others stay as they are (repeatable)",
    )
    commands.add_parser("status", parents=[shared], help="the build in use, and what has changed")
    commands.add_parser("verify", parents=[shared], help="check the build in use, all of it")
    diff = commands.add_parser("diff", parents=[shared], help="passages that differ between builds")
    diff.add_argument("old", nargs="?", help="build id (default: the one before)")
    diff.add_argument("new", nargs="?", help="build id (default: the one in use)")
    back = commands.add_parser("rollback", parents=[shared], help="go back to an earlier build")
    back.add_argument("build", nargs="?", default="", help="its id (default: the one before)")
    return parser


def _run(arguments: argparse.Namespace, settings: Settings) -> int:
    command = {
        "build": _build,
        "status": _status,
        "verify": _verify,
        "diff": _diff,
        "rollback": _rollback,
    }[arguments.command]
    return command(arguments, settings)


def _show(arguments: argparse.Namespace, data: dict[str, Any], text: str) -> None:
    print(json.dumps(data, ensure_ascii=False, indent=1) if arguments.json else text)


def _build(arguments: argparse.Namespace, settings: Settings) -> int:
    if not arguments.json:
        print("looking for what has changed …", file=sys.stderr, flush=True)
    from index import embedding
    from index.builder import build
    from index.plan import plan
    from index.progress import ProgressBar

    registry, library = BuildRegistry(settings.data), Library.of(settings)
    only = frozenset(library.catalogue.find(name).id for name in arguments.source)
    would = plan(registry, library, embedding.identify(settings), only)
    listed = {k: list(getattr(would, k)) for k in ("added", "changed", "removed")}
    lines = [f"{kind}: {', '.join(names)}" for kind, names in listed.items() if names]
    if arguments.dry_run:
        return _dry_run(arguments, settings, would, only)
    with closing(ProgressBar(quiet=arguments.json)) as bar:
        manifest = build(registry, library, lambda: embedding.load(settings), settings, bar, only)
    same = would.current == manifest.build
    data = {
        "build": manifest.build,
        "unchanged": same,
        "passages": manifest.passages,
        "chunks": manifest.chunks,
    }
    head = "nothing has changed; build in use" if same else "build in use"
    text = f"{head}: {manifest.build} ({manifest.passages} passages)"
    warnings = [f"{d.work}@{d.lang}: {w}" for d in manifest.documents for w in d.warnings]
    _show(arguments, data | listed, "\n".join([*lines, text, *warnings]))
    return 0


def _dry_run(
    arguments: argparse.Namespace, settings: Settings, would: Plan, only: frozenset[str]
) -> int:
    """Say what a build would do, down to how much would be embedded."""
    from index import embedding
    from index.builder import estimate

    listed = {k: list(getattr(would, k)) for k in ("added", "changed", "removed")}
    data: dict[str, Any] = {
        "build": would.build,
        "current": would.current,
        "unchanged": would.unchanged,
        **listed,
    }
    lines = [f"{kind}: {', '.join(names)}" for kind, names in listed.items() if names]
    if not would.unchanged:
        registry, library = BuildRegistry(settings.data), Library.of(settings)
        todo = estimate(registry, library, embedding.identify(settings), only)
        data["texts"], data["to_embed"] = todo.texts, todo.missing
        lines.append(f"to embed: {todo.missing} of {todo.texts} texts; the others are in the cache")
    _show(arguments, data, "\n".join(lines) or "nothing has changed")
    return 0


def _status(arguments: argparse.Namespace, settings: Settings) -> int:
    from index import embedding
    from index.manifest import Manifest
    from index.plan import plan

    registry = BuildRegistry(settings.data)
    manifest = Manifest.read(registry.path(registry.current()))
    would = plan(registry, Library.of(settings), embedding.identify(settings))
    model = f"{manifest.model.name} ({manifest.model.revision})"
    documents = [
        {"work": d.work, "lang": d.lang, "passages": d.passages, "date": d.date}
        for d in manifest.documents
    ]
    data = {
        "build": manifest.build,
        "created": manifest.created,
        "model": model,
        "passages": manifest.passages,
        "chunks": manifest.chunks,
        "sources": documents,
        "history": registry.history(),
        "pending": {k: list(getattr(would, k)) for k in ("added", "changed", "removed")},
        "up_to_date": would.unchanged,
    }
    lines = [
        f"build     {manifest.build}, made {manifest.created}",
        f"model     {model}",
        f"passages  {manifest.passages} in {manifest.chunks} chunks",
        *(f"          {d['work']}@{d['lang']}: {d['passages']}" for d in documents),
        f"before    {', '.join(registry.history()[1:]) or 'none'}",
        "state     up to date" if would.unchanged else "state     run `python -m index build`",
    ]
    _show(arguments, data, "\n".join(lines))
    return 0


def _verify(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.build import check
    from index.manifest import Manifest
    from index.verification import beside, faults

    registry = BuildRegistry(settings.data)
    name = registry.current()
    wrong, notes = faults(registry.path(name), sample=None), []
    if not wrong:
        check(Manifest.read(registry.path(name)), settings)
        found = beside(registry.path(name), Library.of(settings))
        wrong, notes = list(found.faults), list(found.notes)
    head = f"{name}: {len(wrong)} fault(s)" if wrong else f"{name}: all is well"
    text = "\n".join([head, *wrong, *(f"note: {n}" for n in notes)])
    _show(arguments, {"build": name, "faults": wrong, "notes": notes}, text)
    return 1 if wrong else 0


def _diff(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.diff import compare

    registry = BuildRegistry(settings.data)
    history = registry.history()
    new = arguments.new or (history[0] if history else None)
    old = arguments.old or (history[1] if len(history) > 1 else None)
    for build in (old, new):
        if build is None or not registry.has(build):
            raise UsageError(
                "there are not two builds to compare", build, "See `python -m index status`."
            )
    found = list(compare(registry.path(str(old)), registry.path(str(new))))
    lines = [f"{d.change:8}{d.anchor}\n        {d.words}" for d in found]
    data = {"old": old, "new": new, "differences": [asdict(d) for d in found]}
    _show(arguments, data, "\n".join([*lines, f"{len(found)} difference(s), {old} -> {new}"]))
    return 0


def _rollback(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.builder import roll_back
    from index.manifest import intact

    registry = BuildRegistry(settings.data)
    before = registry.current()
    name, skipped = roll_back(registry, arguments.build)
    lines = [f"left out, not whole: {fault}" for fault in skipped]
    lines.append(f"build in use: {name} (was {before})")
    now, left = (intact(registry.path(b)) for b in (name, before))
    if now and left and now.created > left.created:
        lines.append("note: this one is newer; no earlier one was left, so it goes round")
    lines.append("the next `python -m index build` takes up the sources as they are now")
    data = {"build": name, "before": before, "skipped": list(skipped)}
    _show(arguments, data, "\n".join(lines))
    return 0


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), _run, argv)


if __name__ == "__main__":
    raise SystemExit(main())
