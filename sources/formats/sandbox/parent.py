"""Reading a file from outside in a process of its own, with limits.

::

    parent                                  child (python -m sources.formats.sandbox.child)
    header (one line of JSON), the file ->  sets its limits, reads, parses
    checks every field              <-      one JSON value: a document or an error

The child has no environment but where the code lies, and limits on memory, processor time and
what it may write. Nothing is pickled: what comes back is JSON, and a document is built from it
by validation alone. The parent's clock runs on every system.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Literal, NamedTuple

from pydantic import ValidationError

from sources.anchor import Lang
from sources.errors import ReadError
from sources.formats.file import MAX_BYTES
from sources.formats.pdf.ocr import searchable as ocr
from sources.formats.sandbox.child import SMALLER, Header, Reader, Result
from sources.formats.sandbox.limits import Limits
from sources.model import Document

_ROOT = Path(__file__).resolve().parents[3]
_TELL = 300  # bytes of what a child said last that an error shows
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


class Ended(NamedTuple):
    """How a child ended.

    Attributes:
        code: Its exit code; below 0 the signal that ended it.
        output: What it wrote.
        log: The end of what it complained about.
    """

    code: int
    output: bytes
    log: str


def run(
    module: Literal["sources.formats.sandbox.child", "sources.formats.sandbox.picture"],
    header: str,
    data: bytes,
    limits: Limits,
) -> Ended:
    """Run a module in a child.

    Args:
        module: Reads a line with the header and then the data, and sets its own limits.
        header: One line of JSON.
        data: The file.
        limits: Those on the clock and on the output count here.
    """
    environment = {
        "PATH": os.defpath,
        "PYTHONPATH": str(_ROOT),
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
    }
    with tempfile.TemporaryFile() as output, tempfile.TemporaryFile() as log:
        try:
            code = subprocess.run(  # noqa: S603 - one of our own modules
                [sys.executable, "-P", "-s", "-m", module],
                input=header.encode("utf-8") + b"\n" + data,
                stdout=output,
                stderr=log,
                env=environment,
                cwd=tempfile.gettempdir(),
                timeout=limits.seconds,
                check=False,
                start_new_session=True,
            ).returncode
        except subprocess.TimeoutExpired:
            code = -signal.SIGXCPU
        output.seek(0)
        log.seek(0)
        words = log.read()[-_TELL:].decode("utf-8", "replace").strip()
        return Ended(code, output.read(limits.output_bytes + 1), words)


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
