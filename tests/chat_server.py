"""Servers on loopback that speak the chat protocol: one that says what it is told, one that
misbehaves byte by byte.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Says = str | int | Callable[[dict[str, Any]], str]


@dataclass
class Model:
    """A server that answers each request with what is next.

    Attributes:
        says: In order: a reply, the status of one without content, or what makes a reply from the
            request; the last one for ever.
        asked: The bodies of the requests.
        headers: Their headers, by names in lower case.
        url: Its address.
        knows_schema: Does it know ``response_format``?
    """

    says: list[Says]
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    url: str = ""
    knows_schema: bool = True

    def reply(self, body: dict[str, Any]) -> tuple[int, str]:
        """Status and content for a request."""
        if "response_format" in body and not self.knows_schema:
            return 400, ""
        said = self.says.pop(0) if len(self.says) > 1 else self.says[0]
        if isinstance(said, int):
            return said, ""
        return 200, said if isinstance(said, str) else said(body)


def _silent(*_: object) -> None:
    """Nothing on the terminal."""


@contextmanager
def _served(handler: type[BaseHTTPRequestHandler]) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}/v1"
        finally:
            server.shutdown()


@contextmanager
def serving(*says: Says, knows_schema: bool = True) -> Iterator[Model]:
    """A model that says these things."""
    model = Model(list(says), knows_schema=knows_schema)

    class Handler(BaseHTTPRequestHandler):
        log_message = _silent

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            model.asked.append(body)
            model.headers.append({k.lower(): v for k, v in self.headers.items()})
            status, content = model.reply(body)
            sent = json.dumps(
                {"choices": [{"message": {"role": "assistant", "content": content}}]}
            ).encode()
            self.send_response(status)
            if status in (301, 307):
                self.send_header("Location", f"{model.url}/elsewhere")
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(sent)))
            self.end_headers()
            self.wfile.write(sent)

    with _served(Handler) as model.url:
        yield model


@contextmanager
def answering(
    says: Callable[[Callable[[bytes], object]], bytes],
    *,
    headers: bool = True,
    named: Sequence[tuple[str, str]] = (),
) -> Iterator[str]:
    """Address of a server whose replies are bytes, written by ``says`` as it likes."""

    class Handler(BaseHTTPRequestHandler):
        log_message = _silent

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            if headers:
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                for name, value in named:
                    self.send_header(name, value)
                self.end_headers()
            else:
                self.wfile.write(b"HTTP/1.0 200 OK\r\nX: ")
            with suppress(OSError):  # the client has had enough
                self.wfile.write(says(self.wfile.write))

    with _served(Handler) as url:
        yield url


def written(*sentences: tuple[str, Sequence[str]]) -> str:
    """The reply of a model that writes these sentences."""
    listed = [{"text": text, "passages": list(ids)} for text, ids in sentences]
    return json.dumps({"sentences": listed}, ensure_ascii=False)
