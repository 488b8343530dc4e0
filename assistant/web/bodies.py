"""Limits on the bodies of requests, checked before anything else reads them."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers
from starlette.responses import JSONResponse

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MOST = 2_000_000  # bytes of a body; a long conversation that is opened again has some 500 kB
_DEEPEST = 40  # lists and objects inside one another
_VALUES = 50_000  # in one body
_NESTED = "the JSON is nested too deeply, or has too many values"
BODY = "duchesse.body"  # key in the scope of a request: its JSON, as it was parsed


class TooLargeError(Exception):
    """A body has more bytes than allowed."""


async def read(scope: Scope, receive: Receive, most: int) -> bytes:
    """The body of a request; ``TooLargeError`` as soon as it is known to have more than ``most``.

    What was announced as too large is not read at all.
    """
    announced = Headers(scope=scope).get("content-length", "")
    if announced.isdigit() and int(announced) > most:
        raise TooLargeError
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return bytes(body)
        body += message.get("body", b"")
        if len(body) > most:
            raise TooLargeError
        more = message.get("more_body", False)
    return bytes(body)


class BoundedBodies:
    """Refuses a body that is too large, nested too deeply, or no valid text."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 or 400, or pass the request on with its body read."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD"):
            await self._app(scope, receive, send)
            return
        try:
            body = await read(scope, receive, MOST)
        except TooLargeError:
            await _refuse(413, f"a body has at most {MOST} bytes")(scope, receive, send)
            return
        try:
            parsed = _parsed(body) if body else None
        except ValueError as error:
            await _refuse(400, str(error))(scope, receive, send)
            return
        await self._app({**scope, BODY: parsed}, _again(body, receive), send)


def _refuse(status: int, why: str) -> JSONResponse:
    return JSONResponse({"error": why}, status_code=status, headers={"Connection": "close"})


def _again(body: bytes, receive: Receive) -> Receive:
    """A ``receive`` that gives the body again, for the application that reads it next."""
    given = False

    async def once() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return once


def _parsed(body: bytes) -> Any:
    """The JSON of a body; ``ValueError`` with a message where it is not valid."""
    try:
        value = json.loads(body)
        _bounded(value)
        json.dumps(value, ensure_ascii=False).encode()  # half of a surrogate pair is no text
    except RecursionError:
        raise ValueError(_NESTED) from None
    except UnicodeError:
        raise ValueError("the body has signs that are no text") from None
    except json.JSONDecodeError:
        raise ValueError("the body is not valid JSON") from None
    return value


def _bounded(value: Any) -> None:
    level, depth, values = [value], 0, 0
    while level:
        depth, values = depth + 1, values + len(level)
        if depth > _DEEPEST or values > _VALUES:
            raise ValueError(_NESTED)
        level = [inner for outer in level for inner in _inside(outer)]


def _inside(value: Any) -> Any:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()
