"""Limits how fast passwords may be tried: guessing is slow, others are not delayed.

Each wrong password is answered later than the one before, counted for an address and a name
together. Until then the try holds one of few places, so the rate of guesses stays bounded however
many connections there are. What others do with a name at another address costs nobody
anything, and there is no lock: a right password is let in as soon as it is looked at. A browser
in which somebody has logged in before counts for itself, wherever it is, so that somebody who
guesses behind the same address cannot make its owner wait.

Passwords are hashed in a thread of their own, one after another: the page goes on meanwhile.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

_FIRST, _LONGEST = 0.5, 8.0  # seconds until a wrong password is answered: the first, and at most
_FORGET = 900.0  # seconds after which wrong passwords are forgotten
_EACH = 8  # tries that are looked at or held back at once, for an address and a name
_ADDRESS = 32  # for an address
_WAITING = 64  # further tries that may wait at one address; beyond them: TooManyTriesError
_KEYS = 10_000  # counters kept

Key = tuple[str, ...]


class TooManyTriesError(Exception):
    """More tries wait at an address than are kept waiting."""


class ConcurrencyLimit:
    """At most so many at once for each key; the others wait in order."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._semaphores: dict[Key, tuple[asyncio.Semaphore, int]] = {}

    @asynccontextmanager
    async def hold(self, key: Key) -> AsyncIterator[None]:
        """Hold a place for as long as the block runs."""
        semaphore, users = self._semaphores.get(key, (None, 0))
        semaphore = semaphore or asyncio.Semaphore(self._most)
        self._semaphores[key] = (semaphore, users + 1)
        try:
            async with semaphore:
                yield
        finally:
            _, users = self._semaphores.pop(key)
            if users > 1:
                self._semaphores[key] = (semaphore, users - 1)

    def count(self, key: Key) -> int:
        """How many hold a place or wait for one."""
        return self._semaphores[key][1] if key in self._semaphores else 0


class Throttle:
    """Looks at one password after another.

    Args:
        verify: Is this the password of this name? Slow, and called in a thread.
        sleep, clock: For tests.
    """

    def __init__(
        self,
        verify: Callable[[str, str], bool],
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._verify, self._sleep, self._clock = verify, sleep, clock
        self._wrong: dict[Key, tuple[int, float]] = {}
        self._pairs, self._addresses = ConcurrencyLimit(_EACH), ConcurrencyLimit(_ADDRESS)
        self._hashing = ThreadPoolExecutor(1, thread_name_prefix="password")

    async def check(self, name: str, password: str, address: str, device: str = "") -> bool:
        """Are name and password right? The answer for a wrong password is delayed.

        ``device`` names a browser in which this person has logged in before, "" for any other.
        ``TooManyTriesError`` where too many wait at the address.
        """
        place: Key = ("device", device) if device else ("address", address)
        if self._addresses.count(place) >= _ADDRESS + _WAITING:
            raise TooManyTriesError
        async with self._addresses.hold(place), self._pairs.hold((*place, name)):
            loop = asyncio.get_running_loop()
            right = await loop.run_in_executor(self._hashing, self._verify, name, password)
            if not right:
                await self._sleep(self._delay((*place, name)))
        return right

    def _delay(self, key: Key) -> float:
        """Seconds until this wrong password is answered; counts it."""
        now = self._clock()
        times, last = self._wrong.pop(key, (0, 0.0))
        times = times + 1 if now - last < _FORGET else 1
        self._wrong[key] = (times, now)
        if len(self._wrong) > _KEYS:
            del self._wrong[next(iter(self._wrong))]  # the one that was wrong longest ago
        return float(min(_FIRST * 2 ** min(times - 1, 16), _LONGEST))
