"""The login: a page of its own, a session for each browser, and nothing without one."""

from __future__ import annotations

import logging
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response

from assistant.web.bodies import TooLargeError, read
from assistant.web.markup import asset
from assistant.web.markup import render as html
from assistant.web.sessions import Sessions
from assistant.web.theme import theme
from assistant.web.throttle import Throttle, TooManyTriesError
from sources.anchor import LANGS, Lang, as_lang
from sources.errors import DuchesseError

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

    from assistant.users import Role, Users
    from assistant.web.signing import Signer

_LOG = logging.getLogger(__name__)
_MOST = 8_000  # bytes of a name and a password
MCP = "/mcp"  # where programs ask with a token instead of a session
_ICON = "/favicon.ico"
_BEARER = "give the token of a user: Authorization: Bearer …"
_UNREAD = {"Connection": "close"}  # with whatever body is still to come
_YEAR = 365 * 24 * 3600  # seconds
USER = "duchesse.user"  # key in the scope of a request: the name of who is logged in
OWNER = "duchesse.owner"  # key in the scope: whose browser or program asks, "" where unknown


@dataclass(frozen=True, slots=True)
class Cookies:
    """Names and attributes of the cookies of a page.

    Attributes:
        name: Of the session; another for each port, for cookies know no ports.
        secure: Sent over TLS only.
        path: Below which the browser sends them.
    """

    name: str
    secure: bool
    path: str = "/"

    @classmethod
    def of(cls, *, secure: bool, port: int, path: str = "") -> Cookies:
        """``__Host-`` wherever it can be: then no other host can set it.

        It cannot be where the page has a part of a host only, as it is for whole hosts.
        """
        if path:
            name = "__Secure-duchesse" if secure else f"duchesse-{port}"
            return cls(name, secure, f"{path}/")
        return cls("__Host-duchesse" if secure else f"duchesse-{port}", secure)

    def put(self, response: Response, value: str, *, seconds: int | None, part: str = "") -> None:
        """Set a cookie; ``seconds`` is how long it lasts, None as long as the browser is open."""
        response.set_cookie(
            self.name + part,
            value,
            max_age=seconds,
            path=self.path,
            secure=self.secure,
            httponly=True,
            samesite="lax",  # a link in a letter leads to the page as its reader knows it
        )

    def value(self, scope: Scope, part: str = "") -> str:
        """What the browser sent, "" where it sent none."""
        return Request(scope).cookies.get(self.name + part, "")


class Login:
    """Who may come in and who is in, for the page and for programs."""

    def __init__(self, users: Users, sessions: Sessions, throttle: Throttle) -> None:
        self._users, self.sessions, self.throttle = users, sessions, throttle

    @classmethod
    def of(cls, users: Users, hours: float) -> Login:
        """For the people in a file; a session lasts at most so many hours."""

        def verify(name: str, password: str) -> bool:
            try:
                return users.verify(name, password)
            except DuchesseError:
                _LOG.exception("nobody can log in")
                return False

        return cls(users, Sessions(users, hours), Throttle(verify))

    def role(self, name: str | None) -> Role | None:
        """Role of a person; None for one who is no longer a user."""
        try:
            return self._users.role(name) if name else None
        except DuchesseError:
            _LOG.exception("nobody is let in")
            return None

    def holder(self, token: str) -> str | None:
        """Name of the user whose program shows this token; None for any other."""
        try:
            return self._users.holder(token)
        except DuchesseError:
            _LOG.exception("nobody is let in")
            return None


class LoginWall:
    """Middleware before the page: passes on users, shows the login to others, refuses the rest.

    It reads no body except that of the login itself, so nobody else can make it hold one.
    """

    def __init__(
        self, app: ASGIApp, login: Login, cookies: Cookies, signer: Signer, lang: Lang, hours: float
    ) -> None:
        self._app, self._login, self._cookies = app, login, cookies
        self._signer, self._lang, self._seconds = signer, lang, round(hours * 3600)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request of the login itself; pass on one of who is logged in."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = self._cookies.value(scope)
        program = scope["path"] == MCP
        user = self._holder(scope) if program else self._login.sessions.user(token)
        way = (scope["method"], scope["path"])
        if way == ("POST", "/login"):
            response = await self._log_in(scope, receive)
        elif way == ("POST", "/logout"):
            response = self._log_out(scope, user, token)
        elif user is not None or way in (("GET", _ICON), ("HEAD", _ICON)):
            owner = f"user {user}" if user else ""
            await self._app({**scope, USER: user, OWNER: owner}, receive, send)
            return
        elif way in (("GET", "/"), ("HEAD", "/")):
            lang = spoken(Request(scope), self._lang)
            style = asset("page.css") + asset("login.css")
            response = HTMLResponse(html("login.html", lang, theme=theme(), style=style))
        elif program:
            asks = {"WWW-Authenticate": "Bearer", **_UNREAD}
            response = JSONResponse({"error": _BEARER}, 401, asks)
        else:
            response = JSONResponse({"error": "log in first"}, 401, _UNREAD)
        await response(scope, receive, send)

    def _holder(self, scope: Scope) -> str | None:
        """Name of the user whose program shows their token."""
        kind, _, token = Headers(scope=scope).get("authorization", "").partition(" ")
        return self._login.holder(token.strip()) if kind.lower() == "bearer" else None

    async def _log_in(self, scope: Scope, receive: Receive) -> Response:
        try:
            form = parse_qs((await read(scope, receive, _MOST)).decode("utf-8", "replace"))
        except (TooLargeError, ValueError):
            return JSONResponse({"error": "this is no name and password"}, 413, _UNREAD)
        name, password = (form.get(key, [""])[0] for key in ("username", "password"))
        name = name.strip()
        signed = self._signer.read("device", self._cookies.value(scope, "-device"))
        device = signed[1] if isinstance(signed, list) and signed[:1] == [name] else ""
        address = scope["client"][0] if scope.get("client") else ""
        try:
            right = await self._login.throttle.check(name, password, address, device)
        except TooManyTriesError:
            wait = {"Retry-After": "5"}
            return JSONResponse({"error": "too many try at once"}, 429, headers=wait)
        token = self._login.sessions.open(name) if right else None
        if token is None:
            return JSONResponse({"error": "wrong name or password"}, 400)
        self._login.sessions.close(self._cookies.value(scope))  # of who was here before
        response = JSONResponse({"success": True})
        self._cookies.put(response, token, seconds=self._seconds)
        mark = self._signer.sign("device", [name, device or secrets.token_hex(16)])
        self._cookies.put(response, mark, seconds=_YEAR, part="-device")
        return response

    def _log_out(self, scope: Scope, user: str | None, token: str) -> Response:
        if user and scope["query_string"] == b"everywhere":
            self._login.sessions.close_all(user)
        self._login.sessions.close(token)
        response = RedirectResponse("./", 303)
        self._cookies.put(response, "", seconds=0)
        return response


class Visitors:
    """Middleware for a page without login: gives each browser a secret name."""

    def __init__(self, app: ASGIApp, cookies: Cookies) -> None:
        self._app, self._cookies = app, cookies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass everything on; the page itself comes with a cookie."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        token = self._cookies.value(scope)
        if not token and scope["path"] == "/":
            made = Response()
            self._cookies.put(made, secrets.token_urlsafe(32), seconds=None)
            line = made.headers["set-cookie"].encode("latin-1")
            send = _adding(send, line)
        await self._app({**scope, OWNER: f"session {token}" if token else ""}, receive, send)


def _adding(send: Send, cookie: bytes) -> Send:
    async def with_cookie(message: Message) -> None:
        if message["type"] == "http.response.start":
            message["headers"] = [*message.get("headers", []), (b"set-cookie", cookie)]
        await send(message)

    return with_cookie


def spoken(request: Request, otherwise: Lang) -> Lang:
    """The language that was chosen, or else that of the browser."""
    if (chosen := request.query_params.get("lang")) in LANGS:
        return as_lang(str(chosen))
    for tag in request.headers.get("accept-language", "").split(","):
        if (code := tag.strip()[:2].lower()) in LANGS:
            return as_lang(code)
    return otherwise
