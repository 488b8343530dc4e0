"""What may be asked of the framework behind the page, and by whom each run of it may be read.

Gradio serves many more routes than the page uses (uploads, files, proxies, its own login); only
those that it uses are open. A run of the page (``session_hash``) and a call of a program
(``event_id``) stand in addresses, which are logged; so each belongs to the browser or the address
that began it, and to nobody else who knows its name.
"""

from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qs

from starlette.responses import JSONResponse

from assistant.web.bodies import BODY
from assistant.web.login import MCP, OWNER

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ID = r"[A-Za-z0-9_-]{1,64}"
_GET = re.compile(
    r"/|/config|/theme\.css|/favicon\.ico|/manifest\.json|/robots\.txt"
    r"|/(?:assets|static|svelte)/(?!.*\.\.)[A-Za-z0-9_./-]+"
    r"|/gradio_api/(?:info|app_id|theme\.css|startup-events|queue/data)"
    rf"|/gradio_api/heartbeat/(?P<run>{_ID})"
    rf"|/gradio_api/call/(?:ask|passage)/(?P<event>{_ID})"
)
_POST = re.compile(r"/gradio_api/(?:queue/join|cancel|reset|call/(?:ask|passage))")
_CALL = "/gradio_api/call/"
_DEEP_LINK = b"deep_link"  # a saved state of the framework's own, which nothing here makes
_RUNS = 50_000  # whose owner is remembered; Gradio itself keeps 10 000, the newest


class Owners:
    """Which owner began which run; the run used longest ago is forgotten first."""

    def __init__(self) -> None:
        self._owners: dict[str, str] = {}
        self._lock = threading.Lock()

    def claim(self, run: str, owner: str) -> bool:
        """Does this run belong to this owner? A run without an owner becomes theirs."""
        with self._lock:
            found = self._owners.pop(run, owner)
            self._owners[run] = found
            if len(self._owners) > _RUNS:
                del self._owners[next(iter(self._owners))]
        return found == owner


class OwnRunsOnly:
    """Middleware that opens only the routes of the page, and each run only to its owner."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._owners = Owners()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 404 for any other route and for a run of somebody else."""
        if scope["type"] != "http" or scope["path"] == MCP:
            await self._app(scope, receive, send)
            return
        pattern = {"GET": _GET, "HEAD": _GET, "POST": _POST}.get(scope["method"])
        found = pattern.fullmatch(scope["path"]) if pattern else None
        owner = scope.get(OWNER) or f"address {scope['client'][0] if scope.get('client') else ''}"
        if (
            found is None
            or _DEEP_LINK in scope["query_string"]
            or not all(self._owners.claim(r, owner) for r in _runs(scope, found))
        ):
            await JSONResponse({"error": "there is nothing here"}, 404)(scope, receive, send)
            return
        if scope["method"] == "POST" and scope["path"].startswith(_CALL):
            send = self._claiming(send, owner)
        await self._app(scope, receive, send)

    def _claiming(self, send: Send, owner: str) -> Send:
        """Record that the call named in an answer belongs to the one who made it."""

        async def claiming(message: Message) -> None:
            if message["type"] == "http.response.body":
                try:
                    event = json.loads(message.get("body", b""))["event_id"]
                    self._owners.claim(str(event), owner)
                except (ValueError, LookupError, TypeError):
                    pass
            await send(message)

        return claiming


def _runs(scope: Scope, found: re.Match[str]) -> list[str]:
    """The runs and calls that a request names, in its path, its query and its body."""
    query = parse_qs(scope["query_string"].decode("latin-1"))
    named: list[Any] = [*found.groupdict().values(), *query.get("session_hash", ())]
    body = scope.get(BODY)
    if isinstance(body, dict):
        named += [body.get("session_hash"), body.get("event_id")]
    return [str(name) for name in named if name]
