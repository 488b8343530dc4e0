"""The login as a page of its own, in both languages, for who is not logged in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import HTMLResponse

from assistant.web.markup import render as html
from sources.anchor import LANGS, Lang, as_lang

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_ASSETS = Path(__file__).with_name("assets")
_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'self'; style-src 'unsafe-inline'; "
    "script-src 'unsafe-inline'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'",
    "Referrer-Policy": "no-referrer",
}


def asset(name: str) -> Markup:
    """A file of ours, as it is: style or script."""
    return Markup((_ASSETS / name).read_text("utf-8"))  # noqa: S704 - it ships with the project


def spoken(request: Request, otherwise: Lang) -> Lang:
    """The language that was chosen, or else that of the browser."""
    if (chosen := request.query_params.get("lang")) in LANGS:
        return as_lang(str(chosen))
    for tag in request.headers.get("accept-language", "").split(","):
        if (code := tag.strip()[:2].lower()) in LANGS:
            return as_lang(code)
    return otherwise


class Entrance:
    """Before the page: shows the login instead of it, to who is not logged in."""

    def __init__(self, app: ASGIApp, lang: Lang) -> None:
        self._app, self._lang = app, lang

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer for the page itself; leave everything else to what guards it."""
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            request = Request(scope)
            path = scope["path"].removeprefix(scope.get("root_path", ""))
            if path in ("", "/") and not _inside(request):
                shown = HTMLResponse(_login(spoken(request, self._lang)), headers=_HEADERS)
                await shown(scope, receive, send)
                return
        await self._app(scope, receive, send)


def _inside(request: Request) -> bool:
    """Does the browser hold the token of somebody who is logged in?"""
    gradio = request.app
    names = (f"access-token-{gradio.cookie_id}", f"access-token-unsecure-{gradio.cookie_id}")
    return any(gradio.tokens.get(request.cookies.get(name)) for name in names)


def _login(lang: Lang) -> str:
    return html("login.html", lang, style=asset("page.css") + asset("login.css"))
