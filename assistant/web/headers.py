"""Security headers: what the page may do in a browser, and which sites may embed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.datastructures import MutableHeaders

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

# Gradio's components start from inline scripts and compile the listeners of HTML components
# ('unsafe-eval'); nothing of them comes from a text or a person (assistant/web/markup.py). What
# the policy adds: nothing is loaded from, sent to, or shown inside another site.
_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
_HEADERS = {
    "Content-Security-Policy": _POLICY,
    "X-Frame-Options": "DENY",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
}
_LASTING = ("/assets/", "/static/")  # files of the framework; all else is somebody's


class SecurityHeaders:
    """Puts them on every answer, refusals included.

    Args:
        app: What answers.
        secure: Is the page opened over TLS?
        below: Path of the host below which the page is, "" where it has the host to itself.
    """

    def __init__(self, app: ASGIApp, *, secure: bool, below: str = "") -> None:
        self._app, self._below = app, below
        self._headers = dict(_HEADERS)
        if secure:
            self._headers["Strict-Transport-Security"] = "max-age=31536000"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer with the headers added."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        path = scope["path"].removeprefix(self._below)

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers[name] = value
                for name in [n for n in headers if n.startswith("access-control-")]:
                    del headers[name]
                if not path.startswith(_LASTING):
                    headers["Cache-Control"] = "no-store"
            await send(message)

        await self._app(scope, receive, with_headers)
