"""Requests with manners: paced, tried again when the server is busy, redirects checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx

from sources.download import Client, DroppedError, Progress, Reply
from sources.errors import FetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_BODIES = frozenset({200, 300})


@dataclass(frozen=True, slots=True)
class Manners:
    """How a server is treated.

    Attributes:
        user_agent: How requests introduce themselves.
        pause: Seconds between two requests to a public host.
        retries: Further tries after 429, 5xx or a connection that broke.
        longest_wait: Seconds; what a server asks for in Retry-After is cut to this.
        redirects: Redirects followed for one answer.
    """

    user_agent: str
    pause: float
    retries: int
    longest_wait: float
    redirects: int


@dataclass(eq=False)
class Session:
    """Asks, waits and follows.

    Attributes:
        client: Sends one request.
        manners: How servers are treated.
        sleep: Waits so many seconds.
        clock: The present moment, in UTC.
    """

    client: Client
    manners: Manners
    sleep: Callable[[float], None]
    clock: Callable[[], datetime]
    _last: float | None = field(default=None, init=False)

    def follow(
        self, url: httpx.URL, headers: Mapping[str, str], progress: Progress | None = None
    ) -> Reply:
        """The answer at the end of the redirects; each hop is checked before it is asked for.

        ``FetchError`` where a hop may not be asked for, leads nowhere, or there are too many.
        """
        reply = self.ask(url, headers, progress)
        for _ in range(self.manners.redirects):
            if reply.status not in REDIRECTS:
                return reply
            reply = self.ask(_target(reply), headers, progress, redirected=True)
        if reply.status in REDIRECTS:
            raise FetchError(
                f"more than {self.manners.redirects} redirects",
                f"{url} … {reply.url}",
                "Nothing was stored. Open the address in a browser to see where it leads.",
            )
        return reply

    def ask(
        self,
        url: httpx.URL,
        headers: Mapping[str, str],
        progress: Progress | None = None,
        *,
        redirected: bool = False,
        bodies: frozenset[int] = _BODIES,
    ) -> Reply:
        """The answer of one address, whatever its status but 429 and 5xx.

        Raises:
            FetchError: Not allowed, no answer, or a server that stays busy or broken.
        """
        target = self.client.guard.checked(url)
        sent = {"User-Agent": self.manners.user_agent, **headers}
        tries = self.manners.retries + 1
        for attempt in range(tries):
            if not (redirected and attempt == 0):
                self._pace()
            try:
                reply = self.client.get(target, sent, bodies=bodies, progress=progress)
            except DroppedError:
                if attempt + 1 == tries:
                    raise
                wait = self._backoff(attempt)
            else:
                if reply.status not in _AGAIN:
                    return reply
                wait = self._asked_for(reply, attempt)
            if attempt + 1 < tries:
                self.sleep(wait)
        raise FetchError(
            f"the server answered {reply.status}, {tries} time(s)",
            url,
            "Nothing was stored. Try again later.",
        )

    def _pace(self) -> None:
        """Leave time between requests; a server on this machine needs none."""
        if self.client.guard.local:
            return
        now = time.monotonic()
        if self._last is not None and now < self._last + self.manners.pause:
            self.sleep(self._last + self.manners.pause - now)
        self._last = time.monotonic()

    def _backoff(self, attempt: int) -> float:
        return min(2.0**attempt, self.manners.longest_wait)

    def _asked_for(self, reply: Reply, attempt: int) -> float:
        """Seconds to wait, as the server says in Retry-After (seconds or a date)."""
        text: str = reply.headers.get("retry-after", "").strip()
        if text.isascii() and text.isdigit():
            seconds = float(text)
        else:
            try:
                moment = parsedate_to_datetime(text)
            except ValueError:
                return self._backoff(attempt)
            moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
            seconds = (moment - self.clock()).total_seconds()
        return min(max(seconds, 0.0), self.manners.longest_wait)


def _target(reply: Reply) -> httpx.URL:
    location: str = reply.headers.get("location", "")
    try:
        if location:
            return reply.url.join(location)
    except (httpx.InvalidURL, ValueError):
        pass
    raise FetchError(
        f"a redirect from {reply.url} leads nowhere",
        location or "no Location header",
        "Nothing was stored. Try again later.",
    )
