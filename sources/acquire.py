"""Bringing texts in: fetching acts, adding files, taking texts out, checking them.

A text is read before it is kept, in the process for untrusted files: what cannot be read into
passages is never stored, and what is stored was whole when it came in.
"""

from __future__ import annotations

import json
import sys
import tomllib
from dataclasses import asdict, dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Literal

from pydantic import ValidationError

from sources import catalogue
from sources.anchor import LANGS, Lang, other
from sources.catalogue import Links, Names, Pair, Source
from sources.errors import DuchesseError, NotPublishedError, SourceError, UsageError
from sources.fetch import HOSTS, Fetcher
from sources.library import Library
from sources.model import Document
from sources.names import celex_of, natural_names, work_of
from sources.readers.sandbox import read_untrusted
from sources.records import Provenance
from sources.settings import Settings
from sources.twins import twin_differences

EU_LICENCE = (
    "© Union européenne, https://eur-lex.europa.eu, 1998-2026 (décision 2011/833/UE) ; "
    "seul le Journal officiel fait foi"
)
_MAX_FILE = 64 * 2**20


@dataclass(frozen=True, slots=True)
class Result:
    """What came of bringing a text in."""

    changed: bool
    passages: int
    title: str
    sha256: str
    url: str
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For a person."""
        state = "new version stored" if self.changed else "unchanged"
        notes = "".join(f"\n  note: {w}" for w in self.warnings)
        return f"{state}, {self.passages} passages: {self.title[:90]}{notes}"

    def as_dict(self) -> dict[str, Any]:
        """For a program."""
        return asdict(self)


@dataclass(slots=True)
class Bar:
    """Progress of one download on standard error."""

    label: str
    quiet: bool = False
    _bar: Any = field(default=None, init=False)

    def __call__(self, done: int, total: int | None) -> None:
        """Show that ``done`` bytes of ``total`` (None where not known) have come."""
        if self.quiet:
            return
        if self._bar is None:
            from tqdm import tqdm

            self._bar = tqdm(
                total=total,
                desc=self.label,
                unit="B",
                unit_scale=True,
                file=sys.stderr,
                leave=False,
            )
        self._bar.update(done - self._bar.n)

    def close(self) -> None:
        """End the bar, where one was shown."""
        if self._bar is not None:
            self._bar.close()


def fetcher(settings: Settings) -> Fetcher:
    """A fetcher for the hosts that the settings allow."""
    more = {h.strip().lower() for h in settings.hosts.split(",") if h.strip()}
    return Fetcher(settings.cellar_url, HOSTS | more)


def celex_for(library: Library, name: str) -> str:
    """CELEX number behind a catalogue id, number or address; ``UsageError`` where there is none."""
    source = library.catalogue.get(name)
    if source is not None:
        if source.celex:
            return source.celex
        raise UsageError(
            "this text has no CELEX number and cannot be fetched",
            source.id,
            f"Get it from {source.url('fr') or 'its official publisher'} and run "
            f"`python -m sources add FILE --id {source.id} …`.",
        )
    celex = celex_of(name)
    if celex is None:
        raise UsageError(
            "neither an id of the catalogue nor a CELEX number, ELI or EUR-Lex address",
            name,
            "See `python -m sources list`.",
        )
    return celex


def fetch(library: Library, source: Fetcher, celex: str, lang: Lang, bar: Bar) -> Result:
    """Fetch one language of an act, read it, keep it, and enter it in the catalogue."""
    got = source.fetch(celex, lang, bar)
    work = work_of(celex)
    document = read_untrusted(
        got.content, reader="act", work=work, lang=lang, media_type=got.media_type, name=got.url
    )
    stored = library.store.put(
        work, lang, got.content, Provenance(got.media_type, got.date, "fetched", got.url)
    )
    known = library.catalogue.get(work)
    if known is None or _is_local(library, known):
        catalogue.add(library.local, _act_entry(known, celex, document))
        library.catalogue = catalogue.load(library.local)
    warnings = document.warnings + _twin_warnings(library, document)
    return Result(
        stored.changed, len(document.passages), document.title, got.sha256, got.url, warnings
    )


def _is_local(library: Library, source: Source) -> bool:
    return source.id in catalogue.ids(library.local)


def _act_entry(known: Source | None, celex: str, document: Document) -> Source:
    """Entry of an act that the shipped catalogue does not have; its own words where it has them."""
    names = natural_names(celex, document.date)
    short = Pair(fr=names.fr, nl=names.nl) if names else Pair(fr=celex, nl=celex)
    titles = known.title.model_dump() if known else {"fr": short.fr, "nl": short.nl}
    titles[document.lang] = document.title or titles[document.lang]
    upper = {la: t[0].upper() + t[1:] for la, t in short.model_dump().items()}
    return Source(
        id=work_of(celex),
        kind="eu-act",
        date=document.date or (known.date if known else ""),
        title=Pair(**titles),
        short=Pair(**upper),
        celex=celex,
        aliases=_common_names(celex),
        licence=EU_LICENCE,
    )


def _common_names(celex: str) -> Names:
    """Names by which a well-known act goes."""
    path = catalogue.DATA / "common_names.toml"
    found = tomllib.loads(path.read_text("utf-8")).get(celex, {})
    return Names.model_validate(found)


def _twin_warnings(library: Library, document: Document) -> tuple[str, ...]:
    """Differences in structure from the other language, where that is here."""
    lang = other(document.lang)
    record = library.store.current(document.work, lang)
    if record is None:
        return ()
    twin = read_untrusted(
        library.store.read(record),
        reader="act",
        work=document.work,
        lang=lang,
        media_type=record.media_type,
        name=record.url,
    )
    pair = (document, twin) if document.lang == "fr" else (twin, document)
    found = twin_differences(*pair)
    shown = [f"twins differ: {d}" for d in found[:5]]
    return tuple(shown + ([f"… and {len(found) - 5} more"] if len(found) > 5 else []))


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a file that is added."""

    work: str
    lang: Lang
    title_fr: str
    title_nl: str
    short_fr: str
    short_nl: str
    date: str = ""
    link_fr: str = ""
    link_nl: str = ""


def add(library: Library, settings: Settings, where: str, wanted: Wanted) -> Result:
    """Add a file or an address as a source; ``UsageError`` names every fault of what was said."""
    entry = _file_entry(library, wanted)
    content, media_type, url = _bytes(settings, where)
    document = read_untrusted(
        content,
        reader="file",
        work=wanted.work,
        lang=wanted.lang,
        media_type=media_type,
        name=url or Path(where).name,
    )
    now = datetime.now(UTC).isoformat(timespec="seconds")
    origin = Provenance(media_type, now, "added", url)
    stored = library.store.put(wanted.work, wanted.lang, content, origin)
    if entry is not None:
        catalogue.add(library.local, entry)
        library.catalogue = catalogue.load(library.local)
    return Result(
        stored.changed,
        len(document.passages),
        entry.title.model_dump()[wanted.lang] if entry else document.title,
        stored.record.sha256,
        url,
        document.warnings,
    )


def _file_entry(library: Library, wanted: Wanted) -> Source | None:
    """Local entry of an added file; None where the shipped catalogue has one already."""
    known = library.catalogue.get(wanted.work)
    if known is not None and not _is_local(library, known):
        if any(f.lang == wanted.lang for f in known.file):
            raise UsageError("this text ships with the project", wanted.work, "Choose another id.")
        return None
    faults = _faults(wanted)
    if faults:
        raise UsageError("the source cannot be added", "; ".join(faults), "Correct these.")
    try:
        return Source(
            id=wanted.work,
            kind="document",
            date=wanted.date,
            title=Pair(fr=wanted.title_fr, nl=wanted.title_nl),
            short=Pair(fr=wanted.short_fr, nl=wanted.short_nl),
            aliases=Names(),
            link=(
                Links.model_validate({"fr": wanted.link_fr, "nl": wanted.link_nl})
                if wanted.link_fr
                else None
            ),
            licence="",
        )
    except ValidationError as error:
        said = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        raise UsageError("the source cannot be added", said, "Correct these.") from error


def _faults(wanted: Wanted) -> list[str]:
    faults = []
    if bool(wanted.link_fr) != bool(wanted.link_nl):
        faults.append("give both --link-fr and --link-nl, or neither")
    if wanted.date:
        try:
            date.fromisoformat(wanted.date)
        except ValueError as error:
            faults.append(f"--date: {error}")
    return faults


def _bytes(settings: Settings, where: str) -> tuple[bytes, str, str]:
    """Bytes, media type and address of a file or address."""
    if where.startswith(("https://", "http://")):
        got = fetcher(settings).fetch_url(where)
        return got.content, got.media_type, got.url
    path = Path(where)
    try:
        if path.stat().st_size > _MAX_FILE:
            raise SourceError(
                f"the file is larger than {_MAX_FILE >> 20} MB", path, "Split it, or add a part."
            )
        return path.read_bytes(), _media_type(path), ""
    except OSError as error:
        raise UsageError(
            "the file cannot be read", f"{path} ({error.strerror})", "Check the path."
        ) from error


def _media_type(path: Path) -> str:
    return {
        ".pdf": "application/pdf",
        ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ".html": "text/html",
        ".htm": "text/html",
        ".xhtml": "application/xhtml+xml",
        ".xml": "application/xml",
        ".md": "text/markdown",
    }.get(path.suffix.lower(), "text/plain")


def remove(library: Library, work: str) -> Path | None:
    """Take a text out of the store and the local catalogue; where its files are now."""
    stored = any(w == work for w, _ in library.store.works())
    aside = library.store.remove(work) if stored else None
    gone = catalogue.remove(library.local, work)
    if not stored and not gone:
        raise UsageError(
            "nothing of this text is here", work, "See `python -m sources list`: it is only known."
        )
    library.catalogue = catalogue.load(library.local)
    return aside


def fetched(library: Library) -> list[str]:
    """Works that were fetched from the official source."""
    works = {
        work
        for work, lang in library.store.works()
        if (record := library.store.current(work, lang)) and record.origin == "fetched"
    }
    return sorted(works)


def indexed(data: Path) -> set[tuple[str, Lang]]:
    """Work and language of what the build in use holds; empty where there is none.

    Read from the build's manifest as data: this package knows nothing of the index.
    """
    try:
        build = (data / "builds" / "CURRENT").read_text("ascii").split()[0]
        manifest = json.loads((data / "builds" / build / "manifest.json").read_text("utf-8"))
        return {(d["work"], d["lang"]) for d in manifest["documents"]}
    except (OSError, ValueError, KeyError, IndexError):
        return set()


Row = dict[str, Any]
State = Literal["ok", "note", "fault", "newer"]


def _row(state: State, work: str, lang: str, text: str) -> Row:
    return {"state": state, "work": work, "lang": lang, "text": text}


def check(library: Library) -> list[Row]:
    """Read everything; one row a document, with its faults and notes."""
    rows: list[Row] = []
    documents: dict[tuple[str, Lang], Document] = {}
    for edition in library.editions():
        work, lang = edition.source.id, edition.lang
        try:
            document = documents[work, lang] = library.read(edition)
        except DuchesseError as error:
            rows.append(_row("fault", work, lang, str(error)))
            continue
        rows.append(_row("ok", work, lang, f"{len(document.passages)} passages"))
        rows += [_row("note", work, lang, w) for w in document.warnings]
    for work in {w for w, _ in documents}:
        pair = [documents.get((work, la)) for la in LANGS]
        if pair[0] and pair[1]:
            rows += [_row("note", work, "fr+nl", d) for d in twin_differences(pair[0], pair[1])]
    return rows


def check_online(library: Library, source: Fetcher) -> list[Row]:
    """Ask the official source whether what was fetched has other bytes now; stores nothing."""
    rows: list[Row] = []
    for work, lang in library.store.works():
        record = library.store.current(work, lang)
        celex = celex_of(work)
        if record is None or record.origin != "fetched" or celex is None:
            continue
        try:
            got = source.fetch(celex, lang)
        except NotPublishedError as error:
            rows.append(_row("note", work, lang, str(error)))
        except DuchesseError as error:
            rows.append(_row("fault", work, lang, str(error)))
        else:
            if got.sha256 != record.sha256:
                text = f"the official text has changed; run `python -m sources fetch {celex}`"
                rows.append(_row("newer", work, lang, text))
    return rows
