"""At which addresses the page may be reached, and from which pages a browser may reach it.

A browser says where a request comes from (``Origin``, ``Sec-Fetch-Site``) and which host it
believes to talk to (``Host``). The page answers only at its own addresses, so that a name that
somebody else points at this machine (DNS rebinding) leads nowhere, and only to its own pages, so
that no other page uses the login of a reader: neither one on a foreign site, nor one on another
host of the same domain, which cookies do not keep out. Programs send neither line.
"""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import ip_address
from typing import TYPE_CHECKING
from urllib.parse import SplitResult, urlsplit

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

# Lines that a proxy may add and that name another address: what is believed of them is taken up
# before (uvicorn's ProxyHeadersMiddleware), and nothing behind this reads them.
_DROPPED = (b"x-forwarded-", b"x-gradio-", b"forwarded")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The addresses of one page.

    Attributes:
        public: Origin at which people open it, as ``https://duchesse.example.be``; "" where only
            this machine, or a network without names, is served.
        path: Where it is below that, as ``/duchesse``; "" where it has the host to itself.
    """

    public: str = ""
    path: str = ""

    @classmethod
    def of(cls, public_url: str) -> Addresses:
        """Of the setting, written as browsers write an origin.

        >>> Addresses.of("https://Duchesse.example.be:443/").public
        'https://duchesse.example.be'
        >>> Addresses.of("https://example.be/duchesse/").path
        '/duchesse'
        """
        parts = urlsplit(public_url.rstrip("/"))
        origin = f"{parts.scheme}://{parts.netloc}".lower() if parts.netloc else ""
        usual = ":443" if parts.scheme.lower() == "https" else ":80"
        return cls(origin.removesuffix(usual), parts.path)

    @property
    def address(self) -> str:
        """Where people open it, without a slash at the end; "" where that is not configured."""
        return self.public + self.path

    @property
    def secure(self) -> bool:
        """Is the page opened over TLS?"""
        return self.public.startswith("https://")

    def origin(self, host: str, scheme: str) -> str | None:
        """The origin of the page for a request with this ``Host`` line; None for another host.

        Beside the public address these are ``localhost`` and addresses in numbers, which no name
        server gives away.

        >>> Addresses("https://duchesse.example.be").origin("duchesse.example.be", "http")
        'https://duchesse.example.be'
        >>> Addresses().origin("127.0.0.1:7860", "http")
        'http://127.0.0.1:7860'
        >>> Addresses().origin("evil.example", "http") is None
        True
        """
        found = _parsed(f"http://{host}")
        if found is None or found.hostname is None:
            return None
        if self.public and found.hostname == urlsplit(self.public).hostname:
            return self.public
        if found.hostname == "localhost" or _is_number(found.hostname):
            return f"{scheme}://{found.netloc.lower()}"
        return None

    def comes_from_here(self, headers: Headers, origin_here: str) -> bool:
        """May this page send the request? ``origin_here`` is the origin that it was sent to."""
        origin = headers.get("origin")
        if (
            origin is not None
            and origin != origin_here
            and (not self.public or origin != self.public)
        ):
            return False
        return headers.get("sec-fetch-site", "none") in ("same-origin", "none")


def _parsed(url: str) -> SplitResult | None:
    try:
        parts = urlsplit(url)
        _ = parts.port  # ValueError for one that is no number
    except ValueError:
        return None
    wrong = parts.username is not None or parts.path or parts.query or parts.fragment
    return None if wrong else parts


def _is_number(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


class OwnAddressOnly:
    """Middleware that refuses requests to another host or from another site."""

    def __init__(self, app: ASGIApp, addresses: Addresses) -> None:
        self._app, self._addresses = app, addresses

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 421 for another host and 403 for another site."""
        if scope["type"] != "http":  # no other protocol is spoken here
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        scope = self._below(scope)
        headers = Headers(scope=scope)
        origin_here = self._addresses.origin(headers.get("host", ""), scope["scheme"])
        if origin_here is None:
            text = (
                "This is not an address of the page.\n"
                "Administrator: set DUCHESSE_PUBLIC_URL to the address that people open.\n"
            )
            await PlainTextResponse(text, 421)(scope, receive, send)
            return
        if not (
            _opens_the_page(scope, headers, self._addresses.path)
            or self._addresses.comes_from_here(headers, origin_here)
        ):
            refused = PlainTextResponse("Another page may not ask this.\n", 403)
            await refused(scope, receive, send)
            return
        if self._addresses.path and scope["path"] == self._addresses.path:
            query = scope["query_string"].decode("latin-1")
            inside = f"{scope['path']}/{'?' if query else ''}{query}"
            await RedirectResponse(inside)(scope, receive, send)
            return
        await self._app(_at(scope, urlsplit(origin_here)), receive, send)

    def _below(self, scope: Scope) -> Scope:
        """The request as if the page had its host to itself; a proxy may have seen to it before."""
        path, below = scope["path"], self._addresses.path
        if not below or not path.startswith(f"{below}/"):
            return scope
        raw = scope.get("raw_path") or path.encode("utf-8")
        inner = {"path": path.removeprefix(below), "raw_path": raw[len(below) :]}
        return {**scope, **inner}


def _opens_the_page(scope: Scope, headers: Headers, below: str) -> bool:
    """Does somebody follow a link to the page itself, from wherever it is?"""
    return (
        scope["method"] in ("GET", "HEAD")
        and scope["path"] in ("/", below)
        and headers.get("sec-fetch-mode", "navigate") == "navigate"
        and headers.get("sec-fetch-dest", "document") == "document"
        and "origin" not in headers
    )


def _at(scope: Scope, origin_here: SplitResult) -> Scope:
    """The request as it was sent to the page's own address, without what proxies added."""
    kept = [
        (name, value)
        for name, value in scope["headers"]
        if name != b"host" and not name.startswith(_DROPPED)
    ]
    headers = [(b"host", origin_here.netloc.encode("ascii", "replace")), *kept]
    return {**scope, "scheme": origin_here.scheme, "headers": headers}
