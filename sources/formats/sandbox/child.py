"""The process in which a file from outside is read: one file in, one JSON value out.

``python -m sources.formats.sandbox.child`` takes a header (one line of JSON) and the file on
its standard input, sets its own limits, and writes a document or an error. Only the libraries
that the format needs are loaded. Limits that a system lacks are skipped.
"""

from __future__ import annotations

import sys
from typing import BinaryIO, TextIO

from sources.errors import ReadError
from sources.formats.file import read_act, read_file
from sources.formats.sandbox.limits import limit
from sources.formats.sandbox.messages import SMALLER, Fault, Header, Result
from sources.formats.sandbox.streams import on_streams
from sources.model import Document

_CALLS = 5000  # within each other: readers go down into each element, of which some lie 200 deep


def main(source: BinaryIO, answer: TextIO) -> None:
    """Read one header and one file from ``source``, write one JSON value to ``answer``."""
    header = Header.model_validate_json(source.readline())
    limit(header.limits)
    sys.setrecursionlimit(_CALLS)
    shown = header.name or header.work
    try:
        text = Result(document=_read(header, source.read())).model_dump_json()
        if len(text.encode("utf-8")) > header.limits.output_bytes:
            text = _fault("a file holds more text than one source may", shown, SMALLER)
    except Exception as error:  # noqa: BLE001 - the parent must learn of every failure
        text = _told(error, header)
    answer.write(text)
    answer.flush()


def _read(header: Header, data: bytes) -> Document:
    if header.reader == "file":
        return read_file(
            data,
            work=header.work,
            lang=header.lang,
            name=header.name,
            media_type=header.media_type,
            searchable=None,
        )
    return read_act(data, work=header.work, lang=header.lang, media_type=header.media_type)


def _told(error: Exception, header: Header) -> str:
    """What went wrong, for the parent."""
    shown = header.name or header.work
    if _starved(error):
        allowed = f"{shown}: {header.limits.memory_bytes // 2**20} MiB"
        return _fault("reading needs more memory than it may use", allowed, SMALLER)
    if isinstance(error, ReadError):
        scanned = type(error).__name__ == "ScannedError"
        return _fault(error.what, error.value, error.next_step, scanned=scanned)
    return _fault("a file cannot be read", f"{shown}: {type(error).__name__}: {error}", SMALLER)


def _starved(error: BaseException | None) -> bool:
    """Whether memory ran out; lxml says so by the code of a syntax error."""
    while error is not None:
        no_memory = type(error).__name__ == "XMLSyntaxError" and getattr(error, "code", 0) == 2
        if isinstance(error, MemoryError) or no_memory:
            return True
        error = error.__cause__
    return False


def _fault(what: str, value: object, next_step: str, *, scanned: bool = False) -> str:
    said = None if value is None else str(value).encode("utf-8", "replace").decode("utf-8")
    fault = Fault(what=what, value=said, next_step=next_step, scanned=scanned)
    return Result(fault=fault).model_dump_json()


if __name__ == "__main__":
    on_streams(main)
