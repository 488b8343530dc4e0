"""``python -m index``: build, status, verify, diff, rollback, embed, questions."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from contextlib import closing
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from index.registry import BuildRegistry
from sources.anchor import LANGS
from sources.cited import cited
from sources.command import Run, by_name, main_with, options, output
from sources.errors import UsageError
from sources.library import Library
from sources.settings import Settings
from sources.unused import unused

if TYPE_CHECKING:
    from index.manifest import Manifest
    from index.plan import Plan


def _parser() -> argparse.ArgumentParser:
    shared = options(as_json=True)
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
    build.add_argument(
        "--for-page",
        action="store_true",
        help="leave out new cited texts: the page indexes them itself, once it is open",
    )
    commands.add_parser("status", parents=[shared], help="the build in use, and what has changed")
    commands.add_parser("verify", parents=[shared], help="check the build in use, all of it")
    diff = commands.add_parser("diff", parents=[shared], help="passages that differ between builds")
    diff.add_argument("old", nargs="?", help="build id (default: the one before)")
    diff.add_argument("new", nargs="?", help="build id (default: the one in use)")
    back = commands.add_parser("rollback", parents=[shared], help="go back to an earlier build")
    back.add_argument("build", nargs="?", default="", help="its id (default: the one before)")
    ahead = commands.add_parser(
        "embed",
        parents=[shared],
        help="embed what a build will need, and build nothing: several may do so at once",
    )
    ahead.add_argument(
        "--source",
        action="append",
        default=[],
        metavar="ID",
        help="this source only (repeatable)",
    )
    ahead.add_argument(
        "--from",
        dest="caches",
        action="append",
        default=[],
        type=Path,
        metavar="FILE",
        help="embed nothing, but take what another machine has embedded: the file"
        " cache/vectors.sqlite3 of its data folder (repeatable)",
    )
    asked = commands.add_parser(
        "questions",
        parents=[shared],
        help="have a language model write questions on an added or fetched text, for review",
    )
    asked.add_argument("id", help="a text of the build in use")
    asked.add_argument("--lang", choices=LANGS, help="of the questions (default: both)")
    asked.add_argument(
        "--count", type=int, default=6, metavar="N", help="a passage, 1 to 20 (default: 6)"
    )
    return parser


def _only(arguments: argparse.Namespace, library: Library) -> frozenset[str]:
    """The works that ``--source`` names; none for all."""
    return frozenset(library.catalogue.find(name).id for name in arguments.source)


def _build(arguments: argparse.Namespace, settings: Settings) -> int:
    if not arguments.json:
        print("looking for what has changed …", file=sys.stderr, flush=True)
    from index import embedding, embedding_server
    from index.builder import build
    from index.plan import all_but_new_cited, plan
    from index.progress import ProgressBar

    registry, library = BuildRegistry.of(settings), Library.of(settings)
    only = _only(arguments, library)
    if arguments.for_page and not only and settings.fetch == "cited":
        only = all_but_new_cited(registry, library)
    would = plan(registry, library, embedding.identify(settings), only)
    if arguments.dry_run:
        return _dry_run(arguments, settings, would, only)
    with closing(ProgressBar(quiet=arguments.json)) as bar:
        load = partial(embedding_server.for_builds, settings)
        manifest = build(registry, library, load, settings, bar, only)
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
    notes = _notes(library)
    told = [*_changes(would), text, *warnings, *_listed(notes)]
    output(arguments, data | would.changes | {"notes": notes}, "\n".join(told))
    return 0


def _dry_run(
    arguments: argparse.Namespace, settings: Settings, would: Plan, only: frozenset[str]
) -> int:
    """Say what a build would do, down to how much would be embedded."""
    from index import embedding
    from index.builder import estimate

    data: dict[str, Any] = {
        "build": would.build,
        "current": would.current,
        "unchanged": would.unchanged,
        **would.changes,
    }
    lines, library = _changes(would), Library.of(settings)
    if not would.unchanged:
        registry = BuildRegistry.of(settings)
        todo = estimate(registry, library, embedding.identify(settings), only)
        data["texts"], data["to_embed"] = todo.texts, todo.missing
        lines.append(f"to embed: {todo.missing} of {todo.texts} texts; the others are in the cache")
    data["notes"] = _notes(library)
    told = [*(lines or ["nothing has changed"]), *_listed(data["notes"])]
    output(arguments, data, "\n".join(told))
    return 0


def _notes(library: Library) -> list[str]:
    """What beside the texts is not used, and why."""
    return [str(file) for file in unused(library)]


def _listed(notes: Sequence[str]) -> list[str]:
    return [f"note: {note}" for note in notes]


def _changes(would: Plan) -> list[str]:
    return [f"{kind}: {names}" for kind, names in _named(would)]


def _named(would: Plan) -> list[tuple[str, str]]:
    """What has changed, by kind, and the editions for which that is so."""
    return [(kind, ", ".join(names)) for kind, names in would.changes.items() if names]


def _status(arguments: argparse.Namespace, settings: Settings) -> int:
    from index import embedding
    from index.manifest import Manifest
    from index.plan import plan

    registry = BuildRegistry.of(settings)
    manifest = Manifest.read(registry.path(registry.current()))
    library = Library.of(settings)
    would = plan(registry, library, embedding.identify(settings))
    model = f"{manifest.model.name} ({manifest.model.revision})"
    documents: list[dict[str, Any]] = [
        {
            "work": d.work,
            "lang": d.lang,
            "passages": d.passages,
            "date": d.date,
            "version": d.version,
            "received": d.received,
        }
        for d in manifest.documents
    ]
    lacking = _cited(library, manifest)
    come = {d.work for d in manifest.documents} | {c["work"] for c in lacking}
    absent = [source.id for source in library.catalogue if source.id not in come]
    data = {
        "build": manifest.build,
        "created": manifest.created,
        "model": model,
        "passages": manifest.passages,
        "chunks": manifest.chunks,
        "sources": documents,
        "cited": lacking,
        "absent": absent,
        "history": registry.history(),
        "pending": would.changes,
        "up_to_date": would.unchanged,
    }
    lines = [
        f"build     {manifest.build}, made {manifest.created}",
        f"model     {model}",
        f"passages  {manifest.passages} in {manifest.chunks} chunks",
        *(
            f"          {d['work']}@{d['lang']}: {d['passages']}, of {d['date'] or 'no date'}, "
            f"version {d['version'][:12]}"
            + (f", received {d['received']}" if d["received"] else "")
            for d in documents
        ),
        *(f"cited     {c['work']}@{c['lang']}: {c['state']}; `{c['command']}`" for c in lacking),
        *([f"absent    {', '.join(absent)}"] if absent else []),
        f"before    {', '.join(registry.history()[1:]) or 'none'}",
        *(f"{kind:10}{names}" for kind, names in _named(would)),
        "state     up to date" if would.unchanged else "state     run `python -m index build`",
    ]
    output(arguments, data, "\n".join(lines))
    return 0


def _cited(library: Library, manifest: Manifest) -> list[dict[str, str]]:
    """What of the texts that come by themselves is not in the build, and what helps."""
    here = {(d.work, d.lang) for d in manifest.documents}
    states = {
        (text.source.id, lang): ("ready", "python -m index build")
        if lang in text.stored
        else ("removed" if text.removed else "known", f"python -m sources fetch {text.celex}")
        for text in cited(library)
        for lang in LANGS
    }
    return [
        {"work": work, "lang": lang, "state": state, "command": command}
        for (work, lang), (state, command) in states.items()
        if (work, lang) not in here
    ]


def _verify(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.build import check
    from index.manifest import Manifest
    from index.verification import beside, faults

    registry, library = BuildRegistry.of(settings), Library.of(settings)
    name = registry.current()
    wrong, notes = faults(registry.path(name), registry.server, sample=None), []
    if not wrong:
        check(Manifest.read(registry.path(name)), settings)
        found = beside(registry.path(name), library)
        wrong, notes = list(found.faults), list(found.notes)
    notes += _notes(library)
    head = f"{name}: {len(wrong)} fault(s)" if wrong else f"{name}: all is well"
    text = "\n".join([head, *wrong, *_listed(notes)])
    output(arguments, {"build": name, "faults": wrong, "notes": notes}, text)
    return 1 if wrong else 0


def _diff(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.diff import compare

    registry = BuildRegistry.of(settings)
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
    output(arguments, data, "\n".join([*lines, f"{len(found)} difference(s), {old} -> {new}"]))
    return 0


def _rollback(arguments: argparse.Namespace, settings: Settings) -> int:
    from index.builder import roll_back
    from index.manifest import intact

    registry = BuildRegistry.of(settings)
    before = registry.current()
    name, skipped = roll_back(registry, arguments.build)
    lines = [f"left out, not whole: {fault}" for fault in skipped]
    lines.append(f"build in use: {name} (was {before})")
    now, left = (intact(registry.path(b)) for b in (name, before))
    if now and left and now.created > left.created:
        lines.append("note: this one is newer; no earlier one was left, so it goes round")
    lines.append("the next `python -m index build` takes up the sources as they are now")
    data = {"build": name, "before": before, "skipped": list(skipped)}
    output(arguments, data, "\n".join(lines))
    return 0


def _embed(arguments: argparse.Namespace, settings: Settings) -> int:
    from index import embedding_server
    from index.ahead import embed_ahead, take
    from index.progress import ProgressBar

    registry, library = BuildRegistry.of(settings), Library.of(settings)
    if arguments.caches and arguments.source:
        raise UsageError(
            "--from takes all that a cache has",
            f"--source {' --source '.join(arguments.source)}",
            "Give one of the two.",
        )
    if arguments.caches:
        taken = sum(take(registry, file) for file in arguments.caches)
        output(arguments, {"taken": taken}, f"vectors taken: {taken}")
        return 0
    only = _only(arguments, library)
    with closing(ProgressBar(quiet=arguments.json)) as bar:
        embedder = embedding_server.for_builds(settings)
        passages = embed_ahead(registry, library, embedder, bar, only)
    told = f"passages embedded: {passages}; `python -m index build` finds them in the cache"
    output(arguments, {"passages": passages}, told)
    return 0


def _questions(arguments: argparse.Namespace, settings: Settings) -> int:
    from index import embedding
    from index.build import Build, check
    from index.chat import ChatModel
    from index.glossary import Glossary
    from index.progress import ProgressBar
    from index.question_writing import configured, write_questions
    from index.search import Searcher
    from sources.questions import Questions

    if not 1 <= arguments.count <= 20:
        raise UsageError("not a number of questions", arguments.count, "Give one from 1 to 20.")
    library, registry = Library.of(settings), BuildRegistry.of(settings)
    work = library.catalogue.find(arguments.id).id
    if library.catalogue.find(work).file:
        raise UsageError(
            "the lists of a text that ships are part of it", work, "Edit them in sources/texts/."
        )
    model = configured(ChatModel.of(settings))
    build = Build(registry.path(registry.current()), registry.server)
    check(build.manifest, settings)
    if work not in {w for w, _ in build.entries}:
        raise UsageError("the text is not in the index", work, "Run `python -m index build`.")
    searcher = Searcher(build, embedding.load(settings), Glossary.for_texts(library.catalogue))
    data, lines = [], []
    versions = tuple(d.version for d in build.manifest.documents if d.work == work)
    for lang in [arguments.lang] if arguments.lang else LANGS:
        empty = Questions(lang=lang, versions=versions, questions={})
        draft = library.questions_path(work, lang).with_suffix(".toml.draft")
        with closing(ProgressBar(quiet=arguments.json)) as bar:
            found = write_questions(
                searcher, model, build.document_for(work, lang), empty, draft, bar, arguments.count
            )
        data.append({"lang": lang, "file": str(draft), **asdict(found)})
        dropped = ", ".join(f"{n} {why}" for why, n in sorted(found.dropped.items())) or "none"
        lines.append(f"{draft}: {found.kept} questions kept; dropped: {dropped}")
        if found.silent:
            lines.append(f"nothing usable for {', '.join(found.silent)}: run it again")
    lines.append('Review them, then leave out ".draft" of the names: the next build takes them up.')
    output(arguments, {"id": work, "lists": data}, "\n".join(lines))
    return 0


_COMMANDS: dict[str, Run] = {
    "build": _build,
    "status": _status,
    "verify": _verify,
    "diff": _diff,
    "rollback": _rollback,
    "embed": _embed,
    "questions": _questions,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), by_name(_COMMANDS), argv)


if __name__ == "__main__":
    raise SystemExit(main())
