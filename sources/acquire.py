"""Bringing texts in and taking them out: fetching acts, and what all sources have in common.

A text is read before it is kept, in the process for untrusted files: what cannot be read into
passages is never stored, and what is stored was whole when it came in.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from sources import catalogue
from sources.anchor import LANGS, Lang, other
from sources.catalogue import BilingualEntry, Source
from sources.dates import dates
from sources.download import Progress
from sources.errors import DuchesseError, SourceError, UnreachableError, UsageError
from sources.fetch import HOSTS, Fetcher
from sources.formats.sandbox.parent import read_untrusted
from sources.library import Library
from sources.locale import bilingual
from sources.model import Document
from sources.names import celex_of, corrected, eurlex_page, natural_names, what_celex, work_of
from sources.progress import Bar
from sources.records import Change, Provenance
from sources.references import act_of
from sources.settings import Settings, listed
from sources.twins import twin_notes
from sources.unused import unused


def counted(passages: int) -> str:
    """How many passages, for a person."""
    return f"{passages} passage{'' if passages == 1 else 's'}"


@dataclass(frozen=True, slots=True)
class Acquisition:
    """The result of bringing a text in."""

    change: Change
    passages: int
    title: str
    sha256: str
    url: str
    warnings: tuple[str, ...] = ()

    @property
    def sentence(self) -> str:
        """For a person."""
        state = {"none": "unchanged", "earlier": "an earlier version is in use again"}.get(
            self.change, "new version stored"
        )
        notes = "".join(f"\n  note: {w}" for w in self.warnings)
        return f"{state}, {counted(self.passages)}: {self.title[:90]}{notes}"

    def as_dict(self) -> dict[str, Any]:
        """For a program."""
        return {"changed": self.change != "none"} | asdict(self)


def fetcher(settings: Settings) -> Fetcher:
    """A fetcher for the hosts that the settings allow."""
    more = {host.lower() for host in listed(settings.hosts)}
    return Fetcher(settings.cellar_url, HOSTS | more)


def celex_for(library: Library, name: str) -> str:
    """CELEX number behind a catalogue id, a number, an address or what an act is called by its
    number ("Décision 2012/243/UE"); ``UsageError`` where there is none.
    """
    source = library.catalogue.get(name)
    if source is not None:
        if source.celex:
            return source.celex
        raise UsageError(
            "this text has no CELEX number and cannot be fetched",
            source.id,
            f"Get it from {source.url('fr') or 'its official publisher'} and run "
            f"`python -m sources add FILE --id {source.id} --lang fr` (or nl).",
        )
    celex = celex_of(name) or act_of(name)
    if celex is None and (kind := what_celex(name)):
        raise SourceError(
            f"this is the CELEX number of {kind}, which is not fetched",
            name,
            f"Download the text from {eurlex_page(name)} and run `python -m sources add FILE …`.",
        )
    if celex is None:
        raise UsageError(
            "neither an id of the catalogue nor a CELEX number, ELI or EUR-Lex address",
            name,
            "Give one (see `python -m sources list`), or the sort and the number of the act, as in "
            "'Décision 2012/243/UE'.",
        )
    return celex


@dataclass(frozen=True, slots=True)
class Attempt:
    """How fetching one language of an act went.

    Attributes:
        celex, lang: What was wanted.
        result: What came of it: the text, or why there is none.
        asked: False where the source could not be reached for the one before it.
    """

    celex: str
    lang: Lang
    result: Acquisition | DuchesseError
    asked: bool = True


def fetch_each(
    library: Library,
    source: Fetcher,
    wanted: Iterable[tuple[str, Lang]],
    *,
    quiet: bool = True,
) -> Iterator[Attempt]:
    """Fetch languages of acts one after another; a failure does not stop the others.

    Where there is no connection, the rest is not asked for: it would fail too, each after a wait.
    A download shows how far it is unless it is ``quiet``.
    """
    unreachable: UnreachableError | None = None
    for celex, lang in wanted:
        if unreachable:
            yield Attempt(celex, lang, unreachable, asked=False)
            continue
        result: Acquisition | DuchesseError
        with closing(Bar(f"{celex} {lang}", quiet)) as bar:
            try:
                result = fetch(library, source, celex, lang, bar)
            except DuchesseError as error:
                result = error
        if isinstance(result, UnreachableError):
            unreachable = result
        yield Attempt(celex, lang, result)


def fetch(
    library: Library, source: Fetcher, celex: str, lang: Lang, progress: Progress | None = None
) -> Acquisition:
    """Fetch one language of an act, read it, keep it, and enter it in the catalogue."""
    got = source.fetch(celex, lang, progress)
    work = work_of(celex)
    document = read_untrusted(
        got.content, reader="act", work=work, lang=lang, media_type=got.media_type, name=got.url
    )
    stored = library.store.put(
        work, lang, got.content, Provenance(got.media_type, got.date, "fetched", got.url)
    )
    existing = library.catalogue.get(work)
    if existing is None or is_local(library, existing):
        catalogue.add(library.local, act_entry(existing, celex, document))
        library.catalogue = catalogue.load(library.local)
    warnings = told(document) + _twin_warnings(library, document) + _uncorrected(library, work)
    warnings += tuple(map(str, unused(library, work)))
    return Acquisition(
        stored.change, len(document.passages), document.title, got.sha256, got.url, warnings
    )


def _uncorrected(library: Library, work: str) -> tuple[str, ...]:
    """A note where a corrigendum comes without the act that it corrects."""
    act = corrected(work)
    if act is None or any(library.store.current(act, lang) for lang in LANGS):
        return ()
    celex = act.removeprefix("celex:")
    return (f"the act that it corrects is not here: run `python -m sources fetch {celex}`",)


def told(document: Document) -> tuple[str, ...]:
    """What a person should know of a reading: what was left out, how much is doubtful."""
    doubtful = sum(bool(passage.doubts) for passage in document.passages)
    return document.warnings + ((f"passages with a doubt: {doubtful}",) if doubtful else ())


def is_local(library: Library, source: Source) -> bool:
    """Is this entry of the administrator's own catalogue?"""
    return source.id in catalogue.ids(library.local)


def act_entry(existing: Source | None, celex: str, document: Document) -> Source:
    """Entry of an act that the shipped catalogue lacks.

    What an earlier entry says besides is kept: its names, its title in the other language, and
    that it comes by itself.
    """
    day = document.date or next(iter(dates(document.title)), "")  # a corrigendum: of the act
    names = natural_names(celex, day, document.title)
    short = (
        BilingualEntry(fr=names.fr, nl=names.nl) if names else BilingualEntry(fr=celex, nl=celex)
    )
    titles = existing.title.model_dump() if existing else {"fr": short.fr, "nl": short.nl}
    titles[document.lang] = document.title or titles[document.lang]
    upper = {la: t[0].upper() + t[1:] for la, t in short.model_dump().items()}
    licence = bilingual("licence.eu")
    found = {
        "date": document.date or (existing.date if existing else ""),
        "title": BilingualEntry(**titles),
        "licence": BilingualEntry(fr=licence.fr, nl=licence.nl),
    }
    if existing:
        return existing.model_copy(update=found)
    named = BilingualEntry(**upper)
    return Source(id=work_of(celex), kind="eu-act", short=named, celex=celex, **found)


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
    return twin_notes(document, twin)


def remove(library: Library, work: str) -> Path | None:
    """Take a text out of the store and the local catalogue; where its files are now."""
    stored = any(w == work for w, _ in library.store.works())
    aside = library.store.remove(work) if stored else None
    removed = catalogue.remove(library.local, work)
    if not stored and not removed:
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
