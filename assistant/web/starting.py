"""What the page answers while it starts: that it does, and nothing else.

The server listens at once. Libraries, model and index are loaded beside it; until they are there, a
browser gets a small page that loads itself again (503), and ``/health`` says which of the two
holds to whatever watches the page.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, Response

from assistant.web.headers import SecurityHeaders
from assistant.web.login import spoken
from assistant.web.markup import asset, render
from assistant.web.theme import theme
from sources.anchor import Lang, other
from sources.background import in_background

if TYPE_CHECKING:
    from fastapi import FastAPI
    from starlette.types import ASGIApp, Receive, Scope, Send

HEALTH = "/health"
_SECONDS = 2  # after which a browser asks again


class StartingPage:
    """The application: at first the notice, then what was loaded.

    Args:
        load: Makes the application; called once, on a thread of its own.
        lang: Language of the notice where a browser speaks neither, above the other.
        secure: Is the page opened over TLS?
        below: Path of the host below which the page is, "" where it has the host to itself.
        ready: Told when the application answers.
        failed: Told what ``load`` raised.
    """

    def __init__(
        self,
        load: Callable[[], FastAPI],
        lang: Lang,
        *,
        secure: bool,
        below: str = "",
        ready: Callable[[], None],
        failed: Callable[[BaseException], None],
    ) -> None:
        self._load, self._lang = load, lang
        self._health = (HEALTH, f"{below}{HEALTH}")  # or a proxy took the path away
        self._ready, self._failed = ready, failed
        self._app: ASGIApp | None = None
        self._notice: ASGIApp = SecurityHeaders(self._say, secure=secure)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or live as long as the server does."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
        elif self._app is None or scope["path"] in self._health:
            await self._notice(scope, receive, send)
        else:
            await self._app(scope, receive, send)

    async def _say(self, scope: Scope, receive: Receive, send: Send) -> None:
        again = {"Retry-After": str(_SECONDS)}
        response: Response
        if scope["path"] in self._health:
            response = (
                JSONResponse({"status": "starting"}, 503, again)
                if self._app is None
                else JSONResponse({"status": "ready"})
            )
        else:
            lang = spoken(Request(scope), self._lang)
            shown = render(
                "starting.html",
                lang,
                langs=(lang, other(lang)),
                seconds=_SECONDS,
                theme=theme(),
                style=asset("page.css") + asset("login.css"),
            )
            response = HTMLResponse(shown, 503, again)
        await response(scope, receive, send)

    async def _live(self, receive: Receive, send: Send) -> None:
        await receive()  # the server has started
        stopping = asyncio.Event()
        serving = asyncio.create_task(self._serve(stopping))
        serving.add_done_callback(self._ended)
        await send({"type": "lifespan.startup.complete"})
        await receive()  # it stops
        stopping.set()
        if self._app is None:
            serving.cancel()
        await asyncio.wait([serving])
        await send({"type": "lifespan.shutdown.complete"})

    async def _serve(self, stopping: asyncio.Event) -> None:
        """Open the application, and close it in the same task: its own tasks want that."""
        application = await asyncio.wrap_future(in_background(self._load, "starting"))
        async with application.router.lifespan_context(application):
            self._app = application
            self._ready()
            await stopping.wait()

    def _ended(self, serving: asyncio.Task[None]) -> None:
        if not serving.cancelled() and (error := serving.exception()):
            self._failed(error)
