"""Work beside what waits for it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")


def in_background(work: Callable[[], T], name: str | None = None) -> Future[T]:
    """What work gives, in a thread of its own that ends with the program at the latest.

    Nobody has to wait for it, unlike for a thread of an executor.
    """
    found: Future[T] = Future()

    def run() -> None:
        try:
            found.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised where it is waited for
            with suppress(InvalidStateError):  # nobody waits any more
                found.set_exception(error)

    threading.Thread(target=run, name=name, daemon=True).start()
    return found
