"""Whether texts are in order: what can be read, and what the official source says."""

from __future__ import annotations

from typing import Any, Literal

from sources.anchor import LANGS, Lang
from sources.errors import DuchesseError, NotPublishedError
from sources.fetch import Fetcher
from sources.library import Library
from sources.model import Document
from sources.names import celex_of
from sources.twins import twin_differences
from sources.unused import unused

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
    for work in dict.fromkeys(w for w, _ in documents):
        pair = [documents.get((work, la)) for la in LANGS]
        if pair[0] and pair[1]:
            rows += [_row("note", work, "fr+nl", d) for d in twin_differences(pair[0], pair[1])]
    told = {row["text"] for row in rows}
    beside = [one for one in unused(library) if one.why not in told]
    return rows + [_row("note", one.work, "", str(one)) for one in beside]


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
