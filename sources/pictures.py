"""Pages of stored PDFs as pictures, with the words of a passage marked.

A picture is made when it is asked for, in a process of its own with limits, and kept in
``cache/pages`` of the data folder, where the oldest give way. What is asked for is a passage,
never a file: its work, language and page say which.
"""

from __future__ import annotations

import hashlib
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from pydantic import ValidationError

from sources.errors import ReadError, SourceError
from sources.files import write_atomically
from sources.formats.sandbox.limits import Limits
from sources.formats.sandbox.picture import Drawn, Header, Sheet
from sources.formats.sandbox.process import run
from sources.library import Library

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from sources.anchor import Lang
    from sources.model import Passage
    from sources.records import Record

_LIMITS = Limits(seconds=20.0, memory_bytes=2**30, output_bytes=16 * 2**20)
_MOST = 200  # pictures kept
_PDF = "application/pdf"
_FORM = "1"  # raised when the same page gives another picture
_NEXT = "Read the text, or open the file itself."


class Pictures:
    """The pictures of one data folder; safe for several threads, which draw one after another."""

    def __init__(self, data: Path) -> None:
        self._data = data
        self._folder = data / "cache" / "pages"
        self._lock = threading.Lock()

    def pictured(self, used: Iterable[tuple[str, Lang, str]]) -> frozenset[tuple[str, Lang]]:
        """Which of some texts (work, language, fingerprint) are stored as PDF, unchanged since."""
        library = Library(self._data)
        return frozenset(
            (work, lang) for work, lang, made in used if _pdf(library, work, lang, made)
        )

    def of(self, passage: Passage, fingerprint: str) -> tuple[Sheet, ...]:
        """The page on which a passage begins, and those it goes on to.

        Sheets without marks: the words were not found on the page. ``SourceError`` where the
        text is no PDF or has another fingerprint by now, ``ReadError`` where it cannot be drawn.
        """
        work, lang = passage.anchor.work, passage.anchor.lang
        library = Library(self._data)
        record = _pdf(library, work, lang, fingerprint)
        if record is None or not passage.page:
            raise SourceError("there is no page to be shown", str(passage.anchor), _NEXT)
        seen = (_FORM, record.sha256, str(passage.page), passage.text)
        key = hashlib.sha256("\0".join(seen).encode("utf-8", "replace")).hexdigest()
        path = self._folder / f"{key}.json"
        if (kept := _kept(path)) is not None:
            return kept
        header = Header(page=passage.page, text=passage.text, limits=_LIMITS)
        with self._lock:
            if (kept := _kept(path)) is not None:  # another reader had it drawn meanwhile
                return kept
            drawn = _drawn(header, library.store.read(record), str(passage.anchor))
            with suppress(OSError):  # it is a cache: without room in it, the page is shown too
                write_atomically(path, drawn.model_dump_json().encode("utf-8"))
                self._sweep()
        return drawn.sheets

    def _sweep(self) -> None:
        """Delete the oldest pictures beyond the limit."""
        pictures = []
        for path in self._folder.glob("*.json"):
            with suppress(FileNotFoundError):  # another process sweeps as well
                pictures.append((path.stat().st_mtime_ns, path))
        for _, path in sorted(pictures)[:-_MOST]:
            path.unlink(missing_ok=True)


def _pdf(library: Library, work: str, lang: Lang, fingerprint: str) -> Record | None:
    """The record of a text that is stored as PDF and has this fingerprint; None for any other."""
    edition = library.edition(work, lang)
    if edition is None or edition.fingerprint != fingerprint or edition.origin != "stored":
        return None
    record = library.store.current(work, lang)
    if record and (record.sha256, record.media_type) == (edition.version, _PDF):
        return record
    return None


def _kept(path: Path) -> tuple[Sheet, ...] | None:
    try:
        return Drawn.model_validate_json(path.read_bytes()).sheets
    except (OSError, ValidationError):
        return None


def _drawn(header: Header, data: bytes, name: str) -> Drawn:
    ended = run("sources.formats.sandbox.picture", header.model_dump_json(), data, header.limits)
    try:
        drawn = Drawn.model_validate_json(ended.output)
    except ValidationError:
        drawn = Drawn(fault=f"exit code {ended.code}")
    if drawn.fault or not drawn.sheets:
        raise ReadError("a page cannot be drawn", f"{name}: {drawn.fault}", _NEXT)
    return drawn
