"""Links of the page whose "?" or "#" a program encoded on the way: they lead where they were to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class MendedLinks:
    """Middleware that leads from ``/%3Fpassage=…`` and ``/%23…`` to the page.

    Args:
        app: What answers all else.
        below: Path of the host below which the page is, "" where it has the host to itself.
    """

    def __init__(self, app: ASGIApp, below: str) -> None:
        self._app, self._below = app, below

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 307 for such an address."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            path = scope["path"].removeprefix(self._below)  # or a proxy took it away
            sign, rest = path[1:2], path[2:]
            if path[:1] == "/" and sign in ("?", "#"):
                mended = f"{self._below}/{sign}{quote(rest, safe='=&+%')}"
                await RedirectResponse(mended, 307)(scope, receive, send)
                return
        await self._app(scope, receive, send)
