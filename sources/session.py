"""Requests: paced, tried again when the server is busy, redirects checked."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

import httpx
import tenacity

from sources.download import Client, DroppedError, Progress, Reply
from sources.errors import FetchError

REDIRECTS = frozenset({301, 302, 303, 307, 308})
_AGAIN = frozenset({429, 500, 502, 503, 504})
_BODIES = frozenset({200, 300})


@dataclass(frozen=True, slots=True)
class RequestPolicy:
    """How a server is treated.

    Attributes:
        user_agent: How requests introduce themselves.
        pause: Seconds between two requests to a public host.
        retries: Further tries after 429, 5xx or a connection that broke.
        longest_wait: Seconds; what a server asks for in Retry-After is cut to this.
        redirects: Redirects followed for one answer.
    """

    user_agent: str = "Duchesse/0.1 (reads EU acts in French and Dutch in order to cite them)"
    pause: float = 1.0
    retries: int = 3
    longest_wait: float = 60.0
    redirects: int = 5


@dataclass(eq=False)
class HttpSession:
    """Sends requests: waits between them, repeats them, and follows redirects.

    Attributes:
        client: Sends one request.
        policy: How servers are treated.
        sleep: Waits so many seconds.
        clock: The present moment, in UTC.
    """

    client: Client
    policy: RequestPolicy
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
        for _ in range(self.policy.redirects):
            if reply.status not in REDIRECTS:
                return reply
            reply = self.ask(_target(reply), headers, progress, redirected=True)
        if reply.status in REDIRECTS:
            raise FetchError(
                f"more than {self.policy.redirects} redirects",
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
        sent = {"User-Agent": self.policy.user_agent, **headers}
        attempts = tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.policy.retries + 1),
            retry=tenacity.retry_if_exception_type(DroppedError)
            | tenacity.retry_if_result(_is_busy),
            before=lambda state: self._pace(skip=redirected and state.attempt_number == 1),
            wait=self._wait,
            sleep=self.sleep,
            retry_error_callback=lambda state: _outcome(state).result(),
        )
        reply: Reply = attempts(self.client.get, target, sent, bodies=bodies, progress=progress)
        if _is_busy(reply):
            raise FetchError(
                f"the server answered {reply.status}, {self.policy.retries + 1} time(s)",
                url,
                "Nothing was stored. Try again later.",
            )
        return reply

    def _pace(self, *, skip: bool) -> None:
        """Leave time between requests; a server on this machine needs none."""
        if skip or self.client.guard.local:
            return
        now = time.monotonic()
        if self._last is not None and now < self._last + self.policy.pause:
            self.sleep(self._last + self.policy.pause - now)
        self._last = time.monotonic()

    def _wait(self, state: tenacity.RetryCallState) -> float:
        """Seconds until the next try: as the server says in Retry-After, or 1, 2, 4 … without."""
        outcome, longest = _outcome(state), self.policy.longest_wait
        seconds = None if outcome.failed else _retry_after(outcome.result(), self.clock())
        if seconds is None:
            return tenacity.wait_exponential(max=longest)(state)
        return min(max(seconds, 0.0), longest)


def _is_busy(reply: Reply) -> bool:
    return reply.status in _AGAIN


def _outcome(state: tenacity.RetryCallState) -> tenacity.Future:
    assert state.outcome is not None, "asked for after a try only"
    return state.outcome


def _retry_after(reply: Reply, now: datetime) -> float | None:
    """Seconds until the moment in Retry-After (seconds or a date); None where it has neither."""
    text: str = reply.headers.get("retry-after", "").strip()
    if text.isascii() and text.isdigit():
        return float(text)
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    return ((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds()


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
