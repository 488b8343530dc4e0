"""A Qdrant server on loopback: its REST interface over the client's own local mode.

It answers what the product asks and nothing else, so that the real client, its requests and its
reading of answers are tried without a server being installed; and it can be told to behave badly.
``python -m tests.index.qdrant_server PORT`` runs it until it is stopped.
"""

from __future__ import annotations

import json
import re
import ssl
import sys
import threading
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from qdrant_client import QdrantClient, models

_NAMED = re.compile(r"/collections/([^/]+)(/.*)?")


@dataclass(frozen=True, slots=True)
class Fault:
    """How a request goes wrong.

    Attributes:
        status: Of the answer.
        said: What the server says of it.
        hangs: Seconds before it answers.
        drops: Is the connection lost in the middle of the answer?
        does: Is what was asked for done all the same?
    """

    status: int = 200
    said: str = ""
    hangs: float = 0
    drops: bool = False
    does: bool = False


@dataclass
class QdrantOnLoopback:
    """The state of the server, which a test reads and changes.

    Attributes:
        key: What it demands; "" for nothing.
        version: What it says it is.
        fault: Tells by method and path what goes wrong with a request.
        states: What a collection says of its graphs at the next looks, before it says what is so.
        asked: Method and path of every request.
    """

    key: str = ""
    version: str = "1.19.0"
    fault: Callable[[str, str], Fault | None] = lambda *_: None
    states: list[dict[str, Any]] = field(default_factory=list)
    asked: list[tuple[str, str]] = field(default_factory=list)
    port: int = 0
    _client: QdrantClient = field(default_factory=lambda: QdrantClient(":memory:"))
    _lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def address(self) -> str:
        """As in the setting."""
        return f"qdrant://127.0.0.1:{self.port}"

    @property
    def collections(self) -> set[str]:
        """Names of the collections that there are."""
        return {c.name for c in self._client.get_collections().collections}

    @property
    def aliases(self) -> dict[str, str]:
        """Collections by the alias that names them."""
        found = self._client.get_aliases().aliases
        return {a.alias_name: a.collection_name for a in found}

    def answer(self, method: str, path: str, body: Any) -> tuple[int, Any]:
        """Status and result of a request."""
        with self._lock, warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what local mode leaves out: indexes, graphs
            if (method, path) == ("GET", "/"):
                return 200, {"title": "qdrant - vector search engine", "version": self.version}
            try:
                return 200, {"result": self._result(method, path, body), "status": "ok", "time": 0}
            except KeyError:
                return 404, {"status": {"error": f"Not found: {method} {path}"}, "time": 0}
            except ValueError as error:
                status = 404 if "not found" in str(error) else 400
                return status, {"status": {"error": str(error)}, "time": 0}

    def _result(self, method: str, path: str, body: Any) -> Any:
        client = self._client
        match method, path:
            case "GET", "/collections":
                return dumped(client.get_collections())
            case "GET", "/aliases":
                return dumped(client.get_aliases())
            case "POST", "/collections/aliases":
                changes = models.ChangeAliasesOperation.model_validate(body).actions
                return client.update_collection_aliases(changes)
        named = _NAMED.fullmatch(path)
        if named is None:
            raise KeyError(path)
        return self._of_collection(method, named[1], named[2] or "", body)

    def _of_collection(self, method: str, name: str, rest: str, body: Any) -> Any:  # noqa: PLR0911 - a table
        client = self._client
        match method, rest:
            case "GET", "/exists":
                return {"exists": client.collection_exists(name)}
            case "GET", "":
                state = self.states.pop(0) if self.states else {}
                return dumped(client.get_collection(name)) | state
            case "PUT", "":
                wanted = models.CreateCollection.model_validate(body)
                return client.create_collection(name, vectors_config=wanted.vectors)
            case "PATCH", "":
                models.UpdateCollection.model_validate(body)
                return client.collection_exists(name)
            case "DELETE", "":
                return client.delete_collection(name)
            case "PUT", "/index":
                models.CreateFieldIndex.model_validate(body)
                return {"operation_id": 0, "status": "completed"}
            case "PUT", "/points":
                batch = models.PointsBatch.model_validate(body).batch
                return dumped(client.upsert(name, batch))
            case "POST", "/points":
                wanted = models.PointRequest.model_validate(body)
                return dumped(
                    client.retrieve(
                        name,
                        wanted.ids,
                        with_payload=wanted.with_payload or False,
                        with_vectors=wanted.with_vector or False,
                    )
                )
            case "POST", "/points/count":
                return dumped(client.count(name))
            case "POST", "/points/scroll":
                wanted = models.ScrollRequest.model_validate(body)
                records, following = client.scroll(
                    name,
                    limit=wanted.limit or 10,
                    offset=wanted.offset,
                    with_payload=wanted.with_payload or False,
                )
                return {"points": dumped(records), "next_page_offset": following}
            case "POST", "/points/query":
                wanted = models.QueryRequest.model_validate(body)
                return dumped(
                    client.query_points(
                        name,
                        query=wanted.query,
                        query_filter=wanted.filter,
                        limit=wanted.limit or 10,
                        with_payload=wanted.with_payload or False,
                    )
                )
        raise KeyError(rest)


def dumped(value: Any) -> Any:
    """Models as JSON has them."""
    if isinstance(value, list):
        return [dumped(v) for v in value]
    return value.model_dump(mode="json", exclude_none=True)


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    state: QdrantOnLoopback

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def _handle(self) -> None:
        length = int(self.headers.get("content-length") or 0)
        sent = self.rfile.read(length)
        method, path = self.command, self.path.partition("?")[0]
        self.state.asked.append((method, path))
        fault = self.state.fault(method, path)
        if fault and fault.hangs:
            time.sleep(fault.hangs)
        if fault and not fault.does and not fault.drops:
            self._send(fault.status, fault.said.encode())
            return
        if path != "/" and self.state.key and self.headers.get("api-key") != self.state.key:
            self._send(401, b"Must provide an API key or an Authorization bearer token")
            return
        status, found = self.state.answer(method, path, json.loads(sent) if sent else None)
        if fault and not fault.drops:
            self._send(fault.status, fault.said.encode())
            return
        self._send(status, json.dumps(found).encode(), drops=bool(fault and fault.drops))

    def _send(self, status: int, content: bytes, *, drops: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(content)))
        if drops:
            self.send_header("Connection", "close")
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if drops else content)
        if drops:
            self.wfile.flush()
            self.close_connection = True

    do_GET = do_PUT = do_POST = do_PATCH = do_DELETE = _handle  # noqa: N815 - the library's names


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64

    def handle_error(self, *_: object) -> None:
        """A client that went away is no error."""


@contextmanager
def qdrant_on_loopback(
    port: int = 0, tls: ssl.SSLContext | None = None
) -> Iterator[QdrantOnLoopback]:
    """A server that runs as long as it is needed."""
    state = QdrantOnLoopback()
    handler = type("Handler", (_Handler,), {"state": state})
    with _Server(("127.0.0.1", port), handler) as server:
        state.port = server.server_address[1]
        if tls:
            server.socket = tls.wrap_socket(server.socket, server_side=True)
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield state
        finally:
            server.shutdown()
            thread.join()


if __name__ == "__main__":
    with qdrant_on_loopback(int(sys.argv[1])) as running:
        print(running.address, flush=True)
        threading.Event().wait()
