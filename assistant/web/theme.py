"""The colours of the page, in the document itself.

The framework adds the head of a page only once its own script runs. Until then the page would be
white, or as the system is, whatever its reader chose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.datastructures import MutableHeaders

from assistant.web.markup import asset

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

_HEAD = b"<head>"
_MANIFEST = b'href="/manifest.json"'  # of the framework: at the root of a host, also where the page
_RELATIVE = b'href="manifest.json"'  # is not there


def theme() -> Markup:
    """Style and script of the theme, for the head of a document."""
    return Markup("<style>{}</style><script>{}</script>").format(
        asset("theme.css"), asset("theme.js")
    )


class ThemedDocument:
    """Middleware that begins the head of the page with its theme."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._head = _HEAD + theme().encode()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; the document of the page comes whole, with its theme."""
        if scope["type"] != "http" or (scope["method"], scope["path"]) != ("GET", "/"):
            await self._app(scope, receive, send)
            return
        start: Message = {}
        body = b""

        async def completing(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start":
                start = message
                return
            body += message.get("body", b"")
            if not message.get("more_body"):
                themed = body.replace(_HEAD, self._head, 1).replace(_MANIFEST, _RELATIVE, 1)
                MutableHeaders(scope=start)["content-length"] = str(len(themed))
                await send(start)
                await send({"type": "http.response.body", "body": themed})

        await self._app(scope, receive, completing)
