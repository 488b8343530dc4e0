"""Reading a file from outside in a process of its own, with limits.

::

    parent                                  child (sources.formats.sandbox.child)
    header (one line of JSON), the file ->  sets its limits, reads, parses
    checks every field              <-      one JSON value: a document or an error

The child has no environment but where the code lies, and limits on memory, processor time and
what it may write. Nothing is pickled: what comes back is JSON, and a document is built from it
by validation alone. The parent's clock runs on every system.
"""

from __future__ import annotations

import signal
from collections.abc import Callable

from pydantic import ValidationError

from sources.anchor import Lang
from sources.errors import ReadError
from sources.formats.file import MAX_BYTES
from sources.formats.pdf.ocr import searchable as ocr
from sources.formats.sandbox.limits import Limits
from sources.formats.sandbox.messages import SMALLER, Header, Reader, Result
from sources.formats.sandbox.process import Ended, run
from sources.model import Document

MAX_PASSAGE = 1_000_000  # characters; the longest annex of an act that was tried has 250 000
_DEFAULT = Limits()


class _ScannedError(Exception):
    """The child found a PDF without text; it may be recognised."""

    def __init__(self, told: ReadError) -> None:
        super().__init__(str(told))
        self.told = told


def read_untrusted(
    data: bytes,
    *,
    reader: Reader,
    work: str,
    lang: Lang,
    media_type: str = "",
    name: str = "",
    limits: Limits = _DEFAULT,
    searchable: Callable[[bytes], bytes] = ocr,
) -> Document:
    """Read ``data`` in a child process; every failure of it is a ``ReadError``.

    ``searchable`` gives a scanned PDF its text (it runs a program, so not in the child); the
    result is read in a child again.
    """
    shown = name.encode("utf-8", "replace").decode("utf-8")
    if len(data) > MAX_BYTES:
        raise ReadError(
            f"a file is larger than {MAX_BYTES // 2**20} MiB",
            shown or f"{len(data)} bytes",
            "Add it in parts.",
        )
    header = Header(
        reader=reader, work=work, lang=lang, media_type=media_type, name=shown, limits=limits
    )
    try:
        return _in_child(header, data)
    except _ScannedError:
        recognised = searchable(data)
    try:
        return _in_child(header, recognised)
    except _ScannedError as error:
        raise error.told from error


def _in_child(header: Header, data: bytes) -> Document:
    ended = run("sources.formats.sandbox.child", header.model_dump_json(), data, header.limits)
    shown = header.name or header.work
    if ended.code or not ended.output:
        raise _stopped(ended, shown, header.limits)
    try:
        result = Result.model_validate_json(ended.output)
    except ValidationError as error:
        faults = f"{shown}: {error.error_count()} faults"
        raise ReadError("reading gave no valid document", faults, SMALLER) from error
    if result.fault:
        fault = ReadError(result.fault.what, result.fault.value, result.fault.next_step)
        raise _ScannedError(fault) if result.fault.scanned else fault
    return _checked(result.document, header)


def _checked(document: Document | None, header: Header) -> Document:
    """The document, if it is the one that was asked for."""
    asked = {(header.work, header.lang)}
    found = {(p.anchor.work, p.anchor.lang) for p in document.passages} if document else set()
    if document is None or found - asked or {(document.work, document.lang)} != asked:
        raise ReadError(
            "reading gave another document than asked for",
            header.name or header.work,
            "Check where the file comes from.",
        )
    for passage in document.passages:
        if len(passage.text) > MAX_PASSAGE:
            raise ReadError(
                f"one paragraph has more than {MAX_PASSAGE} characters",
                f"{header.name or header.work}: {passage.text[:40]}…",
                "This is data rather than text. Add the text of it, with its paragraphs.",
            )
    return document


def _stopped(ended: Ended, name: str, limits: Limits) -> ReadError:
    """Why a child gave no answer."""
    code = ended.code
    if code == -signal.SIGXCPU:
        return ReadError(f"reading took longer than {limits.seconds:g} seconds", name, SMALLER)
    if code < 0:
        cause = f"{name}: stopped by {signal.Signals(-code).name}"
        return ReadError("reading crashed, or needs more memory than there is", cause, SMALLER)
    if "MemoryError" in ended.log:
        allowed = f"{name}: {limits.memory_bytes // 2**20} MiB"
        return ReadError("reading needs more memory than it may use", allowed, SMALLER)
    cause = f"{name}: exit code {code}{': ' + ended.log if ended.log else ''}"
    return ReadError("the process that reads files failed", cause, SMALLER)
