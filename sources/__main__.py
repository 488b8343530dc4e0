"""``python -m sources``: list, show, fetch, add, remove, check, references."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Collection, Sequence
from contextlib import nullcontext
from dataclasses import asdict
from pathlib import Path
from typing import Any

from index.manifest import indexed_editions  # a command puts packages together
from sources import acquire, adding, checking, cited
from sources.anchor import LANGS, Lang
from sources.command import Run, by_name, main_with, options, output
from sources.errors import DuchesseError, NotPublishedError, UsageError
from sources.files import read_lines
from sources.known_works import id_of
from sources.library import Library
from sources.listing import listed
from sources.model import Passage
from sources.settings import Settings


def _parser() -> argparse.ArgumentParser:
    shared = options(as_json=True)
    parser = argparse.ArgumentParser(prog="python -m sources", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)

    def command(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(name, parents=[shared], help=text, description=text)

    command("list", "Texts that are known, and which of them can be indexed.")
    show = command("show", "All that is known of one text, or the text of one version of it.")
    show.add_argument("id")
    show.add_argument(
        "--version", metavar="DATE_OR_HASH", help="print this stored version, in use or not"
    )
    fetch = command("fetch", "Fetch EU acts, in both languages, from the official source.")
    fetch.add_argument(
        "id",
        nargs="*",
        help="catalogue id, CELEX number, name with a number, ELI or EUR-Lex address",
    )
    fetch.add_argument("--list", type=Path, metavar="FILE", help="a file with one a line")
    fetch.add_argument(
        "--cited",
        action="store_true",
        help="those that come by themselves with a text that cites them, as far as they lack",
    )
    fetch.add_argument("--lang", choices=LANGS, help="one language only")
    _dry(fetch)
    refresh = command(
        "refresh", "Fetch again what was fetched before; the same bytes change nothing."
    )
    refresh.add_argument("id", nargs="*", help="these only (default: all)")
    _dry(refresh)
    add = command("add", "Add files (PDF, DOCX, HTML, MHTML, e-mail, text) as sources.")
    add.add_argument("file", metavar="FILE_OR_URL", nargs="?")
    add.add_argument(
        "--list", type=Path, metavar="TOML", help="many: tables [[add]] with file, id …"
    )
    add.add_argument("--id", default="", help="name of the work, for its anchors")
    add.add_argument("--title-fr", default="", help="default: the title in the text")
    add.add_argument("--title-nl", default="")
    add.add_argument("--lang", choices=LANGS, help="language of the file")
    add.add_argument("--date", default="", help="date of the text, YYYY-MM-DD")
    add.add_argument("--short-fr", default="", help="short title (default: the title)")
    add.add_argument("--short-nl", default="")
    add.add_argument("--link-fr", default="", help="official address, for people")
    add.add_argument("--link-nl", default="")
    _dry(add)
    remove = command("remove", "Take added or fetched texts out; their files are kept aside.")
    remove.add_argument("id", nargs="*")
    remove.add_argument("--list", type=Path, metavar="FILE", help="a file with one id a line")
    _dry(remove)
    check = command("check", "Read every text and report what is not in order.")
    check.add_argument(
        "--online", action="store_true", help="ask the official source for newer versions"
    )
    references = command("references", "What the indexed texts cite, and whether it is indexed.")
    references.add_argument("--source", help="of this text only")
    return parser


def _dry(command: argparse.ArgumentParser) -> None:
    command.add_argument("--dry-run", action="store_true", help="say what would be done")


def _state(library: Library) -> dict[str, list[Lang]]:
    """Languages in which each work can be indexed."""
    found: dict[str, list[Lang]] = {}
    for edition in library.editions():
        found.setdefault(edition.source.id, []).append(edition.lang)
    return found


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    library = Library.of(settings)
    state, indexed = _state(library), indexed_editions(settings.data)
    data = [
        {
            "id": s.id,
            "fr": s.short.fr,
            "nl": s.short.nl,
            "date": s.date,
            "available": state.get(s.id, []),
            "indexed": sorted(la for w, la in indexed if w == s.id),
        }
        for s in library.catalogue
    ]
    lines = [f"{d['id']:24} {d['date']:10}  {_shown(d):12} {d['fr']} / {d['nl']}" for d in data]
    lines.append("\nindexed: in the index; ready: run `python -m index build`; known: not here")
    output(arguments, data, "\n".join(lines))
    return 0


def _shown(entry: dict[str, Any]) -> str:
    if entry["indexed"] and entry["indexed"] == sorted(entry["available"]):
        return "indexed " + "+".join(entry["indexed"])
    if entry["available"]:
        return "ready " + "+".join(entry["available"])
    return "known"


def _show(arguments: argparse.Namespace, settings: Settings) -> int:
    library = Library.of(settings)
    source = library.catalogue.find(arguments.id)
    if arguments.version:
        return _show_version(arguments, library, source.id)
    available = _state(library).get(source.id, [])
    indexed = sorted(la for w, la in indexed_editions(settings.data) if w == source.id)
    data = source.model_dump(mode="json", exclude_defaults=True)
    data |= {
        "link": {la: source.url(la) for la in LANGS},
        "names": {la: source.names(la) for la in LANGS},
        "available": available,
        "indexed": indexed,
        "versions": _versions(library, source.id),
        "warnings": _warned(library, source.id),
    }
    lines = [
        f"{source.id}  ({source.kind}, {source.date or 'no date'})",
        f"  fr  {source.title.fr}",
        f"  nl  {source.title.nl}",
        *(f"  names {la}: {'; '.join(source.names(la))}" for la in LANGS),
        *(
            f"  {key}: {getattr(source, key)}"
            for key in ("celex", "eli", "numac", "nor")
            if getattr(source, key)
        ),
        *(f"  official text ({la}): {source.url(la)}" for la in LANGS if source.url(la)),
        f"  licence: {source.licence}",
        *(f"  cited by: {c}" for c in source.cited_by),
        *(f"  ships ({f.lang}): {f.provenance}" for f in source.file),
        *(
            f"  stored ({v['lang']}): {v['sha256'][:12]}, {v['date']}, "
            + ", ".join(filter(None, ["in use" if v["in_use"] else "not in use", v["url"]]))
            for v in data["versions"]
        ),
        *(f"  note ({la}): {text}" for la, told in data["warnings"].items() for text in told),
        f"  available: {', '.join(available) or 'no'}; indexed: {', '.join(indexed) or 'no'}",
    ]
    output(arguments, data, "\n".join(lines))
    return 0


def _versions(library: Library, work: str) -> list[dict[str, Any]]:
    """Every stored version of a text, French first, and whether it is the one in use."""
    used = [library.store.current(work, lang) for lang in LANGS]
    return [
        record.model_dump(mode="json", exclude_none=True) | {"in_use": record in used}
        for lang in LANGS
        for record in library.store.versions(work, lang)
    ]


def _warned(library: Library, work: str) -> dict[Lang, list[str]]:
    """What the reading of each stored text in use tells: what was left out, what is doubtful."""
    found: dict[Lang, list[str]] = {}
    for lang in LANGS:
        record = library.store.current(work, lang)
        if record is None:
            continue
        try:
            found[lang] = list(acquire.told(library.read_version(record)))
        except DuchesseError as error:
            found[lang] = [str(error)]
    return found


def _show_version(arguments: argparse.Namespace, library: Library, work: str) -> int:
    """The passages of every language of the version that came in on a date, or has a hash."""
    wanted = str(arguments.version)
    every = [r for la in LANGS for r in library.store.versions(work, la)]
    found = [r for r in every if r.date.startswith(wanted) or r.sha256.startswith(wanted)]
    if not found:
        available = ", ".join(f"{r.date[:10]} ({r.lang}, {r.sha256[:12]})" for r in every) or "none"
        raise UsageError("no such version is stored", wanted, f"There are: {available}.")
    data: list[dict[str, Any]] = []
    lines: list[str] = []
    for record in found:
        document = library.read_version(record)
        state = "in use" if library.store.current(work, record.lang) == record else "not in use"
        lines.append(f"{work}@{record.lang}, stored {record.date}, {record.sha256[:12]}, {state}")
        lines += [f"  note: {text}" for text in acquire.told(document)]
        lines += [_passage_shown(p) for p in document.passages]
        passages = [_passage_data(p) for p in document.passages]
        known = {"warnings": document.warnings, "passages": passages}
        data.append(record.model_dump(mode="json") | known)
    output(arguments, data, "\n".join(lines))
    return 0


def _passage_shown(passage: Passage) -> str:
    """A passage with its notes, and what is not certain about its reading."""
    lang = passage.anchor.lang
    notes = [f"  [note] {note}" for note in passage.notes]
    doubts = [f"  [?] {doubt[lang]}" for doubt in passage.doubts]
    head = f"\n{passage.locator[lang]}  ({passage.anchor})"
    return "\n".join([head, passage.text, *notes, *doubts])


def _passage_data(passage: Passage) -> dict[str, Any]:
    doubts = [{"fr": doubt.fr, "nl": doubt.nl} for doubt in passage.doubts]
    standing = asdict(passage.standing) if passage.standing else None
    found = {"notes": list(passage.notes), "doubts": doubts, "standing": standing}
    return {"anchor": str(passage.anchor), "text": passage.text} | {
        k: v for k, v in found.items() if v
    }


def _ids(arguments: argparse.Namespace) -> list[str]:
    """Ids from the command and from the file of ``--list``; ``UsageError`` where there is none."""
    ids = list(arguments.id)
    if arguments.list:
        try:
            lines = read_lines(arguments.list)
        except (OSError, UnicodeDecodeError) as error:
            raise UsageError("the list cannot be read", error, "Check the path.") from error
        ids += [w for line in lines if (w := line.partition("#")[0].strip())]
    if not ids:
        raise UsageError("no text is named", None, "Give ids, or --list FILE.")
    return ids


def _fetch(arguments: argparse.Namespace, settings: Settings) -> int:
    langs: Sequence[Lang] = [arguments.lang] if arguments.lang else LANGS
    library = Library.of(settings)
    if not arguments.cited:
        return _fetch_all(arguments, settings, library, _wanted(library, _ids(arguments), langs))
    if arguments.id or arguments.list:
        raise UsageError("--cited names the texts itself", None, "Leave the ids or --cited out.")
    texts = cited.cited(library)
    wanted = [(c, la) for c, la in cited.missing(texts) if la in langs]
    if not wanted:
        output(arguments, [], f"nothing to fetch: all {len(texts)} cited texts are here")
        return 0
    here = {text.celex for text in texts if text.stored}
    with nullcontext() if arguments.dry_run else cited.fetching(settings.data):
        return _fetch_all(arguments, settings, library, wanted, here)


def _wanted(
    library: Library, names: Sequence[str], langs: Sequence[Lang]
) -> list[tuple[str, Lang]]:
    """Each of the acts in each of the languages; an error names the first that is none."""
    numbers = [acquire.celex_for(library, name) for name in names]
    return [(celex, lang) for celex in numbers for lang in langs]


def _refresh(arguments: argparse.Namespace, settings: Settings) -> int:
    library = Library.of(settings)
    fetched = acquire.fetched(library)
    wanted = {library.catalogue.find(name).id for name in arguments.id} or set(fetched)
    if missing := sorted(wanted - set(fetched)):
        raise UsageError("not fetched before", ", ".join(missing), "Run `python -m sources fetch`.")
    return _fetch_all(arguments, settings, library, _wanted(library, sorted(wanted), LANGS))


def _fetch_all(
    arguments: argparse.Namespace,
    settings: Settings,
    library: Library,
    wanted: Sequence[tuple[str, Lang]],
    here: Collection[str] = (),
) -> int:
    """Fetch languages of acts; 0 where all came that are published.

    An act of which nothing came has failed, unless its other language is ``here``.
    """
    if arguments.dry_run:
        rows = [{"celex": celex, "lang": lang, "would": "fetch"} for celex, lang in wanted]
        output(arguments, rows, "\n".join(f"would fetch {r['celex']} ({r['lang']})" for r in rows))
        return 0
    results: list[dict[str, Any]] = []
    failed, unasked, got = False, 0, set(here)

    fetcher = acquire.fetcher(settings)
    for attempt in acquire.fetch_each(library, fetcher, wanted, quiet=arguments.json):
        result, row = attempt.result, {"celex": attempt.celex, "lang": attempt.lang}
        if isinstance(result, acquire.Acquisition):
            got.add(attempt.celex)
            results.append(row | result.as_dict())
            _say(arguments, f"{attempt.celex} ({attempt.lang}): {result.sentence}")
            continue
        unpublished = isinstance(result, NotPublishedError)
        failed = failed or not unpublished
        results.append(row | {"error": str(result)})
        if attempt.asked:
            _say(arguments, f"{'note' if unpublished else 'error'}: {result}", error=True)
        unasked += not attempt.asked
    if unasked:
        _say(arguments, f"not asked for, as it would fail too: {unasked} more", error=True)
    if arguments.json:
        print(json.dumps(results, ensure_ascii=False, indent=1))
    elif any("error" not in r for r in results):
        print("Run `python -m index build` to index what is new.")
    return 1 if failed or any(celex not in got for celex, _ in wanted) else 0


def _say(arguments: argparse.Namespace, text: str, *, error: bool = False) -> None:
    if not arguments.json:
        print(text, file=sys.stderr if error else sys.stdout, flush=True)


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    library = Library.of(settings)
    wanted = listed(arguments.list) if arguments.list else [_from_command(arguments)]
    rows: list[dict[str, Any]] = []
    for at, (file, one) in enumerate(wanted):
        row: dict[str, Any] = {"id": one.work, "lang": one.lang}
        if (one.work, one.lang) in {(w.work, w.lang) for _, w in wanted[:at]}:
            row["again"] = "the list has this id and language above: this one takes its place"
            _say(arguments, f"note: {one.work} ({one.lang}): {row['again']}")
        try:
            if arguments.dry_run:
                would = adding.try_out(library, settings, file, one)
                rows.append(row | {"would": would})
                _say(arguments, f"{one.work} ({one.lang}): would {would}")
                continue
            result = adding.add(library, settings, file, one)
        except DuchesseError as error:
            if not arguments.list:
                raise
            rows.append(row | {"error": str(error)})
            _say(arguments, f"error: {one.work} ({one.lang}): {error}", error=True)
            continue
        library = Library.of(settings)  # it knows the new entry
        rows.append(row | result.as_dict())
        _say(arguments, f"{one.work} ({one.lang}): {result.sentence}")
    if arguments.json:
        shown = rows if arguments.list else rows[0]
        print(json.dumps(shown, ensure_ascii=False, indent=1))
    elif not arguments.dry_run:
        print("Run `python -m index build`.")
    return 1 if any("error" in r for r in rows) else 0


def _from_command(arguments: argparse.Namespace) -> tuple[str, adding.Wanted]:
    """What the command says of a file."""
    needed = ["file", "id", "lang"]
    if missing := [n for n in needed if not getattr(arguments, n)]:
        names = ", ".join(n if n == "file" else f"--{n.replace('_', '-')}" for n in missing)
        raise UsageError("not enough is said of the text", names, "Give these, or --list FILE.")
    return arguments.file, adding.Wanted(
        work=id_of(arguments.id),
        lang=arguments.lang,
        title_fr=arguments.title_fr,
        title_nl=arguments.title_nl,
        short_fr=arguments.short_fr,
        short_nl=arguments.short_nl,
        date=arguments.date,
        link_fr=arguments.link_fr,
        link_nl=arguments.link_nl,
    )


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    library = Library.of(settings)
    sources = [library.catalogue.find(name) for name in _ids(arguments)]
    if shipped := [s.id for s in sources if s.file]:
        raise UsageError(
            "this ships with the project and cannot be removed", ", ".join(shipped), "Leave it out."
        )
    if arguments.dry_run:
        would = [{"id": s.id, "would": "remove"} for s in sources]
        output(arguments, would, "\n".join(f"{r['id']}: would be taken out" for r in would))
        return 0
    rows = [{"id": s.id, "aside": str(acquire.remove(library, s.id) or "")} for s in sources]
    lines = [f"{r['id']}: taken out; its files are in {r['aside'] or '(none)'}" for r in rows]
    output(arguments, rows, "\n".join([*lines, "Run `python -m index build`."]))
    return 0


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    library = Library.of(settings)
    report = checking.check(library)
    if arguments.online:
        report += checking.check_online(library, acquire.fetcher(settings))
    faults = [r for r in report if r["state"] == "fault"]
    lines = [f"{r['state']:8} {_checked(r)}" for r in report]
    output(arguments, report, "\n".join([*lines, f"{len(faults)} fault(s)"]))
    return 1 if faults else 0


def _checked(row: dict[str, Any]) -> str:
    """What a row of the check is about, and its text."""
    name = "@".join(filter(None, (row["work"], row["lang"])))
    return ": ".join(filter(None, (name, row["text"])))


def _references(arguments: argparse.Namespace, settings: Settings) -> int:
    from sources.citing import report

    library = Library.of(settings)
    only = library.catalogue.find(arguments.source).id if arguments.source else None
    rows = report(library, indexed_editions(settings.data), only)
    lines = [
        f"{r['state']:8} {_target(r):32} {r['from']}  « {r['text']} »"
        + (f"  {r['command']}" if r["command"] else "")
        for r in rows
    ]
    output(arguments, rows, "\n".join(lines) or "no reference found")
    return 0


def _target(row: dict[str, Any]) -> str:
    return "#".join(part for part in (row["target"], row["portion"]) if part)


_COMMANDS: dict[str, Run] = {
    "list": _list,
    "show": _show,
    "fetch": _fetch,
    "refresh": _refresh,
    "add": _add,
    "remove": _remove,
    "check": _check,
    "references": _references,
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; the exit code of the contract."""
    return main_with(_parser(), by_name(_COMMANDS), argv)


if __name__ == "__main__":
    raise SystemExit(main())
