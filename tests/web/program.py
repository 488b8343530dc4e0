"""A program that talks to the running page over HTTP, with cookies as a browser has them."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from typing import Any


class Program:
    """One caller; ``address`` ends with a slash."""

    def __init__(self, address: str) -> None:
        self._address = address
        cookies = urllib.request.HTTPCookieProcessor(CookieJar())
        self._opener = urllib.request.build_opener(cookies)

    def get(self, path: str) -> tuple[int, str]:
        """Status and body."""
        return self._open(urllib.request.Request(self._address + path))

    def post(self, path: str, data: Any) -> tuple[int, str]:
        """Status and body of JSON that is sent."""
        headers = {"Content-Type": "application/json"}
        body = json.dumps(data).encode()
        return self._open(urllib.request.Request(self._address + path, body, headers))

    def log_in(self, name: str, password: str) -> int:
        """Status of the login."""
        form = urllib.parse.urlencode({"username": name, "password": password}).encode()
        return self._open(urllib.request.Request(self._address + "login", form))[0]

    def call(self, name: str, *arguments: Any) -> Any:
        """What an endpoint gives; ``LookupError`` with what it says where it fails."""
        status, body = self.post(f"gradio_api/call/{name}", {"data": arguments})
        if status != 200:
            raise LookupError(status, body)
        _, stream = self.get(f"gradio_api/call/{name}/{json.loads(body)['event_id']}")
        found = re.search(r"event: complete\s+data: (.*)", stream)
        if not found:
            raise LookupError(stream)
        return json.loads(found[1])[0]

    def _open(self, request: urllib.request.Request) -> tuple[int, str]:
        try:
            with self._opener.open(request) as reply:
                return reply.status, reply.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
