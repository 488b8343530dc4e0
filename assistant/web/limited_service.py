"""Questions of visitors: limited in number, and each written to the audit."""

from __future__ import annotations

import logging
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.audit import Audit
from assistant.errors import AssistantError
from assistant.web.strings import say
from index.errors import StoreError
from sources.anchor import LANGS
from sources.errors import UsageError

if TYPE_CHECKING:
    from assistant.answer import Outcome
    from assistant.service import AnswerService
    from sources.anchor import Lang

_LOG = logging.getLogger(__name__)
_SPAN = 60.0  # seconds


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who asks, as far as that is known: their address, and their name where there is a login."""

    address: str = ""
    user: str | None = None


ANYBODY = Visitor()


class TooManyError(AssistantError):
    """A visitor asks more than the settings allow in a minute."""


class NoSearchError(AssistantError):
    """The server of the vectors cannot be asked: texts can be read, and nothing is searched."""


class RateLimiter:
    """Counts the questions of each visitor over the last minute."""

    def __init__(self, most: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._clock = most, clock
        self._question_times: dict[str, deque[float]] = {}
        self._swept = clock()
        self._lock = threading.Lock()

    def allows(self, visitor: Visitor) -> bool:
        """May this visitor ask now? Counts the question where they may; 0 is no limit."""
        if not self._most:
            return True
        key = f"user {visitor.user}" if visitor.user else f"address {visitor.address}"
        now = self._clock()
        with self._lock:
            if now - self._swept >= _SPAN:  # visitors of before are forgotten
                recent = {k: t for k, t in self._question_times.items() if now - t[-1] < _SPAN}
                self._question_times, self._swept = recent, now
            times = self._question_times.setdefault(key, deque())
            while times and now - times[0] >= _SPAN:
                times.popleft()
            if len(times) >= self._most:
                return False
            times.append(now)
            return True


class LimitedService:
    """A service with a rate limit and an audit."""

    def __init__(self, service: AnswerService) -> None:
        self._service = service
        self._rate = RateLimiter(service.settings.rate)
        self._audit = Audit(service.settings)

    def ask(
        self,
        question: str,
        lang: Lang | None,
        visitor: Visitor,
        *,
        page: Lang | None = None,
        history: Sequence[str] = (),
    ) -> Outcome:
        """Answer a visitor; ``TooManyError`` where they ask too much.

        ``NoSearchError`` where the vectors cannot be had: an answer from words alone would be
        another one, and nothing tells how sure it is. ``UsageError`` where a program gives
        something else than a text and a language. Other errors are those of
        :meth:`assistant.service.AnswerService.ask`.
        """
        if not isinstance(question, str):
            raise UsageError("the question is not a text", str(question)[:80], "Give a text.")
        if lang is not None and lang not in LANGS:
            raise UsageError("there is no such language", str(lang)[:80], "Give fr, nl or null.")
        if not self._rate.allows(visitor):
            raise TooManyError(_in_both("turn.too_many", most=self._service.settings.rate))
        start = time.perf_counter()
        outcome: Outcome | None = None
        try:
            outcome = self._service.ask(
                question, lang, page=page or self._service.settings.lang, history=history
            )
        except StoreError as error:
            _LOG.warning("nothing can be searched: %s", error)
            raise NoSearchError(_in_both("turn.away")) from error
        finally:
            elapsed = round((time.perf_counter() - start) * 1000)
            self._audit.add(question, outcome, elapsed_ms=elapsed, user=visitor.user)
        return outcome


def _in_both(key: str, **values: object) -> str:
    """A text of the page in each language, for a program that may be in either."""
    return " / ".join(say(la, key, **values) for la in LANGS).rstrip(".")
