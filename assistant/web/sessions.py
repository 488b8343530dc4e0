"""Who is logged in, in which browser, until when."""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.users import token_hash
from sources.errors import DuchesseError

if TYPE_CHECKING:
    from assistant.users import Users

_LOG = logging.getLogger(__name__)
_EACH = 20  # sessions of one person; the oldest ends for one more


@dataclass(frozen=True, slots=True)
class Session:
    """One browser in which somebody has logged in.

    Attributes:
        user: Name.
        credential: What it depends on: it ends when the password, the role or the generation of
            the user changes (:attr:`assistant.users.User.credential`).
        ends: When it ends in any case, by the clock of the process.
    """

    user: str
    credential: str
    ends: float


class Sessions:
    """The sessions of a running page, by the token in the cookie of a browser.

    They are kept in memory only, under the hash of the token; a page that starts again asks
    everybody to log in. Safe for several threads.
    """

    def __init__(
        self, users: Users, hours: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._users, self._seconds, self._clock = users, hours * 3600, clock
        self._sessions: dict[str, Session] = {}
        self._lock = threading.Lock()

    def open(self, user: str) -> str | None:
        """Token of a new session; None for somebody who is no longer a user."""
        credential = self._credential(user)
        if credential is None:
            return None
        token, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            kept = {k: s for k, s in self._sessions.items() if s.ends > now}
            of_user = [k for k, s in kept.items() if s.user == user]  # the oldest first
            for key in of_user[: max(0, len(of_user) - _EACH + 1)]:
                del kept[key]
            self._sessions = kept | {
                token_hash(token): Session(user, credential, now + self._seconds)
            }
        return token

    def user(self, token: str | None) -> str | None:
        """Name of the user of a token, as long as its session lasts; None otherwise."""
        session = self._sessions.get(token_hash(token)) if token else None
        if session is None or session.ends <= self._clock():
            return None
        return session.user if self._credential(session.user) == session.credential else None

    def close(self, token: str | None) -> None:
        """End one session."""
        if token:
            with self._lock:
                self._sessions.pop(token_hash(token), None)

    def close_all(self, user: str) -> None:
        """End all sessions of a person."""
        with self._lock:
            self._sessions = {k: s for k, s in self._sessions.items() if s.user != user}

    def _credential(self, user: str) -> str | None:
        try:
            return self._users.credential(user)
        except DuchesseError:
            _LOG.exception("nobody is let in")
            return None
