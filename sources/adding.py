"""Adding a file, or what is at an address, as a source."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from itertools import takewhile
from pathlib import Path

from pydantic import ValidationError

from sources import catalogue
from sources.acquire import Acquisition, counted, fetcher, is_local, told
from sources.anchor import LANGS, Lang, other
from sources.bilingual import Bilingual
from sources.catalogue import Aliases, BilingualEntry, Links, Source
from sources.errors import ReadError, SourceError, UsageError
from sources.formats.sandbox.parent import read_untrusted
from sources.library import Library
from sources.model import Document
from sources.names import celex_of, eurlex_page, natural_names, what_celex
from sources.records import DOCX, Change, Provenance, Record
from sources.references import act_of
from sources.settings import Settings
from sources.structure.document import whole_in
from sources.twins import twin_notes
from sources.unused import unused

_MAX_FILE = 64 * 2**20

Reading = Callable[[Lang], Document]  # of one file; each language is read once

_WOULD: dict[Change, str] = {
    "none": "keep the version in use, which has the same bytes:",
    "first": "add",
    "new": "replace the version in use with",
    "earlier": "put an earlier version in use again:",
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person says of a file that is added.

    Of a text that the catalogue has, what is "" stays as it is; of any other, a title that is ""
    is the one in the text, and a short title that is "" is the title.
    """

    work: str
    lang: Lang
    title_fr: str = ""
    title_nl: str = ""
    short_fr: str = ""
    short_nl: str = ""
    date: str = ""
    link_fr: str = ""
    link_nl: str = ""


def add(library: Library, settings: Settings, where: str, wanted: Wanted) -> Acquisition:
    """Add a file or an address as a source; ``UsageError`` names every fault of the description."""
    content, media_type, url = _bytes(settings, where)
    before = library.catalogue.get(wanted.work)
    name = url or Path(where).name
    read = cache(partial(_read, content, media_type, name, wanted.work))
    wanted, entry, notes = _entered(library, wanted, content, partial(_named, read, name))
    document = read(wanted.lang)
    entry, of_date = _with_date(entry, document)
    entry, of_act = _with_act(entry, document)
    twin, beside = _twin(library, content, wanted, read)
    now = datetime.now(UTC).isoformat(timespec="seconds")
    origin = Provenance(media_type, now, "added", url)
    replaced = before if entry else None
    stored = library.store.put(wanted.work, wanted.lang, content, origin, replaced)
    if twin is not None:
        library.store.put(wanted.work, twin.lang, content, origin, replaced)
    if entry is not None:
        catalogue.add(library.local, entry)
        library.catalogue = catalogue.load(library.local)
    return Acquisition(
        stored.change,
        len(document.passages),
        entry.title[wanted.lang] if entry else document.title,
        stored.record.sha256,
        url,
        (
            *told(document),
            *of_date,
            *of_act,
            *beside,
            *notes,
            *_doubled(library, wanted, content),
            *_left_behind(library, wanted, stored.change, twin),
            *map(str, unused(library, wanted.work)),
        ),
    )


def try_out(library: Library, settings: Settings, where: str, wanted: Wanted) -> str:
    """What :func:`add` would do, for a person; raises the same errors. Stores nothing.

    What is at an address is not fetched for this.
    """
    if _is_address(where):
        _, _, notes = _entered(library, wanted)
        return f"fetch and add {where}{_listed(notes)}"
    content, media_type, _ = _bytes(settings, where)
    name = Path(where).name
    read = cache(partial(_read, content, media_type, name, wanted.work))
    wanted, entry, notes = _entered(library, wanted, content, partial(_named, read, name))
    document = read(wanted.lang)
    _, of_date = _with_date(entry, document)
    of_date += _with_act(entry, document)[1]
    twin, beside = _twin(library, content, wanted, read)
    change, _ = library.store.change(wanted.work, wanted.lang, content)
    beside += _doubled(library, wanted, content) + _left_behind(library, wanted, change, twin)
    told_all = _listed((*told(document), *of_date, *notes, *beside))
    return f"{_WOULD[change]} {where}, {counted(len(document.passages))}{told_all}"


def _with_date(entry: Source | None, document: Document) -> tuple[Source | None, tuple[str, ...]]:
    """The entry, dated as the text itself where nothing else dates it; a note of what was done."""
    if entry is None or not document.date or entry.date == document.date:
        return entry, ()
    if entry.date:
        kept = f"{entry.date} stays its date (--date)"
        return entry, (f"the text itself is dated {document.date}: {kept}",)
    dated = entry.model_copy(update={"date": document.date})
    return dated, (f"its date is the one in the text, {document.date} (--date sets another)",)


def _with_act(entry: Source | None, document: Document) -> tuple[Source | None, tuple[str, ...]]:
    """The entry, with the official name of the act that the text itself says it is, where its title
    does not say it; a note of which act it is.
    """
    if entry is None or (act := entry.act or _own_act(document)) is None:
        return entry, ()
    if (names := natural_names(act)) and not entry.act:
        entry = entry.model_copy(update={"aliases": Aliases(fr=(names.fr,), nl=(names.nl,))})
    called = f", {names.fr} / {names.nl}" if names else ""
    return entry, (f"it is taken for the act {act}{called}: questions find it by that number",)


def _own_act(document: Document) -> str | None:
    """CELEX number of the act that the title of a text, or a line above its first heading, is of;
    what is not made of articles only names one there.
    """
    if not any(p.anchor.is_of_article for p in document.passages):
        return None
    above = takewhile(lambda p: not p.headings, document.passages)
    return next(filter(None, map(act_of, (document.title, *(p.text for p in above)))), None)


def _listed(notes: Iterable[str]) -> str:
    return "".join(f"\n  note: {note}" for note in notes)


def _named(read: Reading, name: str, wanted: Wanted) -> tuple[Wanted, str]:
    """The description with the titles that the text itself has where none are said; a note.

    The title of a text in one language stands for both.
    """
    document = read(wanted.lang)
    langs = (wanted.lang, other(wanted.lang)) if document.bilingual else (wanted.lang,)
    own = {lang: read(lang).title for lang in langs}
    known = {lang: title for lang, title in own.items() if title not in {name, wanted.work}}
    if not known:
        titles = {"--title-fr": wanted.title_fr, "--title-nl": wanted.title_nl}
        lacking = ", ".join(option for option, title in titles.items() if not title)
        step = "Give these: the text itself tells no title."
        raise UsageError("not enough is said of the text", lacking, step)
    any_title = next(iter(known.values()))
    titled = replace(
        wanted,
        title_fr=wanted.title_fr or known.get("fr", any_title),
        title_nl=wanted.title_nl or known.get("nl", any_title),
    )
    taken = " / ".join(f"“{title}”" for title in dict.fromkeys(known.values()))
    return titled, f"its title is the one in the text, {taken} (--title-fr, --title-nl set others)"


def _entered(
    library: Library,
    wanted: Wanted,
    content: bytes | None = None,
    named: Callable[[Wanted], tuple[Wanted, str]] | None = None,
) -> tuple[Wanted, Source | None, tuple[str, ...]]:
    """The description of a file, completed; its entry; notes for the person.

    What is not said is as it was when the same bytes were in use before, else as the catalogue
    has it; ``named`` gives a text that neither has the titles in its file, and a note of it.
    """
    existing = library.catalogue.get(wanted.work)
    change, record = (
        library.store.change(wanted.work, wanted.lang, content) if content else ("none", None)
    )
    earlier = record.entry if record and change == "earlier" else None
    known = earlier or existing
    completed = _completed(wanted, known) if known else wanted
    of_title: tuple[str, ...] = ()
    if not (completed.title_fr and completed.title_nl):
        if named is None:  # an address that is not fetched
            return completed, None, ("a title that is not given is the one in the text",)
        completed, taken = named(completed)
        of_title = (taken,)
    elif known and named and _stands_in(library, wanted, known):
        with suppress(UsageError):  # the text tells no title: that of the other language stays
            untitled = {
                "fr": replace(completed, title_fr=""),
                "nl": replace(completed, title_nl=""),
            }
            completed, taken = named(untitled[wanted.lang])
            of_title = (taken,)
    entry = _file_entry(library, completed, existing)
    if existing is None or entry is None or of_title:
        return completed, entry, of_title
    said = wanted.title_fr or wanted.title_nl
    return completed, entry, _renamed(existing, entry, restored=bool(earlier and not said))


def _stands_in(library: Library, wanted: Wanted, known: Source) -> bool:
    """Is the title in the language of a file that of the text in the other language, which was
    there alone?
    """
    said = wanted.title_fr or wanted.title_nl
    is_new = library.store.current(wanted.work, wanted.lang) is None
    return is_new and not said and known.title.fr == known.title.nl


def _read(content: bytes, media_type: str, name: str, work: str, lang: Lang) -> Document:
    """The text; ``ReadError`` where all of it is in the other language than was said."""
    document = read_untrusted(
        content, reader="file", work=work, lang=lang, media_type=media_type, name=name
    )
    actual = other(lang)
    if whole_in(document.passages, actual):
        raise ReadError(
            f"the text is in {actual}, not in {lang}",
            name,
            f"Add it as {actual} (--lang {actual}).",
        )
    return document


def _twin(
    library: Library, content: bytes, wanted: Wanted, read: Reading
) -> tuple[Document | None, tuple[str, ...]]:
    """The text in the other language, where the file holds both and no other is stored; notes."""
    document = read(wanted.lang)
    if not document.bilingual:
        return None, ()
    lang = other(wanted.lang)
    if (record := library.store.current(wanted.work, lang)) and not _same(record, content):
        step = f"add it with --lang {lang} to take it instead of the one that is stored"
        return None, (f"the file holds the text in {lang} too: {step}",)
    twin = read(lang)
    told_twin = tuple(f"in {lang}: {note}" for note in told(twin) if note not in told(document))
    size = f"the file holds the text in {lang} too: {counted(len(twin.passages))}"
    return twin, (size, *told_twin, *twin_notes(document, twin))


def _same(record: Record, content: bytes) -> bool:
    return record.sha256 == hashlib.sha256(content).hexdigest()


def _completed(wanted: Wanted, known: Source) -> Wanted:
    """With what is known already where nothing is said; the default of a short title goes along
    with its title.
    """
    titles = Bilingual(wanted.title_fr or known.title.fr, wanted.title_nl or known.title.nl)
    own = {la: "" if known.short[la] == known.title[la] else known.short[la] for la in LANGS}
    links = known.link if not (wanted.link_fr or wanted.link_nl) else None
    return replace(
        wanted,
        title_fr=titles.fr,
        title_nl=titles.nl,
        short_fr=wanted.short_fr or own["fr"],
        short_nl=wanted.short_nl or own["nl"],
        date=wanted.date or known.date,
        link_fr=str(links.fr) if links else wanted.link_fr,
        link_nl=str(links.nl) if links else wanted.link_nl,
    )


def _renamed(existing: Source, entry: Source, *, restored: bool) -> tuple[str, ...]:
    """A note where an id gets another title: a mistaken id would replace another text.

    Where what was said of a file comes back with it, also of another date.
    """
    if restored and (existing.title, existing.date) != (entry.title, entry.date):
        back = f"it has the title and date of this file again, {_dated(entry)}"
        return (f"this id was {_dated(existing)} until now; {back}",)
    if existing.title == entry.title:
        return ()
    before = f"this id was “{existing.title}” until now"
    stays = entry.short == existing.short
    short = f"; its short title stays “{entry.short}” (--short-fr, --short-nl)" if stays else ""
    return (f"{before}{short}; another text needs an id of its own",)


def _dated(entry: Source) -> str:
    return f"“{entry.title}” ({entry.date or 'no date'})"


def _doubled(library: Library, wanted: Wanted, content: bytes) -> tuple[str, ...]:
    """Notes where readers would meet two texts that they cannot tell apart."""
    same = [f"{w}@{la}" for w, la in library.store.using(content) if w != wanted.work]
    mine = _folded(wanted.title_fr, wanted.title_nl, wanted.short_fr, wanted.short_nl)
    named = [
        s.id
        for s in library.catalogue
        if s.id != wanted.work and mine & _folded(s.title.fr, s.title.nl, s.short.fr, s.short.nl)
    ]
    notes = []
    if same:
        step = "answers give its words twice; `python -m sources remove ID` takes one of them out"
        notes.append(f"the same file is in use as {', '.join(same)}: {step}")
    if named:
        step = "readers tell texts apart by their titles; correct one of them"
        notes.append(f"the same title has {', '.join(named)}: {step}")
    return tuple(notes)


def _left_behind(
    library: Library, wanted: Wanted, change: Change, twin: Document | None
) -> tuple[str, ...]:
    """A note where one language of a text gets another version and the other keeps its own."""
    lang = other(wanted.lang)
    record = library.store.current(wanted.work, lang)
    if change not in ("new", "earlier") or twin is not None or record is None:
        return ()
    step = f"readers of {lang} go on with that; add its new version too"
    return (f"the text in {lang} stays that of {record.date[:10]}: {step}",)


def _folded(*titles: str) -> set[str]:
    return {title.casefold() for title in titles if title}


def _is_address(where: str) -> bool:
    return where.startswith(("https://", "http://"))


def _file_entry(library: Library, wanted: Wanted, existing: Source | None) -> Source | None:
    """Local entry of an added file; None where the shipped catalogue has one already."""
    if existing is not None and not is_local(library, existing):
        if any(f.lang == wanted.lang for f in existing.file):
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
            title=BilingualEntry(fr=wanted.title_fr, nl=wanted.title_nl),
            short=BilingualEntry(
                fr=wanted.short_fr or wanted.title_fr, nl=wanted.short_nl or wanted.title_nl
            ),
            aliases=Aliases(),
            link=(
                Links.model_validate({"fr": wanted.link_fr, "nl": wanted.link_nl})
                if wanted.link_fr
                else None
            ),
            licence="",
        )
    except ValidationError as error:
        reasons = "; ".join(f"{e['loc'][0]}: {e['msg']}" for e in error.errors())
        raise UsageError("the source cannot be added", reasons, "Correct these.") from error


def _faults(wanted: Wanted) -> list[str]:
    faults = []
    if bool(wanted.link_fr) != bool(wanted.link_nl):
        faults.append("give both --link-fr and --link-nl, or neither")
    if wanted.date:
        try:
            date.fromisoformat(wanted.date)
        except ValueError as error:
            faults.append(f"--date {wanted.date}: {error}; write it as 2024-03-12")
    return faults


def _bytes(settings: Settings, where: str) -> tuple[bytes, str, str]:
    """Bytes, media type and address of a file or address."""
    if _is_address(where):
        got = fetcher(settings).fetch_url(where)
        return got.content, got.media_type, got.url
    path = Path(where)
    try:
        # A device or a pipe has no size, and may have no end.
        if path.exists() and not path.is_file():
            raise UsageError(
                "this is no file", path, "Give a PDF, DOCX, HTML, MHTML, e-mail or text file."
            )
        with path.open("rb") as file:
            content = file.read(_MAX_FILE + 1)
        if len(content) > _MAX_FILE:
            raise SourceError(
                f"the file is larger than {_MAX_FILE >> 20} MB", path, "Split it, or add a part."
            )
        return content, _media_type(path), ""
    except OSError as error:
        kind = what_celex(where)
        if kind and not path.exists():
            what = f"this is the CELEX number of {kind}, not a file"
            raise UsageError(what, where, _step(where)) from error
        raise UsageError(
            "the file cannot be read", f"{path} ({error.strerror})", "Check the path."
        ) from error


def _step(number: str) -> str:
    if celex_of(number):
        return f"Run `python -m sources fetch {number}`."
    return f"Download the text from {eurlex_page(number)} and add the file."


def _media_type(path: Path) -> str:
    return {
        ".pdf": "application/pdf",
        ".docx": DOCX,
        ".html": "text/html",
        ".htm": "text/html",
        ".xhtml": "application/xhtml+xml",
        ".xml": "application/xml",
        ".md": "text/markdown",
        ".markdown": "text/markdown",
        ".eml": "message/rfc822",
        ".mht": "multipart/related",
        ".mhtml": "multipart/related",
    }.get(path.suffix.lower(), "text/plain")
