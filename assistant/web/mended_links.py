"""Links of the page whose "?" or "#" a program encoded on the way: they lead where they were to."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send


class MendedLinks:
    """Middleware that leads from ``/%3Fpassage=…`` and ``/%23…`` to the page."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 307 for such an address."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            sign, rest = scope["path"][1:2], scope["path"][2:]
            if sign in ("?", "#"):
                mended = f"/{sign}{quote(rest, safe='=&+%')}"
                await RedirectResponse(mended, 307)(scope, receive, send)
                return
        await self._app(scope, receive, send)
