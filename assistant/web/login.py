"""The login of the page: slower for who guesses, and over at once for who is removed."""

from __future__ import annotations

import asyncio
import logging
import time
import zlib
from collections.abc import Awaitable, Callable

from anyio import to_thread

from assistant.users import Role, Users
from sources.errors import DuchesseError

_LOG = logging.getLogger(__name__)
_FIRST, _LONGEST = 0.5, 8.0  # seconds that a wrong password costs: the first, and at most
_FORGET = 900.0  # seconds after which wrong passwords are forgotten
_BUCKETS = 256  # names share these, so that memory stays bounded and unknown names count too
_WAITING = 4  # tries of one bucket that may wait; further ones are wrong without a look


class Login:
    """Lets people in, one try at a time for each name."""

    def __init__(
        self,
        users: Users,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._users = users
        self._sleep, self._clock = sleep, clock
        self._wrong: dict[int, tuple[int, float]] = {}
        self._waiting: dict[int, int] = {}
        self._locks: dict[int, asyncio.Lock] = {}

    async def check(self, name: str, password: str) -> bool:
        """May this person come in? Each wrong password makes the next try wait longer."""
        bucket = zlib.crc32(name.encode("utf-8", "replace")) % _BUCKETS
        if self._waiting.get(bucket, 0) >= _WAITING:
            return False
        self._waiting[bucket] = self._waiting.get(bucket, 0) + 1
        try:
            async with self._locks.setdefault(bucket, asyncio.Lock()):
                return await self._checked(bucket, name, password)
        finally:
            self._waiting[bucket] -= 1

    async def _checked(self, bucket: int, name: str, password: str) -> bool:
        try:
            right = await to_thread.run_sync(self._users.verify, name, password)
        except DuchesseError:
            _LOG.exception("nobody can log in")
            return False
        if right:
            self._wrong.pop(bucket, None)
            return True
        times, last = self._wrong.get(bucket, (0, 0.0))
        now = self._clock()
        times = times + 1 if now - last < _FORGET else 1
        self._wrong[bucket] = (times, now)
        await self._sleep(min(_FIRST * 2 ** min(times - 1, 16), _LONGEST))
        return False

    def role(self, name: str | None) -> Role | None:
        """Role of a person who is logged in; None for one who is no longer a user."""
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


class Tokens(dict[str, str]):
    """Who is logged in, by the token of their browser; a removed user is logged out by it."""

    def __init__(self, login: Login) -> None:
        super().__init__()
        self._login = login

    def get(self, token: str | None, default: str | None = None) -> str | None:  # type: ignore[override]
        """Name behind a token, as long as that is a user."""
        name = super().get(token) if token else None
        return name if self._login.role(name) else default
