"""A loopback server that speaks the protocol of the official EU source (Cellar).

Give it answers by act and language; it leads from the resource to the text (303), lists parts
(300), says what does not exist (404, 406), and misbehaves on demand::

    with CellarServer({("32016L0680", "fr"): Answer(body=b"<html>…</html>")}) as server:
        Fetcher(server.url, frozenset()).fetch("32016L0680", "fr")

It needs no sleeping: a body that never ends is ended when the client or the server closes, and
``open`` holds every answer back for as long as it is cleared.
"""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Literal, Self
from urllib.parse import quote, unquote

_LANGUAGES = {"fra": "fr", "nld": "nl"}

Fault = Literal["", "cut", "cut-chunk", "unmeasured", "drip", "stall", "gzip", "gzip-cut"]


@dataclass(frozen=True)
class Busy:
    """An answer that comes first, instead of the text."""

    status: int = 503
    retry_after: str = ""
    fault: Fault = ""


@dataclass(frozen=True)
class Answer:
    """What the server has of one act in one language.

    Attributes:
        body: The text as XHTML; empty where there is none (404).
        parts: Bodies in the order of the text, listed the other way round in a 300.
        formex: A ZIP; empty where there is none.
        media_type: Content-Type of the text.
        first: Answers given before the text, one a request for the resource.
        redirect: Location of the 303, instead of the server's own.
        status: Status of the text.
        absent: Where not 0, there is no text in any format, and this is the status.
        fault: What goes wrong while the body is sent. "cut": half of a measured body,
            "cut-chunk": half of a chunked one, "unmeasured": no length, "drip": a byte at a time
            and no end, "stall": half, then nothing, "gzip": packed, "gzip-cut": half of that.
    """

    body: bytes = b""
    parts: tuple[bytes, ...] = ()
    formex: bytes = b""
    media_type: str = "application/xhtml+xml;charset=UTF-8"
    first: tuple[Busy, ...] = ()
    redirect: str = ""
    status: int = 200
    absent: int = 0
    fault: Fault = ""


@dataclass(frozen=True)
class Asked:
    """One request as it came in; header names in lower case."""

    path: str
    headers: Mapping[str, str] = field(default_factory=dict)


class CellarServer:
    """Serves in a thread between ``with`` and its end.

    Args:
        answers: What there is, by CELEX number and language ("fr", "nl").
        files: Further answers by path ("/files/note.pdf"), in any language.
    """

    def __init__(
        self,
        answers: Mapping[tuple[str, str], Answer],
        files: Mapping[str, Answer] | None = None,
    ) -> None:
        self.answers = dict(answers)
        self.files = dict(files or {})
        self.asked: list[Asked] = []
        self.half_sent = threading.Event()
        self.open = threading.Event()  # cleared, requests wait until it is set
        self.open.set()
        self.closing = threading.Event()
        self._given: dict[str, int] = {}
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._server.daemon_threads = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,))

    @property
    def url(self) -> str:
        """Base address, without a slash at its end."""
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.closing.set()
        self.open.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def paths(self) -> list[str]:
        """Paths asked for, in order."""
        return [asked.path for asked in self.asked]

    def note(self, asked: Asked) -> int:
        """Keep a request; how many came for this path before."""
        with self._lock:
            self.asked.append(asked)
            before = self._given.get(asked.path, 0)
            self._given[asked.path] = before + 1
            return before


def _handler(cellar: CellarServer) -> type[BaseHTTPRequestHandler]:
    class Handler(_Handler):
        server_of = cellar

    return Handler


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_of: CellarServer

    def do_GET(self) -> None:
        self.close_connection = True
        headers = {name.lower(): value for name, value in self.headers.items()}
        before = self.server_of.note(Asked(self.path, headers))
        self.server_of.open.wait()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it has seen enough
            self._answer(before)

    def _answer(self, before: int) -> None:
        path = unquote(self.path)
        if path in self.server_of.files:
            self._file(self.server_of.files[path], before)
        elif path.startswith("/resource/celex/"):
            self._resource(path.removeprefix("/resource/celex/"), before)
        elif path.startswith("/resource/cellar/"):
            self._item(path.removeprefix("/resource/cellar/"))
        else:
            self._send(404, b"no such path", "text/plain")

    def _resource(self, celex: str, before: int) -> None:
        lang = _LANGUAGES.get(self.headers.get("Accept-Language", ""), "")
        answer = self.server_of.answers.get((celex, lang))
        if answer is None:
            self._send(404, b"no such text", "text/plain")
            return
        if before < len(answer.first):
            self._busy(answer.first[before])
            return
        accept = self.headers.get("Accept", "")
        item = f"/resource/cellar/{quote(celex, safe='')}.{lang}"
        if answer.absent:
            self._send(answer.absent, b"no such text", "text/plain")
        elif answer.redirect:
            self._lead(answer.redirect)
        elif "application/zip;mtype=fmx4" in accept and answer.formex:
            self._lead(f"{self.server_of.url}{item}/zip")
        elif "application/xhtml+xml" in accept and answer.parts:
            self._list(item, len(answer.parts))
        elif "application/xhtml+xml" in accept and (answer.body or not answer.formex):
            self._lead(f"{self.server_of.url}{item}/DOC_1")
        else:
            self._send(406, b"not in this format", "text/plain")

    def _item(self, name: str) -> None:
        key, _, stream = name.rpartition("/")
        celex, _, lang = key.rpartition(".")
        answer = self.server_of.answers[celex, lang]
        if stream == "zip":
            self._send(200, answer.formex, "application/zip", answer.fault)
            return
        body = answer.parts[int(stream.removeprefix("DOC_")) - 1] if answer.parts else answer.body
        self._send(answer.status, body, answer.media_type, answer.fault)

    def _file(self, answer: Answer, before: int) -> None:
        if before < len(answer.first):
            self._busy(answer.first[before])
        elif answer.redirect:
            self._lead(answer.redirect)
        else:
            self._send(answer.status, answer.body, answer.media_type, answer.fault)

    def _busy(self, busy: Busy) -> None:
        extra = {"Retry-After": busy.retry_after} if busy.retry_after else {}
        self._send(busy.status, b"<html><body>busy</body></html>", "text/html", busy.fault, extra)

    def _lead(self, location: str) -> None:
        self._send(303, b"", "text/plain", "", {"Location": location})

    def _list(self, item: str, count: int) -> None:
        entries = "".join(
            f'<li title="item"><a href="{self.server_of.url}{item}/DOC_{number}">DOC_{number}</a>'
            f'<ul><li title="stream_label">act</li>'
            f'<li title="stream_order" id="streamOrder">{number}</li></ul></li>'
            for number in range(count, 0, -1)
        )
        page = (
            "<html><head><title>300 Multiple-Choice Response</title></head><body>"
            f'<ul><li title="manifestation">cellar<ul>{entries}</ul></li></ul></body></html>'
        )
        self._send(300, page.encode(), "text/html;charset=UTF-8")

    def _send(
        self,
        status: int,
        body: bytes,
        media_type: str,
        fault: Fault = "",
        extra: Mapping[str, str] | None = None,
    ) -> None:
        self.send_response(status)
        self.send_header("Content-Type", media_type)
        self.send_header("Connection", "close")
        for name, value in (extra or {}).items():
            self.send_header(name, value)
        if fault in ("gzip", "gzip-cut"):
            self.send_header("Content-Encoding", "gzip")
            body = gzip.compress(body, mtime=0)
            body = body[: len(body) // 2] if fault == "gzip-cut" else body
        if fault == "cut-chunk":
            self.send_header("Transfer-Encoding", "chunked")
        elif fault != "unmeasured":
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self._write(body, fault)

    def _write(self, body: bytes, fault: Fault) -> None:
        half = body[: len(body) // 2]
        if fault == "cut":
            self.wfile.write(half)
        elif fault == "cut-chunk":
            self.wfile.write(b"%x\r\n%s\r\n" % (len(half), half))
        elif fault == "stall":
            self.wfile.write(half)
            self.wfile.flush()
            self.server_of.half_sent.set()
            self.server_of.closing.wait()
        elif fault == "drip":
            for byte in half:
                self.wfile.write(bytes([byte]))
                if self.server_of.closing.wait(0.01):
                    return
        else:
            self.wfile.write(body)

    def log_message(self, *args: object) -> None:
        """Say nothing on the terminal."""
